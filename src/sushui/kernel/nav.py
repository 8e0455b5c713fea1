"""What stands in the page frame: the rooms, the inbox and the search, each registered by the room that owns it.

A room calls these from its ``AppConfig.ready``; the frame shows what the viewer may enter, in the order of their day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from sushui.kernel.viewer import Viewer

MOST_ENTRIES = 9


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A room in the left rail. ``order`` is its place in the day; ``badge`` counts what waits there for the viewer."""

    key: str
    label: str | Promise
    url_name: str
    order: int
    allowed: Callable[[Viewer], bool]
    badge: Callable[[Viewer], int] | None = None


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry as one viewer sees it on one page."""

    key: str
    label: str
    url: str
    is_current: bool
    badge: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where the viewer's notices are, and how many are unread."""

    url_name: str
    count: Callable[[Viewer], int]


class Frame:
    """The registered rooms, inbox and search. The house has one, `frame`."""

    def __init__(self) -> None:
        self._entries: dict[str, NavEntry] = {}
        self._inbox: Inbox | None = None
        self._search = ""
        self._suggest = ""

    def register_entry(self, entry: NavEntry) -> None:
        """Add a room to the rail; the same key again replaces it."""
        self._entries[entry.key] = entry

    def register_inbox(self, inbox: Inbox) -> None:
        """Name the one inbox."""
        self._inbox = inbox

    def register_search(self, url_name: str, suggest: str = "") -> None:
        """Name the one page that answers the search box (GET, parameter ``q``), and what suggests while one types."""
        self._search, self._suggest = url_name, suggest

    def entries_for(self, viewer: Viewer, path: str, *, is_counted: bool = True) -> list[NavItem]:
        """The rooms that ``viewer`` may enter, in the order of the day; that in which ``path`` lies is the current one.

        What waits in them is counted in the first `MOST_ENTRIES`, which the frame always shows. Not ``is_counted``: in
        none, for that is most of what the frame costs.
        """
        allowed = [entry for entry in self._entries.values() if entry.allowed(viewer)]
        shown = sorted(allowed, key=lambda entry: (entry.order, entry.key))
        addresses = {entry.key: reverse(entry.url_name) for entry in shown}
        current = current_key(addresses, path)
        return [
            NavItem(
                entry.key,
                str(entry.label),
                addresses[entry.key],
                is_current=entry.key == current,
                badge=entry.badge(viewer) if is_counted and entry.badge and place < MOST_ENTRIES else 0,
            )
            for place, entry in enumerate(shown)
        ]

    def inbox_for(self, viewer: Viewer) -> tuple[str, int]:
        """Address of the inbox and the number of unread notices; no address when no room has named one."""
        return (reverse(self._inbox.url_name), self._inbox.count(viewer)) if self._inbox else ("", 0)

    def search_address(self) -> str:
        """Address of the search page; empty when no room has named one."""
        return reverse(self._search) if self._search else ""

    def suggest_address(self) -> str:
        """Address of what the search suggests; empty when no room has named one."""
        return reverse(self._suggest) if self._suggest else ""


def current_key(addresses: dict[str, str], path: str) -> str:
    """The key whose address is the longest beginning of ``path``; the front page holds only itself."""
    holding = {key: url for key, url in addresses.items() if path == url or (url != "/" and path.startswith(url))}
    return max(holding, key=lambda key: len(holding[key]), default="")


frame = Frame()
register_entry = frame.register_entry
register_inbox = frame.register_inbox
register_search = frame.register_search
