"""Bottlenecks: what holds a project up, the supervised task that it becomes, and solved in one place solved in both.

A bottleneck never closes a task: whether work is done the office decides (docs/decisions/0020). Resolved here, the lead
agency's own people apply for closing in the same act; for anybody else the lead agency and the office are told.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.requirements import require_past, require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.notices.services import open_moment, post_notice
from sushui.organizations.enums import Role
from sushui.organizations.queries import agency_in, head_posts, posts_with_role
from sushui.projects import queries
from sushui.projects.enums import BottleneckKind, BottleneckVerb, ProjectStage, ProjectVerb
from sushui.projects.models import Bottleneck, MonthlyReport, Project
from sushui.projects.permissions import may_give_report, may_report_on_project
from sushui.supervision.enums import OrderSource, PartRole, PartState, TaskState
from sushui.supervision.events import TaskClosed, TaskReturned
from sushui.supervision.permissions import may_work_on_part
from sushui.supervision.queries import parts_of
from sushui.supervision.services import TaskDraft, apply_for_closing, raise_tasks, sign_for_task

if TYPE_CHECKING:
    from sushui.supervision.models import SupervisedTask, TaskPart

RESOLVED = msg("Its bottleneck is resolved, apply for closing: %(title)s")
APPLIES_FROM = frozenset({TaskState.ASSIGNED, TaskState.SIGNED, TaskState.IN_PROGRESS, TaskState.RETURNED})
ENDED = frozenset({TaskState.CLOSED, TaskState.WITHDRAWN})


@transaction.atomic
def raise_bottleneck(
    viewer: Viewer,
    project: Project,
    *,
    kind: BottleneckKind,
    text: str,
    found_on: date,
    agency_id: int | None = None,
    stage: ProjectStage | None = None,
    milestone_id: int | None = None,
    step: str = "",
    due_on: date | None = None,
    task_id: int | None = None,
    task: TaskDraft | None = None,
) -> Bottleneck:
    """Record what holds the project up, what it stops, and whose it is to clear until when.

    With ``task`` that task is raised in the same act: assigned at once by whoever may, else proposed to the office.

    Raises:
        Forbidden: the viewer may raise no task there.
        DomainError: ``text_missing``, ``day_in_future``, ``due_before_found``, ``milestone_elsewhere``, those of
            `supervision.services.raise_tasks`.
    """
    if not may_report_on_project(viewer, project):
        raise Forbidden
    _require_due(found_on, due_on)
    _require_own_milestone(project, milestone_id)
    agency = agency_in(viewer, project.division_id, agency_id) if agency_id is not None else None
    if task is not None:
        task_id = _raised(viewer, project, task).pk
    stops: dict[str, Any] = {"stage": stage or "", "milestone_id": milestone_id, "step": step.strip()}
    found: dict[str, Any] = {"kind": kind, "text": text, "found_on": require_past(found_on)}
    return _recorded(viewer, project, **found, **stops, agency=agency, due_on=due_on, task_id=task_id)


def find_bottleneck(viewer: Viewer, report: MonthlyReport, *, kind: BottleneckKind, text: str) -> Bottleneck:
    """Record what holds the project up as it was found with a report, by whoever gives that report.

    Raises:
        Forbidden.
        DomainError: ``text_missing``.
    """
    if not may_give_report(viewer, report.project):
        raise Forbidden
    return _recorded(viewer, report.project, kind=kind, text=text, found_on=clock.today(), report=report)


def _recorded(viewer: Viewer, project: Project, *, text: str, **values: Any) -> Bottleneck:
    said = require_text(text, "What holds it up")
    made = Bottleneck.objects.create(project=project, division_id=project.division_id, text=said, **values)
    record_act(viewer, ProjectVerb.RAISE_BOTTLENECK, project, after=_said(made))
    return made


def _said(made: Bottleneck) -> dict[str, object]:
    """A bottleneck for an audit line."""
    values = {"kind": made.kind, "text": made.text, "found_on": made.found_on, "due_on": made.due_on}
    stops = {"stage": made.stage, "milestone": made.milestone.name if made.milestone else "", "step": made.step}
    return {name: value for name, value in {**values, **stops}.items() if value not in (None, "")}


def _require_due(found_on: date, due_on: date | None) -> None:
    if due_on is not None and due_on < found_on:
        raise DomainError(
            "due_before_found",
            _("It is to be cleared by %(due)s, before it was found on %(found)s."),
            _("Correct one of the two days."),
            due=due_on.isoformat(),
            found=found_on.isoformat(),
        )


def _require_own_milestone(project: Project, milestone_id: int | None) -> None:
    if milestone_id is not None and not project.milestones.filter(pk=milestone_id, dropped_on=None).exists():
        raise DomainError(
            "milestone_elsewhere", _("This milestone is not one of the project's."), _("Choose one of the list.")
        )


# --- the task that it becomes ----------------------------------------------------------------------------------------
@transaction.atomic
def raise_bottleneck_task(
    viewer: Viewer, bottleneck: Bottleneck, *, deadline_on: date | None = None, seen_version: int | None = None
) -> Bottleneck:
    """Make the supervised task of a bottleneck with its own words, agency and day; one at a time.

    Raises:
        Forbidden: the viewer may raise no task there.
        DomainError: ``bottleneck_resolved``, ``task_exists``, those of `supervision.services.raise_tasks`.
    """
    project = bottleneck.project
    if not may_report_on_project(viewer, project):
        raise Forbidden
    row = _locked(bottleneck, seen_version)
    _require_open(row)
    if row.task is not None and row.task.state is not TaskState.WITHDRAWN:
        raise DomainError(
            "task_exists", _("A supervised task stands for this bottleneck already."), _("Open the task to see it.")
        )
    due_on = deadline_on or (row.due_on if row.due_on and row.due_on >= clock.today() else None)
    draft = TaskDraft(task_title(project, row.text), lead_agency_id=row.agency_id, deadline_on=due_on)
    row.task = _raised(viewer, project, draft)
    save_changes(row, "task")
    record_act(viewer, BottleneckVerb.RAISE_TASK, project, after={"text": row.text})
    return row


def _raised(viewer: Viewer, project: Project, draft: TaskDraft) -> SupervisedTask:
    assert project.subject is not None, "a registered project has its subject row"
    return raise_tasks(viewer, project.subject, [draft], title=project.name, source=OrderSource.BOTTLENECK)[0]


def task_title(project: Project, text: str) -> str:
    """What is to be done, so that it is understood in a list of tasks about many things."""
    said = {"project": project.name, "text": text}
    return text if project.name in text else str(_("%(project)s: %(text)s") % said)


def _locked(bottleneck: Bottleneck, seen_version: int | None) -> Bottleneck:
    rows = Bottleneck.objects.select_for_update(of=("self",)).select_related("project__subject", "task__order")
    row = rows.get(pk=bottleneck.pk)
    check_version(row, seen_version)
    return row


def _require_open(row: Bottleneck) -> None:
    if row.resolved_on is not None:
        raise DomainError(
            "bottleneck_resolved",
            _("This bottleneck was resolved on %(day)s."),
            _("Record another one if something holds the project up again."),
            day=row.resolved_on.isoformat(),
        )


# --- solved ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def resolve_bottleneck(
    viewer: Viewer, bottleneck: Bottleneck, *, resolved_on: date, resolution: str, seen_version: int | None = None
) -> Bottleneck:
    """Say that it holds nothing up any more, and how; its task goes on to the decision of the office.

    Raises:
        StaleRecord: somebody changed it meanwhile.
        DomainError: ``text_missing``, ``day_in_future``, ``bottleneck_resolved``.
    """
    if not may_report_on_project(viewer, bottleneck.project):
        raise Forbidden
    row = _locked(bottleneck, seen_version)
    _require_open(row)
    _resolve(viewer, row, require_past(resolved_on), require_text(resolution, "Resolution"))
    if row.task is not None and row.task.state not in ENDED:
        _carry_to_task(viewer, row, row.task)
    return row


def _resolve(viewer: Viewer, row: Bottleneck, on: date, how: str) -> None:
    row.resolved_on, row.resolution = on, how
    save_changes(row, "resolved_on", "resolution")
    said = {"text": row.text, "resolution": how}
    record_act(viewer, ProjectVerb.RESOLVE_BOTTLENECK, row.project, after=said)
    if row.task is not None:
        record_act(viewer, ProjectVerb.RESOLVE_BOTTLENECK, row.task, after=said)


def _carry_to_task(viewer: Viewer, row: Bottleneck, task: SupervisedTask) -> None:
    """Apply for closing in the name of the lead agency's own people; else tell those whose move it is."""
    lead = next((part for part in parts_of(task) if part.role is PartRole.LEAD and part.is_open), None)
    if lead is not None and task.state in APPLIES_FROM and may_work_on_part(viewer, lead):
        if lead.state is PartState.ASSIGNED:
            lead = sign_for_task(viewer, lead)
        apply_for_closing(viewer, lead, text=row.resolution)
    elif task.state is not TaskState.COMPLETION_APPLIED:
        _tell_task(viewer, row, task, lead)


