"""The clocks of a task assigned on every day of ten years, two leap days among them.

2019 to 2026 are announced; 2018 and 2027 have no notice.
"""

from collections import Counter
from datetime import date, timedelta

import pytest

from sushui.engines.calendar import ClockRule, ClockUnit, WorkingCalendar, due, official_table, read_deadline, shift

CALENDAR = WorkingCalendar(official_table())
FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)
DAYS = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]
WORKING_DAYS = [day for day in DAYS if CALENDAR.is_working_day(day)]

ARRANGEMENT, FEEDBACK, GENERAL = (ClockRule(length, first_day_counts=True) for length in (1, 3, 7))
MAJOR = ClockRule(1, ClockUnit.MONTH)


def dues(rule: ClockRule, days: list[date]) -> list[date]:
    return [due(rule, day, CALENDAR).on for day in days]


def test_task_assigned_on_a_working_day_is_arranged_on_it():
    assert dues(ARRANGEMENT, WORKING_DAYS) == WORKING_DAYS


def test_task_assigned_on_a_rest_day_is_arranged_on_the_next_working_day():
    rest_days = sorted(set(DAYS[:-10]) - set(WORKING_DAYS))

    assert dues(ARRANGEMENT, rest_days) == [CALENDAR.next_working_day(day) for day in rest_days]


@pytest.mark.parametrize(("rule", "later"), [(FEEDBACK, 2), (GENERAL, 6)])
def test_clock_ends_so_many_working_days_later(rule, later):
    assert dues(rule, WORKING_DAYS[:-later]) == WORKING_DAYS[later:]


@pytest.mark.parametrize("rule", [ARRANGEMENT, FEEDBACK, GENERAL])
def test_one_task_a_working_day_is_one_deadline_a_working_day(rule):
    assert set(Counter(dues(rule, WORKING_DAYS)).values()) == {1}


def test_clocks_of_a_task_run_out_in_their_order():
    orders = [dues(rule, DAYS) for rule in (ARRANGEMENT, FEEDBACK, GENERAL, MAJOR)]

    disordered = [day for day, ends in zip(DAYS, zip(*orders, strict=True), strict=True) if list(ends) != sorted(ends)]

    assert disordered == []


def test_warning_one_working_day_before_comes_once_for_each_deadline():
    warnings = [shift(on, -1, CALENDAR) for on in dues(GENERAL, WORKING_DAYS)]

    assert warnings == dues(ClockRule(6, first_day_counts=True), WORKING_DAYS)


def test_provisional_deadlines_are_those_that_meet_2018_or_2027():
    provisional = [day for day in DAYS if due(GENERAL, day, CALENDAR).provisional]

    by_year = Counter(day.year for day in provisional)

    # In 2026 those assigned from 24 to 31 December: the seventh working day lies behind New Year.
    assert by_year == {2018: 365, 2026: 8, 2027: 365}


def test_month_after_a_leap_day_ends_in_march():
    assert dues(MAJOR, [date(2020, 2, 29), date(2024, 2, 29)]) == [date(2020, 3, 30), date(2024, 3, 29)]


def test_phrase_and_rule_make_the_same_deadlines():
    rule = read_deadline("七个工作日内", year=None).rule

    assert dues(rule, DAYS) == dues(ClockRule(7), DAYS)
