"""What an agency does with its part: sign, name a handler, report, answer; and what the office may call for."""

from __future__ import annotations

import pytest

from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.viewer import Viewer
from sushui.organizations import services as organizations
from sushui.organizations.enums import AgencyKind, Role
from sushui.organizations.queries import viewer_for
from sushui.supervision import queries, services
from sushui.supervision.enums import ClockKind, PartState, ReportKind, TaskState
from sushui.supervision.models import ProgressReport
from tests.supervision.play import Play, in_march, march

K = ClockKind


# --- signing ---------------------------------------------------------------------------------------------------------
def test_the_lead_signs_for_task_and_part(play: Play) -> None:
    with march(2):
        task = play.task()
        services.sign_for_task(play.viewer("works_handler"), play.part(task))

    assert (play.now(task).state, play.part(task).state) == (TaskState.SIGNED, PartState.SIGNED)


def test_a_supporting_agency_signs_for_its_part_alone(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance",))
        services.sign_for_task(play.speaker("finance"), play.part(task, "finance"))

    assert (play.now(task).state, play.part(task, "finance").state) == (TaskState.ASSIGNED, PartState.SIGNED)


@pytest.mark.parametrize(("who", "handler"), [("works_handler", "works_handler"), ("works_head", None)])
def test_a_handler_who_signs_is_the_handler_and_a_head_is_not(play: Play, who: str, handler: str | None) -> None:
    with march(2):
        task = play.task()
        services.sign_for_task(play.viewer(who), play.part(task))

    assert play.part(task).handler_post_id == (play.post_id(handler) if handler else None)


def test_an_arrangement_is_reported_while_signing(play: Play) -> None:
    with march(2):
        task = play.task()
        services.sign_for_task(play.speaker("works"), play.part(task), arrangement="今天安排了")

    assert (play.clock(task, K.ARRANGEMENT).met_on, play.now(task).state) == (in_march(2), TaskState.IN_PROGRESS)
    assert play.verbs(task)[-2:] == ["sign_for_task", "report_progress"]


def test_what_a_supporting_agency_says_while_signing_is_kept(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance",))
        services.sign_for_task(play.speaker("finance"), play.part(task, "finance"), arrangement="派了人")

    assert [report.text for report in ProgressReport.objects.filter(part__task=task)] == ["派了人"]


def test_a_part_is_signed_for_once(play: Play) -> None:
    with march(2):
        task = play.signed()

        with pytest.raises(DomainError) as refusal:
            services.sign_for_task(play.speaker("works"), play.part(task))
    assert refusal.value.code == "part_wrong_state"


def test_a_draft_is_not_signed_for(play: Play) -> None:
    with march(2):
        task = play.draft()

        with pytest.raises(DomainError) as refusal:
            services.sign_for_task(play.speaker("works"), play.part(task))
    assert refusal.value.code == "part_wrong_state"


@pytest.mark.parametrize("who", ["finance_head", "office", "leader", "neighbor_head", "administrator"])
def test_nobody_signs_for_another_agency(play: Play, who: str) -> None:
    with march(2):
        task = play.task()

        with pytest.raises(Forbidden):
            services.sign_for_task(play.viewer(who), play.part(task))


# --- handlers --------------------------------------------------------------------------------------------------------
def test_the_head_names_the_handler_who_is_told(play: Play) -> None:
    with march(2):
        task = play.task()
        handler_id = play.post_id("works_handler")
        services.appoint_handler(play.speaker("works"), play.part(task), handler_post_id=handler_id)

    assert play.part(task).handler_post_id == handler_id
    assert play.told("You are") == [("You are to handle: %(title)s", ["works_handler"])]


def test_a_handler_is_of_the_own_agency(play: Play) -> None:
    with march(2):
        task = play.task()
        handler_id = play.post_id("finance_handler")

        with pytest.raises(DomainError) as refusal:
            services.appoint_handler(play.speaker("works"), play.part(task), handler_post_id=handler_id)
    assert refusal.value.code == "handler_elsewhere"


def seated_below_works(play: Play) -> Viewer:
    """A handler in a center under the works bureau."""
    administrator, works = play.viewer("administrator"), play.county.agencies["works"]
    said = {"division_id": works.division_id, "name": "住房保障中心", "kind": AgencyKind.DEPARTMENT, "parent": works}
    center = organizations.create_agency(administrator, **said)
    post = organizations.create_post(administrator, center, name="经办人", roles=[Role.AGENCY_HANDLER])
    person = organizations.register_person(administrator, username="center", name="中心经办人", password=None)
    organizations.hand_over_post(administrator, post, successor=person)
    viewer = viewer_for(person)
    assert viewer is not None, "just seated"
    return viewer


def test_a_handler_in_an_agency_below_sees_and_does_what_it_was_named_for(play: Play) -> None:
    with march(2):
        handler = seated_below_works(play)
        task, other = play.task(), play.task()
        services.appoint_handler(play.speaker("works"), play.part(task), handler_post_id=handler.post_id)
        services.sign_for_task(handler, play.part(task))

        assert list(queries.visible_tasks(handler)) == [task]
        assert queries.part_for(handler, play.part(task).pk).state == PartState.SIGNED
        with pytest.raises(Forbidden):
            services.sign_for_task(handler, play.part(other))


def test_a_handler_does_not_act_for_an_agency_below_and_its_head_does(play: Play) -> None:
    with march(2):
        center_id = seated_below_works(play).agency_id
        order = play.order()
        draft = services.draft_task(play.office, order, services.TaskDraft("修路", lead_agency_id=center_id))
        part = services.assign_task(play.office, draft).parts.select_related("task__order").get()

        with pytest.raises(Forbidden):
            services.sign_for_task(play.viewer("works_handler"), part)
        signed = services.sign_for_task(play.viewer("works_head"), part)
    assert signed.state == PartState.SIGNED


def test_a_handler_names_nobody(play: Play) -> None:
    with march(2):
        task = play.task()
        handler_id = play.post_id("works_handler")

        with pytest.raises(Forbidden):
            services.appoint_handler(play.viewer("works_handler"), play.part(task), handler_post_id=handler_id)


def test_nobody_is_named_for_a_part_that_has_ended(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        play.report(task, ReportKind.ANSWER, "finance")
        handler_id = play.post_id("finance_handler")

        with pytest.raises(DomainError) as refusal:
            services.appoint_handler(play.speaker("finance"), play.part(task, "finance"), handler_post_id=handler_id)
    assert refusal.value.code == "part_wrong_state"


def test_once_a_handler_is_named_only_that_one_and_the_head_report(play: Play) -> None:
    with march(2):
        task = play.signed()
        services.appoint_handler(play.speaker("works"), play.part(task), handler_post_id=play.post_id("works_head"))

        with pytest.raises(Forbidden):
            services.report_progress(
                play.viewer("works_handler"), play.part(task), kind=ReportKind.PROGRESS, text="办了"
            )


# --- reporting -------------------------------------------------------------------------------------------------------
def test_the_first_report_puts_the_task_in_progress(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.report(task, ReportKind.PROGRESS)

    assert (play.now(task).state, play.part(task).state) == (TaskState.IN_PROGRESS, PartState.IN_PROGRESS)


def test_a_report_is_kept_with_who_when_and_which_clock(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.report(task, ReportKind.FEEDBACK)

    report = ProgressReport.objects.get(part__task=task)
    assert (report.kind, report.text, report.post_id, report.clock_id) == (
        ReportKind.FEEDBACK,
        "办了",
        play.post_id("works_head"),
        play.clock(task, K.FEEDBACK).pk,
    )


def test_a_report_says_something(play: Play) -> None:
    with march(2):
        task = play.signed()

        with pytest.raises(DomainError) as refusal:
            services.report_progress(play.speaker("works"), play.part(task), kind=ReportKind.FEEDBACK, text=" ")
    assert (refusal.value.code, play.clock(task, K.FEEDBACK).met_on) == ("text_missing", None)


def test_nobody_reports_before_signing(play: Play) -> None:
    with march(2):
        task = play.task()

        with pytest.raises(DomainError) as refusal:
            play.report(task, ReportKind.FEEDBACK)
    assert refusal.value.code == "part_wrong_state"


def test_reports_may_be_added_while_an_application_waits(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.apply(task)
        play.report(task, ReportKind.PROGRESS)

    assert play.now(task).state == TaskState.COMPLETION_APPLIED


# --- answering the lead ----------------------------------------------------------------------------------------------
def test_an_answer_ends_the_supporting_part_and_tells_the_lead(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
    with march(3):
        play.report(task, ReportKind.ANSWER, "finance")

    part = play.part(task, "finance")
    assert (part.state, part.answered_on, part.is_open) == (PartState.ANSWERED, in_march(3), False)
    assert play.told("%(agency)s answered") == [("%(agency)s answered: %(title)s", ["works_head"])]


def test_the_lead_answers_nobody(play: Play) -> None:
    with march(2):
        task = play.signed()

        with pytest.raises(DomainError) as refusal:
            play.report(task, ReportKind.ANSWER)
    assert refusal.value.code == "lead_does_not_answer"


def test_an_answer_is_given_once(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        play.report(task, ReportKind.ANSWER, "finance")

        with pytest.raises(DomainError) as refusal:
            play.report(task, ReportKind.ANSWER, "finance")
    assert refusal.value.code == "part_wrong_state"


# --- reminding -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["office", "leader", "city_leader"])
def test_office_and_leaders_call_for_an_answer_from_whoever_is_open(play: Play, who: str) -> None:
    with march(2):
        task = play.signed(supporting=("finance", "gujiang"))
        play.report(task, ReportKind.ANSWER, "gujiang")
        services.remind(play.viewer(who), play.now(task))

    assert play.told("Please answer") == [("Please answer: %(title)s", ["finance_head", "works_head"])]


def test_a_draft_reminds_nobody(play: Play) -> None:
    with march(2):
        task = play.draft()

        with pytest.raises(DomainError) as refusal:
            services.remind(play.office, task)
    assert (refusal.value.code, play.verbs(task)) == ("not_open", ["draft_task"])
