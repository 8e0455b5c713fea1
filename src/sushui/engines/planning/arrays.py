"""A problem as arrays, which every solver reads: no names, no calendars, only numbers.

`P` projects, `A` activities, `M` modes, `H` slots, `R` renewables, `Q` consumables, `S` sources, `U` uses of money, `L`
lags, `G` groups. Activities stand in the problem's order, those of a project side by side; so do modes. What is done,
released late or must end early is in `end` already: a start that is not allowed has the end -1. Lists of different
length are one long array with the first index of each (`mode_first[a]` up to `mode_first[a + 1]`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .factors import Consumable
from .order import in_order
from .plan import Placement, Plan
from .problem import Activity, From, Mode, Problem, Ref, When
from .values import Earning, IfLate, IfMoved, SinceFinished, WhenFinishedBy, WhileWorked

Ints = NDArray[np.int32]
Amounts = NDArray[np.int64]
Flags = NDArray[np.bool_]

NEVER = np.int32(2**30)  # the `most` of a lag without one; far beyond any slot
AT_START, AT_END, WHILE_WORKED = 0, 1, 2  # `pay_when`
WHEN = {When.AT_START: AT_START, When.AT_END: AT_END, When.WHILE_WORKED: WHILE_WORKED}


class Arrays(NamedTuple):
    """Shapes stand beside each array; the type says what it counts: `Ints` indices and slots, `Amounts` the rest."""

    activity_first: Ints  # [P + 1]
    project_of: Ints  # [A]
    mode_first: Ints  # [A + 1]
    activity_of: Ints  # [M]
    order: Ints  # [A] every activity after all those it waits for
    duration: Ints  # [M] working slots
    end: Ints  # [M, H + 1] of the mode begun at a slot; -1: not allowed
    value: Amounts  # [M, H + 1] weighted, of the mode begun at a slot
    chosen_value: Amounts  # [P] weighted
    is_mandatory: Flags  # [P]
    is_working: Flags  # [A, H]

    capacity: Amounts  # [R, H]
    use_first: Ints  # [M + 1]
    use_factor: Ints
    use_amount: Amounts

    take_first: Ints  # [M + 1]
    take_factor: Ints
    take_amount: Amounts
    window_first: Ints  # [Q + 1]
    window_start: Ints  # what begins in [start, end) takes at most the limit
    window_end: Ints
    window_limit: Amounts

    pay_first: Ints  # [M + 1]
    pay_use: Ints
    pay_amount: Amounts
    pay_when: Ints
    arrived: Amounts  # [S, H] up to and with a slot
    may_pay: Flags  # [S, U]

    lag_before: Ints  # [L] activities
    lag_after: Ints
    lag_least: Ints
    lag_most: Ints  # NEVER: none
    lag_from_start: Flags
    into_first: Ints  # [A + 1] of `into`: the lags that end at an activity
    into: Ints
    out_first: Ints  # [A + 1] of `out`: those that begin there
    out: Ints

    group_first: Ints  # [G + 1]
    group: Ints  # projects
    required_first: Ints  # [P + 1]
    required: Ints  # projects that a project requires


@dataclass(frozen=True)
class Compiled:
    """A problem, its arrays, and the way between plans and numbers."""

    problem: Problem
    arrays: Arrays
    refs: tuple[Ref, ...]
    uses: tuple[str, ...]

    @cached_property
    def number(self) -> dict[Ref, int]:
        """The index of each activity."""
        return {ref: index for index, ref in enumerate(self.refs)}

    def plan(self, starts: Sequence[int] | Ints, modes: Sequence[int] | Ints) -> Plan:
        """The plan of a start [A] and a mode [A], counted within its activity; a start below 0: not in the plan."""
        rows = zip(self.refs, starts, modes, strict=True)
        return Plan({ref: Placement(int(start), int(mode)) for ref, start, mode in rows if start >= 0})

    def numbers(self, plan: Plan) -> tuple[Ints, Ints]:
        """Starts and modes of a plan, as `plan` takes them."""
        starts, modes = np.full(len(self.refs), -1, np.int32), np.zeros(len(self.refs), np.int32)
        for ref, placement in plan.placements.items():
            starts[self.number[ref]], modes[self.number[ref]] = placement
        return starts, modes


def compile_problem(problem: Problem) -> Compiled:
    """The arrays of a problem that `check` let pass."""
    refs = tuple(problem.activity)
    uses = tuple(dict.fromkeys(pay.use for _, each in problem.every() for mode in each.modes for pay in mode.payments))
    parts = (_activities, _modes, _renewables, _consumables, _money, _lags, _choices)
    fields: dict[str, NDArray[np.generic]] = {}
    for part in parts:
        fields |= part(problem, refs, uses)
    return Compiled(problem, Arrays(**fields), refs, uses)  # type: ignore[arg-type]


Fields = dict[str, NDArray[np.generic]]
Refs = tuple[Ref, ...]
Uses = tuple[str, ...]


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), np.int32)


def _amounts(values: Iterable[int]) -> Amounts:
    return np.array(list(values), np.int64)


def _firsts(lengths: Iterable[int]) -> Ints:
    return _ints(accumulate(lengths, initial=0))


def _all_modes(problem: Problem) -> list[Mode]:
    return [mode for _, activity in problem.every() for mode in activity.modes]


# --- activities and modes --------------------------------------------------------------------------------------------
def _activities(problem: Problem, refs: Refs, uses: Uses) -> Fields:
    horizon, activities = problem.timeline.horizon, list(problem.activity.values())
    is_working = np.zeros((len(refs), horizon), np.bool_)
    for row, activity in enumerate(activities):
        is_working[row, list(problem.working[activity.calendar].slots)] = True
    waits: dict[Ref, list[Ref]] = {ref: [] for ref in refs}
    for lag in problem.lags:
        waits[lag.after].append(lag.before)
    number = {ref: index for index, ref in enumerate(refs)}
    return {
        "activity_first": _firsts(len(project.activities) for project in problem.projects),
        "project_of": _ints(row for row, project in enumerate(problem.projects) for _ in project.activities),
        "mode_first": _firsts(len(activity.modes) for activity in activities),
        "activity_of": _ints(row for row, activity in enumerate(activities) for _ in activity.modes),
        "order": _ints(number[ref] for ref in in_order(waits)),
        "is_working": is_working,
    }


def _modes(problem: Problem, refs: Refs, uses: Uses) -> Fields:
    rows = [(each, index) for _, each in problem.every() for index in range(len(each.modes))]
    shape = (len(rows), problem.timeline.horizon + 1)
    end, value = np.full(shape, -1, np.int32), np.zeros(shape, np.int64)
    for row, (activity, index) in enumerate(rows):
        starts, ends = _ends(problem, activity, index)
        end[row, starts] = ends
        for earning in activity.earnings:
            weight = problem.weights.get(earning.part, 0)
            if weight:
                value[row, starts] += weight * _earned(problem, activity, index, earning, starts, ends)
    return {
        "duration": _ints(activity.modes[index].duration for activity, index in rows),
        "end": end,
        "value": value,
    }


def _ends(problem: Problem, activity: Activity, index: int) -> tuple[Amounts, Amounts]:
    """The starts that a mode may have, and its end for each."""
    horizon, duration = problem.timeline.horizon, activity.modes[index].duration
    slots = _amounts(problem.working[activity.calendar].slots)
    if duration == 0:
        starts = ends = np.arange(horizon + 1)
    else:
        starts = slots[: max(0, len(slots) - duration + 1)]
        ends = slots[duration - 1 :] + 1
    if activity.done is not None:
        allowed = (starts == activity.done.start) & (activity.done.mode == index)
    else:
        last = horizon if activity.deadline is None else activity.deadline
        allowed = (starts >= activity.release) & (ends <= last)
    return starts[allowed], ends[allowed]


def _earned(
    problem: Problem, activity: Activity, index: int, earning: Earning, starts: Amounts, ends: Amounts
) -> Amounts:
    match earning:
        case WhileWorked(amount=amount, start=first, end=last):
            duration = activity.modes[index].duration
            slots = _amounts(problem.working[activity.calendar].slots)
            if duration == 0:
                return np.zeros_like(starts)
            begun = np.searchsorted(slots, starts)
            low, high = np.searchsorted(slots, [first, last])
            inside = np.maximum(0, np.minimum(begun + duration, high) - np.maximum(begun, low))
            return np.asarray(amount * inside // duration)
        case WhenFinishedBy(amount=amount, by=by):
            return np.where(ends <= by, amount, 0)
        case SinceFinished(amount=amount, until=until):
            return np.asarray(amount * np.maximum(0, until - ends))
        case IfLate(amount=amount, due=due, once=once):
            return np.where(ends > due, -(once + amount * (ends - due)), 0)
        case IfMoved(amount=amount, start=start, once=once):
            return np.where(starts != start, -(once + amount * np.abs(starts - start)), 0)


# --- factors ---------------------------------------------------------------------------------------------------------
def _renewables(problem: Problem, refs: Refs, uses: Uses) -> Fields:
    number = {factor.key: row for row, factor in enumerate(problem.renewables)}
    capacity = np.zeros((len(number), problem.timeline.horizon), np.int64)
    for row, factor in enumerate(problem.renewables):
        for level in factor.levels:
            capacity[row, level.start :] = level.amount
    return {"capacity": capacity, **_demanded(problem, number, "use")}


def _demanded(problem: Problem, number: dict[str, int], name: str) -> Fields:
    rows = [[each for each in mode.demands if each.factor in number] for mode in _all_modes(problem)]
    return {
        f"{name}_first": _firsts(map(len, rows)),
        f"{name}_factor": _ints(number[each.factor] for row in rows for each in row),
        f"{name}_amount": _amounts(each.amount for row in rows for each in row),
    }


def _consumables(problem: Problem, refs: Refs, uses: Uses) -> Fields:
    number = {factor.key: row for row, factor in enumerate(problem.consumables)}
    rows = [windows(factor, problem.timeline.horizon) for factor in problem.consumables]
    return {
        **_demanded(problem, number, "take"),
        "window_first": _firsts(map(len, rows)),
        "window_start": _ints(start for row in rows for start, _, _ in row),
        "window_end": _ints(end for row in rows for _, end, _ in row),
        "window_limit": _amounts(limit for row in rows for _, _, limit in row),
    }


def windows(factor: Consumable, horizon: int) -> list[tuple[int, int, int]]:
    """(start, end, limit): what begins in [start, end) takes at most the limit; together they are Hall's condition."""
    beyond = horizon + 1
    opens = [(each.start, beyond if each.expires is None else each.expires, each.amount) for each in factor.releases]
    starts = sorted({0, *(closing for _, closing, _ in opens if closing < beyond)})
    ends = sorted({beyond, *(opening for opening, _, _ in opens if opening > 0)})
    return [
        (start, end, sum(amount for opening, closing, amount in opens if opening < end and closing > start))
        for start in starts
        for end in ends
        if start < end
    ]


