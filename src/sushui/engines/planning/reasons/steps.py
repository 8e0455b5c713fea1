"""What a change would be worth: more land, a desk, money earlier, a bottleneck solved by then. Found by solving again.

A dual price says nothing of how far it holds; here each step is a plan of its own. The old plan is what the search
begins with, so a step that only gives is never found to harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..plan import Plan, Result, Status
from ..problem import Activity, Problem, Project, Ref
from ..replanning import Changes, changes, mend
from ..solving import solve
from ..verifying import verify
from .loosening import Piece, loosened


@dataclass(frozen=True)
class Gain:
    """What a changed problem's plan is worth more than the plan before it, in points.

    `at_most`: no plan of the changed problem can be worth more than so much more. `is_owed`: the new plan needs the
    change; if not, it is simply a better plan of the problem as it is, and the change has brought nothing. `gain` is
    None where the changed problem has no plan, or none was found (`status` says which).
    """

    gain: int | None
    at_most: int | None
    is_owed: bool
    status: Status
    plan: Plan | None
    changes: Changes | None


def gain_of(
    problem: Problem, base: Result, changed: Problem, *, seconds: float, seed: int = 0, threads: int = 2
) -> Gain:
    """What solving `changed` instead of `problem`, whose best plan so far is `base`, would bring."""
    if base.plan is None or base.objective is None:
        raise ValueError("a plan to compare with is needed")
    hint = mend(changed, base.plan, seconds / 2, seed)
    found = solve(changed, time_limit=seconds, threads=threads, seed=seed, hint=hint)
    at_most = None if found.bound is None else found.bound - base.objective
    if found.plan is None or found.objective is None:
        return Gain(None, at_most, True, found.status, None, None)
    is_owed = found.objective <= base.objective or bool(verify(problem, found.plan))
    return Gain(
        found.objective - base.objective, at_most, is_owed, found.status, found.plan, changes(base.plan, found.plan)
    )


@dataclass(frozen=True)
class Step:
    """So much more (or less) of a piece of a factor, and what that brings."""

    piece: Piece
    by: int
    gain: Gain


def steps(problem: Problem, base: Result, wanted: Sequence[tuple[Piece, int]], *, seconds: float) -> Iterator[Step]:
    """What each step would bring, as it is found; `seconds` for each."""
    for piece, by in wanted:
        yield Step(piece, by, gain_of(problem, base, loosened(problem, {piece: by}), seconds=seconds))


@dataclass(frozen=True)
class Blocked:
    """A bottleneck: the activity cannot begin before slot `until`; it could be solved `by` an earlier one."""

    key: str
    activity: Ref
    until: int
    by: int


def blocked(problem: Problem, bottlenecks: Sequence[Blocked]) -> Problem:
    """The problem as it is while none of the bottlenecks is solved early."""
    for each in bottlenecks:
        problem = released(problem, each.activity, each.until)
    return problem


def released(problem: Problem, ref: Ref, slot: int) -> Problem:
    """The problem in which an activity may begin from a slot on, and not before."""

    def later(activity: Activity) -> Activity:
        return replace(activity, release=slot) if activity.key == ref.activity else activity

    def changed(project: Project) -> Project:
        if project.key != ref.project:
            return project
        return replace(project, activities=tuple(map(later, project.activities)))

    return replace(problem, projects=tuple(map(changed, problem.projects)))


def stakes(
    problem: Problem, base: Result, bottlenecks: Sequence[Blocked], *, seconds: float
) -> Iterator[tuple[Blocked, Gain]]:
    """What solving each bottleneck by its date alone is worth, as it is found.

    `problem` is the one that `blocked` gives, `base` its plan; `seconds` for each.
    """
    for each in bottlenecks:
        yield each, gain_of(problem, base, released(problem, each.activity, each.by), seconds=seconds)
