"""A plan under delays that are drawn: which commitments are at risk, and how late they would be.

In every draw each activity that is not done lasts longer or shorter by a ratio drawn for it. Nothing begins before its
planned slot; what is held up begins as soon as what it waits for and the capacities allow, in the order of the plan;
the most that a wait may take is not kept.
Quotas and money are there from the planned slot on; a quota that expires before a late beginning is counted as lapsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arrays import Amounts, Compiled, Flags, Ints, compile_problem
from ..compiled import compiled
from ..plan import Plan
from ..problem import Problem, Ref
from ..values import IfLate, WhenFinishedBy

DRAWS = 1_000
RATIOS = (0.9, 1.0, 1.0, 1.0, 1.1, 1.2, 1.35, 1.6)  # where nothing is known of how long things took; not from a source


@dataclass(frozen=True)
class Risk:
    """A date that somebody relies on. `missed`: the share of draws in which the activity ends after slot `due`.

    `median` and `late` are the ends in half and in nine tenths of the draws; None: not within the horizon.
    `lapsed`: the share of draws in which a quota that it takes had expired before it began.
    """

    activity: Ref
    due: int
    missed: float
    median: int | None
    late: int | None
    lapsed: float


def risks(
    problem: Problem, plan: Plan, *, draws: int = DRAWS, seed: int = 0, ratios: Sequence[float] = RATIOS
) -> list[Risk]:
    """Every date relied on in the plan, the likeliest to be missed first; the same seed draws the same delays."""
    compact = compile_problem(problem)
    starts, ends = drawn_courses(compact, plan, draws=draws, seed=seed, ratios=ratios)
    horizon = problem.timeline.horizon
    found = []
    for ref, due in sorted(_dates(problem, plan)):
        number = compact.number[ref]
        some = np.sort(ends[:, number])
        middle, late = (int(some[int(share * (len(some) - 1))]) for share in (0.5, 0.9))
        found.append(
            Risk(
                ref,
                due,
                float((some > due).mean()),
                middle if middle <= horizon else None,
                late if late <= horizon else None,
                _lapsed(problem, plan, ref, starts[:, number]),
            )
        )
    return sorted(found, key=lambda risk: (-risk.missed, risk.activity))


def _dates(problem: Problem, plan: Plan) -> Iterator[tuple[Ref, int]]:
    for ref, activity in problem.activity.items():
        if ref in plan.placements and activity.done is None:
            dues = {earning.due for earning in activity.earnings if isinstance(earning, IfLate)}
            dues |= {earning.by for earning in activity.earnings if isinstance(earning, WhenFinishedBy)}
            dues |= set() if activity.deadline is None else {activity.deadline}
            yield from ((ref, due) for due in dues)


def _lapsed(problem: Problem, plan: Plan, ref: Ref, starts: Ints) -> float:
    """The share of draws in which no release that was open when it should begin is open when it does."""
    placed = plan.placements[ref]
    takes = {demand.factor for demand in problem.activity[ref].modes[placed.mode].demands}
    has_lapsed = np.zeros(len(starts), np.bool_)
    for factor in problem.consumables:
        if factor.key in takes:
            opens = [r for r in factor.releases if r.start <= placed.start and (r.expires or 2**30) > placed.start]
            last = max((problem.timeline.horizon + 2 if r.expires is None else r.expires for r in opens), default=0)
            has_lapsed |= starts >= last
    return float(has_lapsed.mean())


def drawn_courses(
    compact: Compiled, plan: Plan, *, draws: int, seed: int, ratios: Sequence[float]
) -> tuple[Ints, Ints]:
    """Starts and ends [draws, A]; H + 1 where the horizon does not reach, -1 for what is not in the plan."""
    arrays = compact.arrays
    starts, modes = compact.numbers(plan)
    order = np.lexsort((np.argsort(arrays.order), starts)).astype(np.int32)
    order = order[starts[order] >= 0]
    is_done = np.array([activity.done is not None for activity in compact.problem.activity.values()], np.bool_)
    dice = np.random.default_rng(seed)
    stretch = dice.choice(np.asarray(ratios), size=(draws, len(starts)))
    found_starts = np.full(stretch.shape, -1, np.int32)
    found_ends = np.full(stretch.shape, -1, np.int32)
    chosen = np.asarray(arrays.mode_first[:-1] + modes, np.int32)
    _simulate(
        order, starts, chosen, is_done, stretch,
        arrays.duration, arrays.is_working, arrays.capacity, arrays.use_first, arrays.use_factor, arrays.use_amount,
        arrays.into_first, arrays.into, arrays.lag_before, arrays.lag_least, arrays.lag_from_start,
        found_starts, found_ends,
    )  # fmt: skip
    return found_starts, found_ends


@compiled
def _fit(
    left: Amounts, is_working: Flags, factor: Ints, amount: Amounts, start: int, lasts: int, is_fixed: bool
) -> tuple[int, int]:
    """The earliest start from `start` on at which work of that length fits, and its end; both H + 1 if none does."""
    horizon = len(is_working)
    while start <= horizon:
        slot, worked, fits = start, 0, True
        while worked < lasts and slot < horizon and fits:
            if is_working[slot]:
                worked += 1
                for at in range(len(factor)):
                    fits = fits and (is_fixed or left[factor[at], slot] >= amount[at])
            elif worked == 0:
                fits = False
            slot += 1
        if fits and worked == lasts:
            return start, slot
        if fits and slot >= horizon:
            break
        start += 1
    return horizon + 1, horizon + 1


@compiled
def _simulate(
    order: Ints,
    planned: Ints,
    chosen: Ints,
    is_done: Flags,
    stretch: NDArray[np.float64],
    duration: Ints,
    is_working: Flags,
    capacity: Amounts,
    use_first: Ints,
    use_factor: Ints,
    use_amount: Amounts,
    into_first: Ints,
    into: Ints,
    lag_before: Ints,
    lag_least: Ints,
    lag_from_start: Flags,
    starts: Ints,
    ends: Ints,
) -> None:
    """Fill starts and ends [draws, A], draw by draw, each activity as early as it can go after its planned slot."""
    horizon = is_working.shape[1]
    left = np.empty_like(capacity)
    for draw in range(len(stretch)):
        left[:] = capacity
        for activity in order:
            mode = chosen[activity]
            earliest = planned[activity]
            for at in range(into_first[activity], into_first[activity + 1]):
                lag = into[at]
                before = lag_before[lag]
                if planned[before] >= 0:
                    origin = starts[draw, before] if lag_from_start[lag] else ends[draw, before]
                    earliest = max(earliest, origin + lag_least[lag])
            lasts = duration[mode]
            if lasts > 0 and not is_done[activity]:
                lasts = max(1, int(np.rint(lasts * stretch[draw, activity])))
            fixed = is_done[activity]
            start = planned[activity] if fixed else earliest
            uses = slice(use_first[mode], use_first[mode + 1])
            start, end = _fit(left, is_working[activity], use_factor[uses], use_amount[uses], start, lasts, fixed)
            starts[draw, activity] = start
            ends[draw, activity] = end
            for slot in range(start, min(end, horizon)):
                if is_working[activity, slot]:
                    for at in range(use_first[mode], use_first[mode + 1]):
                        left[use_factor[at], slot] -= use_amount[at]
