"""What the front shows to whom, and in which order."""

from __future__ import annotations

from sushui.kernel.front import Block, DayEntry, Figure, Finder, Front
from sushui.kernel.viewer import Viewer

HANDLER = Viewer(
    user_id=1,
    user_name="Handler",
    post_id=1,
    post_name="Housing bureau, handler",
    agency_id=1,
    agency_name="Housing bureau",
    division_id=1,
    roles=frozenset({"agency_handler"}),
)


def entry(key: str, order: int = 1, role: str = "agency_handler", figures: int = 1) -> DayEntry:
    return DayEntry(
        key,
        order,
        lambda viewer: viewer.has(role),
        lambda viewer: [Figure(key, number, "/") for number in range(figures)],
        lambda viewer: [Block(key, "block.html", {})],
    )


def finder(key: str, order: int = 1, role: str = "agency_handler", finds: str = "") -> Finder:
    return Finder(
        key, order, lambda viewer: viewer.has(role), lambda viewer, text: Block(key, "", {}) if text == finds else None
    )


def front_of(*parts: DayEntry | Finder) -> Front:
    front = Front()
    for part in parts:
        front.register_day(part) if isinstance(part, DayEntry) else front.register_finder(part)
    return front


def test_the_day_comes_in_the_order_of_the_entries() -> None:
    day = front_of(entry("late", 2), entry("urgent", 1)).day_for(HANDLER)

    assert [block.title for block in day.blocks] == ["urgent", "late"]
    assert [figure.label for figure in day.figures] == ["urgent", "late"]


def test_an_entry_that_is_not_the_viewers_is_not_asked() -> None:
    day = front_of(entry("mine"), entry("theirs", role="administrator")).day_for(HANDLER)

    assert [block.title for block in day.blocks] == ["mine"]


def test_the_row_of_figures_ends_after_six() -> None:
    day = front_of(entry("first", 1, figures=4), entry("second", 2, figures=4)).day_for(HANDLER)

    assert [figure.label for figure in day.figures] == ["first"] * 4 + ["second"] * 2


def test_the_same_key_again_replaces_the_entry() -> None:
    day = front_of(entry("mine", figures=3), entry("mine", figures=1)).day_for(HANDLER)

    assert len(day.figures) == 1


def test_a_search_gives_what_each_room_finds_in_their_order() -> None:
    front = front_of(finder("second", 2, finds="road"), finder("first", 1, finds="road"), finder("third", finds="bank"))

    found = list(front.found_for(HANDLER, "road"))

    assert [block.title for block in found] == ["first", "second"]


def test_a_search_does_not_ask_rooms_that_are_closed_to_the_viewer() -> None:
    front = front_of(finder("first", role="administrator", finds="road"))

    assert list(front.found_for(HANDLER, "road")) == []


def test_a_figure_shows_its_light_unless_it_is_0() -> None:
    figures = [Figure("Red", value, "/", status="red") for value in (0, 3)]

    assert [figure.shown_status for figure in figures] == ["", "red"]
