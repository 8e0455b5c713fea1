"""Any project on any packaged path, with anything known of it: the schedule keeps its word."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.network import State, StepFacts, StopKind, StopPeriod, schedule, select, slip
from tests.engines.network.permits import CALENDAR, PATHS, packaged

TODAY = date(2026, 9, 21)
DAY = timedelta(days=1)
AGO = st.integers(0, 2200).map(lambda days: TODAY - DAY * days)


@st.composite
def step_facts(draw):
    """Dates in their order, any of them unknown, with stops before or after acceptance."""
    days = sorted(draw(st.lists(AGO, min_size=3, max_size=3)))
    filed, accepted, granted = (day if draw(st.booleans()) else None for day in days)
    stops = tuple(
        StopPeriod(kind, days[0] + DAY * first, days[0] + DAY * (first + length) if length is not None else None)
        for kind, first, length in draw(
            st.lists(
                st.tuples(st.sampled_from(StopKind), st.integers(0, 60), st.none() | st.integers(0, 60)), max_size=2
            )
        )
        if days[0] + DAY * first <= TODAY
    )
    planned = draw(st.none() | st.integers(0, 60))
    return StepFacts(filed_on=filed, accepted_on=accepted, granted_on=granted, stops=stops, planned_days=planned)


@st.composite
def projects(draw):
    """A network of a packaged path by random flags, one of each choice at most, and random facts of some steps."""
    template = packaged(draw(st.sampled_from(PATHS)))
    chosen = {draw(st.sampled_from(choice)) for choice in template.choices}
    free = {word.key for word in template.flags} - {flag for choice in template.choices for flag in choice}
    flags = chosen | draw(st.sets(st.sampled_from(sorted(free))))
    network = select(template, flags)
    keys = st.sampled_from([each.key for each in network.steps])
    return network, draw(st.dictionaries(keys, step_facts(), max_size=8))


@given(projects())
def test_no_step_begins_before_its_prerequisites_can_end(project):
    network, facts = project
    steps = schedule(network, facts, TODAY, CALENDAR).steps

    early = [
        (each.key, requirement.key)
        for each in network.steps
        for requirement in each.requires
        if steps[each.key].earliest_start and steps[requirement.key].earliest_finish
        if steps[each.key].earliest_start < steps[requirement.key].earliest_finish
    ]

    assert early == []


@given(projects())
def test_what_can_be_filed_has_all_its_prerequisites(project):
    network, facts = project
    found = schedule(network, facts, TODAY, CALENDAR)

    for key in found.fileable:
        before = [requirement.key for requirement in network.step(key).requires]
        assert {found.steps[other].standing.state for other in before} <= {State.DONE}


@given(projects())
def test_nothing_open_is_forecast_for_the_past(project):
    network, facts = project
    steps = schedule(network, facts, TODAY, CALENDAR).steps.values()

    assert [each.key for each in steps if each.earliest_finish and each.earliest_finish < TODAY] == []


@given(projects())
def test_days_over_are_those_of_a_day_that_has_passed(project):
    network, facts = project
    standings = [each.standing for each in schedule(network, facts, TODAY, CALENDAR).steps.values()]

    assert [each for each in standings if each.is_over and not each.due_on < TODAY] == []


@given(projects(), st.integers(1, 60), st.data())
def test_a_slip_of_any_open_step_moves_nothing_earlier(project, by_days, data):
    network, facts = project
    steps = schedule(network, facts, TODAY, CALENDAR).steps.values()
    open_steps = [each.key for each in steps if each.standing.state is not State.DONE] or [None]
    key = data.draw(st.sampled_from(open_steps))

    moves = slip(network, facts, TODAY, CALENDAR, key, by_days).moves if key else ()

    assert [move for move in moves if move.days < 1] == []


@given(projects(), st.data())
def test_the_slack_is_kept_by_a_slip(project, data):
    network, facts = project
    steps = schedule(network, facts, TODAY, CALENDAR).steps.values()
    slack = {each.key: each.slack_days for each in steps if each.slack_days is not None}
    key = data.draw(st.sampled_from(sorted(slack) or [None]))

    moved = [
        slip(network, facts, TODAY, CALENDAR, key, days).goal is not None
        for days in ((max(slack[key], 1), slack[key] + 1) if key else ())
    ]

    assert moved in ([], [False, True], [True, True])
    assert moved != [True, True] or slack[key] == 0


@given(projects(), st.integers(1, 400))
def test_time_alone_never_brings_the_start_nearer(project, later):
    network, facts = project

    today, then = (schedule(network, facts, day, CALENDAR) for day in (TODAY, TODAY + DAY * later))

    assert then.goal_on >= today.goal_on
