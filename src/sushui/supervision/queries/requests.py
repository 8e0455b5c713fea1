"""What waits for a decision."""

from __future__ import annotations

from django.db.models import QuerySet

from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.supervision.enums import RequestState
from sushui.supervision.models import TaskRequest
from sushui.supervision.permissions import may_draft_orders
from sushui.supervision.queries.tasks import visible_tasks


def open_requests(viewer: Viewer) -> QuerySet[TaskRequest]:
    """Requests that the viewer's office must decide, oldest first; never those of its own agency."""
    rows = TaskRequest.objects.filter(division_id=viewer.division_id, state=RequestState.OPEN)
    if not may_draft_orders(viewer):
        return rows.none()
    if not viewer.has(Role.SUPERVISION_OFFICE):
        rows = rows.filter(part__task__order__issuer_agency_id=viewer.agency_id)
    rows = rows.exclude(part__agency_id=viewer.agency_id)
    return rows.select_related("part__task__order", "part__agency", "named_agency", "post").order_by("at", "pk")


def request_for(viewer: Viewer, request_id: int) -> TaskRequest:
    """One request on a task that the viewer may see.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = TaskRequest.objects.filter(part__task__in=visible_tasks(viewer))
    found = rows.select_related("part__task__order", "part__agency", "clock", "named_agency").filter(pk=request_id)
    if not found:
        raise NotFound
    return found[0]
