"""Suspension with a plan: the clocks stop, the dated steps run, and what stood still does not count."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.kernel.errors import DomainError
from sushui.supervision import services
from sushui.supervision.enums import ClockKind, NodeCycle, ReportKind, RequestKind, RequestState, TaskKind, TaskState
from tests.supervision.play import Play, in_march, march, on

K = ClockKind


# --- asking ----------------------------------------------------------------------------------------------------------
def test_it_is_asked_for_with_a_plan(play: Play) -> None:
    with march(2):
        task = play.signed()
        request = play.ask_suspension(task, in_march(20), in_march(16))

    assert request.plan == [{"on": "2026-03-16", "text": "一步"}, {"on": "2026-03-20", "text": "一步"}]
    assert play.now(task).state == TaskState.SIGNED


@pytest.mark.parametrize(("days", "code"), [([], "plan_missing"), ([2, 20], "plan_past"), ([1], "plan_past")])
def test_the_steps_of_a_plan_lie_ahead(play: Play, days: list[int], code: str) -> None:
    with march(2):
        task = play.signed()

        with pytest.raises(DomainError) as refusal:
            play.ask_suspension(task, *map(in_march, days))
    assert refusal.value.code == code


def test_only_the_lead_asks(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        part, plan = play.part(task, "finance"), [services.PlanStep(in_march(20), "一步")]

        with pytest.raises(DomainError) as refusal:
            services.ask_suspension(play.speaker("finance"), part, reason="等", plan=plan)
    assert refusal.value.code == "not_the_lead"


def test_a_suspended_task_is_not_suspended_again(play: Play) -> None:
    with march(2):
        task = play.suspended(in_march(20))

        with pytest.raises(DomainError) as refusal:
            play.ask_suspension(task, in_march(25))
    assert refusal.value.code == "wrong_state"


def test_a_plan_ends_on_a_day_that_can_be_counted_to(play: Play) -> None:
    with march(2):
        task = play.signed()

        with pytest.raises(DomainError) as refusal:
            play.ask_suspension(task, in_march(20), date.max)
    assert refusal.value.code == "day_too_far"


def test_a_plan_whose_step_has_passed_is_not_granted(play: Play) -> None:
    with march(2):
        task = play.signed()
        request = play.ask_suspension(task, in_march(4), in_march(20))

    with march(4), pytest.raises(DomainError) as refusal:
        services.grant_suspension(play.office, request)
    assert (refusal.value.code, play.now(task).state) == ("plan_past", TaskState.SIGNED)


def test_refused_the_clocks_run_on(play: Play) -> None:
    with march(2):
        task = play.signed()
        services.refuse_suspension(play.office, play.ask_suspension(task, in_march(20)), note="能办")

    assert (play.now(task).state, play.running(task)[K.RESULT]) == (TaskState.SIGNED, in_march(10))


# --- while it lasts --------------------------------------------------------------------------------------------------
def test_the_clocks_of_all_parts_stop_and_the_steps_run(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        play.suspend(task, in_march(16), in_march(20))

    assert [(each.kind, each.due_on) for each in task.clocks.filter(stopped_on=None).order_by("due_on")] == [
        (K.PLAN_STEP, in_march(16)),
        (K.PLAN_STEP, in_march(20)),
    ]
    assert play.now(task).due_on == in_march(16)


def test_an_overdue_task_is_no_longer_red_while_it_is_suspended(play: Play) -> None:
    with march(2):
        task = play.signed()
    with march(20):
        play.suspend(task, in_march(31))

    assert play.now(task).red_on == date(2026, 4, 7)  # red when the step of 31 March is late by more than three days


def test_a_report_meets_the_next_step(play: Play) -> None:
    with march(2):
        task = play.suspended(in_march(16), in_march(20))
    with march(10):
        play.report(task, ReportKind.PLAN_STEP)

    steps = task.clocks.filter(kind=K.PLAN_STEP).order_by("due_on")
    assert [each.met_on for each in steps] == [in_march(10), None]
    assert play.now(task).state == TaskState.SUSPENDED


def test_a_step_on_a_rest_day_is_due_on_the_next_working_day(play: Play) -> None:
    with march(2):
        task = play.suspended(in_march(21))

    assert play.due(task, K.PLAN_STEP) == in_march(23)


def test_what_is_answered_meanwhile_does_not_run_again(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        play.suspend(task, in_march(20))
        play.report(task, ReportKind.ANSWER, "finance")
        play.report(task, ReportKind.FEEDBACK)
        play.resume(task)

    assert (sorted(play.running(task)), play.running(task, "finance")) == (["arrangement", "result"], {})


def test_a_node_reported_meanwhile_leaves_the_next_one_standing(play: Play) -> None:
    with march(2):
        task = play.signed(kind=TaskKind.CONTINUING, node_cycle=NodeCycle.MONTHLY)
        play.suspend(task, in_march(20))
        play.report(task, ReportKind.NODE)
        waiting = play.running(task)
        play.resume(task)

    assert (sorted(waiting), play.running(task)[K.NODE]) == (["plan_step"], date(2026, 4, 30))


# --- resuming --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("stopped", "resumed", "due"),
    [
        (2, 2, 10),  # a suspension of no day costs none
        (4, 9, 13),  # Wednesday to Friday stood still: three days
        (6, 7, 11),  # resumed on a Saturday: Friday stood still
        (7, 9, 10),  # over a weekend: nothing
        (10, 16, 16),  # stopped on the last day
    ],
)
def test_days_that_stood_still_do_not_count(play: Play, stopped: int, resumed: int, due: int) -> None:
    with march(2):
        task = play.signed()
    with march(stopped):
        play.suspend(task, in_march(31))
    with march(resumed):
        play.resume(task)

    assert play.running(task)[K.RESULT] == in_march(due)


@pytest.mark.parametrize(
    ("stopped", "resumed", "due"), [(2, 2, 10), (4, 9, 13), (6, 7, 11), (7, 9, 10), (10, 16, 16), (11, 16, 10)]
)
def test_a_dated_deadline_moves_as_a_counted_one_does(play: Play, stopped: int, resumed: int, due: int) -> None:
    with march(2):
        task = play.signed(deadline_on=in_march(10))
    with march(stopped):
        play.suspend(task, in_march(31))
    with march(resumed):
        play.resume(task)

    assert play.running(task)[K.RESULT] == in_march(due)


def test_a_month_loses_calendar_days(play: Play) -> None:
    with march(2):
        task = play.signed(kind=TaskKind.MAJOR)
    with march(10):
        play.suspend(task, in_march(31))
    with march(20):
        play.resume(task)

    assert play.running(task)[K.RESULT] == date(2026, 4, 13)  # 2 April and ten days, a Sunday, moved


def test_two_suspensions_add_up(play: Play) -> None:
    with march(2):
        task = play.signed()
    for stopped, resumed in ((3, 5), (9, 11)):
        with march(stopped):
            play.suspend(task, in_march(31))
        with march(resumed):
            play.resume(task)

    assert play.running(task)[K.RESULT] == in_march(16)


def test_what_was_overdue_is_as_late_after_the_suspension_as_before(play: Play) -> None:
    with march(2):
        task = play.signed()
    with march(12):
        play.suspend(task, in_march(31))
    with march(23):
        play.resume(task)

    result = play.clock(task, K.RESULT)
    assert (result.due_on, result.red_on) == (
        in_march(10),
        in_march(25),
    )  # 11 March counted; then 23, 24: red on the 25th


def test_what_is_left_of_the_plan_is_dropped(play: Play) -> None:
    with march(2):
        task = play.suspended(in_march(16), in_march(20))
        play.resume(task)

    assert (play.now(task).state, sorted(play.running(task))) == (
        TaskState.IN_PROGRESS,
        ["arrangement", "feedback", "result"],
    )


def test_resuming_needs_a_reason(play: Play) -> None:
    with march(2):
        task = play.suspended(in_march(16))

        with pytest.raises(DomainError) as refusal:
            services.resume_task(play.office, task, note=" ")
    assert refusal.value.code == "text_missing"


# --- the plan runs out -----------------------------------------------------------------------------------------------
def test_the_report_on_the_last_step_sets_the_task_going_again(play: Play) -> None:
    with march(2):
        task = play.suspended(in_march(16))
    with march(16):
        play.report(task, ReportKind.PLAN_STEP)

    assert (play.now(task).state, play.running(task)[K.RESULT]) == (TaskState.IN_PROGRESS, in_march(24))
    assert play.last_line(task).after["state"] == "in_progress"


def test_a_last_step_that_passes_unreported_turns_the_task_red(play: Play) -> None:
    with march(2):
        task = play.suspended(in_march(16))

    now = play.now(task)
    assert (now.state, now.yellow_on, now.red_on) == (TaskState.SUSPENDED, in_march(13), in_march(20))


# --- closing out of a suspension -------------------------------------------------------------------------------------
def test_closing_may_be_applied_for_out_of_a_suspension(play: Play) -> None:
    with march(2):
        task = play.suspended(in_march(16))
    with march(6):
        play.apply(task)

    assert (play.now(task).state, play.running(task)) == (TaskState.COMPLETION_APPLIED, {})


def test_returned_out_of_a_suspension_all_clocks_run_and_the_plan_is_gone(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        play.suspend(task, in_march(16))
    with march(6):
        play.apply(task)
        play.send_back(task)

    assert play.running(task) == {K.RESULT: in_march(16)}
    assert play.running(task, "finance") == {K.ANSWER_LEAD: in_march(10)}


def test_withdrawing_a_suspended_task_ends_its_plan(play: Play) -> None:
    with march(2):
        task = play.suspended(in_march(16))
        play.withdraw(task)

    assert play.running(task) == {}


def test_a_request_for_suspension_lapses_when_the_task_is_closed(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.ask_suspension(task, in_march(16))
        play.apply(task)
        play.close(task)

    assert play.request(task, RequestKind.SUSPENSION).state == RequestState.LAPSED


def test_a_plan_over_new_year_is_provisional(play: Play) -> None:
    with on("2026-12-28"):
        task = play.suspended(date(2027, 1, 15))

    assert play.now(task).is_provisional is True
