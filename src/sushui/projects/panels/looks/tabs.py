"""The row of tabs above every way to look at the ledger; filters, order and columns go with the reader."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse

from sushui.kernel.components import Tab
from sushui.kernel.labels import label_of
from sushui.kernel.templatetags.look import CURSORS, changed_query
from sushui.projects.enums.looks import Look, WallGroup

PAGES = {
    Look.GRID: "projects:ledger",
    Look.BOARD: "projects:board",
    Look.GANTT: "projects:gantt",
    Look.MAP: "projects:map",
    Look.WALL: "projects:wall-chart",
}


def look_tabs(query: QueryDict, current: Look) -> list[Tab]:
    """A tab for each way to look, the one in use marked."""
    kept = narrowing(query)
    return [
        Tab(label_of(look), f"{reverse(name)}?{kept}" if kept else reverse(name), is_current=look is current)
        for look, name in PAGES.items()
    ]


def narrowing(query: QueryDict) -> str:
    """What is asked for without the place in a list, and without what was left empty."""
    kept = query.copy()
    for name in list(kept):
        values = [value for value in kept.getlist(name) if value]
        if name in CURSORS or not values:
            kept.pop(name)
        else:
            kept.setlist(name, values)
    return kept.urlencode()


def group_tabs(query: QueryDict, current: WallGroup) -> list[Tab]:
    """By what the rows of the wall chart are parted."""
    return [Tab(label_of(each), changed_query(query, by=each.value), is_current=each is current) for each in WallGroup]


def year_asked(text: str, this_year: int) -> int:
    """The year that an address asks for; this one when it asks for none that can be."""
    return int(text) if text.isdecimal() and len(text) == 4 and 1990 <= int(text) <= 2100 else this_year
