"""The best choices of all activities of one project together, for any worth of each choice: exact, by elimination.

`gain` [C of the project] is used up: what an activity's choices are worth together with all that was eliminated before
stands in it. A choice that is not to be taken is worth -inf.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import NEVER, Ints
from ..compiled import compiled
from .elimination import EARLY, FOLD, ROOT
from .shape import (
    ACTIVITY,
    AFTER,
    BEFORE,
    END,
    FIRST_LAG,
    FRESH,
    FROM_START,
    JOINED,
    KIND,
    LEAST,
    MOST,
    PRUNE,
    ROW,
    START,
    TABLE,
    TO_X,
    TO_Y,
    Shape,
    Shapes,
    X,
    Y,
)

Reals = NDArray[np.float64]


class Room(NamedTuple):
    """Where `best` works."""

    gain: Reals  # [C of a project]
    tables: Reals  # [tables, choices of two activities]
    row: Reals


def room(shapes: Shapes) -> Room:
    """Room for the largest project."""
    first, project = shapes.shape.first, shapes.shape.project
    most = int(np.max(np.diff(first), initial=1))
    size = int(np.max(np.diff(first[project]), initial=1))
    return Room(np.zeros(size), np.zeros((max(1, shapes.tables), most * most)), np.zeros(3 * most + 3))


@compiled
def best(shape: Shape, room: Room, project: int, chosen: Ints) -> float:
    """The greatest worth, -inf if there is none; `chosen` [A] gets the choice of each activity of the project."""
    gain, tables, row = room
    base = shape.first[shape.project[project]]
    total = 0.0
    for op in range(shape.op_first[project], shape.op_first[project + 1]):
        kind, activity, x = shape.op[op, KIND], shape.op[op, ACTIVITY], shape.op[op, X]
        if shape.op[op, PRUNE]:
            _prune(
                shape.choice,
                shape.first[x],
                shape.first[x + 1],
                gain[shape.first[x] - base :],
                shape.op[op, PRUNE] == EARLY,
            )
        if kind == ROOT:
            first, last = shape.first[activity] - base, shape.first[activity + 1] - base
            total += np.max(gain[first:last]) if last > first else -np.inf
        elif kind == FOLD:
            _fold(shape, op, base, gain, row)
        else:
            _join(shape, op, base, gain, tables, row)
        if total == -np.inf:
            return total
    _trace(shape, project, base, gain, tables, row, chosen)
    return total


@compiled
def _prune(choice: Ints, first: int, last: int, gain: Reals, early: bool) -> None:
    """Take out the choices that another beats both in time and in worth."""
    highest = -np.inf
    for count in range(last - first):
        place = count if early else last - first - 1 - count
        beaten = gain[place] <= highest
        if beaten and early:
            beaten = False
            for other in range(place):
                if gain[other] >= gain[place] and choice[first + other, END] <= choice[first + place, END]:
                    beaten = True
                    break
        if beaten:
            gain[place] = -np.inf
        else:
            highest = max(highest, gain[place])


@compiled
def _fold(shape: Shape, op: int, base: int, gain: Reals, row: Reals) -> None:
    """Add to each choice of x the best of the activity's choices that go with it: one lag is between them."""
    activity, x = shape.op[op, ACTIVITY], shape.op[op, X]
    lag = shape.edge[shape.op[op, TO_X], FIRST_LAG]
    own, other = shape.first[activity], shape.first[x]
    size, width = shape.first[activity + 1] - own, shape.first[x + 1] - other
    row[:size] = gain[own - base : own - base + size]
    _push(shape, lag, activity, x, row, size, width)
    for place in range(width):
        gain[other - base + place] += row[size + place]


@compiled
def _push(shape: Shape, lag: int, activity: int, x: int, row: Reals, size: int, width: int) -> None:
    """From the worth of an activity's choices in `row` [: size] the best of it for each choice of x, behind it."""
    is_after, bounded = shape.lag[lag, BEFORE] == x, shape.lag[lag, MOST] < NEVER
    least, most, after = shape.lag[lag, LEAST], shape.lag[lag, MOST], shape.lag[lag, AFTER]
    port = START if shape.lag[lag, FROM_START] else END
    at_start, beyond = shape.at_start[after], shape.at_start.shape[1] - 1
    first = shape.first[x] if is_after else shape.first[activity]
    row[size : size + width] = -np.inf
    if is_after and not bounded:
        for place in range(size - 2, -1, -1):
            row[place] = max(row[place], row[place + 1])
    for place in range(width if is_after else size):
        if is_after or row[place] > -np.inf:
            slot = shape.choice[first + place, port]
            low = at_start[min(max(slot + least, 0), beyond)]
            high = at_start[min(max(slot + most + 1, 0), beyond)] if bounded else min(low + 1, at_start[beyond])
            for each in range(low, high):
                if is_after:
                    row[size + place] = max(row[size + place], row[each])
                else:
                    row[size + each] = max(row[size + each], row[place])
    if not is_after and not bounded:
        for place in range(1, width):
            row[size + place] = max(row[size + place], row[size + place - 1])


