"""What a clause is made of: numbers, tests, and the tree of conditions.

Numbers are exact and in base units (money in 分, dates in days, durations in months or days). Every node is a frozen
value: two that are written alike are equal, so that an engine computes them once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

# Numbers


@dataclass(frozen=True)
class Constant:
    """A number that is written."""

    value: Fraction


@dataclass(frozen=True)
class FieldNumber:
    """A field of the enterprise; with `rows`, a column of the row at hand."""

    key: str
    rows: str = ""


@dataclass(frozen=True)
class Dated:
    """A dated parameter on the day of evaluation, or on the day that `at` gives."""

    key: str
    at: Number | None = None


@dataclass(frozen=True)
class Today:
    """The day of evaluation."""


@dataclass(frozen=True)
class Arithmetic:
    """`+`, `-`, `*`, `/`. A quotient by what is not positive is unknown: nobody grows from nothing or from a loss."""

    sign: str
    first: Number
    second: Number


@dataclass(frozen=True)
class Extreme:
    """The least or the greatest of several."""

    is_least: bool
    of: tuple[Number, ...]


@dataclass(frozen=True)
class Whole:
    """Down (每满) or up (不足…按…计) to a whole number."""

    of: Number
    is_up: bool = False


@dataclass(frozen=True)
class Either:
    """One number if a test holds, another if not, anything between where it is unknown."""

    test: Test
    then: Number
    otherwise: Number


@dataclass(frozen=True)
class Between:
    """Anything from one to the other: the wording "up to" (最高, 不超过)."""

    low: Number
    high: Number


@dataclass(frozen=True)
class Shifted:
    """A date some months later (earlier where negative): the same date, or the last of that month."""

    day: Number
    months: int


@dataclass(frozen=True)
class MonthsBetween:
    """Whole months from one date to another: the most `n` with n months after the first not later than the second."""

    start: Number
    end: Number


@dataclass(frozen=True)
class YearStart:
    """The first day of a date's year, some years later."""

    day: Number
    years: int = 0


@dataclass(frozen=True)
class OverRows:
    """Over the rows that pass a test: the sum of a number, or the greatest (0 where there are none)."""

    rows: str
    value: Number
    where: Test
    is_greatest: bool = False


@dataclass(frozen=True)
class AmountOf:
    """What another item grants, in 分."""

    item: str


Number = (
    Constant | FieldNumber | Dated | Today | Arithmetic | Extreme | Whole | Either | Between | Shifted | MonthsBetween
    | YearStart | OverRows | AmountOf
)  # fmt: skip

# Tests


@dataclass(frozen=True)
class Always:
    """A test that always holds."""


@dataclass(frozen=True)
class FieldTruth:
    """A field that is yes or no; with `rows`, a column of the row at hand."""

    key: str
    rows: str = ""


class Comparison(StrEnum):
    """How two numbers are compared."""

    LESS = "<"
    LESS_OR_EQUAL = "<="
    MORE = ">"
    MORE_OR_EQUAL = ">="
    EQUAL = "="
    UNEQUAL = "!="


@dataclass(frozen=True)
class Compare:
    """Two numbers compared."""

    sign: Comparison
    first: Number
    second: Number


@dataclass(frozen=True)
class Member:
    """A code that is one of some or begins like one of some."""

    key: str
    codes: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    rows: str = ""


@dataclass(frozen=True)
class Contains:
    """A set that has all, or any, of some codes."""

    key: str
    codes: tuple[str, ...]
    needs_all: bool = False
    rows: str = ""


@dataclass(frozen=True)
class Negation:
    """What does not hold."""

    of: Test


@dataclass(frozen=True)
class AtLeast:
    """At least `count` of several; all where it is their number, any where it is 1."""

    count: int
    of: tuple[Test, ...]


@dataclass(frozen=True)
class Judged:
    """What only a person can say; `key` is policy/question."""

    key: str


@dataclass(frozen=True)
class Agreed:
    """A sentence with several readings: holds or fails where all readings agree."""

    readings: tuple[Test, ...]


@dataclass(frozen=True)
class GrantedBy:
    """That another item is granted."""

    item: str


@dataclass(frozen=True)
class AtomTest:
    """The atom of the item with this number, from 0."""

    number: int


Test = Always | FieldTruth | Compare | Member | Contains | Negation | AtLeast | Judged | Agreed | GrantedBy | AtomTest

NOTHING = Constant(Fraction(0))
