"""What an office may set about how clocks count and when they stand still; a clock keeps what it started with."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.supervision import services
from sushui.supervision.enums import (
    ClockKind,
    MonthLength,
    NodeCycle,
    ReportKind,
    RequestKind,
    RequestState,
    RestDayRule,
    TaskKind,
    TaskState,
)
from sushui.supervision.models import SupervisedTask
from tests.supervision.play import Play, in_march, march, on

K = ClockKind
MONTHLY = {"kind": TaskKind.CONTINUING, "node_cycle": NodeCycle.MONTHLY}
SATURDAY, SUNDAY = 14, 15


# --- which day is day 1 ----------------------------------------------------------------------------------------------
def test_the_day_of_assignment_may_be_left_out(play: Play) -> None:
    with march(2):
        play.set("first_day_counts", False, since=in_march(2))
        task = play.task()

    assert play.running(task) == {K.ARRANGEMENT: in_march(3), K.FEEDBACK: in_march(5), K.RESULT: in_march(11)}


def test_the_day_of_not_mine_may_be_left_out_for_the_decision_too(play: Play) -> None:
    with march(2):
        play.set("first_day_counts", False, since=in_march(2))
        task = play.task()
        play.dispute(task)

    assert play.due(task, K.OWNERSHIP_DECISION, agency=None) == in_march(3)


# --- a month ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("first_day_counts", "due"), [(True, date(2026, 3, 31)), (False, date(2026, 4, 1))])
def test_a_month_may_be_thirty_days(play: Play, first_day_counts: bool, due: date) -> None:
    with march(2):
        play.set("month_length", "thirty_days", since=in_march(2))
        play.set("first_day_counts", first_day_counts, since=in_march(2))
        task = play.task(kind=TaskKind.MAJOR)

    assert play.due(task, K.RESULT) == due


# --- rest days -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("rule", "due"), [("later", 16), ("same", SATURDAY), ("earlier", 13)])
def test_a_deadline_on_a_rest_day_goes_where_the_office_says(play: Play, rule: str, due: int) -> None:
    with march(2):
        play.set("rest_day", rule, since=in_march(2))
        task = play.task(deadline_on=in_march(SATURDAY))

    assert play.due(task, K.RESULT) == in_march(due)


def test_no_deadline_moves_to_before_its_task_was_assigned(play: Play) -> None:
    with march(SATURDAY):
        play.set("rest_day", "earlier", since=in_march(2))
        task = play.task(deadline_on=in_march(SUNDAY))

    assert play.due(task, K.RESULT) == in_march(16)


def test_an_extended_deadline_goes_where_the_office_says(play: Play) -> None:
    with march(2):
        play.set("rest_day", "same", since=in_march(2))
        task = play.signed()
        services.extend_deadline(play.office, play.ask_later(task, in_march(SATURDAY)))

    assert play.due(task, K.RESULT) == in_march(SATURDAY)


def test_a_deadline_that_stays_on_a_rest_day_is_overdue_on_the_next_working_day(play: Play) -> None:
    with march(2):
        play.set("rest_day", "same", since=in_march(2))
        task = play.task(deadline_on=in_march(SATURDAY))

    climbing = []
    for day in (12, 13, 16, 19):
        with march(day):
            services.climb_ladder()
        climbing.append([rung for kind, _due, rung in play.rungs(task) if kind == K.RESULT])
    assert climbing == [[], ["due_soon"], ["due_soon", "overdue"], ["due_soon", "overdue", "red"]]


def test_a_node_that_is_due_earlier_is_answered_once(play: Play) -> None:
    with on("2026-05-06"):
        play.set("rest_day", "earlier", since=date(2026, 5, 1))
        task = play.signed(**MONTHLY)
        due = play.due(task, K.NODE)
    with on("2026-05-28"):
        play.report(task, ReportKind.NODE)

    assert due == date(2026, 5, 29)  # 31 May is a Sunday
    assert play.running(task)[K.NODE] == date(2026, 6, 30)


# --- kept from the start ---------------------------------------------------------------------------------------------
def test_a_clock_keeps_what_it_was_started_with(play: Play) -> None:
    with march(2):
        before = play.task()
        for key, value in (("first_day_counts", False), ("rest_day", "same"), ("month_length", "thirty_days")):
            play.set(key, value, since=in_march(3))
    with march(3):
        services.recompute_deadlines()
        after = play.task()

    assert [play.due(task, K.FEEDBACK) for task in (before, after)] == [in_march(4), in_march(6)]
    kept = [play.clock(task, K.FEEDBACK) for task in (before, after)]
    assert [(each.first_day_counts, each.rest_day, each.month_length) for each in kept] == [
        (True, RestDayRule.LATER, MonthLength.SAME_DATE),
        (False, RestDayRule.SAME, MonthLength.THIRTY_DAYS),
    ]


def test_the_citys_rule_holds_until_the_county_has_its_own(play: Play) -> None:
    with march(2):
        play.set("first_day_counts", False, since=in_march(2), division="city")
        play.set("first_day_counts", True, since=in_march(3))
        first = play.task()
    with march(3):
        second = play.task()

    assert [play.due(task, K.ARRANGEMENT) for task in (first, second)] == [in_march(3), in_march(3)]


# --- while it is disputed --------------------------------------------------------------------------------------------
def running_in_dispute(play: Play) -> SupervisedTask:
    play.set("stops_in_dispute", False, since=in_march(2))
    task = play.task(supporting=("finance",))
    play.dispute(task, named="reform")
    return task


def test_clocks_may_run_on_while_it_is_not_decided_whose_a_task_is(play: Play) -> None:
    with march(2):
        task = running_in_dispute(play)
        in_dispute = play.running(task)
    with march(4):
        play.decide(play.request(task, RequestKind.OWNERSHIP), "works")

    assert in_dispute == {K.ARRANGEMENT: in_march(2), K.FEEDBACK: in_march(4), K.RESULT: in_march(10)}
    assert play.running(task) == in_dispute


def test_clocks_that_run_in_a_dispute_are_called_when_they_run_out(play: Play) -> None:
    with march(2):
        task = running_in_dispute(play)
    with march(3):
        services.climb_ladder()

    assert ("arrangement", "2026-03-02", "overdue") in play.rungs(task)


def test_a_suspension_stops_what_runs_in_a_dispute_and_its_end_lets_it_run(play: Play) -> None:
    with march(2):
        play.set("stops_in_dispute", False, since=in_march(2))
        task = play.task(supporting=("finance",))
        services.sign_for_task(play.speaker("works"), play.part(task))
        play.dispute(task, named="reform", agency="finance")
        play.suspend(task, in_march(20))
        suspended = play.running(task, "finance")
    with march(4):
        play.resume(task)

    assert suspended == {}
    assert play.running(task, "finance") == {K.ANSWER_LEAD: in_march(6)}


# --- while it is returned --------------------------------------------------------------------------------------------
def returned(play: Play, **values: object) -> SupervisedTask:
    """A task of Monday the 2nd, due on the 10th, applied for on the 4th and returned on the 5th with clocks stopped."""
    with march(2):
        play.set("stops_when_returned", True, since=in_march(2))
        task = play.signed(**values)  # type: ignore[arg-type]
    with march(4):
        play.apply(task)
    with march(5):
        play.send_back(task)
    return play.now(task)


def test_a_return_may_stop_the_leads_clocks(play: Play) -> None:
    task = returned(play, supporting=("finance",))

    assert (task.state, play.running(task)) == (TaskState.RETURNED, {})
    assert play.running(task, "finance") == {K.ANSWER_LEAD: in_march(4)}
    assert play.clock(task, K.RESULT).stopped_on == in_march(5)


def test_the_next_report_lets_them_run_again(play: Play) -> None:
    task = returned(play)
    with march(9):
        play.report(task, ReportKind.PROGRESS)

    assert play.running(task) == {K.RESULT: in_march(12)}  # Thursday and Friday are lost
    assert play.clock(task, K.RESULT).pauses == [["2026-03-05", "2026-03-09"]]


def test_the_next_application_meets_them(play: Play) -> None:
    task = returned(play)
    with march(9):
        play.apply(task)

    result = play.clock(task, K.RESULT)
    assert (result.met_on, result.stopped_on, result.due_on) == (in_march(9), None, in_march(12))


def test_a_second_return_stops_them_again(play: Play) -> None:
    task = returned(play)
    with march(9):
        play.apply(task)
    with march(10):
        play.send_back(task)
    with march(11):
        play.report(task, ReportKind.PROGRESS)

    assert play.clock(task, K.RESULT).pauses == [["2026-03-05", "2026-03-09"], ["2026-03-10", "2026-03-11"]]
    assert play.running(task) == {K.RESULT: in_march(13)}


def test_what_was_returned_and_suspended_stands_still_until_it_is_resumed(play: Play) -> None:
    task = returned(play)
    with march(9):
        play.suspend(task, in_march(20))
    with march(16):
        play.resume(task)

    assert play.clock(task, K.RESULT).pauses == [["2026-03-05", "2026-03-16"]]
    assert play.running(task) == {K.RESULT: in_march(19)}


def test_a_longer_time_that_was_asked_for_lapses_with_the_return(play: Play) -> None:
    with march(2):
        play.set("stops_when_returned", True, since=in_march(2))
        task = play.signed()
        asked = play.ask_later(task, in_march(20))
    with march(4):
        play.apply(task)
        play.send_back(task)

    asked.refresh_from_db()
    assert asked.state == RequestState.LAPSED


def test_it_is_the_leads_move_while_its_clocks_stand_still(play: Play) -> None:
    task = returned(play)

    assert (task.due_on, task.awaited_agency_id) == (None, play.agency_id("works"))


def test_a_return_stops_nothing_by_default(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.apply(task)
        play.send_back(task)

    assert play.running(task) == {K.RESULT: in_march(10)}
