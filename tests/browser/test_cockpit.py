"""What a county leader opens in the morning, in a real browser: at a desk, on a phone, on a wall, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import PHONE, SHOTS, Person
from tests.cast import County
from tests.desk.test_cockpit import town_of

WALL = (1920, 1080)
BLOCKS = ("#red", "#money", "#rates", "#grid", "#changes")
LONG = "市生态环境局县分局固体废物与化学品管理技术中心"  # a name that takes two lines
Seat = Callable[..., Person]

CROWD = """([list, name, count]) => {
  const rows = document.querySelector(`#${list} tbody`);
  while (rows.rows.length < count) {
    const row = rows.rows[0].cloneNode(true);
    row.cells[0].textContent = name;
    rows.append(row);
  }
  dispatchEvent(new Event("resize"));
}"""


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


def crowd(person: Person, block: str, count: int) -> None:
    """As many rows in a list, each further one with a name of two lines."""
    person.page.evaluate(CROWD, [block, LONG, count])


@pytest.mark.parametrize("query", ["", "?grid=place"])
def test_the_first_screen_of_a_laptop_holds_every_block(leader: Seat, query: str) -> None:
    secretary = leader()
    secretary.go(f"/cockpit/{query}")
    secretary.settle()
    secretary.shoot("cockpit-laptop")

    assert [block for block in (".cockpit-figures", *BLOCKS) if bottom(secretary, block) > 768] == []
    assert secretary.page.evaluate("document.documentElement.scrollHeight") == 768
    assert (secretary.page.locator(".cockpit-figure").count(), len(chart_shapes(secretary)) > 20) == (5, True)


def test_a_long_list_ends_where_the_screen_ends_and_leads_to_all_its_rows(leader: Seat) -> None:
    secretary = leader()
    secretary.go("/cockpit/")
    secretary.settle()
    crowd(secretary, "red", 42)
    crowd(secretary, "rates", 40)
    folded = [bottom(secretary, block) <= 768 for block in BLOCKS]
    shown = secretary.page.locator("#red tbody tr:visible").count()
    secretary.page.locator("#red [data-more] a").click()

    assert (folded, shown < 42) == ([True] * 5, True)
    assert secretary.page.locator("#red tbody tr:visible").count() == 42


def chart_shapes(person: Person) -> list:
    return person.page.locator(".cockpit-chart svg path").all()


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
    places = [shape.bounding_box() for shape in chart_shapes(secretary)]
    bars = [place for place in places if place and place["height"] > 40 > place["width"]]
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


def test_on_a_phone_the_counties_are_cards_and_nothing_is_cut(committed_county: County, seat: Seat) -> None:
    town_of(committed_county)
    city = seat(committed_county.user("city_leader"), PHONE)

    city.go("/cockpit/counties/")
    city.shoot("counties-phone")

    assert city.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def figures(person: Person) -> list:
    return person.page.locator(".cockpit-figure").all()


def test_the_wall_shows_its_screens_below_the_figures_without_scrolling(leader: Seat) -> None:
    room = leader(WALL)
    room.go("/cockpit/wall/")
    room.settle()
    shown = []
    for number in range(4):
        room.shoot(f"cockpit-wall-{number + 1}")
        shown.append(room.page.locator(".wall-screen.is-current").get_attribute("id"))
        room.page.keyboard.press("ArrowRight")

    assert shown == ["screen-1", "screen-2", "screen-3", "screen-4"]
    assert room.page.locator(".cockpit-figure:visible").count() == 5
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


def test_on_paper_the_county_takes_two_sheets_across_with_every_row(leader: Seat) -> None:
    secretary = leader()
    secretary.go("/cockpit/")
    secretary.settle()
    crowd(secretary, "red", 26)
    crowd(secretary, "rates", 38)
    sheets = printed(secretary, "cockpit-print")
    secretary.page.emulate_media(media="print")

    assert sheets == [841, 841]  # A4 across
    assert secretary.page.locator("#red tbody tr:visible, #rates tbody tr:visible").count() == 64
    assert "打印人 县政府常务副县长" in secretary.read(".print-head")[0]


def test_on_paper_the_wall_is_one_sheet(leader: Seat) -> None:
    room = leader()
    room.go("/cockpit/wall/")
    room.settle()

    assert printed(room, "cockpit-wall-print") == [1191]  # A3 across


def printed(person: Person, name: str) -> list[int]:
    """The widths in points of the sheets that a page takes."""
    SHOTS.mkdir(exist_ok=True)
    made = person.page.pdf(path=SHOTS / f"{name}.pdf", prefer_css_page_size=True)
    return [int(float(each.split()[2])) for each in made.decode("latin-1").split("/MediaBox [")[1:]]
