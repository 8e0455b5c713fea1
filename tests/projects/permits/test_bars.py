"""The permits of a project below it in the Gantt chart."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from sushui.projects.models import Project
from sushui.projects.panels.looks.gantt import gantt_rows
from tests.projects.pages.reading import desk
from tests.projects.permits.playing import Permits
from tests.projects.play import on

TODAY = "2026-03-02"


def bars(project: Project) -> dict[str, dict[str, Any]]:
    """The bars below a project, by their key."""
    (row,) = gantt_rows([Project.objects.get(pk=project.pk)])
    return {bar["key"]: bar for bar in row["bars"]}


def test_what_decides_the_start_stands_below_the_project(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        found = permits.forecast(project)

        assert list(bars(project)) == [f"p{key}" for key in found.steps if key in found.critical_path]


def test_a_step_in_hand_runs_from_its_filing_to_the_end_of_its_limit(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        step = permits.file(project, "eia_form", TODAY)
        bar = bars(project)["peia_form"]

    assert (bar["plan"], bar["done"]) == ([TODAY, str(step.due_on)], [TODAY, None])


def test_a_granted_step_has_only_what_was(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "filing", TODAY)
        bar = bars(project)["pfiling"]

    assert (bar["plan"], bar["done"]) == ([None, None], [TODAY, TODAY])


def test_a_step_to_come_begins_when_what_is_before_it_ends(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        last = permits.forecast(project).critical_path[-1]
        bar, known = bars(project)[f"p{last}"], bars(project)

    assert bar["plan"][0] == max(known[key]["plan"][1] for key in bar["after"])


def test_the_arrows_lead_from_what_has_to_come_before(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        path = permits.forecast(project).critical_path
        known = bars(project)

    led = [f"p{before}" in known[f"p{key}"]["after"] for before, key in pairwise(path)]
    assert led == [True] * (len(path) - 1)


def test_once_somebody_builds_only_what_lies_with_an_agency_is_shown(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "filing", TODAY)
        permits.file(project, "eia_form", TODAY)
        Project.objects.filter(pk=project.pk).update(started_on=date(2026, 3, 1))
        permits.forecast(project)
        permits.plan(project).__class__.objects.filter(project=project).update(is_reached=True)

        assert list(bars(project)) == ["peia_form"]


def test_the_chart_brings_them(permits: Permits) -> None:
    with on(TODAY):
        permits.planned()
        (row,) = desk(permits.play.county, "leader").open("gantt-rows").response.json()["rows"]

    assert [bar["key"] for bar in row["bars"]][-1] == "pconstruction_start"


def test_a_project_without_a_path_has_none(permits: Permits) -> None:
    with on(TODAY):
        assert bars(permits.play.project()) == {}
