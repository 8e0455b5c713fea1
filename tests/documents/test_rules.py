import pytest

from sushui.documents.rules import Column, Table, escaped_text, is_too_long, sheet_name, visible_text


def test_table_without_columns_is_none():
    with pytest.raises(ValueError, match="columns"):
        Table("清单", ())


def test_table_with_a_ragged_row_is_none():
    with pytest.raises(ValueError, match="one value for each"):
        Table("清单", (Column("序号"), Column("事项")), rows=((1,),))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("修路", "修路"),
        ("甲\x00乙\x07丙\t丁", "甲 乙 丙 丁"),
        ("甲\r\n乙\r丙\n丁", "甲\n乙\n丙\n丁"),
        ("甲\ud800乙\uffff", "甲\ufffd乙\ufffd"),
        ("=1+1", "=1+1"),
    ],
)
def test_visible_text_keeps_what_can_be_seen(text, shown):
    assert visible_text(text) == shown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("_x0041_", "_x005F_x0041_"),
        ("_x005F_x0041_", "_x005F_x005F_x005F_x0041_"),
        ("_x41_", "_x41_"),
        ("a_b", "a_b"),
    ],
)
def test_escaped_text_shields_only_what_reads_as_an_escape(text, escaped):
    assert escaped_text(text) == escaped


@pytest.mark.parametrize(
    ("text", "too_long"),
    [("字" * 32_767, False), ("字" * 32_768, True), ("𠮷" * 16_383, False), ("𠮷" * 16_384, True)],
)
def test_is_too_long_counts_as_the_file_format_does(text, too_long):
    assert is_too_long(text) == too_long


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("重点工作清单", "重点工作清单"),
        ("甲/乙:丙?[丁]*", "甲 乙 丙  丁"),
        ("'引'", "引"),
        ("长" * 40, "长" * 31),
        ("", "1"),
        ("///", "1"),
    ],
)
def test_sheet_name_is_one_that_spreadsheets_accept(title, name):
    assert sheet_name(title) == name
