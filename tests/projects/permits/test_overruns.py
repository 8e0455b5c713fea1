"""A step over its limit becomes a supervised task of the agency that holds it: once, whoever looks how often."""

from __future__ import annotations

from datetime import date

from sushui.kernel import jobs
from sushui.kernel.models import AuditLine
from sushui.organizations.models import Agency
from sushui.projects.enums import ProjectStage
from sushui.projects.models import PermitOverrun, Project
from sushui.projects.services import move_project
from sushui.projects.services import permits as services
from sushui.supervision.models import SupervisedTask
from tests.projects.permits.playing import Permits
from tests.projects.play import on

OFFICE_JOB = "projects.permits"


def late(permits: Permits) -> Project:
    """Filed on 2 March and due on 1 April."""
    with on("2026-03-02"):
        project = permits.planned()
        services.name_permit_holders(permits.play.office, {"ecology": permits.play.agency_id("works")})
        permits.file(project, "eia_form", "2026-03-02")
    return project


def test_nothing_is_raised_on_the_last_day(permits: Permits) -> None:
    late(permits)

    with on("2026-04-01"):
        jobs.run(OFFICE_JOB)

    assert SupervisedTask.objects.count() == 0


def test_the_day_after_the_limit_the_agency_that_holds_it_has_a_task(permits: Permits) -> None:
    project = late(permits)

    with on("2026-04-02"):
        jobs.run(OFFICE_JOB)

    task = SupervisedTask.objects.get()
    assert (task.lead_agency_id, task.is_open) == (permits.play.agency_id("works"), True)
    assert (task.title, task.order.subject_id) == (
        "涑水装备产业园：“环境影响报告表审批”的办理时限已于2026-04-01届满，请办结",
        project.subject_id,
    )


def test_one_limit_is_raised_once_however_often_the_job_runs(permits: Permits) -> None:
    project = late(permits)

    for day in ("2026-04-02", "2026-04-03", "2026-04-07"):
        with on(day):
            jobs.run(OFFICE_JOB)
            services.read_plans([permits.plan(project).pk])

    assert (SupervisedTask.objects.count(), PermitOverrun.objects.count()) == (1, 1)


def test_the_chain_names_the_clockwork_and_nobody(permits: Permits) -> None:
    project = late(permits)
    with on("2026-04-02"):
        jobs.run(OFFICE_JOB)

    line = AuditLine.objects.filter(verb="raise_permit_overrun").get()

    assert (line.user_id, line.user_name, line.post_name) == (None, "clockwork", "县发改局 项目办主任")
    assert line.target == f"projects.project:{project.pk}"


def test_what_was_granted_meanwhile_is_no_task(permits: Permits) -> None:
    project = late(permits)

    with on("2026-04-02"):
        permits.grant(project, "eia_form", "2026-04-01")
        jobs.run(OFFICE_JOB)

    assert SupervisedTask.objects.count() == 0


def test_a_project_at_rest_raises_nothing(permits: Permits) -> None:
    project = late(permits)
    with on("2026-03-05"):
        rest = {"stage": ProjectStage.SUSPENDED, "on": date(2026, 3, 5), "review_on": date(2026, 9, 1)}
        move_project(permits.play.office, project, note="停缓建", **rest)  # type: ignore[arg-type]

    with on("2026-04-02"):
        jobs.run(OFFICE_JOB)

    assert SupervisedTask.objects.count() == 0


def test_a_second_limit_of_the_same_step_is_noted_at_the_open_task(permits: Permits) -> None:
    project = late(permits)
    with on("2026-04-02"):
        jobs.run(OFFICE_JOB)
        permits.file_again(project, "eia_form", "2026-03-03")
    with on("2026-04-03"):
        jobs.run(OFFICE_JOB)

    tasks = set(PermitOverrun.objects.values_list("due_on", "task_id"))

    assert tasks == {(day, SupervisedTask.objects.get().pk) for day in (date(2026, 4, 1), date(2026, 4, 2))}


def test_without_a_holder_the_supervision_office_decides_whose_it_is(permits: Permits) -> None:
    with on("2026-03-02"):
        project = permits.planned()
        permits.file(project, "eia_form", "2026-03-02")
    with on("2026-04-02"):
        jobs.run(OFFICE_JOB)

    task = SupervisedTask.objects.get()

    assert (task.state, task.lead_agency_id) == ("drafted", None)


def test_a_change_in_the_ledger_is_read_at_the_next_turn(permits: Permits) -> None:
    with on("2026-03-02", "09:00"):
        project = permits.planned()
    with on("2026-03-02", "10:00"):
        move_project(
            permits.play.office, project, stage=ProjectStage.UNDER_CONSTRUCTION, on=date(2026, 3, 1), is_owed=True
        )
    with on("2026-03-02", "10:10"):
        read = [jobs.run(OFFICE_JOB), jobs.run(OFFICE_JOB)]

    assert (read, permits.plan(project).is_reached) == ([1, 0], True)


def test_a_refusal_for_one_project_holds_up_no_other(permits: Permits) -> None:
    closed, other = late(permits), late(permits)
    with on("2026-03-02"):
        step, gujiang = permits.step(other, "eia_form"), permits.play.agency_id("gujiang")
        services.plan_permit_step(permits.play.office, step, planned_days=None, agency_id=gujiang)
    Agency.objects.filter(pk=permits.step(closed, "eia_form").agency_id).update(is_active=False)

    with on("2026-04-02"):
        jobs.run(OFFICE_JOB)

    assert [task.order.subject_id for task in SupervisedTask.objects.all()] == [other.subject_id]
