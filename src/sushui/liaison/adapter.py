"""The door to the reader of workbooks: a sheet that says who stands by what, as rows of plain texts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from sushui.documents.services import open_workbook
from sushui.engines.readers import RegisterReading, RegisterRow, understand_register
from sushui.kernel.errors import DomainError

WHO = ("leader", "agency", "officer")
EXPORTED = ("number", "subject", *WHO, "from_on", "to_on", "source")
_HEADINGS = Path(__file__).parent / "data" / "headings.toml"
# 2026-03-01, 2026.3.1, 2026/3/1, and the same with the characters for year, month and day.
_DAY = re.compile(r"(\d{4})\s*[-./\u5e74]\s*(\d{1,2})\s*[-./\u6708]\s*(\d{1,2})\s*\u65e5?")


class LiaisonWords:
    """The vocabulary of such lists (`sushui.engines.readers.Vocabulary`)."""

    number = "count"
    ignored = "ignored"

    def __init__(self, headings: Mapping[str, list[str]]) -> None:
        self._fields = {heading: name for name, called in headings.items() for heading in called}

    def field_of(self, label: str) -> str | None:
        return self._fields.get("".join(label.split()))

    def field_under(self, parent: str, child: str) -> str | None:
        return self.field_of(child or parent)


@cache
def headings() -> dict[str, list[str]]:
    """What each column may be called; the first is what an export writes."""
    said: dict[str, list[str]] = tomllib.loads(_HEADINGS.read_text(encoding="utf-8"))
    return said


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as the spreadsheet counts, and the text of each filled cell by its field."""

    number: int
    texts: Mapping[str, str] = field(default_factory=dict)


def read_liaison_sheet(data: bytes) -> list[SheetRow]:
    """The rows of the first sheet that has a heading for the subject and for somebody who stands by it.

    A value merged over several rows is seen in each; sections, totals and notes are no rows.

    Raises:
        DomainError: those of `open_workbook`, ``no_liaison_heading``.
    """
    words = LiaisonWords(headings())
    for sheet in open_workbook(data).sheets:
        reading = None if sheet.hidden else understand_register(sheet, words)
        if reading is not None and _is_liaison_list(reading):
            return [_row(row) for row in reading.rows if any(row.text(name) for name in ("subject", *WHO))]
    raise DomainError(
        "no_liaison_heading",
        _("No sheet has a row of headings that names the subject and who stands by it."),
        _("Give it headings such as %(headings)s, or export the register and fill that in."),
        headings=translate(", ").join(headings()[name][0] for name in ("subject", *WHO)),
    )


def _is_liaison_list(reading: RegisterReading) -> bool:
    found = {column.field for column in reading.columns}
    return "subject" in found and not found.isdisjoint(WHO)


def _row(row: RegisterRow) -> SheetRow:
    return SheetRow(row.number, {name: _text(row, name) for name in EXPORTED if name in row.cells})


def _text(row: RegisterRow, name: str) -> str:
    """The text of a cell; a moment is its day, a whole number has no decimals."""
    value = row.cells[name]
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else row.text(name)


def day_of(text: str) -> date | None:
    """The day that a cell names: ``2026-03-01``, ``2026.3.1``; None when it names none."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
