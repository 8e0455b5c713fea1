"""Applying for closing, closing with a grade, returning and withdrawing."""

from __future__ import annotations

import pytest

from sushui.kernel.errors import DomainError, Forbidden
from sushui.supervision import queries, services
from sushui.supervision.enums import (
    ClockKind,
    Grade,
    NodeCycle,
    PartState,
    ReportKind,
    RequestKind,
    RequestState,
    TaskKind,
    TaskState,
)
from tests.supervision.play import Play, in_march, march

K = ClockKind


# --- applying --------------------------------------------------------------------------------------------------------
def test_an_application_waits_without_becoming_overdue(play: Play) -> None:
    with march(2):
        task = play.signed()
    with march(4):
        play.apply(task)

    now = play.now(task)
    assert (now.state, now.due_on, now.yellow_on, now.red_on) == (TaskState.COMPLETION_APPLIED, None, None, None)


def test_an_application_of_continuing_work_stops_its_node_too(play: Play) -> None:
    with march(2):
        task = play.signed(kind=TaskKind.CONTINUING, node_cycle=NodeCycle.MONTHLY)
        play.apply(task)
        waiting = play.running(task)
        play.send_back(task)

    assert (waiting, play.running(task)) == ({}, {K.NODE: in_march(31)})


def test_a_node_that_was_reported_is_not_asked_for_again_after_a_return(play: Play) -> None:
    with march(2):
        task = play.signed(kind=TaskKind.CONTINUING, node_cycle=NodeCycle.MONTHLY)
    with march(31):
        play.report(task, ReportKind.NODE)
        play.apply(task)
        play.send_back(task)

    assert [each.met_on for each in task.clocks.filter(kind=K.NODE).order_by("due_on")] == [in_march(31), None]


def test_only_the_lead_applies(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))

        with pytest.raises(DomainError) as refusal:
            play.apply(task, "finance")
    assert refusal.value.code == "not_the_lead"


def test_nobody_applies_before_signing(play: Play) -> None:
    with march(2):
        task = play.task()

        with pytest.raises(DomainError) as refusal:
            play.apply(task)
    assert refusal.value.code == "part_wrong_state"