def _money(problem: Problem, refs: Refs, uses: Uses) -> Fields:
    arrived = np.zeros((len(problem.sources), problem.timeline.horizon), np.int64)
    for row, source in enumerate(problem.sources):
        for arrival in source.arrivals:
            arrived[row, arrival.start :] += arrival.amount
    modes = _all_modes(problem)
    payments = [payment for mode in modes for payment in mode.payments]
    may_pay = [[source.may_pay(use) for use in uses] for source in problem.sources]
    return {
        "pay_first": _firsts(len(mode.payments) for mode in modes),
        "pay_use": _ints(uses.index(each.use) for each in payments),
        "pay_amount": _amounts(each.amount for each in payments),
        "pay_when": _ints(WHEN[each.when] for each in payments),
        "arrived": arrived,
        "may_pay": np.array(may_pay, np.bool_).reshape(len(problem.sources), len(uses)),
    }


# --- lags and choices ------------------------------------------------------------------------------------------------
def _lags(problem: Problem, refs: Refs, uses: Uses) -> Fields:
    number = {ref: index for index, ref in enumerate(refs)}
    before = [number[lag.before] for lag in problem.lags]
    after = [number[lag.after] for lag in problem.lags]
    return {
        "lag_before": _ints(before),
        "lag_after": _ints(after),
        "lag_least": _ints(lag.least for lag in problem.lags),
        "lag_most": _ints(int(NEVER) if lag.most is None else lag.most for lag in problem.lags),
        "lag_from_start": np.array([lag.counted_from is From.START for lag in problem.lags], np.bool_),
        **_listed("into", after, len(refs)),
        **_listed("out", before, len(refs)),
    }


def _listed(name: str, at: Sequence[int], count: int) -> Fields:
    """For each activity the lags at it."""
    lists: list[list[int]] = [[] for _ in range(count)]
    for lag, activity in enumerate(at):
        lists[activity].append(lag)
    return {f"{name}_first": _firsts(map(len, lists)), name: _ints(lag for each in lists for lag in each)}


def _choices(problem: Problem, refs: Refs, uses: Uses) -> Fields:
    number = {project.key: row for row, project in enumerate(problem.projects)}
    weights, projects = problem.weights, problem.projects
    return {
        "chosen_value": _amounts(sum(weights.get(e.part, 0) * e.amount for e in each.earnings) for each in projects),
        "is_mandatory": np.array([each.is_mandatory for each in projects], np.bool_),
        "group_first": _firsts(map(len, problem.groups)),
        "group": _ints(number[key] for group in problem.groups for key in group),
        "required_first": _firsts(len(each.requires) for each in projects),
        "required": _ints(number[key] for each in projects for key in each.requires),
    }
