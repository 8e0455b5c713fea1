"""A stored sheet as a register of projects or figures, in the room's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sushui.engines.readers import (
    Cell,
    ColumnAsk,
    RegisterColumn,
    RegisterReading,
    SaidRegister,
    Sheet,
    restore_sheet,
    understand_register,
)
from sushui.engines.readers import storable_sheets as storable_sheets
from sushui.engines.readers.texts import cell_text
from sushui.projects.adapter.vocabulary import VOCABULARIES
from sushui.projects.enums import LedgerColumn, ListKind, TableDoubt, Unit
from sushui.projects.rules.cells import unit_named

_SAMPLES = 3
_HEADING_ROWS = 40  # a header stands within the first thirty
_NAMING = {LedgerColumn.NAME.value, LedgerColumn.CODE.value}


@dataclass(frozen=True, slots=True)
class SaidColumns:
    """What a person said: the header's row (as the spreadsheet counts) and the meaning of columns, from zero."""

    meanings: Mapping[int, str]
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column with its heading, what it is taken to hold, its unit, and the first of its values."""

    index: int
    label: str
    meaning: str
    unit: Unit | None
    samples: tuple[str, ...] = ()
    doubt: TableDoubt | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One project's row: its number as the spreadsheet counts, its section, its filled cells by meaning."""

    number: int
    section: str
    cells: Mapping[str, Cell]

    def text(self, meaning: str) -> str:
        return cell_text(self.cells.get(meaning))


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """A filled row that is no project: ``kind`` is section, total, note, repeated_header or merged."""

    number: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A sheet understood; ``unit`` holds where a column says none."""

    shape: str
    title: str
    heading: tuple[str, ...]
    unit: Unit | None
    year: int | None
    header_row: int | None
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    skipped: tuple[SkippedLine, ...]
    doubts: tuple[TableDoubt, ...]

    def column(self, meaning: str) -> SheetColumn | None:
        """The column that holds something, if there is one."""
        return next((column for column in self.columns if column.meaning == meaning), None)


def first_rows(stored: Mapping[str, object], count: int) -> list[list[str]]:
    """The texts of a stored sheet's first rows, for a person who must say where its header is."""
    return [[cell_text(cell) for cell in row] for row in restore_sheet(stored).rows[:count]]


def title_of(stored: Mapping[str, object], kind: ListKind) -> str:
    """What a stored sheet is called: the title above its header, else the sheet's own name."""
    rows = stored["rows"]
    assert isinstance(rows, list), "a stored sheet has rows"
    sheet = restore_sheet({**stored, "rows": rows[:_HEADING_ROWS]})
    return understand_register(sheet, VOCABULARIES[kind]).title or sheet.name


def read_sheet(stored: Mapping[str, object], kind: ListKind, said: SaidColumns | None = None) -> SheetReading:
    """Read a stored sheet; what a person ``said`` about its columns wins over what their headings say."""
    sheet, words = restore_sheet(stored), VOCABULARIES[kind]
    reading = understand_register(sheet, words, _for_engine(said))
    columns = tuple(_columns(sheet, reading))
    doubts = _doubts(reading, columns, kind)
    is_readable = not set(doubts) & {TableDoubt.NO_HEADER, TableDoubt.NO_NAME_COLUMN, TableDoubt.NO_FIGURES_COLUMN}
    return SheetReading(
        shape=reading.shape,
        title=reading.title or sheet.name,
        heading=reading.heading,
        unit=unit_named(reading.unit) if reading.unit else None,
        year=reading.year,
        header_row=reading.header_row,
        columns=columns,
        rows=tuple(SheetRow(row.number, row.section, row.cells) for row in reading.rows) if is_readable else (),
        skipped=tuple(SkippedLine(row.row_number, row.reason.value, row.text) for row in reading.skipped),
        doubts=doubts,
    )


def likely_meaning(kind: ListKind, label: str) -> str:
    """What a heading seems to say, to be confirmed by a person."""
    parent, _line, child = label.partition("\n")
    return VOCABULARIES[kind].field_under(parent, child) or LedgerColumn.IGNORED.value


def _for_engine(said: SaidColumns | None) -> SaidRegister | None:
    if said is None:
        return None
    kept = {column: meaning for column, meaning in said.meanings.items() if meaning != LedgerColumn.IGNORED}
    return SaidRegister(kept, said.header_row)


def _columns(sheet: Sheet, reading: RegisterReading) -> Iterable[SheetColumn]:
    rows = [row.number - 1 for row in reading.rows] or range(reading.header_row or 0, len(sheet.rows))
    for column in reading.columns:
        texts = (cell_text(sheet.rows[row][column.index]) for row in rows)
        samples = dict.fromkeys(text for text, _ in zip(filter(None, texts), range(_SAMPLES), strict=False))
        meaning = column.field or LedgerColumn.IGNORED.value
        unit = unit_named(column.unit) if column.unit else None
        yield SheetColumn(column.index, column.label, meaning, unit, tuple(samples), _doubt(column))


def _doubt(column: RegisterColumn) -> TableDoubt | None:
    if column.ask is None:
        return None
    return TableDoubt.UNKNOWN_COLUMN if column.ask is ColumnAsk.UNKNOWN else TableDoubt.COLUMN_TWICE


def _doubts(reading: RegisterReading, columns: Iterable[SheetColumn], kind: ListKind) -> tuple[TableDoubt, ...]:
    if reading.header_row is None:
        return (TableDoubt.NO_HEADER,)
    found = list(columns)
    held = {column.meaning for column in found}
    missing = [] if held & _NAMING else [TableDoubt.NO_NAME_COLUMN]
    if kind is ListKind.FIGURES and not any(":" in meaning for meaning in held):
        missing.append(TableDoubt.NO_FIGURES_COLUMN)
    return (*missing, *dict.fromkeys(column.doubt for column in found if column.doubt is not None))
