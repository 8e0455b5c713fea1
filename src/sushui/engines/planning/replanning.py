"""A new plan that changes as little of the old one as asked: what was begun stands, and every change has its price.

The price is part of the value, so one search weighs a better plan against the promises it would break; a hint alone
would keep nothing. What no longer holds is mended first, with few projects let loose, so that there is a plan at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from .arrays import compile_problem
from .cells import Cells
from .cpsat import Limits, Run
from .exact import Model
from .plan import Placement, Plan, Result
from .problem import Activity, Done, Problem, Project, Ref
from .recounting import courses
from .solving import Progress, solve
from .values import IfChosen, IfMoved, Part
from .verifying import Violation, ViolationKind, verify

FIRST_LOOSE = 12  # projects let loose at first; twice as many when that does not mend it
SCARCE = (ViolationKind.OVER_CAPACITY, ViolationKind.QUOTA_SHORT, ViolationKind.MONEY_SHORT)


@dataclass(frozen=True)
class Prices:
    """What changes cost, in points: a project `left` out that was in, an activity `moved`, and each `slot` it moves.

    `times`: for the projects named, so many times as much: what was promised to whom.
    """

    left: int
    moved: int
    slot: int
    times: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, project: str) -> int:
        """How many times the price holds for a project."""
        return self.times.get(project, 1)


@dataclass(frozen=True)
class Move:
    """An activity of a project that is in both plans and begins elsewhere, or is carried out in another mode."""

    activity: Ref
    before: Placement
    after: Placement


@dataclass(frozen=True)
class Changes:
    """What is different between two plans."""

    left: tuple[str, ...]
    joined: tuple[str, ...]
    moves: tuple[Move, ...]

    @property
    def affected(self) -> frozenset[str]:
        """Every project that something changes for."""
        return frozenset((*self.left, *self.joined, *(move.activity.project for move in self.moves)))


@dataclass(frozen=True)
class Replanned:
    """The new plan with its price taken off its objective, and what it changes; no changes where there is no plan."""

    result: Result
    changes: Changes | None


def changes(before: Plan, after: Plan) -> Changes:
    """What a plan changes of the one before it."""
    moves = [
        Move(ref, placed, after.placements[ref])
        for ref, placed in before.placements.items()
        if ref in after.placements and after.placements[ref] != placed
    ]
    left, joined = before.projects - after.projects, after.projects - before.projects
    return Changes(tuple(sorted(left)), tuple(sorted(joined)), tuple(moves))


def replan(
    problem: Problem,
    plan: Plan,
    *,
    prices: Prices,
    now: int,
    time_limit: float,
    threads: int = 2,
    seed: int = 0,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Replanned:
    """The best plan found from slot `now` on, changes priced.

    `problem` says what is so now, `plan` what was planned.
    """
    began = time.monotonic()
    asked = steadied(problem, plan, prices, now)
    mended = mend(asked, plan, time_limit / 2, seed)
    result = solve(
        asked,
        time_limit=max(0.1, time_limit - (time.monotonic() - began)),
        threads=threads,
        seed=seed,
        on_progress=on_progress,
        should_stop=should_stop,
        hint=mended,
    )
    return Replanned(result, changes(plan, result.plan) if result.plan is not None else None)


def steadied(problem: Problem, plan: Plan, prices: Prices, now: int) -> Problem:
    """The problem as seen from slot `now`: what the plan has begun is done, and every other change has its price."""

    def steady(project: Project) -> Project:
        times = prices.of(project.key)
        rows = tuple(
            _steady(activity, Ref(project.key, activity.key), plan, prices, times, now)
            for activity in project.activities
        )
        if project.key not in plan.projects:
            return replace(project, activities=rows)
        has_begun = any(row.done is not None for row in rows)
        kept = (*project.earnings, IfChosen(Part.CHANGES, prices.left * times))
        return replace(project, activities=rows, earnings=kept, is_mandatory=project.is_mandatory or has_begun)

    weights = {**problem.weights, Part.CHANGES: 1}
    return replace(problem, projects=tuple(map(steady, problem.projects)), weights=weights)


def _steady(activity: Activity, ref: Ref, plan: Plan, prices: Prices, times: int, now: int) -> Activity:
    placed = plan.placements.get(ref)
    if activity.done is not None:
        return activity
    if placed is not None and placed.start < now and placed.mode < len(activity.modes):
        return replace(activity, done=Done(placed.start, placed.mode))
    later = replace(activity, release=max(activity.release, now))
    if placed is None:
        return later
    price = IfMoved(Part.CHANGES, prices.slot * times, placed.start, prices.moved * times)
    return replace(later, earnings=(*later.earnings, price))


# --- mending ---------------------------------------------------------------------------------------------------------
def mend(problem: Problem, plan: Plan, seconds: float, seed: int = 0) -> Plan | None:
    """The plan changed where it does not hold, as cheaply as could be found; None if that could not be done in time."""
    known = Plan({ref: placed for ref, placed in plan.placements.items() if ref in problem.activity})
    violations = verify(problem, known)
    if not violations:
        return known
    until = time.monotonic() + seconds
    compiled = compile_problem(problem)
    cells = Cells(compiled.arrays)
    order = list(dict.fromkeys(_concerned(problem, known, violations)))
    sure = len(set(_named(violations)))
    loose = max(FIRST_LOOSE, sure)
    while time.monotonic() < until:
        keys = set(order[:loose])
        free = [number for ref, number in compiled.number.items() if ref.project in keys]
        model = Model(compiled, cells, around=known, free=free)
        found = Run(model, Limits(seconds=until - time.monotonic(), threads=2, seed=seed)).solve().plan
        if found is not None and not verify(problem, found):
            return found
        if loose >= len(order):
            return None
        loose *= 2
    return None


def _named(violations: tuple[Violation, ...]) -> Iterator[str]:
    """The projects that violations name."""
    for each in violations:
        yield from filter(None, (each.project, each.other.project if each.other else ""))


def _concerned(problem: Problem, plan: Plan, violations: tuple[Violation, ...]) -> Iterator[str]:
    """Projects in the order in which they are let loose: those named, those that take what is short, the others."""
    yield from _named(violations)
    short = {each.factor for each in violations if each.kind in SCARCE}
    takers: dict[str, int] = {}
    for course in courses(problem, plan):
        amounts = [demand.amount for demand in course.mode.demands if demand.factor in short]
        amounts += [payment.amount for payment in course.mode.payments if payment.use in short]
        if amounts and course.activity.done is None:
            takers[course.ref.project] = takers.get(course.ref.project, 0) + sum(amounts)
    yield from sorted(takers, key=lambda key: -takers[key])
    yield from (project.key for project in problem.projects)
