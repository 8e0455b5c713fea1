"""What engines share: months, pauses, and a calendar that any of them can take."""

from datetime import date

import pytest

from sushui.engines.calendar import WorkingCalendar, official_table
from sushui.engines.common import DayCounter, Pause, Stopped, joined, months_later, out_of_pauses

MONDAY, TUESDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 6)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 3, 31), 0, date(2024, 3, 31)),
    ],
)
def test_months_go_to_the_same_date_or_the_last_one(day, months, later):
    assert months_later(day, months) == later


def test_pauses_that_touch_are_one():
    pauses = [Pause(TUESDAY, FRIDAY), Pause(MONDAY, TUESDAY)]

    assert joined(pauses) == [Pause(MONDAY, FRIDAY)]


def test_a_pause_without_an_end_swallows_what_comes_after():
    assert joined([Pause(MONDAY), Pause(TUESDAY, FRIDAY)]) == [Pause(MONDAY)]


def test_a_pause_covers_its_first_day_and_not_the_day_it_ends():
    assert [Pause(MONDAY, TUESDAY).covers(day) for day in (MONDAY, TUESDAY)] == [True, False]


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="cannot end"):
        Pause(TUESDAY, MONDAY)


def test_a_day_in_a_pause_waits_for_its_end():
    calendar: DayCounter = WorkingCalendar(official_table())

    found = [out_of_pauses(MONDAY, [pause], calendar) for pause in (Pause(MONDAY, date(2026, 3, 7)), Pause(MONDAY))]

    assert found == [date(2026, 3, 9), Stopped(MONDAY, 0)]
