"""What an expression is: a number with a dimension, a test, a code, a set or rows; and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import NoReturn

from .errors import Refusal
from .registry import Field, Kind, Registry
from .texts import Place
from .tree import (
    Arithmetic,
    Compare,
    Comparison,
    Constant,
    FieldNumber,
    FieldTruth,
    Number,
    Shifted,
    Test,
)
from .units import DATE, DAYS, MONEY, MONTHS, SHARE, Dimension, divided, multiplied, named

LONGEST = 12 * 500  # months; no duration of a policy is longer


class Shape(StrEnum):
    """What kind of thing an expression gives."""

    NUMBER = "number"
    TEST = "test"
    CODE = "code"
    SET = "set"
    ROWS = "rows"


@dataclass(frozen=True)
class Typed:
    """A piece of an expression. `node`: a `Number`, a `Test`, or the field of a code, a set or rows.

    `is_plain`: a number written without a unit; `rows`: the rows whose column a code or set is.
    """

    shape: Shape
    node: Number | Test | Field
    dimension: Dimension = SHARE
    is_plain: bool = False
    rows: str = ""


@dataclass(frozen=True)
class Scope:
    """What names mean where an expression stands.

    `named`: constants and definitions of the policy. `row`: the rows field whose columns are named without it.
    """

    registry: Registry
    place: Place
    policy: str = ""
    named: Mapping[str, Typed] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    row: Field | None = None
    written: str = ""

    def refuse(self, code: Refusal, **params: object) -> NoReturn:
        """Raise a refusal at this place."""
        self.place.refuse(code, **params)


def field_of(found: Field, rows: str = "") -> Typed:
    """A field as a piece of an expression."""
    if found.kind.is_number:
        return Typed(Shape.NUMBER, FieldNumber(found.key, rows), found.dimension)
    if found.kind is Kind.BOOLEAN:
        return Typed(Shape.TEST, FieldTruth(found.key, rows))
    return Typed({Kind.CODE: Shape.CODE, Kind.SET: Shape.SET, Kind.ROWS: Shape.ROWS}[found.kind], found, rows=rows)


def number(typed: Typed, scope: Scope) -> Number:
    """The number that it is. Raises `MatchingError`: WRONG_KIND."""
    if typed.shape is not Shape.NUMBER or isinstance(typed.node, Field):
        scope.refuse(Refusal.WRONG_KIND, expression=scope.written, expected="number", found=typed.shape.value)
    return typed.node  # type: ignore[return-value]


def test(typed: Typed, scope: Scope) -> Test:
    """The test that it is. Raises `MatchingError`: WRONG_KIND."""
    if typed.shape is not Shape.TEST or isinstance(typed.node, Field):
        scope.refuse(Refusal.WRONG_KIND, expression=scope.written, expected="test", found=typed.shape.value)
    return typed.node  # type: ignore[return-value]


def constant_of(typed: Typed) -> Fraction | None:
    """The value of what is a constant."""
    return typed.node.value if isinstance(typed.node, Constant) else None


def _is_zero(typed: Typed) -> bool:
    return typed.is_plain and constant_of(typed) == 0


def common_dimension(first: Typed, second: Typed, scope: Scope) -> Dimension:
    """The dimension that two numbers have in common; a plain 0 has every one.

    Raises `MatchingError`: WRONG_UNIT.
    """
    number(first, scope), number(second, scope)
    if _is_zero(first):
        return second.dimension
    if not _is_zero(second) and first.dimension != second.dimension:
        expected, found = named(first.dimension), "" if second.is_plain else named(second.dimension)
        scope.refuse(Refusal.WRONG_UNIT, expression=scope.written, expected=expected, found=found)
    return first.dimension


def compared(sign: str, first: Typed, second: Typed, scope: Scope) -> Typed:
    """A comparison. Raises `MatchingError`: WRONG_UNIT, RATE_WITHOUT_PERCENT."""
    dimension = common_dimension(first, second, scope)
    for one, other in ((first, second), (second, first)):
        value = constant_of(one)
        if dimension == SHARE and one.is_plain and not other.is_plain and value is not None and value > 1:
            scope.refuse(Refusal.RATE_WITHOUT_PERCENT, value=str(value))
    return Typed(Shape.TEST, Compare(Comparison(sign), number(first, scope), number(second, scope)))


def added(sign: str, first: Typed, second: Typed, scope: Scope) -> Typed:
    """A sum or difference; of dates and durations too. Raises `MatchingError`: WRONG_UNIT, WRONG_KIND."""
    one, other = number(first, scope), number(second, scope)
    pair = (first.dimension, second.dimension)
    if pair == (DATE, MONTHS):
        value = constant_of(second)
        if value is None or value.denominator != 1 or abs(value) > LONGEST:
            scope.refuse(Refusal.WRONG_KIND, expression=scope.written, expected="constant", found="number")
        return Typed(Shape.NUMBER, Shifted(one, int(value) * (-1 if sign == "-" else 1)), DATE)
    if pair == (DATE, DAYS):
        return Typed(Shape.NUMBER, Arithmetic(sign, one, other), DATE)
    if pair == (DATE, DATE) and sign == "-":
        return Typed(Shape.NUMBER, Arithmetic("-", one, other), DAYS)
    dimension = common_dimension(first, second, scope)
    if DATE in pair:
        scope.refuse(Refusal.WRONG_UNIT, expression=scope.written, expected="天", found=named(DATE))
    return _folded(sign, first, second, dimension)


def times(sign: str, first: Typed, second: Typed, scope: Scope) -> Typed:
    """A product or quotient. Raises `MatchingError`: RATE_WITHOUT_PERCENT, WRONG_UNIT."""
    number(first, scope), number(second, scope)
    for one in (first, second):
        if one.dimension == DATE:
            scope.refuse(Refusal.WRONG_UNIT, expression=scope.written, expected="天", found=named(DATE))
    if sign == "*":
        _refuse_bare_factor(first, second, scope)
        return _folded("*", first, second, multiplied(first.dimension, second.dimension))
    if constant_of(second) == 0:
        scope.refuse(Refusal.BAD_VALUE, place=scope.place.path, value=scope.written)
    return _folded("/", first, second, divided(first.dimension, second.dimension))


def _refuse_bare_factor(first: Typed, second: Typed, scope: Scope) -> None:
    """`10 * spending` is nearly always 10% of it; ten times is written 10倍."""
    for one, other in ((first, second), (second, first)):
        value = constant_of(one)
        if one.is_plain and value is not None and value > 1 and other.dimension == MONEY and constant_of(other) is None:
            scope.refuse(Refusal.RATE_WITHOUT_PERCENT, value=str(value))


def _folded(sign: str, first: Typed, second: Typed, dimension: Dimension) -> Typed:
    one, other = constant_of(first), constant_of(second)
    if one is None or other is None:
        return Typed(Shape.NUMBER, Arithmetic(sign, first.node, second.node), dimension)  # type: ignore[arg-type]
    value = {"+": one + other, "-": one - other, "*": one * other}.get(sign)
    value = one / other if value is None else value
    return Typed(Shape.NUMBER, Constant(value), dimension, first.is_plain and second.is_plain)
