"""Write a table as a workbook that a person likes to open and that reads back as the same values."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from typing import Any, BinaryIO

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from sushui.documents.rules import (
    Column,
    ColumnKind,
    Table,
    Value,
    escaped_text,
    is_too_long,
    sheet_name,
    visible_text,
)
from sushui.kernel.errors import DomainError

_Drawn = Any  # a write-only sheet or its cell: the library's types do not know what these can do

_FORMATS = {
    ColumnKind.TEXT: "@",
    ColumnKind.DATE: "yyyy-mm-dd",
    ColumnKind.NUMBER: "General",
    ColumnKind.MONEY: "#,##0.00",
}
_LINE = Side(style="thin", color="999999")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CENTERED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_WRAPPED = Alignment(vertical="center", wrap_text=True)


def render_workbook(table: Table) -> bytes:
    """An .xlsx file of one sheet: title, header, rows, notes; A4 landscape, the header on every page.

    A text is never a formula, whatever it begins with, and reads back as `visible_text` of what was given (blanks
    alone as nothing); numbers keep 15 digits. Raises DomainError for a text that a cell cannot hold.
    """
    made = io.BytesIO()
    write_workbook(table, table.rows, made)
    return made.getvalue()


def write_workbook(table: Table, rows: Iterable[Sequence[Value]], to: BinaryIO) -> int:
    """The same with ``rows`` instead of the table's own, taken one by one so that a long register never stands in
    memory; gives how many there were. Nothing is written to ``to`` when it raises.
    """
    book = Workbook(write_only=True)
    sheet: _Drawn = book.create_sheet(sheet_name(table.title))
    try:
        count = _Sheet(sheet, table).write(rows)
    except Exception:
        sheet.close()
        sheet._writer.cleanup()  # else its temporary file stays until the process ends
        raise
    book.save(to)
    return count


class _Sheet:
    """The one sheet. Styles are made once for each kind of cell: making them for each cell takes most of the time."""

    def __init__(self, sheet: _Drawn, table: Table) -> None:
        self._sheet = sheet
        self._table = table
        self._header_row = 2 if table.title else 1
        self._title = self._pattern(_CENTERED, font=Font(size=16, bold=True), is_framed=False)
        self._header = self._pattern(_CENTERED, font=Font(bold=True))
        self._note = self._pattern(_WRAPPED, is_framed=False)
        self._text = self._pattern(_WRAPPED)
        self._values = {kind: self._pattern(_WRAPPED, number_format=_FORMATS[kind]) for kind in ColumnKind}

    def write(self, rows: Iterable[Sequence[Value]]) -> int:
        """Write everything; gives the number of rows."""
        self._set_up_page()
        if self._table.title:
            self._append_across(1, self._text_cell(self._table.title, self._title))
        self._sheet.append([self._text_cell(column.label, self._header) for column in self._table.columns])
        count = 0
        for count, row in enumerate(rows, start=1):
            _refuse_too_long(self._table, count, row)
            self._sheet.append(self._row(row))
        for number, note in enumerate(self._table.notes, start=self._header_row + count + 1):
            said = gettext("Note: %(text)s") % {"text": note}
            self._append_across(number, self._text_cell(said, self._note))
        return count

    def _set_up_page(self) -> None:
        """What a write-only sheet must know before its first row."""
        sheet = self._sheet
        sheet.freeze_panes = f"A{self._header_row + 1}"
        sheet.print_title_rows = f"1:{self._header_row}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4 (ECMA-376 part 1, 18.3.1.63)
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.oddFooter.center.text = "&P / &N"
        for number, column in enumerate(self._table.columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width

    def _append_across(self, number: int, cell: _Drawn) -> None:
        """A row of one cell merged over all columns."""
        self._sheet.append([cell])
        if len(self._table.columns) > 1:
            self._sheet.merged_cells.add(f"A{number}:{get_column_letter(len(self._table.columns))}{number}")

    def _row(self, row: Sequence[Value]) -> list[_Drawn]:
        return [self._cell(column, value) for column, value in zip(self._table.columns, row, strict=True)]

    def _cell(self, column: Column, value: Value) -> _Drawn:
        if isinstance(value, str):
            return self._text_cell(value, self._text)
        if column.kind is ColumnKind.TEXT and value is not None:
            return self._text_cell(str(value), self._text)
        return self._styled(value, self._values[_shown_as(column.kind, value)])

    def _text_cell(self, text: str, pattern: _Drawn) -> _Drawn:
        """A text whatever it begins with: "s" keeps openpyxl, the quote prefix keeps spreadsheets from computing it."""
        cell = self._styled(None, pattern)
        shown = visible_text(text)
        if shown.strip():
            cell.value = escaped_text(shown)
            cell.data_type = "s"
        return cell

    def _styled(self, value: Value, pattern: _Drawn) -> _Drawn:
        cell: _Drawn = WriteOnlyCell(self._sheet)
        cell.value = value
        cell._style = copy(pattern._style)
        return cell

    def _pattern(
        self, alignment: Alignment, *, font: Font | None = None, is_framed: bool = True, number_format: str = ""
    ) -> _Drawn:
        """A cell that lends its style; without a number format it is made for text."""
        cell: _Drawn = WriteOnlyCell(self._sheet)
        cell.alignment = alignment
        cell.number_format = number_format or _FORMATS[ColumnKind.TEXT]
        cell.quotePrefix = not number_format
        if font is not None:
            cell.font = font
        if is_framed:
            cell.border = _FRAME
        return cell


def _shown_as(kind: ColumnKind, value: Value) -> ColumnKind:
    """A day is always shown as a day and a number never: a spreadsheet tells them apart by their format alone."""
    if isinstance(value, date):
        return ColumnKind.DATE
    return ColumnKind.NUMBER if kind is ColumnKind.DATE else kind


def _refuse_too_long(table: Table, number: int, row: Sequence[Value]) -> None:
    for column, value in zip(table.columns, row, strict=True):
        if isinstance(value, str) and is_too_long(value):
            raise DomainError(
                "cell_too_long",
                _("Row %(row)s holds more text under “%(column)s” than a cell of a workbook can."),
                _("Shorten it to 32,767 characters, then export again."),
                row=number,
                column=column.label,
            )
