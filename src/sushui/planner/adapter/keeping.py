"""A problem in which keeping to an earlier plan is worth something, and that plan made to fit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sushui.engines.planning import Activity, IfChosen, IfMoved, Part, Placement, Plan, Problem, Project, Ref
from sushui.planner.adapter.picturing import Stored, plan_of
from sushui.planner.adapter.snapshots import digest_of, dumped, loaded
from sushui.planner.enums import ActivityKind

PERMITS = 20  # permits that are moved cost as much as construction that is


@dataclass(frozen=True)
class Held:
    """Points for a project ``left`` out, for construction that is ``moved``, and for each ``week`` of it.

    A permit that is moved costs a part of that: there are many of them, and nobody was promised their days.
    ``times``: for the projects named, so many times as much.
    """

    left: int
    moved: int
    week: int
    times: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """A stored problem with the price of each change of a plan, its digest, and what keeping everything brings."""

    problem: dict[str, Any]
    digest: str
    points: int


def kept_to(problem: Mapping[str, Any], plan: Stored, held: Held) -> Kept:
    """The problem in which every change of a plan has its price.

    What has begun the registers say, not the plan: what was to begin by now and has not is moved like anything else.
    """
    asked, before = loaded(problem), plan_of(plan)
    weights = {**asked.weights, Part.CHANGES: 1}
    projects = tuple(_held(project, before, held) for project in asked.projects)
    stored = dumped(replace(asked, projects=projects, weights=weights))
    inside = [project.key for project in projects if project.key in before.projects]
    return Kept(stored, digest_of(stored), sum(held.left * held.times.get(key, 1) for key in inside))


def _held(project: Project, plan: Plan, held: Held) -> Project:
    times = held.times.get(project.key, 1)

    def priced(activity: Activity) -> Activity:
        placed = plan.placements.get(Ref(project.key, activity.key))
        if placed is None or activity.done is not None:
            return activity
        part = 1 if activity.key == ActivityKind.WORKS else PERMITS
        price = IfMoved(Part.CHANGES, held.week * times // part, placed.start, held.moved * times // part)
        return replace(activity, earnings=(*activity.earnings, price))

    if project.key not in plan.projects:
        return project
    kept = IfChosen(Part.CHANGES, held.left * times)
    return replace(project, activities=tuple(map(priced, project.activities)), earnings=(*project.earnings, kept))


def aligned(problem: Problem, plan: Plan) -> Plan:
    """What an earlier plan says of the activities that are still there; what has begun stands as it began."""
    found = {}
    for ref, activity in problem.activity.items():
        placed = plan.placements.get(ref)
        if activity.done is not None and ref.project in plan.projects:
            found[ref] = Placement(activity.done.start, activity.done.mode)
        elif placed is not None and placed.mode < len(activity.modes):
            found[ref] = placed
    return Plan(found)
