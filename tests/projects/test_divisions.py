"""The ledger beside a neighbor's: what is looked up beside projects, by hand, in every set of divisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.projects import queries, services
from sushui.projects.enums import BottleneckKind, ProjectStage
from sushui.projects.models import Bottleneck, LightTurn, Project, StageChange
from sushui.projects.queries import ProjectFilter
from sushui.projects.queries.ledger import conditions
from sushui.supervision.enums import StatusLight
from tests.projects.play import Play, on

DAY = date(2026, 6, 20)
FILTERS = {
    "held_up": ProjectFilter(is_held_up=True),
    "held_up_since": ProjectFilter(held_up_since=DAY),
    "turned": ProjectFilter(turned_since=DAY),
    "left_red": ProjectFilter(turned_since=DAY, turned_from=StatusLight.RED),
    "moved": ProjectFilter(moved_since=DAY),
}
SEEN = {"county": ("county",), "neighbor": ("neighbor",), "city": ("city", "county", "neighbor")}


@pytest.fixture(autouse=True)
def counties(play: Play) -> None:
    """Four projects in June, each held up, turned and moved; two of them are then given to the neighbor."""
    with on("2026-06-20"):
        for number in range(4):
            project = play.project(name=f"项目{number}")
            services.raise_bottleneck(play.office, project, kind=BottleneckKind.LAND, text="等指标", found_on=DAY)
            services.move_project(play.office, project, stage=ProjectStage.SIGNED, on=DAY, is_owed=True)
            _turn(project)
    for project in Project.objects.order_by("pk")[2:]:
        for model in (Bottleneck, LightTurn, StageChange):
            model.objects.filter(project=project).update(division=play.county.neighbor)
        Project.objects.filter(pk=project.pk).update(division=play.county.neighbor)


def _turn(project: Project) -> None:
    said = {"before": StatusLight.RED, "after": StatusLight.GREEN, "on": DAY, "at": clock.now()}
    LightTurn.objects.create(project=project, division_id=project.division_id, **said)


def seen(play: Play, key: str) -> Viewer:
    own = tuple(getattr(play.county, place).pk for place in SEEN[key])
    return replace(play.viewer("leader"), division_ids=own)


def by_hand(viewer: Viewer, narrowed: ProjectFilter) -> list[int]:
    """Project by project, over everything that was ever noted of it."""
    moment = clock.beginning_of(DAY)
    held = {row.project_id for row in Bottleneck.objects.all() if row.resolved_on is None}
    turned = {row.project_id for row in LightTurn.objects.all() if row.at >= moment}
    moved = {row.project_id for row in StageChange.objects.all() if row.at >= moment and row.before}
    meant = held if narrowed.is_held_up or narrowed.held_up_since else moved if narrowed.moved_since else turned
    rows = Project.objects.filter(division_id__in=viewer.division_ids).order_by("pk")
    return [row.pk for row in rows if row.pk in meant]


@pytest.mark.parametrize("key", FILTERS)
@pytest.mark.parametrize("place", SEEN)
def test_each_filter_leaves_in_some_divisions_what_it_leaves_by_hand(play: Play, key: str, place: str) -> None:
    viewer = seen(play, place)

    found = list(queries.ledger(viewer, FILTERS[key]).order_by("pk").values_list("pk", flat=True))

    assert (found, len(found)) == (by_hand(viewer, FILTERS[key]), 4 if place == "city" else 2)


@pytest.mark.parametrize("place", SEEN)
def test_counts_are_the_rows_of_the_ledger_by_one_query(play: Play, place: str, django_assert_num_queries) -> None:
    viewer = seen(play, place)

    with django_assert_num_queries(1):
        counts = queries.project_counts(viewer, FILTERS)

    assert counts == {key: len(by_hand(viewer, narrowed)) for key, narrowed in FILTERS.items()}


@pytest.mark.parametrize("key", FILTERS)
def test_every_table_beside_the_projects_is_asked_for_its_divisions(play: Play, key: str) -> None:
    statement = str(Project.objects.filter(conditions(FILTERS[key], [7])).query)

    assert statement.count('"division_id" IN (7)') == statement.count("SELECT") - 1


@pytest.mark.parametrize("place", SEEN)
def test_text_finds_the_projects_of_the_divisions_alone(play: Play, place: str) -> None:
    viewer = seen(play, place)
    for project in Project.objects.select_related("subject"):
        project.subject.division_id = project.division_id
        project.subject.save(update_fields=["division"])

    found = queries.ledger(viewer, ProjectFilter(text="项目")).order_by("pk")

    assert list(found) == list(Project.objects.filter(division_id__in=viewer.division_ids).order_by("pk"))
