"""The sample's portfolio: the figures that a county published come out exactly, and its versions differ."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sushui.organizations.queries import viewer_of_account
from sushui.projects.enums import PortfolioGroup, PortfolioState, ProjectSector
from sushui.projects.models import PortfolioVersion
from sushui.projects.queries.portfolios import EntryFilter, entry_rows, lives_of, narrowed_rows
from sushui.projects.rules import ratios
from sushui.projects.rules.portfolios import compare, grouped, totals_of
from sushui.projects.rules.ratios import Ratio

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]
YI = Decimal(100_000_000)


def version(number: int) -> PortfolioVersion:
    viewer = viewer_of_account("project")
    assert viewer is not None, "the sample has a project office"
    return PortfolioVersion.objects.get(number=number, division_id=viewer.division_id)


def sector(number: int, which: ProjectSector) -> tuple[int, Decimal]:
    """How many projects of a sector a version holds, and their investment."""
    rows = narrowed_rows(entry_rows(version(number)), EntryFilter({PortfolioGroup.SECTOR: which.value}))
    totals = totals_of(rows)
    return totals.count, totals.total


def test_three_versions_stand_each_in_its_state() -> None:
    assert [version(number).state for number in (1, 2, 3)] == [
        PortfolioState.APPROVED,
        PortfolioState.ADJUSTED,
        PortfolioState.DRAFT,
    ]


@pytest.mark.parametrize(
    ("which", "published"),
    [
        (ProjectSector.INDUSTRY, (32, Decimal(14_955_000_000))),
        (ProjectSector.ENERGY, (1, Decimal(9_586_000_000))),
        (ProjectSector.INFRASTRUCTURE, (1, Decimal(2_264_000_000))),
    ],
)
def test_the_published_sums_stand_in_the_approved_version(which: ProjectSector, published: tuple[int, Decimal]) -> None:
    assert sector(1, which) == published


def test_the_industrial_projects_are_all_over_a_hundred_million_and_in_six_clusters() -> None:
    industrial = EntryFilter({PortfolioGroup.SECTOR: ProjectSector.INDUSTRY.value}, least=YI)

    rows = narrowed_rows(entry_rows(version(1)), industrial)

    assert (len(rows), len(grouped(rows, PortfolioGroup.CLUSTER))) == (32, 6)


@pytest.mark.parametrize("by", list(PortfolioGroup))
def test_the_groups_of_each_version_sum_to_it(by: PortfolioGroup) -> None:
    for number in (1, 2, 3):
        rows = entry_rows(version(number))

        assert sum(each.totals.total for each in grouped(rows, by)) == totals_of(rows).total


def test_the_adjustment_tells_what_came_in_went_out_and_moved() -> None:
    found = compare(entry_rows(version(1)), entry_rows(version(2)))

    assert (
        [row.name for row in found.entered],
        [row.name for row in found.left],
        sorted(move.after.name for move in found.moved),
    ) == (["县人民医院住院楼扩建"], ["生物质热电联产"], ["东华高端轴承产业园", "涑水新区"])


def test_the_rates_of_the_approved_version_can_be_computed() -> None:
    lives = list(lives_of(version(1)).values())

    rates = [ratios.start_rate(lives), ratios.production_rate(lives), ratios.target_rate(lives)]

    assert rates == [
        Ratio(Decimal(27), Decimal(33)),
        Ratio(Decimal(3), Decimal(27)),
        Ratio(Decimal(753_340_000), Decimal(784_000_000)),
    ]
