"""Whether a plan keeps what a problem asks, found out by somebody who made no plan.

Every condition of docs/algorithms/planning.md is checked by counting the plan out slot by slot; consumables are shared
out release by release, money by a maximum flow. Solvers use neither (they keep sums over intervals), and nothing here
is theirs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, product

from .factors import Consumable, Renewable
from .flows import SINK, SOURCE, Flow
from .plan import Plan
from .problem import From, Lag, Problem, Ref
from .recounting import Course, courses, instalments


class ViolationKind(StrEnum):
    """What a plan does not keep. In brackets: what a violation of this kind names beside its kind."""

    UNKNOWN_ACTIVITY = "unknown_activity"  # (project, activity) placed, and not in the problem
    UNKNOWN_MODE = "unknown_mode"  # (project, activity)
    MISSING_ACTIVITY = "missing_activity"  # (project, activity) of a project that is in the plan with others
    OUTSIDE_HORIZON = "outside_horizon"  # (project, activity, slot) begins before 0, or would work from `slot` = H on
    BEFORE_RELEASE = "before_release"  # (project, activity, slot, by) `by` slots too early
    AFTER_DEADLINE = "after_deadline"  # (project, activity, slot, by) `by` slots too late
    STARTS_IN_PAUSE = "starts_in_pause"  # (project, activity, slot)
    STATUTORY_LIMIT = "statutory_limit"  # (project, activity, by) longer than the law gives
    LAG_TOO_SHORT = "lag_too_short"  # (project, activity, other, slot, by) begins `by` slots too early after `other`
    LAG_TOO_LONG = "lag_too_long"  # (project, activity, other, slot, by) begins `by` slots too late after `other`
    OVER_CAPACITY = "over_capacity"  # (factor, slot, by) of a renewable factor
    QUOTA_SHORT = "quota_short"  # (factor, slot, by) what begins at `slot` finds `by` too little
    MONEY_SHORT = "money_short"  # (factor, slot, by) the use is `factor`; `by` of what is due at `slot` is not there
    UNKNOWN_FACTOR = "unknown_factor"  # (project, activity, factor, slot, by)
    MANDATORY_MISSING = "mandatory_missing"  # (project)
    REQUIRED_MISSING = "required_missing"  # (project, other) `other.project` must be in the plan with it
    GROUP_CROWDED = "group_crowded"  # (project, other, by) `by` more than one; the first two of them
    DONE_MOVED = "done_moved"  # (project, activity, slot, by) what happened at `slot` stands `by` slots elsewhere


@dataclass(frozen=True)
class Violation:
    """One thing that a plan does not keep, where, and by how much (amounts in a factor's smallest part)."""

    kind: ViolationKind
    project: str = ""
    activity: str = ""
    other: Ref | None = None
    factor: str = ""
    slot: int | None = None
    by: int = 0


def verify(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Everything that the plan does not keep; nothing, if it is one that may be acted upon.

    What cannot be counted out (an unknown mode, work beyond the horizon) is named, and counted as far as it goes.
    """
    carried = list(courses(problem, plan))
    return (
        *_names(problem, plan),
        *_memberships(problem, plan),
        *(found for course in carried for found in _times(problem, course)),
        *_done(problem, plan),
        *_lags(problem, {course.ref: course for course in carried}),
        *_capacities(problem, carried),
        *_quotas(problem, carried),
        *_money(problem, carried),
    )


# --- who is in the plan ----------------------------------------------------------------------------------------------


def _names(problem: Problem, plan: Plan) -> Iterator[Violation]:
    for ref, placed in plan.placements.items():
        activity = problem.activity.get(ref)
        if activity is None:
            yield Violation(ViolationKind.UNKNOWN_ACTIVITY, ref.project, ref.activity)
        elif not 0 <= placed.mode < len(activity.modes):
            yield Violation(ViolationKind.UNKNOWN_MODE, ref.project, ref.activity)
    for ref in problem.activity:
        if ref.project in plan.projects and ref not in plan.placements:
            yield Violation(ViolationKind.MISSING_ACTIVITY, ref.project, ref.activity)


def _memberships(problem: Problem, plan: Plan) -> Iterator[Violation]:
    for project in problem.projects:
        if project.is_mandatory and project.key not in plan.projects:
            yield Violation(ViolationKind.MANDATORY_MISSING, project.key)
        if project.key in plan.projects:
            for required in project.requires:
                if required not in plan.projects:
                    yield Violation(ViolationKind.REQUIRED_MISSING, project.key, other=Ref(required, ""))
    for group in problem.groups:
        taken = [key for key in group if key in plan.projects]
        if len(taken) > 1:
            yield Violation(ViolationKind.GROUP_CROWDED, taken[0], other=Ref(taken[1], ""), by=len(taken) - 1)


# --- when ------------------------------------------------------------------------------------------------------------


def _times(problem: Problem, course: Course) -> Iterator[Violation]:
    """What already happened may have begun before its release, and ended later than it should."""
    activity, start, end, horizon = course.activity, course.start, course.end, problem.timeline.horizon
    place = course.ref
    if end is None:
        yield Violation(ViolationKind.OUTSIDE_HORIZON, *place, slot=start if start < 0 else horizon)
    if 0 <= start < horizon and course.mode.duration and start not in course.slots:
        yield Violation(ViolationKind.STARTS_IN_PAUSE, *place, slot=start)
    if activity.done is not None:
        return
    if start < activity.release:
        yield Violation(ViolationKind.BEFORE_RELEASE, *place, slot=start, by=activity.release - start)
    if end is not None and activity.deadline is not None and end > activity.deadline:
        yield Violation(ViolationKind.AFTER_DEADLINE, *place, slot=end, by=end - activity.deadline)
    limit = activity.statutory_limit
    if limit is not None and course.mode.duration > limit:
        yield Violation(ViolationKind.STATUTORY_LIMIT, *place, by=course.mode.duration - limit)


def _done(problem: Problem, plan: Plan) -> Iterator[Violation]:
    for ref, activity in problem.activity.items():
        placed, done = plan.placements.get(ref), activity.done
        if placed is not None and done is not None and (placed.start, placed.mode) != (done.start, done.mode):
            yield Violation(ViolationKind.DONE_MOVED, *ref, slot=done.start, by=abs(placed.start - done.start))


def _lags(problem: Problem, carried: dict[Ref, Course]) -> Iterator[Violation]:
    for lag in problem.lags:
        before, after = carried.get(lag.before), carried.get(lag.after)
        if before is not None and after is not None:
            yield from _lag(lag, before, after)


def _lag(lag: Lag, before: Course, after: Course) -> Iterator[Violation]:
    origin = before.start if lag.counted_from is From.START else before.end
    if origin is None:
        return  # work without an end is named already, and nothing can be counted from it
    waited, place, slot = after.start - origin, after.ref, after.start
    if waited < lag.least:
        yield Violation(ViolationKind.LAG_TOO_SHORT, *place, before.ref, slot=slot, by=lag.least - waited)
    if lag.most is not None and waited > lag.most:
        yield Violation(ViolationKind.LAG_TOO_LONG, *place, before.ref, slot=slot, by=waited - lag.most)


# --- with what -------------------------------------------------------------------------------------------------------


def _capacities(problem: Problem, carried: list[Course]) -> Iterator[Violation]:
    renewables = {factor.key: factor for factor in problem.renewables}
    known = renewables.keys() | {factor.key for factor in problem.consumables}
    used: Counter[tuple[str, int]] = Counter()
    for course in carried:
        for demand in course.mode.demands:
            if demand.factor in renewables:
                used.update({(demand.factor, slot): demand.amount for slot in course.slots})
            elif demand.factor not in known:
                yield Violation(
                    ViolationKind.UNKNOWN_FACTOR, *course.ref, None, demand.factor, course.start, demand.amount
                )
    for (key, slot), amount in sorted(used.items()):
        over = amount - _capacity(renewables[key], slot)
        if over > 0:
            yield Violation(ViolationKind.OVER_CAPACITY, factor=key, slot=slot, by=over)


def _capacity(factor: Renewable, slot: int) -> int:
    begun = [level for level in factor.levels if level.start <= slot]
    return max(begun, key=lambda level: level.start).amount if begun else 0


def _quotas(problem: Problem, carried: list[Course]) -> Iterator[Violation]:
    wanted: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for course in carried:
        for demand in course.mode.demands:
            wanted[demand.factor][course.start] += demand.amount
    for factor in problem.consumables:
        yield from _shared_out(factor, wanted[factor.key])


def _shared_out(factor: Consumable, wanted: Counter[int]) -> Iterator[Violation]:
    """Slot after slot takes what it needs from the open release that closes first.

    That is never wrong: a later slot can take instead whatever an earlier one left, if it is open as long.
    """
    by_closing = sorted(factor.releases, key=lambda release: (release.expires is None, release.expires or 0))
    left = [release.amount for release in by_closing]
    for slot, missing in sorted(wanted.items()):
        for index, release in enumerate(by_closing):
            if release.start <= slot and (release.expires is None or slot < release.expires):
                taken = min(left[index], missing)
                left[index] -= taken
                missing -= taken
        if missing > 0:
            yield Violation(ViolationKind.QUOTA_SHORT, factor=factor.key, slot=slot, by=missing)


def _money(problem: Problem, carried: list[Course]) -> Iterator[Violation]:
    """Is every payment covered? Only if not, it is gone through once more in the order of time, to say where."""
    due: Counter[tuple[int, str]] = Counter()
    for course in carried:
        for payment in course.mode.payments:
            for slot, amount in instalments(course, payment):
                due[slot, payment.use] += amount
    periods = sorted({arrival.start for source in problem.sources for arrival in source.arrivals})
    coffers = _coffers(problem, periods, due)
    for (slot, use), amount in due.items():
        coffers.widen((use, _period(periods, slot)), SINK, amount)
    if coffers.push() < sum(due.values()):
        yield from _unpaid(_coffers(problem, periods, due), periods, due)


def _unpaid(coffers: Flow, periods: list[int], due: Counter[tuple[int, str]]) -> Iterator[Violation]:
    for (slot, use), amount in sorted(due.items()):
        node = (use, _period(periods, slot))
        coffers.widen(node, SINK, amount)
        missing = amount - coffers.push()
        if missing:
            coffers.widen(node, SINK, -missing)  # what comes later shall not pay it
            yield Violation(ViolationKind.MONEY_SHORT, factor=use, slot=slot, by=missing)


def _period(periods: list[int], slot: int) -> int:
    """The last slot up to this one at which any money arrives: between two arrivals all slots are alike. -1: none."""
    passed = bisect_right(periods, slot)
    return periods[passed - 1] if passed else -1


def _coffers(problem: Problem, periods: list[int], due: Counter[tuple[int, str]]) -> Flow:
    """The network from arrivals through each source's coffer in each period to the uses that it may pay then."""
    coffers = Flow()
    uses, total = sorted({use for _, use in due}), sum(due.values())
    for number, source in enumerate(problem.sources):
        for arrival in source.arrivals:
            coffers.widen(SOURCE, (number, arrival.start), arrival.amount)
        for earlier, later in pairwise(periods):
            coffers.widen((number, earlier), (number, later), total)
        for period, use in product(periods, uses):
            if source.may_pay(use):
                coffers.widen((number, period), (use, period), total)
    return coffers
