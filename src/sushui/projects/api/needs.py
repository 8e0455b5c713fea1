"""Resources by programs: what projects need, what is committed to it, what is there. Money is yuan.

Named so that its addresses are known before those of single projects.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import BeforeValidator, Field

from sushui.kernel import clock
from sushui.kernel.api import Line, Listed, Number, Size, Text, seen_version
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.projects import queries, services
from sushui.projects.api.root import router
from sushui.projects.api.schemas import Confirmed, Cursor, ProjectNamed, Seen, WithReason
from sushui.projects.enums import UNITS, FundingSource, GapState, ResourceFactor, ResourceUnit
from sushui.projects.models import ResourceCommitment, ResourceDelivery, ResourceNeed
from sushui.projects.permissions import may_open_projects
from sushui.projects.queries import FactorSum, NeedFilter
from sushui.projects.services import NeedDraft

SORT = Sort(("factor", "pk"))
MaybeSource = Annotated[FundingSource | None, BeforeValidator(lambda value: value or None)]
# In the unit of the factor, bounded as money is; the service says how fine each factor is kept.
Quantity = Annotated[Decimal, Field(ge=0, le=Decimal("9999999999999999"), decimal_places=6)]


# --- said ------------------------------------------------------------------------------------------------------------
class DeliveryOut(Schema):
    """Something that is there; one that another ``corrects`` does not count any more."""

    id: int
    amount: Decimal
    on: date
    evidence: str
    corrects_id: int | None
    reason: str
    at: datetime


class CommitmentOut(Schema):
    """What an agency promised until a day, and what of it is there."""

    id: int
    agency: ProjectNamed
    amount: Decimal
    until: date
    document: str
    delivered: Decimal
    task_id: int | None
    withdrawn_on: date | None
    withdrawn_reason: str
    deliveries: list[DeliveryOut]
    version: int

    @staticmethod
    def resolve_deliveries(commitment: Any) -> Any:
        return commitment.deliveries.all()


class NeedOut(Schema):
    """What a project needs, in ``unit``; ``uncommitted`` is null while nobody has said how much."""

    id: int
    project: ProjectNamed
    factor: ResourceFactor
    unit: ResourceUnit
    what: str
    source: MaybeSource
    month: date | None
    amount: Decimal | None
    needed_by: date | None
    agency: ProjectNamed | None
    committed: Decimal
    delivered: Decimal
    uncommitted: Decimal | None
    undelivered: Decimal
    overdue_on: date | None
    state: GapState
    version: int

    @staticmethod
    def resolve_unit(need: Any) -> ResourceUnit:
        return UNITS[need.factor]

    @staticmethod
    def resolve_uncommitted(need: Any) -> Decimal | None:
        return queries.balance_as_stored(need).uncommitted

    @staticmethod
    def resolve_state(need: Any) -> GapState:
        return queries.balance_as_stored(need).state(clock.today())


class NeedWhole(NeedOut):
    """A need with its commitments."""

    commitments: list[CommitmentOut]

    @staticmethod
    def resolve_commitments(need: Any) -> Any:
        return need.commitments.all()


class FactorSumOut(Schema):
    """A factor over the needs that are left; ``unknown``: of how many nobody has said how much."""

    factor: ResourceFactor
    count: int
    unknown: int
    need: Decimal
    committed: Decimal
    delivered: Decimal
    uncommitted: Decimal
    undelivered: Decimal
    overdue: int


# --- heard -----------------------------------------------------------------------------------------------------------
class NeedQuery(Schema):
    """What the needs are narrowed to."""

    factor: ResourceFactor | None = None
    state: GapState | None = None
    agency_id: Number | None = None
    project_id: Number | None = None

    def filter(self) -> NeedFilter:
        return NeedFilter(self.factor or "", self.state or "", self.agency_id, self.project_id)


class NeedIn(Schema):
    """What a project needs; funds may name their source and month."""

    factor: ResourceFactor
    what: Annotated[Line, Field(max_length=128)] = ""
    amount: Quantity | None = None
    needed_by: date | None = None
    agency_id: Number | None = None
    source: FundingSource | None = None
    month: date | None = None

    def draft(self) -> NeedDraft:
        return NeedDraft(**{name: getattr(self, name) for name in NeedIn.model_fields})


class NeedEdit(NeedIn, Seen, Confirmed):
    """A need as it is to be."""


class CommitmentIn(Confirmed):
    agency_id: Number
    amount: Quantity
    until: date
    document: Annotated[Line, Field(max_length=200)] = ""


class DeliveryIn(Confirmed):
    amount: Quantity
    on: date
    evidence: Line = ""


class DeliveryCorrection(Confirmed):
    """What is there in truth, and why it is said otherwise now."""

    amount: Quantity
    on: date | None = None
    reason: Text


class ChaseIn(Schema):
    """The task that an overdue commitment becomes; without a text it says the commitment."""

    text: Text = ""
    deadline_on: date | None = None


Narrowed = Annotated[NeedQuery, Query()]


# --- reads -----------------------------------------------------------------------------------------------------------
@router.reads("/resources", may_open_projects, Listed[NeedOut])
def needs(request: ViewerRequest, narrowed: Narrowed, cursor: Cursor = "", limit: Size = 50) -> dict[str, object]:
    """Needs that the viewer may know of, narrowed, by factor."""
    found = stretch(queries.needs(request.viewer, narrowed.filter()), SORT, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/resources/totals", may_open_projects, list[FactorSumOut])
def need_totals(request: ViewerRequest, narrowed: Narrowed) -> list[FactorSum]:
    """Needs summed by factor, with their gaps."""
    return queries.factor_sums(queries.needs(request.viewer, narrowed.filter()))


@router.reads("/{project_id}/needs", may_open_projects, list[NeedWhole])
def project_needs(request: ViewerRequest, project_id: Number) -> list[ResourceNeed]:
    """What one project needs, with commitments and deliveries."""
    return queries.needs_of(request.viewer, queries.project_for(request.viewer, project_id))


@router.reads("/needs/{need_id}", may_open_projects, NeedWhole)
def need(request: ViewerRequest, need_id: Number) -> ResourceNeed:
    """One need with commitments and deliveries."""
    return queries.need_for(request.viewer, need_id)


# --- acts ------------------------------------------------------------------------------------------------------------
@router.writes("/{project_id}/needs", may_open_projects, NeedOut, status=201)
def add_need(request: ViewerRequest, project_id: Number, asked: NeedIn) -> ResourceNeed:
    """Say what a project needs."""
    found = queries.project_for(request.viewer, project_id)
    return services.add_need(request.viewer, found, asked.draft())


@router.writes("/needs/{need_id}", may_open_projects, NeedOut, method="PUT")
def edit_need(request: ViewerRequest, need_id: Number, asked: NeedEdit) -> ResourceNeed:
    """Say otherwise what a project needs."""
    found, seen = queries.need_for(request.viewer, need_id), seen_version(request, asked.version)
    return services.edit_need(request.viewer, found, asked.draft(), confirmed=asked.doubts, seen_version=seen)


@router.writes("/needs/{need_id}/drop", may_open_projects, NeedOut)
def drop_need(request: ViewerRequest, need_id: Number, asked: WithReason) -> ResourceNeed:
    """Take a need away."""
    found, seen = queries.need_for(request.viewer, need_id), seen_version(request, asked.version)
    return services.drop_need(request.viewer, found, reason=asked.reason, seen_version=seen)


@router.writes("/needs/{need_id}/commit", may_open_projects, CommitmentOut, status=201)
def commit_resource(request: ViewerRequest, need_id: Number, asked: CommitmentIn) -> ResourceCommitment:
    """Promise something to a need until a day."""
    found = queries.need_for(request.viewer, need_id)
    return services.commit_resource(request.viewer, found, **_said(asked))


@router.writes("/commitments/{commitment_id}/deliver", may_open_projects, DeliveryOut, status=201)
def deliver_resource(request: ViewerRequest, commitment_id: Number, asked: DeliveryIn) -> ResourceDelivery:
    """Record that something of a commitment is there."""
    found = queries.commitment_for(request.viewer, commitment_id)
    return services.deliver_resource(request.viewer, found, **_said(asked))


@router.writes("/commitments/{commitment_id}/withdraw", may_open_projects, CommitmentOut)
def withdraw_commitment(request: ViewerRequest, commitment_id: Number, asked: WithReason) -> ResourceCommitment:
    """Take a promise back."""
    found, seen = queries.commitment_for(request.viewer, commitment_id), seen_version(request, asked.version)
    return services.withdraw_commitment(request.viewer, found, reason=asked.reason, seen_version=seen)


@router.writes("/commitments/{commitment_id}/chase", may_open_projects, CommitmentOut)
def chase_commitment(request: ViewerRequest, commitment_id: Number, asked: ChaseIn) -> ResourceCommitment:
    """Make a supervised task of a commitment that is overdue."""
    found = queries.commitment_for(request.viewer, commitment_id)
    return services.chase_commitment(request.viewer, found, **asked.model_dump())


@router.writes("/deliveries/{delivery_id}/correct", may_open_projects, DeliveryOut, status=201)
def correct_delivery(request: ViewerRequest, delivery_id: Number, asked: DeliveryCorrection) -> ResourceDelivery:
    """Say another amount for a delivery (0: it never came); what was said before is kept beside it."""
    found = queries.delivery_for(request.viewer, delivery_id)
    return services.correct_delivery(request.viewer, found, **_said(asked))


def _said(asked: Confirmed) -> dict[str, Any]:
    """What was sent, as the service takes it."""
    return asked.model_dump(exclude={"doubts"}) | {"confirmed": asked.doubts}
