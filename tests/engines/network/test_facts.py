"""Facts that cannot be are refused, and the rest says where a step stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sushui.engines.network import (
    Length,
    Limit,
    NetworkError,
    Refusal,
    RunsFrom,
    State,
    StepFacts,
    Stop,
    StopKind,
    StopPeriod,
    Unit,
    Validity,
    schedule,
)
from tests.engines.network.graphs import network, step
from tests.engines.network.permits import CALENDAR

TODAY = date(2026, 3, 16)
EARLY, LATER, TOMORROW = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 17)
HEARING = Stop(StopKind.HEARING, "a law")


def standing(each, known, on=TODAY):
    return schedule(network(each), {"a": known}, on, CALENDAR).steps["a"].standing


@pytest.mark.parametrize(
    ("known", "code", "params"),
    [
        (StepFacts(granted_on=TOMORROW), Refusal.DATE_AFTER_TODAY, {"name": "granted_on", "date": TOMORROW}),
        (
            StepFacts(stops=(StopPeriod(StopKind.HEARING, TOMORROW),)),
            Refusal.DATE_AFTER_TODAY,
            {"name": "from_on", "date": TOMORROW},
        ),
        (
            StepFacts(filed_on=LATER, accepted_on=EARLY),
            Refusal.DATES_OUT_OF_ORDER,
            {"earlier": "filed_on", "later": "accepted_on"},
        ),
        (
            StepFacts(filed_on=LATER, granted_on=EARLY),
            Refusal.DATES_OUT_OF_ORDER,
            {"earlier": "filed_on", "later": "granted_on"},
        ),
        (
            StepFacts(stops=(StopPeriod(StopKind.HEARING, LATER, EARLY),)),
            Refusal.DATES_OUT_OF_ORDER,
            {"earlier": "from_on", "later": "until_on"},
        ),
        (StepFacts(extended=1), Refusal.EXTENDED_TOO_FAR, {"at_most": 0}),
        (StepFacts(planned_days=-1), Refusal.PLANNED_OUT_OF_RANGE, {"value": -1}),
    ],
)
def test_facts_that_cannot_be_are_refused(known, code, params):
    with pytest.raises(NetworkError) as refused:
        standing(step("a", length=Length(5)), known)

    assert (refused.value.code, refused.value.params) == (code, {"step": "a", **params})


def test_more_time_than_the_law_gives_is_refused():
    each = replace(step("a"), limit=Limit(Length(20), "a law", extension=Length(10)))

    with pytest.raises(NetworkError) as refused:
        standing(each, StepFacts(extended=11))

    assert refused.value.params == {"step": "a", "at_most": 10}


def test_one_number_for_two_permits_is_refused():
    facts = {key: StepFacts(granted_on=EARLY, number="晋1号") for key in "ab"}

    with pytest.raises(NetworkError) as refused:
        schedule(network(step("a"), step("b", "a")), facts, TODAY, CALENDAR)

    assert refused.value.code is Refusal.NUMBER_USED_TWICE
    assert refused.value.params == {"steps": ("a", "b"), "number": "晋1号"}


def test_facts_of_steps_that_do_not_apply_are_left_alone():
    facts = {"z": StepFacts(granted_on=TOMORROW)}

    assert schedule(network(step("a")), facts, TODAY, CALENDAR).fileable == ("a",)


def test_a_step_waits_for_those_that_are_not_done():
    net = network(step("a"), step("b"), step("c", "a", "b"))

    found = schedule(net, {"a": StepFacts(granted_on=EARLY)}, TODAY, CALENDAR)

    assert (found.fileable, found.steps["c"].standing.waiting_for) == (("b",), ("b",))


def test_a_limit_from_receipt_runs_from_the_day_of_filing():
    each = replace(step("a"), limit=Limit(Length(5), "a law", RunsFrom.RECEIPT))

    found = standing(each, StepFacts(filed_on=LATER, accepted_on=date(2026, 3, 11)))

    assert (found.clock_from_on, found.due_on, found.days_left) == (LATER, date(2026, 3, 16), 0)


def test_a_promise_has_its_own_day():
    found = standing(step("a", length=Length(20), promised=Length(5)), StepFacts(accepted_on=LATER))

    assert (found.promised_on, found.due_on) == (date(2026, 3, 16), date(2026, 4, 7))


def test_a_promise_runs_where_no_limit_is_stated():
    found = standing(step("a", promised=Length(5)), StepFacts(filed_on=LATER))

    assert (found.promised_on, found.due_on, found.days_left) == (date(2026, 3, 16), None, None)


def test_only_what_the_step_names_stops_its_clock():
    stops = tuple(StopPeriod(kind, LATER, date(2026, 3, 12)) for kind in (StopKind.HEARING, StopKind.DISPUTE))

    lengths = {
        kinds: standing(step("a", length=Length(5), stops=kinds), StepFacts(accepted_on=EARLY, stops=stops)).due_on
        for kinds in ((), (HEARING,))
    }

    assert list(lengths.values()) == [date(2026, 3, 9), date(2026, 3, 12)]


def test_a_clock_in_a_pause_stands_still_with_its_days_kept():
    paused = StepFacts(accepted_on=EARLY, stops=(StopPeriod(StopKind.HEARING, date(2026, 3, 5)),))

    found = standing(step("a", length=Length(5), stops=(HEARING,)), paused)

    assert (found.state, found.stopped_on, found.days_left) == (State.STOPPED, date(2026, 3, 5), 3)


def test_what_was_sent_back_waits_for_corrections():
    sent_back = StepFacts(filed_on=EARLY, stops=(StopPeriod(StopKind.CORRECTIONS, LATER),))

    assert standing(step("a", length=Length(5)), sent_back).state is State.CORRECTIONS


def test_without_a_rule_of_acceptance_nothing_is_deemed_accepted():
    assert standing(step("a", length=Length(5)), StepFacts(filed_on=EARLY)).state is State.FILED


@pytest.mark.parametrize(("on", "state"), [(date(2026, 4, 9), State.DONE), (date(2026, 4, 10), State.EXPIRED)])
def test_the_last_good_day_still_counts(on, state):
    validity = Validity(Length(1, Unit.MONTH), "a law")

    found = standing(step("a", validity=validity), StepFacts(granted_on=LATER), on)

    assert (found.state, found.expires_on) == (state, date(2026, 4, 9))


def test_the_day_on_the_paper_goes_before_the_rule():
    validity = Validity(Length(1, Unit.MONTH), "a law")

    found = standing(step("a", validity=validity), StepFacts(granted_on=EARLY, expires_on=LATER))

    assert (found.state, found.expires_on) == (State.EXPIRED, LATER)


@pytest.mark.parametrize(
    ("reached_on", "expires_on"), [(date(2026, 3, 9), None), (date(2026, 3, 10), date(2026, 3, 9))]
)
def test_what_is_reached_in_time_does_not_run_out_any_more(reached_on, expires_on):
    validity = Validity(Length(5), "a law", until_step="b")
    net = network(step("a", validity=validity), step("b", "a"))
    facts = {"a": StepFacts(granted_on=EARLY), "b": StepFacts(granted_on=reached_on)}

    assert schedule(net, facts, TODAY, CALENDAR).steps["a"].standing.expires_on == expires_on


def test_more_time_is_asked_for_before_the_end():
    validity = Validity(Length(20), "a law", renew_before=Length(5))

    found = standing(step("a", validity=validity), StepFacts(granted_on=EARLY))

    assert (found.expires_on, found.renew_by) == (date(2026, 3, 30), date(2026, 3, 23))
