"""A scenario as a problem: the registers read, the scenario's changes laid over them, the engine asked at its door."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from sushui.kernel import clock
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.planner import queries
from sushui.planner.adapter import Built, MoneyFact, PoolFact, build
from sushui.planner.adapter.building import Wish
from sushui.planner.enums import ChangeKind
from sushui.planner.models import MoneyPool, ResourcePool, Scenario, ScenarioChange
from sushui.planner.rules.candidates import BUILT
from sushui.planner.rules.weeks import Weeks
from sushui.planner.rules.weights import weights_of
from sushui.projects.enums import ResourceFactor

if TYPE_CHECKING:
    from collections.abc import Mapping


def problem_of(viewer: Viewer, scenario: Scenario) -> Built:
    """The scenario as it is now; as many queries for many projects as for one.

    Raises:
        DomainError: ``plan_refused``, what the engine refuses, in words.
    """
    changes, today = list(queries.changes_of(scenario)), clock.today()
    span = range(scenario.year, scenario.year + scenario.years)
    return build(
        Weeks(scenario.year, scenario.years),
        today,
        queries.candidates(viewer, scenario, changes, today),
        _pools(queries.pools_in(scenario.division_id, span), changes),
        _money(queries.money_in(scenario.division_id, span), changes),
        [_wish(each, each.project_id) for each in changes if each.project_id is not None],
        weights_of(scenario.weights),
    )


def _wish(change: ScenarioChange, project_id: int) -> Wish:
    other = change.other
    is_met = other is not None and other.stage in BUILT
    return Wish(change.kind, project_id, change.on, change.other_id, str(other or ""), is_met)


def _pools(rows: Iterable[ResourcePool], changes: Iterable[ScenarioChange]) -> list[PoolFact]:
    more = {each.pool_id: each.by or Decimal() for each in changes if each.kind is ChangeKind.POOL}
    return [_pool(row, max(row.amount + more.get(row.pk, Decimal()), Decimal())) for row in rows]


def _pool(row: ResourcePool, amount: Decimal) -> PoolFact:
    return PoolFact(
        kind=row.kind,
        factor=row.factor,
        amount=amount,
        from_on=row.from_on,
        until_on=row.until_on,
        agency_id=row.agency_id,
        place_id=row.place_id,
        place_path=row.place.path if row.place else "",
        name=name_of(row),
        pool_id=row.pk,
    )


def name_of(pool: ResourcePool) -> str:
    """What a pool is called: whose desks, or which factor where."""
    if pool.factor is ResourceFactor.APPROVALS:
        return gettext("Desks of %(agency)s") % {"agency": pool.agency}
    place = f" · {pool.place}" if pool.place else ""
    return f"{label_of(pool.factor)}{place}"


def _money(rows: Iterable[MoneyPool], changes: Iterable[ScenarioChange]) -> list[MoneyFact]:
    more: Mapping[int | None, Decimal] = {
        each.money_id: each.by or Decimal() for each in changes if each.kind is ChangeKind.MONEY
    }
    return [
        MoneyFact(
            row.source,
            max(row.amount + more.get(row.pk, Decimal()), Decimal()),
            row.arrives_on,
            tuple(sorted(row.sectors)),
            row.pk,
        )
        for row in rows
    ]
