"""Where things stand: merged cells, headers, and every kind of row, one at a time."""

import pytest

from sushui.engines.readers import ColumnMapping, Field, Range, Sheet, SkipReason
from sushui.engines.readers.layout import (
    Grid,
    deeper_section,
    find_header,
    is_blank,
    read_heading,
    skip_reason,
    year_in,
)
from tests.engines.readers.lists import HEADER, sheet_of


def grid_of(*rows: tuple[object, ...], merged: tuple[str, ...] = ()) -> Grid:
    return Grid(sheet_of(*rows, merged=merged))


def test_grid_shows_a_merged_value_downward_only():
    grid = grid_of(("甲", "x"), (None, "y"), ("乙", None), merged=("A1:A2", "A3:B3"))

    assert [[grid.seen(row, column) for column in range(2)] for row in range(3)] == [
        ["甲", "x"],
        ["甲", "y"],
        ["乙", None],
    ]


def test_grid_knows_the_range_over_a_cell():
    grid = grid_of(("甲", None), (None, None), merged=("A1:B1",))

    assert (grid.merged(0, 1), grid.merged(1, 1)) == (Range(0, 0, 0, 1), None)


def test_grid_takes_no_range_outside_the_sheet():
    grid = Grid(Sheet("表", (("甲",),), (Range(5, 5, 9, 9), Range(0, 0, 100, 100))))

    assert (grid.merged(0, 0), grid.seen(0, 0)) == (Range(0, 0, 0, 0), "甲")


def test_grid_row_does_not_own_what_a_merged_range_covers():
    grid = grid_of(("甲", "x"), ("掩", "y"), merged=("A1:A2",))

    assert (grid.own(0), grid.own(1)) == ({0: "甲", 1: "x"}, {1: "y"})


def test_grid_of_an_empty_sheet_has_no_width():
    assert Grid(Sheet("表", ())).width == 0


def test_grid_row_is_blank_when_nothing_reaches_it():
    grid = grid_of(("甲", "x"), (None, " "), (None, None), merged=("A1:A2",))

    assert [is_blank(grid, row) for row in range(3)] == [False, False, True]


def test_header_is_the_row_with_most_known_labels():
    grid = grid_of(("序号", "备注"), HEADER, ("序号", "任务", "责任单位"))

    assert find_header(grid, None).first == 1


def test_header_of_equal_rows_is_the_first():
    assert find_header(grid_of((None,), HEADER, HEADER), None).first == 1


def test_header_needs_two_different_labels():
    assert find_header(grid_of(("任务", "任务", "甲"), ("修路",)), None) is None


def test_header_is_not_looked_for_far_down():
    assert find_header(grid_of(*[("甲",)] * 30, HEADER), None) is None


def test_header_named_by_a_person_may_stand_far_down():
    header = find_header(grid_of(*[("甲",)] * 30, HEADER), ColumnMapping({}, header_row=31))

    assert (header.first, header.fields[1]) == (30, Field.TITLE)


def test_header_of_two_rows_without_merged_cells_is_read_together():
    header = find_header(grid_of(("序号", "任务", "责任单位"), (None, None, None, "配合单位"), (1, "修路")), None)

    assert (header.first, header.last, header.fields[3]) == (0, 1, Field.SUPPORTING_AGENCIES)


def test_header_label_reaches_sideways_over_its_columns():
    header = find_header(grid_of(("序号", "任务", "责任单位", None), (1, "修路", "甲", "乙"), merged=("C1:D1",)), None)

    assert (header.last, header.fields[2], header.fields[3]) == (0, Field.LEAD_AGENCIES, Field.LEAD_AGENCIES)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025年重点工作", 2025),
        ("某县 2026 年度任务", 2026),
        ("\uff12\uff10\uff12\uff15年清单", 2025),
        ("二〇二五年清单", 2025),
        ("二○二四年清单", 2024),
        ("二零三一年清单", 2031),
        ("清单", None),
        ("1999年清单", None),
        ("二十年清单", None),
    ],
)
def test_year_in_a_title(text, year):
    assert year_in(text) == year


def test_heading_takes_the_first_line_that_stands_alone():
    grid = grid_of(("附件2:",), ("2025年 清单",), ("填报单位:", "某局"), ("共3项",), HEADER)

    assert read_heading(grid, 4, "表1") == ("2025年 清单", 2025)


def test_heading_of_a_sheet_without_one_is_empty():
    assert read_heading(grid_of(HEADER), 0, "表1") == ("", None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((1, "修路", "县财政局"), None),
        ((None, "修路"), None),
        ((1,), None),
        (("一、建设",), SkipReason.SECTION),
        ((None, "一、建设"), SkipReason.SECTION),
        (("(一)道路",), SkipReason.SECTION),
        (("一、建设", "修路"), None),
        (("建设类",), SkipReason.SECTION),
        ((None, "一般问题整改"), None),
        (("备注:甲",), SkipReason.NOTE),
        (("备注:甲", "修路"), None),
        ((None, "注意:防汛"), None),
        (("合计", None, 3), SkipReason.TOTAL),
        ((None, "合计", 3), SkipReason.TOTAL),
        ((None, None, "合计"), SkipReason.TOTAL),
        ((1, "合计划定红线"), None),
        (HEADER, SkipReason.REPEATED_HEADER),
        (("序号", "重点工作"), SkipReason.REPEATED_HEADER),
    ],
)
def test_skip_reason_of_every_kind_of_row(row, reason):
    grid = grid_of(HEADER, row)

    assert skip_reason(grid, 1, find_header(grid, None)) is reason


def test_skip_reason_of_a_row_in_a_merged_list_is_none():
    """一、 alone in its row is a task where a merged agency reaches down to it."""
    grid = grid_of(HEADER, (1, "甲", "县财政局"), (None, "一、乙"), merged=("C2:C3",))

    assert skip_reason(grid, 2, find_header(grid, None)) is None


@pytest.mark.parametrize(
    ("path", "text", "deeper"),
    [
        ((), "一、甲", ("一、甲",)),
        (("一、甲",), "(一)乙", ("一、甲", "(一)乙")),
        (("一、甲", "(一)乙"), "(二)丙", ("一、甲", "(二)丙")),
        (("一、甲", "(一)乙"), "二、丁", ("二、丁",)),
        ((), "(一)乙", ("(一)乙",)),
    ],
)
def test_deeper_section_keeps_two_levels(path, text, deeper):
    assert deeper_section(path, text) == deeper
