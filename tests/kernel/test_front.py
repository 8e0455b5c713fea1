"""What the front shows to whom, and in which order."""

from __future__ import annotations

from sushui.kernel.front import Block, DayEntry, Figure, Finder, Found, Front, Hit, Results
from sushui.kernel.search import Sought
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


def finder(key: str, order: int = 1, role: str = "agency_handler", finds: int = 1) -> Finder:
    """A finder that finds so many things called as it is, whatever is looked for."""

    def find(viewer: Viewer, sought: Sought, first: int) -> Found:
        return Found([Hit(key, "/")] * min(finds, first), finds)

    return Finder(key, order, key, lambda viewer: viewer.has(role), find)


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


def found(front: Front, text: str = "road", **wanted: str) -> list[Results]:
    return list(front.found_for(HANDLER, Sought.of(text), first=3, **wanted))


def test_a_search_gives_what_each_room_finds_in_their_order() -> None:
    front = front_of(finder("second", 2), finder("first", 1), finder("third", finds=0))

    assert [results.key for results in found(front)] == ["first", "second"]


def test_a_search_does_not_ask_rooms_that_are_closed_to_the_viewer() -> None:
    assert found(front_of(finder("first", role="administrator"))) == []


def test_a_search_for_nothing_asks_nobody() -> None:
    assert found(front_of(finder("first")), "、") == []


def test_a_search_may_be_for_one_kind() -> None:
    front = front_of(finder("first"), finder("second"))

    assert [results.key for results in found(front, key="second")] == ["second"]


def test_finders_may_be_known_only_when_somebody_searches() -> None:
    front = front_of(finder("last", 9))
    front.register_finders(lambda: [finder("early")])

    assert [results.key for results in found(front)] == ["early", "last"]


def test_results_say_how_many_there_are_and_whether_more() -> None:
    few, many = found(front_of(finder("few", 1, finds=3), finder("many", 2, finds=1001)))

    assert [(each.count, each.has_more, len(each.hits)) for each in (few, many)] == [
        ("3", False, 3),
        ("1,000+", True, 3),
    ]


def test_a_figure_shows_its_light_unless_it_is_0() -> None:
    figures = [Figure("Red", value, "/", status="red") for value in (0, 3)]

    assert [figure.shown_status for figure in figures] == ["", "red"]
