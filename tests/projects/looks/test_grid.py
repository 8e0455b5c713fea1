"""The grid: its columns are chosen, its rows are summed, and just this goes out as a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from sushui.kernel.models import AuditLine, SavedView
from sushui.projects import services
from sushui.projects.enums import BottleneckKind
from sushui.projects.enums.looks import COLUMNS_AT_FIRST, SORTED_BY, GridColumn
from sushui.projects.panels.looks.grid import called, columns_called
from tests.projects.imports.books import cells_of
from tests.projects.pages.reading import Desk
from tests.projects.play import Play, on
from tests.supervision.pages.reading import Sight, said

Sit = Callable[[str], Desk]
YI = Decimal(100_000_000)


def heads(sight: Sight) -> list[str]:
    """The heads of the columns, units and marks of order left out."""
    block = sight.html.split("<thead>")[1].split("</thead>")[0]
    found = re.findall(r"<th[^>]*>(.*?)</th>", block, re.DOTALL)[1:]  # after that of the ticks
    return [said(each).split(" ")[0] for each in found]


def totals(sight: Sight) -> str:
    return said(sight.html.split("<tfoot>")[1].split("</tfoot>")[0].replace("<", " <"))


def exported(desk: Desk, **query: str) -> list[tuple[object, ...]]:
    """The rows of the workbook of the grid, its title and notes left out."""
    data = b"".join(desk.client.get("/projects/grid/export/", query).streaming_content)
    rows = cells_of(data)
    return [
        row for row in rows[next(place for place, row in enumerate(rows) if row[0] == "项目") :] if not is_note(row)
    ]


def is_note(row: tuple[object, ...]) -> bool:
    return str(row[0]).startswith("注")


# --- columns ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", COLUMNS_AT_FIRST),
        ("name", COLUMNS_AT_FIRST),
        ("magic", COLUMNS_AT_FIRST),
        ("area.stage", (GridColumn.NAME, GridColumn.AREA, GridColumn.STAGE)),
        ("stage.name.stage.magic", (GridColumn.NAME, GridColumn.STAGE)),
    ],
)
def test_columns_are_called_by_name(asked: str, found: tuple[GridColumn, ...]) -> None:
    assert columns_called(asked) == found


def test_every_column_can_be_called_and_comes_back() -> None:
    assert columns_called(called(GridColumn)) == tuple(GridColumn)


def test_the_columns_that_an_address_names_are_shown(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project(area_mu=Decimal("46.5"), jobs=1200)
        sight = sit("leader").open("ledger", columns="stage.area.jobs")

    assert (heads(sight), sight.rows) == (
        ["项目", "阶段", "用地", "带动就业（人）"],
        ["涑水装备产业园 谋划 46.5 1,200"],
    )


def test_chosen_columns_stay_with_the_post(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project()
        desk = sit("leader")
        answered = desk.send("choose-columns", column=["stage", "level"], query="light=red")
        later = desk.open("ledger")
        other = sit("project_office").open("ledger")

    assert answered.response.redirect_chain[0][0] == "/projects/?light=red&columns=name.stage.level"
    assert (heads(later), len(heads(other))) == (["项目", "阶段", "级别"], len(COLUMNS_AT_FIRST))


def test_columns_go_back_to_what_they_were_at_first(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project()
        desk = sit("leader")
        desk.send("choose-columns", column="stage", query="")
        sight = desk.send("choose-columns", column="stage", reset="1", query="")

    assert len(heads(sight)) == len(COLUMNS_AT_FIRST)


def test_a_saved_view_keeps_its_columns(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project()
        desk = sit("leader")
        desk.send("choose-columns", column="stage", query="")
        desk.send("keep-view", name="用地", query="columns=name.area")
        view = SavedView.objects.get(name="用地")

    assert (view.page, heads(Sight(desk.client.get(f"/projects/?{view.query}")))) == (
        "projects.ledger",
        ["项目", "用地"],
    )


def test_all_columns_say_all_of_a_project(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        project = play.building(total_investment=YI, planned_completion_month=date(2027, 6, 1), industry_code="3217")
        services.raise_bottleneck(
            play.office, project, kind=BottleneckKind.LAND, text="缺地", found_on=date(2026, 1, 9)
        )
        row = sit("leader").open("ledger", columns=called(GridColumn)).rows[0]

    assert [word in row for word in ("2027-06", "2026-01-05", "3217 镁冶炼", "10,000.00", "绛县")] == [True] * 5


# --- order and sums --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("column", [column.value for column in SORTED_BY])
def test_every_sorted_column_runs_both_ways(play: Play, sit: Sit, column: str) -> None:
    with on("2026-02-01"):
        for name in ("甲", "乙"):
            play.project(name=name)
        desk = sit("leader")
        counts = [len(desk.open("ledger", sort=f"{way}{column}", columns=column).rows) for way in ("", "-")]

    assert counts == [2, 2]


def test_the_last_row_sums_all_that_the_filters_leave(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        for number in range(52):
            play.project(name=f"第{number}项", total_investment=YI, area_mu=Decimal(10))
        sight = sit("leader").open("ledger", columns="total.area")

    assert (len(sight.rows), totals(sight)) == (50, "52 个项目合计 520,000.00 520")


def test_what_nobody_said_has_no_sum(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project()
        sight = sit("leader").open("ledger", columns="area.jobs.stage")

    assert totals(sight) == "1 个项目合计"


# --- out of the house ------------------------------------------------------------------------------------------------
def test_just_this_is_exported(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project(name="小的", total_investment=YI, planned_start_month=date(2026, 3, 1))
        play.project(name="大的", total_investment=YI * 2)
        play.building(name="在建的")
        rows = exported(sit("leader"), stage="planned", columns="total.start.step", sort="-total")

    assert rows == [
        ("项目", "总投资（万元）", "计划开工", "下一关键节点"),
        ("大的", 20000, None, None),
        ("小的", 10000, "2026-03", None),
    ]


def test_an_export_leaves_its_line_in_the_chain(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project()
        exported(sit("leader"), light="", columns="stage")
        line = AuditLine.objects.latest("pk")

    assert (line.verb, line.after["rows"], line.after["columns"]) == ("export_projects", 1, ["name", "stage"])


def test_a_formula_in_a_name_goes_out_as_text(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project(name="=1+1")
        rows = exported(sit("leader"), columns="stage")

    assert rows[1] == ("=1+1", "谋划")


def test_an_agency_exports_its_own_alone(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project(name="住建的")
        play.project(name="医院的", agency_id=play.agency_id("hospital"))
        rows = exported(sit("works_handler"), columns="stage")

    assert [row[0] for row in rows] == ["项目", "住建的"]


# --- from look to look -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["ledger", "board", "gantt", "map", "wall-chart"])
def test_the_tabs_keep_what_the_ledger_is_narrowed_to(play: Play, sit: Sit, name: str) -> None:
    with on("2026-02-01"):
        play.project()
        html = sit("leader").open(name, stage="planned", sort="name", after="", text="").html
    links = re.findall(r'href="([^"]*)"', html.split('<nav class="tabs">')[2].split("</nav>")[0])

    assert [link.replace("&amp;", "&").partition("?")[2] for link in links] == ["stage=planned&sort=name"] * 5


@pytest.mark.parametrize("name", ["ledger", "board", "gantt", "map", "wall-chart"])
def test_every_look_says_so_when_nothing_is_left(play: Play, sit: Sit, name: str) -> None:
    with on("2026-02-01"):
        before = sit("leader").open(name).empty
        play.project()
        narrowed = sit("leader").open(name, light="red").empty

    assert (before, narrowed) == ("台账中没有项目。", "没有符合条件的项目。")


@pytest.mark.parametrize("name", ["ledger", "board", "gantt-rows", "map", "wall-chart"])
def test_every_look_shows_an_agency_its_own_alone(play: Play, sit: Sit, name: str) -> None:
    with on("2026-02-01"):
        play.project(name="住建的项目")
        play.project(name="医院的项目", agency_id=play.agency_id("hospital"))
        html = sit("works_handler").open(name).html

    assert "医院的项目" not in html


@pytest.mark.parametrize("key", ["bank", "enterprise", "administrator"])
@pytest.mark.parametrize("name", ["board", "gantt", "gantt-rows", "map", "wall-chart", "export-grid"])
def test_who_has_no_work_here_sees_no_look(sit: Sit, key: str, name: str) -> None:
    assert sit(key).open(name).status == 403
