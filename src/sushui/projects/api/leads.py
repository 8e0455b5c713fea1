"""Investment promotion by programs: investors, the nodes they reach, and the contract that makes a project."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from sushui.kernel.api import Line, Listed, Number, Size, Text, seen_version
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.projects import queries, services
from sushui.projects.api.root import router
from sushui.projects.api.schemas import Cursor, MaybeSector, ProjectNamed, ProjectOut, Seen, WithReason, Yuan
from sushui.projects.enums import ProjectSector, PromotionNode
from sushui.projects.models import LeadStep, Project, PromotionLead
from sushui.projects.permissions import may_enter_leads, may_keep_ledger, may_open_leads, may_see_contacts
from sushui.projects.services import LeadDraft

NEWEST = Sort(("node_on", "pk"), is_descending=True)


class LeadOut(Schema):
    """An investor. Contacts stand in an operation of their own, for those alone who look after them."""

    id: int
    name: str
    content: str
    investor: str
    investor_code: str
    agency: ProjectNamed
    caretaker_id: int | None
    industry_code: str
    cluster: ProjectNamed | None
    sector: MaybeSector
    intended_investment: Decimal | None
    node: PromotionNode
    node_on: date
    dropped_on: date | None
    dropped_reason: str
    project_id: int | None
    version: int


class ContactOut(Schema):
    """Whom to call."""

    contact_name: str
    contact_title: str
    contact_phone: str


class StepOut(Schema):
    """A node that was reached, and by which paper."""

    node: PromotionNode
    on: date
    number: str
    text: str


class LeadIn(Schema):
    """An investor as the list is to say it."""

    name: Annotated[Line, Field(max_length=200)]
    investor: Annotated[Line, Field(max_length=128)]
    agency_id: Number
    content: Text = ""
    investor_code: Annotated[Line, Field(max_length=18)] = ""
    contact_name: Annotated[Line, Field(max_length=64)] = ""
    contact_title: Annotated[Line, Field(max_length=64)] = ""
    contact_phone: Annotated[Line, Field(max_length=32)] = ""
    caretaker_id: Number | None = None
    industry_code: Annotated[Line, Field(max_length=4)] = ""
    cluster_id: Number | None = None
    sector: ProjectSector | None = None
    intended_investment: Yuan | None = None

    def draft(self) -> LeadDraft:
        return LeadDraft(**{name: getattr(self, name) for name in LeadIn.model_fields})


class NewLead(LeadIn):
    """An investor with the day on which talks began."""

    began_on: date


class LeadEdit(LeadIn, Seen):
    """An investor as the list is to say it, on the version that was seen."""


class SignedIn(Seen):
    """An agreement or contract that was signed on a day."""

    on: date
    number: Annotated[Line, Field(max_length=64)] = ""
    text: Text = ""


@router.reads("/leads", may_open_leads, Listed[LeadOut])
def leads(
    request: ViewerRequest,
    state: Literal["open", "founded", "dropped"] = "open",
    node: PromotionNode | None = None,
    cursor: Cursor = "",
    limit: Size = 50,
) -> dict[str, object]:
    """Investors by state and node, the newest node first."""
    rows = queries.leads(request.viewer, node=node or "", state=state)
    found = stretch(rows, NEWEST, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/leads/{lead_id}", may_open_leads, LeadOut)
def lead(request: ViewerRequest, lead_id: Number) -> PromotionLead:
    """One investor."""
    return queries.lead_for(request.viewer, lead_id)


@router.reads("/leads/{lead_id}/steps", may_open_leads, list[StepOut])
def lead_steps(request: ViewerRequest, lead_id: Number) -> Iterable[LeadStep]:
    """The nodes that were reached."""
    return queries.steps_of(queries.lead_for(request.viewer, lead_id))


@router.reads("/leads/{lead_id}/contact", may_open_leads, ContactOut)
def lead_contact(request: ViewerRequest, lead_id: Number) -> PromotionLead:
    """Whom to call; empty for those who do not look after the investor."""
    found = queries.lead_for(request.viewer, lead_id)
    if not may_see_contacts(request.viewer, found):
        found.contact_name = found.contact_title = found.contact_phone = ""
    return found


@router.writes("/leads", may_enter_leads, LeadOut, status=201)
def register_lead(request: ViewerRequest, asked: NewLead) -> PromotionLead:
    """Enter an investor."""
    made = services.register_lead(request.viewer, asked.draft(), began_on=asked.began_on)
    return queries.lead_for(request.viewer, made.pk)


@router.writes("/leads/{lead_id}", may_enter_leads, LeadOut, method="PUT")
def edit_lead(request: ViewerRequest, lead_id: Number, asked: LeadEdit) -> PromotionLead:
    """Let the list say something else of an investor."""
    found, seen = queries.lead_for(request.viewer, lead_id), seen_version(request, asked.version)
    services.edit_lead(request.viewer, found, asked.draft(), seen_version=seen)
    return queries.lead_for(request.viewer, found.pk)


@router.writes("/leads/{lead_id}/framework", may_enter_leads, LeadOut)
def reach_framework(request: ViewerRequest, lead_id: Number, asked: SignedIn) -> PromotionLead:
    """Note that a framework agreement was signed."""
    found, seen = queries.lead_for(request.viewer, lead_id), seen_version(request, asked.version)
    return services.reach_framework(
        request.viewer, found, on=asked.on, number=asked.number, text=asked.text, seen_version=seen
    )


@router.writes("/leads/{lead_id}/found", may_keep_ledger, ProjectOut, status=201)
def found_project(request: ViewerRequest, lead_id: Number, asked: SignedIn) -> Project:
    """The contract is signed: the investor's project enters the ledger."""
    found, seen = queries.lead_for(request.viewer, lead_id), seen_version(request, asked.version)
    made = services.found_project(
        request.viewer, found, on=asked.on, number=asked.number, text=asked.text, seen_version=seen
    )
    return queries.project_for(request.viewer, made.pk)


@router.writes("/leads/{lead_id}/drop", may_enter_leads, LeadOut)
def drop_lead(request: ViewerRequest, lead_id: Number, asked: WithReason) -> PromotionLead:
    """Nothing comes of it, for a reason."""
    found, seen = queries.lead_for(request.viewer, lead_id), seen_version(request, asked.version)
    return services.drop_lead(request.viewer, found, reason=asked.reason, seen_version=seen)
