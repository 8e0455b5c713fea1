"""What is known of a result, as plain values: for a text of JSON, a list for a spreadsheet and the printed tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sushui.engines.planning import Goal, Part, Plan, Problem, Result, Status
from sushui.engines.planning.errors import Doubted
from sushui.engines.planning.recounting import Course, courses

from .places import Places
from .sentences import doubt_sentence
from .usage import uses

HEADING = ("project", "project_name", "activity", "activity_name", "mode", "from", "until", "is_done")


@dataclass(frozen=True)
class Report:
    """A result, and what is needed to say it. `why`: of projects left out; `conflict`: why there is no plan."""

    places: Places
    result: Result
    doubts: Sequence[Doubted] = ()
    is_stopped: bool = False
    why: Mapping[str, str] = field(default_factory=dict)
    conflict: Sequence[str] = ()

    @property
    def problem(self) -> Problem:
        assert self.places.problem is not None
        return self.places.problem

    @property
    def plan(self) -> Plan:
        return self.result.plan or Plan({})

    def headline(self) -> str:
        """What the plan is, in a sentence or two."""
        if self.result.plan is None:
            return NOTHING[self.result.status]
        return f"{self._what()} {self._how_good()}"

    def _what(self) -> str:
        if self.problem.goal is Goal.MAKESPAN:
            end = self.result.objective or 0
            return f"Everything ends by {self.places.last_day(end)}, {end} slots after the beginning."
        chosen, all_ = len(self.plan.projects), len(self.problem.projects)
        return f"{chosen} of {all_} projects are in the plan; it is worth {self.result.objective:,} points."

    def _how_good(self) -> str:
        stopped = "Stopped: the best plan so far. " if self.is_stopped else ""
        if self.result.status is Status.OPTIMAL:
            return f"{stopped}Proved: no plan is better."
        if self.result.bound is None or self.result.gap is None:
            return f"{stopped}How far it is from the best is not known."
        if self.problem.goal is Goal.MAKESPAN:
            return f"{stopped}No plan ends before slot {self.result.bound} (gap {self.result.gap:.1%})."
        return f"{stopped}No plan can be worth more than {self.result.bound:,} (gap {self.result.gap:.1%})."

    # --- values

    def document(self) -> dict[str, object]:
        """Everything, for a text of JSON. `until` is the last day; slots are beside the days."""
        result = self.result
        return {
            "status": str(result.status),
            "is_stopped": self.is_stopped,
            "objective": result.objective,
            "bound": result.bound,
            "gap": result.gap,
            "seconds": round(result.seconds, 3),
            "value": {str(part): amount for part, amount in result.worth.parts.items()} if result.worth else {},
            "projects": list(self._projects()),
            "left_out": [key for key in self.problem.project if key not in self.plan.projects],
            "why": dict(self.why),
            "conflict": list(self.conflict),
            "doubts": [{"code": str(each.code), **each.facts} for each in self.doubts],
            "factors": [vars(use) for use in uses(self.places, self.plan)],
        }

    def _projects(self) -> Iterator[dict[str, object]]:
        carried = courses(self.problem, self.plan)
        for key, group in groupby(carried, key=lambda course: course.ref.project):
            project = self.problem.project[key]
            yield {"key": key, "name": project.name, "activities": [self._activity(course) for course in group]}

    def _activity(self, course: Course) -> dict[str, object]:
        end = course.start if course.end is None else course.end
        return {
            "key": course.ref.activity,
            "name": course.activity.name,
            "mode": self.plan.placements[course.ref].mode + 1,
            "from": self.places.day(course.start),
            "until": self.places.last_day(max(end, course.start + 1)),
            "start_slot": course.start,
            "end_slot": end,
            "is_done": course.activity.done is not None,
        }

    def csv(self) -> str:
        """A line for each activity, in the order of the problem."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(HEADING)
        for course in courses(self.problem, self.plan):
            said, project = self._activity(course), self.problem.project[course.ref.project]
            head = (course.ref.project, project.name, said["key"], said["name"])
            writer.writerow(map(_harmless, (*head, said["mode"], said["from"], said["until"], said["is_done"])))
        return text.getvalue()

    def spans(self) -> list[tuple[str, str, str]]:
        """Each project of the plan with its first and last day; of a single project each activity, as they begin."""
        carried = list(courses(self.problem, self.plan))
        if len(self.problem.projects) == 1:
            carried.sort(key=lambda course: (course.start, course.end or 0))
            return [self._span(course.activity.name or course.ref.activity, [course]) for course in carried]
        groups = groupby(carried, key=lambda course: course.ref.project)
        return [self._span(self.places.project(key), list(group)) for key, group in groups]

    def _span(self, name: str, carried: Sequence[Course]) -> tuple[str, str, str]:
        start, end = min(one.start for one in carried), max(one.end or one.start for one in carried)
        return name, self.places.day(start), self.places.last_day(max(end, start + 1))

    def parts(self) -> list[tuple[str, str, str, str]]:
        """Each part of the value: its amount, what one unit counts, and the points."""
        worth, weights = self.result.worth, self.problem.weights
        if worth is None or self.problem.goal is Goal.MAKESPAN:
            return []
        return [_part(part, amount, weights.get(part, 0)) for part, amount in worth.parts.items()]

    def to_explain(self) -> list[str]:
        """The projects that could have been in the plan, and are not."""
        doubted = {str(each.facts["project"]) for each in self.doubts}
        return [key for key in self.problem.project if key not in self.plan.projects and key not in doubted]

    def left_out(self) -> list[str]:
        """Why there is no plan; else a sentence for each project left out, and one that names the unexplained ones."""
        doubts = [doubt_sentence(each, self.places) for each in self.doubts]
        if self.result.plan is None:
            return [*self.conflict, *doubts]
        others = ", ".join(self.places.project(key) for key in self.to_explain() if key not in self.why)
        return [*self.why.values(), *doubts, *([f"Left out: {others}."] if others else [])]


NOTHING = {
    Status.INFEASIBLE: "Proved: there is no plan that keeps everything. Loosen a deadline, give more of a factor, or "
    "make a mandatory project optional.",
    Status.UNKNOWN: "No plan was found in the time given, and none excluded. Give more time with --seconds.",
    Status.FEASIBLE: "No plan.",
    Status.OPTIMAL: "No plan.",
}


def _part(part: Part, amount: int, weight: int) -> tuple[str, str, str, str]:
    return str(part), f"{amount:,}", f"{weight:,}", f"{amount * weight:,}"


def _harmless(cell: object) -> object:
    """A spreadsheet must not take a name for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell
