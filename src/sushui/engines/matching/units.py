"""Quantities with their units: 2000万元, 1000元/人, 10%, 6个月, 2024-02-29. Exact, never a float.

A dimension says how often each base unit is multiplied (or divided): money is {元: 1}, money per head {元: 1, 人: -1},
a share {}. A number is kept in base units: money in 分, months for years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Dimension = tuple[tuple[str, int], ...]  # sorted by unit, no zeros

SHARE: Dimension = ()
MONEY: Dimension = (("元", 1),)
DAYS: Dimension = (("天", 1),)
MONTHS: Dimension = (("月", 1),)
DATE: Dimension = (("日期", 1),)

SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
COUNTED = (*"个项件家笔次台套户场辆分床张篇部座头只株架列班艘", "小时", "标准箱", "公里", "平方公里", "吨公里")
# A unit's base unit and how many of it there are in one.
UNITS: dict[str, tuple[str, Fraction]] = {
    "元": ("元", Fraction(100)),
    "角": ("元", Fraction(10)),
    "分钱": ("元", Fraction(1)),
    "美元": ("美元", Fraction(100)),
    "天": ("天", Fraction(1)),
    "日": ("天", Fraction(1)),
    "月": ("月", Fraction(1)),
    "个月": ("月", Fraction(1)),
    "年": ("月", Fraction(12)),
    "人": ("人", Fraction(1)),
    "名": ("人", Fraction(1)),
    "度": ("千瓦时", Fraction(1)),
    "千瓦时": ("千瓦时", Fraction(1)),
    "千瓦": ("千瓦", Fraction(1)),
    "兆瓦": ("千瓦", Fraction(1000)),
    "兆瓦时": ("千瓦时", Fraction(1000)),
    "亩": ("亩", Fraction(1)),
    "平方米": ("平方米", Fraction(1)),
    "立方米": ("立方米", Fraction(1)),
    "吨": ("吨", Fraction(1)),
    "公斤": ("吨", Fraction(1, 1000)),
    "吨标准煤": ("吨标准煤", Fraction(1)),
    **{
        unit: (unit, Fraction(1))
        for unit in ["个", "项", "件", "家", "笔", "次", "台", "套", "户", "场", "辆", "分", "小时"]
    },
}
RATES = {"%": Fraction(1, 100), "％": Fraction(1, 100), "‰": Fraction(1, 1000), "倍": Fraction(1)}
_WORD = r"[^\d\s+\-*/()<>=!,.:{}'\"]"
_NUMBER = re.compile(rf"(\d+(?:\.\d+)?)(千万|百万|百|千|万|亿)?({_WORD}*)((?:/{_WORD}+)*)")


@dataclass(frozen=True)
class Quantity:
    """An exact number in base units; `is_plain`: written without any unit."""

    value: Fraction
    dimension: Dimension
    is_plain: bool = False


class UnknownUnit(Exception):
    """A unit that nobody declared: the word itself."""


def match_quantity(text: str, at: int = 0) -> tuple[Quantity, int] | None:
    """The quantity that begins at a place, and where it ends. Raises `UnknownUnit`."""
    found = _NUMBER.match(text, at)
    if found is None:
        return None
    digits, scale, unit, rest = found.groups()
    if (scale or "") + unit in UNITS:  # 千瓦 is a unit, not a thousand of something
        scale, unit = "", (scale or "") + unit
    per, end = [], found.start(4)
    for word in rest.split("/")[1:]:
        if word not in UNITS or not unit:  # a division by a field, not a unit
            break
        per.append(word)
        end += 1 + len(word)
    return _quantity(digits, scale, unit, per), end


def _quantity(digits: str, scale: str | None, unit: str, per: Sequence[str]) -> Quantity:
    value = Fraction(digits) * SCALES[scale or ""]
    if unit in RATES:
        return Quantity(value * RATES[unit], SHARE)
    if not unit:
        return Quantity(value, SHARE, is_plain=True)
    base, count = base_unit(unit)
    value *= count
    dimension: Dimension = ((base, 1),)
    for word in per:
        below, divisor = base_unit(word)
        value, dimension = value / divisor, divided(dimension, ((below, 1),))
    return Quantity(value, dimension)


def base_unit(unit: str) -> tuple[str, Fraction]:
    """The base unit of a unit and how many there are in it. Raises `UnknownUnit`."""
    found = UNITS.get(unit)
    if found is None:
        raise UnknownUnit(unit)
    return found


def read_quantity(text: str) -> Quantity | None:
    """A text that is one quantity, a sign before it, and nothing else. Raises `UnknownUnit`."""
    stripped = text.strip()
    sign = -1 if stripped.startswith("-") else 1
    found = match_quantity(stripped.lstrip("-").replace(",", ""))
    if found is None or found[1] != len(stripped.lstrip("-").replace(",", "")):
        return None
    return Quantity(sign * found[0].value, found[0].dimension, found[0].is_plain)


def multiplied(first: Dimension, second: Dimension) -> Dimension:
    """The dimension of a product."""
    counts = dict(first)
    for unit, count in second:
        counts[unit] = counts.get(unit, 0) + count
    return tuple(sorted((unit, count) for unit, count in counts.items() if count))


def divided(first: Dimension, second: Dimension) -> Dimension:
    """The dimension of a quotient."""
    return multiplied(first, tuple((unit, -count) for unit, count in second))


def named(dimension: Dimension) -> str:
    """A dimension in words: 元/人; "%" for a share."""
    above = "·".join(unit for unit, count in dimension if count > 0)
    below = "·".join(unit for unit, count in dimension if count < 0)
    return f"{above or '1'}/{below}" if below else above or "%"
