"""The rules of docs/algorithms/reading-work-lists.md, one by one, on lists of a made-up county."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sushui.engines.readers import (
    Ask,
    ColumnMapping,
    Field,
    LeadAnswer,
    MentionKind,
    Question,
    Range,
    RowReading,
    Sheet,
    SheetReading,
    SkippedRow,
    SkipReason,
    read_workbook,
    understand_sheet,
)
from sushui.engines.readers.layout import Grid
from tests.engines.readers.lists import AGENCIES, HEADER, across, sheet_of, understood

SHARED = Path(os.environ.get("SUSHUI_SHARED", Path(__file__).resolve().parents[4] / "shared"))
REAL_LISTS = SHARED / "input" / "work-lists-2025.xlsx"


def keys(row: RowReading) -> tuple[list[str], list[str]]:
    lead, supporting = ([key for mention in side for key in mention.matches] for side in (row.lead, row.supporting))
    return lead, supporting


def codes(row: RowReading) -> list[Ask]:
    return [question.code for question in row.questions]


def skipped(reading: SheetReading) -> list[tuple[int, SkipReason]]:
    return [(row.row_number, row.reason) for row in reading.skipped]


# --- title, year, header ----------------------------------------------------------------------------------------------


def test_title_and_year_stand_above_the_header():
    reading = understood(("2025年 重点\n工作清单",), HEADER, (1, "修路"), merged=(across(1),))

    assert (reading.title, reading.year, reading.header_row) == ("2025年 重点 工作清单", 2025, 2)


def test_title_is_not_the_word_attachment():
    reading = understood(("附件1",), ("二〇二六年任务分解表",), (), HEADER, (1, "修路"))

    assert (reading.title, reading.year, reading.header_row) == ("二〇二六年任务分解表", 2026, 4)


def test_year_may_stand_in_the_name_of_the_sheet():
    sheet = sheet_of(HEADER, (1, "修路"), name="2024年")

    assert understand_sheet(sheet, known_agencies=AGENCIES).year == 2024


def test_year_said_by_a_person_wins():
    sheet = sheet_of(("2025年清单",), HEADER, (1, "修路"))

    assert understand_sheet(sheet, known_agencies=AGENCIES, year=2026).year == 2026


@pytest.mark.parametrize("title", ["工作清单", "12025号清单", "第20次会议"])
def test_year_not_said_is_none(title):
    assert understood((title,), HEADER, (1, "修路")).year is None


def test_header_may_stand_anywhere_in_the_first_rows():
    reading = understood((), ("清单",), ("填报单位", "某局", "日期", "今天"), HEADER, (1, "修路"))

    assert (reading.header_row, reading.rows[0].row_number) == (4, 5)


def test_header_not_found_is_asked():
    reading = understood(("甲", "乙"), ("丙", "丁"))

    assert (reading.header_row, reading.rows, reading.questions) == (None, (), (Question(Ask.NO_HEADER, Field.TITLE),))


def test_header_of_an_empty_sheet_is_asked():
    assert understand_sheet(Sheet("表1", ()), known_agencies=AGENCIES).questions[0].code == Ask.NO_HEADER


def test_header_of_two_rows_is_read_together():
    reading = understood(
        ("序号", "任务", "责任单位", None, "时限"),
        (None, None, "牵头", "配合", None),
        (1, "修路", "县住建局", "县财政局", "6月底前"),
        merged=("A1:A2", "B1:B2", "C1:D1", "E1:E2"),
    )

    assert list(reading.columns.values()) == [
        Field.NUMBER,
        Field.TITLE,
        Field.LEAD_AGENCIES,
        Field.SUPPORTING_AGENCIES,
        Field.DEADLINE,
    ]
    assert (keys(reading.rows[0]), reading.labels[3]) == ((["works"], ["finance"]), "责任单位\n配合")


def test_header_of_one_row_does_not_swallow_the_first_task():
    assert understood(HEADER, (1, "工作任务", "县财政局")).rows[0].title == "工作任务"


def test_header_repeated_on_every_page_is_skipped():
    reading = understood(HEADER, (1, "修路"), HEADER, (2, "架桥"))

    assert ([row.number for row in reading.rows], skipped(reading)) == (
        ["1", "2"],
        [(3, SkipReason.REPEATED_HEADER)],
    )


# --- columns ----------------------------------------------------------------------------------------------------------


def test_column_of_unknown_words_is_ignored_and_asked():
    reading = understood(("序号", "任务", "资金来源"), (1, "修路", "自筹"))

    assert (reading.columns[2], reading.questions) == (
        Field.IGNORED,
        (Question(Ask.UNKNOWN_COLUMN, Field.IGNORED, "资金来源"),),
    )


def test_column_of_tasks_that_spans_rows_is_their_category():
    reading = understood(
        ("序号", "重点任务", "具体事项"),
        (1, "交通", "修路"),
        (2, None, "架桥"),
        merged=("B2:B3",),
    )

    assert [(row.category, row.title) for row in reading.rows] == [("交通", "修路"), ("交通", "架桥")]
    assert reading.questions == (Question(Ask.COLUMN_TWICE, Field.TITLE, "重点任务"),)


def test_column_of_deadlines_given_twice_keeps_the_first_and_asks():
    reading = understood(("序号", "任务", "完成时限", "时间节点"), (1, "修路", "6月底前", "每月一报"))

    assert (reading.rows[0].deadline_cell, reading.rows[0].note) == ("6月底前", "时间节点\uff1a每月一报")
    assert reading.questions == (Question(Ask.COLUMN_TWICE, Field.DEADLINE, "时间节点"),)


def test_column_of_tasks_missing_is_asked():
    reading = understood(("序号", "责任单位"), (1, "县财政局"))

    assert ([question.code for question in reading.questions], codes(reading.rows[0])) == (
        [Ask.NO_TITLE_COLUMN],
        [Ask.NO_TITLE, Ask.NO_DEADLINE],
    )


def test_columns_of_notes_are_put_together_with_their_names():
    reading = understood(("序号", "任务", "备注", "进展情况"), (1, "修路", "急", "已开工"))

    assert reading.rows[0].note == "急\n进展情况\uff1a已开工"


def test_mapping_said_by_a_person_wins():
    sheet = sheet_of(("序号", "任务", "内容"), (1, "交通", "修路"))
    mapping = ColumnMapping({1: Field.CATEGORY, 2: Field.TITLE})

    reading = understand_sheet(sheet, known_agencies=AGENCIES, mapping=mapping)

    assert (reading.rows[0].title, reading.rows[0].category, reading.rows[0].number) == ("修路", "交通", "")
    assert reading.questions == ()


def test_mapping_may_name_the_header_row():
    sheet = sheet_of(("甲", "乙"), ("一", "二"), ("修路", "县财政局"))
    mapping = ColumnMapping({0: Field.TITLE, 1: Field.LEAD_AGENCIES}, header_row=2)

    reading = understand_sheet(sheet, known_agencies=AGENCIES, mapping=mapping)

    assert [(row.row_number, row.title, keys(row)) for row in reading.rows] == [(3, "修路", (["finance"], []))]


@pytest.mark.parametrize("header_row", [0, 9])
def test_mapping_to_a_row_that_is_not_there_is_asked(header_row):
    mapping = ColumnMapping({0: Field.TITLE}, header_row=header_row)

    reading = understand_sheet(sheet_of(HEADER), known_agencies=AGENCIES, mapping=mapping)

    assert reading.questions[0].code == Ask.NO_HEADER


def test_mapping_to_a_column_that_is_not_there_reads_nothing():
    mapping = ColumnMapping({1: Field.TITLE, 99: Field.DEADLINE})

    reading = understand_sheet(sheet_of(HEADER, (1, "修路")), known_agencies=AGENCIES, mapping=mapping)

    assert (reading.rows[0].title, reading.rows[0].deadline_cell) == ("修路", None)


def test_mapping_given_back_as_read_changes_nothing():
    sheet = sheet_of(("2025年清单",), HEADER, (1, "修路", "县住建局", "各街道", "全年"))
    first = understand_sheet(sheet, known_agencies=AGENCIES)

    again = understand_sheet(
        sheet, known_agencies=AGENCIES, mapping=ColumnMapping(first.columns, header_row=first.header_row)
    )

    assert again == first


# --- rows -------------------------------------------------------------------------------------------------------------


def test_row_is_read_as_it_stands():
    reading = understood(HEADER, (1, " 修路 ", "县住建局", "县财政局", date(2025, 6, 30)))

    row = reading.rows[0]
    assert (row.row_number, row.number, row.title, row.section, row.category) == (2, "1", "修路", "", "")
    assert (keys(row), row.deadline_cell, row.leader, row.note, row.questions) == (
        (["works"], ["finance"]),
        date(2025, 6, 30),
        None,
        "",
        (),
    )


def test_row_left_blank_is_passed_over():
    reading = understood(HEADER, (), (1, "修路"), (None, "  "), (2, "架桥"))

    assert [row.row_number for row in reading.rows] == [3, 5]


@pytest.mark.parametrize("text", ["一、基础设施", "(一)道路", "\uff08二\uff09桥梁", "第一部分 总体", "十二、其他"])
def test_row_with_a_number_of_words_alone_is_a_section(text):
    reading = understood(HEADER, (text,), (1, "修路"))

    assert (reading.rows[0].section, skipped(reading)) == (text, [(2, SkipReason.SECTION)])


def test_row_merged_across_is_a_section():
    reading = understood(HEADER, ("基础设施",), (1, "修路"), merged=(across(2),))

    assert reading.rows[0].section == "基础设施"


def test_row_of_a_word_in_the_column_of_numbers_is_a_section():
    assert understood(HEADER, ("基础设施",), (1, "修路")).rows[0].section == "基础设施"


def test_section_below_a_section_is_told_with_it():
    reading = understood(
        HEADER,
        ("一、建设",),
        ("(一)道路",),
        (1, "修路"),
        ("\uff08二\uff09桥梁",),
        (2, "架桥"),
        ("二、民生",),
        (3, "办学"),
    )

    assert [row.section for row in reading.rows] == ["一、建设 / (一)道路", "一、建设 / \uff08二\uff09桥梁", "二、民生"]


def test_row_of_a_task_alone_is_a_task_without_an_owner():
    reading = understood(HEADER, (None, "修路"))

    assert (reading.rows[0].title, codes(reading.rows[0])) == ("修路", [Ask.NO_LEAD, Ask.NO_DEADLINE])


def test_row_of_a_task_that_begins_with_a_number_is_no_section():
    assert understood(HEADER, (None, "一般公共预算收入增长5%。")).rows[0].title == "一般公共预算收入增长5%。"


@pytest.mark.parametrize(
    "text", ["备注:只列重点", "注\uff1a只列重点", "注1:只列重点", "说明: 一式两份", "Note: x", "填报人:某某"]
)
def test_row_of_a_note_below_is_skipped(text):
    reading = understood(HEADER, (1, "修路"), (text,), merged=(across(3),))

    assert (len(reading.rows), skipped(reading)) == (1, [(3, SkipReason.NOTE)])


@pytest.mark.parametrize("row", [("合计", None, "3项"), (None, "总计:3项"), ("小 计", None, None, None, "x")])
def test_row_of_a_total_is_skipped(row):
    assert skipped(understood(HEADER, (1, "修路"), row)) == [(3, SkipReason.TOTAL)]


def test_row_beginning_like_a_total_is_a_task_all_the_same():
    assert understood(HEADER, (1, "总计划编制", "县财政局")).rows[0].title == "总计划编制"


def test_value_merged_downward_holds_for_every_row():
    reading = understood(
        HEADER,
        (1, "修路", "县住建局", "县财政局", "全年"),
        (2, "架桥", None, None, "6月底前"),
        merged=("C2:C3", "D2:D3"),
    )

    assert [keys(row) for row in reading.rows] == [(["works"], ["finance"])] * 2


def test_record_merged_as_a_whole_is_one_task():
    merged = ("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3")

    reading = understood(HEADER, (1, "修路", "县住建局", None, "全年"), (), merged=merged)

    assert (len(reading.rows), skipped(reading)) == (1, [(3, SkipReason.MERGED)])


def test_task_merged_over_rows_that_differ_is_asked():
    reading = understood(
        HEADER,
        (1, "修路", "县住建局", None, "6月底前"),
        (None, None, "县财政局", None, "年底前"),
        merged=("A2:A3", "B2:B3"),
    )

    assert [(row.title, codes(row)) for row in reading.rows] == [("修路", []), ("修路", [Ask.SHARED_TITLE])]


def test_value_merged_sideways_stays_in_its_first_column():
    reading = understood(HEADER, (1, "修路", "县住建局", None, "全年"), merged=("C2:D2",))

    assert keys(reading.rows[0]) == (["works"], [])


def test_values_under_a_merged_range_are_not_seen():
    reading = understood(HEADER, (1, "修路", "县住建局"), merged=("A1:E2",))

    assert [question.code for question in reading.questions] == [Ask.NO_HEADER]


# --- who and when: asked, never guessed -------------------------------------------------------------------------------


def test_deadline_is_left_as_the_cell_has_it():
    cells = ["全年", "6月底前", date(2025, 12, 31), 45_000, "长期坚持"]

    rows = understood(HEADER, *((n, "修路", "县住建局", None, cell) for n, cell in enumerate(cells))).rows

    assert [row.deadline_cell for row in rows] == cells


def test_deadline_missing_is_asked():
    assert codes(understood(HEADER, (1, "修路", "县住建局")).rows[0]) == [Ask.NO_DEADLINE]


def test_lead_missing_is_asked():
    assert codes(understood(HEADER, (1, "修路", None, "县财政局", "全年")).rows[0]) == [Ask.NO_LEAD]


def test_several_leads_are_asked_in_three_ways():
    row = understood(HEADER, (1, "修路", "县住建局\n县财政局", None, "全年")).rows[0]

    assert row.questions == (
        Question(
            Ask.SEVERAL_LEADS,
            Field.LEAD_AGENCIES,
            "县住建局、县财政局",
            (LeadAnswer.FIRST_LEADS, LeadAnswer.ALL_LEAD, LeadAnswer.CHOOSE),
        ),
    )


def test_several_leads_of_a_group_have_no_first():
    row = understood(HEADER, (1, "修路", "各乡镇", None, "全年")).rows[0]

    assert row.questions[0].suggestions == (LeadAnswer.ALL_LEAD, LeadAnswer.CHOOSE)


def test_several_leads_are_not_asked_when_the_cell_says_who():
    row = understood(HEADER, (1, "修路", "县住建局(牵头)、县财政局", None, "全年")).rows[0]

    assert (keys(row), row.questions) == ((["works"], ["finance"]), ())


def test_agency_named_twice_is_one():
    row = understood(HEADER, (1, "修路", "县住建局、县住建局", None, "全年")).rows[0]

    assert (len(row.lead), row.questions) == (1, ())


def test_every_question_of_a_row_is_asked():
    row = understood(HEADER, (1, None, "某公司、县财政局", "县政府有关部门")).rows[0]

    assert codes(row) == [
        Ask.NO_TITLE,
        Ask.UNKNOWN_AGENCY,
        Ask.UNDETERMINED_GROUP,
        Ask.SEVERAL_LEADS,
        Ask.NO_DEADLINE,
    ]


def test_leader_is_read_as_a_post():
    reading = understood(("序号", "任务", "责任领导"), (1, "修路", "分管副县长"))

    assert reading.rows[0].leader.kind is MentionKind.POST


CELLS = (
    st.none()
    | st.sampled_from([*HEADER, "一、甲", "备注:乙", "合计", "县财政局", "各乡镇、街道", "", " "])
    | st.integers(0, 9)
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=8),
    st.lists(
        st.tuples(*[st.integers(0, 3)] * 4).map(lambda n: Range(n[0], n[1], n[0] + n[2], n[1] + n[3])), max_size=1
    ),
)
def test_sheet_of_anything_is_understood_and_no_filled_row_is_lost(rows, merged):
    sheet = Sheet("表", tuple(rows), tuple(merged))

    reading = understand_sheet(sheet, known_agencies=AGENCIES)

    told = {row.row_number for row in (*reading.rows, *reading.skipped)}
    start = reading.header_row or len(rows)
    seen = {row + 1 for row in range(start + 1, len(rows)) if Grid(sheet).own(row)}
    assert seen <= told


# --- lists as offices publish them ------------------------------------------------------------------------------------


def test_list_of_a_zone_is_understood():
    reading = understood(
        ("2025年园区任务及责任清单",),
        ("序号", "重点工作", "责任领导", "责任单位", "完成时限"),
        (1, "办好服务专窗。", "分管副主任", "县发改局、县财政局", "全年"),
        (2, "盘活厂房。", "主任", "开发区管委会", "6月底前"),
        merged=(across(1),),
    )

    assert (reading.title, reading.year, len(reading.rows), skipped(reading)) == (
        "2025年园区任务及责任清单",
        2025,
        2,
        [],
    )
    assert [codes(row) for row in reading.rows] == [[Ask.SEVERAL_LEADS], []]


def test_list_of_a_breakdown_is_understood():
    reading = understood(
        ("2025年任务分解表",),
        ("序号", "重点工作任务", "主要责任单位", "协同配合单位"),
        ("一、主要目标",),
        (1, "甲增长5%。", "县财政局\n县税务局", "县政府各部门,各乡镇人民政府、街道办事处,开发区管委会"),
        (2, "乙增长6%。", "县发改局", "县政府有关部门,各乡镇人民政府、街道办事处。"),
        merged=(across(1, 4), across(3, 4)),
    )

    assert reading.skipped == (SkippedRow(3, SkipReason.SECTION, "一、主要目标"),)
    assert [keys(row) for row in reading.rows] == [
        (
            ["finance", "taxes"],
            ["planning", "finance", "works", "market", "east", "west", "street", "zone"],
        ),
        (["planning"], ["east", "west", "street"]),
    ]
    assert [codes(row) for row in reading.rows] == [
        [Ask.SEVERAL_LEADS, Ask.NO_DEADLINE],
        [Ask.UNDETERMINED_GROUP, Ask.NO_DEADLINE],
    ]


@pytest.mark.skipif(not REAL_LISTS.exists(), reason="the published lists are not part of the repository")
def test_published_lists_are_understood_as_they_are():
    sheets = read_workbook(REAL_LISTS.read_bytes()).sheets

    zone, breakdown = (understand_sheet(sheet, known_agencies=AGENCIES) for sheet in sheets)

    assert (zone.year, zone.header_row, len(zone.rows), zone.questions) == (2025, 2, 3, ())
    assert (breakdown.year, breakdown.header_row, len(breakdown.rows), breakdown.questions) == (2025, 2, 6, ())
    assert [len(row.lead) for row in zone.rows] == [2, 1, 1]
    assert [len(row.lead) for row in breakdown.rows] == [1, 2, 1, 1, 1, 2]
    assert [len(row.supporting) for row in breakdown.rows] == [4, 4, 9, 2, 5, 3]
    assert skipped(breakdown) == [(3, SkipReason.SECTION)]
