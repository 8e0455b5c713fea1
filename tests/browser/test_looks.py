"""The ways to look at the ledger in a real browser: cells by keyboard, more cards, the chart's rows, paper of A3."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sushui.projects import services
from sushui.projects.panels.looks import gantt
from sushui.projects.panels.looks.board import FIRST
from sushui.projects.panels.looks.gantt import Bar, register_bars
from tests.browser.conftest import PHONE, Person
from tests.cast import County
from tests.projects.play import Play

Seat = Callable[..., Person]
LOOKS = {"grid": "/projects/", "board": "/projects/board/", "gantt": "/projects/gantt/", "map": "/projects/map/"}
A3_LANDSCAPE = (1191, 842)  # points


@pytest.fixture
def leader(committed_county: County, seat: Seat) -> Seat:
    """The county's leader before a browser; forty projects are planned, with milestones that follow each other."""
    play = Play(committed_county)
    for number in range(40):
        months = {"planned_start_month": date(2026, 1, 1), "planned_completion_month": date(2027, 6, 1)}
        project = play.project(name=f"第{number}号项目", total_investment=Decimal(10**8 + number), **months)
        first = services.add_milestone(play.office, project, name="桩基", planned_on=date(2026, 3, 1))
        services.add_milestone(play.office, project, name="封顶", planned_on=date(2026, 9, 1), after=first)
    return lambda *size: seat(committed_county.user("leader"), *size)


def test_arrows_move_from_cell_to_cell_and_enter_opens(leader: Seat) -> None:
    secretary = leader()
    secretary.go("/projects/?columns=agency.stage.light.level.total.planned.done.percent.start.completion.step")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "End"):
        secretary.page.keyboard.press(key)
    row = secretary.page.locator("tbody tr.is-at").inner_text()
    cell = secretary.page.locator(".is-cell")
    box, sheet = cell.bounding_box(), secretary.page.locator("[data-sheet]").bounding_box()
    secretary.shoot("looks-grid")
    secretary.page.keyboard.press("Enter")
    secretary.page.locator("#beside h1, h1", has_text="第38号项目").first.wait_for()

    assert row.lstrip().startswith("第38号项目")
    assert box is not None
    assert sheet is not None
    assert box["x"] + box["width"] <= sheet["x"] + sheet["width"] + 1


def test_head_totals_and_names_stand_still(leader: Seat) -> None:
    secretary = leader()
    secretary.go("/projects/?columns=agency.stage.light.level.total.planned.done.percent.start.completion.step")
    places = (
        "['thead th:first-child', 'tfoot td:first-child'].map(s => document.querySelector(s).getBoundingClientRect().x)"
    )
    before = secretary.page.evaluate(places)
    secretary.page.evaluate("document.querySelector('[data-sheet]').scrollTo(300, 400)")

    assert secretary.page.evaluate(places) == before


def test_a_column_of_the_board_brings_more(leader: Seat) -> None:
    secretary = leader()
    secretary.go("/projects/board/")
    before = secretary.page.locator(".card-project").count()
    secretary.page.locator(".board-more a").click()
    secretary.settle()

    assert (before, secretary.page.locator(".card-project").count()) == (FIRST, 32)


def test_the_chart_holds_only_the_rows_in_sight(leader: Seat) -> None:
    secretary = leader()
    secretary.go("/projects/gantt/")
    secretary.page.locator("[data-here='40']").wait_for()
    secretary.shoot("looks-gantt")
    drawn = secretary.page.locator(".gantt-row").count()
    secretary.page.evaluate("document.querySelector('[data-gantt-box]').scrollTo({top: 1e6})")
    secretary.page.locator(".gantt-link", has_text="第39号项目").wait_for()

    assert drawn < 40


def test_a_project_opens_to_its_milestones_and_their_order(leader: Seat) -> None:
    secretary = leader()
    secretary.go("/projects/gantt/")
    secretary.page.locator("[data-gantt-open]").first.click()
    secretary.page.locator(".gantt-arrow").first.wait_for()
    said = secretary.read(".gantt-row >> nth=0 >> .gantt-bar-name")
    secretary.shoot("looks-gantt-open")

    assert [line.split(" ")[0] for line in said] == ["桩基", "封顶"]
    assert all("逾期" in line for line in said if date.today() > date(2026, 9, 1))  # noqa: DTZ011 - the browser's day


@pytest.fixture
def many_bars() -> Iterator[None]:
    """A topic that adds 1,000 bars below each project: 160,000 days in all."""
    day = date(2026, 3, 1)
    bars = [Bar(f"p{number}", "环评", day, day, day, day) for number in range(1_000)]
    register_bars("many", lambda projects: dict.fromkeys([each.pk for each in projects], bars))
    yield
    del gantt._sources["many"]


@pytest.mark.usefixtures("many_bars")
def test_the_chart_holds_any_number_of_bars(leader: Seat) -> None:
    secretary = leader()
    secretary.go("/projects/gantt/")
    said = secretary.page.locator("[data-gantt-said]", has_text=re.compile("."))

    assert said.inner_text() == "已载入 40 / 40 个项目"


@pytest.mark.parametrize("name", LOOKS)
def test_on_a_phone_nothing_is_wider_than_the_screen(leader: Seat, name: str) -> None:
    secretary = leader(PHONE)
    secretary.go(LOOKS[name])
    secretary.settle()
    secretary.shoot(f"looks-{name}-phone")

    assert secretary.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_the_chart_for_the_wall_prints_on_a3(leader: Seat, tmp_path: Path) -> None:
    secretary = leader()
    secretary.go("/projects/wall-chart/")
    paper = tmp_path / "wall.pdf"
    secretary.page.pdf(path=str(paper), prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+) ?\]", paper.read_bytes())

    assert {(round(float(wide)), round(float(tall))) for wide, tall in boxes} == {A3_LANDSCAPE}
