import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.readers.addresses import address, column_letters, format_range, parse_address, parse_range
from sushui.engines.readers.workbooks import Range


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_column_letters_count_without_a_zero(column, letters):
    assert column_letters(column) == letters


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_address_comes_back(row, column):
    assert parse_address(address(row, column)) == (row, column)


def test_parse_address_knows_fixed_places():
    assert parse_address("$XFD$1048576") == (1_048_575, 16_383)


@pytest.mark.parametrize("text", ["", "A", "1", "A0", "a1", "A1 ", "ABCD1", "A1:B2", "A\u0661"])
def test_parse_address_of_anything_else_is_an_error(text):
    with pytest.raises(ValueError, match=r".*"):
        parse_address(text)


def test_parse_range_holds_both_ends():
    area = parse_range("B2:D3")

    assert (area, area.height, area.width) == (Range(1, 1, 2, 3), 2, 3)


def test_parse_range_of_one_cell_is_that_cell():
    assert parse_range("C7") == Range(6, 2, 6, 2)


@pytest.mark.parametrize("text", ["B2:A1", "A2:B1", "", ":B2"])
def test_parse_range_running_backwards_or_nowhere_is_an_error(text):
    with pytest.raises(ValueError, match=r".*"):
        parse_range(text)


def test_format_range_writes_both_ends():
    assert format_range(Range(0, 0, 0, 4)) == "A1:E1"


def test_range_cells_run_row_by_row():
    assert list(Range(0, 1, 1, 2).cells()) == [(0, 1), (0, 2), (1, 1), (1, 2)]


def test_range_clipped_keeps_what_lies_inside():
    assert Range(1, 1, 9, 9).clipped(3, 4) == Range(1, 1, 2, 3)


def test_range_clipped_outside_is_nothing():
    assert Range(5, 0, 6, 0).clipped(5, 3) is None
