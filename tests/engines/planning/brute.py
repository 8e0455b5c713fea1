"""Every plan of a tiny problem looked at, and the best one kept: what solvers are measured against in tests.

Its idea of a plan that may be acted upon is its own, too: quotas by Hall's condition over every interval, money by the
cheapest cut over every combination of uses and times, where `verify` shares out and lets flow.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

from sushui.engines.planning.factors import Consumable
from sushui.engines.planning.plan import Placement, Plan
from sushui.engines.planning.problem import Activity, Done, From, Goal, Mode, Payment, Problem, Ref, When
from sushui.engines.planning.values import IfLate, IfMoved, SinceFinished, WhenFinishedBy, WhileWorked


class Best(NamedTuple):
    """The best there is, and a plan that is as good."""

    objective: int
    plan: Plan


Placements = dict[Ref, Placement]


def best(problem: Problem) -> Best | None:
    """The best objective of a tiny problem (value or earliest end) with a plan; None where there is no plan."""
    found: Best | None = None
    for placements in _all(problem):
        objective = objective_of(problem, placements)
        is_earliest = problem.goal is Goal.MAKESPAN
        if found is None or (objective < found.objective if is_earliest else objective > found.objective):
            found = Best(objective, Plan(placements))
    return found


def is_feasible(problem: Problem, plan: Plan) -> bool:
    """Whether the plan keeps everything."""
    chosen = plan.projects
    is_known = all(ref in problem.activity for ref in plan.placements)
    is_whole = all(ref in plan.placements for ref in problem.activity if ref.project in chosen)
    return is_known and is_whole and _may_choose(problem, chosen) and _fits(problem, dict(plan.placements))


def objective_of(problem: Problem, placements: Placements) -> int:
    """The weighted value of a plan, or its last end."""
    spans = _spans(problem, placements)
    if problem.goal is Goal.MAKESPAN:
        return max((end for _, end in spans.values()), default=0)
    chosen = {ref.project for ref in placements}
    value = sum(
        problem.weights.get(e.part, 0) * e.amount for p in problem.projects if p.key in chosen for e in p.earnings
    )
    return value + sum(_earned(problem, ref, slots, end) for ref, (slots, end) in spans.items())


# --- which plans there are -------------------------------------------------------------------------------------------


def _all(problem: Problem) -> Iterator[Placements]:
    keys = [project.key for project in problem.projects]
    for size in range(len(keys) + 1):
        for chosen in combinations(keys, size):
            if _may_choose(problem, frozenset(chosen)):
                yield from _placed(problem, [ref for ref in problem.activity if ref.project in chosen], {})


def _placed(problem: Problem, refs: list[Ref], placements: Placements) -> Iterator[Placements]:
    """Every way to add the activities; what does not fit does not fit with more beside it either."""
    if not refs:
        yield dict(placements)
        return
    modes = range(len(problem.activity[refs[0]].modes))
    for start, mode in product(range(problem.timeline.horizon + 1), modes):
        placements[refs[0]] = Placement(start, mode)
        if _fits(problem, placements):
            yield from _placed(problem, refs[1:], placements)
        del placements[refs[0]]


def _may_choose(problem: Problem, chosen: frozenset[str]) -> bool:
    return (
        all(project.key in chosen for project in problem.projects if project.is_mandatory)
        and all(set(project.requires) <= chosen for project in problem.projects if project.key in chosen)
        and all(len(chosen & set(group)) <= 1 for group in problem.groups)
    )


# --- whether they fit ------------------------------------------------------------------------------------------------


def _fits(problem: Problem, placements: Placements) -> bool:
    return (
        all(_is_in_time(problem, problem.activity[ref], placed) for ref, placed in placements.items())
        and _keeps_lags(problem, placements)
        and _keeps_capacities(problem, placements)
        and all(_keeps_quota(problem, factor, placements) for factor in problem.consumables)
        and _keeps_money(problem, placements)
    )


def _span(problem: Problem, activity: Activity, placed: Placement) -> tuple[list[int], int] | None:
    """The worked slots and the end, or None where it cannot be."""
    pauses = next((one.pauses for one in problem.calendars if one.key == activity.calendar), ())
    horizon, duration = problem.timeline.horizon, activity.modes[placed.mode].duration
    works = [all(not p.start <= slot < p.end for p in pauses) for slot in range(horizon)]
    if duration == 0:
        return ([], placed.start) if 0 <= placed.start <= horizon else None
    if not 0 <= placed.start < horizon or not works[placed.start]:
        return None
    slots = [slot for slot in range(placed.start, horizon) if works[slot]][:duration]
    return (slots, slots[-1] + 1) if len(slots) == duration else None


def _spans(problem: Problem, placements: Placements) -> dict[Ref, tuple[list[int], int]]:
    spans = {ref: _span(problem, problem.activity[ref], placed) for ref, placed in placements.items()}
    return {ref: span for ref, span in spans.items() if span}


def _is_in_time(problem: Problem, activity: Activity, placed: Placement) -> bool:
    span = _span(problem, activity, placed)
    if span is None or activity.done is not None:
        return span is not None and activity.done == Done(*placed)
    return placed.start >= activity.release and (activity.deadline is None or span[1] <= activity.deadline)


def _keeps_lags(problem: Problem, placements: Placements) -> bool:
    spans = _spans(problem, placements)
    for lag in problem.lags:
        if lag.before in placements and lag.after in placements:
            origin = placements[lag.before].start if lag.counted_from is From.START else spans[lag.before][1]
            waited = placements[lag.after].start - origin
            if waited < lag.least or (lag.most is not None and waited > lag.most):
                return False
    return True


def _mode(problem: Problem, ref: Ref, placements: Placements) -> Mode:
    return problem.activity[ref].modes[placements[ref].mode]


def _demand(mode: Mode, factor: str) -> int:
    return sum(demand.amount for demand in mode.demands if demand.factor == factor)


def _keeps_capacities(problem: Problem, placements: Placements) -> bool:
    spans = _spans(problem, placements)
    for factor, slot in product(problem.renewables, range(problem.timeline.horizon)):
        used = sum(_demand(_mode(problem, ref, placements), factor.key) for ref, (at, _) in spans.items() if slot in at)
        if used > [level.amount for level in factor.levels if level.start <= slot][-1]:
            return False
    return True


def _keeps_quota(problem: Problem, factor: Consumable, placements: Placements) -> bool:
    """Whatever begins in an interval takes no more than what is open at some slot of it."""
    taken = [(placed.start, _demand(_mode(problem, ref, placements), factor.key)) for ref, placed in placements.items()]
    horizon = problem.timeline.horizon
    for first, last in combinations(range(horizon + 2), 2):
        open_ = sum(
            release.amount
            for release in factor.releases
            if release.start < last and (release.expires is None or release.expires > first)
        )
        if sum(amount for start, amount in taken if first <= start < last) > open_:
            return False
    return True


def _keeps_money(problem: Problem, placements: Placements) -> bool:
    """Whatever uses are paid until whatever slots, it is no more than the money that could have paid any of it."""
    due = [one for ref, placed in placements.items() for one in _due(problem, ref, placed)]
    uses = sorted({use for use, _, _ in due})
    if not uses:
        return True
    times = [sorted({-1, *(slot for use, slot, _ in due if use == of)}) for of in uses]
    return all(_is_covered(problem, due, dict(zip(uses, until, strict=True))) for until in product(*times))


def _is_covered(problem: Problem, due: list[tuple[str, int, int]], until: dict[str, int]) -> bool:
    paid = sum(amount for use, slot, amount in due if slot <= until[use])
    able = sum(
        arrival.amount
        for source in problem.sources
        for arrival in source.arrivals
        if any(source.may_pay(use) and arrival.start <= slot for use, slot in until.items())
    )
    return paid <= able


def _due(problem: Problem, ref: Ref, placed: Placement) -> Iterator[tuple[str, int, int]]:
    """What is paid for an activity: (use, slot, amount)."""
    activity = problem.activity[ref]
    span = _span(problem, activity, placed)
    slots = span[0] if span and span[0] else [placed.start]
    for payment in activity.modes[placed.mode].payments:
        yield from ((payment.use, slot, amount) for slot, amount in _instalments(payment, slots))


def _instalments(payment: Payment, slots: list[int]) -> Iterator[tuple[int, int]]:
    if payment.when is When.AT_START:
        yield slots[0], payment.amount
    elif payment.when is When.AT_END:
        yield slots[-1], payment.amount
    else:
        paid = [-(-(done * payment.amount) // len(slots)) for done in range(len(slots) + 1)]
        yield from ((slot, paid[done + 1] - paid[done]) for done, slot in enumerate(slots))


def _earned(problem: Problem, ref: Ref, slots: list[int], end: int) -> int:
    value = 0
    for earning in problem.activity[ref].earnings:
        weight = problem.weights.get(earning.part, 0)
        if isinstance(earning, WhileWorked) and slots:
            inside = len([slot for slot in slots if slot in range(earning.start, earning.end)])
            value += weight * ((earning.amount * inside) // len(slots))
        elif isinstance(earning, WhenFinishedBy) and end <= earning.by:
            value += weight * earning.amount
        elif isinstance(earning, SinceFinished) and end < earning.until:
            value += weight * earning.amount * (earning.until - end)
        elif isinstance(earning, IfLate) and end > earning.due:
            value -= weight * (earning.once + earning.amount * (end - earning.due))
        elif isinstance(earning, IfMoved) and earning.start != (begun := slots[0] if slots else end):
            value -= weight * (earning.once + earning.amount * abs(begun - earning.start))
    return value
