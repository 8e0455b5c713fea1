"""Registers: one thing a row, by a vocabulary that its owner brings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.readers import (
    ColumnAsk,
    RegisterReading,
    SaidRegister,
    Sheet,
    SkipReason,
    Workbook,
    restore_sheet,
    storable_sheets,
    understand_register,
)
from sushui.engines.readers.registers import unit_line, unit_of, without_unit
from sushui.engines.readers.texts import cell_text
from sushui.engines.readers.workbooks import Cell
from tests.engines.readers.lists import across, sheet_of

LABELS = {
    "序号": "number",
    "名称": "name",
    "单位": "owner",
    "总投资": "total",
    "资金来源": "money",
    "贷款": "loans",
    "自筹": "own",
    "备注": "ignored",
}
HEADER = ("序号", "名称", "单位", "总投资（万元）")
BRIDGE = (1, "一座桥", "甲公司", 1200.5)


class Words:
    """A vocabulary as an owner of registers brings it."""

    number = "number"
    ignored = "ignored"

    def field_of(self, label: str) -> str | None:
        return LABELS.get(without_unit(label))

    def field_under(self, parent: str, child: str) -> str | None:
        return self.field_of(child) or self.field_of(parent)


def read(*rows: tuple[Cell, ...], merged: tuple[str, ...] = (), said: SaidRegister | None = None) -> RegisterReading:
    return understand_register(sheet_of(*rows, merged=merged), Words(), said)


def fields(reading: RegisterReading) -> list[str | None]:
    return [column.field for column in reading.columns]


def test_a_row_is_its_cells_by_field():
    reading = read(("重点项目表",), HEADER, BRIDGE, merged=(across(1, 4),))

    assert (reading.title, reading.header_row) == ("重点项目表", 2)
    assert [(row.number, row.cells) for row in reading.rows] == [
        (3, {"number": 1, "name": "一座桥", "owner": "甲公司", "total": 1200.5})
    ]


def test_an_empty_cell_is_not_there():
    assert read(HEADER, (1, "一座桥", None, "  ")).rows[0].cells == {"number": 1, "name": "一座桥"}


def test_a_sheet_without_a_header_has_no_rows():
    reading = read(("随便写写",), ("第二行",))

    assert (reading.header_row, reading.columns, reading.rows) == (None, (), ())


def test_the_year_of_the_title_is_told():
    assert read(("2026年重点项目表",), HEADER, BRIDGE).year == 2026


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("总投资（万元）", "万元"),
        ("总投资(亿元)", "亿元"),
        ("总投资\n（单位：万元）", "万元"),
        ("用地:亩", "亩"),
        ("总投资", ""),
        ("预计年产值（达产后）", "达产后"),
    ],
)
def test_a_unit_stands_at_the_end_of_a_label(label, unit):
    assert (unit_of(label), without_unit(label).startswith(label[:2])) == (unit, True)


@pytest.mark.parametrize(
    ("texts", "unit"),
    [
        (["单位：万元"], "万元"),
        (["填报日期：3月1日   单位:亿元"], "亿元"),
        (["金额单位：元"], "元"),
        (["填报单位：发改局"], ""),
        (["填报单位：发改局", "单位：万元"], "万元"),
        (["单位：万元", "单位：亿元"], ""),
        ([], ""),
    ],
)
def test_a_unit_line_is_taken_only_when_it_is_one(texts, unit):
    assert unit_line(texts) == unit


def test_a_unit_line_above_the_header_holds_for_the_register():
    reading = read(
        ("项目表",), (None, None, None, "单位：亿元"), ("序号", "名称", "单位", "总投资"), (1, "桥", "甲", 3)
    )

    assert (reading.unit, [column.unit for column in reading.columns]) == ("亿元", ["", "", "", ""])


def test_an_unknown_and_a_second_column_are_asked_and_left_out():
    reading = read(("序号", "名称", "颜色", "名称"), (1, "桥", "红", "别名"))

    assert [(column.field, column.ask) for column in reading.columns] == [
        ("number", None),
        ("name", None),
        (None, ColumnAsk.UNKNOWN),
        (None, ColumnAsk.TWICE),
    ]
    assert reading.rows[0].cells == {"number": 1, "name": "桥"}


def test_columns_that_are_known_and_left_out_are_not_asked():
    reading = read(("名称", "总投资", "备注", "备注"), ("桥", 5, "甲", "乙"))

    assert [column.ask for column in reading.columns] == [None, None, None, None]
    assert reading.rows[0].cells == {"name": "桥", "total": 5}


def test_what_a_person_said_of_columns_wins():
    reading = read(("随便", "什么"), ("桥", 5), said=SaidRegister({0: "name", 1: "total"}, header_row=1))

    assert reading.rows[0].cells == {"name": "桥", "total": 5}
    assert [column.ask for column in reading.columns] == [None, None]


def test_a_header_of_two_lines_names_each_column():
    reading = read(
        ("序号", "名称", "资金来源", None),
        (None, None, "贷款", "自筹"),
        (1, "桥", 300, 200),
        merged=("A1:A2", "B1:B2", "C1:D1"),
    )

    assert fields(reading) == ["number", "name", "loans", "own"]
    assert reading.rows[0].cells == {"number": 1, "name": "桥", "loans": 300, "own": 200}


def test_a_second_line_that_names_more_than_the_first_is_no_header_of_its_own():
    reading = read(("名称", "随便", None), (None, "贷款", "自筹"), ("桥", 3, 2), merged=("A1:A2", "B1:C1"))

    assert (reading.header_row, fields(reading)) == (1, ["name", "loans", "own"])


def test_a_value_merged_over_rows_is_seen_in_each():
    reading = read(HEADER, (1, "桥", "甲公司", 1), (2, "路", None, 2), merged=("C2:C3",))

    assert [row.text("owner") for row in reading.rows] == ["甲公司", "甲公司"]


def test_sections_are_kept_with_the_rows_below_them():
    rows = [
        ("一、新材料",),
        (1, "桥", "甲", 1),
        ("（一）续建",),
        (2, "路", "乙", 2),
        ("二、新能源",),
        (3, "渠", "丙", 3),
    ]
    reading = read(HEADER, *rows)

    assert [row.section for row in reading.rows] == ["一、新材料", "一、新材料 / （一）续建", "二、新能源"]


@pytest.mark.parametrize("number", ["一", "（二）", "三、", "十二"])
def test_a_section_with_its_own_sum_is_no_row(number):
    reading = read(HEADER, (number, "新材料产业", None, 5000), BRIDGE)

    assert [(row.reason, row.row_number) for row in reading.skipped] == [(SkipReason.SECTION, 2)]
    assert reading.rows[0].section == f"{number}新材料产业"


@pytest.mark.parametrize("text", ["合计", "总计：", "合 计", "合计（32个）", "全县合计", "小计3个"])
def test_a_total_is_no_row(text):
    reading = read(HEADER, BRIDGE, (text, None, None, 1200.5))

    assert ([row.reason for row in reading.skipped], len(reading.rows)) == ([SkipReason.TOTAL], 1)


def test_a_name_that_begins_like_a_total_is_a_row():
    assert read(HEADER, (1, "总计量站改造", "甲", 5)).skipped == ()


def test_a_note_below_is_no_row():
    reading = read(HEADER, BRIDGE, ("备注：金额含税",), merged=(across(3, 4),))

    assert [row.reason for row in reading.skipped] == [SkipReason.NOTE]


CELLS = st.one_of(
    st.none(), st.integers(-5, 5), st.sampled_from(["桥", "合计", "一、", "备注：", "序号", "名称", "万元"])
)
SHEETS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12)


@given(SHEETS)
def test_every_filled_row_below_the_header_is_a_row_or_skipped(rows):
    reading = read(*rows)

    told = [row.number for row in reading.rows] + [row.row_number for row in reading.skipped]
    below = rows[reading.header_row :] if reading.header_row else []
    filled = [
        number for number, row in enumerate(below, start=(reading.header_row or 0) + 1) if any(map(cell_text, row))
    ]
    assert sorted(told) == filled


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_a_stored_sheet_is_restored_as_it_was(rows):
    sheet = sheet_of(*rows, merged=("A1:A2",))

    assert restore_sheet(storable_sheets(Workbook((sheet,)))[0]) == sheet


def test_a_sheet_is_stored_without_what_a_database_refuses():
    stored = storable_sheets(Workbook((Sheet("表", (("甲\x00乙", float("inf")),)),)))

    assert stored[0]["rows"] == [["甲 乙", "inf"]]
