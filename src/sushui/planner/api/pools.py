"""Resources and money by programs. Money is yuan, the rest is in the factor's unit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field

from sushui.kernel.api import Line, Number, SmallNumber, Text, seen_version, tell_version
from sushui.kernel.pages import ViewerRequest
from sushui.planner import queries, services
from sushui.planner.api.root import router
from sushui.planner.enums import PoolKind
from sushui.planner.models import MoneyPool, ResourcePool
from sushui.planner.permissions import may_open_planner, may_plan
from sushui.planner.services import MoneyDraft, PoolDraft
from sushui.projects.enums import FundingSource, ProjectSector, ResourceFactor, ResourceUnit

Year = Annotated[int, Field(ge=2000, le=2100)]
Quantity = Annotated[Decimal, Field(ge=0, le=Decimal("999999999999"), decimal_places=6)]
Yuan = Annotated[Decimal, Field(ge=0, le=Decimal("999999999999"), decimal_places=2)]
Short = Annotated[Line, Field(max_length=128)]
Document = Annotated[Line, Field(max_length=200)]


# --- said ------------------------------------------------------------------------------------------------------------
class PoolOut(Schema):
    """So much of a factor from a day to a day; ``agency_id`` whose desks, ``place_id`` only there."""

    id: int
    division_id: int
    factor: ResourceFactor
    kind: PoolKind
    unit: ResourceUnit
    what: str
    agency_id: int | None
    place_id: int | None
    year: int
    from_on: date
    until_on: date | None
    amount: Decimal
    document: str
    version: int


class MoneyOut(Schema):
    """Money of a source from a day on; ``uses`` the sectors it may pay for, none: all."""

    id: int
    division_id: int
    source: FundingSource
    what: str
    amount: Decimal
    arrives_on: date
    uses: list[ProjectSector]
    document: str
    version: int


# --- heard -----------------------------------------------------------------------------------------------------------
class Seen(Schema):
    """``version``: that which the caller has seen, else the header `If-Match`."""

    version: SmallNumber | None = None


class PoolIn(Schema):
    factor: ResourceFactor
    kind: PoolKind
    amount: Quantity
    year: Year
    from_on: date | None = None
    until_on: date | None = None
    agency_id: Number | None = None
    place_id: Number | None = None
    what: Short = ""
    document: Document = ""

    def draft(self) -> PoolDraft:
        return PoolDraft(**{name: getattr(self, name) for name in PoolIn.model_fields})


class PoolEdit(PoolIn, Seen):
    """A pool as it is to be."""


class MoneyIn(Schema):
    source: FundingSource
    amount: Yuan
    arrives_on: date
    uses: Annotated[list[ProjectSector], Field(max_length=20)] = []
    what: Short = ""
    document: Document = ""

    def draft(self) -> MoneyDraft:
        said: dict[str, Any] = {name: getattr(self, name) for name in MoneyIn.model_fields}
        return MoneyDraft(**said | {"uses": tuple(dict.fromkeys(self.uses))})


class MoneyEdit(MoneyIn, Seen):
    """Money as it is to be."""


class PoolReason(Seen):
    reason: Text


class YearQuery(Schema):
    year: Year


# --- operations ------------------------------------------------------------------------------------------------------
@router.reads("/pools", may_open_planner, list[PoolOut])
def pools(request: ViewerRequest, asked: Annotated[YearQuery, Query()]) -> list[ResourcePool]:
    """The resource pools of a year."""
    return list(queries.pools_of(request.viewer, asked.year))


@router.reads("/pools/{pool_id}", may_open_planner, PoolOut)
def pool(request: ViewerRequest, pool_id: Number, response: HttpResponse) -> ResourcePool:
    """One pool; its version comes as the ETag."""
    found = queries.pool_for(request.viewer, pool_id)
    tell_version(response, found.version)
    return found


@router.writes("/pools", may_plan, PoolOut, status=201)
def add_pool(request: ViewerRequest, asked: PoolIn) -> ResourcePool:
    """Enter a quota, a capacity or the desks of an agency."""
    return services.add_pool(request.viewer, asked.draft())


@router.writes("/pools/{pool_id}", may_plan, PoolOut, method="PUT")
def edit_pool(request: ViewerRequest, pool_id: Number, asked: PoolEdit) -> ResourcePool:
    """Say otherwise how much there is, from when to when."""
    found, seen = queries.pool_for(request.viewer, pool_id), seen_version(request, asked.version)
    return services.edit_pool(request.viewer, found, asked.draft(), seen_version=seen)


@router.writes("/pools/{pool_id}/drop", may_plan, PoolOut)
def drop_pool(request: ViewerRequest, pool_id: Number, asked: PoolReason) -> ResourcePool:
    """Take a pool away; runs that were made with it stay as they are."""
    found, seen = queries.pool_for(request.viewer, pool_id), seen_version(request, asked.version)
    return services.drop_pool(request.viewer, found, reason=asked.reason, seen_version=seen)


@router.reads("/money", may_open_planner, list[MoneyOut])
def money(request: ViewerRequest, asked: Annotated[YearQuery, Query()]) -> list[MoneyPool]:
    """The money that arrives in a year."""
    return list(queries.money_of(request.viewer, asked.year))


@router.writes("/money", may_plan, MoneyOut, status=201)
def add_money(request: ViewerRequest, asked: MoneyIn) -> MoneyPool:
    """Enter money of a source that can be spent from a day on."""
    return services.add_money(request.viewer, asked.draft())


@router.writes("/money/{money_id}", may_plan, MoneyOut, method="PUT")
def edit_money(request: ViewerRequest, money_id: Number, asked: MoneyEdit) -> MoneyPool:
    """Say otherwise how much arrives when, and for what."""
    found, seen = queries.money_for(request.viewer, money_id), seen_version(request, asked.version)
    return services.edit_money(request.viewer, found, asked.draft(), seen_version=seen)


@router.writes("/money/{money_id}/drop", may_plan, MoneyOut)
def drop_money(request: ViewerRequest, money_id: Number, asked: PoolReason) -> MoneyPool:
    """Take money away; runs that were made with it stay as they are."""
    found, seen = queries.money_for(request.viewer, money_id), seen_version(request, asked.version)
    return services.drop_money(request.viewer, found, reason=asked.reason, seen_version=seen)
