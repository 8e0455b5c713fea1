"""The cockpit on a wall: every row of its lists comes past once, and no screen holds more than it has room for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sushui.desk.panels import wall_screens
from sushui.desk.panels.wall import MOST_SCREENS, ROWS, Screen


def sheet(red: int = 3, rates: int = 3, grid: int = 3) -> Any:
    """A cockpit whose lists hold as many rows: the numbers from 1 on."""
    return SimpleNamespace(red=[*range(1, red + 1)], rates=[*range(1, rates + 1)], grid=[*range(1, grid + 1)])


def screens_of(name: str, **rows: int) -> list[Screen]:
    return [screen for screen in wall_screens(sheet(**rows)) if screen.template == f"desk/wall/{name}.html"]


def named(screens: list[Screen]) -> list[str]:
    return [screen.template.split("/")[-1].removesuffix(".html") for screen in screens]


def rows_on(screens: list[Screen]) -> list[int]:
    return [row for screen in screens for column in screen.columns for row in column]


def test_a_small_county_turns_through_four_screens() -> None:
    assert named(wall_screens(sheet())) == ["red", "money", "now", "rates"]


@pytest.mark.parametrize("count", [1, 2, ROWS, 2 * ROWS, 2 * ROWS + 1, 3 * ROWS, 2 * ROWS * MOST_SCREENS])
def test_every_row_comes_past_once_in_its_order(count: int) -> None:
    screens = screens_of("red", red=count)

    assert rows_on(screens) == [*range(1, count + 1)]
    assert max(len(column) for screen in screens for column in screen.columns) <= ROWS


def test_a_list_that_one_screen_cannot_hold_says_what_part_it_shows() -> None:
    screens = screens_of("rates", rates=100)

    assert [(screen.first, screen.last, screen.all, screen.is_part) for screen in screens] == [
        (1, 33, 100, True),
        (34, 67, 100, True),
        (68, 100, 100, True),
    ]


def test_a_list_that_one_screen_holds_says_nothing_of_parts() -> None:
    assert [screen.is_part for screen in screens_of("red", red=26)] == [False]


def test_rows_beyond_the_last_screen_are_said() -> None:
    screens = screens_of("red", red=1_000)

    assert (len(screens), {screen.off_wall for screen in screens}) == (MOST_SCREENS, {1_000 - MOST_SCREENS * 2 * ROWS})


def test_an_empty_list_has_one_screen_that_says_so() -> None:
    assert [(screen.columns, screen.is_part) for screen in screens_of("red", red=0)] == [([], False)]


def test_more_places_than_a_column_holds_part_from_what_changed() -> None:
    assert named(wall_screens(sheet(grid=ROWS + 1))) == ["red", "money", "places", "changes", "rates"]
