"""Investment promotion: leads, the nodes they reach, and the contract that makes one a project."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.labels import label_of
from sushui.kernel.requirements import require_past, require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agency_in, post_for
from sushui.projects.enums import EvidenceKind, LeadVerb, ProjectSector, ProjectStage, PromotionNode
from sushui.projects.models import LeadStep, Project, ProjectCluster, PromotionLead
from sushui.projects.permissions import may_found_project, may_keep_lead, may_register_lead
from sushui.projects.rules.codes import clean_code
from sushui.projects.rules.gates import Piece
from sushui.projects.services.drafts import ProjectDraft
from sushui.projects.services.ledger import register_project
from sushui.projects.services.steps import require_amount, require_industry

PRIVATE = ("contact_name", "contact_title", "contact_phone")  # never in the audit chain: it cannot be mended


@dataclass(frozen=True)
class LeadDraft:
    """What is known of an investor and their project; ``intended_investment`` is yuan, None while not said."""

    name: str
    investor: str
    agency_id: int
    content: str = ""
    investor_code: str = ""
    contact_name: str = ""
    contact_title: str = ""
    contact_phone: str = ""
    caretaker_id: int | None = None
    industry_code: str = ""
    cluster_id: int | None = None
    sector: ProjectSector | None = None
    intended_investment: Decimal | None = None


LEAD_FIELDS = tuple(each.name for each in fields(LeadDraft))


@transaction.atomic
def register_lead(viewer: Viewer, draft: LeadDraft, *, began_on: date) -> PromotionLead:
    """Enter an investor with whom talks began on a day.

    Raises:
        Forbidden: not for that agency.
        DomainError: ``text_missing``, ``no_such_industry``, ``elsewhere``, ``amount_below_zero``,
            ``amount_too_large``, ``day_in_future``.
    """
    if not may_register_lead(viewer, draft.agency_id):
        raise Forbidden
    values = _checked(viewer, draft)
    made = PromotionLead.objects.create(division_id=viewer.division_id, node_on=require_past(began_on), **values)
    _step(viewer, made, PromotionNode.TALKS, began_on, "", "")
    record_act(viewer, LeadVerb.REGISTER, made, after=_said(values))
    return made


@transaction.atomic
def edit_lead(
    viewer: Viewer, lead: PromotionLead, draft: LeadDraft, *, seen_version: int | None = None
) -> PromotionLead:
    """Let the list say something else of a lead.

    Raises:
        DomainError: those of `register_lead`; ``lead_closed``.
    """
    row = _open(viewer, lead, seen_version)
    if not may_register_lead(viewer, draft.agency_id):
        raise Forbidden
    values = _checked(viewer, draft)
    before = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
    for name, value in values.items():
        setattr(row, name, value)
    save_changes(row, *values)
    after = _said({name: values[name] for name in before})
    record_act(viewer, LeadVerb.EDIT, row, before=_said(before), after=after)
    return row


def _checked(viewer: Viewer, draft: LeadDraft) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in LEAD_FIELDS}
    values["name"], values["investor"] = require_text(draft.name, "Called"), require_text(draft.investor, "Investor")
    values["investor_code"], values["sector"] = clean_code(draft.investor_code), draft.sector or ""
    require_amount(draft.intended_investment)
    agency_in(viewer, viewer.division_id, draft.agency_id)
    if draft.caretaker_id is not None:
        post_for(viewer, draft.caretaker_id)
    own = ProjectCluster.objects.filter(division_id=viewer.division_id)
    if draft.cluster_id is not None and not own.filter(pk=draft.cluster_id).exists():
        raise DomainError("elsewhere", _("The cluster is not of this division."), _("Choose one of the list."))
    require_industry(draft.industry_code)
    return values


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in PRIVATE and value not in (None, "")}


def _open(viewer: Viewer, lead: PromotionLead, seen_version: int | None) -> PromotionLead:
    """The lead locked, as it is now, while it is neither dropped nor a project."""
    if not may_keep_lead(viewer, lead):
        raise Forbidden
    row = PromotionLead.objects.select_for_update(of=("self",)).get(pk=lead.pk)
    check_version(row, seen_version)
    if row.dropped_on is not None or row.project_id is not None:
        raise DomainError(
            "lead_closed",
            _("“%(name)s” was dropped, or is a project already."),
            _("Open it again to see what became of it."),
            name=row.name,
        )
    return row


@transaction.atomic
def reach_framework(
    viewer: Viewer, lead: PromotionLead, *, on: date, number: str = "", text: str = "", seen_version: int | None = None
) -> PromotionLead:
    """Note that a framework agreement was signed on a day, by what that shows.

    Raises:
        DomainError: ``lead_closed``, ``node_reached``, ``evidence_missing``, ``day_in_future``, ``node_before``.
    """
    row = _open(viewer, lead, seen_version)
    if row.node is not PromotionNode.TALKS:
        raise DomainError(
            "node_reached",
            _("“%(node)s” is reached already."),
            _("Open the lead again to see what can follow."),
            node=label_of(row.node),
        )
    if not (number.strip() or text.strip()):
        raise DomainError(
            "evidence_missing",
            _("“%(stage)s” needs evidence that is missing: its number or what it says."),
            _("Give the number of the agreement, or what was agreed."),
            stage=label_of(PromotionNode.FRAMEWORK),
        )
    _step(viewer, row, PromotionNode.FRAMEWORK, on, number, text)
    return row


def _step(viewer: Viewer, row: PromotionLead, node: PromotionNode, on: date, number: str, text: str) -> None:
    """Write a node down; the first one is part of the registration."""
    last = row.steps.order_by("-on").first()
    if last is not None and require_past(on) < last.on:
        raise DomainError(
            "node_before",
            _("%(day)s lies before “%(node)s” on %(last)s."),
            _("Give the day on which it was signed."),
            day=on.isoformat(),
            node=label_of(last.node),
            last=last.on.isoformat(),
        )
    number, text = number.strip(), text.strip()
    LeadStep.objects.create(
        lead=row, node=node, on=on, number=number, text=text, post_id=viewer.post_id, at=clock.now()
    )
    if last is not None:
        before = {"node": row.node, "node_on": row.node_on}
        row.node, row.node_on = node, on
        save_changes(row, "node", "node_on")
        after = {"node": node, "node_on": on, "number": number}
        record_act(viewer, LeadVerb.REACH, row, before=before, after=after, note=text)


@transaction.atomic
def found_project(
    viewer: Viewer, lead: PromotionLead, *, on: date, number: str, text: str = "", seen_version: int | None = None
) -> Project:
    """The contract is signed: the lead becomes a project in the stage “signed”, with all that is known of it.

    The contract's number and day are the evidence of the stage; the lead and its project know each other.

    Raises:
        DomainError: ``lead_closed``, ``text_missing``, ``day_in_future``, ``node_before``, those of
            `register_project`: an odd code of the investor is compared on the project's page.
    """
    if not may_found_project(viewer, lead):
        raise Forbidden
    row = _open(viewer, lead, seen_version)
    paper = Piece(EvidenceKind.CONTRACT, require_text(number, "Number of the contract"), require_past(on), text)
    _step(viewer, row, PromotionNode.CONTRACT, on, number, text)
    draft = ProjectDraft(
        name=row.name,
        content=row.content,
        owner_name=row.investor,
        owner_code=row.investor_code,
        industry_code=row.industry_code,
        cluster_id=row.cluster_id,
        sector=ProjectSector(row.sector) if row.sector else None,
        agency_id=row.agency_id,
        total_investment=row.intended_investment,
        confirmed=frozenset({"owner_code"}),
    )
    project = register_project(viewer, draft, stage=ProjectStage.SIGNED, stage_on=on, evidence=[paper])
    row.project = project
    save_changes(row, "project_id")
    record_act(viewer, LeadVerb.FOUND, row, after={"project_id": project.pk})
    return project


@transaction.atomic
def drop_lead(viewer: Viewer, lead: PromotionLead, *, reason: str, seen_version: int | None = None) -> PromotionLead:
    """Nothing comes of it, for a reason; the lead stays in the list of those that were dropped.

    Raises:
        DomainError: ``lead_closed``, ``text_missing``.
    """
    row = _open(viewer, lead, seen_version)
    row.dropped_on, row.dropped_reason = clock.today(), require_text(reason, "Reason")
    save_changes(row, "dropped_on", "dropped_reason")
    record_act(viewer, LeadVerb.DROP, row, note=row.dropped_reason)
    return row
