"""The plan that a list by rank makes: each project in turn, as early as can be, until something is used up.

It is what a county does by hand, and what a plan that was searched for can be held against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sushui.engines.planning import Placement, Plan, Problem, Ref
from sushui.engines.planning.verifying import verify
from sushui.engines.planning.worth import worth
from sushui.planner.adapter.picturing import stored_plan
from sushui.planner.adapter.snapshots import loaded
from sushui.planner.adapter.solving import Found
from sushui.planner.enums import PlanStatus

STEP, MOST = 4, 104  # weeks by which a project is put off until it fits, and no further than so many


def by_rank(problem: Mapping[str, Any], order: Iterable[str]) -> Found:
    """The plan by rank, verified; without one where what must be in the plan does not fit.

    The bound is what all would be worth if nothing were scarce: each alone as early as can be, since nothing that is
    earned grows by waiting.
    """
    asked = loaded(problem)
    must = [project.key for project in asked.projects if project.is_mandatory]
    ranked = [key for key in order if key in asked.project and key not in must]
    placed: dict[Ref, Placement] = {}
    for key in [*must, *ranked]:
        placed |= _fitting(asked, key, placed)
    plan = Plan(placed)
    if not set(must) <= plan.projects or verify(asked, plan):
        return Found(PlanStatus.UNKNOWN)
    value, bound = worth(asked, plan), sum(_alone(asked, key) for key in asked.project)
    parts = {part.value: amount for part, amount in value.parts.items()}
    points = ((0.0, value.total, bound),)
    return Found(PlanStatus.FEASIBLE, stored_plan(asked, plan), value.total, bound, parts, points)


def _fitting(problem: Problem, key: str, placed: Mapping[Ref, Placement]) -> dict[Ref, Placement]:
    """A project beside those before it, put off until it fits; nothing where it does not."""
    for put_off in range(0, MOST, STEP):
        found = _early(problem, key, put_off)
        if not found:
            break
        faults = verify(problem, Plan({**placed, **found}))
        if all(each.kind.value in ("mandatory_missing", "required_missing") for each in faults):
            return found
    return {}


def _early(problem: Problem, key: str, put_off: int) -> dict[Ref, Placement]:
    """Every activity as early as can be, what has not begun so much later; nothing where one does not end in time."""
    found: dict[Ref, Placement] = {}
    ends: dict[Ref, int] = {}
    lags = [lag for lag in problem.lags if lag.after.project == key]
    waiting = [Ref(key, activity.key) for activity in problem.project[key].activities]
    while waiting:
        ref = next(each for each in waiting if not any(lag.after == each and lag.before in waiting for lag in lags))
        waiting.remove(ref)
        activity = problem.activity[ref]
        before = [ends[lag.before] + lag.least for lag in lags if lag.after == ref]
        start = activity.done.start if activity.done else max([activity.release + put_off, *before])
        mode = activity.done.mode if activity.done else 0
        end = problem.working[activity.calendar].end(start, activity.modes[mode].duration)
        if end is None:
            return {}
        found[ref], ends[ref] = Placement(start, mode), end
    return found


def _alone(problem: Problem, key: str) -> int:
    return max(0, worth(problem, Plan(_early(problem, key, 0))).total)
