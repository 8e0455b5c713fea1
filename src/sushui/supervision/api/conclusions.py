"""Conclusions of inspections, objections to them, and their review."""

from __future__ import annotations

from sushui.kernel.api import Listed, Number, Size
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.supervision import queries, services
from sushui.supervision.api.root import router
from sushui.supervision.api.schemas import ConclusionIn, ConclusionOut, Cursor, ObjectionOut, Reason, ReviewIn
from sushui.supervision.models import Conclusion, Objection
from sushui.supervision.permissions import may_draft_orders, may_open_own_list, may_open_supervision

NEWEST = Sort(("delivered_on", "pk"), is_descending=True)


@router.reads("/conclusions", may_open_supervision, Listed[ConclusionOut])
def conclusions(request: ViewerRequest, cursor: Cursor = "", limit: Size = 50) -> dict[str, object]:
    """Conclusions that you may see, newest first."""
    found = stretch(queries.conclusions(request.viewer), NEWEST, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/conclusions/{conclusion_id}", may_open_supervision, ConclusionOut)
def conclusion(request: ViewerRequest, conclusion_id: Number) -> Conclusion:
    """One conclusion with the objection to it, if there is one."""
    return queries.conclusion_for(request.viewer, conclusion_id)


@router.writes("/orders/{order_id}/conclusions", may_draft_orders, ConclusionOut, status=201)
def deliver_conclusion(request: ViewerRequest, order_id: Number, said: ConclusionIn) -> Conclusion:
    """Deliver what an inspection found to the agency it is about."""
    order = queries.order_for(request.viewer, order_id)
    return services.deliver_conclusion(request.viewer, order, agency_id=said.agency_id, text=said.text)


@router.writes("/conclusions/{conclusion_id}/object", may_open_own_list, ObjectionOut, status=201)
def object_to_conclusion(request: ViewerRequest, conclusion_id: Number, said: Reason) -> Objection:
    """Object to a conclusion within the time it names."""
    found = queries.conclusion_for(request.viewer, conclusion_id)
    return services.object_to_conclusion(request.viewer, found, reason=said.reason)


@router.writes("/objections/{objection_id}/review", may_draft_orders, ObjectionOut)
def review_objection(request: ViewerRequest, objection_id: Number, said: ReviewIn) -> Objection:
    """Decide an objection; whoever drafted the conclusion has no part in it."""
    found = queries.objection_for(request.viewer, objection_id)
    return services.review_objection(request.viewer, found, is_upheld=said.is_upheld, note=said.note)
