"""The plain values that the page's components show (`kernel/templates/kernel/components/`, tags in `look`).

Views make them, templates show them; ``/look/`` shows each in every state, and its template
(``templates/kernel/look.html``) is where to copy the lines from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

Text = str | Promise


class Kind(StrEnum):
    """How a column's cells are set."""

    TEXT = "text"
    TITLE = "title"  # what the row is called; the head of its card on a phone
    NUMBER = "number"
    DATE = "date"
    LIGHT = "light"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list. ``unit`` stands in the head; a ``sortable`` one sorts by ``?sort=key`` or ``-key``.

    One that ``folds`` makes room while a row's story is open beside the list.
    """

    key: str
    label: Text
    kind: Kind = Kind.TEXT
    unit: Text = ""
    sortable: bool = False
    folds: bool = False

    @property
    def look(self) -> str:
        """The classes of its head and its cells."""
        return f"is-{self.kind} folds" if self.folds else f"is-{self.kind}"

    @property
    def cell(self) -> SafeString:
        """The attributes of a cell: ``<td {{ columns.due_on.cell }}>``; label and unit head it where rows are cards."""
        label = f"{self.label} {self.unit}" if self.unit else self.label
        return format_html('class="{}" data-label="{}"', self.look, label)


class Columns:
    """The columns of a list in their order; a template reaches each by its key."""

    def __init__(self, *columns: Column) -> None:
        self._by_key: Mapping[str, Column] = {column.key: column for column in columns}

    def __iter__(self) -> Iterator[Column]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def __getitem__(self, key: str) -> Column:
        return self._by_key[key]

    def without(self, *keys: str) -> Columns:
        """The same columns but these."""
        return Columns(*(column for column in self if column.key not in keys))

    def sort_from(self, asked: str, default: str) -> str:
        """``asked`` (the request's ``sort``) when it names a sortable column, else ``default``."""
        column = self._by_key.get(asked.removeprefix("-"))
        return asked if column and column.sortable else default


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after, as people read them; ``before`` is None where there is only what is said now."""

    label: Text
    before: Text | None = ""
    after: Text = ""


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """One act in a record's story: who, by which post, when and what. ``quote`` is what they wrote.

    ``url``: where the act has a page of its own.
    """

    at: datetime
    act: Text
    who: Text
    post: Text = ""
    quote: Text = ""
    changes: tuple[Change, ...] = ()
    url: str = ""

    @property
    def person(self) -> Text:
        """Who it was, where the post does not already say so: many accounts are called by their post."""
        return "" if str(self.post).replace(" ", "") == self.who else self.who


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A saved view as its list shows it; ``remove_url`` (POST) only for the viewer's own."""

    label: Text
    url: str
    is_current: bool = False
    count: int | None = None
    remove_url: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """A stretch of a list read by keyset: cursors of the neighbors (empty at an end), rows shown, rows in all.

    ``is_for_paper``: the whole list stands here to be printed, cut where ``after`` is not empty.
    """

    shown: int
    total: int | None = None
    before: str = ""
    after: str = ""
    is_for_paper: bool = False

    @property
    def is_part(self) -> bool:
        """Whether the list has more rows than stand here."""
        return bool(self.before or self.after)


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    WAITING = "waiting"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a record's way, with a note below it (a date, a reason)."""

    label: Text
    state: StepState = StepState.WAITING
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several pages about the same record."""

    label: Text
    url: str
    is_current: bool = False
    count: int | None = None
