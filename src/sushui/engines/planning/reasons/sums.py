"""Conflicts that a sum shows: what some projects surely take of a quota, or are surely paid, is more than there is.

Of an activity that must be done, the least any of its modes takes is sure within a window if every start still open to
it lies in the window; starts are open if they leave room for all that comes before and after within the project's own
dates. Payments are sure by a slot if the activity ends by then whatever happens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ..arrays import Amounts, Arrays, Compiled, Ints, compile_problem
from ..problem import Problem

MOST_SOURCES = 6  # of more, only single ones and all together are summed


@dataclass(frozen=True)
class Excess:
    """The projects, most first, that are enough to take more than there is of these factors, which share one sum."""

    factors: tuple[str, ...]
    projects: tuple[str, ...]


def excesses(problem: Problem) -> list[Excess]:
    """Every sum that does not come out for the mandatory projects, those of the fewest projects first."""
    compiled = compile_problem(problem)
    open_ = _open_starts(compiled.arrays)
    rows = [*_quotas(compiled, open_), *_money(compiled, open_)]
    found = [excess for factors, needs, limit in rows if (excess := _excess(compiled, factors, needs, limit))]
    return sorted(found, key=lambda each: len(each.projects))


Row = tuple[tuple[str, ...], Amounts, int]


def _excess(compiled: Compiled, factors: tuple[str, ...], needs: Amounts, limit: int) -> Excess | None:
    """The largest needs until they are more than the limit: of these no project can be spared."""
    totals = np.add.reduceat(needs, compiled.arrays.activity_first[:-1])
    totals = np.where(compiled.arrays.is_mandatory, totals, 0)
    if totals.sum() <= limit:
        return None
    order = np.argsort(-totals, kind="stable")
    count = int(np.searchsorted(np.cumsum(totals[order]), limit, side="right")) + 1
    keys = [project.key for project in compiled.problem.projects]
    return Excess(factors, tuple(keys[row] for row in order[:count]))


def _open_starts(arrays: Arrays) -> tuple[Ints, Ints]:
    """The first and last slot at which each activity [A] may begin, for all that the lags within projects say."""
    count = len(arrays.project_of)
    first, last = np.zeros(count, np.int32), np.full(count, arrays.end.shape[1] - 1, np.int32)
    for activity in arrays.order.tolist():
        for lag in arrays.into[arrays.into_first[activity] : arrays.into_first[activity + 1]].tolist():
            before = int(arrays.lag_before[lag])
            origin = (
                first[before] if arrays.lag_from_start[lag] else _ends(arrays, before, first, last).min(initial=2**30)
            )
            if arrays.project_of[before] == arrays.project_of[activity]:
                first[activity] = max(first[activity], origin + arrays.lag_least[lag])
    for activity in arrays.order[::-1].tolist():
        for lag in arrays.out[arrays.out_first[activity] : arrays.out_first[activity + 1]].tolist():
            after = int(arrays.lag_after[lag])
            if arrays.project_of[after] != arrays.project_of[activity]:
                continue
            latest = int(last[after] - arrays.lag_least[lag])
            if not arrays.lag_from_start[lag]:
                rows = slice(arrays.mode_first[activity], arrays.mode_first[activity + 1])
                in_time = (arrays.end[rows] >= 0) & (arrays.end[rows] <= latest)
                latest = int(np.flatnonzero(in_time.any(axis=0)).max(initial=-1))
            last[activity] = min(last[activity], latest)
    return first, last


def _ends(arrays: Arrays, activity: int, first: Ints, last: Ints) -> Ints:
    """The ends of every open start of every mode."""
    rows = slice(arrays.mode_first[activity], arrays.mode_first[activity + 1])
    ends = arrays.end[rows, first[activity] : last[activity] + 1]
    return np.asarray(ends[ends >= 0], np.int32)


def _starts(arrays: Arrays, mode: int, open_: tuple[Ints, Ints]) -> Ints:
    """The open starts of a mode."""
    activity = arrays.activity_of[mode]
    first, last = int(open_[0][activity]), int(open_[1][activity])
    return np.asarray(np.flatnonzero(arrays.end[mode, first : last + 1] >= 0) + first, np.int32)


def _least(arrays: Arrays, by_mode: dict[int, int], open_: tuple[Ints, Ints]) -> Amounts:
    """The least that each activity [A] takes, whichever of its open modes it has; a mode without an amount: nothing."""
    needs = np.zeros(len(arrays.project_of), np.int64)
    for activity in {int(arrays.activity_of[mode]) for mode in by_mode}:
        modes = range(arrays.mode_first[activity], arrays.mode_first[activity + 1])
        amounts = [by_mode.get(mode, 0) for mode in modes if len(_starts(arrays, mode, open_))]
        needs[activity] = min(amounts, default=0)
    return needs


def _quotas(compiled: Compiled, open_: tuple[Ints, Ints]) -> Iterator[Row]:
    arrays = compiled.arrays
    for factor, consumable in enumerate(compiled.problem.consumables):
        takes: dict[int, int] = {}
        for mode in range(len(arrays.activity_of)):
            some = slice(arrays.take_first[mode], arrays.take_first[mode + 1])
            amount = int(arrays.take_amount[some][arrays.take_factor[some] == factor].sum())
            if amount:
                takes[mode] = amount
        edges = {mode: (starts.min(), starts.max()) for mode in takes if len(starts := _starts(arrays, mode, open_))}
        for window in range(arrays.window_first[factor], arrays.window_first[factor + 1]):
            begins, ends = arrays.window_start[window], arrays.window_end[window]
            inside = {m: takes[m] for m, (first, last) in edges.items() if begins <= first and last < ends}
            yield (consumable.key,), _least(arrays, inside, open_), int(arrays.window_limit[window])


def _money(compiled: Compiled, open_: tuple[Ints, Ints]) -> Iterator[Row]:
    """For each set of sources: the payments that nobody else may make, by each slot before more arrives."""
    arrays, sources = compiled.arrays, compiled.problem.sources
    ends = {mode: _last_end(arrays, mode, open_) for mode in range(len(arrays.activity_of))}
    for some in _sets(len(sources)):
        others = np.setdiff1d(np.arange(len(sources)), some)
        is_theirs = np.asarray(arrays.may_pay[list(some)].any(axis=0) & ~arrays.may_pay[others].any(axis=0))
        arrived = arrays.arrived[list(some)].sum(axis=0)
        for slot in [*(np.flatnonzero(np.diff(arrived)) + 1).tolist(), len(arrived)]:
            paid: dict[int, int] = {}
            for mode, end in ends.items():
                pays = slice(arrays.pay_first[mode], arrays.pay_first[mode + 1])
                amount = int(arrays.pay_amount[pays][is_theirs[arrays.pay_use[pays]]].sum())
                if amount and end <= slot:
                    paid[mode] = amount
            yield tuple(sources[each].key for each in some), _least(arrays, paid, open_), int(arrived[slot - 1])


def _last_end(arrays: Arrays, mode: int, open_: tuple[Ints, Ints]) -> int:
    starts = _starts(arrays, mode, open_)
    return int(arrays.end[mode, starts].max(initial=-1))


def _sets(count: int) -> Iterator[tuple[int, ...]]:
    for size in range(1, count + 1):
        if count <= MOST_SOURCES or size in (1, count):
            yield from combinations(range(count), size)
