"""What the official's front shows: the day's figures and blocks, and what a search finds, registered by the rooms.

A room calls these from its ``AppConfig.ready``; the front knows no room's records, only plain figures and blocks with
the room's own template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sushui.kernel.components import Text
from sushui.kernel.keyset import counted
from sushui.kernel.search import COUNTED, Sought
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
class Hit:
    """One thing that was found: what it is called, what tells it from others, and by what else it was found.

    ``status`` is a light's name. ``is_spelled``: also found by whole pinyin, as names are.
    """

    label: str
    url: str
    note: str = ""
    other: str = ""
    status: str = ""
    is_spelled: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The closest of what was found, and how many there are, counted no further than 1,001."""

    hits: Sequence[Hit]
    total: int


@dataclass(frozen=True, slots=True)
class Finder:
    """What one room finds of one kind: the first so many, the closest first, only what the viewer may see.

    ``list_url`` leads to the room's own list of all of them; where there is none, the search shows them itself.
    """

    key: str
    order: int
    title: Text
    allowed: Callable[[Viewer], bool]
    find: Callable[[Viewer, Sought, int], Found]
    list_url: Callable[[Viewer, str], str] | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What was found of one kind; ``list_url`` leads to all of them, where a room shows them itself."""

    key: str
    title: Text
    hits: tuple[Hit, ...]
    total: int
    list_url: str = ""

    @property
    def has_more(self) -> bool:
        return self.total > len(self.hits)

    @property
    def count(self) -> str:
        return counted(self.total, COUNTED)


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
    _sources: list[Callable[[], Iterable[Finder]]] = field(default_factory=list)

    def register_day(self, entry: DayEntry) -> None:
        """Add what a room has for the day; the same key again replaces it."""
        self._entries[entry.key] = entry

    def register_finder(self, finder: Finder) -> None:
        """Add a room to the search; the same key again replaces it."""
        self._finders[finder.key] = finder

    def register_finders(self, source: Callable[[], Iterable[Finder]]) -> None:
        """Add finders that are only known when somebody searches: ``source`` is asked each time."""
        self._sources.append(source)

    def day_for(self, viewer: Viewer) -> Day:
        """The viewer's day: the most urgent entries first, at most six figures."""
        entries = sorted(self._entries.values(), key=lambda entry: (entry.order, entry.key))
        allowed = [entry for entry in entries if entry.allowed(viewer)]
        figures = [figure for entry in allowed for figure in entry.figures(viewer)]
        return Day(tuple(figures[:MOST_FIGURES]), tuple(block for entry in allowed for block in entry.blocks(viewer)))

    def found_for(self, viewer: Viewer, sought: Sought, *, first: int, key: str = "") -> Iterator[Results]:
        """What the rooms find, at most ``first`` of each kind, in their order; with ``key`` only of this kind."""
        if not sought:
            return
        for finder in self._finders_for(viewer):
            if key and finder.key != key:
                continue
            found = finder.find(viewer, sought, first)
            url = finder.list_url(viewer, sought.text) if finder.list_url else ""
            if found.hits:
                yield Results(finder.key, finder.title, tuple(found.hits), found.total, url)

    def _finders_for(self, viewer: Viewer) -> list[Finder]:
        known = [*self._finders.values(), *(finder for source in self._sources for finder in source())]
        ordered = sorted(known, key=lambda finder: (finder.order, finder.key))
        return [finder for finder in ordered if finder.allowed(viewer)]


front = Front()
register_day = front.register_day
register_finder = front.register_finder
register_finders = front.register_finders
