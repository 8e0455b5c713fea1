"""Investors as pages say them: the three nodes, who looks after them, what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.kernel.components import Step, StepState
from sushui.kernel.labels import label_of, register_records, register_verbs
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.projects import queries
from sushui.projects.enums import FIELDS, LeadVerb, ProjectSector, PromotionNode
from sushui.projects.models import LeadStep, PromotionLead
from sushui.projects.permissions import may_found_project, may_keep_lead, may_see_contacts


def register() -> None:
    """The verbs and the name of the record."""
    register_verbs(LeadVerb, FIELDS, {"node": (PromotionNode,), "sector": (ProjectSector,)})
    register_records({"projects.promotionlead": msg("Investor")})


@dataclass(frozen=True)
class LeadAct:
    """Something that can be done: where, and what it is called."""

    url: str
    label: str


@dataclass(frozen=True)
class LeadSheet:
    """All that the page of a lead shows. ``sees_contacts``: whether its viewer may know names and phones."""

    lead: PromotionLead
    nodes: Sequence[Step]
    steps: Sequence[LeadStep]
    acts: Sequence[LeadAct]
    sees_contacts: bool

    @property
    def is_open(self) -> bool:
        return self.lead.dropped_on is None and self.lead.project_id is None


def lead_sheet(viewer: Viewer, lead: PromotionLead) -> LeadSheet:
    steps = list(queries.steps_of(lead))
    reached = {each.node: each.on for each in steps}
    return LeadSheet(
        lead, [_node(each, lead, reached) for each in PromotionNode], steps, _acts(viewer, lead), _sees(viewer, lead)
    )


def _sees(viewer: Viewer, lead: PromotionLead) -> bool:
    return bool(may_see_contacts(viewer, lead))


def _node(node: PromotionNode, lead: PromotionLead, reached: dict[PromotionNode, date]) -> Step:
    day = reached.get(node)
    state = StepState.CURRENT if node == lead.node else StepState.DONE if day else StepState.WAITING
    if lead.dropped_on is not None and node == lead.node:
        state = StepState.STOPPED
    return Step(label_of(node), state, f"{day}" if day else "")


def _acts(viewer: Viewer, lead: PromotionLead) -> list[LeadAct]:
    if lead.dropped_on is not None or lead.project_id is not None:
        return []
    keeps, founds = bool(may_keep_lead(viewer, lead)), bool(may_found_project(viewer, lead))
    allowed = (
        ("found", _("Contract signed: make it a project"), founds),
        ("framework", _("Framework agreement signed"), keeps and lead.node == PromotionNode.TALKS),
        ("edit", _("Edit"), keeps),
        ("drop", _("Drop the investor"), keeps),
    )
    return [LeadAct(reverse(f"projects:lead-{verb}", args=[lead.pk]), label) for verb, label, ok in allowed if ok]


# --- the board -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class LeadCard:
    """An investor on the board; ``act``: what would bring them to the next node, if the viewer may."""

    lead: PromotionLead
    act: LeadAct | None


@dataclass(frozen=True)
class LeadColumn:
    """A node with how many stand there, what they intend to invest in yuan, and the way to those not shown."""

    node: PromotionNode
    count: int
    amount: Decimal
    cards: Sequence[LeadCard]
    all_url: str

    @property
    def left(self) -> int:
        return self.count - len(self.cards)


def lead_columns(
    viewer: Viewer,
    sums: Mapping[PromotionNode, tuple[int, Decimal]],
    first: Mapping[PromotionNode, Sequence[PromotionLead]],
) -> list[LeadColumn]:
    """The three nodes in their order; at a signed contract stand those that became projects."""
    return [
        LeadColumn(node, *sums[node], [LeadCard(each, _next(viewer, each)) for each in first.get(node, ())], _all(node))
        for node in PromotionNode
    ]


def _next(viewer: Viewer, lead: PromotionLead) -> LeadAct | None:
    """A framework agreement where there is none, else the contract."""
    verb = "framework" if lead.node is PromotionNode.TALKS else "found"
    wanted = reverse(f"projects:lead-{verb}", args=[lead.pk])
    return next((each for each in _acts(viewer, lead) if each.url == wanted), None)


def _all(node: PromotionNode) -> str:
    state = "founded" if node is PromotionNode.CONTRACT else "open"
    return f"{reverse('projects:lead-list')}?state={state}&node={node.value}"
