"""Lists read in stretches by keyset: the next stretch begins after the last row seen, however deep that lies.

A cursor says where a stretch begins or ends; it is opaque to whoever holds it, and says nothing that its row did not.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sushui.kernel.components import Pager
from sushui.kernel.errors import DomainError

Row = TypeVar("Row", bound=Model)
Rows = QuerySet[Row] | Sequence[QuerySet[Row]]
SIZE = 50
PRINTED = 2_000  # about a hundred sheets; more is a workbook
COUNTED = 10_000


@dataclass(frozen=True)
class Sort:
    """An order of rows: a column and one that makes it unique, or a unique one alone.

    ``has_empty``: the first column may be empty; such rows stand last, whichever way the others run.
    """

    columns: tuple[str] | tuple[str, str]
    is_descending: bool = False
    has_empty: bool = False

    @property
    def first(self) -> str:
        return self.columns[0]

    def order(self, *, backward: bool) -> list[OrderBy]:
        runs_down = self.is_descending is not backward
        return [F(column).desc() if runs_down else F(column).asc() for column in self.columns]

    def beyond(self, place: list[Any], *, backward: bool) -> Q:
        """Rows beyond ``place``; the bound on the first column alone lets the database enter its index there."""
        beyond = "lt" if self.is_descending is not backward else "gt"
        further = Q(**{f"{self.columns[-1]}__{beyond}": place[-1]})
        if len(self.columns) == 1 or place[0] is None:
            return further
        bound = Q(**{f"{self.first}__{beyond}e": place[0]})
        return bound & (Q(**{f"{self.first}__{beyond}": place[0]}) | further)

    def regions(self, place: list[Any] | None, *, backward: bool) -> Iterator[Q]:
        """What is read one after the other: the rows with a value, then those without; from ``place`` on."""
        is_empty = Q(**{self.first: None})
        all_regions = [(False, ~is_empty), (True, is_empty)] if self.has_empty else [(False, Q())]
        in_empty = place is not None and self.has_empty and place[0] is None
        for empty, region in reversed(all_regions) if backward else all_regions:
            if place is None or (empty is not in_empty and empty is not backward):
                yield region
            elif empty is in_empty:
                yield region & self.beyond(place, backward=backward)


@dataclass(frozen=True)
class Stretch(Generic[Row]):
    """Some rows of a list, and the cursors of what stands before and after them (empty at an end)."""

    rows: list[Row]
    before: str = ""
    after: str = ""
    is_for_paper: bool = False

    def pager(self, total: int | None = None) -> Pager:
        """What the pager below the list shows."""
        return Pager(len(self.rows), total, self.before, self.after, self.is_for_paper)


def stretch(rows: Rows[Row], sort: Sort, *, after: str = "", before: str = "", size: int = SIZE) -> Stretch[Row]:
    """At most ``size`` of ``rows``, sorted: those after or before a cursor, or the first.

    ``rows`` are one query, or several arms with no row in two of them, sorted by days and numbers only (which Python
    orders as the database does): for conditions joined by "or", each of which has an index in the order of the list. A
    statement for each arm then reads as many rows as are shown, where one for all would sort every row.

    Raises:
        DomainError: ``cursor_unreadable``.
    """
    arms = [rows] if isinstance(rows, QuerySet) else rows
    backward = bool(before)
    place = _place(arms[0].model, sort, before or after) if before or after else None
    found: list[Row] = []
    for region in sort.regions(place, backward=backward):
        wanted = size + 1 - len(found)
        if wanted:
            found += _first([arm.filter(region) for arm in arms], sort, wanted, backward=backward)
    has_more, shown = len(found) > size, found[:size]
    if backward:
        shown.reverse()
    if not shown:
        return Stretch([])
    has_before, has_after = (has_more, True) if backward else (bool(after), has_more)
    return Stretch(
        shown,
        before=_cursor(sort, shown[0]) if has_before else "",
        after=_cursor(sort, shown[-1]) if has_after else "",
    )


def asked_stretch(rows: Rows[Row], sort: Sort, query: QueryDict) -> Stretch[Row]:
    """What a page's address asks for: ``after`` or ``before`` a cursor; with ``print=1`` all rows, at most `PRINTED`.

    Raises:
        DomainError: ``cursor_unreadable``.
    """
    if query.get("print") == "1":
        return replace(stretch(rows, sort, size=PRINTED), is_for_paper=True)
    return stretch(rows, sort, after=query.get("after", ""), before=query.get("before", ""))


def _first(arms: Sequence[QuerySet[Row]], sort: Sort, wanted: int, *, backward: bool) -> list[Row]:
    """The first rows of all arms together."""
    read = [list(arm.order_by(*sort.order(backward=backward))[:wanted]) for arm in arms]
    if len(read) == 1:
        return read[0]
    runs_down = sort.is_descending is not backward
    return list(islice(merge(*read, key=attrgetter(*sort.columns), reverse=runs_down), wanted))


def _cursor(sort: Sort, row: Model) -> str:
    values = [getattr(row, column) for column in sort.columns]
    said = json.dumps([None if value is None else str(value) for value in values])
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _place(model: type[Model], sort: Sort, cursor: str) -> list[Any]:
    try:
        said = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=="))
        place = [_value(model, column, text) for column, text in zip(sort.columns, said, strict=True)]
        if None in place[1:] or (place[0] is None and not sort.has_empty):
            raise ValueError("an empty value in a column that has none")
    except (binascii.Error, OverflowError, RecursionError, TypeError, ValidationError, ValueError) as error:
        raise DomainError(
            "cursor_unreadable",
            _("This place in the list cannot be read."),
            _("Begin with the first rows and follow “next”."),
        ) from error
    return place


def _value(model: type[Model], column: str, text: str | None) -> Any:
    """The value that ``text`` stands for, such as the database can be asked about."""
    if text is None:
        return None
    if "\0" in text:
        raise ValueError("no text of a database")
    text.encode()  # a lone surrogate is none either
    if column == "pk":
        return int(text)
    field = model._meta.get_field(column)
    return getattr(field, "output_field", field).to_python(text)  # type: ignore[union-attr]


def capped_count(rows: QuerySet[Any], most: int = COUNTED) -> int:
    """How many rows there are, counted no further than ``most`` + 1."""
    return rows.order_by().values("pk")[: most + 1].count()


def counted(count: int, most: int = COUNTED) -> str:
    """A capped count as it is shown: ``10,000+`` beyond the cap."""
    return f"{most:,}+" if count > most else f"{count:,}"
