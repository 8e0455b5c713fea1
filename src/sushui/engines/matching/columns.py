"""Columns computed from columns: the few operations into which policies are lowered, each distinct one once.

A column holds whole numbers or truths; null means "no bound" and "unknown". Logic is Kleene's. `case` takes its second
argument where the first one is true, its third where it is false or null. What an operation can reach at most is known
while it is built, so that a back end knows which columns need 128 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from .errors import MatchingError, Refusal

NARROW, WIDE = 2**62, 2**126


@dataclass(frozen=True, eq=False)
class Column:
    """An operation on columns; made by `Columns`, and the same object where it is the same operation.

    `value`: of a literal, the name of a field, the codes of a membership. `low`, `high`: what it can reach. `rows`: it
    has one value per row of this field, not per enterprise.
    """

    op: str
    args: tuple[Column, ...]
    value: object
    number: int
    is_truth: bool
    low: int = 0
    high: int = 0
    is_never_null: bool = False
    rows: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it needs more than 64 bits."""
        return not self.is_truth and max(-self.low, self.high) >= NARROW

    @property
    def membership(self) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """Of a `member`: the field, the codes, and how others begin."""
        name, codes, prefixes = cast("tuple[str, tuple[str, ...], tuple[str, ...]]", self.value)
        return name, codes, prefixes

    @property
    def content(self) -> tuple[str, tuple[str, ...], bool]:
        """Of a `contains`: the field, the codes, and whether all are needed."""
        name, codes, needs_all = cast("tuple[str, tuple[str, ...], bool]", self.value)
        return name, codes, needs_all

    @property
    def literal(self) -> int | bool | None:
        """Of a literal; None for null and for what is none."""
        return self.value if self.op == "literal" and isinstance(self.value, int) else None


