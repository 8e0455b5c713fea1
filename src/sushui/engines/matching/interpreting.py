"""The reference: what a number or a test is for one enterprise on one day, exactly, node by node."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sushui.engines.common import months_later

from . import intervals
from .facts import Facts, Row, Value
from .intervals import ANY, Interval, Truth
from .registry import Field, Registry
from .signs import is_never_negative
from .tree import (
    Agreed,
    Always,
    AmountOf,
    Arithmetic,
    AtLeast,
    AtomTest,
    Between,
    Compare,
    Comparison,
    Constant,
    Contains,
    Dated,
    Either,
    Extreme,
    FieldNumber,
    FieldTruth,
    GrantedBy,
    Judged,
    Member,
    MonthsBetween,
    Negation,
    Number,
    OverRows,
    Shifted,
    Test,
    Today,
    Whole,
    YearStart,
)


@dataclass(frozen=True)
class Known:
    """Everything that a node may ask for. `row`: the row at hand; `atoms`: of the item; results of items before."""

    registry: Registry
    facts: Facts
    on: date
    row: Row | None = None
    atoms: Sequence[Truth] = ()
    amounts: Mapping[str, Interval] = field(default_factory=dict)
    granted: Mapping[str, Truth] = field(default_factory=dict)

    def field(self, key: str, rows: str) -> Field:
        """What the registry says of a field or of a column."""
        fields = self.registry.fields
        return fields[rows].columns[key] if rows else fields[key]

    def value(self, key: str, rows: str) -> Value | None:
        """What is known of it."""
        if rows:
            return self.row.get(key) if self.row is not None else None
        return self.facts.values.get(key)


def number_of(node: Number, known: Known) -> Interval:
    """The number in base units, from its least to its greatest."""
    return NUMBERS[type(node)](node, known)


def truth_of(node: Test, known: Known) -> Truth:
    """Whether a test holds; None where nobody knows."""
    return TRUTHS[type(node)](node, known)


def _constant(node: Constant, known: Known) -> Interval:
    return intervals.point(node.value)


def _field(node: FieldNumber, known: Known) -> Interval:
    found = known.field(node.key, node.rows)
    value = known.value(node.key, node.rows)
    if isinstance(value, int):
        return intervals.point(value * found.step if found.step != 1 else value)
    return Interval(found.least, None)


def _dated(node: Dated, known: Known) -> Interval:
    parameter = known.registry.parameters[node.key]
    day = intervals.point(known.on.toordinal()) if node.at is None else number_of(node.at, known)
    if not day.is_point or day.low is None:
        return ANY
    value = parameter.on(date.fromordinal(int(day.low)))
    return ANY if value is None else intervals.point(value)


def _today(node: Today, known: Known) -> Interval:
    return intervals.point(known.on.toordinal())


def _arithmetic(node: Arithmetic, known: Known) -> Interval:
    first, second = number_of(node.first, known), number_of(node.second, known)
    if node.sign == "+":
        return intervals.plus(first, second)
    if node.sign == "-":
        return intervals.plus(first, intervals.negative(second))
    return intervals.product(first, second) if node.sign == "*" else intervals.quotient(first, second)


def _extreme(node: Extreme, known: Known) -> Interval:
    parts = [number_of(each, known) for each in node.of]
    return intervals.least(parts) if node.is_least else intervals.greatest(parts)


def _whole(node: Whole, known: Known) -> Interval:
    return intervals.whole(number_of(node.of, known), node.is_up)


def _either(node: Either, known: Known) -> Interval:
    holds = truth_of(node.test, known)
    if holds is None:
        return intervals.hull(number_of(node.then, known), number_of(node.otherwise, known))
    return number_of(node.then if holds else node.otherwise, known)


def _between(node: Between, known: Known) -> Interval:
    return Interval(number_of(node.low, known).low, number_of(node.high, known).high)


def _shifted(node: Shifted, known: Known) -> Interval:
    return _on_days([node.day], known, lambda day: months_later(date.fromordinal(day), node.months).toordinal())


def _months_between(node: MonthsBetween, known: Known) -> Interval:
    return _on_days([node.start, node.end], known, whole_months)


def whole_months(start: int, end: int) -> int:
    """The most `n` for which `n` months after the start is not later than the end."""
    first, last = date.fromordinal(start), date.fromordinal(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if months_later(first, months) <= last else months - 1


def _year_start(node: YearStart, known: Known) -> Interval:
    return _on_days([node.day], known, lambda day: date(date.fromordinal(day).year + node.years, 1, 1).toordinal())


def _on_days(days: Sequence[Number], known: Known, count: Callable[..., int]) -> Interval:
    found = [number_of(day, known) for day in days]
    if not all(day.is_point for day in found):
        return ANY
    return intervals.point(count(*(int(day.low) for day in found if day.low is not None)))


def _over_rows(node: OverRows, known: Known) -> Interval:
    rows = known.facts.rows.get(node.rows)
    if rows is None:
        return _unknown_rows(node, known)
    parts = [_of_row(node, replace(known, row=row)) for row in rows]
    if node.is_greatest:
        return intervals.greatest([intervals.ZERO, *parts])
    total = intervals.ZERO
    for part in parts:
        total = intervals.plus(total, part)
    return total


def _unknown_rows(node: OverRows, known: Known) -> Interval:
    """Rows that nobody knows: at least 0 where no row can take anything off."""
    return Interval(0, None) if node.is_greatest or is_never_negative(node.value, known.registry) else ANY


def _of_row(node: OverRows, known: Known) -> Interval:
    counts = truth_of(node.where, known)
    if counts is False:
        return intervals.ZERO
    value = number_of(node.value, known)
    return value if counts else intervals.hull(value, intervals.ZERO)


def _amount_of(node: AmountOf, known: Known) -> Interval:
    return known.amounts.get(node.item, intervals.ZERO)


def _always(node: Always, known: Known) -> Truth:
    return True


def _field_truth(node: FieldTruth, known: Known) -> Truth:
    value = known.value(node.key, node.rows)
    return value if isinstance(value, bool) else None


def _compare(node: Compare, known: Known) -> Truth:
    first, second = number_of(node.first, known), number_of(node.second, known)
    return COMPARED[node.sign](first, second)


COMPARED: dict[Comparison, Callable[[Interval, Interval], Truth]] = {
    Comparison.LESS: intervals.less,
    Comparison.MORE: lambda first, second: intervals.less(second, first),
    Comparison.LESS_OR_EQUAL: lambda first, second: intervals.opposite(intervals.less(second, first)),
    Comparison.MORE_OR_EQUAL: lambda first, second: intervals.opposite(intervals.less(first, second)),
    Comparison.EQUAL: intervals.equal,
    Comparison.UNEQUAL: lambda first, second: intervals.opposite(intervals.equal(first, second)),
}


def _member(node: Member, known: Known) -> Truth:
    value = known.value(node.key, node.rows)
    if not isinstance(value, str):
        return None
    return value in node.codes or any(value.startswith(prefix) for prefix in node.prefixes)


def _contains(node: Contains, known: Known) -> Truth:
    value = known.value(node.key, node.rows)
    if not isinstance(value, frozenset):
        return None
    return value.issuperset(node.codes) if node.needs_all else not value.isdisjoint(node.codes)


def _negation(node: Negation, known: Known) -> Truth:
    return intervals.opposite(truth_of(node.of, known))


def _at_least(node: AtLeast, known: Known) -> Truth:
    return intervals.at_least(node.count, (truth_of(each, known) for each in node.of))


def _judged(node: Judged, known: Known) -> Truth:
    return known.facts.answers.get(node.key)


def _agreed(node: Agreed, known: Known) -> Truth:
    found = {truth_of(each, known) for each in node.readings}
    return found.pop() if len(found) == 1 else None


def _granted_by(node: GrantedBy, known: Known) -> Truth:
    return known.granted.get(node.item, False)


def _atom(node: AtomTest, known: Known) -> Truth:
    return known.atoms[node.number]


NUMBERS: dict[type, Callable[..., Interval]] = {
    Constant: _constant,
    FieldNumber: _field,
    Dated: _dated,
    Today: _today,
    Arithmetic: _arithmetic,
    Extreme: _extreme,
    Whole: _whole,
    Either: _either,
    Between: _between,
    Shifted: _shifted,
    MonthsBetween: _months_between,
    YearStart: _year_start,
    OverRows: _over_rows,
    AmountOf: _amount_of,
}
TRUTHS: dict[type, Callable[..., Truth]] = {
    Always: _always,
    FieldTruth: _field_truth,
    Compare: _compare,
    Member: _member,
    Contains: _contains,
    Negation: _negation,
    AtLeast: _at_least,
    Judged: _judged,
    Agreed: _agreed,
    GrantedBy: _granted_by,
    AtomTest: _atom,
}
