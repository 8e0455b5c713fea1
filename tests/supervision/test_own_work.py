"""Nobody decides on the work of an agency of their own; what no office may decide then, a leader does."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.kernel.errors import Forbidden
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.supervision import permissions as may
from sushui.supervision import queries, services
from sushui.supervision.enums import ClockKind, Grade, RequestKind, TaskState
from sushui.supervision.models import SupervisedTask, TaskRequest
from tests.supervision.play import Play, in_march, march

HEAD = "office_head"  # who does the office's own work
DECIDING = ("leader", "second_leader", "office", "office_second", "project_office", HEAD, "city_leader", "works_head")


@pytest.fixture(autouse=True)
def own_workers(play: Play) -> None:
    """Somebody in the office's agency who works, and a second leader."""
    play.seat(HEAD, "office", Role.AGENCY_HEAD)
    play.seat("second_leader", "government", Role.COUNTY_LEADER)


def applied(play: Play, **values: object) -> TaskRequest:
    """A task that the office's own agency leads and has applied to close."""
    task = play.task("office", **values)
    services.sign_for_task(play.viewer(HEAD), play.part(task, "office"))
    return services.apply_for_closing(play.viewer(HEAD), play.part(task, "office"), text="办完了")


def again(request: TaskRequest) -> TaskRequest:
    """The request as a page reads it."""
    return TaskRequest.objects.select_related("part__task__order", "part__agency").get(pk=request.pk)


def who_may(play: Play, request: TaskRequest) -> set[str]:
    return {key for key in DECIDING if may.may_decide_on_request(play.viewer(key), again(request))}


def who_finds(play: Play, request: TaskRequest) -> set[str]:
    """In whose list of what waits for a decision the request stands."""
    return {key for key in DECIDING if request in queries.open_requests(play.viewer(key))}


# --- whose decision it is --------------------------------------------------------------------------------------------
@march(2)
def test_the_offices_own_work_is_decided_by_any_leader_of_the_county(play: Play) -> None:
    request = applied(play)

    assert who_may(play, request) == {"leader", "second_leader"}
    assert who_finds(play, request) == {"leader", "second_leader"}


@march(2)
def test_the_leader_named_for_the_task_decides_alone(play: Play) -> None:
    request = applied(play, leader_post_id=play.post_id("second_leader"))

    assert who_may(play, request) == {"second_leader"}
    assert who_finds(play, request) == {"second_leader"}


@march(2)
def test_where_the_post_named_leads_the_county_no_more_any_leader_decides(play: Play) -> None:
    request = applied(play, leader_post_id=play.post_id("finance_head"))

    assert who_may(play, request) == {"leader", "second_leader"}


@march(2)
def test_what_another_office_issued_that_office_decides(play: Play) -> None:
    request = applied(play, by="project_office")

    assert who_may(play, request) == {"project_office"}
    assert who_finds(play, request) == {"project_office"}


@march(2)
def test_what_the_issuer_leads_itself_the_supervision_office_decides(play: Play) -> None:
    request = play.apply(play.signed("reform", by="project_office"), "reform")

    assert who_may(play, request) == {"office", "office_second"}
    assert who_finds(play, request) == {"office", "office_second"}


@march(2)
def test_what_concerns_both_offices_a_leader_decides(play: Play) -> None:
    task = play.task("office", supporting=("reform",), by="project_office")
    request = play.dispute(task, agency="reform")

    assert who_may(play, request) == {"leader", "second_leader"}
    assert who_finds(play, request) == {"leader", "second_leader"}


@march(2)
def test_what_the_office_asks_as_a_supporting_agency_a_leader_decides(play: Play) -> None:
    task = play.task("works", supporting=("office",))
    part, named_id = play.part(task, "office"), play.agency_id("finance")
    request = services.dispute_ownership(play.viewer(HEAD), part, named_agency_id=named_id, reason="不归我们")

    assert who_may(play, request) == {"leader", "second_leader"}
    assert who_finds(play, request) == {"leader", "second_leader"}


@march(2)
def test_what_others_ask_stays_the_offices(play: Play) -> None:
    request = play.apply(play.signed("works", leader_post_id=play.post_id("leader")))

    assert who_may(play, request) == {"office", "office_second"}
    assert who_finds(play, request) == {"office", "office_second"}


@march(2)
def test_a_task_is_decided_on_by_the_same_as_its_application(play: Play) -> None:
    task = applied(play).part.task

    assert {key for key in DECIDING if may.may_decide_on_task(play.viewer(key), play.now(task))} == {
        "leader",
        "second_leader",
    }


@march(2)
def test_nobody_withdraws_the_work_of_their_own_agency(play: Play) -> None:
    own, others = play.task("office"), play.task("works")

    assert {key for key in DECIDING if may.may_withdraw_task(play.viewer(key), own)} == {"leader", "second_leader"}
    assert {key for key in DECIDING if may.may_withdraw_task(play.viewer(key), others)} == {"office", "office_second"}


@march(2)
def test_a_draft_of_their_own_the_office_takes_back(play: Play) -> None:
    draft = play.draft("office")

    assert {key for key in DECIDING if may.may_withdraw_task(play.viewer(key), draft)} == {"office", "office_second"}


