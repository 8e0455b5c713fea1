"""What we write reads back as it was: by our own guarded reader, and by another."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from sushui.documents.rules import Column, ColumnKind, Table, visible_text
from sushui.documents.workbooks import render_workbook, write_workbook
from sushui.engines.readers import AgencyIndex, AgencyName, Field, Limits, Range, Sheet, SkipReason, understand_sheet
from sushui.engines.readers.child import parse
from sushui.kernel.errors import DomainError

COLUMNS = (
    Column("序号", ColumnKind.NUMBER, 6),
    Column("重点工作", width=40),
    Column("完成时限", ColumnKind.DATE),
    Column("投资", ColumnKind.MONEY),
)
NASTY = st.text(
    st.sampled_from("=+-@'\"<>&_x0041F \n\r\t\x00\x0b\x1f\x7f\x85\u2028\ufeff\ufffe\ud800修路𠮷]") | st.characters(),
    max_size=30,
)


def read(data: bytes) -> Sheet:
    return parse(data, Limits()).sheets[0]


def written(table: Table) -> openpyxl.worksheet.worksheet.Worksheet:
    """The sheet as another reader sees it."""
    return openpyxl.load_workbook(io.BytesIO(render_workbook(table))).active


def test_workbook_reads_back_title_header_and_values():
    rows = ((1, "修路\n架桥", date(2025, 6, 30), Decimal("1234567.89")), (2, None, "长期坚持", None))

    sheet = read(render_workbook(Table("清单", COLUMNS, rows)))

    assert sheet.name == "清单"
    assert sheet.merged == (Range(0, 0, 0, 3),)
    assert sheet.rows == (
        ("清单", None, None, None),
        ("序号", "重点工作", "完成时限", "投资"),
        (1, "修路\n架桥", date(2025, 6, 30), 1234567.89),
        (2, None, "长期坚持", None),
    )


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@all", "=HYPERLINK(1)", "#N/A", "TRUE", "007", "2025-06-30"])
def test_workbook_text_is_text_whatever_it_begins_with(text):
    sheet = read(render_workbook(Table("", (Column("事项"),), ((text,),))))

    assert (sheet.rows[1][0], sheet.formulas) == (text, ())


def test_workbook_text_is_quoted_for_the_spreadsheet():
    cell = written(Table("", (Column("事项"),), (("=1+1",),)))["A2"]

    assert (cell.data_type, cell.quotePrefix, cell.number_format) == ("s", True, "@")


@settings(max_examples=150, deadline=None)
@given(NASTY)
def test_workbook_any_text_reads_back_as_it_is_visible(text):
    sheet = read(render_workbook(Table("", (Column("事项"),), ((text,), ("末",)))))

    assert sheet.rows[1][0] == (visible_text(text) if visible_text(text).strip() else None)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(-(10**14), 10**14),
            st.dates(date(1900, 3, 1), date(9999, 12, 31)),
            st.decimals(-(10**11), 10**11, places=2).map(lambda amount: amount + 0),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_workbook_any_number_day_and_sum_reads_back(values):
    rows = tuple((number, "事", day, amount) for number, day, amount in values)

    sheet = read(render_workbook(Table("清单", COLUMNS, rows)))

    assert [(row[0], row[2], row[3]) for row in sheet.rows[2:]] == [
        (number, day, float(amount)) for number, day, amount in values
    ]


def test_workbook_number_in_a_column_of_days_stays_a_number():
    sheet = read(render_workbook(Table("", COLUMNS, ((date(2025, 1, 2), 7, 45_000, date(2025, 1, 3)),))))

    assert sheet.rows[1] == (date(2025, 1, 2), "7", 45_000, date(2025, 1, 3))


def test_workbook_too_long_a_text_is_refused_by_its_place():
    with pytest.raises(DomainError) as refused:
        render_workbook(Table("清单", (Column("事项"),), (("短",), ("长" * 32_768,))))

    assert (refused.value.code, refused.value.params) == ("cell_too_long", {"row": 2, "column": "事项"})


def test_workbook_is_ready_for_paper():
    sheet = written(Table("清单", COLUMNS, ((1, "修路", None, None),)))

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$2", "A3")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.column_dimensions["B"].width) == (True, 40)


def test_workbook_shows_sums_and_days_as_such():
    sheet = written(Table("", COLUMNS, ((1, "修路", date(2025, 1, 2), Decimal(5)),)))

    assert [cell.number_format for cell in sheet[2]] == ["General", "@", "yyyy-mm-dd", "#,##0.00"]


def test_workbook_of_a_list_is_understood_unchanged():
    labels = ("序号", "重点工作", "责任领导", "责任单位", "配合单位", "完成时限", "类别", "备注")
    row = ("1", "=修路", "分管副县长", "县交通局", "县财政局、各乡镇", date(2025, 6, 30), "交通", "急")
    table = Table("2025年清单", tuple(map(Column, labels)), (row,), notes=("只列重点",))
    agencies = AgencyIndex.of(
        [
            AgencyName("traffic", ("县交通局",)),
            AgencyName("finance", ("县财政局",)),
            AgencyName("town", ("甲镇",), frozenset({"townships"})),
        ]
    )

    with translation.override("zh-hans"):
        sheet = read(render_workbook(_with_day(table)))
    reading = understand_sheet(sheet, known_agencies=agencies)

    task = reading.rows[0]
    assert (reading.title, reading.year, list(reading.columns.values())) == ("2025年清单", 2025, _fields())
    assert (task.number, task.title, task.category, task.note) == ("1", "=修路", "交通", "急")
    assert [mention.matches for mention in task.lead + task.supporting] == [("traffic",), ("finance",), ("town",)]
    assert (task.deadline_cell, task.questions) == (date(2025, 6, 30), ())
    assert [skipped.reason for skipped in reading.skipped] == [SkipReason.NOTE]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_workbook_notes_are_known_as_notes_in_every_language(language):
    table = Table("清单", (Column("序号"), Column("事项")), ((1, "修路"),), notes=("甲", "乙"))

    with translation.override(language):
        sheet = read(render_workbook(table))

    skipped = understand_sheet(sheet, known_agencies=AgencyIndex.of([])).skipped
    assert [row.reason for row in skipped] == [SkipReason.NOTE, SkipReason.NOTE]


def _with_day(table: Table) -> Table:
    """The same table with its deadline told to be a day."""
    columns = tuple(
        Column(column.label, ColumnKind.DATE if column.label == "完成时限" else column.kind) for column in table.columns
    )
    return Table(table.title, columns, table.rows, table.notes)


def _fields() -> list[Field]:
    return [
        Field.NUMBER,
        Field.TITLE,
        Field.LEADER,
        Field.LEAD_AGENCIES,
        Field.SUPPORTING_AGENCIES,
        Field.DEADLINE,
        Field.CATEGORY,
        Field.NOTE,
    ]


def test_rows_given_one_by_one_are_counted_and_read_back():
    made = io.BytesIO()
    rows = ((number, "修路", date(2026, 6, 30), Decimal(5)) for number in range(1, 4))

    count = write_workbook(Table("台账", COLUMNS, notes=("到此为止",)), rows, made)

    assert count == 3
    assert [row[0] for row in read(made.getvalue()).rows[:-1]] == ["台账", "序号", 1, 2, 3]


def test_nothing_is_written_when_a_row_is_refused():
    made = io.BytesIO()
    rows = [(1, "修路", None, None), (2, "长" * 32_768, None, None)]

    with pytest.raises(DomainError) as refused:
        write_workbook(Table("台账", COLUMNS), rows, made)

    assert (refused.value.code, refused.value.params["row"], made.getvalue()) == ("cell_too_long", 2, b"")
