"""The Lagrangian of the rows: for any prices, what all limits are worth plus what the best plans of projects leave.

    L(y) = sum of y(i) limit(i) + sum over projects of max(0, best worth of a plan - what it takes at these prices)

No plan of the whole problem is worth more than L(y) for any y >= 0 (Fisher 1981). Of a group of which one may be in the
plan only the best counts; what must be in counts whatever it leaves.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import AT_END, AT_START, Arrays, Ints
from ..compiled import compiled
from ..portfolio.best import Reals, Room, best
from ..portfolio.needs import Needs, Prices, gains
from ..portfolio.shape import END, MODE, START, Shape
from .rows import Rows


class Choosing(NamedTuple):
    """Who may be in the plan, and what that alone is worth."""

    chosen_value: NDArray[np.int64]  # [P]
    is_mandatory: NDArray[np.bool_]  # [P]
    alone: Ints  # [P] the first group of a project, or a number of its own


def choosing(arrays: Arrays) -> Choosing:
    """Projects by group. One that is in several groups counts in the first: the bound stays one."""
    alone = np.arange(len(arrays.is_mandatory), dtype=np.int32)
    is_free = np.ones(len(alone), np.bool_)
    for group in range(len(arrays.group_first) - 1):
        members = arrays.group[arrays.group_first[group] : arrays.group_first[group + 1]]
        members = members[is_free[members]]
        is_free[members] = False
        alone[members] = np.min(members, initial=len(alone))
    return Choosing(arrays.chosen_value, arrays.is_mandatory, alone)


@compiled
def price_out(
    shape: Shape,
    needs: Needs,
    prices: Prices,
    required: Reals,
    choosing: Choosing,
    room: Room,
    left: Reals,
    chosen: Ints,
) -> None:
    """What the best plan of each project leaves at these prices (`left` [P]), and its choices (`chosen` [A])."""
    for project in range(len(left)):
        gains(shape, needs, prices, project, 1.0, room.gain)
        left[project] = best(shape, room, project, chosen) + choosing.chosen_value[project] - required[project]


@compiled
def select(choosing: Choosing, left: Reals, taken: Ints) -> float:
    """What those leave that are in: of each group the best if it leaves anything, and what must be in.

    `taken` [P] gets 1 for those, otherwise 0. -inf if something that must be in has no plan.
    """
    champion = np.full(len(left), -1, np.int32)
    for project in range(len(left)):
        group, must = choosing.alone[project], choosing.is_mandatory[project]
        other = champion[group]
        if other >= 0 and choosing.is_mandatory[other]:
            continue
        if must or (left[project] > 0.0 and (other < 0 or left[project] > left[other])):
            champion[group] = project
    total = 0.0
    taken[:] = 0
    for group in range(len(left)):
        if champion[group] >= 0:
            taken[champion[group]] = 1
            total += left[champion[group]]
    return total


@compiled
def use(
    shape: Shape, needs: Needs, rows: Rows, calendars: NDArray[np.bool_], choice: int, share: float, used: Reals
) -> None:
    """Add a share of what a choice takes to the rows."""
    start, end, mode = shape.choice[choice, START], shape.choice[choice, END], shape.choice[choice, MODE]
    calendar = calendars[needs.calendar[mode]]
    for at in range(needs.use_first[mode], needs.use_first[mode + 1]):
        for slot in range(start, end):
            if calendar[slot]:
                used[needs.use[at, 0] * rows.slots + slot] += share * needs.use[at, 1]
    for at in range(needs.take_first[mode], needs.take_first[mode + 1]):
        for window in range(len(rows.window)):
            if (
                rows.window_factor[window] == needs.take[at, 0]
                and rows.window[window, 0] <= start < rows.window[window, 1]
            ):
                used[rows.first_window + window] += share * needs.take[at, 1]
    for at in range(needs.pay_first[mode], needs.pay_first[mode + 1]):
        for money in range(len(rows.money_slot)):
            if rows.money_uses[money, needs.pay[at, 0]]:
                part = _paid_by(needs, mode, start, end, needs.pay[at, 2], calendar, rows.money_slot[money])
                used[rows.first_money + money] += share * part * needs.pay[at, 1]


@compiled
def _paid_by(needs: Needs, mode: int, start: int, end: int, when: int, calendar: NDArray[np.bool_], slot: int) -> float:
    """What part of a payment is paid up to and with a slot."""
    last = len(calendar) - 1
    if when == AT_START or needs.duration[mode] == 0:
        return 1.0 if min(start, last) <= slot else 0.0
    if when == AT_END:
        return 1.0 if end - 1 <= slot else 0.0
    return np.sum(calendar[start : min(end, slot + 1)]) / needs.duration[mode] if start <= slot else 0.0
