"""Conclusions of inspections and objections to them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.supervision.models import Conclusion, Objection
from sushui.supervision.permissions import OVERSEEING_ROLES, may_draft_orders


def conclusions(viewer: Viewer) -> QuerySet[Conclusion]:
    """Conclusions: the office and the leaders see all, an issuer those of its orders, an agency its own."""
    rows = Conclusion.objects.filter(division_id__in=viewer.division_ids)
    if not viewer.has(*OVERSEEING_ROLES):
        issued = Q(order__issuer_agency_id=viewer.agency_id) if may_draft_orders(viewer) else Q()
        rows = rows.filter(Q(agency_id__in=viewer.agency_ids) | issued)
    return rows.select_related("order", "agency", "objection").order_by("-delivered_on", "-pk")


def conclusion_for(viewer: Viewer, conclusion_id: int) -> Conclusion:
    """One conclusion.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    found = conclusions(viewer).filter(pk=conclusion_id).first()
    if found is None:
        raise NotFound
    return found


def objection_for(viewer: Viewer, objection_id: int) -> Objection:
    """One objection to a conclusion that the viewer may see.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = Objection.objects.filter(conclusion__in=conclusions(viewer)).select_related("conclusion")
    found = rows.filter(pk=objection_id).first()
    if found is None:
        raise NotFound
    return found
