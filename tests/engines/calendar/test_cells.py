"""Deadlines as worksheets hold them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.calendar import DeadlineKind, DeadlineReading, Reading, read_deadline, read_deadline_cell

FIRST, LAST = date(2015, 1, 1), date(2040, 12, 31)


def read(value: object) -> DeadlineReading:
    return read_deadline_cell(value, year=2025, reference=date(2025, 6, 11))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2025, 12, 31), "2025-12-31"),
        (datetime(2025, 12, 31, tzinfo=UTC), "2025-12-31 00:00:00+00:00"),
        (datetime.combine(date(2025, 12, 31), time(23, 59)), "2025-12-31 23:59:00"),
    ],
)
def test_day_is_taken_as_it_is(value, text):
    assert read(value) == DeadlineReading(DeadlineKind.FIXED, text, Reading.EXACT_DAY, on=date(2025, 12, 31))


@pytest.mark.parametrize(
    ("value", "on"),
    [
        (42005.0, FIRST),
        (45838.0, date(2025, 6, 30)),
        (46022, date(2025, 12, 31)),
        (46022.75, date(2025, 12, 31)),
        (51501.0, LAST),
        (51501.999, LAST),
    ],
)
def test_serial_number_of_a_plausible_day_is_one(value, on):
    assert read(value) == DeadlineReading(DeadlineKind.FIXED, str(value), Reading.SERIAL_NUMBER, on=on)


@pytest.mark.parametrize(
    "value",
    [
        2025,
        2025.0,
        6.3,
        202506,
        20251231,
        42004.999,
        51502,
        0,
        -45838.0,
        float("nan"),
        float("inf"),
        True,
        False,
        time(8),
        timedelta(days=3),
        b"2025-12-31",
        ["2025-12-31"],
    ],
)
def test_anything_else_is_asked_for(value):
    assert read(value) == DeadlineReading(DeadlineKind.UNKNOWN, str(value), Reading.NOT_UNDERSTOOD)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2014, 12, 31), date(2041, 1, 1)])
def test_day_of_an_implausible_year_is_offered_and_not_taken(day):
    expected = DeadlineReading(DeadlineKind.UNKNOWN, str(day), Reading.YEAR_OUT_OF_RANGE, dates=(day,))

    assert read(day) == expected


@pytest.mark.parametrize("text", ["6月底前", "全年", "长期坚持", "7个工作日内", "", "尽快"])
def test_text_is_read_as_a_phrase(text):
    assert read(text) == read_deadline(text, year=2025, reference=date(2025, 6, 11))


def test_empty_cell_holds_nothing():
    assert read(None) == DeadlineReading(DeadlineKind.MISSING, "", Reading.NOTHING_WRITTEN)


@given(day=st.dates(FIRST, LAST))
def test_serial_number_is_the_day_it_was_made_of(day):
    assert read((day - date(1899, 12, 30)).days).on == day
