"""Work lists as offices send them, made up, written as workbooks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl

from sushui.kernel.viewer import Viewer
from sushui.supervision.enums import OrderSource, TaskKind
from sushui.supervision.models import ImportDraft
from sushui.supervision.services.imports import Answer, describe_import, stage_import, understand_import

HEADER = ("序号", "重点工作任务", "责任领导", "牵头单位", "配合单位", "完成时限")
TITLE = "2026年重点工作任务清单"
PLAIN = (1, "修好一条路", "常务副县长", "县住建局", "县财政局", "6月底前")


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    """An .xlsx of the given sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def listed(*rows: Sequence[Any], title: str = TITLE, header: Sequence[str] = HEADER) -> bytes:
    """A workbook with one list under its title and header."""
    return workbook([(title,), header, *rows])


def divided() -> bytes:
    """A workbook of the two shapes that counties send: one with leaders and deadlines, one with sections and groups."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = "责任清单"
    for row in [
        ("2025年开发区重点任务清单",),
        ("序号", "重点工作", "责任领导", "责任单位", "完成时限"),
        (1, "铺一条管网", "分管建设的副主任", "建设部\n招商部", "全年"),
        (2, "盘活一块地", "分管土地的副主任", "土地局", "全年"),
    ]:
        first.append(row)
    first.merge_cells("A1:E1")
    second = book.create_sheet("任务分解表")
    for row in [
        ("2025年任务分解表",),
        ("序号", "重点工作任务", "主要责任单位", "协同配合单位"),
        ("一、预期目标",),
        (1, "产值增长一成", "区发改委", "区政府各部门、各乡镇人民政府、街道办事处"),
        (2, "收入增长一成", "区财政局\n区税务局", "区政府有关部门"),
    ]:
        second.append(row)
    second.merge_cells("A1:D1")
    second.merge_cells("A3:D3")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def staged(viewer: Viewer, data: bytes, **described: Any) -> ImportDraft:
    """The first sheet taken in and described: issued on 2 March 2026."""
    draft = stage_import(viewer, file_name="清单.xlsx", data=data)[0]
    facts = {"title": TITLE, "source": OrderSource.WORK_LIST, "issued_on": date(2026, 3, 2), "year": None}
    return describe_import(viewer, draft, **{**facts, "kind": TaskKind.GENERAL, **described})


def asked(viewer: Viewer, draft: ImportDraft) -> list[tuple[str, tuple[int, ...]]]:
    """The open questions by their keys, each with the rows that ask it."""
    return [(each.question.key, each.rows) for each in understand_import(viewer, draft).questions]


def said(choice: str, *agency_ids: int, day: date | None = None, text: str = "") -> Answer:
    """An answer, in short."""
    return Answer.restored(
        {"choice": choice, "agencies": agency_ids, "day": day.isoformat() if day else None, "text": text}
    )
