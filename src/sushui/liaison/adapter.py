"""The door to the reader of workbooks: a sheet that says who stands by what, as rows of plain texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from sushui.documents.services import open_workbook
from sushui.engines.readers import Cell, Sheet
from sushui.kernel.errors import DomainError

# The headings by which offices call a column; what a list of ours exports comes first. Blanks do not count.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("对象编号", "编号"),
    "subject": ("包联对象", "项目名称", "企业名称", "项目", "企业", "对象", "名称", "单位名称"),
    "leader": ("包联领导", "包联县领导", "包联县级领导", "包保领导", "责任领导", "县领导"),
    "agency": ("包联单位", "包保单位", "牵头单位", "责任单位", "服务单位"),
    "officer": ("服务专员", "首席服务员", "首席服务专员", "联络员", "服务员"),
    "from_on": ("起始日期", "开始日期", "包联起始", "起始时间", "起始", "自"),
    "to_on": ("截止日期", "结束日期", "包联截止", "截止时间", "截止", "至"),
    "source": ("文件依据", "依据", "文号", "文件"),
}
WHO = ("leader", "agency", "officer")
_HEADS_WITHIN = 20  # rows in which the heading is looked for
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as the spreadsheet counts, and the text under each heading that is there."""

    number: int
    texts: Mapping[str, str] = field(default_factory=dict)


def read_liaison_sheet(data: bytes) -> list[SheetRow]:
    """The rows of the first sheet that has a heading for the subject and for somebody who stands by it.

    A value merged over several rows is seen in each. Rows without a word are left out, notes below the list too: they
    stand in one cell merged across.

    Raises:
        DomainError: those of `open_workbook`, ``no_liaison_heading``.
    """
    for sheet in open_workbook(data).sheets:
        found = None if sheet.hidden else _heading(sheet)
        if found is not None:
            return list(_rows(sheet, *found))
    raise DomainError(
        "no_liaison_heading",
        _("No sheet has a row of headings that names the subject and who stands by it."),
        _("Give it headings such as 包联对象, 包联领导, 包联单位, 服务专员, or export the register and fill that in."),
    )


def _heading(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of the headings, and the column under each."""
    for number, cells in enumerate(sheet.rows[:_HEADS_WITHIN]):
        columns = _columns(cells)
        if "subject" in columns and any(name in columns for name in WHO):
            return number, columns
    return None


def _columns(cells: Sequence[Cell]) -> dict[str, int]:
    said = {index: _BLANKS.sub("", str(cell)) for index, cell in enumerate(cells) if cell is not None}
    found = {}
    for name, headings in HEADINGS.items():
        index = next((at for heading in headings for at, text in said.items() if text == heading), None)
        if index is not None:
            found[name] = index
    return found


def _rows(sheet: Sheet, heading: int, columns: Mapping[str, int]) -> Iterator[SheetRow]:
    above = {cell: (area.top, area.left) for area in sheet.merged for cell in area.cells()}
    across = {area.top for area in sheet.merged if area.width >= len(sheet.rows[0]) > 1}
    for number in range(heading + 1, len(sheet.rows)):
        if number in across:
            continue
        places = {name: above.get((number, column), (number, column)) for name, column in columns.items()}
        texts = {name: _text(sheet.rows[row][column]) for name, (row, column) in places.items()}
        if any(texts[name] for name in columns if name not in ("number", "from_on", "to_on")):
            yield SheetRow(number + 1, texts)


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def day_of(text: str) -> date | None:
    """The day that a cell names: ``2026-03-01``, ``2026.3.1``, ``2026年3月1日``; None when it names none."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
