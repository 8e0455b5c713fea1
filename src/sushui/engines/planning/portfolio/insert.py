"""A project into a plan, as well as the plan leaves room: all of its activities at once, by the same elimination that
prices projects, with the choices left out that some factor does not suffice for.

Activities of one project may also get in each other's way. So they are placed one after the other, and where one no
longer fits the rest is chosen anew around those that stand.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Amounts, Arrays, Ints
from ..compiled import compiled
from .best import Reals, Room, best
from .needs import Needs, Prices, gains
from .shape import AFTER, BEFORE, END, FROM_START, LEAST, MODE, MOST, START, Shape
from .state import Limits, State, is_covered, place, take_out


class Candidates(NamedTuple):
    """What a project needs in the plan beside room."""

    chosen_value: Amounts  # [P]
    is_mandatory: NDArray[np.bool_]  # [P]
    project_of: Ints  # [A]
    order: Ints  # [A] activities of each project, every one after all those it waits for
    required_first: Ints
    required: Ints
    requiring_first: Ints
    requiring: Ints  # projects that require a project
    rival_first: Ints
    rival: Ints  # projects that share a group with a project
    least_take: Amounts  # [P, Q] what it takes at least
    least_pay: Amounts  # [P, U]


def candidates(arrays: Arrays) -> Candidates:
    """Of a problem."""
    count = len(arrays.is_mandatory)
    required, requiring, rivals = ([set[int]() for _ in range(count)] for _ in range(3))
    for project in range(count):
        required[project] |= set(_part(arrays.required, arrays.required_first, project))
        for other in required[project]:
            requiring[other].add(project)
    for group in range(len(arrays.group_first) - 1):
        members = _part(arrays.group, arrays.group_first, group)
        for project in members:
            rivals[project] |= set(members) - {project}
    rank = np.argsort(arrays.order)
    return Candidates(
        arrays.chosen_value,
        arrays.is_mandatory,
        arrays.project_of,
        np.lexsort((rank, arrays.project_of)).astype(np.int32),
        *_lists(required),
        *_lists(requiring),
        *_lists(rivals),
        _least(arrays, arrays.take_first, arrays.take_factor, arrays.take_amount, len(arrays.window_first) - 1),
        _least(arrays, arrays.pay_first, arrays.pay_use, arrays.pay_amount, arrays.may_pay.shape[1]),
    )


def _part(values: Ints, first: Ints, row: int) -> list[int]:
    return [int(value) for value in values[first[row] : first[row + 1]]]


def _lists(rows: list[set[int]]) -> tuple[Ints, Ints]:
    lengths = np.cumsum([0, *map(len, rows)]).astype(np.int32)
    return lengths, np.array([each for row in rows for each in sorted(row)], np.int32)


def _least(arrays: Arrays, first: Ints, factor: Ints, amount: Amounts, width: int) -> Amounts:
    """[P, width] what the modes take, the least of each activity, summed over projects."""
    by_mode = np.zeros((len(arrays.activity_of), width), np.int64)
    np.add.at(by_mode, (np.repeat(np.arange(len(by_mode)), np.diff(first)), factor), amount)
    least = np.minimum.reduceat(by_mode, arrays.mode_first[:-1], axis=0) if len(by_mode) else by_mode
    total = np.zeros((len(arrays.is_mandatory), width), np.int64)
    np.add.at(total, arrays.project_of, least)
    return total


@compiled
def insert(
    shape: Shape,
    needs: Needs,
    limits: Limits,
    who: Candidates,
    prices: Prices,
    share: float,
    project: int,
    state: State,
    room: Room,
    chosen: Ints,
) -> bool:
    """Place a project where it is worth the most after a share of the prices; whether that went."""
    first, last = shape.project[project], shape.project[project + 1]
    placed = 0
    while placed < last - first:
        before = placed
        gains(shape, needs, prices, project, share, room.gain)
        forbid(shape, needs, limits, project, state, room.gain)
        if best(shape, room, project, chosen) > -np.inf:
            for at in range(first + placed, last):
                activity, choice = who.order[at], chosen[who.order[at]]
                start, end, mode = shape.choice[choice, START], shape.choice[choice, END], shape.choice[choice, MODE]
                if not keeps_lags(limits, state, activity, start, end):
                    break
                if not place(needs, limits, state, activity, mode, start, end):
                    break
                placed += 1
        if placed == before:
            for at in range(first, first + placed):
                take_out(needs, limits, state, who.order[at])
            return False
    state.is_in[project] = True
    return True


@compiled
def remove(shape: Shape, needs: Needs, limits: Limits, project: int, state: State) -> None:
    """Take a project out of the plan."""
    state.is_in[project] = False
    for activity in range(shape.project[project], shape.project[project + 1]):
        take_out(needs, limits, state, activity)


@compiled
def worth(shape: Shape, needs: Needs, who: Candidates, project: int, state: State) -> int:
    """What a project that is in the plan brings."""
    total = int(who.chosen_value[project])
    for activity in range(shape.project[project], shape.project[project + 1]):
        total += int(needs.value[state.mode[activity], state.start[activity]])
    return total


@compiled
def keeps_lags(limits: Limits, state: State, activity: int, start: int, end: int) -> bool:
    """Whether it can stand there with everything that is placed."""
    for at in range(limits.into_first[activity], limits.into_first[activity + 1]):
        lag = limits.lag[limits.into[at]]
        other = lag[BEFORE]
        if state.start[other] >= 0:
            waited = start - (state.start[other] if lag[FROM_START] else state.end[other])
            if waited < lag[LEAST] or waited > lag[MOST]:
                return False
    for at in range(limits.out_first[activity], limits.out_first[activity + 1]):
        lag = limits.lag[limits.out[at]]
        other = lag[AFTER]
        if state.start[other] >= 0:
            waited = state.start[other] - (start if lag[FROM_START] else end)
            if waited < lag[LEAST] or waited > lag[MOST]:
                return False
    return True


@compiled
def forbid(shape: Shape, needs: Needs, limits: Limits, project: int, state: State, gain: Reals) -> None:
    """Take out the choices for which there is no room; of an activity that stands, all others."""
    base = shape.first[shape.project[project]]
    blocked = np.zeros(state.rest.shape[1] + 1, np.int32)
    for activity in range(shape.project[project], shape.project[project + 1]):
        is_placed, has_linked = state.start[activity] >= 0, is_linked(limits, state, activity)
        for mode in range(needs.mode_first[activity], needs.mode_first[activity + 1]):
            _block(needs, limits, state, mode, blocked)
            for choice in range(shape.first[activity], shape.first[activity + 1]):
                if shape.choice[choice, MODE] == mode and gain[choice - base] > -np.inf:
                    start, end = shape.choice[choice, START], shape.choice[choice, END]
                    if is_placed:
                        fits = mode == state.mode[activity] and start == state.start[activity]
                    else:
                        fits = blocked[end] == blocked[start] and _fits(needs, limits, state, mode, start, end)
                        if fits and has_linked:
                            fits = keeps_lags(limits, state, activity, start, end)
                    if not fits:
                        gain[choice - base] = -np.inf


@compiled
def is_linked(limits: Limits, state: State, activity: int) -> bool:
    """Whether something stands that a lag ties it to."""
    for at in range(limits.into_first[activity], limits.into_first[activity + 1]):
        if state.start[limits.lag[limits.into[at], BEFORE]] >= 0:
            return True
    for at in range(limits.out_first[activity], limits.out_first[activity + 1]):
        if state.start[limits.lag[limits.out[at], AFTER]] >= 0:
            return True
    return False


@compiled
def _block(needs: Needs, limits: Limits, state: State, mode: int, blocked: Ints) -> None:
    """[H + 1] how many working slots before each have too little left of what the mode uses."""
    calendar = limits.calendars[needs.calendar[mode]]
    blocked[0] = 0
    for slot in range(len(calendar)):
        is_blocked = 0
        if calendar[slot]:
            for at in range(needs.use_first[mode], needs.use_first[mode + 1]):
                if state.rest[needs.use[at, 0], slot] < needs.use[at, 1]:
                    is_blocked = 1
        blocked[slot + 1] = blocked[slot] + is_blocked


@compiled
def _fits(needs: Needs, limits: Limits, state: State, mode: int, start: int, end: int) -> bool:
    for at in range(needs.take_first[mode], needs.take_first[mode + 1]):
        if state.begin_rest[needs.take[at, 0], start] < needs.take[at, 1]:
            return False
    for at in range(needs.pay_first[mode], needs.pay_first[mode + 1]):
        if not is_covered(needs, limits.calendars[needs.calendar[mode]], state.pool, at, mode, start, end):
            return False
    return True
