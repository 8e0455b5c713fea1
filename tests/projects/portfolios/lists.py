"""What the tests of portfolios say in one line each; amounts in 亿元."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sushui.projects.models import PortfolioEntry, PortfolioVersion, Project, ProjectPortfolio
from sushui.projects.queries import ProjectFilter
from sushui.projects.services import portfolios
from sushui.projects.services.clusters import ClusterEntry, set_clusters
from tests.projects.play import Play

YI = Decimal(100_000_000)
DAY = date(2026, 1, 10)


@dataclass(frozen=True)
class Lists(Play):
    """Acts on the year's portfolio."""

    def sized(self, name: str, total: int, **values: Any) -> Project:
        """A project of so many 亿元."""
        return self.project(name=name, total_investment=total * YI, **values)

    def cluster(self, name: str) -> int:
        """A cluster of the county, by its number."""
        return set_clusters(self.office, [ClusterEntry(name)])[0].pk

    def open(self, year: int = 2026, name: str = "项目盘子") -> ProjectPortfolio:
        return portfolios.open_portfolio(self.office, year=year, name=name)

    def drafted(self, portfolio: ProjectPortfolio | None = None, **narrowed: Any) -> PortfolioVersion:
        return portfolios.draft_from_ledger(self.office, portfolio or self.open(), ProjectFilter(**narrowed))

    def discussed(self, version: PortfolioVersion) -> PortfolioVersion:
        return portfolios.discuss_version(self.office, version, on=DAY, note="县长办公会")

    def approved(self, version: PortfolioVersion) -> PortfolioVersion:
        return portfolios.approve_version(self.viewer("leader"), self.discussed(version), on=DAY)

    def adjusting(self, version: PortfolioVersion, note: str = "年中调整") -> PortfolioVersion:
        return portfolios.draft_from_version(self.office, version, note=note)

    def entry(self, version: PortfolioVersion, name: str) -> PortfolioEntry:
        return PortfolioEntry.objects.select_related("list_version__portfolio").get(list_version=version, name=name)

    def names(self, version: PortfolioVersion) -> list[str]:
        """The projects of a version by their rank; ranks run without a gap."""
        rows = list(version.entries.order_by("position").values_list("position", "name"))
        assert [rank for rank, _name in rows] == list(range(1, len(rows) + 1))
        return [name for _rank, name in rows]
