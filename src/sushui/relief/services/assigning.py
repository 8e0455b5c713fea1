"""The office gives requests to agencies, one by one or many at once, and raises what they cannot solve.

The work of the agencies is a supervised task on the request's subject: clocks, objections and lights are supervision's.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import save_changes
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.relief.enums import ReliefVerb, SupportKind, SupportLevel, SupportState
from sushui.relief.models import CommonIssue, SupportRequest
from sushui.relief.permissions import may_keep_desk, may_manage_request
from sushui.relief.queries import visible_requests
from sushui.relief.rules.unpaid import result_due_on
from sushui.relief.services.notify import tell_level
from sushui.relief.services.steps import (
    Matter,
    keep_issue_subject,
    keep_request_subject,
    lock_request,
    lock_requests,
    next_number,
    order_title,
    today_and_year,
)
from sushui.supervision.enums import OrderSource, RequestKind, TaskState
from sushui.supervision.queries import open_requests
from sushui.supervision.services import TaskDraft, raise_tasks, return_task

if TYPE_CHECKING:
    from sushui.supervision.models import SupervisedTask

ORDER = msg("Request %(number)s of %(who)s")
ISSUE_ORDER = msg("Common issue %(number)s: %(who)s")
AT_WORK = frozenset(TaskState) - {TaskState.CLOSED, TaskState.WITHDRAWN}


@dataclass(frozen=True)
class AssignDraft:
    """Whose a request is. ``deadline_on``: another than the setting's; ``note`` tells the agencies what to mind."""

    lead_agency_id: int
    supporting_agency_ids: tuple[int, ...] = ()
    kind: SupportKind | None = None
    deadline_on: date | None = None
    note: str = ""


@transaction.atomic
def assign_request(
    viewer: Viewer, request: SupportRequest, draft: AssignDraft, *, seen_version: int | None = None
) -> SupportRequest:
    """Classify a request and give it to its agencies; their clocks start.

    Reopened while its task waits for the decision, that task is returned with the enterprise's words and goes on where
    it was; else a new task stands on the request.

    Raises:
        StaleRecord, DomainError: ``wrong_state``, those of `supervision.services.raise_tasks` and `return_task`.
    """
    if not may_manage_request(viewer, request):
        raise Forbidden
    row = lock_request(request, ReliefVerb.ASSIGN, seen_version)
    row.kind = draft.kind or row.kind
    if row.task is not None and row.task.state in AT_WORK:
        _give_back(viewer, row.task, draft.note)
    else:
        _raise_task(viewer, row, draft, order_title(ORDER, number=row.code, who=row.enterprise.name))
    _mark_assigned(row)
    save_changes(row, "kind", "task", "lead_agency_id", "state", "assigned_on")
    keep_request_subject(row)
    record_act(viewer, ReliefVerb.ASSIGN, row, after={"kind": row.kind, **_agencies(row)}, note=draft.note.strip())
    return row


def _raise_task(viewer: Viewer, row: Matter, draft: AssignDraft, title: str) -> None:
    """A new task on the matter; an unpaid bill has its result due by law where no day is given."""
    assert row.subject is not None, "what was entered has its subject row"
    by_law = result_due_on(row.received_on) if row.kind is SupportKind.UNPAID else None
    deadline_on = draft.deadline_on or (by_law if by_law and by_law >= clock.today() else None)
    made = TaskDraft(
        row.content,
        lead_agency_id=draft.lead_agency_id,
        supporting_agency_ids=draft.supporting_agency_ids,
        deadline_on=deadline_on,
        note=draft.note.strip(),
    )
    (row.task,) = raise_tasks(viewer, row.subject, [made], title=title, source=OrderSource.SUPPORT_REQUEST)
    row.lead_agency_id = draft.lead_agency_id


def _give_back(viewer: Viewer, task: SupervisedTask, reason: str) -> None:
    """Return the application that waits for the decision; a task that is worked on simply goes on."""
    waiting = open_requests(viewer).filter(part__task=task, kind=RequestKind.CLOSING).first()
    if waiting is not None:
        return_task(viewer, waiting, note=require_text(reason, "Reason"))


