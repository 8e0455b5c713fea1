"""What the official's front shows: the day's figures and blocks, and what a search finds, registered by the rooms.

A room calls these from its ``AppConfig.ready``; the front knows no room's records, only plain figures and blocks with
the room's own template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sushui.kernel.components import Text
from sushui.kernel.viewer import Viewer

MOST_FIGURES = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that opens the rows it counts; ``status`` is the light's name that it shows when it is not 0."""

    label: Text
    value: int
    url: str
    status: str = ""

    @property
    def shown_status(self) -> str:
        return self.status if self.value else ""


@dataclass(frozen=True, slots=True)
class Block:
    """A few rows with a head; ``url`` leads to all of them. ``context`` is what its ``template`` shows."""

    title: Text
    template: str
    context: Mapping[str, Any]
    url: str = ""


@dataclass(frozen=True, slots=True)
class DayEntry:
    """What one room has for a viewer's day. ``blocks`` gives only those that hold something."""

    key: str
    order: int
    allowed: Callable[[Viewer], bool]
    figures: Callable[[Viewer], list[Figure]]
    blocks: Callable[[Viewer], list[Block]]


@dataclass(frozen=True, slots=True)
class Finder:
    """What one room finds for some words: a block, or nothing."""

    key: str
    order: int
    allowed: Callable[[Viewer], bool]
    find: Callable[[Viewer, str], Block | None]


@dataclass(frozen=True, slots=True)
class Day:
    """A viewer's day: one row of figures, then the blocks."""

    figures: tuple[Figure, ...]
    blocks: tuple[Block, ...]


@dataclass
class Front:
    """The registered entries and finders. The house has one, `front`."""

    _entries: dict[str, DayEntry] = field(default_factory=dict)
    _finders: dict[str, Finder] = field(default_factory=dict)

    def register_day(self, entry: DayEntry) -> None:
        """Add what a room has for the day; the same key again replaces it."""
        self._entries[entry.key] = entry

    def register_finder(self, finder: Finder) -> None:
        """Add a room to the search; the same key again replaces it."""
        self._finders[finder.key] = finder

    def day_for(self, viewer: Viewer) -> Day:
        """The viewer's day: the most urgent entries first, at most six figures."""
        entries = sorted(self._entries.values(), key=lambda entry: (entry.order, entry.key))
        allowed = [entry for entry in entries if entry.allowed(viewer)]
        figures = [figure for entry in allowed for figure in entry.figures(viewer)]
        return Day(tuple(figures[:MOST_FIGURES]), tuple(block for entry in allowed for block in entry.blocks(viewer)))

    def found_for(self, viewer: Viewer, text: str) -> Iterator[Block]:
        """What the rooms find for ``text``, in their order."""
        for finder in sorted(self._finders.values(), key=lambda finder: (finder.order, finder.key)):
            block = finder.find(viewer, text) if finder.allowed(viewer) else None
            if block is not None:
                yield block


front = Front()
register_day = front.register_day
register_finder = front.register_finder
