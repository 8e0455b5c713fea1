"""What choices take of the factors, and what that costs at given prices.

Prices are per unit and slot, or per unit begun or paid at a slot; sums over the working slots of each calendar are kept
beside them, so that a choice is priced in a few look-ups.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import AT_END, AT_START, Amounts, Arrays, Ints
from ..compiled import compiled
from .best import Reals
from .shape import END, MODE, START, Shape, Shapes


class Needs(NamedTuple):
    """By mode: what it takes and earns; those of `arrays.Arrays`, side by side."""

    use_first: Ints
    use: Amounts  # [., 2] renewable, amount
    take_first: Ints
    take: Amounts  # [., 2] consumable, amount
    pay_first: Ints
    pay: Amounts  # [., 3] use of money, amount, when
    mode_first: Ints  # [A + 1]
    duration: Ints
    calendar: Ints  # [M]
    value: Amounts  # [M, H + 1]


class Prices(NamedTuple):
    """Of one unit. The last index of a sum goes up to, not including, a slot."""

    used: Reals  # [calendars, R, H + 1] sums over working slots
    taken: Reals  # [Q, H + 1] of what begins at a slot
    paid: Reals  # [U, H + 1] of what is paid at a slot
    spread: Reals  # [calendars, U, H + 1] sums of `paid` over working slots


def needs(arrays: Arrays, shapes: Shapes) -> Needs:
    """What the modes of a problem take."""
    return Needs(
        arrays.use_first,
        np.column_stack([arrays.use_factor, arrays.use_amount]).astype(np.int64),
        arrays.take_first,
        np.column_stack([arrays.take_factor, arrays.take_amount]).astype(np.int64),
        arrays.pay_first,
        np.column_stack([arrays.pay_use, arrays.pay_amount, arrays.pay_when]).astype(np.int64),
        arrays.mode_first,
        arrays.duration,
        shapes.calendar[arrays.activity_of],
        arrays.value,
    )


def no_prices(arrays: Arrays, shapes: Shapes) -> Prices:
    """Everything for nothing."""
    calendars, slots = len(shapes.calendars), arrays.end.shape[1]
    uses = arrays.may_pay.shape[1]
    return Prices(
        np.zeros((calendars, len(arrays.capacity), slots)),
        np.zeros((len(arrays.window_first) - 1, slots)),
        np.zeros((uses, slots)),
        np.zeros((calendars, uses, slots)),
    )


@compiled
def sum_up(calendars: NDArray[np.bool_], price: Reals, sums: Reals) -> None:
    """The sums [calendars, rows, H + 1] over working slots of prices [rows, H or more]."""
    for calendar in range(len(calendars)):
        for row in range(len(price)):
            total = 0.0
            for slot in range(calendars.shape[1]):
                sums[calendar, row, slot] = total
                if calendars[calendar, slot]:
                    total += price[row, slot]
            sums[calendar, row, calendars.shape[1]] = total


@compiled
def cost(needs: Needs, prices: Prices, mode: int, start: int, end: int) -> float:
    """What a choice costs. An even payment is priced as if it were not rounded up, which is never too dear."""
    total, calendar = 0.0, needs.calendar[mode]
    for at in range(needs.use_first[mode], needs.use_first[mode + 1]):
        factor = needs.use[at, 0]
        total += needs.use[at, 1] * (prices.used[calendar, factor, end] - prices.used[calendar, factor, start])
    for at in range(needs.take_first[mode], needs.take_first[mode + 1]):
        total += needs.take[at, 1] * prices.taken[needs.take[at, 0], start]
    for at in range(needs.pay_first[mode], needs.pay_first[mode + 1]):
        use, amount, when = needs.pay[at, 0], needs.pay[at, 1], needs.pay[at, 2]
        if when == AT_START or needs.duration[mode] == 0:
            total += amount * prices.paid[use, start]
        elif when == AT_END:
            total += amount * prices.paid[use, end - 1]
        else:
            even = prices.spread[calendar, use, end] - prices.spread[calendar, use, start]
            total += amount * even / needs.duration[mode]
    return total


@compiled
def gains(shape: Shape, needs: Needs, prices: Prices, project: int, share: float, gain: Reals) -> None:
    """What each choice of a project is worth, less a share of what it costs."""
    first, last = shape.first[shape.project[project]], shape.first[shape.project[project + 1]]
    for place in range(first, last):
        mode, start = shape.choice[place, MODE], shape.choice[place, START]
        gain[place - first] = needs.value[mode, start]
        if share > 0.0:
            gain[place - first] -= share * cost(needs, prices, mode, start, shape.choice[place, END])
