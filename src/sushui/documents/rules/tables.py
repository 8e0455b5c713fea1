"""A table as plain values, and how its texts become cells that a spreadsheet shows as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | int | float | Decimal | date | None

LONGEST_CELL = 32_767  # UTF-16 units, the limit of the file format's programs
_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LINE_BREAK = re.compile(r"\r\n?")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_NO_CHARACTER = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class ColumnKind(StrEnum):
    """How a column's values are written and aligned."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"  # yuan


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in half-width characters; a Chinese one takes two."""

    label: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """What is to be written: every row has one value for each column. A text may stand in a column of any kind."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a table has columns, and its rows have one value for each")


def visible_text(text: str) -> str:
    """``text`` as a cell can hold it: a control character shows as a blank, half a character as U+FFFD."""
    text = _LINE_BREAK.sub("\n", text)
    return _NO_CHARACTER.sub("\ufffd", _CONTROL.sub(" ", text))


def escaped_text(text: str) -> str:
    """Text that reads like an escape of the format (_x0041_) is escaped itself (ECMA-376 part 1, 22.9.2.19)."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def is_too_long(text: str) -> bool:
    """Whether a cell would lose the end of ``text``."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_CELL


def sheet_name(title: str) -> str:
    """A tab's name made of ``title``: at most 31 characters, without those that formulas need."""
    name = _NOT_IN_SHEET_NAMES.sub(" ", visible_text(title)).strip(" '\n")
    return name[:_LONGEST_SHEET_NAME].strip(" '") or "1"
