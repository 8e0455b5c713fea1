"""Quantities: exact, with their dimensions."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sushui.engines.matching.units import MONEY, SHARE, UnknownUnit, match_quantity, named, read_quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2000万元", 2_000_000_000, "元"),
        ("0.02元/度", 2, "元/千瓦时"),
        ("1.5亿元", 15_000_000_000, "元"),
        ("500元/人/月", 50_000, "元/人·月"),
        ("1200元/人/年", 10_000, "元/人·月"),
        ("10%", Fraction(1, 10), "%"),
        ("3‰", Fraction(3, 1000), "%"),
        ("2倍", 2, "%"),
        ("3年", 36, "月"),
        ("5千瓦", 5, "千瓦"),
        ("5千千瓦时", 5000, "千瓦时"),
        ("33.5亩", Fraction(67, 2), "亩"),
        ("1,234.56元", 123_456, "元"),
        ("-50万元", -50_000_000, "元"),
        ("3百万元", 300_000_000, "元"),
    ],
)
def test_a_quantity_is_read_exactly(text, value, unit):
    found = read_quantity(text)

    assert (found.value, named(found.dimension), found.is_plain) == (value, unit, False)


def test_a_plain_number_says_so():
    assert read_quantity("10").is_plain is True


@pytest.mark.parametrize("text", ["", "元", "10元 5元", "10元/staff"])
def test_what_is_more_or_less_than_a_quantity_is_none(text):
    assert read_quantity(text) is None


def test_a_division_by_a_field_ends_the_quantity():
    quantity, end = match_quantity("10元/staff")

    assert (quantity.dimension, end) == (MONEY, 3)


def test_a_plain_number_is_divided_not_named_per_unit():
    quantity, end = match_quantity("10/人")

    assert (quantity.dimension, end) == (SHARE, 2)


def test_a_unit_that_nobody_knows_is_named():
    with pytest.raises(UnknownUnit) as unknown:
        read_quantity("5斗")

    assert str(unknown.value) == "斗"