def _tell_task(viewer: Viewer, row: Bottleneck, task: SupervisedTask, lead: TaskPart | None) -> None:
    posts = set(posts_with_role(row.division_id, Role.SUPERVISION_OFFICE, clock.today()))
    if lead is not None:
        posts |= {lead.handler_post_id or 0, *(head.pk for head in head_posts([lead.agency_id]).values())} - {0}
    post_notice(
        key=f"projects.bottleneck_resolved:{row.pk}:{row.version}",
        division_id=row.division_id,
        post_ids=sorted(posts - {viewer.post_id}),
        msgid=RESOLVED,
        params={"title": task.title[:80]},
        url=reverse("supervision:task", args=[task.pk]),
        due_at=open_moment(row.division_id, clock.now()),
    )
    record_act(viewer, BottleneckVerb.CALL, row.project, after={"text": row.text})


# --- heard from supervision ------------------------------------------------------------------------------------------
def note_closed_task(event: TaskClosed) -> None:
    """What its task has solved is resolved, with the words and the day of the closing."""
    for row in queries.bottlenecks_of_task(event.task_id).filter(resolved_on=None):
        _resolve(event.viewer, row, event.on, event.text)


def note_returned_task(event: TaskReturned) -> None:
    """What was said to be solved is not: the bottleneck is open again."""
    for row in queries.bottlenecks_of_task(event.task_id).exclude(resolved_on=None):
        before = {"resolution": row.resolution}
        row.resolved_on, row.resolution = None, ""
        save_changes(row, "resolved_on", "resolution")
        record_act(
            event.viewer, BottleneckVerb.REOPEN, row.project, before=before, after={"text": row.text}, note=event.reason
        )
