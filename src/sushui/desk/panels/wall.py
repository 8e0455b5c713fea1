"""The cockpit on the wall of a meeting room: its lists cut into screens, so that every row comes past."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil
from typing import Any

from sushui.desk.panels.cockpit import CockpitSheet

ROWS = 14  # of a column; a name that takes two lines still finds room
MOST_SCREENS = 6  # of one list: a round of the wall stays shorter than a meeting
RED_COLUMNS, RATE_COLUMNS, PLACE_COLUMNS = 2, 3, 2


@dataclass(frozen=True, slots=True)
class Screen:
    """One of the screens that take turns: a stretch of a list in columns, or a block that is no list.

    Rows are counted from 1, ``first`` to ``last`` of ``all``; ``off_wall`` of them come on no screen.
    """

    template: str
    columns: list[Sequence[Any]] = field(default_factory=list)
    first: int = 0
    last: int = 0
    all: int = 0
    off_wall: int = 0

    @property
    def is_part(self) -> bool:
        return self.last - self.first + 1 < self.all


def wall_screens(sheet: CockpitSheet) -> list[Screen]:
    """What turns below the five figures: what is red first, then money, projects and changes, and who keeps time."""
    return [
        *_listed("red", sheet.red, RED_COLUMNS),
        Screen("desk/wall/money.html"),
        *_projects_and_changes(sheet),
        *_listed("rates", sheet.rates, RATE_COLUMNS),
    ]


def _projects_and_changes(sheet: CockpitSheet) -> list[Screen]:
    """Side by side, unless there are more places than a column holds."""
    if len(sheet.grid) <= ROWS:
        return [Screen("desk/wall/now.html")]
    return [*_listed("places", sheet.grid, PLACE_COLUMNS), Screen("desk/wall/changes.html")]


def _listed(name: str, rows: Sequence[Any], columns: int) -> list[Screen]:
    """A list over as few screens as hold it, each about as full as the others; one that says so where it is empty."""
    template, all_rows = f"desk/wall/{name}.html", len(rows)
    number = min(max(1, ceil(all_rows / (ROWS * columns))), MOST_SCREENS)
    shown = rows[: number * ROWS * columns]
    return [
        Screen(template, list(_cut(shown[at:end], columns)), at + 1, end, all_rows, all_rows - len(shown))
        for at, end in _stretches(len(shown), number)
    ]


def _stretches(count: int, number: int) -> list[tuple[int, int]]:
    """``number`` stretches of nearly equal length that make up ``range(count)``."""
    ends = [round(count * each / number) for each in range(number + 1)]
    return list(pairwise(ends))


def _cut(rows: Sequence[Any], columns: int) -> Iterator[Sequence[Any]]:
    """Column by column, each full before the next begins to be filled."""
    high = max(1, ceil(len(rows) / columns))
    for at in range(0, len(rows), high):
        yield rows[at : at + high]
