"""The light rules on plain facts: the thresholds of DOMAIN to the day and to the point, and what must never happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sushui.kernel.months import end_of, months_after, year_months
from sushui.projects.enums import LightRule, ProjectStage
from sushui.projects.rules.lights import (
    ORDER,
    LightLimits,
    MonthFigures,
    MonthLight,
    ProjectFacts,
    Reading,
    Tranche,
    enrollment_reading,
    funds_reading,
    last_due_month,
    month_lights,
    months_reading,
    next_turn,
    overall,
    progress_reading,
    readings,
    start_reading,
    worst,
)
from sushui.supervision.enums import StatusLight

LIMITS = LightLimits()
GREEN, YELLOW, RED, NONE = StatusLight.GREEN, StatusLight.YELLOW, StatusLight.RED, StatusLight.NONE
BUILDING = ProjectStage.UNDER_CONSTRUCTION


def facts(**values: Any) -> ProjectFacts:
    return ProjectFacts(**{"stage": BUILDING, "started_on": date(2026, 1, 5), **values})


def year(planned: list[int | None], actual: list[int | None]) -> tuple[MonthFigures, ...]:
    """Months of 2026 in whole yuan, as many as given."""
    pairs = zip_longest(planned, actual)
    months = zip(year_months(2026), pairs, strict=False)
    return tuple(MonthFigures(month, yuan(plan), yuan(done)) for month, (plan, done) in months)


def yuan(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


# --- start -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("on", "light", "since", "turns"),
    [
        (date(2026, 2, 1), GREEN, None, date(2026, 4, 1)),
        (date(2026, 3, 31), GREEN, None, date(2026, 4, 1)),
        (date(2026, 4, 1), YELLOW, date(2026, 4, 1), date(2026, 5, 1)),
        (date(2026, 6, 30), YELLOW, date(2026, 4, 1), date(2026, 7, 1)),
        (date(2026, 7, 1), RED, date(2026, 7, 1), date(2026, 8, 1)),
        (date(2027, 7, 1), RED, date(2026, 7, 1), date(2027, 8, 1)),
    ],
)
def test_start_turns_yellow_after_the_planned_month_and_red_after_three_more(
    on: date, light: StatusLight, since: date | None, turns: date
) -> None:
    waiting = facts(stage=ProjectStage.SIGNED, started_on=None, planned_start_month=date(2026, 3, 1))

    read = start_reading(waiting, on, LIMITS)

    assert (read.light, read.since_on, read.turns_on) == (light, since, turns)


def test_start_says_how_many_months_have_passed() -> None:
    waiting = facts(stage=ProjectStage.SIGNED, started_on=None, planned_start_month=date(2026, 3, 1))

    read = start_reading(waiting, date(2026, 6, 10), LIMITS)

    assert (read.why, dict(read.numbers)) == ("start_late", {"planned": "2026-03", "limit": 3, "passed": 2})


@pytest.mark.parametrize(
    ("values", "why", "light"),
    [
        ({"stage": ProjectStage.SIGNED, "started_on": None}, "start_not_planned", NONE),
        ({"stage": BUILDING, "started_on": None}, "start_unknown", NONE),
        ({"planned_start_month": date(2026, 1, 1)}, "started", GREEN),
        ({"planned_start_month": date(2025, 11, 1)}, "started_late", GREEN),
        ({"planned_start_month": None}, "started", GREEN),
    ],
)
def test_start_of_what_has_started_or_was_never_planned(values: dict[str, Any], why: str, light: StatusLight) -> None:
    read = start_reading(facts(**values), date(2026, 6, 1), LIMITS)

    assert (read.why, read.light) == (why, light)


# --- progress --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("on", "month"),
    [
        (date(2026, 3, 5), date(2026, 1, 1)),
        (date(2026, 3, 6), date(2026, 2, 1)),
        (date(2026, 1, 5), date(2025, 11, 1)),
        (date(2026, 1, 6), date(2025, 12, 1)),
    ],
)
def test_a_month_is_due_by_the_fifth_of_the_next(on: date, month: date) -> None:
    assert last_due_month(on, LIMITS) == month


def test_a_month_is_due_at_the_end_of_the_next_where_the_day_does_not_exist() -> None:
    late = LightLimits(report_due_day=31)

    assert last_due_month(date(2026, 2, 28), late) == date(2025, 12, 1)
    assert last_due_month(date(2026, 3, 1), late) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("done", "points", "light"),
    [(300, "0.0", GREEN), (201, "9.9", GREEN), (200, "10.0", YELLOW), (0, "30.0", YELLOW)],
)
def test_progress_by_points_of_the_year_behind(done: int, points: str, light: StatusLight) -> None:
    plans = year([100, 100, 100, *([None] * 8), 700], [done, 0, 0])

    read = progress_reading(facts(months=plans), date(2026, 4, 10), LIMITS)

    assert (read.light, read.numbers["points"]) == (light, points)


def test_progress_is_red_beyond_thirty_points() -> None:
    plans = year([301, *([None] * 10), 699], [0])

    read = progress_reading(facts(months=plans), date(2026, 2, 10), LIMITS)

    assert (read.light, read.numbers["points"]) == (RED, "30.1")


def test_progress_without_monthly_plans_is_in_proportion_to_time() -> None:
    given = facts(months=year([], [10, 10, 10]), year_plans={2026: Decimal(120)})

    read = progress_reading(given, date(2026, 4, 10), LIMITS)

    assert (read.light, read.numbers["planned_percent"], read.numbers["done_percent"]) == (GREEN, "25.0", "25.0")


def test_progress_in_proportion_begins_with_the_month_of_the_start() -> None:
    given = facts(
        started_on=date(2026, 7, 15), months=year([], [*([None] * 6), 20, 20]), year_plans={2026: Decimal(120)}
    )

    read = progress_reading(given, date(2026, 9, 10), LIMITS)

    assert (read.numbers["planned_percent"], read.numbers["done_percent"]) == ("33.3", "33.3")


@pytest.mark.parametrize(("on", "month"), [(date(2026, 3, 31), "2026-02"), (date(2026, 4, 1), "2026-03")])
def test_a_month_that_is_over_and_reported_is_judged_at_once(on: date, month: str) -> None:
    plans = year([100] * 12, [100, 100, 0])

    read = progress_reading(facts(months=plans), on, LIMITS)

    assert read.numbers["month"] == month


def test_what_is_done_early_counts_before_its_month_is_over() -> None:
    plans = year([100] * 12, [100, 0, 0, 300])

    read = progress_reading(facts(months=plans), date(2026, 4, 20), LIMITS)

    assert (read.light, read.numbers["month"], read.numbers["points"]) == (GREEN, "2026-03", "-8.3")


def test_a_new_year_begins_when_its_first_month_is_over_not_when_a_figure_of_it_is_given() -> None:
    last = tuple(MonthFigures(date(2025, number, 1), Decimal(100), Decimal(10)) for number in range(1, 13))
    first = MonthFigures(date(2026, 1, 1), Decimal(100), Decimal(0))

    lights = [
        progress_reading(facts(started_on=date(2025, 1, 5), months=(*last, first)), day, LIMITS).numbers["month"]
        for day in (date(2026, 1, 10), date(2026, 1, 31), date(2026, 2, 1))
    ]

    assert lights == ["2025-12", "2025-12", "2026-01"]


def test_progress_not_reported_is_never_green() -> None:
    plans = year([10, 10, *([10] * 10)], [60])

    read = progress_reading(facts(months=plans), date(2026, 4, 10), LIMITS)

    assert (read.light, read.why, read.numbers["unreported"]) == (YELLOW, "figures_missing", "2026-02 2026-03")


def test_progress_asks_nothing_of_months_before_the_start() -> None:
    given = facts(started_on=date(2026, 3, 10), months=year([None, None, 100, 100], [None, None, 100]))

    read = progress_reading(given, date(2026, 4, 10), LIMITS)

    assert (read.light, read.numbers["unreported"]) == (GREEN, "")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"stage": ProjectStage.SIGNED}, "not_under_construction"),
        ({"stage": ProjectStage.COMPLETED}, "not_under_construction"),
        ({}, "no_year_plan"),
        ({"year_plans": {2026: Decimal(0)}}, "no_year_plan"),
    ],
)
def test_progress_without_a_plan_or_a_site_has_no_light(values: dict[str, Any], why: str) -> None:
    read = progress_reading(facts(**values), date(2026, 4, 10), LIMITS)

    assert (read.light, read.why) == (NONE, why)


# --- months ----------------------------------------------------------------------------------------------------------
def test_months_are_red_while_missed_and_yellow_once_caught_up() -> None:
    figures = year([100, 100, 100, 100], [100, 50, 150, 50])

    strip = month_lights(figures, date(2026, 4, 1))

    assert [(each.light, each.caught_up_in) for each in strip] == [
        (GREEN, None),
        (YELLOW, date(2026, 3, 1)),
        (GREEN, None),
        (RED, None),
    ]


def test_a_month_done_early_is_green_without_its_own_figure() -> None:
    strip = month_lights(year([100, 100], [200]), date(2026, 2, 1))

    assert [each.light for each in strip] == [GREEN, GREEN]


def test_a_month_not_reported_has_no_light_and_says_so() -> None:
    (january,) = month_lights(year([100], [None]), date(2026, 1, 1))

    assert january == MonthLight(date(2026, 1, 1), NONE, Decimal(100))
    assert january.is_unreported


@pytest.mark.parametrize(
    ("planned", "actual", "light", "why"),
    [
        ([100, 100], [100, 100], GREEN, "months_kept"),
        ([100, 100], [50, 150], YELLOW, "months_caught_up"),
        ([100, 100], [50, 100], RED, "months_missed"),
        ([100, 100], [100, None], YELLOW, "months_unreported"),
        ([None, None], [100, 100], NONE, "no_month_plan"),
    ],
)
def test_months_together_are_as_the_worst_of_them(
    planned: list[int | None], actual: list[int | None], light: StatusLight, why: str
) -> None:
    read = months_reading(facts(months=year(planned, actual)), date(2026, 3, 10), LIMITS)

    assert (read.light, read.why) == (light, why)


# --- funds -----------------------------------------------------------------------------------------------------------
JUNE, DECEMBER = date(2026, 6, 30), date(2026, 12, 31)
TRANCHE = Tranche(Decimal(1000), ((JUNE, Decimal("0.6")), (DECEMBER, Decimal(1))), ((date(2026, 5, 1), Decimal(500)),))


@pytest.mark.parametrize(
    ("on", "light", "short", "turns"),
    [
        (JUNE, GREEN, "0", date(2026, 7, 1)),
        (date(2026, 7, 1), RED, "100.0", date(2027, 1, 1)),
        (date(2027, 1, 1), RED, "500", None),
    ],
)
def test_funds_turn_red_the_day_after_a_share_was_due(
    on: date, light: StatusLight, short: str, turns: date | None
) -> None:
    read = funds_reading([TRANCHE], on)

    assert (read.light, read.numbers["short"], read.turns_on) == (light, short, turns)


def test_funds_are_red_since_the_first_day_that_was_missed() -> None:
    unpaid = replace(TRANCHE, paid=())

    since = [funds_reading([unpaid], day).since_on for day in (date(2026, 7, 1), date(2027, 1, 1))]

    assert since == [date(2026, 7, 1), date(2026, 7, 1)]


def test_funds_paid_after_the_day_are_green_again() -> None:
    late = replace(TRANCHE, paid=(*TRANCHE.paid, (date(2026, 7, 20), Decimal(100))))

    assert [funds_reading([late], day).light for day in (date(2026, 7, 19), date(2026, 7, 20))] == [RED, GREEN]


def test_funds_without_a_demand_have_no_light() -> None:
    assert funds_reading([Tranche(Decimal(1000))], JUNE).light is NONE


# --- enrollment ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("on", "light", "turns"),
    [
        (date(2026, 2, 28), GREEN, date(2026, 3, 1)),
        (date(2026, 3, 1), YELLOW, date(2026, 4, 1)),
        (date(2026, 3, 31), YELLOW, date(2026, 4, 1)),
        (date(2026, 4, 1), RED, None),
    ],
)
def test_enrollment_by_months_since_a_start_at_the_end_of_a_month(
    on: date, light: StatusLight, turns: date | None
) -> None:
    started = facts(started_on=date(2026, 1, 31), total_investment=Decimal(10**8))

    read = enrollment_reading(started, on, LIMITS)

    assert (read.light, read.turns_on) == (light, turns)


@pytest.mark.parametrize(
    ("values", "why", "light"),
    [
        ({"started_on": None}, "not_started", NONE),
        ({"total_investment": None}, "total_unknown", NONE),
        ({"total_investment": Decimal(4_999_999)}, "too_small_to_enroll", NONE),
        ({"total_investment": Decimal(5_000_000)}, "not_enrolled", RED),
        ({"enrolled_on": date(2026, 5, 1)}, "enrolled", GREEN),
        ({"enrolled_on": date(2026, 7, 1), "total_investment": Decimal(10**8)}, "not_enrolled", RED),
    ],
)
def test_enrollment_of_what_need_not_or_did_enroll(values: dict[str, Any], why: str, light: StatusLight) -> None:
    read = enrollment_reading(facts(**values), date(2026, 6, 1), LIMITS)

    assert (read.why, read.light) == (why, light)


@pytest.mark.parametrize(("on", "limit"), [(date(2026, 3, 1), 1), (date(2026, 4, 1), 2)])
def test_enrollment_says_which_limit_has_passed(on: date, limit: int) -> None:
    started = facts(started_on=date(2026, 1, 31), total_investment=Decimal(10**8))

    assert enrollment_reading(started, on, LIMITS).numbers == {"started": "2026-01-31", "limit": limit}


# --- together --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("stage", [ProjectStage.SUSPENDED, ProjectStage.TERMINATED])
def test_a_project_at_rest_has_no_light(stage: ProjectStage) -> None:
    read = readings(facts(stage=stage, total_investment=Decimal(10**9)), date(2026, 12, 1), LIMITS)

    assert [each.light for each in read] == [NONE] * len(LightRule)


@pytest.mark.parametrize(
    ("on", "light", "turns"),
    [(date(2026, 9, 1), NONE, date(2026, 9, 2)), (date(2026, 9, 2), YELLOW, None)],
)
def test_a_project_at_rest_is_looked_at_again_after_its_day_of_review(
    on: date, light: StatusLight, turns: date | None
) -> None:
    resting = facts(stage=ProjectStage.SUSPENDED, review_on=date(2026, 9, 1))

    read = readings(resting, on, LIMITS)

    assert (overall(read, LIMITS), next_turn(read)) == (light, turns)


def test_missed_months_light_the_project_only_where_the_setting_says_so() -> None:
    given = facts(months=year([100] * 12, [95]), enrolled_on=date(2026, 1, 20))

    read = readings(given, date(2026, 2, 10), LIMITS)

    assert overall(read, LIMITS) is GREEN
    assert overall(read, replace(LIMITS, months_count=True)) is RED


amounts = st.one_of(st.none(), st.integers(0, 200))
any_year = st.builds(year, st.lists(amounts, min_size=12, max_size=12), st.lists(amounts, min_size=12, max_size=12))
days = st.dates(date(2026, 1, 1), date(2027, 3, 1))
limits = st.builds(
    LightLimits,
    progress_yellow_points=st.integers(1, 20),
    progress_red_points=st.integers(20, 60),
    report_due_day=st.integers(1, 31),
    months_count=st.booleans(),
)


def no_better(after: list[Reading], before: list[Reading]) -> bool:
    return all(ORDER.index(worse.light) >= ORDER.index(each.light) for worse, each in zip(after, before, strict=True))


@given(any_year, days, limits, st.integers(0, 11), st.integers(0, 200))
def test_a_light_never_improves_when_less_was_done(
    figures: tuple[MonthFigures, ...], on: date, given_limits: LightLimits, place: int, less: int
) -> None:
    done = figures[place].actual
    worse = replace(figures[place], actual=None if done is None else max(done - less, Decimal()))
    lowered = (*figures[:place], worse, *figures[place + 1 :])

    before = readings(facts(months=figures), on, given_limits)
    after = readings(facts(months=lowered), on, given_limits)

    assert no_better(after, before)


@given(any_year, days, limits, st.integers(0, 11))
def test_a_light_never_improves_when_a_due_report_is_withheld(
    figures: tuple[MonthFigures, ...], on: date, given_limits: LightLimits, place: int
) -> None:
    withheld = (*figures[:place], replace(figures[place], actual=None), *figures[place + 1 :])
    assume(figures[place].month <= last_due_month(on, given_limits))

    before = progress_reading(facts(months=figures), on, given_limits)
    after = progress_reading(facts(months=withheld), on, given_limits)

    assert no_better([after], [before])


@given(st.integers(0, 1000), st.integers(0, 1000), days)
def test_a_light_never_improves_when_less_was_paid(paid: int, less: int, on: date) -> None:
    before, after = (
        funds_reading([replace(TRANCHE, paid=((date(2026, 5, 1), Decimal(amount)),))], on)
        for amount in (paid, max(paid - less, 0))
    )

    assert no_better([after], [before])


@given(days, st.integers(1, 400), st.dates(date(2025, 10, 1), date(2026, 12, 31)))
def test_a_light_never_improves_by_waiting_to_start_or_to_enroll(on: date, more: int, planned: date) -> None:
    waiting = facts(stage=ProjectStage.SIGNED, started_on=None, planned_start_month=planned.replace(day=1))
    started = facts(started_on=planned, total_investment=Decimal(10**8))
    later = on + timedelta(days=more)

    assert no_better([start_reading(waiting, later, LIMITS)], [start_reading(waiting, on, LIMITS)])
    if planned <= on:
        assert no_better([enrollment_reading(started, later, LIMITS)], [enrollment_reading(started, on, LIMITS)])


@given(any_year, days, limits, st.sampled_from([None, date(2025, 11, 1), date(2026, 5, 1)]))
def test_nothing_changes_before_the_day_on_which_it_may(
    figures: tuple[MonthFigures, ...], on: date, given_limits: LightLimits, planned: date | None
) -> None:
    """The promise on which stored lights stand: until the next turn every day reads the same."""
    known = tuple(each if each.month <= on else replace(each, actual=None) for each in figures)
    building = facts(months=known, total_investment=Decimal(10**8), tranches=(TRANCHE,))
    waiting = facts(stage=ProjectStage.SIGNED, started_on=None, planned_start_month=planned, tranches=(TRANCHE,))
    for each in (building, waiting):
        read = readings(each, on, given_limits)
        turns = next_turn(read) or on + timedelta(days=60)
        last = min(turns, on + timedelta(days=60)) - timedelta(days=1)

        again = readings(each, max(last, on), given_limits)

        assert [(reading.light, reading.why) for reading in again] == [(reading.light, reading.why) for reading in read]


@given(any_year, st.integers(0, 11))
def test_the_strip_agrees_with_counting_month_by_month(figures: tuple[MonthFigures, ...], last: int) -> None:
    """The second opinion: each month judged by sums taken anew from the beginning of the year."""
    until = figures[last].month
    strip = month_lights(figures, until)

    assert [each.light for each in strip] == [counted_light(figures, each.month, until) for each in strip]


def counted_light(figures: tuple[MonthFigures, ...], month: date, until: date) -> StatusLight:
    own = next(each for each in figures if each.month == month)
    target = sum((each.planned or 0 for each in figures if each.month <= month), Decimal())
    reached = {
        end: sum((each.actual or 0 for each in figures if each.month <= end), Decimal())
        for end in (each.month for each in figures)
    }
    if own.planned is None:
        return NONE
    if reached[month] >= target:
        return GREEN
    if any(reached[end] >= target for end in reached if month < end <= until):
        return YELLOW
    return NONE if own.actual is None else RED


@given(st.lists(st.sampled_from(ORDER)))
def test_the_worst_light_is_at_least_as_bad_as_each(lights: list[StatusLight]) -> None:
    assert [each for each in lights if ORDER.index(each) > ORDER.index(worst(lights))] == []


def test_months_end_where_the_calendar_says() -> None:
    assert [end_of(date(2028, 2, 1)), months_after(date(2026, 1, 31), 1), months_after(date(2026, 1, 31), -2)] == [
        date(2028, 2, 29),
        date(2026, 2, 28),
        date(2025, 11, 30),
    ]