def _mark_assigned(row: Matter) -> None:
    row.state, row.assigned_on = SupportState.ASSIGNED, clock.today()


def _agencies(row: SupportRequest | CommonIssue) -> dict[str, object]:
    """Who works on it, for an audit line."""
    assert row.task is not None, "it was just given out"
    parts = list(row.task.parts.select_related("agency").order_by("role", "pk"))
    lead = [str(part.agency) for part in parts if part.agency_id == row.task.lead_agency_id]
    others = [str(part.agency) for part in parts if part.agency_id != row.task.lead_agency_id]
    return {"lead": "".join(lead[:1]), **({"supporting": others} if others else {})}


@transaction.atomic
def gather_requests(
    viewer: Viewer, request_ids: Collection[int], draft: AssignDraft, *, title: str, content: str
) -> CommonIssue:
    """Make one issue of the same demand of several enterprises, and give it to its agencies once.

    Raises:
        NotFound: one of them is not the viewer's to see.
        DomainError: ``too_few`` for less than two, ``wrong_state``, ``text_missing``.
    """
    if not may_keep_desk(viewer):
        raise Forbidden
    numbers = set(request_ids)
    own = visible_requests(viewer).filter(pk__in=numbers, division_id=viewer.division_id)
    if own.count() != len(numbers):
        raise NotFound
    if len(numbers) < 2:
        raise DomainError("too_few", _("One request is no common issue."), _("Tick two or more requests."))
    rows = lock_requests(sorted(numbers), ReliefVerb.GATHER)
    issue = _write_issue(viewer, draft, require_text(title, "Title"), require_text(content, "What is asked for"))
    keep_issue_subject(issue)
    _raise_task(viewer, issue, draft, order_title(ISSUE_ORDER, number=issue.code, who=issue.title))
    _mark_assigned(issue)
    save_changes(issue, "task", "lead_agency_id", "state", "assigned_on")
    for row in rows:
        row.issue, row.task, row.kind = issue, None, issue.kind
        row.lead_agency_id = issue.lead_agency_id
        _mark_assigned(row)
        save_changes(row, "issue", "task", "kind", "lead_agency_id", "state", "assigned_on")
        record_act(viewer, ReliefVerb.GATHER, row, after={"issue": issue.title, "number": issue.code})
    record_act(viewer, ReliefVerb.GATHER, issue, after={"count": len(rows), **_agencies(issue)})
    return issue


def _write_issue(viewer: Viewer, draft: AssignDraft, title: str, content: str) -> CommonIssue:
    today, year = today_and_year()
    return CommonIssue.objects.create(
        division_id=viewer.division_id,
        year=year,
        number=next_number(CommonIssue, viewer.division_id, year),
        kind=draft.kind or SupportKind.OTHER,
        title=title,
        content=content,
        received_on=today,
        post_id=viewer.post_id,
    )


@transaction.atomic
def raise_request(
    viewer: Viewer, request: SupportRequest, *, level: SupportLevel, reason: str, seen_version: int | None = None
) -> SupportRequest:
    """Say that it cannot be solved here, and to whom it goes up; they are told.

    Raises:
        StaleRecord, DomainError: ``wrong_state``, ``text_missing``, ``raised_already``.
    """
    if not may_manage_request(viewer, request):
        raise Forbidden
    row = lock_request(request, ReliefVerb.RAISE, seen_version)
    order = list(SupportLevel)
    if order.index(level) <= order.index(row.level):
        raise DomainError(
            "raised_already", _("The request is at that level or above it already."), _("Choose a higher level.")
        )
    before, row.level = row.level, level
    save_changes(row, "level")
    why = require_text(reason, "Reason")
    record_act(viewer, ReliefVerb.RAISE, row, before={"level": before}, after={"level": level}, note=why)
    tell_level(viewer, row)
    return row
