"""What every project of a portfolio could do by itself: the choices of its activities, and how to go through them.

A choice is a mode begun at a slot. Only choices that the project's own lags leave open, and for which there is ever
enough of what is used up, are kept. The best choices of
all its activities together are found by vertex elimination (`best.py`); the order of elimination depends on the
project's network alone and is made here, once for all projects with networks of the same shape.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import NEVER, Arrays, Ints
from ..compiled import compiled
from .elimination import Arc, Program, eliminate

Bounds = NDArray[np.int32]
PASSES = 4  # of the lags, in each direction: what they miss only leaves choices in that cannot be taken


START, END, MODE = 0, 1, 2  # columns of `choice`
KIND, ACTIVITY, X, Y, TO_X, TO_Y, JOINED, PRUNE, FRESH = range(9)  # of `op`, as in `elimination.Step`
ROW, COLUMN, TABLE, FIRST_LAG = range(4)  # of `edge`
BEFORE, AFTER, LEAST, MOST, FROM_START = range(5)  # of `lag`


class Shape(NamedTuple):
    """`C` choices, sorted by activity, start and mode; `O` steps of elimination; `E` edges, `T` lags of edges.

    Few and wide arrays: each one that is handed to a compiled function costs time there.
    """

    project: Ints  # [P + 1] the first activity
    first: Ints  # [A + 1] the first choice
    choice: Ints  # [C, 3] start, end, mode
    at_start: Ints  # [A, H + 2] how many choices of the activity start before a slot
    op_first: Ints  # [P + 1]
    op: Ints  # [O, 9] edges are counted in all projects
    edge: Ints  # [E + 1, 4] row activity, column activity, table (counted in the project) or -1, first lag
    lag: Ints  # [T, 5]


class Shapes(NamedTuple):
    """The shape of all projects, and what is said of them beside it."""

    shape: Shape
    tables: int  # the most that a project needs
    dropped: Ints  # [P] lags that elimination had to leave out: none for networks of treewidth 2
    calendar: Ints  # [A] activities with the same working slots
    calendars: NDArray[np.bool_]  # [., H] working slots


def shapes(arrays: Arrays) -> Shapes:
    """The choices and elimination steps of every project."""
    calendars, calendar = np.unique(arrays.is_working, axis=0, return_inverse=True)
    first = np.zeros(len(arrays.project_of) + 1, np.int32)
    arrays = arrays._replace(end=ever_enough(arrays))
    bounds = _bounds(arrays)
    choice = np.zeros((_choices(arrays, bounds, first, np.zeros((0, 3), np.int32)), 3), np.int32)
    _choices(arrays, bounds, first, choice)
    at_start = np.zeros((len(arrays.project_of), arrays.end.shape[1] + 1), np.int32)
    _count_starts(first, choice, at_start)
    op_first, op, edge, lag, tables, dropped = _programs(arrays)
    made = Shape(arrays.activity_first, first, choice, at_start, op_first, op, edge, lag)
    return Shapes(made, int(np.max(tables, initial=0)), dropped, calendar.reshape(-1).astype(np.int32), calendars)


def ever_enough(arrays: Arrays) -> Ints:
    """[M, H + 1] the ends, -1 also where a mode alone takes more of a consumable than may then be taken.

    In a mix of plans a half of such a mode would fit. What has only one start stands, whatever it takes.
    """
    end, most = arrays.end.copy(), np.full((len(arrays.window_first) - 1, arrays.end.shape[1]), 1 << 60, np.int64)
    for factor in range(len(most)):
        for window in range(arrays.window_first[factor], arrays.window_first[factor + 1]):
            some = slice(arrays.window_start[window], arrays.window_end[window])
            most[factor, some] = np.minimum(most[factor, some], arrays.window_limit[window])
    starts = np.add.reduceat((end >= 0).sum(axis=1), arrays.mode_first[:-1]) if len(end) else np.zeros(0)
    for mode in np.flatnonzero(starts[arrays.activity_of] > 1).tolist():
        for take in range(arrays.take_first[mode], arrays.take_first[mode + 1]):
            end[mode, most[arrays.take_factor[take]] < arrays.take_amount[take]] = -1
    return end


# --- choices ---------------------------------------------------------------------------------------------------------
def _bounds(arrays: Arrays) -> Bounds:
    """[A, 4] earliest and latest start, earliest and latest end that the project's own lags allow."""
    bounds = np.zeros((len(arrays.project_of), 4), np.int32)
    bounds[:, 1] = bounds[:, 3] = arrays.end.shape[1]
    for _ in range(PASSES):
        _forward(arrays, bounds)
        _backward(arrays, bounds)
    return bounds


@compiled
def _open(arrays: Arrays, bounds: Bounds, mode: int, start: int) -> bool:
    activity, end = arrays.activity_of[mode], arrays.end[mode, start]
    return bool(
        end >= 0
        and bounds[activity, 0] <= start <= bounds[activity, 1]
        and bounds[activity, 2] <= end <= bounds[activity, 3]
    )


@compiled
def _span(arrays: Arrays, bounds: Bounds, activity: int, of_start: bool) -> tuple[int, int]:
    """The least and the greatest start (or end) among the open choices."""
    least, greatest = 1 << 30, -1
    for mode in range(arrays.mode_first[activity], arrays.mode_first[activity + 1]):
        for start in range(arrays.end.shape[1]):
            if _open(arrays, bounds, mode, start):
                slot = start if of_start else arrays.end[mode, start]
                least, greatest = min(least, slot), max(greatest, slot)
    return least, greatest


