"""Policies lowered to columns: the same intervals and truths as the interpreter's, for many enterprises at once.

A number is two columns of whole numbers over a common denominator: `low / (den * by)` and `high / (den * by)`. `den` is
written in the policy, `by` is a column of positive numbers (of a quotient by a field) or None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import lcm

from sushui.engines.common import months_later

from .columns import Column
from .errors import MatchingError, Refusal
from .interpreting import whole_months
from .policy import Item, PolicySet, Round, Rounding
from .registry import Field, Kind, Registry
from .signs import is_never_negative
from .spans import Span, SpanColumns, is_equal, is_less, product_of, quotient_of, sum_of
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
class ItemColumns:
    """What an item comes to: truth, amounts in 分, and masks, as `ItemResult` has them."""

    item: Item
    status: Column
    low: Column
    high: Column
    if_low: Column
    if_high: Column
    failed: Column
    unknown: Column
    atoms: tuple[Column, ...]


def lower(policies: PolicySet, on: date) -> tuple[ItemColumns, ...]:
    """Every item in force on a day, each after those that it needs.

    Raises `MatchingError`: TOO_GREAT, QUOTIENT_IN_ROWS.
    """
    lowering = Lowering(policies.registry, on)
    return tuple(lowering.item(item) for item in policies.items(on))


class Lowering(SpanColumns):
    """Lowers numbers and tests; equal ones come to one column."""

    def __init__(self, registry: Registry, on: date) -> None:
        super().__init__()
        self.registry = registry
        self.on = on
        self.items: dict[str, ItemColumns] = {}
        self.atoms: tuple[Column, ...] = ()
        self.spans: dict[Number, Span] = {}
        self.truths: dict[Test, Column] = {}

    def item(self, item: Item) -> ItemColumns:
        """One item. Those that it needs were lowered before, or are out of force."""
        make = self.columns
        atoms = tuple(self.truth(atom.test) for atom in item.atoms)
        self.atoms = atoms
        status = self.truth(item.root)
        if_low, if_high = self._rounded(self.span(item.amount), item.round)
        found = ItemColumns(
            item=item,
            status=status,
            low=make.case(status, if_low, make.zero),
            high=make.case(make.negate(status), make.zero, if_high),
            if_low=if_low,
            if_high=if_high,
            failed=self._mask(atoms, make.negate),
            unknown=self._mask(atoms, make.is_null),
            atoms=atoms,
        )
        self.items[item.key] = found
        return found

    def _mask(self, atoms: Sequence[Column], turn: Callable[[Column], Column]) -> Column:
        make = self.columns
        mask = make.zero
        for number, atom in enumerate(atoms):
            mask = make.add(mask, make.case(turn(atom), make.whole(1 << number), make.zero))
        return mask

    def _rounded(self, span: Span, rule: Round) -> tuple[Column, Column]:
        make = self.columns
        units = self.unit(span, span.den * rule.to)
        low = make.greatest([make.filled(span.low, 0), make.zero])
        high = make.strict("greatest", [span.high, make.zero])
        return self._to_units(low, units, rule), self._to_units(high, units, rule)

    def _to_units(self, value: Column, units: Column, rule: Round) -> Column:
        make = self.columns
        if rule.mode is Rounding.HALF_UP:
            doubled = make.add(make.multiply(value, make.whole(2)), units)
            value, units = doubled, make.multiply(units, make.whole(2))
            if rule.to == 1 and units.literal == 2:
                return self._halved(value)
        elif rule.mode is Rounding.UP:
            value = make.add(value, make.subtract(units, make.whole(1)))
        return make.multiply(make.divide(value, units), make.whole(rule.to))

    def _halved(self, doubled: Column) -> Column:
        """Whole numbers round to themselves."""
        make = self.columns
        inner = doubled.args[0] if doubled.op == "add" and doubled.args[1].literal == 1 else None
        if inner is not None and inner.op == "multiply" and inner.args[1].literal == 2:
            return inner.args[0]
        return make.divide(doubled, make.whole(2))

    # Numbers

    def span(self, node: Number) -> Span:
        """A number as columns."""
        found = self.spans.get(node)
        if found is None:
            found = NUMBERS[type(node)](self, node)
            self.spans[node] = found
        return found

    def row_field(self, key: str, rows: str) -> Field:
        """What the registry says of it."""
        return self.registry.fields[rows].columns[key] if rows else self.registry.fields[key]

    # Truths

    def truth(self, node: Test) -> Column:
        """A test as a column."""
        if isinstance(node, AtomTest):
            return self.atoms[node.number]
        if isinstance(node, Negation | AtLeast | Agreed):  # may hold atoms, which have other numbers in other items
            return TRUTHS[type(node)](self, node)
        found = self.truths.get(node)
        if found is None:
            found = TRUTHS[type(node)](self, node)
            self.truths[node] = found
        return found


def _constant(to: Lowering, node: Constant) -> Span:
    return to.written(node.value)


def _field(to: Lowering, node: FieldNumber) -> Span:
    found = to.row_field(node.key, node.rows)
    make, reach = to.columns, (-found.greatest if found.may_be_negative else 0, found.greatest)
    build = make.date_field if found.kind is Kind.DATE else make.field
    column = build(node.key, reach, node.rows)
    low = column if found.least is None else make.filled(column, 0)
    span = Span(low, column, found.step.denominator)
    return to.scaled(span, make.whole(found.step.numerator)) if found.step.numerator != 1 else span


def _dated(to: Lowering, node: Dated) -> Span:
    parameter = to.registry.parameters[node.key]
    if node.at is None:
        value = parameter.on(to.on)
        return to.nothing_known() if value is None else to.written(value)
    make, day = to.columns, to.exactly(to.span(node.at))
    den = lcm(*(value.denominator for _, value in parameter.values))
    found = make.null
    for since, value in parameter.values:
        is_since = make.at_most(make.whole(since.toordinal()), day)
        found = make.case(is_since, make.whole(int(value * den)), found)
    return to.point(found, den)


def _today(to: Lowering, node: Today) -> Span:
    return to.written(to.on.toordinal())


def _arithmetic(to: Lowering, node: Arithmetic) -> Span:
    first, second = to.span(node.first), to.span(node.second)
    if node.sign in ("+", "-"):
        return sum_of(to, first, second, node.sign)
    return product_of(to, first, second) if node.sign == "*" else quotient_of(to, first, second)


def _extreme(to: Lowering, node: Extreme) -> Span:
    spans, make = to.alike([to.span(each) for each in node.of]), to.columns
    lows, highs = [each.low for each in spans], [each.high for each in spans]
    if node.is_least:
        return replace(spans[0], low=make.strict("least", lows), high=make.least(highs))
    return replace(spans[0], low=make.greatest(lows), high=make.strict("greatest", highs))


def _whole(to: Lowering, node: Whole) -> Span:
    span, make = to.span(node.of), to.columns
    units = to.unit(span, span.den)
    ends = [span.low, span.high]
    if node.is_up:
        ends = [make.add(end, make.subtract(units, make.whole(1))) for end in ends]
    low, high = (make.divide(end, units) if end is not make.null else end for end in ends)
    return Span(low, high)


def _either(to: Lowering, node: Either) -> Span:
    make, holds = to.columns, to.truth(node.test)
    then, otherwise = to.alike([to.span(node.then), to.span(node.otherwise)])
    fails = make.negate(holds)
    ends = []
    for op, one, other in (("least", then.low, otherwise.low), ("greatest", then.high, otherwise.high)):
        unknown = make.strict(op, [one, other])
        ends.append(make.case(holds, one, other if holds.is_never_null else make.case(fails, other, unknown)))
    return replace(then, low=ends[0], high=ends[1])


def _between(to: Lowering, node: Between) -> Span:
    low, high = to.alike([to.span(node.low), to.span(node.high)])
    return replace(low, high=high.high)


def _shifted(to: Lowering, node: Shifted) -> Span:
    return _on_days(to, "shift", [node.day], node.months)


def _months_between(to: Lowering, node: MonthsBetween) -> Span:
    return _on_days(to, "months", [node.start, node.end])


def _year_start(to: Lowering, node: YearStart) -> Span:
    return _on_days(to, "year", [node.day], node.years)


def _on_days(to: Lowering, op: str, days: Sequence[Number], value: int = 0) -> Span:
    columns = [to.exactly(to.span(day)) for day in days]
    literals = [column.literal for column in columns]
    if all(literal is not None for literal in literals):
        return to.written(COUNTED[op](value, *(int(literal) for literal in literals if literal is not None)))
    return to.point(to.columns.days(op, tuple(columns), value))


COUNTED: Mapping[str, Callable[..., int]] = {
    "shift": lambda months, day: months_later(date.fromordinal(day), months).toordinal(),
    "months": lambda _, start, end: whole_months(start, end),
    "year": lambda years, day: date(date.fromordinal(day).year + years, 1, 1).toordinal(),
}


def _over_rows(to: Lowering, node: OverRows) -> Span:
    make, value, counts = to.columns, to.span(node.value), to.truth(node.where)
    if value.by is not None:
        raise MatchingError(Refusal.QUOTIENT_IN_ROWS)
    fails = make.negate(counts)
    op = "max" if node.is_greatest else "sum"
    least = make.null if value.low is make.null else make.strict("least", [value.low, make.zero])
    most = make.null if value.high is make.null else make.strict("greatest", [value.high, make.zero])
    low = make.case(counts, value.low, make.case(fails, make.zero, least))
    high = make.case(counts, value.high, make.case(fails, make.zero, most))
    is_known = make.has_rows(node.rows)
    is_signed = not node.is_greatest and not is_never_negative(node.value, to.registry)
    lows = [make.filled(low, 0)] if node.is_greatest else [low]  # what is without lower bound is below the 0 of no rows
    ends = [make.over_rows(op, column, node.rows) for column in (*lows, high)]
    return Span(
        make.case(is_known, ends[0], make.null if is_signed else make.zero),
        make.case(is_known, ends[1], make.null),
        value.den,
    )


def _amount_of(to: Lowering, node: AmountOf) -> Span:
    found = to.items.get(node.item)
    return Span(found.low, found.high) if found else to.written(0)


def _always(to: Lowering, node: Always) -> Column:
    return to.columns.yes


def _field_truth(to: Lowering, node: FieldTruth) -> Column:
    return to.columns.true_field(node.key, node.rows)


def _compare(to: Lowering, node: Compare) -> Column:
    first, second = to.alike([to.span(node.first), to.span(node.second)])
    make = to.columns
    if node.sign in (Comparison.EQUAL, Comparison.UNEQUAL):
        found = is_equal(to, first, second)
        return found if node.sign is Comparison.EQUAL else make.negate(found)
    if node.sign is Comparison.LESS:
        return is_less(to, first, second)
    if node.sign is Comparison.MORE:
        return is_less(to, second, first)
    turned = is_less(to, second, first) if node.sign is Comparison.LESS_OR_EQUAL else is_less(to, first, second)
    return make.negate(turned)


def _member(to: Lowering, node: Member) -> Column:
    return to.columns.member(node.key, node.codes, node.prefixes, node.rows)


def _contains(to: Lowering, node: Contains) -> Column:
    return to.columns.contains(node.key, node.codes, node.needs_all, node.rows)


def _negation(to: Lowering, node: Negation) -> Column:
    return to.columns.negate(to.truth(node.of))


def _at_least(to: Lowering, node: AtLeast) -> Column:
    make, parts = to.columns, [to.truth(each) for each in node.of]
    if node.count == len(parts):
        return make.all_of(parts)
    if node.count == 1:
        return make.any_of(parts)
    yes = unknown = make.zero
    for part in parts:
        yes = make.add(yes, make.case(part, make.whole(1), make.zero))
        unknown = make.add(unknown, make.case(make.is_null(part), make.whole(1), make.zero))
    needed = make.whole(node.count)
    fails = make.less(make.add(yes, unknown), needed)
    return make.case(make.at_most(needed, yes), make.yes, make.case(fails, make.no, make.unknown))


def _judged(to: Lowering, node: Judged) -> Column:
    return to.columns.true_field(f"answers.{node.key}")


def _agreed(to: Lowering, node: Agreed) -> Column:
    make, parts = to.columns, [to.truth(each) for each in node.readings]
    nobody = make.negate(make.any_of(parts))
    return make.case(make.all_of(parts), make.yes, make.case(nobody, make.no, make.unknown))


def _granted_by(to: Lowering, node: GrantedBy) -> Column:
    found = to.items.get(node.item)
    return found.status if found else to.columns.no


NUMBERS: Mapping[type, Callable[..., Span]] = {
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
TRUTHS: Mapping[type, Callable[..., Column]] = {
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
}
