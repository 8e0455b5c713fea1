"""Numbers that are known only from one bound to another, and truth that may be unknown.

A bound of None is no bound at all. Every operation gives the narrowest interval over all values inside its operands,
taken as independent of each other: so bounds are never escaped, though they may be wider than need be where one unknown
stands twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

Exact = int | Fraction
Truth = bool | None  # None: unknown (Kleene)


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included."""

    low: Exact | None
    high: Exact | None

    @property
    def is_point(self) -> bool:
        """Whether the number is known."""
        return self.low is not None and self.low == self.high


ANY = Interval(None, None)
ZERO = Interval(0, 0)


def point(value: Exact) -> Interval:
    """A number that is known."""
    return Interval(value, value)


def plus(first: Interval, second: Interval) -> Interval:
    """The sum."""
    low = None if first.low is None or second.low is None else first.low + second.low
    high = None if first.high is None or second.high is None else first.high + second.high
    return Interval(low, high)


def negative(of: Interval) -> Interval:
    """The number with the other sign."""
    return Interval(None if of.high is None else -of.high, None if of.low is None else -of.low)


def product(first: Interval, second: Interval) -> Interval:
    """The product."""
    if first.is_point and second.is_point and first.low is not None and second.low is not None:
        return point(first.low * second.low)
    corners = [_corner(one, other) for one in _ends(first) for other in _ends(second)]
    low = None if any(sign < 0 for sign, value in corners if value is None) else _least(corners)
    high = None if any(sign > 0 for sign, value in corners if value is None) else _greatest(corners)
    return Interval(low, high)


_End = tuple[int, Exact | None]  # the sign, and the value where it is finite


def _ends(of: Interval) -> tuple[_End, _End]:
    return _end(of.low, -1), _end(of.high, 1)


def _end(value: Exact | None, beyond: int) -> _End:
    return (beyond, None) if value is None else ((value > 0) - (value < 0), value)


def _corner(first: _End, second: _End) -> _End:
    sign = first[0] * second[0]
    if sign == 0:
        return 0, 0
    return sign, None if first[1] is None or second[1] is None else first[1] * second[1]


def _least(corners: Sequence[_End]) -> Exact | None:
    return min((value for _, value in corners if value is not None), default=None)


def _greatest(corners: Sequence[_End]) -> Exact | None:
    return max((value for _, value in corners if value is not None), default=None)


def quotient(first: Interval, second: Interval) -> Interval:
    """The quotient by a number that is known and positive; else anything."""
    if not second.is_point or second.low is None or second.low <= 0:
        return ANY
    return product(first, point(Fraction(1) / second.low))


def least(of: Sequence[Interval]) -> Interval:
    """The least of several: not above any upper bound, known or not the others."""
    lows = [each.low for each in of]
    highs = [each.high for each in of if each.high is not None]
    return Interval(None if None in lows else min(low for low in lows if low is not None), min(highs, default=None))


def greatest(of: Sequence[Interval]) -> Interval:
    """The greatest of several."""
    return negative(least([negative(each) for each in of]))


def hull(first: Interval, second: Interval) -> Interval:
    """From the lower of both to the higher of both."""
    low = None if first.low is None or second.low is None else min(first.low, second.low)
    high = None if first.high is None or second.high is None else max(first.high, second.high)
    return Interval(low, high)


def whole(of: Interval, is_up: bool) -> Interval:
    """Down, or up, to a whole number."""
    turn = ceil if is_up else floor
    return Interval(None if of.low is None else turn(of.low), None if of.high is None else turn(of.high))


def less(first: Interval, second: Interval) -> Truth:
    """first < second."""
    if first.high is not None and second.low is not None and first.high < second.low:
        return True
    if first.low is not None and second.high is not None and first.low >= second.high:
        return False
    return None


def equal(first: Interval, second: Interval) -> Truth:
    """first = second."""
    if first.is_point and second.is_point:
        return first.low == second.low
    return False if less(first, second) is True or less(second, first) is True else None


def opposite(of: Truth) -> Truth:
    """Not."""
    return None if of is None else not of


def at_least(count: int, of: Iterable[Truth]) -> Truth:
    """At least `count` of several."""
    parts = list(of)
    yes = sum(part is True for part in parts)
    if yes >= count:
        return True
    return False if yes + sum(part is None for part in parts) < count else None
