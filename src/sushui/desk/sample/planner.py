"""The sample's next year: what there is to share out, a scenario planned by rank, and one with more land."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sushui.kernel import clock
from sushui.planner import services
from sushui.planner.enums import ChangeKind, PoolKind
from sushui.planner.services import ChangeDraft, MoneyDraft, PoolDraft, ScenarioDraft
from sushui.projects.enums import FundingSource, ProjectSector, ResourceFactor

from .county import SampleCounty
from .plan import read_table
from .projects import OFFICE


def plan_next_year(county: SampleCounty, now: datetime) -> None:
    """Enter the resources and the money of the next year and plan with them, as things stand now."""
    said, office = read_table("planner"), county.viewer(OFFICE)
    with clock.frozen(now):
        year = clock.today().year + 1
        pools = []
        for factor, kind, amount, from_on, agency, what, document in said["resources"]:
            draft = PoolDraft(
                ResourceFactor(factor),
                PoolKind(kind),
                Decimal(amount),
                year,
                date(year, *from_on),
                date(year, 12, 31) if kind == PoolKind.CONSUMABLE else None,
                county.agencies[agency].pk if agency else None,
                what=what,
                document=document,
            )
            pools.append(services.add_pool(office, draft))
        for source, amount, arrives, uses, what in said["money"]:
            sectors = tuple(ProjectSector(each) for each in uses)
            arrival = MoneyDraft(FundingSource(source), Decimal(amount), date(year, *arrives), sectors, what)
            services.add_money(office, arrival)
        scenario = services.draft_scenario(office, ScenarioDraft(said["scenario"], year))
        services.plan_by_rank(office, scenario)
        copied = services.copy_scenario(office, scenario, name=said["copy"])
        more = ChangeDraft(ChangeKind.POOL, pool_id=pools[0].pk, by=Decimal(said["more_land"]))
        services.change_scenario(office, copied, more)
        services.plan_by_rank(office, copied)