@compiled
def _restrict(shape: Shape, edge: int, one: int, choice: int, activity: int, tables: Reals, row: Reals) -> None:
    """Add to `row`, over the activity's choices, what an edge says of them and a choice of its neighbor `one`.

    That is a worth, or -inf where the two do not go together.
    """
    choices, own = shape.choice, shape.first[activity]
    size = shape.first[activity + 1] - own
    for lag in range(shape.edge[edge, FIRST_LAG], shape.edge[edge + 1, FIRST_LAG]):
        port = START if shape.lag[lag, FROM_START] else END
        is_after, least, most = shape.lag[lag, BEFORE] == one, shape.lag[lag, LEAST], shape.lag[lag, MOST]
        for place in range(size):
            waited = (
                choices[own + place, START] - choices[choice, port]
                if is_after
                else choices[choice, START] - choices[own + place, port]
            )
            if waited < least or waited > most:
                row[place] = -np.inf
    table = shape.edge[edge, TABLE]
    if table >= 0:
        from_first = choice - shape.first[one]
        is_row, width = shape.edge[edge, ROW] == one, shape.first[one + 1] - shape.first[one]
        start, step = (from_first * size, 1) if is_row else (from_first, width)
        for place in range(size):
            if row[place] > -np.inf:
                row[place] += tables[table, start + place * step]


@compiled
def _join(shape: Shape, op: int, base: int, gain: Reals, tables: Reals, row: Reals) -> None:
    """For every choice of x: the activity's choices that go with it, and from them to x itself or to those of y."""
    activity, x, y = shape.op[op, ACTIVITY], shape.op[op, X], shape.op[op, Y]
    own, size = shape.first[activity], shape.first[activity + 1] - shape.first[activity]
    edge = shape.op[op, TO_X]
    for choice in range(shape.first[x], shape.first[x + 1]):
        if gain[choice - base] > -np.inf:
            row[:size] = gain[own - base : own - base + size]
            _restrict(shape, edge, x, choice, activity, tables, row)
            if y < 0:
                gain[choice - base] += np.max(row[:size]) if size else -np.inf
            else:
                _spread(shape, op, choice, base, gain, tables, row)


@compiled
def _spread(shape: Shape, op: int, choice: int, base: int, gain: Reals, tables: Reals, row: Reals) -> None:
    """One row of the table of x and y: for every choice of y the best of the activity's choices in `row`."""
    activity, x, y = shape.op[op, ACTIVITY], shape.op[op, X], shape.op[op, Y]
    size = shape.first[activity + 1] - shape.first[activity]
    other, width = shape.first[y], shape.first[y + 1] - shape.first[y]
    edge = shape.op[op, TO_Y]
    first = shape.edge[edge, FIRST_LAG]
    if shape.edge[edge + 1, FIRST_LAG] - first == 1 and shape.edge[edge, TABLE] < 0:
        _push(shape, first, activity, y, row, size, width)
    else:
        for place in range(width):
            row[size + place] = -np.inf
            if gain[other - base + place] > -np.inf:
                behind = row[size + width :]
                behind[:size] = row[:size]
                _restrict(shape, edge, y, other + place, activity, tables, behind)
                row[size + place] = np.max(behind[:size])
    _write(shape, shape.op[op, JOINED], x, choice, row[size : size + width], tables, shape.op[op, FRESH])


@compiled
def _write(shape: Shape, edge: int, x: int, choice: int, worth: Reals, tables: Reals, is_fresh: int) -> None:
    """Into the table of an edge what the choices of x's neighbor are worth together with one of x."""
    table, place = shape.edge[edge, TABLE], choice - shape.first[x]
    is_row, width = shape.edge[edge, ROW] == x, shape.first[x + 1] - shape.first[x]
    start, step = (place * len(worth), 1) if is_row else (place, width)
    for each in range(len(worth)):
        if is_fresh:
            tables[table, start + each * step] = worth[each]
        else:
            tables[table, start + each * step] += worth[each]


@compiled
def _trace(shape: Shape, project: int, base: int, gain: Reals, tables: Reals, row: Reals, chosen: Ints) -> None:
    """Backwards: what each activity does, given what its neighbors do."""
    for op in range(shape.op_first[project + 1] - 1, shape.op_first[project] - 1, -1):
        activity = shape.op[op, ACTIVITY]
        own, size = shape.first[activity], shape.first[activity + 1] - shape.first[activity]
        row[:size] = gain[own - base : own - base + size]
        for side in range(2):
            neighbor = shape.op[op, X + side]
            if neighbor >= 0:
                edge = shape.op[op, TO_X + side]
                _restrict(shape, edge, neighbor, chosen[neighbor], activity, tables, row)
        chosen[activity] = own + np.argmax(row[:size])
