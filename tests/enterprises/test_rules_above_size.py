"""Thresholds of the statistics bureau by industry and day."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.enterprises.enums import Reach
from sushui.enterprises.rules.above_size import reach_of, survey_group
from tests.enterprises.test_rules_size import measures

ON = date(2026, 3, 3)
REACHED, BELOW, UNKNOWN = Reach.REACHED, Reach.BELOW, Reach.UNKNOWN


@pytest.mark.parametrize(
    ("code", "revenue", "reach"),
    [
        ("3217", 2000, REACHED),
        ("3217", 1999, BELOW),
        ("5162", 2000, REACHED),
        ("5211", 500, REACHED),
        ("5211", 499, BELOW),
        ("6110", 200, REACHED),
        ("6210", 199, BELOW),
        ("7010", 0, REACHED),
        ("5431", 2000, REACHED),
        ("6513", 1999, BELOW),
        ("7212", 1000, REACHED),
        ("7020", 999, BELOW),
        ("8010", 500, REACHED),
        ("8810", 499, BELOW),
        ("8411", 2000, REACHED),
        ("0111", 99999, UNKNOWN),
        ("3217", None, UNKNOWN),
        ("", 99999, UNKNOWN),
    ],
)
def test_threshold_by_industry(code: str, revenue: int | None, reach: Reach) -> None:
    assert reach_of(code, measures(revenue=revenue), ON) is reach


@pytest.mark.parametrize(("has_qualification", "reach"), [(True, REACHED), (False, BELOW), (None, UNKNOWN)])
def test_builders_count_by_their_qualification(has_qualification: bool | None, reach: Reach) -> None:
    assert reach_of("4710", measures(revenue=1), ON, has_qualification=has_qualification) is reach


def test_services_counted_by_persons_too_before_2021() -> None:
    known = measures(50, 900)

    assert reach_of("6513", known, date(2020, 12, 31)) is REACHED
    assert reach_of("6513", known, date(2021, 1, 1)) is BELOW


def test_before_the_first_rule_nothing_is_compared() -> None:
    assert reach_of("3217", measures(revenue=2000), date(2010, 12, 31)) is UNKNOWN


def test_group_of_an_industry_that_is_not_surveyed_is_empty() -> None:
    assert [survey_group(code) for code in ("0111", "6621", "9999", "")] == ["", "", "", ""]
