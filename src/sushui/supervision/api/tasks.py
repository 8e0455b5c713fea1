"""The register, one task and its story, and what its issuer does with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from sushui.kernel import clock
from sushui.kernel.api import Listed, Number, Size, seen_version, tell_version
from sushui.kernel.errors import DomainError
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.models import AuditLine
from sushui.kernel.pages import ViewerRequest
from sushui.supervision import queries, services
from sushui.supervision.api.files import with_files
from sushui.supervision.api.orders import draft_from
from sushui.supervision.api.root import router
from sushui.supervision.api.schemas import (
    Assigning,
    Assignment,
    ClockOut,
    Cursor,
    LightCounts,
    Note,
    Reason,
    RedAgency,
    ReportOut,
    RequestOut,
    StoryLine,
    TaskEdit,
    TaskOut,
    TaskQuery,
    TaskRow,
    Withdrawal,
)
from sushui.supervision.enums import Paper
from sushui.supervision.models import ProgressReport, SupervisedTask, TaskClock, TaskRequest
from sushui.supervision.permissions import may_draft_orders, may_open_register, may_open_supervision

SORTS = {"due": Sort(("due_on", "pk"), has_empty=True), "newest": Sort(("pk",), is_descending=True)}
Narrowed = Annotated[TaskQuery, Query()]


# --- many at once: its address comes before those with a number ------------------------------------------------------
@router.writes("/tasks/assign", may_draft_orders, Listed[TaskRow])
def assign_tasks(request: ViewerRequest, asked: Assignment) -> dict[str, object]:
    """Assign drafts, all or none; the refusal names the first that cannot be assigned."""
    drafts = {draft.pk: draft for draft in _tasks(request, asked.task_ids)}
    if missing := set(asked.task_ids) - set(drafts):
        raise DomainError(
            "no_such_tasks",
            _("These tasks do not exist, or are not yours to see: %(numbers)s."),
            _("Read the list again."),
            numbers=", ".join(map(str, sorted(missing))),
        )
    wanted = [drafts[number] for number in dict.fromkeys(asked.task_ids)]
    services.assign_tasks(request.viewer, wanted, note=asked.note)
    return {"items": list(_tasks(request, asked.task_ids)), "next": ""}


def _tasks(request: ViewerRequest, numbers: list[int]) -> QuerySet[SupervisedTask]:
    rows = queries.visible_tasks(request.viewer).filter(pk__in=numbers)
    return rows.select_related("order", "lead_agency", "awaited_agency").order_by("pk")


# --- reads -----------------------------------------------------------------------------------------------------------
@router.reads("/tasks", may_open_register, Listed[TaskRow])
def tasks(
    request: ViewerRequest,
    narrowed: Narrowed,
    sort: Literal["due", "newest"] = "due",
    cursor: Cursor = "",
    limit: Size = 50,
) -> dict[str, object]:
    """The register, narrowed; by deadline (tasks without one last) or newest first."""
    rows = queries.register(request.viewer, narrowed.filter())
    found = stretch(rows, SORTS[sort], after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/tasks/counts", may_open_register, LightCounts)
def light_counts(request: ViewerRequest, narrowed: Narrowed) -> dict[str, int]:
    """How many tasks of the register, narrowed, show each light today."""
    rows = queries.register(request.viewer, narrowed.filter())
    return {light.value: count for light, count in queries.light_counts(rows, clock.today()).items()}


@router.reads("/red", may_open_register, list[RedAgency])
def red(request: ViewerRequest) -> list[dict[str, object]]:
    """Agencies for which red or yellow tasks wait, worst first."""
    return [
        {**row, "agency": {"id": row["awaited_agency_id"], "name": row["awaited_agency__name"]}}
        for row in queries.red_by_agency(request.viewer)
    ]


@router.reads("/tasks/{task_id}", may_open_supervision, TaskOut)
def task(request: ViewerRequest, task_id: Number, response: HttpResponse) -> SupervisedTask:
    """One task with its parts; its version comes as the ETag."""
    found = queries.task_for(request.viewer, task_id)
    tell_version(response, found.version)
    return found


@router.reads("/tasks/{task_id}/story", may_open_supervision, list[StoryLine])
def story(request: ViewerRequest, task_id: Number) -> Sequence[AuditLine]:
    """What happened to a task, oldest first, from the audit chain."""
    return queries.story(queries.task_for(request.viewer, task_id))


@router.reads("/tasks/{task_id}/clocks", may_open_supervision, list[ClockOut])
def clocks(request: ViewerRequest, task_id: Number) -> Sequence[TaskClock]:
    """Every clock of a task, by deadline."""
    return queries.clocks_of(queries.task_for(request.viewer, task_id))


@router.reads("/tasks/{task_id}/reports", may_open_supervision, list[ReportOut])
def reports(request: ViewerRequest, task_id: Number) -> Sequence[ProgressReport]:
    """What was reported on a task, newest first."""
    found = queries.reports_of(queries.task_for(request.viewer, task_id))
    return with_files(request.viewer, Paper.REPORT, found)


@router.reads("/tasks/{task_id}/requests", may_open_supervision, list[RequestOut])
def requests_of_task(request: ViewerRequest, task_id: Number) -> Sequence[TaskRequest]:
    """What was asked of the office about a task, newest first."""
    found = queries.requests_of(queries.task_for(request.viewer, task_id))
    return with_files(request.viewer, Paper.REQUEST, found)


# --- acts ------------------------------------------------------------------------------------------------------------
@router.writes("/tasks/{task_id}", may_draft_orders, TaskOut, method="PUT")
def edit_task(request: ViewerRequest, task_id: Number, draft: TaskEdit) -> SupervisedTask:
    """Change a task that is still a draft; says which version was seen."""
    task, seen = queries.task_for(request.viewer, task_id), seen_version(request, draft.version)
    if seen is None:
        raise DomainError(
            "version_missing", _("The version that was seen is missing."), _("Send “version” or the header If-Match.")
        )
    services.edit_task(request.viewer, task, draft_from(draft), seen_version=seen)
    return queries.task_for(request.viewer, task_id)


@router.writes("/tasks/{task_id}/assign", may_draft_orders, TaskOut)
def assign_task(request: ViewerRequest, task_id: Number, asked: Assigning) -> SupervisedTask:
    """Give a draft to its agencies: their parts open and their clocks start today."""
    task, seen = queries.task_for(request.viewer, task_id), seen_version(request, asked.version)
    services.assign_task(request.viewer, task, note=asked.note, seen_version=seen)
    return queries.task_for(request.viewer, task_id)


@router.writes("/tasks/{task_id}/withdraw", may_open_register, TaskOut)
def withdraw_task(request: ViewerRequest, task_id: Number, asked: Withdrawal) -> SupervisedTask:
    """Take a task back; its clocks end, its story stays."""
    task, seen = queries.task_for(request.viewer, task_id), seen_version(request, asked.version)
    services.withdraw_task(request.viewer, task, reason=asked.reason, seen_version=seen)
    return queries.task_for(request.viewer, task_id)


@router.writes("/tasks/{task_id}/remind", may_open_register, TaskOut)
def remind(request: ViewerRequest, task_id: Number, said: Note) -> SupervisedTask:
    """Call for an answer from everybody whose part is open."""
    services.remind(request.viewer, queries.task_for(request.viewer, task_id), note=said.note)
    return queries.task_for(request.viewer, task_id)


@router.writes("/tasks/{task_id}/resume", may_draft_orders, TaskOut)
def resume_task(request: ViewerRequest, task_id: Number, said: Reason) -> SupervisedTask:
    """Let a suspended task run again."""
    services.resume_task(request.viewer, queries.task_for(request.viewer, task_id), note=said.reason)
    return queries.task_for(request.viewer, task_id)
