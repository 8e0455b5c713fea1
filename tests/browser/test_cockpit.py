"""What a county leader opens in the morning, in a real browser: at a desk, on a phone, on a wall, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import PHONE, SHOTS, Person
from tests.cast import County
from tests.desk.test_cockpit import town_of

WALL = (1920, 1080)
Seat = Callable[..., Person]


@pytest.fixture
def leader(committed_county: County, seat: Seat) -> Seat:
    """The county's leader before a browser of some size; the server's clock is that of the wall."""
    town_of(committed_county)
    return lambda *size: seat(committed_county.user("leader"), *size)


def box(person: Person, selector: str) -> dict[str, float]:
    found = person.page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return found


def bottom(person: Person, selector: str) -> float:
    place = box(person, selector)
    return place["y"] + place["height"]


def test_the_first_screen_of_a_laptop_holds_the_figures_and_three_blocks(leader: Seat) -> None:
    secretary = leader()
    secretary.go("/cockpit/")
    secretary.settle()
    secretary.shoot("cockpit-laptop")

    assert secretary.page.locator(".cockpit-figure").count() == 5
    assert bottom(secretary, ".cockpit-blocks") <= 768
    assert secretary.page.locator(".cockpit-chart svg path").count() > 20


def test_a_figure_leads_to_its_rows(leader: Seat) -> None:
    secretary = leader()
    secretary.go("/cockpit/")
    said = secretary.read("[data-figure=red_tasks] .cockpit-figure-value")
    secretary.page.locator("[data-figure=red_tasks] .cockpit-figure-main").click()
    secretary.settle()

    assert said == [f"■{secretary.page.locator('tr[data-row]').count()} 项"]


def test_a_bar_of_the_chart_leads_to_its_month(leader: Seat) -> None:
    secretary = leader()
    secretary.go("/cockpit/")
    secretary.settle()
    shapes = secretary.page.locator(".cockpit-chart svg path").all()
    bars = [
        place for place in (shape.bounding_box() for shape in shapes) if place and place["height"] > 40 > place["width"]
    ]
    first = min(bars, key=lambda place: place["x"])
    secretary.page.mouse.click(first["x"] + first["width"] / 2, first["y"] + first["height"] / 2)
    secretary.page.wait_for_url("**/cockpit/money/**")

    assert "month=2026-01" in secretary.page.url


def test_on_a_phone_the_figures_are_a_list_and_nothing_is_cut(leader: Seat) -> None:
    secretary = leader(PHONE)
    secretary.go("/cockpit/")
    secretary.settle()
    secretary.shoot("cockpit-phone")
    lefts = {round(place["x"]) for place in (each.bounding_box() for each in figures(secretary)) if place}

    assert len(lefts) == 1
    assert secretary.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def figures(person: Person) -> list:
    return person.page.locator(".cockpit-figure").all()


def test_the_wall_shows_four_screens_without_scrolling(leader: Seat) -> None:
    room = leader(WALL)
    room.go("/cockpit/wall/")
    room.settle()
    shown = []
    for number in range(4):
        room.shoot(f"cockpit-wall-{number + 1}")
        shown.append(room.page.locator(".wall-screen.is-current").get_attribute("id"))
        room.page.keyboard.press("ArrowRight")

    assert shown == ["screen-1", "screen-2", "screen-3", "screen-4"]
    assert room.page.evaluate("document.documentElement.scrollHeight") == WALL[1]


def test_the_wall_turns_by_itself_and_any_key_stops_it(leader: Seat) -> None:
    room = leader(WALL)
    room.page.clock.install()
    room.go("/cockpit/wall/")
    room.settle()

    turned = [after(room, 21), after(room, 21)]
    room.page.keyboard.press("Space")
    stood = after(room, 60)

    assert (turned, stood) == (["screen-2", "screen-3"], "screen-3")
    assert room.read("[data-wall-state]") == ["已停住，按任意键继续"]


def after(room: Person, seconds: int) -> str | None:
    room.page.clock.run_for(seconds * 1000)
    return room.page.locator(".wall-screen.is-current").get_attribute("id")


def test_the_wall_stands_still_where_no_motion_is_wanted(leader: Seat) -> None:
    room = leader(WALL)
    room.page.emulate_media(reduced_motion="reduce")
    room.page.clock.install()
    room.go("/cockpit/wall/")
    room.settle()

    assert after(room, 90) == "screen-1"


def test_the_wall_shows_nobodys_notices(leader: Seat) -> None:
    room = leader(WALL)
    room.go("/cockpit/wall/")

    assert room.page.locator(".top, .rail").count() == 0


@pytest.mark.parametrize(("path", "name", "width"), [("", "cockpit-print", 842), ("wall/", "cockpit-wall-print", 1191)])
def test_paper_is_a4_across_and_a3_for_the_wall(leader: Seat, path: str, name: str, width: int) -> None:
    secretary = leader()
    secretary.go(f"/cockpit/{path}")
    secretary.settle()
    SHOTS.mkdir(exist_ok=True)
    made = secretary.page.pdf(path=SHOTS / f"{name}.pdf", prefer_css_page_size=True)

    assert [int(float(each)) for each in page_widths(made)][:1] == [width - 1 if width == 842 else width]


def page_widths(pdf: bytes) -> list[str]:
    return [each.split()[2] for each in pdf.decode("latin-1").split("/MediaBox [")[1:]]