# --- who is told -----------------------------------------------------------------------------------------------------
@march(2)
def test_the_leaders_are_told_of_what_is_theirs_to_decide(play: Play) -> None:
    applied(play)

    assert play.told("%(agency)s applies") == [
        ("%(agency)s applies for closing: %(title)s", ["leader", "second_leader"]),
    ]


@march(2)
def test_the_leader_named_for_the_task_is_told_alone(play: Play) -> None:
    applied(play, leader_post_id=play.post_id("leader"))

    assert play.told("%(agency)s applies") == [("%(agency)s applies for closing: %(title)s", ["leader"])]


# --- deciding --------------------------------------------------------------------------------------------------------
@march(2)
def test_the_leader_closes_the_offices_own_task_and_the_story_names_the_post(play: Play) -> None:
    request = applied(play)

    services.close_task(play.viewer("leader"), again(request), grade=Grade.GOOD)

    task = play.now(request.part.task)
    line = play.last_line(task)
    assert (task.state, task.grade) == (TaskState.CLOSED, Grade.GOOD)
    assert (line.verb, line.post_name) == ("close_task", "县政府 常务副县长")


@march(2)
def test_the_leader_returns_the_offices_own_task(play: Play) -> None:
    request = applied(play)

    services.return_task(play.viewer("leader"), again(request), note="还差一段")

    assert play.now(request.part.task).state is TaskState.RETURNED


@march(2)
def test_the_leader_extends_the_offices_own_deadline(play: Play) -> None:
    task = play.task("office")
    services.sign_for_task(play.viewer(HEAD), play.part(task, "office"))
    running = play.clock(task, ClockKind.RESULT, "office")
    asked = {"running": running, "new_due_on": in_march(20), "reason": "雨季"}
    request = services.ask_extension(play.viewer(HEAD), play.part(task, "office"), **asked)

    services.extend_deadline(play.viewer("leader"), again(request))

    assert play.due(task, ClockKind.RESULT, "office") == in_march(20)


@march(2)
def test_the_leader_suspends_the_offices_own_task_with_its_plan(play: Play) -> None:
    task = play.task("office")
    services.sign_for_task(play.viewer(HEAD), play.part(task, "office"))
    plan = [services.PlanStep(date(2026, 6, 30), "一步")]
    request = services.ask_suspension(play.viewer(HEAD), play.part(task, "office"), reason="等批复", plan=plan)

    services.grant_suspension(play.viewer("leader"), again(request))

    assert play.now(task).state is TaskState.SUSPENDED


@march(2)
def test_the_leader_decides_whose_the_offices_own_task_is(play: Play) -> None:
    task = play.task("office")
    part, named_id = play.part(task, "office"), play.agency_id("finance")
    request = services.dispute_ownership(play.viewer(HEAD), part, named_agency_id=named_id, reason="不归我们")

    services.decide_ownership(play.viewer("leader"), again(request), agency_id=named_id)

    assert play.now(task).lead_agency_id == named_id


@march(2)
def test_the_office_does_not_close_its_own_task(play: Play) -> None:
    request = applied(play)

    with pytest.raises(Forbidden):
        services.close_task(play.office, again(request), grade=Grade.EXCELLENT)

    assert play.now(request.part.task).state is TaskState.COMPLETION_APPLIED


# --- the same person in another post ---------------------------------------------------------------------------------
def lent(play: Play, post: str, to: str) -> tuple[Viewer, SupervisedTask]:
    """Somebody of the works bureau in a lent post, and a task that the bureau has applied to close."""
    task = play.signed("works")
    play.apply(task)
    return play.lend(post, to), task


@march(2)
def test_who_acts_for_the_office_does_not_decide_about_the_agency_they_come_from(play: Play) -> None:
    delegate, task = lent(play, "office", "works_head")
    request = play.request(task, RequestKind.CLOSING)

    assert may.may_decide_on_request(delegate, request) is False
    assert list(queries.open_requests(delegate)) == []
    with pytest.raises(Forbidden):
        services.close_task(delegate, request, grade=Grade.EXCELLENT)


@march(2)
def test_who_acts_for_the_office_decides_about_others(play: Play) -> None:
    delegate = play.lend("office", "finance_head")
    request = play.apply(play.signed("works"))

    assert may.may_decide_on_request(delegate, again(request)) is True
    assert list(queries.open_requests(delegate)) == [request]


@march(2)
def test_who_of_the_office_acts_for_an_agency_does_not_decide_about_it(play: Play) -> None:
    play.lend("works_head", "office")
    request = play.apply(play.signed("works"))

    assert may.may_decide_on_request(play.office, again(request)) is False
    assert may.may_decide_on_request(play.viewer("office_second"), again(request)) is True


@march(2)
def test_who_of_the_office_acts_for_the_leader_does_not_decide_about_the_office(play: Play) -> None:
    request = applied(play)
    delegate = play.lend("leader", HEAD)

    assert may.may_decide_on_request(delegate, again(request)) is False
    assert list(queries.open_requests(delegate)) == []
