"""The chart for the wall: rows in groups, months as columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from sushui.projects import services
from sushui.projects.enums import ProjectStage
from sushui.projects.models import Project
from sushui.projects.panels.looks import wall
from sushui.projects.panels.looks.tabs import year_asked
from tests.projects.pages.reading import Desk
from tests.projects.play import Play, on
from tests.supervision.pages.reading import Sight, said

Sit = Callable[[str], Desk]
YI = Decimal(100_000_000)


def groups(sight: Sight) -> list[str]:
    return [said(each) for each in re.findall(r'<th class="wall-part-name"[^>]*>(.*?)</th>', sight.html, re.DOTALL)]


def months(sight: Sight, name: str) -> list[str]:
    """What each month of a project says."""
    row = next(row for row in re.findall(r"<tr>(.*?)</tr>", sight.html, re.DOTALL) if f">{name}</a>" in row)
    spaced = row.replace("</span>", " </span>")
    return [said(each) for each in re.findall(r'<td class="wall-month[^"]*">(.*?)</td>', spaced, re.DOTALL)]


def test_a_month_says_plan_above_and_done_below(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        project = play.building()
        play.plan(project, m1=100, m2=200)
        play.report(project, m1=80)
        sight = sit("leader").open("wall-chart")

    assert months(sight, "涑水装备产业园")[:3] == ["100 80", "200", ""]


def test_a_month_that_brought_less_than_planned_is_marked(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        project = play.building()
        play.plan(project, m1=100, m2=200)
        play.report(project, m1=80)
        html = sit("leader").open("wall-chart").html

    assert html.count("wall-month is-behind") == 1


@pytest.mark.parametrize(("day", "says"), [("2026-02-01", "100"), ("2026-02-05", "100"), ("2026-02-06", "100 未报")])
def test_a_month_is_unreported_once_it_is_due_and_never_behind(play: Play, sit: Sit, day: str, says: str) -> None:
    with on(day):
        play.plan(play.building(), m1=100)
        sight = sit("leader").open("wall-chart")

    assert (months(sight, "涑水装备产业园")[0], sight.html.count("is-behind")) == (says, 0)


def test_milestones_and_stages_stand_in_their_months(play: Play, sit: Sit) -> None:
    with on("2026-02-10"):
        project = play.project()
        services.add_milestone(play.office, project, name="桩基", planned_on=date(2026, 3, 20))
        late = services.add_milestone(play.office, project, name="清表", planned_on=date(2026, 1, 5))
        services.reach_milestone(play.office, late, reached_on=date(2026, 2, 3))
        sight = sit("leader").open("wall-chart")

    assert months(sight, "涑水装备产业园")[:3] == ["", "◆ 清表", "◇ 桩基"]
    assert sight.html.count("wall-mark is-late") == 1


def test_rows_stand_by_cluster_stage_or_agency(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        (cluster,) = services.set_clusters(play.office, [services.ClusterEntry("新材料")])
        play.project(name="甲", cluster_id=cluster.pk, total_investment=YI)
        play.building(name="乙", agency_id=play.agency_id("finance"))
        desk = sit("leader")
        found = [groups(desk.open("wall-chart", by=by)) for by in ("cluster", "stage", "agency")]

    assert found == [
        ["新材料 1 个项目", "未归入产业集群 1 个项目"],
        ["谋划 1 个项目", "已开工 1 个项目"],
        ["县住建局 1 个项目", "县财政局 1 个项目"],
    ]


def test_a_group_sums_its_rows(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        for name in ("甲", "乙"):
            play.plan(play.building(name=name, total_investment=YI), m1=100)
        html = sit("leader").open("wall-chart").html
    head = said(html.split('<tr class="wall-part">')[1].split("</tr>")[0].replace("<", " <"))

    assert head == "未归入产业集群 2 个项目 20,000 200 200 0 0.0"


def test_a_sum_that_lacks_figures_says_how_many(play: Play, sit: Sit) -> None:
    with on("2026-02-10"):
        for name in ("甲", "乙", "丙"):
            play.plan(play.building(name=name, total_investment=YI), m1=100, m2=100)
        play.report(Project.objects.get(name="甲"), m1=80)
        html = sit("leader").open("wall-chart").html
    head = said(html.split('<tr class="wall-part">')[1].split("</tr>")[0].replace("<", " <"))

    assert head == "未归入产业集群 3 个项目 30,000 300 80 2 项未报 300 600 80 13.3"


def test_the_leader_in_charge_stands_below_the_agency(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project()
        html = sit("leader").open("wall-chart").html

    assert "县住建局<br>" in html


def test_another_year_is_asked_for(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.plan(play.building(), m1=100)
        sight = sit("leader").open("wall-chart", year="2027")

    assert (sight.title, months(sight, "涑水装备产业园")) == ("2027年项目挂图", [""] * 12)


@pytest.mark.parametrize(
    ("text", "year"), [("", 2026), ("2027", 2027), ("magic", 2026), ("0001", 2026), ("99999", 2026)]
)
def test_a_year_that_cannot_be_is_this_one(text: str, year: int) -> None:
    assert year_asked(text, 2026) == year


def test_the_paper_says_who_printed_it_on_every_sheet(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project()
        html = sit("leader").open("wall-chart").html
    head = said(html.split("<thead>")[1].split("</thead>")[0])

    assert head.startswith("绛县 2026年项目挂图作战表")
    assert "打印人" in head


def test_a_chart_that_would_be_too_long_says_what_is_left_out(
    play: Play, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sushui.projects.views.looks.MOST_ON_WALL", 2)
    with on("2026-02-01"):
        for number in range(3):
            play.project(name=f"第{number}项", total_investment=YI * (number + 1))
        html = sit("leader").open("wall-chart").html

    assert ("第0项" in html.split("wall-table")[1], "投资最小的 1 个项目未上图，请用筛选缩小范围。" in html) == (
        False,
        True,
    )


def test_a_chart_asks_no_stage_that_it_does_not_know() -> None:
    assert set(wall._KEYS) == set(wall.WallGroup)
    assert ProjectStage.PLANNED in set(ProjectStage)
