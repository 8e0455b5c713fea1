"""When a month is locked, and what is asked about a report: plain values, no clock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.projects.enums import ReportDoubt
from sushui.projects.rules.reports import (
    Before,
    ReportLimits,
    Said,
    cut_off_on,
    done_in_all,
    doubts_about,
    is_locked,
    last_locked_month,
    moved_sum,
)

OCTOBER, LIMITS = date(2026, 10, 1), ReportLimits()
BEFORE = Before(date(2026, 9, 1), Decimal(100), Decimal(40))
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


def asked(said: Said, before: Before = BEFORE, total: int | None = 200, limits: ReportLimits = LIMITS) -> list[str]:
    found = doubts_about(said, before, None if total is None else Decimal(total), limits)
    return [each.doubt.value for each in found]


def report(done: int = 10, cumulative: int | None = None, progress: int | None = None) -> Said:
    rest = (None if each is None else Decimal(each) for each in (cumulative, progress))
    return Said(Decimal(done), *rest)


# --- locked ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("month", "day", "last"),
    [
        (OCTOBER, 25, date(2026, 11, 25)),
        (date(2026, 12, 1), 25, date(2027, 1, 25)),
        (date(2026, 1, 1), 31, date(2026, 2, 28)),
        (date(2028, 1, 1), 31, date(2028, 2, 29)),
    ],
)
def test_a_month_is_reported_until_a_day_of_the_next(month: date, day: int, last: date) -> None:
    assert cut_off_on(month, ReportLimits(cut_off_day=day)) == last


@pytest.mark.parametrize(("on", "locked"), [(date(2026, 11, 25), False), (date(2026, 11, 26), True)])
def test_the_day_of_the_cut_off_itself_is_in_time(on: date, locked: bool) -> None:
    assert is_locked(OCTOBER, on, LIMITS) is locked


@pytest.mark.parametrize(
    ("on", "month"),
    [(date(2026, 11, 25), date(2026, 9, 1)), (date(2026, 11, 26), OCTOBER), (date(2027, 1, 5), date(2026, 11, 1))],
)
def test_the_newest_locked_month(on: date, month: date) -> None:
    assert last_locked_month(on, LIMITS) == month


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 31))
def test_exactly_the_months_up_to_the_newest_locked_one_are_locked(on: date, day: int) -> None:
    limits = ReportLimits(cut_off_day=day)
    newest = last_locked_month(on, limits)
    after = date(newest.year + newest.month // 12, newest.month % 12 + 1, 1)

    assert (is_locked(newest, on, limits), is_locked(after, on, limits)) == (True, False)


# --- asked about -----------------------------------------------------------------------------------------------------
def test_a_report_that_fits_is_not_asked_about() -> None:
    assert asked(report(10, 110, 50)) == []


def test_a_cumulative_figure_below_last_months_is_asked_about_with_both() -> None:
    (doubt,) = doubts_about(report(10, 90), BEFORE, None, LIMITS)

    assert (doubt.doubt, dict(doubt.numbers)) == (
        ReportDoubt.CUMULATIVE_FALLS,
        {"before": Decimal(100), "now": Decimal(90)},
    )


def test_a_cumulative_figure_that_is_not_the_sum_is_asked_about() -> None:
    assert asked(report(10, 120)) == ["sum_differs"]


def test_the_first_report_may_begin_with_what_was_done_before() -> None:
    assert asked(report(10, 500), Before(), total=None) == []


@pytest.mark.parametrize(
    ("done", "total", "doubts"), [(100, 200, []), (101, 200, ["exceeds_total"]), (10**9, None, [])]
)
def test_more_than_the_whole_project_is_asked_about(done: int, total: int | None, doubts: list[str]) -> None:
    assert asked(report(done), total=total) == doubts


def test_what_later_months_hold_counts_against_the_total() -> None:
    assert asked(report(60), Before(later=Decimal(150))) == ["exceeds_total"]


def test_a_physical_progress_below_last_months_is_asked_about() -> None:
    assert asked(report(0, None, 39)) == ["progress_falls"]


@pytest.mark.parametrize(("progress", "doubts"), [(75, []), (76, ["progress_differs"]), (40, [])])
def test_money_and_progress_may_be_so_many_points_apart(progress: int, doubts: list[str]) -> None:
    assert asked(report(10, None, progress)) == doubts


def test_how_far_apart_is_a_setting() -> None:
    assert asked(report(10, None, 50), limits=ReportLimits(gap_points=4)) == ["progress_differs"]


def test_a_doubt_with_other_numbers_is_another_doubt() -> None:
    first, second = (doubts_about(report(10, now), BEFORE, None, LIMITS)[0] for now in (90, 80))

    assert (first.key, second.key) == ("cumulative_falls:100:90", "cumulative_falls:100:80")


@given(AMOUNTS, AMOUNTS, st.decimals(0, 100, places=2))
def test_what_was_known_and_this_month_never_contradict_the_sum(before: Decimal, done: Decimal, built: Decimal) -> None:
    known = Before(date(2026, 9, 1), before, built)
    said = Said(done, before + done, built)

    assert done_in_all(said, known) == before + done
    assert doubts_about(said, known, None, LIMITS) == []


@pytest.mark.parametrize(
    ("cumulative", "was", "now", "moved"), [(None, 5, 1, None), (30, 5, 1, 26), (30, 5, 9, 34), (3, 5, 1, 1)]
)
def test_what_is_done_in_all_moves_with_its_month(
    cumulative: int | None, was: int, now: int, moved: int | None
) -> None:
    said = None if cumulative is None else Decimal(cumulative)

    assert moved_sum(said, Decimal(was), Decimal(now)) == moved


# --- figures that cannot be told from a slip of the hand -------------------------------------------------------------
def test_more_done_in_the_month_than_in_all_is_asked_even_of_the_first_report() -> None:
    assert asked(report(done=50, cumulative=40), before=Before()) == ["sum_differs"]


def test_a_first_report_may_say_that_more_was_done_before() -> None:
    assert asked(report(done=10, cumulative=90), before=Before()) == []


def test_a_month_above_the_total_is_asked_whatever_is_said_to_be_done_in_all() -> None:
    assert asked(report(done=999, cumulative=110)) == ["sum_differs", "exceeds_total"]
