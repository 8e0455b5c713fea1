"""Extension: asked for before the deadline with a reason and a new date; granted or refused; the old date stays."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.kernel.errors import DomainError, Forbidden
from sushui.supervision import services
from sushui.supervision.enums import ClockKind, Grade, ReportKind, RequestKind, RequestState, TaskKind
from sushui.supervision.models import TaskRequest
from tests.supervision.play import Play, in_march, march

K = ClockKind


@pytest.mark.parametrize("day", [2, 10])
def test_it_may_be_asked_until_the_end_of_the_deadlines_day(play: Play, day: int) -> None:
    with march(2):
        task = play.signed()
    with march(day, "23:59"):
        request = play.ask_later(task, in_march(20))

    assert (request.state, request.old_due_on, request.new_due_on) == (RequestState.OPEN, in_march(10), in_march(20))


def test_it_is_refused_after_the_deadline(play: Play) -> None:
    with march(2):
        task = play.signed()

    with march(11, "00:00"), pytest.raises(DomainError) as refusal:
        play.ask_later(task, in_march(20))
    assert (refusal.value.code, refusal.value.params) == ("deadline_over", {"day": "2026-03-10"})


@pytest.mark.parametrize("day", [9, 10])
def test_the_new_date_is_later_than_the_old(play: Play, day: int) -> None:
    with march(2):
        task = play.signed()

        with pytest.raises(DomainError) as refusal:
            play.ask_later(task, in_march(day))
    assert refusal.value.code == "not_later"


def test_the_new_date_is_one_that_can_be_counted_to(play: Play) -> None:
    with march(2):
        task = play.signed()

        with pytest.raises(DomainError) as refusal:
            play.ask_later(task, date.max)
    assert refusal.value.code == "day_too_far"


def test_it_needs_a_reason(play: Play) -> None:
    with march(2):
        task = play.signed()
        running = play.clock(task, K.RESULT)

        with pytest.raises(DomainError) as refusal:
            services.ask_extension(
                play.speaker("works"), play.part(task), running=running, new_due_on=in_march(20), reason=""
            )
    assert refusal.value.code == "text_missing"


@pytest.mark.parametrize("kind", [K.ARRANGEMENT, K.FEEDBACK])
def test_arrangement_and_feedback_are_not_put_off(play: Play, kind: ClockKind) -> None:
    with march(2):
        task = play.signed()

        with pytest.raises(DomainError) as refusal:
            play.ask_later(task, in_march(20), kind)
    assert refusal.value.code == "not_extendable"


def test_one_request_waits_at_a_time(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.ask_later(task, in_march(20))

        with pytest.raises(DomainError) as refusal:
            play.ask_later(task, in_march(25))
    assert refusal.value.code == "asked_already"


def test_it_is_asked_only_for_a_clock_of_the_own_part(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        running = play.clock(task, K.RESULT, "works")

        with pytest.raises(DomainError) as refusal:
            services.ask_extension(
                play.speaker("finance"),
                play.part(task, "finance"),
                running=running,
                new_due_on=in_march(20),
                reason="忙",
            )
    assert refusal.value.code == "not_extendable"


def test_the_clock_runs_on_while_the_request_waits(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.ask_later(task, in_march(20))

    assert play.running(task)[K.RESULT] == in_march(10)


def test_granted_it_moves_the_deadline_and_the_old_one_stays_visible(play: Play) -> None:
    with march(2):
        task = play.signed()
        services.extend_deadline(play.office, play.ask_later(task, in_march(20)))

    result, request = play.clock(task, K.RESULT), play.request(task, RequestKind.EXTENSION)
    assert (result.due_on, result.original_due_on, request.old_due_on) == (in_march(20), in_march(10), in_march(10))
    line = play.last_line(task)
    assert (line.before["due_on"], line.after["due_on"]) == ("2026-03-10", "2026-03-20")


def test_granted_to_a_rest_day_it_runs_to_the_next_working_day(play: Play) -> None:
    with march(2):
        task = play.signed()
        services.extend_deadline(play.office, play.ask_later(task, in_march(21)))

    assert (play.due(task, K.RESULT), play.last_line(task).after["due_on"]) == (in_march(23), "2026-03-23")


def test_granted_the_lights_of_task_and_part_move_along(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.report(task, ReportKind.ARRANGEMENT)
        play.report(task, ReportKind.FEEDBACK)
        services.extend_deadline(play.office, play.ask_later(task, in_march(20)))

    for record in (play.now(task), play.part(task)):
        assert (record.due_on, record.yellow_on, record.red_on) == (in_march(20), in_march(19), in_march(26))


def test_twice_in_a_row_each_old_date_stays_visible(play: Play) -> None:
    with march(2):
        task = play.signed()
        services.extend_deadline(play.office, play.ask_later(task, in_march(20)))
    with march(20):
        services.extend_deadline(play.office, play.ask_later(task, in_march(27)))

    rows = TaskRequest.objects.filter(part__task=task).order_by("pk")
    assert [(row.old_due_on, row.new_due_on) for row in rows] == [
        (in_march(10), in_march(20)),
        (in_march(20), in_march(27)),
    ]
    assert (play.due(task, K.RESULT), play.clock(task, K.RESULT).original_due_on) == (in_march(27), in_march(10))


def test_refused_the_deadline_stands_and_the_reason_is_told(play: Play) -> None:
    with march(2):
        task = play.signed()
        services.refuse_extension(play.office, play.ask_later(task, in_march(20)), note="没有理由")

    request = play.request(task, RequestKind.EXTENSION)
    assert (play.due(task, K.RESULT), request.state, request.decision_note) == (
        in_march(10),
        RequestState.REFUSED,
        "没有理由",
    )


def test_refused_it_may_be_asked_again(play: Play) -> None:
    with march(2):
        task = play.signed()
        services.refuse_extension(play.office, play.ask_later(task, in_march(20)), note="没有理由")

        assert play.ask_later(task, in_march(16)).state == RequestState.OPEN


def test_a_refusal_needs_a_reason(play: Play) -> None:
    with march(2):
        task = play.signed()
        request = play.ask_later(task, in_march(20))

        with pytest.raises(DomainError) as refusal:
            services.refuse_extension(play.office, request, note="")
    assert (refusal.value.code, play.request(task, RequestKind.EXTENSION).state) == ("text_missing", RequestState.OPEN)


def test_it_is_decided_once(play: Play) -> None:
    with march(2):
        task = play.signed()
        request = play.ask_later(task, in_march(20))
        services.refuse_extension(play.office, request, note="不行")

        with pytest.raises(DomainError) as refusal:
            services.extend_deadline(play.office, request)
    assert (refusal.value.code, play.due(task, K.RESULT)) == ("decided_already", in_march(10))


def test_granted_after_the_old_deadline_the_clock_is_no_longer_overdue(play: Play) -> None:
    with march(2):
        task = play.signed()
        request = play.ask_later(task, in_march(20))
    with march(12):
        services.extend_deadline(play.office, request)
        play.apply(task)
        play.close(task)

    assert play.now(task).is_late is False


def test_an_act_decides_only_what_was_asked(play: Play) -> None:
    with march(2):
        task = play.signed()
        extension, closing = play.ask_later(task, in_march(20)), play.apply(task)

        for act in (
            lambda: services.close_task(play.office, extension, grade=Grade.GOOD),
            lambda: services.extend_deadline(play.office, closing),
            lambda: services.grant_suspension(play.office, closing),
            lambda: services.decide_ownership(play.office, closing, agency_id=play.agency_id("works")),
        ):
            with pytest.raises(DomainError) as refusal:
                act()
            assert refusal.value.code == "wrong_request"


# --- beside other acts -----------------------------------------------------------------------------------------------
def test_a_clock_that_stands_still_is_not_extended(play: Play) -> None:
    with march(2):
        task = play.suspended(in_march(20))

        with pytest.raises(DomainError) as refusal:
            play.ask_later(task, in_march(27))
    assert refusal.value.code == "not_extendable"


def test_a_suspension_lets_a_waiting_request_lapse(play: Play) -> None:
    with march(2):
        task = play.signed()
        request = play.ask_later(task, in_march(20))
        play.suspend(task, in_march(16))

        with pytest.raises(DomainError) as refusal:
            services.extend_deadline(play.office, request)
    assert (refusal.value.code, play.request(task, RequestKind.EXTENSION).state) == (
        "decided_already",
        RequestState.LAPSED,
    )


@pytest.mark.parametrize("end", ["close", "withdraw"])
def test_the_end_of_a_task_lets_a_waiting_request_lapse(play: Play, end: str) -> None:
    with march(2):
        task = play.signed()
        play.ask_later(task, in_march(20))
        play.apply(task)
        getattr(play, end)(task)

    request = play.request(task, RequestKind.EXTENSION)
    assert (request.state, play.last_line(task).after["lapsed"][0]) == (RequestState.LAPSED, request.pk)


def test_an_answer_to_the_lead_lets_a_waiting_request_lapse(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        running = play.clock(task, K.ANSWER_LEAD, "finance")
        asked = {"running": running, "new_due_on": in_march(9), "reason": "忙"}
        services.ask_extension(play.speaker("finance"), play.part(task, "finance"), **asked)
        play.report(task, ReportKind.ANSWER, "finance")

    assert play.request(task, RequestKind.EXTENSION).state == RequestState.LAPSED


def test_a_report_on_the_node_lets_a_waiting_request_lapse(play: Play) -> None:
    with march(2):
        task = play.signed(kind=TaskKind.CONTINUING)
        play.ask_later(task, date(2026, 4, 10), K.NODE)
        play.report(task, ReportKind.NODE)

    assert play.request(task, RequestKind.EXTENSION).state == RequestState.LAPSED


@pytest.mark.parametrize("end", ["resume", "apply"])
def test_the_end_of_a_suspension_lets_a_request_about_its_plan_lapse(play: Play, end: str) -> None:
    with march(2):
        task = play.suspended(in_march(16), in_march(20))
        play.ask_later(task, in_march(23), K.PLAN_STEP)
        getattr(play, end)(task)

    request = play.request(task, RequestKind.EXTENSION)
    assert (request.state, play.last_line(task).after["lapsed"]) == (RequestState.LAPSED, [request.pk])


def test_granted_while_an_application_waits_it_counts_from_its_return_on(play: Play) -> None:
    with march(2):
        task = play.signed()
        request = play.ask_later(task, in_march(20))
        play.apply(task)
        services.extend_deadline(play.office, request)
        play.send_back(task)

    assert play.running(task)[K.RESULT] == in_march(20)


def test_a_node_and_a_step_of_a_plan_may_be_put_off(play: Play) -> None:
    with march(2):
        task = play.signed(kind=TaskKind.CONTINUING)
        services.extend_deadline(play.office, play.ask_later(task, date(2026, 4, 10), K.NODE))
        play.suspend(task, in_march(16))
        services.extend_deadline(play.office, play.ask_later(task, in_march(18), K.PLAN_STEP))

    assert (play.due(task, K.NODE), play.due(task, K.PLAN_STEP)) == (date(2026, 4, 10), in_march(18))


def test_nobody_grants_what_the_own_agency_asked_for(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("reform",), by="project_office")
        running = play.clock(task, K.ANSWER_LEAD, "reform")
        own = play.viewer("project_office")
        asked = {"running": running, "new_due_on": in_march(9), "reason": "忙"}
        request = services.ask_extension(own, play.part(task, "reform"), **asked)

        with pytest.raises(Forbidden):
            services.extend_deadline(own, request)
        services.extend_deadline(play.office, request)
    assert play.due(task, K.ANSWER_LEAD, "reform") == in_march(9)
