"""The door to the reader of workbooks: a sheet of enterprises as rows of plain texts by what their columns hold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from sushui.documents.services import open_workbook
from sushui.engines.readers import Limits, RegisterReading, RegisterRow, understand_register
from sushui.engines.readers.registers import without_unit
from sushui.kernel.errors import DomainError

MOST_ROWS = 20_000
LIMITS = Limits(rows=MOST_ROWS + 200)  # headings, sections and totals stand around the rows
LEFT_OUT = frozenset({"count", "ignored"})


class EnterpriseWords:
    """The vocabulary of such lists (`sushui.engines.readers.Vocabulary`)."""

    number = "count"
    ignored = "ignored"

    def __init__(self, headings: Mapping[str, list[str]]) -> None:
        self._fields = {without_unit(each): name for name, called in headings.items() for each in called}

    def field_of(self, label: str) -> str | None:
        return self._fields.get(without_unit(label))

    def field_under(self, parent: str, child: str) -> str | None:
        return self.field_of(child or parent)


@cache
def table(name: str) -> dict[str, Any]:
    """A table of words of the package."""
    text = resources.files("sushui.enterprises").joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True)
class ReadSheet:
    """Rows as (number as the spreadsheet counts, text by field); units of columns by field; headings not understood."""

    title: str
    unit: str
    units: Mapping[str, str]
    unknown: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_enterprise_sheet(data: bytes) -> ReadSheet:
    """The rows of the first sheet that has a heading for the name of an enterprise.

    Raises:
        DomainError: those of `open_workbook`, ``no_enterprise_heading``.
    """
    words = EnterpriseWords(table("headings"))
    for sheet in open_workbook(data, limits=LIMITS).sheets:
        reading = None if sheet.hidden else understand_register(sheet, words)
        if reading is not None and any(column.field == "name" for column in reading.columns):
            return _read(reading)
    raise DomainError(
        "no_enterprise_heading",
        _("No sheet has a row of headings that names the enterprise."),
        _("Give it headings such as %(headings)s."),
        headings=translate(", ").join(table("headings")[name][0] for name in ("name", "code", "place")),
    )


def _read(reading: RegisterReading) -> ReadSheet:
    named = {column.field: column.unit for column in reading.columns if column.field is not None}
    unknown = tuple(column.label for column in reading.columns if column.field is None and column.label.strip())
    kept = [name for name in named if name not in LEFT_OUT]
    rows = ((row.number, _texts(row, kept)) for row in reading.rows)
    filled = tuple((number, texts) for number, texts in rows if texts)
    return ReadSheet(reading.title, reading.unit, named, unknown, filled)


def _texts(row: RegisterRow, names: list[str]) -> dict[str, str]:
    found = {name: _text(row, name) for name in names if name in row.cells}
    return {name: text for name, text in found.items() if text}


def _text(row: RegisterRow, name: str) -> str:
    """The text of a cell; a moment is its day, a whole number has no decimals."""
    value = row.cells[name]
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    return row.text(name).strip()