def test_nobody_applies_twice(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.apply(task)

        with pytest.raises(DomainError) as refusal:
            play.apply(task)
    assert refusal.value.code == "wrong_state"


def test_the_application_says_who_has_not_answered_yet(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance", "gujiang"))
        play.report(task, ReportKind.ANSWER, "gujiang")
        play.apply(task)

    assert play.last_line(task).after["unanswered"] == ["县财政局"]


# --- closing ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("grade", list(Grade))
def test_a_task_is_closed_with_a_grade(play: Play, grade: Grade) -> None:
    with march(2):
        task = play.signed()
        play.apply(task)
    with march(3):
        play.close(task, grade)

    now = play.now(task)
    assert (now.state, now.grade, now.closed_on, now.is_open) == (TaskState.CLOSED, grade, in_march(3), False)


def test_closing_ends_every_clock_and_every_open_part(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance", "gujiang"))
        play.report(task, ReportKind.ANSWER, "gujiang")
        play.apply(task)
        play.close(task)

    assert [each for each in task.clocks.all() if each.is_running] == []
    assert {agency: play.part(task, agency).state for agency in ("works", "finance", "gujiang")} == {
        "works": PartState.ANSWERED,
        "finance": PartState.ENDED,
        "gujiang": PartState.ANSWERED,
    }


def test_closing_tells_those_whose_part_was_open(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        play.apply(task)
        play.close(task)

    assert play.told("Closed") == [("Closed: %(title)s", ["finance_head", "works_head"])]


@pytest.mark.parametrize(("applied", "light"), [(10, "green"), (11, "yellow"), (20, "red")])
def test_applying_puts_out_no_light_and_waiting_lights_none(play: Play, applied: int, light: str) -> None:
    with march(2):
        task = play.signed()
        play.report(task, ReportKind.ARRANGEMENT)
        play.report(task, ReportKind.FEEDBACK)
    with march(applied):
        play.apply(task)
    with march(31):
        found = queries.register(play.office).get(pk=task.pk)

    assert found.light_today == light


@pytest.mark.parametrize(("applied", "is_late"), [(10, False), (11, True)])
def test_a_task_is_late_when_its_application_came_after_the_deadline(play: Play, applied: int, is_late: bool) -> None:
    with march(2):
        task = play.signed()
    with march(applied):
        play.apply(task)
    with march(20):
        play.close(task)

    assert play.now(task).is_late is is_late


def test_a_task_returned_in_time_and_done_late_is_late(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.apply(task)
        play.send_back(task)
    with march(16):
        play.apply(task)
        play.close(task)

    assert play.now(task).is_late is True


def test_an_application_is_decided_once(play: Play) -> None:
    with march(2):
        task = play.signed()
        request = play.apply(task)
        play.close(task)

        with pytest.raises(DomainError) as refusal:
            services.return_task(play.office, request, note="还差")
    assert (refusal.value.code, play.now(task).state) == ("decided_already", TaskState.CLOSED)


def test_nobody_closes_the_work_of_the_own_agency(play: Play) -> None:
    with march(2):
        task = play.signed("reform", by="project_office")
        request = play.apply(task, "reform")

        with pytest.raises(Forbidden):
            services.close_task(play.viewer("project_office"), request, grade=Grade.EXCELLENT)


def test_nothing_happens_to_a_closed_task(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.apply(task)
        play.close(task)

        for act in (play.apply, play.withdraw, play.resume, lambda each: services.remind(play.office, each)):
            with pytest.raises(DomainError):
                act(play.now(task))
    assert play.verbs(task)[-1] == "close_task"


# --- returning -------------------------------------------------------------------------------------------------------
def test_the_clock_of_a_returned_task_has_never_stopped(play: Play) -> None:
    with march(2):
        task = play.signed()
    with march(4):
        play.apply(task)
    with march(9):
        play.send_back(task)

    assert (play.now(task).state, play.running(task)) == (TaskState.RETURNED, {K.RESULT: in_march(10)})


def test_what_was_arranged_and_fed_back_is_not_asked_for_again(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.apply(task)
        play.send_back(task)

    assert sorted(play.running(task)) == ["result"]


def test_returned_late_a_task_is_overdue_at_once(play: Play) -> None:
    with march(2):
        task = play.signed()
    with march(4):
        play.apply(task)
    with march(20):
        play.send_back(task)

    now = play.now(task)
    assert (now.due_on, now.red_on) == (in_march(10), in_march(16))


def test_a_return_needs_a_reason(play: Play) -> None:
    with march(2):
        task = play.signed()
        request = play.apply(task)

        with pytest.raises(DomainError) as refusal:
            services.return_task(play.office, request, note="")
    assert (refusal.value.code, play.now(task).returned_count) == ("text_missing", 0)


def test_the_next_report_puts_a_returned_task_in_progress(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.apply(task)
        play.send_back(task)
        play.report(task, ReportKind.PROGRESS)

    assert play.now(task).state == TaskState.IN_PROGRESS


def returned(play: Play, *days: int) -> object:
    """A task with a far deadline, applied for and returned on each of the days."""
    with march(2):
        task = play.signed(deadline_on=in_march(31))
    for day in days:
        with march(day):
            play.apply(task)
            play.send_back(task)
    return task


def test_one_return_turns_nothing_red(play: Play) -> None:
    task = returned(play, 4)

    assert play.now(task).red_on == in_march(31).replace(month=4, day=7)


def test_two_returns_turn_task_and_lead_red_since_that_day(play: Play) -> None:
    task = returned(play, 4, 6)

    assert (play.now(task).red_on, play.part(task).red_on) == (in_march(6), in_march(6))


def test_a_third_return_does_not_move_the_day(play: Play) -> None:
    task = returned(play, 4, 6, 11)

    assert (play.now(task).red_on, play.now(task).returned_count) == (in_march(6), 3)


def test_it_stays_red_while_the_next_application_waits(play: Play) -> None:
    task = returned(play, 4, 6)
    with march(9):
        play.apply(task)

    assert play.now(task).red_on == in_march(6)


def test_the_leader_is_told_once_of_the_return_that_turns_red(play: Play) -> None:
    returned(play, 4, 6, 11)

    assert play.told("Red") == [("Red: %(agency)s, returned again: %(title)s", ["leader"])]


def test_what_was_returned_too_often_is_listed_once(play: Play) -> None:
    returned(play, 4, 6, 11)

    told = ("To be listed: %(agency)s, returned again: %(title)s", ["office", "office_second"])
    assert play.told("To be listed") == [told]


def test_the_story_says_with_which_return_the_ladder_was_climbed(play: Play) -> None:
    task = returned(play, 4, 6, 11)

    lines = [line for line in queries.story(task) if line.verb == "return_task"]
    assert [line.after.get("rung") for line in lines] == [None, ["red", "listed"], None]


def test_a_limit_that_was_lowered_meanwhile_raises_it_with_the_next_return(play: Play) -> None:
    play.set("red_after_returns", 9, in_march(1))
    play.set("red_after_returns", 2, in_march(9))
    returned(play, 4, 6, 11)

    assert [msgid for msgid, _posts in play.told("Red")] == ["Red: %(agency)s, returned again: %(title)s"]


def test_where_returns_turn_nothing_red_nothing_is_raised(play: Play) -> None:
    play.set("red_after_returns", 0, in_march(1))
    returned(play, 4, 6, 11)

    assert (play.told("Red"), play.told("To be listed")) == ([], [])


def test_how_many_returns_are_too_many_is_a_setting(play: Play) -> None:
    play.set("red_after_returns", 3, in_march(1))
    task = returned(play, 4, 6, 11)

    assert play.now(task).red_on == in_march(11)


# --- withdrawing -----------------------------------------------------------------------------------------------------
def test_a_withdrawn_task_has_no_open_part_and_no_clock(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        play.withdraw(task)

    now = play.now(task)
    assert (now.state, now.is_open, now.due_on) == (TaskState.WITHDRAWN, False, None)
    assert [play.part(task, agency).state for agency in ("works", "finance")] == [PartState.ENDED] * 2
    assert (play.running(task), play.running(task, "finance")) == ({}, {})


def test_what_had_moved_elsewhere_keeps_its_end(play: Play) -> None:
    with march(2):
        task = play.task()
        play.decide(play.dispute(task), "finance")
        play.withdraw(task)

    assert [play.part(task, agency).state for agency in ("works", "finance")] == [PartState.MOVED, PartState.ENDED]


def test_an_application_that_waits_lapses(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.apply(task)
        play.withdraw(task)

    assert play.request(task, RequestKind.CLOSING).state == RequestState.LAPSED


def test_of_a_withdrawn_draft_nobody_hears(play: Play) -> None:
    with march(2):
        task = play.draft()
        play.withdraw(task)

    assert (play.part(task).state, play.told("Withdrawn")) == (PartState.DRAFTED, [])


def test_withdrawing_needs_a_reason(play: Play) -> None:
    with march(2):
        task = play.task()

        with pytest.raises(DomainError) as refusal:
            services.withdraw_task(play.office, task, reason="")
    assert (refusal.value.code, play.now(task).state) == ("text_missing", TaskState.ASSIGNED)
