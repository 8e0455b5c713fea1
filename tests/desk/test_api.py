"""The desk for programs: the figures of its pages, for those who may open them, and nothing of others."""

from __future__ import annotations

from typing import Any

import pytest

from sushui.desk import queries
from tests.api.conftest import Programs, program
from tests.cast import County
from tests.desk.test_cockpit import today, town

__all__ = ["program", "today", "town"]


def told(program: Programs, who: str, path: str, **asked: Any) -> Any:
    answer = program(who).get(f"/desk{path}", **asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_cockpit_says_the_figures_of_its_page(town: County, today: None, program: Programs) -> None:
    said, found = told(program, "leader", "/cockpit"), queries.cockpit(town.viewer("leader"))

    names = ("red_tasks", "red_projects", "on_time", "judged", "held_up", "year_plans_alone", "meeting")
    assert {name: said[name] for name in names} == {name: getattr(found, name) for name in names}
    assert (said["totals"]["count"], len(said["months"]), said["lately"]["since"]) == (3, 12, "2026-07-13")
    assert [row["agency"] for row in said["red"]] == ["县住建局", "县财政局"]


@pytest.mark.parametrize(("grid", "key"), [("stage", "stage"), ("place", "place_id")])
def test_the_grid_counts_every_project_once(town: County, today: None, program: Programs, grid: str, key: str) -> None:
    cells = told(program, "leader", "/cockpit", grid=grid)["grid"]

    assert sum(cell["count"] for cell in cells) == 3
    assert [cell for cell in cells if cell[key] is not None] != []


def test_another_county_is_not_found(town: County, today: None, program: Programs) -> None:
    answer = program("leader").get("/desk/cockpit", division_id=town.neighbor.pk)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_the_counties_stand_side_by_side_for_the_city(town: County, today: None, program: Programs) -> None:
    rows = told(program, "city_leader", "/counties")

    assert [(row["name"], row["projects"], row["red_tasks"]) for row in rows] == [("闻喜县", 0, 0), ("绛县", 3, 2)]


@pytest.mark.parametrize(("who", "path"), [("works_head", "/cockpit"), ("leader", "/counties")])
def test_who_may_not_open_the_page_is_refused(county: County, program: Programs, who: str, path: str) -> None:
    assert program(who).get(f"/desk{path}").status_code == 403


@pytest.mark.parametrize(("who", "labels"), [("leader", ["按期的"]), ("neighbor_office", [])])
def test_the_search_finds_what_the_viewer_may_see(
    town: County, today: None, program: Programs, who: str, labels: list[str]
) -> None:
    results = told(program, who, "/search", q="按期的")["results"]

    assert [hit["label"] for kind in results for hit in kind["hits"]] == labels


def test_one_kind_alone_may_be_searched(town: County, today: None, program: Programs) -> None:
    results = told(program, "leader", "/search", q="县", kind="agencies", first=1)["results"]

    assert [(kind["kind"], len(kind["hits"])) for kind in results] == [("agencies", 1)]
