"""Investment leads. ``visible_leads`` is the wall: the offices and leaders all, an agency those that it looks after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from sushui.kernel.audit import target_of
from sushui.kernel.errors import NotFound
from sushui.kernel.models import AuditLine
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import PromotionNode
from sushui.projects.models import LeadStep, Project, PromotionLead
from sushui.projects.permissions import may_open_leads, may_see_all_leads

STATES = ("open", "founded", "dropped")


def visible_leads(viewer: Viewer) -> QuerySet[PromotionLead]:
    """Leads that the viewer may know of."""
    rows = PromotionLead.objects.filter(division_id__in=viewer.division_ids)
    if may_see_all_leads(viewer):
        return rows
    return rows.filter(agency_id__in=viewer.agency_ids) if may_open_leads(viewer) else rows.none()


def leads(viewer: Viewer, *, node: str = "", state: str = "open") -> QuerySet[PromotionLead]:
    """Leads by node and state: ``open`` (neither dropped nor a project), ``founded``, ``dropped``, ``followed`` (either
    of the first two), else all.
    """
    rows = visible_leads(viewer).select_related("agency", "caretaker__agency", "cluster", "division", "project")
    narrowed = {
        "open": Q(dropped_on=None, project=None),
        "founded": Q(project__isnull=False),
        "dropped": Q(dropped_on__isnull=False),
        "followed": Q(dropped_on=None),
    }
    rows = rows.filter(narrowed.get(state, Q()))
    return rows.filter(node=node) if node else rows


def lead_for(viewer: Viewer, lead_id: int) -> PromotionLead:
    """One lead.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    found = leads(viewer, state="").filter(pk=lead_id).first()
    if found is None:
        raise NotFound
    return found


def node_sums(rows: QuerySet[PromotionLead]) -> Mapping[PromotionNode, tuple[int, Decimal]]:
    """How many leads stand at each node, and what they intend to invest, in yuan; one query."""
    found = rows.order_by().values_list("node").annotate(Count("pk"), Sum("intended_investment"))
    sums = {node: (count, amount or Decimal()) for node, count, amount in found}
    return {node: sums.get(node, (0, Decimal())) for node in PromotionNode}


def first_of_each_node(rows: QuerySet[PromotionLead], most: int) -> Mapping[PromotionNode, Sequence[PromotionLead]]:
    """The ``most`` leads that reached each node last, the newest first; one query."""
    place = Window(RowNumber(), partition_by=F("node"), order_by=[F("node_on").desc(), F("pk").desc()])
    found: dict[PromotionNode, list[PromotionLead]] = defaultdict(list)
    for lead in rows.annotate(place_in_node=place).filter(place_in_node__lte=most).order_by("place_in_node"):
        found[lead.node].append(lead)
    return found


def steps_of(lead: PromotionLead) -> QuerySet[LeadStep]:
    """The nodes that the lead reached, in the order of their days."""
    return lead.steps.select_related("post__agency").order_by("on", "pk")


def lead_of(viewer: Viewer, project: Project) -> PromotionLead | None:
    """The lead from which a project came, where the viewer may know of it."""
    return visible_leads(viewer).filter(project=project).first()


def lead_story(lead: PromotionLead) -> QuerySet[AuditLine]:
    """What happened to the lead, in the order of time."""
    return AuditLine.objects.filter(target=target_of(lead)).order_by("id")
