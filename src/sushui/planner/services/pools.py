"""Entering what there is to be shared out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agency_in, division_tree
from sushui.planner.enums import PlannerVerb, PoolKind
from sushui.planner.models import MoneyPool, ResourcePool
from sushui.planner.permissions import may_keep_planned, may_plan
from sushui.projects.enums import FundingSource, ProjectSector, ResourceFactor

Pool = TypeVar("Pool", ResourcePool, MoneyPool)
LARGEST = Decimal(10) ** 12  # of any factor, in its unit; more is a slip of the finger


@dataclass(frozen=True)
class PoolDraft:
    """So much of a factor, in its unit; ``until_on`` the last good day, None: it stays good."""

    factor: ResourceFactor
    kind: PoolKind
    amount: Decimal
    year: int
    from_on: date | None = None
    until_on: date | None = None
    agency_id: int | None = None
    place_id: int | None = None
    what: str = ""
    document: str = ""


@dataclass(frozen=True)
class MoneyDraft:
    """Money of a source, in yuan, from a day on; for these sectors, or for all where none is named."""

    source: FundingSource
    amount: Decimal
    arrives_on: date
    uses: tuple[ProjectSector, ...] = ()
    what: str = ""
    document: str = ""


# --- resources -------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_pool(viewer: Viewer, draft: PoolDraft) -> ResourcePool:
    """Enter a quota, a capacity or the desks of an agency.

    Raises:
        DomainError: ``amount_impossible``, ``funds_are_money``, ``whose_desks``, ``desks_come_back``,
            ``ends_before_it_begins``, ``year_differs``.
    """
    if not may_plan(viewer):
        raise Forbidden
    made = ResourcePool.objects.create(division_id=viewer.division_id, **_pool_values(viewer, draft))
    record_act(viewer, PlannerVerb.ADD_POOL, made, after=_pool_said(made))
    return made


@transaction.atomic
def edit_pool(viewer: Viewer, pool: ResourcePool, draft: PoolDraft, *, seen_version: int | None = None) -> ResourcePool:
    """Say otherwise how much there is, from when to when; runs that were made before stay as they are."""
    row = _kept(viewer, pool, seen_version)
    before, values = _pool_said(row), _pool_values(viewer, draft)
    for name, value in values.items():
        setattr(row, name, value)
    save_changes(row, *values)
    record_act(viewer, PlannerVerb.EDIT_POOL, row, before=before, after=_pool_said(row))
    return row


@transaction.atomic
def drop_pool(viewer: Viewer, pool: ResourcePool, *, reason: str, seen_version: int | None = None) -> ResourcePool:
    """Take a pool away; runs that were made with it stay as they are."""
    row = _kept(viewer, pool, seen_version)
    note = require_text(reason, "Reason")
    row.dropped_on = clock.today()
    save_changes(row, "dropped_on")
    record_act(viewer, PlannerVerb.DROP_POOL, row, before=_pool_said(row), note=note)
    return row


def _pool_values(viewer: Viewer, draft: PoolDraft) -> dict[str, Any]:
    _require_amount(draft.amount)
    _require_desks(draft)
    if draft.agency_id is not None:
        agency_in(viewer, viewer.division_id, draft.agency_id)
    if draft.place_id is not None and draft.place_id not in {row.division.pk for row in division_tree(viewer)}:
        raise NotFound
    from_on, until_on = draft.from_on or date(draft.year, 1, 1), draft.until_on
    if from_on.year != draft.year:
        raise DomainError(
            "year_differs",
            _("%(day)s does not lie in %(year)s."),
            _("Give a day of that year, or another year."),
            day=from_on.isoformat(),
            year=draft.year,
        )
    if until_on is not None and until_on < from_on:
        raise DomainError(
            "ends_before_it_begins", _("The last day lies before the first."), _("Correct one of the two days.")
        )
    texts = {"what": draft.what.strip(), "document": draft.document.strip()}
    return asdict(draft) | texts | {"from_on": from_on, "until_on": until_on}


def _require_desks(draft: PoolDraft) -> None:
    is_desks = draft.factor is ResourceFactor.APPROVALS
    if draft.factor is ResourceFactor.FUNDS:
        raise DomainError("funds_are_money", _("Money is entered by source and day."), _("Use “Enter money” for it."))
    if is_desks != (draft.agency_id is not None):
        raise DomainError(
            "whose_desks",
            _("Approvals are the desks of an agency, and nothing else is."),
            _("Name the agency for approvals, and none for other factors."),
        )
    if is_desks and draft.kind is not PoolKind.RENEWABLE:
        raise DomainError(
            "desks_come_back",
            _("Desks are offered anew every week."),
            _("Choose “Offered anew every week”."),
        )


def _require_amount(amount: Decimal) -> None:
    if not 0 <= amount <= LARGEST:
        raise DomainError("amount_impossible", _("There is no such amount."), _("Give an amount from 0 on."))


def _pool_said(pool: ResourcePool) -> dict[str, Any]:
    return {
        "factor": pool.factor,
        "kind": pool.kind,
        "what": pool.what,
        "amount": f"{pool.amount.normalize():f}",
        "from_on": pool.from_on,
        "until_on": pool.until_on,
        "agency": str(pool.agency or ""),
        "place": str(pool.place or ""),
        "document": pool.document,
    }


# --- money -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_money(viewer: Viewer, draft: MoneyDraft) -> MoneyPool:
    """Enter money of a source that can be spent from a day on.

    Raises:
        DomainError: ``amount_impossible``.
    """
    if not may_plan(viewer):
        raise Forbidden
    made = MoneyPool.objects.create(division_id=viewer.division_id, **_money_values(draft))
    record_act(viewer, PlannerVerb.ADD_MONEY, made, after=_money_said(made))
    return made


@transaction.atomic
def edit_money(viewer: Viewer, money: MoneyPool, draft: MoneyDraft, *, seen_version: int | None = None) -> MoneyPool:
    """Say otherwise how much arrives when, and for what; runs that were made before stay as they are."""
    row = _kept(viewer, money, seen_version)
    before, values = _money_said(row), _money_values(draft)
    for name, value in values.items():
        setattr(row, name, value)
    save_changes(row, *values)
    record_act(viewer, PlannerVerb.EDIT_MONEY, row, before=before, after=_money_said(row))
    return row


@transaction.atomic
def drop_money(viewer: Viewer, money: MoneyPool, *, reason: str, seen_version: int | None = None) -> MoneyPool:
    """Take money away; runs that were made with it stay as they are."""
    row = _kept(viewer, money, seen_version)
    note = require_text(reason, "Reason")
    row.dropped_on = clock.today()
    save_changes(row, "dropped_on")
    record_act(viewer, PlannerVerb.DROP_MONEY, row, before=_money_said(row), note=note)
    return row


def _money_values(draft: MoneyDraft) -> dict[str, Any]:
    _require_amount(draft.amount)
    values = asdict(draft) | {"uses": [each.value for each in draft.uses]}
    return values | {"what": draft.what.strip(), "document": draft.document.strip()}


def _money_said(money: MoneyPool) -> dict[str, Any]:
    return {
        "source": money.source,
        "what": money.what,
        "amount": f"{money.amount.normalize():f}",
        "arrives_on": money.arrives_on,
        "uses": list(money.uses),
        "document": money.document,
    }


def _kept(viewer: Viewer, record: Pool, seen_version: int | None) -> Pool:
    """The pool, locked, if the viewer keeps it.

    Raises:
        Forbidden, StaleRecord
    """
    if not may_keep_planned(viewer, record):
        raise Forbidden
    row = type(record)._default_manager.select_for_update().get(pk=record.pk)
    check_version(row, seen_version)
    return row
