"""Lights and dates: what the numbers say, and what no numbers can change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.liaison import rules
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.rules import Intervals
from sushui.supervision.enums import StatusLight

START = date(2026, 1, 1)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
LENGTHS = st.integers(0, 366)
WORSE = [StatusLight.GREEN, StatusLight.YELLOW, StatusLight.RED]


def light(waited: int, days: int = 30, red_after: int = 2, is_in_force: bool = True) -> StatusLight:
    on = START + timedelta(days=waited)
    return rules.visit_light(is_in_force=is_in_force, waits_since=START, days=days, red_after=red_after, on=on)


@pytest.mark.parametrize(
    ("waited", "shown"),
    [
        (0, StatusLight.GREEN),
        (30, StatusLight.GREEN),
        (31, StatusLight.YELLOW),
        (60, StatusLight.YELLOW),
        (61, StatusLight.RED),
        (400, StatusLight.RED),
    ],
)
def test_a_light_turns_the_day_after_its_interval(waited: int, shown: StatusLight) -> None:
    assert light(waited) is shown


def test_nothing_lights_where_no_visits_are_expected_or_the_liaison_does_not_hold() -> None:
    assert light(400, days=0) is StatusLight.NONE
    assert light(400, is_in_force=False) is StatusLight.NONE


def test_by_default_a_leader_visits_once_a_month_and_an_officer_twice() -> None:
    days = {role: Intervals().days_of(role) for role in LiaisonRole}

    assert days == {LiaisonRole.LEADER: 30, LiaisonRole.AGENCY: 15, LiaisonRole.OFFICER: 15}


@given(waited=st.integers(0, 2000), more=st.integers(0, 500), days=st.integers(1, 366), red_after=st.integers(1, 12))
def test_a_light_never_improves_while_nobody_visits(waited: int, more: int, days: int, red_after: int) -> None:
    before, after = light(waited, days, red_after), light(waited + more, days, red_after)

    assert WORSE.index(after) >= WORSE.index(before)


@given(waited=st.integers(0, 2000), days=st.integers(1, 365), red_after=st.integers(1, 12))
def test_a_light_never_worsens_when_more_time_is_given(waited: int, days: int, red_after: int) -> None:
    strict, patient = light(waited, days, red_after), light(waited, days + 1, red_after)

    assert WORSE.index(patient) <= WORSE.index(strict)


@given(first=DAYS, length=LENGTHS, second=DAYS, other=LENGTHS, is_open=st.booleans())
def test_spans_overlap_when_a_day_lies_in_both(
    first: date, length: int, second: date, other: int, is_open: bool
) -> None:
    one = (first, first + timedelta(days=length))
    two = (second, None if is_open else second + timedelta(days=other))

    shared = any(rules.in_force(*two, first + timedelta(days=step)) for step in range(length + 1))

    assert (rules.overlaps(one, two), rules.overlaps(two, one)) == (shared, shared)


@given(waited=st.integers(0, 400), days=st.integers(1, 90))
def test_reminders_come_once_an_interval_and_never_before_it_is_over(waited: int, days: int) -> None:
    reminded: list[date] = []

    for step in range(waited + 1):
        on = START + timedelta(days=step)
        last = reminded[-1] if reminded else None
        if rules.may_remind(waits_since=START, days=days, reminded_on=last, on=on):
            reminded.append(on)

    assert reminded == [START + timedelta(days=step) for step in range(days + 1, waited + 1, days)]


def test_nobody_is_reminded_of_visits_that_are_not_expected() -> None:
    on = START + timedelta(days=900)

    assert rules.may_remind(waits_since=START, days=0, reminded_on=None, on=on) is False


@pytest.mark.parametrize(
    ("later", "is_withdrawn", "may"), [(0, False, True), (1, False, False), (0, True, False), (30, True, False)]
)
def test_a_visit_is_corrected_only_on_the_day_it_was_logged(later: int, is_withdrawn: bool, may: bool) -> None:
    on = START + timedelta(days=later)

    assert rules.may_edit_visit(logged_on=START, is_withdrawn=is_withdrawn, on=on) is may
