"""A year's resources and a scenario with a plan, for the world behind the walls."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sushui.kernel import clock
from sushui.planner import services
from sushui.planner.enums import ChangeKind, PlanStatus, PoolKind, RunState
from sushui.planner.models import Run
from sushui.planner.services import ChangeDraft, MoneyDraft, PoolDraft, ScenarioDraft
from sushui.projects.enums import FundingSource, ResourceFactor

if TYPE_CHECKING:
    from tests.walls.world import World


def plan_year(world: World, record: str = "SCENE") -> None:
    """A quota, money, a scenario that changes the quota, and a run whose plan holds nothing."""
    office = world.viewer("project_office")
    said = {"what": f"MARK-{record}-WHAT", "document": f"MARK-{record}-DOCUMENT"}
    pool = services.add_pool(
        office, PoolDraft(ResourceFactor.LAND, PoolKind.CONSUMABLE, Decimal(100), year=2026, **said)
    )
    money = services.add_money(
        office, MoneyDraft(FundingSource.SPECIAL_BONDS, Decimal(10_000_000), date(2026, 3, 1), **said)
    )
    scenario = services.draft_scenario(office, ScenarioDraft(f"MARK-{record}-NAME", 2026, note=f"MARK-{record}-NOTE"))
    draft = ChangeDraft(ChangeKind.POOL, pool_id=pool.pk, by=Decimal(-10), note=f"MARK-{record}-WHY")
    change = services.change_scenario(office, scenario, draft)
    built = services.problem_of(office, scenario)
    run = Run.objects.create(
        division_id=scenario.division_id,
        scenario=scenario,
        number=1,
        state=RunState.FINISHED,
        problem=built.problem,
        facts=built.facts,
        digest=built.digest,
        seconds=10,
        status=PlanStatus.FEASIBLE,
        plan=[],
        objective=0,
        bound=0,
        ended_at=clock.now(),
        post_id=office.post_id,
        user_id=office.user_id,
    )
    rows = {"resource_pool": pool, "money_pool": money, "scenario": scenario, "scenario_change": change, "run": run}
    for kind, row in rows.items():
        world.keep(kind, record, row)
