"""Expressions: what they mean, with known and with missing figures."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.engines.matching.world import policy_text, refusal, status_of

YUAN = 100
WAN = 10_000 * YUAN
LOANS = [
    {"principal": 100 * WAN, "rate": Fraction(305, 10000), "signed_on": date(2024, 3, 1), "purpose": "working"},
    {"principal": 50 * WAN, "rate": Fraction(4, 100), "signed_on": date(2023, 9, 1), "purpose": "fixed"},
]


@pytest.mark.parametrize(
    ("test", "facts", "expected"),
    [
        ("revenue >= 2000万元", {"revenue": 2000 * WAN}, "yes"),
        ("revenue > 2000万元", {"revenue": 2000 * WAN}, "no"),
        ("revenue >= 2000万元", {"revenue": 2000 * WAN - 1}, "no"),
        ("revenue >= 2000万元", {}, "unknown"),
        ("revenue >= 0", {}, "yes"),
        ("profit >= 0", {}, "unknown"),
        ("profit > 0", {"profit": -1}, "no"),
        ("growth(revenue, revenue_last_year) >= 10%", {"revenue": 110, "revenue_last_year": 100}, "yes"),
        ("growth(revenue, revenue_last_year) >= 10%", {"revenue": 109, "revenue_last_year": 100}, "no"),
        ("growth(revenue, revenue_last_year) >= 10%", {"revenue": 109, "revenue_last_year": 0}, "unknown"),
        ("growth(revenue, revenue_last_year) >= 10%", {"revenue_last_year": 100}, "unknown"),
        ("graduates / staff >= 30%", {"graduates": 3, "staff": 10}, "yes"),
        ("revenue / land >= 10万元/亩", {"revenue": 335 * WAN, "land": Fraction(67, 2)}, "yes"),
        ("revenue / land > 10万元/亩", {"revenue": 335 * WAN, "land": Fraction(67, 2)}, "no"),
        ("max(revenue, revenue_last_year) >= 5万元", {"revenue": 5 * WAN}, "yes"),
        ("revenue < revenue_last_year", {"revenue": 5}, "unknown"),
        ("layoff_rate <= 5.5%", {"layoff_rate": Fraction(55, 1000)}, "yes"),
        ("staff != 0", {"staff": 3}, "yes"),
        ("if(is_listed, staff, graduates) >= 5人", {"staff": 7, "graduates": 6}, "yes"),
        ("if(is_listed, staff, graduates) >= 5人", {"staff": 7, "graduates": 4}, "unknown"),
    ],
)
def test_numbers_are_compared(test, facts, expected):
    assert status_of(test, **facts) == expected


@pytest.mark.parametrize(
    ("test", "facts", "expected"),
    [
        ("industry in {C26*, I65*}", {"industry": "C2619"}, "yes"),
        ("industry in {C26*, I65*}", {"industry": "C27"}, "no"),
        ("industry not in {C26*}", {"industry": "C27"}, "yes"),
        ("industry not in {C26*}", {}, "unknown"),
        ("scale in small_ones", {"scale": "micro"}, "yes"),
        ("scale = small", {"scale": "large"}, "no"),
        ("scale != small", {"scale": "large"}, "yes"),
        ("honors contains 专精特新", {"honors": ["专精特新", "瞪羚"]}, "yes"),
        ("honors contains all {专精特新, 单项冠军}", {"honors": ["专精特新"]}, "no"),
        ("honors contains any {专精特新, 单项冠军}", {"honors": ["单项冠军"]}, "yes"),
        ("honors contains 专精特新", {}, "unknown"),
        ("is_listed", {"is_listed": True}, "yes"),
        ("not is_listed", {"is_listed": True}, "no"),
        ("is_listed or staff >= 5人", {"staff": 5}, "yes"),
        ("is_listed and staff >= 5人", {"staff": 4}, "no"),
        ("is_listed and staff >= 5人", {"staff": 5}, "unknown"),
        ("is_listed = (staff >= 5人)", {"staff": 4, "is_listed": False}, "yes"),
    ],
)
def test_codes_sets_and_truths_are_tested(test, facts, expected):
    assert status_of(test, **facts) == expected


@pytest.mark.parametrize(
    ("test", "day", "expected"),
    [
        ("registered_on + 1年 <= 2025-02-28", date(2024, 2, 29), "yes"),
        ("registered_on + 4年 = 2028-02-29", date(2024, 2, 29), "yes"),
        ("registered_on + 1个月 = 2024-02-29", date(2024, 1, 31), "yes"),
        ("registered_on - 1个月 = 2024-02-29", date(2024, 3, 31), "yes"),
        ("months_between(registered_on, 2024-02-29) = 1个月", date(2024, 1, 31), "yes"),
        ("months_between(registered_on, 2024-02-28) = 0个月", date(2024, 1, 31), "yes"),
        ("months_between(registered_on, today) >= 2年", date(2022, 7, 1), "no"),
        ("months_between(registered_on, today) >= 2年", date(2022, 6, 30), "yes"),
        ("days_between(registered_on, 2024-03-01) = 2天", date(2024, 2, 28), "yes"),
        ("registered_on + 2天 = 2024-03-01", date(2024, 2, 28), "yes"),
        ("year_start(registered_on, 1) = 2025-01-01", date(2024, 2, 29), "yes"),
        ("year_start(today) = 2024-01-01", date(2024, 2, 29), "yes"),
        ("today - registered_on >= 365天", date(2023, 7, 1), "yes"),
        ("registered_on >= 2024-01-01", None, "unknown"),
        ("registered_on + 1年 >= 2024-01-01", None, "unknown"),
    ],
)
def test_dates_are_counted_by_the_calendar(test, day, expected):
    assert status_of(test, registered_on=day) == expected


@pytest.mark.parametrize(
    ("test", "loans", "expected"),
    [
        ("count(loans where principal >= 100万元) >= 1笔", LOANS, "yes"),
        ("count(loans) = 2笔", LOANS, "yes"),
        ("sum(loans: principal where purpose = working) = 100万元", LOANS, "yes"),
        ("greatest(loans: principal) = 100万元", LOANS, "yes"),
        ("sum(loans, principal where purpose = working) = 100万元", LOANS, "yes"),
        ("any(loans where rate > 5%)", LOANS, "no"),
        ("every(loans where rate <= 4%)", LOANS, "yes"),
        ("every(loans where rate <= at(lpr, signed_on))", LOANS, "no"),
        ("any(loans where rate <= at(lpr, signed_on))", LOANS, "yes"),
        ("any(loans where rate <= at(lpr, signed_on))", [{"rate": Fraction(3, 100)}], "unknown"),
        ("any(loans where rate > 5%)", [], "no"),
        ("any(loans where rate > 5%)", None, "unknown"),
        ("any(loans where rate > 5%)", [{}], "unknown"),
        ("count(loans where rate > 5%) <= 1笔", [{}], "yes"),
        ("sum(loans: principal) >= 0", None, "yes"),
        ("any(loans where is_repaid)", [{"is_repaid": False}, {}], "unknown"),
    ],
)
def test_rows_are_counted_and_summed(test, loans, expected):
    assert status_of(test, loans=loans) == expected


def test_a_parameter_before_its_first_day_is_unknown():
    loans = [{"rate": Fraction(3, 100), "signed_on": date(2020, 1, 1)}]

    found = status_of("any(loans where rate <= at(lpr, signed_on))", loans=loans)

    assert found == "unknown"


def test_a_parameter_has_the_value_of_the_day():
    assert status_of("lpr = 3.45%") == "yes"


@pytest.mark.parametrize(
    ("test", "code", "facts"),
    [
        ("revenu > 0", "unknown_field", {"field": "revenu", "similar": ("revenue",)}),
        ("revenue >= 2000", "wrong_unit", {"expected": "元", "found": ""}),
        ("staff >= 5天", "wrong_unit", {"expected": "人", "found": "天"}),
        ("layoff_rate <= 10", "rate_without_percent", {"value": "10"}),
        ("10 * revenue > 5元", "rate_without_percent", {"value": "10"}),
        ("growth(revenue, revenue_last_year) > 5", "rate_without_percent", {"value": "5"}),
        ("revenue > 3斗", "unknown_unit", {"unit": "斗"}),
        ("revenue", "wrong_kind", {"expected": "test", "found": "number"}),
        ("is_listed + 3人 > 0", "wrong_kind", {"expected": "number", "found": "test"}),
        ("revenue >", "not_an_expression", {"expression": "revenue >", "at": 10, "found": "end"}),
        ("revenue > 3元 3元", "not_an_expression", {"expression": "revenue > 3元 3元", "at": 14, "found": "3元"}),
        ("revenue ? 3元", "not_an_expression", {"expression": "revenue ? 3元", "at": 9, "found": "?"}),
        ("industry in nobody", "unknown_list", {"name": "nobody"}),
        ("registered_on * 2 > today", "wrong_unit", {"expected": "天", "found": "日期"}),
        ("registered_on + 5人 > today", "wrong_unit", {"expected": "日期", "found": "人"}),
        ("revenue / 0 > 1元", "bad_value", {"place": "items[1].conditions[1]", "value": "revenue / 0 > 1元"}),
        ("today > 2024-02-30", "bad_value", {"place": "items[1].conditions[1]", "value": "2024-02-30"}),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_line(test, code, facts):
    found, line, params = refusal(policy_text(f'[{{test: "{test}", cite: c}}]'))

    assert (found, line, {"expression": test, **facts}) == (code, 9, {"expression": test, **params})


def test_an_unknown_code_is_refused_with_those_that_there_are():
    code, line, facts = refusal(policy_text("[{test: 'scale = big', cite: c}]"))

    assert (code, line, facts["given"], facts["allowed"]) == (
        "unknown_code",
        9,
        "big",
        ("large", "medium", "small", "micro"),
    )


def test_an_unknown_function_is_refused():
    code, _, facts = refusal(policy_text("[{test: 'median(revenue) > 0', cite: c}]"))

    assert (code, facts["name"]) == ("unknown_function", "median")
