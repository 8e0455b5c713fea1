"""Workbooks of projects as counties send them, made up, and what the tests say about them in a line."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl

from sushui.kernel.viewer import Viewer
from sushui.projects.enums import ListKind
from sushui.projects.models import SheetDraft
from sushui.projects.services import imports
from sushui.projects.services.imports import SheetUnderstanding

TITLE = "2026年绛县重点工程项目表"
HEADER = ("序号", "项目代码", "项目名称", "项目单位", "总投资（万元）", "责任单位", "当前阶段")
FIGURES_TITLE = "2026年重点项目投资完成情况"


def workbook(*sheets: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> bytes:
    """An .xlsx of the given sheets, each a list of rows; ``merged`` in the first."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def table(*rows: Sequence[Any], header: Sequence[str] = HEADER, title: str = TITLE) -> bytes:
    """A workbook with one table under its title and header."""
    return workbook([(title,), header, *rows])


def staged(viewer: Viewer, data: bytes, kind: ListKind = ListKind.LEDGER, **answers: str) -> SheetDraft:
    """The first sheet taken in, with some answers given by the code of the doubt."""
    draft = imports.stage_workbook(viewer, kind, file_name="项目表.xlsx", data=data)[0]
    return imports.answer_questions(viewer, draft, answers) if answers else draft


def answered(viewer: Viewer, draft: SheetDraft, answers: Mapping[str, str | None]) -> SheetDraft:
    return imports.answer_questions(viewer, draft, answers)


def read(viewer: Viewer, data: bytes, kind: ListKind = ListKind.LEDGER, **answers: str) -> SheetUnderstanding:
    """What a workbook's first sheet is understood as."""
    return imports.understand_draft(viewer, staged(viewer, data, kind, **answers))


def asked(understood: SheetUnderstanding) -> list[tuple[str, tuple[int, ...]]]:
    """The open questions by their keys, each with the rows that ask it."""
    return [(each.key, each.rows) for each in understood.questions]


def states(understood: SheetUnderstanding) -> list[str]:
    return [row.state.value for row in understood.rows]


def changes(understood: SheetUnderstanding, row: int = 0) -> dict[str, tuple[Any, Any]]:
    """Before and after by field, of one row from zero."""
    return {each.field: (each.before, each.after) for each in understood.rows[row].changes}


def cells_of(data: bytes) -> list[tuple[Any, ...]]:
    """Every row of the first sheet, as a spreadsheet shows its values."""
    return list(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))


def month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
