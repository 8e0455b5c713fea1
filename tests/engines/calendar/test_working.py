"""Counting working days, by example and by property."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.calendar import WorkingCalendar, business_days_over, official_table, shift

CALENDAR = WorkingCalendar(official_table())
DAYS = st.dates(date(2017, 1, 1), date(2032, 12, 31))
COUNTS = st.integers(-1500, 1500)


def days_after(start: date, end: date) -> list[date]:
    """The days in (start, end]."""
    return [start + timedelta(days=offset) for offset in range(1, (end - start).days + 1)]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 9, 26), True),  # Friday
        (date(2025, 9, 27), False),  # Saturday
        (date(2025, 9, 28), True),  # Sunday, made up
        (date(2025, 9, 30), True),
        (date(2025, 10, 1), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),  # Saturday, made up
        (date(2018, 12, 29), True),  # Saturday, made up by the notice of 2019
        (date(2018, 12, 31), False),  # Monday, given by the notice of 2019
        (date(2020, 2, 3), True),  # the Monday that ends the lengthened Spring Festival
        (date(2024, 2, 29), True),  # leap day, a Thursday
    ],
)
def test_working_day_where_the_notice_is_out(official, day, works):
    assert official.is_working_day(day) == works


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 1, 1), False),  # a Friday, but New Year's Day by law
        (date(2027, 1, 4), True),
        (date(2027, 2, 6), False),  # Saturday; the Spring Festival waits for the notice
        (date(2027, 2, 8), True),
        (date(2027, 5, 3), True),
        (date(2027, 10, 1), False),
        (date(2027, 10, 4), True),
        (date(2028, 2, 29), True),  # leap day, a Tuesday
    ],
)
def test_working_day_where_only_the_law_is_known(official, day, works):
    assert official.is_working_day(day) == works
    assert not official.is_announced(day)


def test_announced_goes_by_the_year_of_the_day(official):
    announced = [official.is_announced(day) for day in (date(2018, 12, 31), date(2019, 1, 1), date(2026, 12, 31))]

    assert announced == [False, True, True]


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2025, 9, 26), 1, date(2025, 9, 28)),  # Friday to the made-up Sunday
        (date(2025, 9, 30), 1, date(2025, 10, 9)),  # over eight days of National Day
        (date(2025, 10, 9), -1, date(2025, 9, 30)),
        (date(2025, 9, 27), 1, date(2025, 9, 28)),  # from a rest day
        (date(2025, 9, 27), -1, date(2025, 9, 26)),
        (date(2025, 9, 27), 0, date(2025, 9, 27)),
        (date(2024, 2, 28), 1, date(2024, 2, 29)),
        (date(2024, 12, 31), 1, date(2025, 1, 2)),
        (date(2025, 1, 2), -1, date(2024, 12, 31)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2024, 12, 31), 248, date(2025, 12, 31)),  # the working days of 2025
    ],
)
def test_adding_working_days(official, day, count, expected):
    assert official.add_working_days(day, count) == expected
    assert shift(day, count, official) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2025, 9, 26), date(2025, 9, 26), 0),
        (date(2025, 9, 26), date(2025, 9, 28), 1),  # the start is left out, the end counted
        (date(2025, 9, 28), date(2025, 9, 26), -1),
        (date(2025, 9, 27), date(2025, 9, 26), -1),  # from a Saturday back to the Friday
        (date(2025, 9, 27), date(2025, 9, 28), 1),
        (date(2025, 9, 30), date(2025, 10, 8), 0),
        (date(2025, 9, 30), date(2025, 10, 11), 3),
        (date(2024, 12, 31), date(2025, 12, 31), 248),
        (date(2025, 12, 31), date(2024, 12, 31), -248),
    ],
)
def test_working_days_between(official, start, end, expected):
    assert official.working_days_between(start, end) == expected


@pytest.mark.parametrize(
    ("day", "following", "preceding"),
    [
        (date(2025, 9, 30), date(2025, 9, 30), date(2025, 9, 30)),
        (date(2025, 10, 1), date(2025, 10, 9), date(2025, 9, 30)),
        (date(2025, 10, 11), date(2025, 10, 11), date(2025, 10, 11)),
        (date(2025, 10, 12), date(2025, 10, 13), date(2025, 10, 11)),
        (date(2027, 1, 1), date(2027, 1, 4), date(2026, 12, 31)),
    ],
)
def test_nearest_working_days(official, day, following, preceding):
    assert official.next_working_day(day) == following
    assert official.previous_working_day(day) == preceding


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2025, 9, 25), -2),  # Thursday, two working days left: Friday and the made-up Sunday
        (date(2025, 9, 27), -1),  # Saturday: Sunday is left
        (date(2025, 9, 28), 0),
        (date(2025, 9, 29), 1),
        (date(2025, 9, 30), 2),
        (date(2025, 10, 5), 2),  # a holiday makes nobody later
        (date(2025, 10, 9), 3),
    ],
)
def test_days_over_a_deadline(official, today, expected):
    assert business_days_over(date(2025, 9, 28), today, official) == expected


def test_rest_day_after_the_deadline_is_not_a_day_over(official):
    assert business_days_over(date(2025, 11, 21), date(2025, 11, 22), official) == 0


@pytest.mark.parametrize("year", [2019, 2020, 2022, 2024, 2025, 2026, 2027])
def test_search_agrees_with_counting_day_by_day(official, year):
    start = date(year, 1, 17)
    counted = 0

    for day in days_after(start, start + timedelta(days=500)):
        counted += official.is_working_day(day)
        assert official.working_days_between(start, day) == counted
        if official.is_working_day(day):
            assert official.add_working_days(start, counted) == day


@pytest.mark.parametrize("year", [2019, 2021, 2023, 2025, 2027])
def test_search_agrees_with_counting_day_by_day_backwards(official, year):
    start = date(year, 11, 9)
    counted = 0

    for day in (start - timedelta(days=offset) for offset in range(1, 500)):
        counted += official.is_working_day(day)
        assert official.working_days_between(start, day) == -counted
        if official.is_working_day(day):
            assert official.add_working_days(start, -counted) == day


@given(day=DAYS, count=COUNTS)
def test_between_undoes_add(day, count):
    assert CALENDAR.working_days_between(day, CALENDAR.add_working_days(day, count)) == count


@given(start=DAYS, end=DAYS)
def test_add_undoes_between_for_working_days(start, end):
    end = CALENDAR.next_working_day(end)

    assert CALENDAR.add_working_days(start, CALENDAR.working_days_between(start, end)) == end


@given(day=DAYS, count=COUNTS)
def test_each_working_day_more_is_later(day, count):
    assert CALENDAR.add_working_days(day, count) < CALENDAR.add_working_days(day, count + 1)


@given(day=DAYS, count=COUNTS.filter(bool))
def test_added_working_days_end_on_one(day, count):
    assert CALENDAR.is_working_day(CALENDAR.add_working_days(day, count))


@given(start=DAYS, middle=DAYS, end=DAYS)
def test_between_adds_up_forwards(start, middle, end):
    start, middle, end = sorted((start, middle, end))

    parts = CALENDAR.working_days_between(start, middle) + CALENDAR.working_days_between(middle, end)

    assert CALENDAR.working_days_between(start, end) == parts


@given(deadline_on=DAYS, today=DAYS)
def test_days_over_is_days_left_seen_from_the_other_side(deadline_on, today):
    over = business_days_over(deadline_on, today, CALENDAR)

    assert business_days_over(today, deadline_on, CALENDAR) == -over
