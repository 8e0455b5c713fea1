from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sushui.kernel.months import end_of, month_of, months_after, months_between, year_months

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(days)
def test_the_end_of_a_month_is_the_day_before_the_next(day: date) -> None:
    last = end_of(day)

    assert (month_of(last), month_of(last + timedelta(days=1))) == (month_of(day), months_after(month_of(day), 1))


@given(days, st.integers(-600, 600))
def test_going_there_and_back_ends_in_the_month_where_it_began(day: date, count: int) -> None:
    there = months_after(month_of(day), count)

    assert months_after(there, -count) == month_of(day)


def test_a_day_that_a_month_has_not_becomes_its_last() -> None:
    assert [months_after(date(2024, 1, 31), count) for count in (1, 2, 13)] == [
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2025, 2, 28),
    ]


def test_months_between_are_both_and_all_within() -> None:
    assert list(months_between(date(2025, 11, 30), date(2026, 2, 1))) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_a_year_has_twelve_months() -> None:
    assert year_months(2026) == list(months_between(date(2026, 1, 1), date(2026, 12, 31)))
