"""Read a register: one thing a row, by a vocabulary that its owner brings. Nothing is interpreted but where it stands.

Sections, totals and notes are left out with their reason; a unit is read where the label or a line above the header
says it (单位：万元), and is "" where nothing does. The rules: docs/algorithms/reading-work-lists.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .layout import Grid, Header, deeper_section, find_header, is_blank, read_heading, skip_reason
from .readings import SkippedRow, SkipReason
from .texts import cell_text, compact, folded
from .vocabulary import Vocabulary, shape_of
from .workbooks import Cell, Sheet

_UNIT_AT_END = re.compile(r"[(\[:](?:单位:)?([^()\[\]:\d]{1,20})[)\]]?\Z")
_UNIT_LINE = re.compile(r"(?:金额|计量)?单位:\s*([^\s,;、()]{1,8})")
_WHO_FILLS_IN = re.compile(r"(填报|填表|报送|编制|责任|审核)\Z")
_CHINESE_NUMBER = re.compile(r"\(?[一二三四五六七八九十百]+\)?[、.]?")
_TOTAL = re.compile(r"(全[省市县区]|本[市县区])?(合计|总计|小计|共计|总合计)(?=\Z|[\d:(共])")


class ColumnAsk(StrEnum):
    """Why a column is asked about."""

    UNKNOWN = "unknown_column"
    TWICE = "column_twice"


@dataclass(frozen=True, slots=True)
class SaidRegister:
    """What a person said: the fields of columns (from zero), others being left out, and the header's row (from 1)."""

    fields: Mapping[int, str]
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column with its label, the unit in the label ("" for none), and its field (None: it is left out)."""

    index: int
    label: str
    field: str | None
    unit: str = ""
    ask: ColumnAsk | None = None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One thing: its row as the spreadsheet counts, the section it stands in, and its filled cells by field."""

    number: int
    section: str
    cells: Mapping[str, Cell]

    def text(self, field: str) -> str:
        return cell_text(self.cells.get(field))


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """A register: every filled row below the header is in ``rows`` or in ``skipped``.

    ``heading`` is all the text above the header, ``unit`` the one that a line there says of all amounts.
    """

    shape: str
    title: str
    heading: tuple[str, ...]
    unit: str
    year: int | None
    header_row: int | None
    columns: tuple[RegisterColumn, ...] = ()
    rows: tuple[RegisterRow, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()


def understand_register(sheet: Sheet, words: Vocabulary, said: SaidRegister | None = None) -> RegisterReading:
    """Read ``sheet`` by ``words``; what a person ``said`` about its columns wins. Never raises."""
    grid = Grid(sheet)
    header = find_header(grid, said, words)
    above = header.first if header else len(grid.rows)
    heading = read_heading(grid, above, sheet.name)
    texts = tuple(cell_text(value) for row in range(above if header else 0) for value in grid.own(row).values())
    found = {"title": heading.title, "heading": texts, "unit": unit_line(texts), "year": heading.year}
    if header is None:
        return RegisterReading(shape=shape_of({}), header_row=None, **found)  # type: ignore[arg-type]
    columns = tuple(_columns(header, said, words))
    rows, skipped = _Body(grid, header, columns).read()
    shape, first = shape_of(header.labels), header.first + 1
    return RegisterReading(shape, header_row=first, columns=columns, rows=rows, skipped=skipped, **found)  # type: ignore[arg-type]


def unit_of(label: str) -> str:
    """The unit at the end of a label: 总投资（万元） or 用地:亩; "" where there is none."""
    found = _UNIT_AT_END.search(compact(label))
    return found[1] if found else ""


def without_unit(label: str) -> str:
    """A label as vocabularies know it: folded, without blanks, line breaks and the unit at its end."""
    return _UNIT_AT_END.sub("", compact(label))


def unit_line(texts: Iterable[str]) -> str:
    """The unit that one line above the header says (单位：万元); "" when none or several different ones do."""
    found = set()
    for text in map(folded, texts):
        for match in _UNIT_LINE.finditer(text):
            if not _WHO_FILLS_IN.search(text[: match.start()]):
                found.add(match[1])
    return found.pop() if len(found) == 1 else ""


def _columns(header: Header, said: SaidRegister | None, words: Vocabulary) -> Iterator[RegisterColumn]:
    seen: set[str] = set()
    for column, label in sorted(header.labels.items()):
        unit = unit_of(label)
        if said is not None:
            yield RegisterColumn(column, label, said.fields.get(column), unit)
            continue
        field = header.fields.get(column)
        if field == words.ignored:
            yield RegisterColumn(column, label, None, unit)
        elif field is None:
            yield RegisterColumn(column, label, None, unit, ColumnAsk.UNKNOWN)
        elif field in seen:
            yield RegisterColumn(column, label, None, unit, ColumnAsk.TWICE)
        else:
            seen.add(field)
            yield RegisterColumn(column, label, field, unit)


class _Body:
    """The rows below the header, one after the other; a section holds until the next."""

    def __init__(self, grid: Grid, header: Header, columns: Iterable[RegisterColumn]) -> None:
        self._grid = grid
        self._header = header
        self._places = {column.field: column.index for column in columns if column.field and column.index < grid.width}
        self._section: tuple[str, ...] = ()

    def read(self) -> tuple[tuple[RegisterRow, ...], tuple[SkippedRow, ...]]:
        rows: list[RegisterRow] = []
        skipped: list[SkippedRow] = []
        for row in range(self._header.last + 1, len(self._grid.rows)):
            if is_blank(self._grid, row):
                continue
            reason = self._reason(row)
            if reason is None:
                rows.append(RegisterRow(row + 1, " / ".join(self._section), dict(self._cells(row))))
                continue
            text = " ".join(cell_text(value) for value in self._grid.own(row).values())
            skipped.append(SkippedRow(row + 1, reason, text))
            if reason is SkipReason.SECTION:
                self._section = deeper_section(self._section, self._section_name(row))
        return tuple(rows), tuple(skipped)

    def _reason(self, row: int) -> SkipReason | None:
        """As in a work list; besides, sections of registers carry their own sums, and totals their count."""
        texts = [compact(cell_text(value)) for value in self._grid.own(row).values()]
        if any(_TOTAL.match(text) for text in texts[:2]):
            return SkipReason.TOTAL
        number = self._places.get(self._header.number)
        if number is not None and texts and _CHINESE_NUMBER.fullmatch(compact(cell_text(self._own(row, number)))):
            return SkipReason.SECTION
        return skip_reason(self._grid, row, self._header)

    def _section_name(self, row: int) -> str:
        """The first words of a section; the sums behind them are no part of its name."""
        own = [cell_text(value) for value in self._grid.own(row).values()]
        numbered = _CHINESE_NUMBER.fullmatch(compact(own[0])) is not None
        return "".join(own[:2]) if numbered else own[0]

    def _own(self, row: int, column: int) -> Cell:
        return self._grid.own(row).get(column)

    def _cells(self, row: int) -> Iterator[tuple[str, Cell]]:
        for field, column in self._places.items():
            value = self._grid.seen(row, column)
            if cell_text(value):
                yield field, value
