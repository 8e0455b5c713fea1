"""Sizes of the table of 2011, each case worked out by hand from the notice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.enterprises.enums import EnterpriseSize, SizeClass
from sushui.enterprises.rules.size import Measures, SizeFound, size_class, size_of
from sushui.enterprises.rules.tables import rows_of

L, M, S, MICRO, UNKNOWN = (EnterpriseSize(each) for each in ("large", "medium", "small", "micro", "unknown"))
ON = date(2026, 3, 3)
WAN = 10_000


def measures(employees: int | None = None, revenue: int | None = None, assets: int | None = None) -> Measures:
    """Persons, and money in 万元."""
    return Measures(
        None if employees is None else Decimal(employees),
        None if revenue is None else Decimal(revenue) * WAN,
        None if assets is None else Decimal(assets) * WAN,
    )


@pytest.mark.parametrize(
    ("code", "known", "size"),
    [
        ("3217", measures(1000, 40000), L),
        ("3217", measures(999, 40000), M),
        ("3217", measures(300, 2000), M),
        ("3217", measures(299, 50000), S),
        ("3217", measures(20, 300), S),
        ("3217", measures(19, 50000), MICRO),
        ("3217", measures(5000, 299), MICRO),
        ("0111", measures(revenue=20000), L),
        ("0111", measures(revenue=500), M),
        ("0111", measures(revenue=49), MICRO),
        ("4710", measures(revenue=80000, assets=80000), L),
        ("4710", measures(revenue=80000, assets=4999), S),
        ("4710", measures(revenue=300, assets=299), MICRO),
        ("5162", measures(200, 40000), L),
        ("5162", measures(20, 5000), M),
        ("5162", measures(5, 1000), S),
        ("5211", measures(50, 500), M),
        ("5211", measures(49, 500), S),
        ("5431", measures(1000, 30000), L),
        ("5910", measures(300, 3000), M),
        ("5951", measures(100, 1000), M),
        ("6020", measures(300, 2000), M),
        ("6110", measures(100, 2000), M),
        ("6210", measures(9, 5000), MICRO),
        ("6311", measures(2000, 99999), M),
        ("6513", measures(300, 10000), L),
        ("6513", measures(10, 50), S),
        ("7010", measures(revenue=200000, assets=10000), L),
        ("7010", measures(revenue=1000, assets=4999), S),
        ("7212", measures(300, assets=120000), L),
        ("7212", measures(9, assets=500000), MICRO),
        ("7310", measures(300), L),
        ("7310", measures(9), MICRO),
    ],
)
def test_size_by_the_table_of_2011(code: str, known: Measures, size: EnterpriseSize) -> None:
    assert size_of(code, known, ON).size is size


@pytest.mark.parametrize(
    ("code", "known", "found"),
    [
        # A bound of the table itself is not known.
        ("7020", measures(300, 1000), SizeFound((M, S), (), has_open_bound=True)),
        ("7020", measures(299, 1000), SizeFound((S,))),
        ("7020", measures(1000, 5000), SizeFound((L,))),
        ("7310", measures(100), SizeFound((M, S), (), has_open_bound=True)),
        ("7212", measures(100, assets=8000), SizeFound((M, S), (), has_open_bound=True)),
        ("7212", measures(300, assets=8000), SizeFound((M, S), (), has_open_bound=True)),
        ("7212", measures(9), SizeFound((MICRO,))),
        # A figure is not known.
        ("3217", measures(1000), SizeFound((L, M, S, MICRO), ("revenue",))),
        ("3217", measures(299), SizeFound((S, MICRO), ("revenue",))),
        ("3217", measures(19), SizeFound((MICRO,))),
        ("3217", measures(), SizeFound((L, M, S, MICRO), ("employees", "revenue"))),
        # The table has no class: finance, education, health, railways, and what is no industry.
        ("6621", measures(5000, 90000), SizeFound()),
        ("8311", measures(5000, 90000), SizeFound()),
        ("8411", measures(5000, 90000), SizeFound()),
        ("5311", measures(5000, 90000), SizeFound()),
        ("", measures(5000, 90000), SizeFound()),
    ],
)
def test_what_is_not_known_leaves_sizes_open(code: str, known: Measures, found: SizeFound) -> None:
    assert size_of(code, known, ON) == found


def test_before_the_notice_there_is_no_size() -> None:
    assert size_of("3217", measures(1000, 40000), date(2011, 6, 17)).size is UNKNOWN


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("7010", SizeClass.REAL_ESTATE),
        ("7020", SizeClass.PROPERTY),
        ("7030", SizeClass.OTHER),
        ("5910", SizeClass.TRANSPORT),
        ("5930", SizeClass.STORAGE),
        ("32", SizeClass.INDUSTRY),
        ("C", SizeClass.INDUSTRY),
        ("8512", SizeClass.OTHER),
        ("9999", None),
    ],
)
def test_class_of_an_industry(code: str, kind: SizeClass | None) -> None:
    assert size_class(code) is kind


known_figures = st.none() | st.integers(0, 3_000_000)


@given(st.sampled_from(["3217", "4710", "7020", "7212", "7310", "0111"]), known_figures, known_figures, known_figures)
def test_more_of_anything_never_makes_an_enterprise_smaller(
    code: str, employees: int | None, revenue: int | None, assets: int | None
) -> None:
    order = [L, M, S, MICRO]

    less = size_of(code, measures(employees, revenue, assets), ON).possible
    more = size_of(code, measures(*(None if each is None else each + 1 for each in (employees, revenue, assets))), ON)

    assert order.index(more.possible[0]) <= order.index(less[0])
    assert order.index(more.possible[-1]) <= order.index(less[-1])


def test_the_table_has_four_bounds_that_are_not_known() -> None:
    unknown = [(row["class"], row["indicator"]) for row in rows_of("size_bounds") if "" in row.values()]

    assert unknown == [
        ("property", "revenue"),
        ("leasing", "employees"),
        ("leasing", "assets"),
        ("other", "employees"),
    ]
