"""Numbers as pairs of columns over a denominator: the arithmetic of `intervals`, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from .columns import Column, Columns


@dataclass(frozen=True)
class Span:
    """A number from one column to another, over a denominator."""

    low: Column
    high: Column
    den: int = 1
    by: Column | None = None


class SpanColumns:
    """Builds numbers over one set of columns."""

    def __init__(self) -> None:
        self.columns = Columns()

    def unit(self, span: Span, den: int) -> Column:
        """A denominator of the number: `den`, which is written, times its column."""
        den_column = self.columns.whole(den)
        return den_column if span.by is None else self.columns.multiply(den_column, span.by)

    def point(self, column: Column, den: int = 1) -> Span:
        """A number that is known, or not at all."""
        return Span(column, column, den)

    def written(self, value: Fraction | int) -> Span:
        """A constant."""
        exact = Fraction(value)
        return self.point(self.columns.whole(exact.numerator), exact.denominator)

    def nothing_known(self) -> Span:
        """Anything."""
        return Span(self.columns.null, self.columns.null)

    def exactly(self, span: Span) -> Column:
        """The numerator where the number is known, else null."""
        if span.low is span.high:
            return span.low
        if span.low.op == "filled" and span.low.args[0] is span.high:
            return span.high
        make = self.columns
        return make.case(make.equal(span.low, span.high), span.low, make.null)

    def alike(self, spans: Sequence[Span]) -> list[Span]:
        """The same numbers over one denominator."""
        den = lcm(*(each.den for each in spans))
        scaled = [self.scaled(each, self.columns.whole(den // each.den)) for each in spans]
        scaled = [replace(each, den=den) for each in scaled]
        bys = list(dict.fromkeys(each.by for each in spans if each.by is not None))
        for by in bys:
            scaled = [each if each.by is by else self.scaled(each, by) for each in scaled]
        if not bys:
            return scaled
        whole = bys[0]
        for by in bys[1:]:
            whole = self.columns.multiply(whole, by)
        return [replace(each, by=whole) for each in scaled]

    def scaled(self, span: Span, factor: Column) -> Span:
        """Numerators times a positive factor."""
        make = self.columns
        low = make.multiply(span.low, factor)
        return replace(span, low=low, high=low if span.low is span.high else make.multiply(span.high, factor))


def sum_of(to: SpanColumns, first: Span, second: Span, sign: str) -> Span:
    """The sum, or the difference where the sign is "-"."""
    make = to.columns
    one, other = to.alike([first, second])
    combine = make.add if sign == "+" else make.subtract
    low_of, high_of = (other.low, other.high) if sign == "+" else (other.high, other.low)
    low = combine(one.low, low_of)
    is_point = one.low is one.high and other.low is other.high
    return replace(one, low=low, high=low if is_point else combine(one.high, high_of))


def product_of(to: SpanColumns, first: Span, second: Span) -> Span:
    """The product."""
    make = to.columns
    bys = [each.by for each in (first, second) if each.by is not None]
    by = make.multiply(*bys) if len(bys) == 2 else (bys[0] if bys else None)
    for one, other in ((first, second), (second, first)):
        if one.low is one.high and one.low.literal is not None:
            return replace(_times(to, other, one.low.literal), den=first.den * second.den, by=by)
    if first.low.is_never_null and second.low.is_never_null and first.low.low >= 0 and second.low.low >= 0:
        low, high = make.multiply(first.low, second.low), _corner(to, first.high, second.high)
    else:
        low, high = _corners(to, first, second)
    return Span(low, high, first.den * second.den, by)


def _times(to: SpanColumns, span: Span, factor: int) -> Span:
    if factor == 0:
        return replace(span, low=to.columns.zero, high=to.columns.zero)
    scaled = to.scaled(span, to.columns.whole(factor))
    return scaled if factor > 0 else replace(scaled, low=scaled.high, high=scaled.low)


def _corner(to: SpanColumns, first: Column, second: Column) -> Column:
    """A product in which 0 times what has no bound is 0."""
    make = to.columns
    if first.is_never_null and second.is_never_null:
        return make.multiply(first, second)
    is_zero = make.any_of([make.equal(first, make.zero), make.equal(second, make.zero)])
    return make.case(is_zero, make.zero, make.multiply(first, second))


def _corners(to: SpanColumns, first: Span, second: Span) -> tuple[Column, Column]:
    """The least and the greatest product of two numbers that may be negative or without bound."""
    make = to.columns
    ends = [(span.low, -1) for span in (first, second)], [(span.high, 1) for span in (first, second)]
    pairs = [(one, other) for one in (ends[0][0], ends[1][0]) for other in (ends[0][1], ends[1][1])]
    corners = [_corner(to, one[0], other[0]) for one, other in pairs]
    below = make.any_of([_goes_beyond(to, one, other, -1) for one, other in pairs])
    above = make.any_of([_goes_beyond(to, one, other, 1) for one, other in pairs])
    return make.case(below, make.null, make.least(corners)), make.case(above, make.null, make.greatest(corners))


def _goes_beyond(to: SpanColumns, first: tuple[Column, int], second: tuple[Column, int], side: int) -> Column:
    """Whether a product of two ends, of which at least one is without bound, is without bound on a side."""
    make = to.columns
    found = []
    for (one, beyond), (other, other_beyond) in ((first, second), (second, first)):
        wanted = side * beyond  # the sign that the other one must have
        signed = make.less(make.zero, other) if wanted > 0 else make.less(other, make.zero)
        both = make.is_null(other) if other_beyond == wanted else make.no
        found.append(make.all_of([make.is_null(one), make.any_of([_surely(to, signed), both])]))
    return make.any_of(found)


def _surely(to: SpanColumns, truth: Column) -> Column:
    """Null counts as no."""
    return to.columns.case(truth, to.columns.yes, to.columns.no)


def quotient_of(to: SpanColumns, first: Span, second: Span) -> Span:
    """The quotient by a number that is known and positive; else anything."""
    make, divisor = to.columns, to.exactly(second)
    if divisor is make.null:
        return to.nothing_known()
    factor = make.whole(second.den) if second.by is None else make.multiply(make.whole(second.den), second.by)
    if divisor.literal is not None:
        if divisor.literal <= 0:
            return to.nothing_known()
        scaled = to.scaled(first, factor)
        return replace(scaled, den=first.den * divisor.literal)
    is_positive = make.less(make.zero, divisor)
    by = make.case(is_positive, divisor, make.whole(1))
    scaled = to.scaled(first, factor)
    low = make.case(is_positive, scaled.low, make.null)
    high = low if scaled.low is scaled.high else make.case(is_positive, scaled.high, make.null)
    return Span(low, high, first.den, by if first.by is None else make.multiply(first.by, by))


def is_less(to: SpanColumns, first: Span, second: Span) -> Column:
    """first < second, in three values."""
    make = to.columns
    if first.low is first.high and second.low is second.high:
        return make.less(first.low, second.low)
    for one, other in ((first, second), (second, first)):
        limit = other.low.literal if other.low is other.high else None
        is_filled = one.low.op == "filled" and one.low.args[0] is one.high
        # Where a field with the least value 0 is missing, 0 decides nothing against such a limit.
        if is_filled and limit is not None and limit >= (1 if one is first else 0):
            return make.less(one.high, other.low) if one is first else make.less(other.low, one.high)
    holds, fails = make.less(first.high, second.low), make.at_most(second.high, first.low)
    return make.case(holds, make.yes, make.case(fails, make.no, make.unknown))


def is_equal(to: SpanColumns, first: Span, second: Span) -> Column:
    """first = second, in three values."""
    make = to.columns
    if first.low is first.high and second.low is second.high:
        return make.equal(first.low, second.low)
    one, other = to.exactly(first), to.exactly(second)
    apart = make.any_of(
        [_surely(to, make.less(first.high, second.low)), _surely(to, make.less(second.high, first.low))]
    )
    same = make.equal(one, other)
    return make.case(apart, make.no, make.case(same, make.yes, make.unknown))
