"""The permits of projects as bars of the Gantt chart: what was filed, and what decides when construction can begin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sushui.projects.adapter.permits import laws_of
from sushui.projects.models import PermitStep, Project
from sushui.projects.panels.looks.gantt import Bar
from sushui.projects.panels.permits.wording import called
from sushui.projects.queries.permits import steps_of_charts


def permit_bars(projects: Sequence[Project]) -> dict[int, list[Bar]]:
    """The steps of these projects that the chart shows, as they were read last; one query."""
    found: dict[int, list[PermitStep]] = defaultdict(list)
    for step in steps_of_charts([project.pk for project in projects]):
        found[step.project_id].append(step)
    return {number: _bars(steps) for number, steps in found.items()}


def _bars(steps: Sequence[PermitStep]) -> list[Bar]:
    laws, known = laws_of(steps[0].plan), {step.key: step for step in steps}
    bars = []
    for step in steps:
        before = [known[each.key] for each in laws[step.key].requires if each.key in known]
        bars.append(_bar(step, before))
    return bars


def _bar(step: PermitStep, before: Sequence[PermitStep]) -> Bar:
    """Planned from its filing, or from the end of what comes before, to the end of its limit, or to its forecast."""
    began_on = step.filed_on or step.accepted_on
    planned_to = None if step.granted_on else step.due_on or step.forecast_on
    return Bar(
        key=f"p{step.key}",
        label=called(step),
        planned_from=(began_on or _ready_on(step, before, planned_to)) if planned_to else None,
        planned_to=planned_to,
        began_on=began_on or step.granted_on,
        ended_on=step.granted_on,
        after=tuple(f"p{each.key}" for each in before),
    )


def _ready_on(step: PermitStep, before: Sequence[PermitStep], latest: date) -> date:
    """From when on it can be begun: since it was read, and all that comes before is there or expected."""
    days = (step.plan.read_on, *(each.granted_on or each.forecast_on for each in before))
    return min(max((day for day in days if day is not None), default=latest), latest)
