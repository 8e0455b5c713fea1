"""The Gantt chart: its rows as the page reads them, and the bars that topics add."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from sushui.kernel.errors import NotFound
from sushui.projects import services
from sushui.projects.models import Milestone, Project
from sushui.projects.panels.looks import gantt
from sushui.projects.panels.looks.gantt import Bar, gantt_rows, register_bars
from tests.projects.pages.reading import Desk
from tests.projects.play import Play, on

Sit = Callable[[str], Desk]


@pytest.fixture
def permits() -> Iterator[None]:
    """A topic that adds one bar below each project."""

    def bars(projects: Sequence[Project]) -> dict[int, list[Bar]]:
        first, last = date(2026, 3, 1), date(2026, 4, 1)
        return {each.pk: [Bar("p1", "环评", first, last, first, None, ("m1",))] for each in projects}

    register_bars("test", bars)
    yield
    del gantt._sources["test"]


def rows(desk: Desk, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.open("gantt-rows", **query).response.json()["rows"]
    return found


def test_a_row_holds_plan_and_actual(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.building(planned_start_month=date(2026, 1, 1), planned_completion_month=date(2027, 6, 1))
        (row,) = rows(sit("leader"))

    assert (row["name"], row["plan"], row["done"]) == (
        "涑水装备产业园",
        ["2026-01-01", "2027-06-30"],
        ["2026-01-05", None],
    )
    assert (row["agency"], row["stage"], row["bars"]) == ("县住建局", "已开工", [])


def test_a_light_comes_with_its_shape_and_word(play: Play, sit: Sit) -> None:
    with on("2026-06-01"):
        play.project(planned_start_month=date(2026, 1, 1))
        (row,) = rows(sit("leader"))

    assert row["light"] == ["red", "■", "红"]


def test_what_is_at_rest_ends_on_the_day_of_its_rest(play: Play) -> None:
    project = play.building()
    project.stage, project.stage_on = type(project.stage)("suspended"), date(2026, 5, 1)

    assert gantt_rows([project])[0]["done"] == ["2026-01-05", "2026-05-01"]


def test_a_postponed_start_shows_where_it_was_first(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        project = play.project(planned_start_month=date(2026, 3, 1))
        services.postpone_start(play.office, project, month=date(2026, 6, 1), reason="土地")
        (row,) = rows(sit("leader"))

    assert (row["first"], row["plan"]) == ("2026-03-01", ["2026-06-01", None])


def test_milestones_are_marks_that_come_after_each_other(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        project = play.building()
        first = services.add_milestone(play.office, project, name="桩基", planned_on=date(2026, 1, 20))
        second = services.add_milestone(play.office, project, name="封顶", planned_on=date(2026, 5, 1), after=first)
        services.reach_milestone(play.office, first, reached_on=date(2026, 1, 25))
        (row,) = rows(sit("leader"))

    said = [(each["name"], each["plan"], each["done"], each["after"]) for each in row["bars"]]
    assert said == [
        ("桩基", ["2026-01-20"] * 2, ["2026-01-25"] * 2, []),
        ("封顶", ["2026-05-01"] * 2, [None] * 2, [f"m{first.pk}"]),
    ]
    assert second.after_id == first.pk


def test_a_milestone_cannot_come_after_one_of_another_project(play: Play) -> None:
    with on("2026-02-01"):
        other = services.add_milestone(play.office, play.building(), name="桩基", planned_on=date(2026, 3, 1))

        with pytest.raises(NotFound):
            services.add_milestone(
                play.office, play.building(name="别的"), name="封顶", planned_on=date(2026, 5, 1), after=other
            )


def test_the_form_offers_the_milestones_of_the_project(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        project = play.building()
        first = services.add_milestone(play.office, project, name="桩基", planned_on=date(2026, 3, 1))
        desk = sit("project_office")
        desk.send("add-milestone", project.pk, name="封顶", planned_on="2026-05-01", after=first.pk)

    assert Milestone.objects.get(name="封顶").after == first


@pytest.mark.usefixtures("permits")
def test_a_topic_adds_its_bars(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.building()
        (row,) = rows(sit("leader"))

    assert row["bars"] == [
        {
            "key": "p1",
            "name": "环评",
            "plan": ["2026-03-01", "2026-04-01"],
            "done": ["2026-03-01", None],
            "after": ["m1"],
        }
    ]


def test_rows_stand_by_their_planned_start(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project(name="没有计划")
        play.project(name="后开工", planned_start_month=date(2026, 9, 1))
        play.project(name="先开工", planned_start_month=date(2026, 3, 1))
        found = [row["name"] for row in rows(sit("leader"))]
        largest = [row["name"] for row in rows(sit("leader"), sort="name")]

    assert found == ["先开工", "后开工", "没有计划"]
    assert sorted(largest) == sorted(found)


def test_rows_come_in_stretches(play: Play, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sushui.projects.views.looks.AT_ONCE", 2)
    with on("2026-02-01"):
        for number in range(3):
            play.project(name=f"第{number}项")
        desk = sit("leader")
        first = desk.open("gantt-rows").response.json()
        second = desk.open("gantt-rows", after=first["after"]).response.json()

    assert (len(first["rows"]), len(second["rows"]), second["after"]) == (2, 1, "")


def test_a_cursor_of_nowhere_is_refused(sit: Sit) -> None:
    assert sit("leader").open("gantt-rows", after="magic").status == 422


def test_the_page_names_its_rows_with_the_filters(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project()
        html = sit("leader").open("gantt", stage="planned").html

    assert 'data-gantt="/projects/gantt/rows/?stage=planned"' in html
    assert "columns=name.stage.start.started_on.completion.completed_on.step" in html