class Columns:
    """Builds columns, folds what is constant and keeps each distinct one once."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], Column] = {}
        self.null = self._make("literal", (), None, False, (0, 0))
        self.unknown = self._make("literal", (), "unknown", True, (0, 0))
        self.yes, self.no = self.truth(True), self.truth(False)
        self.zero = self.whole(0)

    def _make(
        self,
        op: str,
        args: tuple[Column, ...],
        value: object,
        is_truth: bool,
        reach: tuple[int, int],
        is_never_null: bool = False,
        rows: str | None = None,
    ) -> Column:
        if rows is None:
            rows = next((arg.rows for arg in args if arg.rows), "")
        key = (op, *(arg.number for arg in args), type(value), value, rows)
        found = self.known.get(key)
        if found is None:
            if max(-reach[0], reach[1]) >= WIDE:
                raise MatchingError(Refusal.TOO_GREAT, most=str(max(-reach[0], reach[1])))
            found = Column(op, args, value, len(self.known), is_truth, *reach, is_never_null, rows)
            self.known[key] = found
        return found

    # What stands for itself

    def whole(self, value: int) -> Column:
        """A number."""
        return self._make("literal", (), value, False, (value, value), True)

    def truth(self, value: bool) -> Column:
        """Yes or no."""
        return self._make("literal", (), value, True, (0, 0), True)

    def field(self, name: str, reach: tuple[int, int], rows: str = "") -> Column:
        """A field with numbers."""
        return self._make("field", (), name, False, reach, rows=rows)

    def true_field(self, name: str, rows: str = "") -> Column:
        """A field with truths."""
        return self._make("field", (), name, True, (0, 0), rows=rows)

    def date_field(self, name: str, reach: tuple[int, int], rows: str = "") -> Column:
        """A field with dates, as days since 0001-01-01, which is day 1."""
        return self._make("date", (), name, False, reach, rows=rows)

    def member(self, name: str, codes: tuple[str, ...], prefixes: tuple[str, ...], rows: str) -> Column:
        """Whether a field is one of some codes or begins like one."""
        return self._make("member", (), (name, codes, prefixes), True, (0, 0), rows=rows)

    def contains(self, name: str, codes: tuple[str, ...], needs_all: bool, rows: str) -> Column:
        """Whether a set has all, or any, of some codes."""
        return self._make("contains", (), (name, codes, needs_all), True, (0, 0), rows=rows)

    # Numbers

    def add(self, first: Column, second: Column) -> Column:
        """The sum."""
        if first.literal is not None and second.literal is not None:
            return self.whole(first.literal + second.literal)
        if 0 in (first.literal, second.literal):
            return second if first.literal == 0 else first
        return self._number("add", (first, second), (first.low + second.low, first.high + second.high))

    def subtract(self, first: Column, second: Column) -> Column:
        """The difference."""
        if first.literal is not None and second.literal is not None:
            return self.whole(first.literal - second.literal)
        if second.literal == 0:
            return first
        return self._number("subtract", (first, second), (first.low - second.high, first.high - second.low))

    def multiply(self, first: Column, second: Column) -> Column:
        """The product."""
        if first.literal is not None and second.literal is not None:
            return self.whole(first.literal * second.literal)
        if 1 in (first.literal, second.literal):
            return second if first.literal == 1 else first
        corners = [one * other for one in (first.low, first.high) for other in (second.low, second.high)]
        return self._number("multiply", (first, second), (min(corners), max(corners)))

    def divide(self, first: Column, second: Column) -> Column:
        """Down to a whole number, of a number that may be negative by one that is positive."""
        if second.literal == 1:
            return first
        if first.literal is not None and second.literal:
            return self.whole(first.literal // second.literal)
        least = max(second.low, 1)
        reach = (min(first.low // least, 0), max(first.high // least, 0))
        if first.low >= 0:
            return self._number("divide", (first, second), reach)
        up = self.add(self.subtract(self.zero, first), self.subtract(second, self.whole(1)))
        down = self._number("divide", (first, second), reach)
        return self.case(
            self.less(first, self.zero), self.subtract(self.zero, self._number("divide", (up, second), reach)), down
        )

    def _number(self, op: str, args: tuple[Column, ...], reach: tuple[int, int], value: object = None) -> Column:
        if any(arg is self.null for arg in args):
            return self.null
        return self._make(op, args, value, False, reach, all(arg.is_never_null for arg in args))

    def least(self, of: Sequence[Column]) -> Column:
        """The least of those that are not null."""
        return self._extreme("least", of)

    def greatest(self, of: Sequence[Column]) -> Column:
        """The greatest of those that are not null."""
        return self._extreme("greatest", of)

    def _extreme(self, op: str, of: Sequence[Column]) -> Column:
        parts = list(dict.fromkeys(each for each in of if each is not self.null))
        if len(parts) < 2:
            return parts[0] if parts else self.null
        literals = [each.literal for each in parts if each.literal is not None]
        pick = min if op == "least" else max
        if len(literals) == len(parts):
            return self.whole(pick(literals))
        reach = (min(each.low for each in parts), max(each.high for each in parts))
        if all(each.is_never_null for each in parts):
            reach = (pick(each.low for each in parts), pick(each.high for each in parts))
        return self._make(op, tuple(parts), None, False, reach, any(each.is_never_null for each in parts))

    def strict(self, op: str, of: Sequence[Column]) -> Column:
        """The least or greatest of all; null where one of them is."""
        if any(each is self.null for each in of):
            return self.null
        nullable = [each for each in of if not each.is_never_null]
        best = self.least(of) if op == "least" else self.greatest(of)
        if not nullable or len(set(of)) == 1:
            return best
        return self.case(self.any_of([self.is_null(each) for each in nullable]), self.null, best)

    def case(self, test: Column, then: Column, otherwise: Column) -> Column:
        """One of two, by a truth; null counts as no."""
        if test is self.yes or then is otherwise:
            return then
        if test in (self.no, self.unknown):
            return otherwise
        reach = (min(then.low, otherwise.low), max(then.high, otherwise.high))
        is_never_null = then.is_never_null and otherwise.is_never_null
        is_truth = then.is_truth or otherwise.is_truth
        return self._make("case", (test, then, otherwise), None, is_truth, reach, is_never_null)

    def filled(self, of: Column, value: int) -> Column:
        """With a number where it is null."""
        if of.is_never_null:
            return of
        if of is self.null:
            return self.whole(value)
        reach = (min(of.low, value), max(of.high, value))
        return self._make("filled", (of,), value, False, reach, True)

    def days(self, op: str, args: tuple[Column, ...], value: int = 0) -> Column:
        """`shift` by months, `months` between, `year` start: on days."""
        reach = (1, 3_652_059) if op != "months" else (-120_000, 120_000)
        return self._number(op, args, reach, value)

    # Truths

    def less(self, first: Column, second: Column) -> Column:
        """first < second."""
        return self._compare("less", first, second)

    def at_most(self, first: Column, second: Column) -> Column:
        """first <= second."""
        return self._compare("at_most", first, second)

    def equal(self, first: Column, second: Column) -> Column:
        """first = second."""
        return self._compare("equal", first, second)

    def _compare(self, op: str, first: Column, second: Column) -> Column:
        if self.null in (first, second):
            return self.unknown
        one, other = first.literal, second.literal
        if one is not None and other is not None:
            return self.truth({"less": one < other, "at_most": one <= other, "equal": one == other}[op])
        return self._make(op, (first, second), None, True, (0, 0), first.is_never_null and second.is_never_null)

    def negate(self, of: Column) -> Column:
        """Not."""
        if of is self.unknown:
            return of
        if of.op == "not":
            return of.args[0]
        if of.literal is not None:
            return self.truth(not of.literal)
        return self._make("not", (of,), None, True, (0, 0), of.is_never_null)

    def all_of(self, of: Sequence[Column]) -> Column:
        """And."""
        return self._joined("and", of, self.yes, self.no)

    def any_of(self, of: Sequence[Column]) -> Column:
        """Or."""
        return self._joined("or", of, self.no, self.yes)

    def _joined(self, op: str, of: Sequence[Column], neutral: Column, decides: Column) -> Column:
        parts = list(dict.fromkeys(each for each in of if each is not neutral))
        if decides in parts:
            return decides
        if len(parts) < 2:
            return parts[0] if parts else neutral
        return self._make(op, tuple(parts), None, True, (0, 0), all(each.is_never_null for each in parts))

    def is_null(self, of: Column) -> Column:
        """Whether it is null."""
        if of.is_never_null:
            return self.no
        if of in (self.null, self.unknown):
            return self.yes
        return self._make("is_null", (of,), None, True, (0, 0), True)

    # Rows

    def over_rows(self, op: str, of: Column, rows: str, most_rows: int = 10_000) -> Column:
        """`sum` or `max` over the rows of an enterprise, null where one of them is; 0 where there are none."""
        reach = (min(of.low, 0) * most_rows, max(of.high, 0) * most_rows) if op == "sum" else (min(of.low, 0), of.high)
        return self._make(op, (of,), rows, False, (reach[0], max(reach[1], 0)), of.is_never_null, "")

    def has_rows(self, rows: str) -> Column:
        """Whether the rows of an enterprise are known."""
        return self._make("known_rows", (), rows, True, (0, 0), True, "")
