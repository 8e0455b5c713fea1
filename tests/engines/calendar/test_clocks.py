"""When clocks run out: the 1-3-7-1 rule, months, rest days, pauses and years without a notice."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sushui.engines.calendar import (
    ClockDayKind,
    ClockRule,
    ClockUnit,
    Deadline,
    Pause,
    Stopped,
    WorkingCalendar,
    due,
    official_table,
)

CALENDAR = WorkingCalendar(official_table())

ARRANGEMENT = ClockRule(1, first_day_counts=True)
FEEDBACK = ClockRule(3, first_day_counts=True)
GENERAL = ClockRule(7, first_day_counts=True)
MAJOR = ClockRule(1, ClockUnit.MONTH)
WITHIN_SEVEN = ClockRule(7)
FIFTEEN_CALENDAR_DAYS = ClockRule(15, day_kind=ClockDayKind.CALENDAR)

STARTS = st.dates(date(2019, 1, 1), date(2025, 6, 30))
DAY_RULES = st.builds(
    ClockRule,
    length=st.integers(1, 60),
    day_kind=st.sampled_from(ClockDayKind),
    first_day_counts=st.booleans(),
)
MONTH_RULES = st.builds(ClockRule, length=st.integers(1, 6), unit=st.just(ClockUnit.MONTH))
WORKING_RULES = st.builds(ClockRule, length=st.integers(1, 60), first_day_counts=st.booleans())


@st.composite
def pauses_from(draw, start: date) -> list[Pause]:
    spans = draw(st.lists(st.tuples(st.integers(-20, 120), st.integers(0, 40)), max_size=4))
    return [Pause(start + timedelta(days=offset), start + timedelta(days=offset + length)) for offset, length in spans]


def is_paused(day: date, pauses: list[Pause]) -> bool:
    return any(pause.from_on <= day and (pause.until_on is None or day < pause.until_on) for pause in pauses)


def counted_day_by_day(rule: ClockRule, start: date, pauses: list[Pause]) -> date:
    """The end of a clock of days, found by looking at every day: slow and plain."""
    day = start if rule.first_day_counts else start + timedelta(days=1)
    left = rule.length
    while True:
        counts = rule.day_kind is ClockDayKind.CALENDAR or CALENDAR.is_working_day(day)
        left -= counts and not is_paused(day, pauses)
        if left == 0:
            break
        day += timedelta(days=1)
    while is_paused(day, pauses) or not CALENDAR.is_working_day(day):
        day += timedelta(days=1)
    return day


@pytest.mark.parametrize(
    ("rule", "start", "on"),
    [
        (ARRANGEMENT, date(2025, 9, 24), date(2025, 9, 24)),  # the day itself
        (ARRANGEMENT, date(2025, 9, 27), date(2025, 9, 28)),  # a Saturday: the made-up Sunday is day 1
        (ARRANGEMENT, date(2025, 10, 1), date(2025, 10, 9)),  # a holiday: day 1 is the next working day
        (FEEDBACK, date(2025, 9, 24), date(2025, 9, 26)),
        (FEEDBACK, date(2025, 9, 29), date(2025, 10, 9)),
        (GENERAL, date(2025, 9, 24), date(2025, 10, 9)),
        (GENERAL, date(2024, 2, 26), date(2024, 3, 5)),  # over the leap day
        (WITHIN_SEVEN, date(2025, 9, 24), date(2025, 10, 10)),  # the first day is not counted
        (WITHIN_SEVEN, date(2025, 9, 27), date(2025, 10, 13)),
        (FIFTEEN_CALENDAR_DAYS, date(2025, 9, 10), date(2025, 9, 25)),
        (FIFTEEN_CALENDAR_DAYS, date(2025, 9, 16), date(2025, 10, 9)),  # 1 October moves to a working day
    ],
)
def test_clock_of_days(official, rule, start, on):
    assert due(rule, start, official) == Deadline(on, provisional=False)


@pytest.mark.parametrize(
    ("months", "start", "on"),
    [
        (1, date(2025, 6, 16), date(2025, 7, 16)),
        (1, date(2025, 3, 31), date(2025, 4, 30)),  # April has no 31st
        (1, date(2024, 1, 31), date(2024, 2, 29)),
        (1, date(2023, 1, 31), date(2023, 2, 28)),
        (1, date(2025, 9, 3), date(2025, 10, 9)),  # 3 October is a holiday
        (1, date(2025, 9, 11), date(2025, 10, 11)),  # a Saturday that is made up
        (1, date(2024, 12, 2), date(2025, 1, 2)),
        (12, date(2024, 2, 29), date(2025, 2, 28)),
        (14, date(2024, 12, 30), date(2026, 2, 28)),
    ],
)
def test_clock_of_months_ends_on_the_same_date(official, months, start, on):
    assert due(ClockRule(months, ClockUnit.MONTH), start, official) == Deadline(on, provisional=False)


@pytest.mark.parametrize("first_day_counts", [True, False])
@pytest.mark.parametrize("day_kind", ClockDayKind)
def test_clock_of_months_does_not_ask_how_days_count(official, day_kind, first_day_counts):
    rule = ClockRule(1, ClockUnit.MONTH, day_kind, first_day_counts)

    assert due(rule, date(2025, 6, 16), official) == Deadline(date(2025, 7, 16), provisional=False)


@pytest.mark.parametrize(
    ("pause", "on"),
    [
        (Pause(date(2025, 6, 17), date(2025, 6, 20)), date(2025, 6, 27)),  # three working days lost
        (Pause(date(2025, 6, 17), date(2025, 6, 17)), date(2025, 6, 24)),  # resumed on the same day
        (Pause(date(2025, 6, 21), date(2025, 6, 23)), date(2025, 6, 24)),  # a weekend
        (Pause(date(2025, 6, 24), date(2025, 6, 25)), date(2025, 6, 25)),  # the last day
        (Pause(date(2025, 6, 25), date(2025, 7, 25)), date(2025, 6, 24)),  # after the end
        (Pause(date(2025, 6, 1), date(2025, 6, 16)), date(2025, 6, 24)),  # before the start
        (Pause(date(2025, 6, 10), date(2025, 6, 18)), date(2025, 6, 26)),  # over the start
    ],
)
def test_pause_extends_a_clock_by_the_working_days_paused(official, pause, on):
    assert due(GENERAL, date(2025, 6, 16), official, [pause]) == Deadline(on, provisional=False)


def test_pause_may_begin_in_the_time_that_another_gave(official):
    first = Pause(date(2025, 6, 24), date(2025, 6, 26))
    second = Pause(date(2025, 6, 26), date(2025, 6, 30))

    assert due(GENERAL, date(2025, 6, 16), official, [second, first]) == Deadline(date(2025, 6, 30), provisional=False)


def test_days_of_overlapping_pauses_are_lost_once(official):
    pauses = [Pause(date(2025, 6, 18), date(2025, 6, 20)), Pause(date(2025, 6, 17), date(2025, 6, 19))]

    assert due(GENERAL, date(2025, 6, 16), official, pauses) == Deadline(date(2025, 6, 27), provisional=False)


def test_pause_extends_a_clock_of_months_by_calendar_days(official):
    pause = Pause(date(2025, 7, 1), date(2025, 7, 8))

    assert due(MAJOR, date(2025, 6, 16), official, [pause]) == Deadline(date(2025, 7, 23), provisional=False)


def test_deadline_that_moves_into_a_pause_waits_for_its_end(official):
    rule = ClockRule(5, day_kind=ClockDayKind.CALENDAR)
    pause = Pause(date(2025, 6, 22), date(2025, 6, 27))

    # Day 5 is Saturday 21 June; the Monday it would move to is paused.
    assert due(rule, date(2025, 6, 16), official, [pause]) == Deadline(date(2025, 6, 27), provisional=False)


@pytest.mark.parametrize(
    ("since_on", "days_left"),
    [
        (date(2025, 6, 1), 7),  # before the clock began
        (date(2025, 6, 16), 7),
        (date(2025, 6, 17), 6),
        (date(2025, 6, 21), 2),  # a Saturday: Monday and Tuesday are left
        (date(2025, 6, 24), 1),
    ],
)
def test_open_pause_stops_a_clock(official, since_on, days_left):
    assert due(GENERAL, date(2025, 6, 16), official, [Pause(since_on)]) == Stopped(since_on, days_left)


def test_open_pause_after_the_end_stops_nothing(official):
    pauses = [Pause(date(2025, 6, 25))]

    assert due(GENERAL, date(2025, 6, 16), official, pauses) == Deadline(date(2025, 6, 24), provisional=False)


def test_open_pause_in_the_time_that_another_gave_stops_the_clock(official):
    pauses = [Pause(date(2025, 6, 26)), Pause(date(2025, 6, 17), date(2025, 6, 20))]

    assert due(GENERAL, date(2025, 6, 16), official, pauses) == Stopped(date(2025, 6, 26), 2)


def test_open_pause_swallows_the_pauses_after_it(official):
    pauses = [Pause(date(2025, 6, 18)), Pause(date(2025, 6, 20), date(2025, 6, 23)), Pause(date(2025, 6, 20))]

    assert due(GENERAL, date(2025, 6, 16), official, pauses) == Stopped(date(2025, 6, 18), 5)


def test_open_pause_overlapping_a_closed_one_begins_with_it(official):
    pauses = [Pause(date(2025, 6, 17), date(2025, 6, 20)), Pause(date(2025, 6, 18))]

    assert due(GENERAL, date(2025, 6, 16), official, pauses) == Stopped(date(2025, 6, 17), 6)


def test_open_pause_before_the_move_to_a_working_day_leaves_no_days(official):
    rule = ClockRule(5, day_kind=ClockDayKind.CALENDAR)

    assert due(rule, date(2025, 6, 16), official, [Pause(date(2025, 6, 22))]) == Stopped(date(2025, 6, 22), 0)


@pytest.mark.parametrize(
    ("rule", "start", "deadline"),
    [
        (GENERAL, date(2026, 12, 21), Deadline(date(2026, 12, 29), provisional=False)),
        (GENERAL, date(2026, 12, 28), Deadline(date(2027, 1, 6), provisional=True)),  # over New Year
        (ARRANGEMENT, date(2027, 1, 4), Deadline(date(2027, 1, 4), provisional=True)),
        (GENERAL, date(2018, 12, 27), Deadline(date(2019, 1, 7), provisional=True)),  # begins before the first notice
        (MAJOR, date(2026, 12, 7), Deadline(date(2027, 1, 7), provisional=True)),
    ],
)
def test_deadline_over_days_not_announced_is_provisional(official, rule, start, deadline):
    assert due(rule, start, official) == deadline


def test_calendar_days_rely_only_on_the_day_they_end(official):
    rule = ClockRule(15, day_kind=ClockDayKind.CALENDAR)

    assert due(rule, date(2018, 12, 27), official) == Deadline(date(2019, 1, 11), provisional=False)


def test_deadline_without_any_notice_is_provisional(unannounced):
    assert due(GENERAL, date(2025, 9, 24), unannounced) == Deadline(date(2025, 10, 7), provisional=True)


def test_deadline_moves_when_the_notice_comes(official, unannounced):
    deadlines = [due(GENERAL, date(2025, 9, 24), calendar) for calendar in (unannounced, official)]

    assert deadlines == [Deadline(date(2025, 10, 7), True), Deadline(date(2025, 10, 9), False)]


@pytest.mark.parametrize(
    ("length", "unit"),
    [(0, ClockUnit.DAY), (-1, ClockUnit.DAY), (7301, ClockUnit.DAY), (0, ClockUnit.MONTH), (241, ClockUnit.MONTH)],
)
def test_rule_refuses_a_length_that_no_clock_has(length, unit):
    with pytest.raises(ValueError, match=rf"^A clock runs for 1 to \d+ {unit}s, not {length}\.$"):
        ClockRule(length, unit)


def test_pause_refuses_to_end_before_it_begins():
    with pytest.raises(ValueError, match=r"^A pause that begins on 2025-06-17 cannot end on 2025-06-16\.$"):
        Pause(date(2025, 6, 17), date(2025, 6, 16))


@given(data=st.data(), rule=DAY_RULES, start=STARTS)
def test_due_agrees_with_looking_at_every_day(data, rule, start):
    pauses = data.draw(pauses_from(start))

    assert due(rule, start, CALENDAR, pauses) == Deadline(counted_day_by_day(rule, start, pauses), provisional=False)


@given(data=st.data(), rule=DAY_RULES | MONTH_RULES, start=STARTS)
def test_due_is_a_working_day_outside_every_pause(data, rule, start):
    pauses = data.draw(pauses_from(start))

    deadline = due(rule, start, CALENDAR, pauses)

    assert CALENDAR.is_working_day(deadline.on)
    assert not is_paused(deadline.on, pauses)


@given(rule=WORKING_RULES, start=STARTS, offset=st.integers(0, 80), length=st.integers(0, 60))
def test_pause_extends_by_exactly_the_working_days_in_it(rule, start, offset, length):
    pause = Pause(start + timedelta(days=offset), start + timedelta(days=offset + length))
    first_possible = start if rule.first_day_counts else start + timedelta(days=1)
    without = due(rule, start, CALENDAR)
    assume(first_possible <= pause.from_on <= without.on)

    days_in_it = (pause.from_on + timedelta(days=day) for day in range(length))
    lost = sum(CALENDAR.is_working_day(day) for day in days_in_it)

    assert due(rule, start, CALENDAR, [pause]).on == CALENDAR.add_working_days(without.on, lost)


@given(data=st.data(), rule=DAY_RULES | MONTH_RULES, start=STARTS)
def test_pause_never_brings_a_deadline_forward(data, rule, start):
    pauses = data.draw(pauses_from(start))

    assert due(rule, start, CALENDAR, pauses).on >= due(rule, start, CALENDAR).on


@given(rule=DAY_RULES | MONTH_RULES, start=STARTS)
def test_later_start_is_never_due_earlier(rule, start):
    assert due(rule, start, CALENDAR).on <= due(rule, start + timedelta(days=1), CALENDAR).on


@given(rule=WORKING_RULES, start=st.dates(date(2018, 6, 1), date(2027, 6, 30)))
def test_working_deadline_is_provisional_if_and_only_if_it_meets_a_year_without_notice(rule, start):
    deadline = due(rule, start, CALENDAR)

    run = (start + timedelta(days=day) for day in range((deadline.on - start).days + 1))

    assert deadline.provisional == any(not CALENDAR.is_announced(day) for day in run)


@given(rule=WORKING_RULES, start=STARTS, offset=st.integers(0, 80))
def test_stopped_clock_has_what_is_left_when_it_runs_again(rule, start, offset):
    since_on = start + timedelta(days=offset)
    stopped = due(rule, start, CALENDAR, [Pause(since_on)])
    assume(isinstance(stopped, Stopped))

    resumed = due(rule, start, CALENDAR, [Pause(since_on, since_on + timedelta(days=100))])

    eve = since_on + timedelta(days=99)
    assert resumed.on == CALENDAR.add_working_days(eve, stopped.days_left)
