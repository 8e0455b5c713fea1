"""What waits for the office, and deciding it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sushui.kernel.api import Listed, Number, Size
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.supervision import queries, services
from sushui.supervision.api.root import router
from sushui.supervision.api.schemas import ClosingIn, Cursor, Note, OwnershipIn, PartOut, Reason, RequestOut
from sushui.supervision.enums import RequestKind
from sushui.supervision.models import TaskPart, TaskRequest
from sushui.supervision.permissions import may_decide_on_request, may_open_decisions, may_open_supervision

REFUSING = {
    RequestKind.EXTENSION: services.refuse_extension,
    RequestKind.SUSPENSION: services.refuse_suspension,
}

OLDEST = Sort(("at", "pk"))


# --- reads -----------------------------------------------------------------------------------------------------------
@router.reads("/requests", may_open_decisions, Listed[RequestOut])
def open_requests(request: ViewerRequest, cursor: Cursor = "", limit: Size = 50) -> dict[str, object]:
    """Requests that are yours to decide, oldest first."""
    found = stretch(queries.open_requests(request.viewer), OLDEST, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/requests/{request_id}", may_open_supervision, RequestOut)
def task_request(request: ViewerRequest, request_id: Number) -> TaskRequest:
    """One request on a task that you may see."""
    return queries.request_for(request.viewer, request_id)


# --- decisions -------------------------------------------------------------------------------------------------------
@router.writes("/requests/{request_id}/close", may_open_decisions, RequestOut)
def close_task(request: ViewerRequest, request_id: Number, said: ClosingIn) -> TaskRequest:
    """Grant an application for closing: the task ends with a grade."""
    asked = queries.request_for(request.viewer, request_id)
    return services.close_task(request.viewer, asked, grade=said.grade, note=said.note)


@router.writes("/requests/{request_id}/return", may_open_decisions, RequestOut)
def return_task(request: ViewerRequest, request_id: Number, said: Reason) -> TaskRequest:
    """Refuse an application for closing: the task goes back for more work."""
    asked = queries.request_for(request.viewer, request_id)
    return services.return_task(request.viewer, asked, note=said.reason)


@router.writes("/requests/{request_id}/extend", may_open_decisions, RequestOut)
def extend_deadline(request: ViewerRequest, request_id: Number, said: Note) -> TaskRequest:
    """Grant an extension: the clock runs to the new date."""
    asked = queries.request_for(request.viewer, request_id)
    return services.extend_deadline(request.viewer, asked, note=said.note)


@router.writes("/requests/{request_id}/suspend", may_open_decisions, RequestOut)
def grant_suspension(request: ViewerRequest, request_id: Number, said: Note) -> TaskRequest:
    """Grant a suspension: the task's clocks stop, the steps of the plan run."""
    asked = queries.request_for(request.viewer, request_id)
    return services.grant_suspension(request.viewer, asked, note=said.note)


@router.writes("/requests/{request_id}/refuse", may_open_decisions, RequestOut)
def refuse_request(request: ViewerRequest, request_id: Number, said: Reason) -> TaskRequest:
    """Refuse an extension or a suspension."""
    asked = queries.request_for(request.viewer, request_id)
    if not may_decide_on_request(request.viewer, asked):
        raise Forbidden
    if asked.kind not in REFUSING:
        raise DomainError(
            "not_refused_so",
            _("Only an extension or a suspension is refused so."),
            _("Return it, or decide whose it is."),
        )
    return REFUSING[asked.kind](request.viewer, asked, note=said.reason)


@router.writes("/requests/{request_id}/decide-ownership", may_open_decisions, PartOut)
def decide_ownership(request: ViewerRequest, request_id: Number, said: OwnershipIn) -> TaskPart:
    """Decide whose a part is, finally; gives the part as it stands afterwards."""
    asked = queries.request_for(request.viewer, request_id)
    part = services.decide_ownership(request.viewer, asked, agency_id=said.agency_id, note=said.note)
    return queries.part_for(request.viewer, part.pk)
