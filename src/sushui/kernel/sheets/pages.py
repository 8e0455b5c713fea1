"""What the pages of every sheet under way share: their addresses, their frame, their rows in stretches.

A room that reads sheets names its pages alike (``import``, ``import-columns``, ``import-rows`` ...) and gives its own
frame, row table and words; the templates stand in ``kernel/sheets/``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.http import QueryDict
from django.urls import reverse

from sushui.kernel.components import Pager, Tab
from sushui.kernel.pages import ViewerRequest
from sushui.kernel.record_numbers import record_numbers
from sushui.kernel.sheets.records import SheetUnderWay

QUESTIONS_SHOWN = 20
ROWS_SHOWN = 50
HEADING_ROWS = 8
PAGES = ("columns", "questions", "take_back", "rows", "row", "commit", "discard")
Row = TypeVar("Row")


@dataclass(frozen=True)
class EarlierImport:
    """When the very same sheet came in before, by whom, and what it became if that has a page."""

    at: datetime | None
    post: object
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class AnswerLine:
    """An answer that was given: its key, the row if it is for one alone, what was asked, and the answer in words."""

    key: str
    row: str
    text: str
    label: str
    words: str


def url_names(room: str) -> dict[str, str]:
    """The names of the pages of a room's sheets, by what they show."""
    return {"sheet": f"{room}:import", **{page: f"{room}:import-{page.replace('_', '-')}" for page in PAGES}}


def frame_of(
    room: str, draft: SheetUnderWay, understood: Any, *, siblings: Iterable[SheetUnderWay], tabs: Sequence[Tab]
) -> dict[str, Any]:
    """What stands above each page of a sheet: the sheets beside it and the pages about it."""
    return {
        "draft": draft,
        "understood": understood,
        "urls": url_names(room),
        "frame": f"{room}/imports/_frame.html",
        "rows_table": f"{room}/imports/_rows.html",
        "siblings": list(siblings),
        "tabs": tabs,
    }


def sheet_tabs(
    room: str, draft: SheetUnderWay, current: str, pages: Iterable[tuple[str, str, int | None]]
) -> list[Tab]:
    """The pages about one sheet, each with what waits there: its name, its label, a count."""
    return [
        Tab(label, reverse(f"{room}:import-{name}", args=[draft.pk]), is_current=name == current, count=count)
        for name, label, count in pages
    ]


def sent(request: ViewerRequest) -> QueryDict | None:
    """What was sent in, be it nothing at all; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def rows_asked(request: ViewerRequest, rows: Sequence[Row]) -> tuple[Sequence[Row], Pager]:
    """The stretch of rows that an address asks for; ``before`` of its pager is empty at the beginning."""
    start = next(iter(record_numbers([request.GET.get("after") or request.GET.get("before") or ""])), 0)
    shown = rows[start : start + ROWS_SHOWN]
    before = str(max(start - ROWS_SHOWN, 0)) if start else ""
    after = str(start + len(shown)) if start + len(shown) < len(rows) else ""
    return shown, Pager(len(shown), len(rows), before=before, after=after)
