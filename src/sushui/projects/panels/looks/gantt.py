"""The Gantt chart: plan against actual of each project, and the bars that rooms and topics add to it.

A topic adds its bars once, when the application starts::

    register_bars("permits", permit_bars)  # projects -> {project number: [Bar, ...]}

A source answers for many projects at once and asks the database a fixed number of times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from sushui.kernel.labels import label_of
from sushui.kernel.months import end_of
from sushui.kernel.templatetags.look import LIGHTS
from sushui.projects import queries
from sushui.projects.models import Milestone, Project
from sushui.projects.rules.stages import AT_REST

AT_ONCE = 500


@dataclass(frozen=True)
class Bar:
    """Something with a time below its project: one day is a mark. ``key`` is unique within the project.

    ``after``: keys of the bars that come before it. A day that nobody knows is None.
    """

    key: str
    label: str
    planned_from: date | None = None
    planned_to: date | None = None
    began_on: date | None = None
    ended_on: date | None = None
    after: tuple[str, ...] = ()

    @property
    def said(self) -> dict[str, Any]:
        """As the chart reads it."""
        return {
            "key": self.key,
            "name": self.label,
            "plan": [_iso(self.planned_from), _iso(self.planned_to)],
            "done": [_iso(self.began_on), _iso(self.ended_on)],
            "after": list(self.after),
        }


BarSource = Callable[[Sequence[Project]], Mapping[int, Iterable[Bar]]]
_sources: dict[str, BarSource] = {}


def register_bars(name: str, source: BarSource) -> None:
    """Let a topic add bars below the projects; a name given again replaces its source."""
    _sources[name] = source


def gantt_rows(projects: Sequence[Project]) -> list[dict[str, Any]]:
    """The rows of the chart as JSON takes them; as many queries for many as for one."""
    bars = _bars(projects)
    return [_row(project, bars[project.pk]) for project in projects]


def _bars(projects: Sequence[Project]) -> Mapping[int, list[Bar]]:
    found: dict[int, list[Bar]] = defaultdict(list)
    for source in (milestone_bars, *_sources.values()):
        for number, bars in source(projects).items():
            found[number] += bars
    return found


def milestone_bars(projects: Sequence[Project]) -> dict[int, list[Bar]]:
    """The milestones: each a mark on its planned day and on the day when it was reached; one query."""
    rows = queries.milestones_by_project([project.pk for project in projects])
    return {number: [_mark(each) for each in milestones] for number, milestones in rows.items()}


def _mark(milestone: Milestone) -> Bar:
    planned, reached = milestone.planned_on, milestone.reached_on
    after = (f"m{milestone.after_id}",) if milestone.after_id else ()
    return Bar(f"m{milestone.pk}", milestone.name, planned, planned, reached, reached, after)


def _row(project: Project, bars: Sequence[Bar]) -> dict[str, Any]:
    shape, word = LIGHTS[project.light] if project.light in LIGHTS else LIGHTS["none"]
    planned_to = project.planned_completion_month
    return {
        "id": project.pk,
        "name": project.name,
        "url": reverse("projects:project", args=[project.pk]),
        "agency": str(project.agency) if project.agency else "",
        "stage": label_of(project.stage),
        "light": [str(project.light), shape, str(word)],
        "plan": [_iso(project.planned_start_month), _iso(end_of(planned_to) if planned_to else None)],
        "first": _iso(project.first_start_month),
        "done": [_iso(project.started_on), _iso(_ended(project))],
        "bars": [bar.said for bar in bars],
    }


def _ended(project: Project) -> date | None:
    """The day on which building ended: of its completion, or of its rest."""
    if project.completed_on or project.stage not in AT_REST:
        return project.completed_on
    return project.stage_on


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
