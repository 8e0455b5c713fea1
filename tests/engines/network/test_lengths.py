"""Ends, latest beginnings, and clocks that stand still; the calendar's own clocks say the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.calendar import ClockDayKind, ClockRule, ClockUnit, Deadline, Pause, due
from sushui.engines.network import DayKind, Length, Unit
from sushui.engines.network.lengths import clock_end, days_left, finish, latest_start
from tests.engines.network.graphs import DAYS, MIXED
from tests.engines.network.permits import CALENDAR

DAY = timedelta(days=1)
FIVE = Length(5)
FIVE_CALENDAR = Length(5, day_kind=DayKind.CALENDAR)
MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("length", "start", "end"),
    [
        (Length(0), MONDAY, MONDAY),
        (FIVE, date(2026, 9, 28), date(2026, 10, 10)),  # 29, 30, then 8, 9 and a made-up Saturday
        (Length(6), date(2026, 9, 28), date(2026, 10, 12)),
        (Length(2, day_kind=DayKind.CALENDAR), date(2026, 9, 29), date(2026, 10, 8)),
        (Length(1, Unit.MONTH, DayKind.CALENDAR), date(2026, 1, 30), date(2026, 2, 28)),  # a made-up Saturday
        (Length(12, Unit.MONTH, DayKind.CALENDAR), date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_where_a_length_ends(length, start, end):
    assert finish(length, start, CALENDAR) == end


@given(MIXED, DAYS.map(CALENDAR.next_working_day))
def test_the_latest_start_ends_in_time_and_the_next_working_day_does_not(length, end):
    start = latest_start(length, end, CALENDAR)
    next_day = CALENDAR.next_working_day(start + DAY)

    assert finish(length, start, CALENDAR) <= end < finish(length, next_day, CALENDAR)


@given(MIXED, DAYS, DAYS)
def test_who_begins_later_does_not_end_earlier(length, one, other):
    first, second = sorted([CALENDAR.next_working_day(one), CALENDAR.next_working_day(other)])

    assert finish(length, first, CALENDAR) <= finish(length, second, CALENDAR)


@st.composite
def clocks(draw):
    start = draw(DAYS)
    length = draw(MIXED.filter(lambda each: each.count > 0))
    spans = draw(st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 30)), max_size=3))
    pauses = [Pause(start + DAY * first, start + DAY * (first + last)) for first, last in spans]
    return start, length, pauses


@given(clocks())
def test_clocks_run_out_as_the_calendar_says(clock):
    start, length, pauses = clock
    rule = ClockRule(length.count, ClockUnit(length.unit), ClockDayKind(length.day_kind))

    expected = due(rule, start, CALENDAR, pauses)

    assert isinstance(expected, Deadline)
    assert clock_end(length, start, pauses, CALENDAR) == expected.on


@given(clocks(), st.integers(0, 120))
def test_a_clock_started_today_with_the_days_left_ends_on_the_same_day(clock, later):
    start, length, pauses = clock
    if length.unit is Unit.MONTH:
        length = Length(30, day_kind=DayKind.CALENDAR)
    ends_on = clock_end(length, start, pauses, CALENDAR)
    on = min(start + DAY * later, ends_on)

    left = days_left(length, on, ends_on, pauses, CALENDAR)

    assert clock_end(Length(left, day_kind=length.day_kind), on, pauses, CALENDAR) == ends_on


@pytest.mark.parametrize(
    ("length", "on", "left"),
    [
        (FIVE, date(2026, 3, 6), 1),
        (FIVE, date(2026, 3, 7), 1),  # Saturday
        (FIVE, date(2026, 3, 9), 0),
        (FIVE, date(2026, 3, 14), -4),
        (FIVE, date(2026, 3, 16), -5),
        (FIVE_CALENDAR, date(2026, 3, 6), 3),
        (FIVE_CALENDAR, date(2026, 3, 14), -5),
    ],
)
def test_days_left_and_days_over(length, on, left):
    assert days_left(length, on, date(2026, 3, 9), [], CALENDAR) == left
