"""When clocks run out: the 1-3-7-1 rule, months, rest days, pauses and years without a notice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sushui.engines.calendar import (
    ClockDayKind,
    ClockRule,
    ClockUnit,
    Deadline,
    HolidayTable,
    MonthLength,
    Pause,
    RestDayRule,
    Stopped,
    WorkingCalendar,
    due,
    official_table,
    settled,
)

CALENDAR = WorkingCalendar(official_table())
UNANNOUNCED = WorkingCalendar(HolidayTable({}, frozenset()))
DAY = timedelta(days=1)

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
    rest_day=st.sampled_from(RestDayRule),
)
MONTH_RULES = st.builds(
    ClockRule,
    length=st.integers(1, 6),
    unit=st.just(ClockUnit.MONTH),
    first_day_counts=st.booleans(),
    month_length=st.sampled_from(MonthLength),
    rest_day=st.sampled_from(RestDayRule),
)
ALL_RULES = DAY_RULES | MONTH_RULES
MOVING_RULES = ALL_RULES.filter(lambda rule: rule.rest_day is not RestDayRule.SAME)
WORKING_RULES = st.builds(ClockRule, length=st.integers(1, 60), first_day_counts=st.booleans())


@st.composite
def pauses_from(draw, start: date) -> list[Pause]:
    spans = draw(st.lists(st.tuples(st.integers(-20, 120), st.integers(0, 40)), max_size=4))
    return [Pause(start + timedelta(days=offset), start + timedelta(days=offset + length)) for offset, length in spans]


def is_paused(day: date, pauses: list[Pause]) -> bool:
    return any(pause.from_on <= day and (pause.until_on is None or day < pause.until_on) for pause in pauses)


def counted_day_by_day(rule: ClockRule, start: date, pauses: list[Pause]) -> date:
    """The end of a clock, found by looking at every day: slow and plain."""
    by_date = rule.unit is ClockUnit.MONTH and rule.month_length is MonthLength.SAME_DATE
    first = start if rule.first_day_counts and not by_date else start + DAY
    day, left = first, days_of(rule, start)
    while True:
        counts = not is_counting_working_days(rule) or CALENDAR.is_working_day(day)
        left -= counts and not is_paused(day, pauses)
        if left == 0:
            return moved_day_by_day(rule.rest_day, day, first, pauses)
        day += DAY


def is_counting_working_days(rule: ClockRule) -> bool:
    return rule.unit is ClockUnit.DAY and rule.day_kind is ClockDayKind.WORKING


def days_of(rule: ClockRule, start: date) -> int:
    """How many days a clock counts; the months of a clock by date are walked through day by day."""
    if rule.unit is ClockUnit.DAY:
        return rule.length
    if rule.month_length is MonthLength.THIRTY_DAYS:
        return 30 * rule.length
    day, months = start, 0
    while months < rule.length:
        day += DAY
        is_last_of_its_month = (day + DAY).day == 1
        months += day.day == start.day or (is_last_of_its_month and day.day < start.day)
    return (day - start).days


def moved_day_by_day(rest_day: RestDayRule, ends_on: date, first: date, pauses: list[Pause]) -> date:
    """Where the rule for rest days takes the end of a clock, one day at a time."""
    day = ends_on
    if rest_day is RestDayRule.EARLIER:
        while not CALENDAR.is_working_day(day):
            day -= DAY
        day = day if day >= first and not is_paused(day, pauses) else ends_on
    if rest_day is not RestDayRule.SAME:
        while is_paused(day, pauses) or not CALENDAR.is_working_day(day):
            day += DAY
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
    ("months", "start", "first_day_counts", "on"),
    [
        (1, date(2025, 6, 16), False, date(2025, 7, 16)),  # June has 30 days
        (1, date(2025, 6, 16), True, date(2025, 7, 15)),
        (1, date(2025, 7, 16), False, date(2025, 8, 15)),  # July has 31
        (1, date(2025, 1, 31), False, date(2025, 3, 3)),  # 2 March is a Sunday
        (2, date(2024, 2, 1), False, date(2024, 4, 1)),
    ],
)
def test_month_may_be_thirty_days(official, months, start, first_day_counts, on):
    rule = ClockRule(months, ClockUnit.MONTH, first_day_counts=first_day_counts, month_length=MonthLength.THIRTY_DAYS)

    assert due(rule, start, official) == Deadline(on, provisional=False)


@pytest.mark.parametrize(
    ("rest_day", "on"),
    [
        (RestDayRule.LATER, date(2025, 10, 9)),
        (RestDayRule.SAME, date(2025, 10, 4)),
        (RestDayRule.EARLIER, date(2025, 9, 30)),
    ],
)
def test_deadline_on_a_rest_day_goes_where_the_rule_says(official, rest_day, on):
    rule = ClockRule(15, day_kind=ClockDayKind.CALENDAR, rest_day=rest_day)

    assert due(rule, date(2025, 9, 19), official) == Deadline(on, provisional=False)  # day 15 is in National Day


@pytest.mark.parametrize("rest_day", RestDayRule)
def test_deadline_on_a_working_day_stays_there_by_every_rule(official, rest_day):
    rule = ClockRule(15, day_kind=ClockDayKind.CALENDAR, rest_day=rest_day)

    assert due(rule, date(2025, 9, 13), official).on == date(2025, 9, 28)  # a made-up Sunday


def test_earlier_deadline_is_never_before_the_first_day(official):
    rule = ClockRule(2, day_kind=ClockDayKind.CALENDAR, first_day_counts=True, rest_day=RestDayRule.EARLIER)

    # Days 1 and 2 are a weekend: there is no working day to go back to.
    assert due(rule, date(2025, 6, 14), official).on == date(2025, 6, 16)


def test_earlier_deadline_is_not_in_a_pause(official):
    rule = ClockRule(5, day_kind=ClockDayKind.CALENDAR, first_day_counts=True, rest_day=RestDayRule.EARLIER)
    pause = Pause(date(2025, 6, 20), date(2025, 6, 21))

    # Day 5 is Saturday 21 June, for the Friday before it stood still: Monday.
    assert due(rule, date(2025, 6, 16), official, [pause]).on == date(2025, 6, 23)


@pytest.mark.parametrize(
    ("rest_day", "not_before", "on"),
    [
        (RestDayRule.LATER, date(2025, 6, 14), date(2025, 6, 23)),
        (RestDayRule.SAME, date(2025, 6, 14), date(2025, 6, 21)),
        (RestDayRule.EARLIER, date(2025, 6, 20), date(2025, 6, 20)),
        (RestDayRule.EARLIER, date(2025, 6, 21), date(2025, 6, 23)),
    ],
)
def test_saturday_settles_by_the_rule(official, rest_day, not_before, on):
    assert settled(date(2025, 6, 21), rest_day, official, not_before=not_before) == on


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


@pytest.mark.parametrize(
    ("rest_day", "deadline"),
    [
        (RestDayRule.LATER, Deadline(date(2027, 1, 4), provisional=True)),  # 1 to 3 January
        (RestDayRule.SAME, Deadline(date(2027, 1, 2), provisional=False)),  # no notice can move it
        (RestDayRule.EARLIER, Deadline(date(2026, 12, 31), provisional=True)),  # unless 2 January is worked
    ],
)
def test_what_moves_over_days_not_announced_is_provisional(official, rest_day, deadline):
    rule = ClockRule(15, day_kind=ClockDayKind.CALENDAR, rest_day=rest_day)

    assert due(rule, date(2026, 12, 18), official) == deadline


def test_earlier_deadline_with_no_day_to_go_back_to_relies_on_the_days_from_its_first(official):
    rule = ClockRule(1, day_kind=ClockDayKind.CALENDAR, first_day_counts=True, rest_day=RestDayRule.EARLIER)

    assert due(rule, date(2019, 1, 1), official) == Deadline(date(2019, 1, 2), provisional=False)


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


@given(data=st.data(), rule=ALL_RULES, start=STARTS)
def test_due_agrees_with_looking_at_every_day(data, rule, start):
    pauses = data.draw(pauses_from(start))

    assert due(rule, start, CALENDAR, pauses) == Deadline(counted_day_by_day(rule, start, pauses), provisional=False)


@given(data=st.data(), rule=MOVING_RULES, start=STARTS)
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


@given(data=st.data(), rule=ALL_RULES, start=STARTS)
def test_pause_never_brings_a_deadline_forward(data, rule, start):
    pauses = data.draw(pauses_from(start))

    assert due(rule, start, CALENDAR, pauses).on >= due(rule, start, CALENDAR).on


@given(rule=ALL_RULES, start=STARTS)
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


@given(rule=ALL_RULES, start=STARTS)
def test_rules_for_rest_days_stand_in_order(rule, start):
    dues = [due(replace(rule, rest_day=rest_day), start, CALENDAR).on for rest_day in RestDayRule]

    later, same, earlier = dues
    assert same <= later
    assert earlier <= same or earlier == later


@given(data=st.data(), length=st.integers(1, 12), first_day_counts=st.booleans(), start=STARTS)
def test_months_of_thirty_days_are_so_many_calendar_days(data, length, first_day_counts, start):
    pauses = data.draw(pauses_from(start))
    months = ClockRule(length, ClockUnit.MONTH, first_day_counts=first_day_counts, month_length=MonthLength.THIRTY_DAYS)
    days = ClockRule(30 * length, day_kind=ClockDayKind.CALENDAR, first_day_counts=first_day_counts)

    assert due(months, start, CALENDAR, pauses) == due(days, start, CALENDAR, pauses)


@given(rule=WORKING_RULES, start=STARTS)
def test_first_day_that_counts_brings_a_working_clock_forward_by_one_day_at_most(rule, start):
    with_first, without = (due(replace(rule, first_day_counts=counts), start, CALENDAR).on for counts in (True, False))

    assert CALENDAR.working_days_between(with_first, without) == CALENDAR.is_working_day(start)


@given(rule=ALL_RULES.filter(lambda rule: not is_counting_working_days(rule)), start=STARTS)
def test_deadline_that_stays_on_rest_days_needs_no_calendar(rule, start):
    rule = replace(rule, rest_day=RestDayRule.SAME)

    assert due(rule, start, UNANNOUNCED) == due(rule, start, CALENDAR)
