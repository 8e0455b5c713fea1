"""What waits for a decision."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.supervision.enums import RequestState
from sushui.supervision.models import TaskRequest
from sushui.supervision.permissions import (
    deciders,
    may_draft_orders,
    may_open_decisions,
    other_agency_ids,
    own_agency_ids,
)
from sushui.supervision.queries.tasks import visible_tasks

LEAD, ASKING, ISSUER = "part__task__lead_agency_id", "part__agency_id", "part__task__order__issuer_agency_id"


def open_requests(viewer: Viewer) -> QuerySet[TaskRequest]:
    """Requests that are the viewer's to decide, oldest first: `may_decide_on_request`, said in SQL."""
    rows = TaskRequest.objects.filter(division_id=viewer.division_id, state=RequestState.OPEN)
    if not may_open_decisions(viewer):
        return rows.none()
    rows = rows.filter(_of_the_office(viewer) if may_draft_orders(viewer) else _of_a_leader(viewer))
    return rows.select_related("part__task__order", "part__agency", "named_agency", "post").order_by("at", "pk")


def _of_the_office(viewer: Viewer) -> Q:
    """What the viewer's office issued, the supervision office all of its division; never of an own agency."""
    issued = Q() if viewer.has(Role.SUPERVISION_OFFICE) else Q(**{ISSUER: viewer.agency_id})
    return issued & _not_of(own_agency_ids(viewer))


def _of_a_leader(viewer: Viewer) -> Q:
    """What no office may decide, where this leader is named for the task or none is."""
    found = deciders(viewer, viewer.division_id)
    concerns_every_office = Q()
    for agency_id in sorted(found.office_agency_ids):
        concerns_every_office &= Q(**{LEAD: agency_id}) | Q(**{ASKING: agency_id})
    concerns_issuer = Q(**{ISSUER: F(LEAD)}) | Q(**{ISSUER: F(ASKING)})
    is_issuer_out = ~Q(**{f"{ISSUER}__in": found.issuing_agency_ids}) | concerns_issuer
    others = found.leader_post_ids - {viewer.post_id}
    is_mine = ~Q(part__task__leader_post_id__in=others)
    return concerns_every_office & is_issuer_out & is_mine & _not_of(other_agency_ids(viewer))


def _not_of(agency_ids: set[int]) -> Q:
    return ~Q(**{f"{LEAD}__in": agency_ids}) & ~Q(**{f"{ASKING}__in": agency_ids})


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
