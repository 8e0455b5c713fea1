"""The forecast against second opinions: days walked one by one, every chain tried, every slip tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.network import (
    Length,
    Limit,
    NetworkError,
    Refusal,
    Requirement,
    StepFacts,
    Stop,
    StopKind,
    StopPeriod,
    Unknown,
    Validity,
    schedule,
    slip,
)
from sushui.engines.network.lengths import finish
from tests.engines.network.graphs import DAYS, MIXED, WORKING, before, day_by_day, network, networks, step, ways
from tests.engines.network.permits import CALENDAR

MONDAY = date(2026, 3, 2)
KEYS = st.sampled_from("abcdefgh")


def plan(net, on=MONDAY, facts=None):
    return schedule(net, facts or {}, on, CALENDAR)


@given(networks(), DAYS)
def test_ends_are_those_found_by_walking_through_the_days(net, on):
    found = plan(net, on)

    assert {key: each.earliest_finish for key, each in found.steps.items()} == day_by_day(net, on)


@given(networks(WORKING), DAYS)
def test_the_forecast_is_the_longest_of_all_chains(net, on):
    longest = max(sum(net.step(key).takes.count for key in way) for way in ways(net, "goal"))

    found = plan(net, on)

    assert found.goal_on == CALENDAR.add_working_days(CALENDAR.next_working_day(on), longest)


@given(networks(), DAYS)
def test_no_step_begins_before_its_prerequisites_end(net, on):
    steps = plan(net, on).steps

    early = [
        (key, other)
        for key in steps
        for other in before(net, key)
        if steps[key].earliest_start < steps[other].earliest_finish
    ]

    assert early == []


@given(networks(), DAYS)
def test_everything_forecast_lies_on_working_days(net, on):
    steps = plan(net, on).steps.values()

    days = {day for each in steps for day in (each.earliest_start, each.earliest_finish, each.latest_start)}

    assert all(CALENDAR.is_working_day(day) for day in days)


@given(networks(), DAYS)
def test_a_slip_of_the_slack_leaves_the_goal_and_one_day_more_moves_it(net, on):
    for key, each in plan(net, on).steps.items():
        within = slip(net, {}, on, CALENDAR, key, each.slack_days) if each.slack_days else None
        beyond = slip(net, {}, on, CALENDAR, key, each.slack_days + 1)

        assert (within.goal if within else None) is None
        assert beyond.goal is not None


@given(networks(), DAYS)
def test_a_start_on_the_latest_day_still_ends_in_time(net, on):
    steps = plan(net, on).steps

    late = [
        key
        for key, each in steps.items()
        if finish(net.step(key).takes, each.latest_start, CALENDAR) > each.latest_finish
    ]

    assert late == []


@given(networks(WORKING), DAYS)
def test_slack_is_zero_on_critical_paths_and_nowhere_else(net, on):
    steps = plan(net, on).steps
    tight = [way for way in ways(net, "goal") if _is_tight(way, steps, on)]

    assert {key for key, each in steps.items() if each.slack_days == 0} == {key for way in tight for key in way}


def _is_tight(way, steps, on):
    """Whether each step of a chain begins when the one before it ends, and the first one today."""
    begins = [CALENDAR.next_working_day(on), *(steps[key].earliest_finish for key in way)]
    return all(steps[key].earliest_start == day for key, day in zip(way, begins, strict=False))


@given(networks(), DAYS)
def test_the_critical_path_hangs_together_and_ends_with_the_goal(net, on):
    found = plan(net, on)
    path = found.critical_path

    assert path[-1] == "goal"
    assert _is_tight(path, found.steps, on)


@given(networks(), DAYS, KEYS, st.integers(1, 30))
def test_a_slip_moves_nothing_earlier_and_only_what_comes_after(net, on, key, by_days):
    if key not in {each.key for each in net.steps}:
        key = "goal"
    after = {each.key for each in net.steps if any(key in way for way in ways(net, each.key))}

    found = slip(net, {}, on, CALENDAR, key, by_days)

    assert found.moves[0] == replace(found.moves[0], key=key, days=by_days)
    assert {move.key for move in found.moves} <= after
    assert all(move.to_on > move.from_on and move.days > 0 for move in found.moves)


@given(networks(), DAYS, st.data())
def test_one_more_prerequisite_never_makes_the_forecast_earlier(net, on, data):
    index = data.draw(st.integers(0, len(net.steps) - 1))
    others = [each.key for each in net.steps[:index]]
    extra = tuple(Requirement(key, "a law") for key in data.draw(st.lists(st.sampled_from(others or ["goal"]))))
    stricter = replace(net.steps[index], requires=net.steps[index].requires + (extra if others else ()))
    steps = (*net.steps[:index], stricter, *net.steps[index + 1 :])

    assert plan(replace(net, steps=steps), on).goal_on >= plan(net, on).goal_on


@given(networks(), DAYS, st.data())
def test_the_same_facts_say_the_same(net, on, data):
    shuffled = network(*data.draw(st.permutations(net.steps)), goal="goal")

    first, second = plan(net, on), plan(shuffled, on)

    assert (first.goal_on, dict(first.steps)) == (second.goal_on, dict(second.steps))


@given(networks(MIXED | st.none()), DAYS)
def test_what_is_not_known_stays_unknown(net, on):
    found = plan(net, on)
    lengths = {each.key: each.takes for each in net.steps}

    for key, each in found.steps.items():
        behind = {other for way in ways(net, key) for other in way}
        assert each.is_not_before == any(lengths[other] is None for other in behind)
    assert set(found.unknown) == {key for key, length in lengths.items() if length is None}
    assert found.is_not_before == bool(found.unknown)


@given(networks(MIXED | st.none()), DAYS)
def test_slack_is_not_said_on_a_way_with_something_unknown(net, on):
    steps = plan(net, on).steps

    for key, each in steps.items():
        on_its_ways = {other for way in ways(net, "goal") if key in way for other in way}
        assert (each.slack_days is None) == any(net.step(other).takes is None for other in on_its_ways)


@pytest.mark.parametrize(
    ("more", "length"),
    [
        ({"promised": Length(3)}, 3),  # the promise goes before the limit
        ({}, 10),
    ],
)
def test_a_step_takes_what_is_promised_else_its_limit(more, length):
    net = network(step("a", length=Length(10), **more))

    assert plan(net).goal_on == CALENDAR.add_working_days(MONDAY, length)


def test_planned_days_go_before_promise_and_limit():
    net = network(step("a", length=Length(10), promised=Length(3)))

    assert plan(net, facts={"a": StepFacts(planned_days=1)}).goal_on == date(2026, 3, 3)


def test_a_minimum_is_the_least_that_can_be_said():
    net = network(step("a", minimum=Limit(Length(10), "a law")))

    found = plan(net)

    assert (found.goal_on, found.steps["a"].unknown) == (date(2026, 3, 16), Unknown.AT_LEAST)


def test_what_runs_is_not_granted_before_its_prerequisites():
    net = network(step("a", length=Length(15)), step("b", "a", length=Length(2)))

    found = plan(net, facts={"b": StepFacts(filed_on=MONDAY, accepted_on=MONDAY)})

    assert (found.goal_on, found.critical_path) == (date(2026, 3, 23), ("a", "b"))
    assert found.steps["a"].slack_days == 0


def test_an_application_that_turns_accepted_by_silence_moves_no_date():
    acceptance = Limit(Length(5), "a law")
    net = replace(network(step("a", length=Length(20))), acceptance=acceptance)
    filed = {"a": StepFacts(filed_on=MONDAY)}

    found = [plan(net, day, filed) for day in (date(2026, 3, 9), date(2026, 3, 10))]

    assert [str(each.steps["a"].standing.state) for each in found] == ["filed", "running"]
    assert [each.goal_on for each in found] == [date(2026, 3, 30)] * 2


def test_what_waits_for_corrections_is_reckoned_from_today():
    net = network(step("a", length=Length(5)))
    waiting = StepFacts(filed_on=MONDAY, stops=(StopPeriod(StopKind.CORRECTIONS, MONDAY),))

    found = plan(net, date(2026, 3, 9), {"a": waiting})

    assert (found.goal_on, found.steps["a"].unknown) == (date(2026, 3, 16), Unknown.STOPPED)


def test_a_pause_without_an_end_is_reckoned_as_if_it_ended_today():
    net = network(step("a", length=Length(5), stops=(Stop(StopKind.HEARING, "a law"),)))
    paused = StepFacts(accepted_on=MONDAY, stops=(StopPeriod(StopKind.HEARING, date(2026, 3, 4)),))

    found = plan(net, date(2026, 3, 11), {"a": paused})

    assert (found.goal_on, found.steps["a"].unknown) == (date(2026, 3, 16), Unknown.STOPPED)


def test_a_permit_that_runs_out_before_the_start_is_pointed_at():
    validity = Validity(Length(5), "a law", until_step="b")
    net = network(step("a", length=Length(1), validity=validity), step("b", "a", length=Length(10)))

    found = plan(net, facts={"a": StepFacts(granted_on=MONDAY)})

    assert found.steps["a"].expires_too_early is True


def test_days_of_a_year_without_a_notice_are_provisional():
    net = network(step("a", length=Length(5)), step("b", "a", length=Length(10)))

    found = plan(net, date(2026, 12, 21))

    assert [each.is_provisional for each in found.steps.values()] == [False, True]
    assert found.is_provisional is True


def test_a_goal_that_is_reached_has_no_critical_path():
    net = network(step("a", length=Length(5)), step("b", "a", length=Length(10)))

    found = plan(net, facts={"b": StepFacts(granted_on=date(2026, 2, 2))})

    assert (found.goal_on, found.is_reached, found.critical_path) == (date(2026, 2, 2), True, ())
    assert found.steps["a"].slack_days is None


def test_what_comes_after_the_goal_has_no_slack():
    net = network(step("a", length=Length(5)), step("b", "a", length=Length(10)), goal="a")

    assert plan(net).steps["b"].slack_days is None


@pytest.mark.parametrize(
    ("key", "by_days", "code"),
    [
        ("a", 1, Refusal.STEP_DONE),
        ("x", 1, Refusal.UNKNOWN_STEP),
        ("b", 0, Refusal.NOT_A_SLIP),
        ("b", 2501, Refusal.NOT_A_SLIP),
    ],
)
def test_a_slip_of_nothing_is_refused(key, by_days, code):
    net = network(step("a", length=Length(1)), step("b", "a", length=Length(1)))
    facts = {"a": StepFacts(granted_on=MONDAY)}

    with pytest.raises(NetworkError) as refused:
        slip(net, facts, MONDAY, CALENDAR, key, by_days)

    assert refused.value.code is code
