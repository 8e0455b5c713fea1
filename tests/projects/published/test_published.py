"""Published figures reproduced within 0.1 point, from rows shaped as the notices describe.

The figures and their sources stand in ``figures.toml``. A notice counts or sums projects: here each is a row, and the
functions of `rules.ratios` and `rules.portfolios` count and sum the rows again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sushui.projects.enums import PortfolioGroup, ProjectSector
from sushui.projects.rules import ratios
from sushui.projects.rules.portfolios import EntryRow, grouped, totals_of
from sushui.projects.rules.ratios import ProjectLife, Ratio

POINT = Decimal("0.1")
YI = Decimal(100_000_000)
NOTICES = {each["key"]: each for each in tomllib.loads(Path(__file__).with_name("figures.toml").read_text())["notices"]}


class Work(NamedTuple):
    """A project or piece of work as a notice lists it: its group, what was planned for the year and what was done."""

    group: str
    planned: Decimal = Decimal()
    done: Decimal = Decimal()


def said(notice: str, name: str) -> dict[str, Any]:
    return next(each for each in NOTICES[notice]["figures"] if each["name"] == name)


def published(notice: str, name: str) -> Decimal:
    return Decimal(said(notice, name)["published"])


def yuan(text: str) -> Decimal:
    return Decimal(text) * YI


def is_near(ratio: Ratio, published: Decimal) -> bool:
    return ratio.percent is not None and abs(ratio.percent - published) < POINT


def parted(total: Decimal, count: int) -> Iterator[Decimal]:
    """An amount in so many parts, the last of which takes what is left over."""
    each = (total / count).quantize(Decimal("0.01"))
    yield from [each] * (count - 1)
    yield total - each * (count - 1)


def zones() -> list[ProjectLife]:
    """94 signed projects of which 82 have started, 25 that started unsigned, and 67 of all these in production."""
    lives = [(True, True)] * 82 + [(True, False)] * 12 + [(False, True)] * 25
    expected, actual = parted(yuan("235.04"), 67), parted(yuan("216.65"), 67)
    producing = [ProjectLife(*life, True, next(expected), next(actual)) for life in lives[:67]]
    return producing + [ProjectLife(*life) for life in lives[67:]]


def works(notice: str, *left_out: str) -> list[Work]:
    """Rows for each group of a notice: as many as it counts, else one."""
    groups = [each for each in NOTICES[notice]["figures"] if each["name"] not in left_out]
    amounts = [(each, each.get("count", 1)) for each in groups]
    return [
        Work(each["name"], planned, done)
        for each, count in amounts
        for planned, done in zip(parted(yuan(each["whole"]), count), parted(yuan(each["part"]), count), strict=True)
    ]


def pair(work: Work) -> tuple[Decimal, Decimal]:
    return work.done, work.planned


# --- three batches ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "rate"),
    [
        ("签约项目开工率", ratios.start_rate),
        ("开工项目投产率", ratios.production_rate),
        ("投产项目达效率", ratios.target_rate),
    ],
)
def test_the_three_rates_of_a_city_are_reproduced(name: str, rate: Any) -> None:
    assert is_near(rate(zones()), published("zones_of_a_city", name))


def test_the_three_rates_count_what_the_notice_counts() -> None:
    rows = zones()

    counted = [ratios.start_rate(rows), ratios.production_rate(rows), ratios.target_rate(rows)]

    assert counted == [
        Ratio(Decimal(82), Decimal(94)),
        Ratio(Decimal(67), Decimal(107)),
        Ratio(yuan("216.65"), yuan("235.04")),
    ]


def test_the_target_rate_of_a_capital_is_reproduced() -> None:
    rows = [ProjectLife(True, True, True, yuan("418.12"), yuan("301.7"))]

    assert is_near(ratios.target_rate(rows), published("three_batches_of_a_capital", "投产项目达效率"))


def test_what_cannot_be_computed_is_named_with_its_reason() -> None:
    found = {
        (key, each["name"]): each["why_not"]
        for key, notice in NOTICES.items()
        for each in notice["figures"]
        if "why_not" in each
    }

    assert found == {
        ("three_batches_of_a_capital", "签约项目开工率"): "the notice does not say how many have started",
        ("three_batches_of_a_capital", "开工项目投产率"): "the notice does not say how many are in production",
    }


@pytest.mark.parametrize(("name", "whole"), [("签约项目开工率", 68), ("开工项目投产率", 57)])
def test_a_rate_without_its_count_fits_one_count_alone(name: str, whole: int) -> None:
    """No proof, as the count is inferred from the rate: but exactly one whole number fits."""
    rate = published("three_batches_of_a_capital", name)

    fitting = [part for part in range(whole + 1) if is_near(Ratio(Decimal(part), Decimal(whole)), rate)]

    assert len(fitting) == 1


# --- shares of the year's plan ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["省级", "市级", "县级"])
def test_the_share_done_of_each_level_is_reproduced(name: str) -> None:
    rows = [work for work in works("key_projects_by_level", "全县") if work.group == name]

    assert is_near(ratios.ratio_of(map(pair, rows)), published("key_projects_by_level", name))


def test_the_levels_sum_to_the_county() -> None:
    whole = ratios.ratio_of(map(pair, works("key_projects_by_level", "全县")))

    assert (whole, is_near(whole, published("key_projects_by_level", "全县"))) == (
        Ratio(yuan("77.57"), yuan("63.27")),
        True,
    )


@pytest.mark.parametrize("name", ["在建", "计划新开工", "预备"])
def test_the_share_done_of_each_group_is_reproduced(name: str) -> None:
    rows = [work for work in works("key_projects_by_group", "全部") if work.group == name]

    assert is_near(ratios.ratio_of(map(pair, rows)), published("key_projects_by_group", name))


def test_the_groups_sum_to_all_530_projects() -> None:
    rows = works("key_projects_by_group", "全部")

    whole = ratios.ratio_of(map(pair, rows))

    assert (len(rows), is_near(whole, published("key_projects_by_group", "全部"))) == (530, True)


# --- shares of a list ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", [each["name"] for each in NOTICES["inspected_work"]["figures"]])
def test_the_share_of_each_finding_is_reproduced(name: str) -> None:
    rows = [each["name"] for each in NOTICES["inspected_work"]["figures"] for _item in range(int(each["part"]))]

    assert is_near(ratios.share(rows, name.__eq__), published("inspected_work", name))


def test_the_findings_are_all_of_the_list() -> None:
    rows = [each["name"] for each in NOTICES["inspected_work"]["figures"] for _item in range(int(each["part"]))]

    found = [ratios.share(rows, name.__eq__) for name in dict.fromkeys(rows)]

    assert sum(each.part for each in found) == len(rows) == 222


# --- sums ------------------------------------------------------------------------------------------------------------
def test_the_investment_of_what_began_together_is_reproduced() -> None:
    kinds = {ProjectSector.INDUSTRY: "产业类", ProjectSector.INFRASTRUCTURE: "基础设施类"}
    parts = [(sector, yuan(part)) for sector, kind in kinds.items() for part in said("begun_together", kind)["parts"]]
    rows = [EntryRow(number, "", number, total, sector=sector) for number, (sector, total) in enumerate(parts, start=1)]

    sums = {each.key: each.totals.total for each in grouped(rows, PortfolioGroup.SECTOR)}

    assert (len(rows), sums, totals_of(rows).total) == (
        9,
        {sector.value: yuan(said("begun_together", kind)["published"]) for sector, kind in kinds.items()},
        yuan(said("begun_together", "总投资")["published"]),
    )