@compiled
def _forward(arrays: Arrays, bounds: Bounds) -> None:
    for after in arrays.order:
        for place in range(arrays.into_first[after], arrays.into_first[after + 1]):
            lag = arrays.into[place]
            before = arrays.lag_before[lag]
            if arrays.project_of[before] == arrays.project_of[after]:
                least, greatest = _span(arrays, bounds, before, arrays.lag_from_start[lag])
                bounds[after, 0] = min(max(bounds[after, 0], least + arrays.lag_least[lag]), 1 << 20)
                if arrays.lag_most[lag] < NEVER:
                    bounds[after, 1] = min(bounds[after, 1], greatest + arrays.lag_most[lag])


@compiled
def _backward(arrays: Arrays, bounds: Bounds) -> None:
    for before in arrays.order[::-1]:
        for place in range(arrays.out_first[before], arrays.out_first[before + 1]):
            lag = arrays.out[place]
            after = arrays.lag_after[lag]
            if arrays.project_of[before] == arrays.project_of[after]:
                least, greatest = _span(arrays, bounds, after, True)
                at = 0 if arrays.lag_from_start[lag] else 2
                bounds[before, at + 1] = min(bounds[before, at + 1], greatest - arrays.lag_least[lag])
                if arrays.lag_most[lag] < NEVER:
                    bounds[before, at] = min(max(bounds[before, at], least - arrays.lag_most[lag]), 1 << 20)


@compiled
def _choices(arrays: Arrays, bounds: Bounds, first: Ints, choice: Ints) -> int:
    """Write the open choices where there is room, and their number by activity; how many there are."""
    count, is_counting = 0, len(choice) == 0
    for activity in range(len(arrays.project_of)):
        first[activity] = count
        for start in range(arrays.end.shape[1]):
            for mode in range(arrays.mode_first[activity], arrays.mode_first[activity + 1]):
                if _open(arrays, bounds, mode, start):
                    if not is_counting:
                        choice[count, START], choice[count, END] = start, arrays.end[mode, start]
                        choice[count, MODE] = mode
                    count += 1
    first[len(first) - 1] = count
    return count


@compiled
def _count_starts(first: Ints, choice: Ints, at_start: Ints) -> None:
    for activity in range(len(at_start)):
        for row in range(first[activity], first[activity + 1]):
            at_start[activity, choice[row, START] + 1] += 1
        for slot in range(1, at_start.shape[1]):
            at_start[activity, slot] += at_start[activity, slot - 1]


# --- programs --------------------------------------------------------------------------------------------------------
def _programs(arrays: Arrays) -> tuple[NDArray[np.int32], ...]:
    """The elimination of every project, found once for each form of network."""
    known: dict[tuple[int, tuple[Arc, ...]], Program] = {}
    rows: list[tuple[Program, int, list[int]]] = []
    lags = _own_lags(arrays)
    for project, first in enumerate(arrays.activity_first[:-1].tolist()):
        count = int(arrays.activity_first[project + 1]) - first
        arcs = tuple(_arc(arrays, lag, first) for lag in lags[project])
        program = known.get((count, arcs))
        if program is None:
            program = known[count, arcs] = eliminate(count, arcs)
        rows.append((program, first, lags[project]))
    return _laid_out(arrays, rows)


def _own_lags(arrays: Arrays) -> list[list[int]]:
    lags: list[list[int]] = [[] for _ in arrays.is_mandatory]
    before, after = arrays.project_of[arrays.lag_before], arrays.project_of[arrays.lag_after]
    for lag in np.flatnonzero(before == after).tolist():
        lags[int(before[lag])].append(lag)
    return lags


def _arc(arrays: Arrays, lag: int, first: int) -> Arc:
    before, after = int(arrays.lag_before[lag]) - first, int(arrays.lag_after[lag]) - first
    return Arc(before, after, is_bounded=bool(arrays.lag_most[lag] < NEVER))


def _laid_out(arrays: Arrays, rows: list[tuple[Program, int, list[int]]]) -> tuple[NDArray[np.int32], ...]:
    ops: list[tuple[int, ...]] = []
    edges: list[tuple[int, ...]] = []
    edge_lags: list[int] = []
    for program, first, lags in rows:
        for step in program.steps:
            x, y = (-1 if each < 0 else each + first for each in (step.x, step.y))
            at = (-1 if each < 0 else each + len(edges) for each in step.edges)
            ops.append((step.kind, step.activity + first, x, y, *at, step.prune, step.is_fresh))
        for edge in program.edges:
            edges.append((edge.row + first, edge.column + first, edge.table, len(edge_lags)))
            edge_lags += [lags[arc] for arc in edge.arcs]
    edges.append((-1, -1, -1, len(edge_lags)))
    columns = (arrays.lag_before, arrays.lag_after, arrays.lag_least, arrays.lag_most, arrays.lag_from_start)
    return (
        np.cumsum([0, *(len(program.steps) for program, _, _ in rows)]).astype(np.int32),
        np.array(ops, np.int32).reshape(-1, 9),
        np.array(edges, np.int32),
        np.column_stack([column[edge_lags] for column in columns]).astype(np.int32),
        np.array([program.tables for program, _, _ in rows], np.int32),
        np.array([program.dropped for program, _, _ in rows], np.int32),
    )
