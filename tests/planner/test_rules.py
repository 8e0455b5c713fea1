"""Weeks, what is missing of a candidate, and pictures of plans: plain values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sushui.planner.enums import Missing, ValuePart
from sushui.planner.rules.candidates import Candidate, Lack, StepFact, lacks
from sushui.planner.rules.pictures import Picture, Placed, PlannedProject, Profile, difference, progress_kept
from sushui.planner.rules.weeks import Weeks, length
from sushui.planner.rules.weights import DEFAULT, weights_of
from sushui.projects.enums import ProjectStage, ResourceFactor

TODAY, LAST = date(2026, 1, 10), date(2028, 12, 26)
LAND = frozenset({ResourceFactor.LAND})


def candidate(**said: Any) -> Candidate:
    """A project of which all is known."""
    given = {
        "total": Decimal(1),
        "start_on": date(2026, 3, 1),
        "completion_on": date(2026, 12, 31),
        "steps": (),
        "needs": {ResourceFactor.LAND: Decimal(20)},
    }
    return Candidate(1, "甲", **{**given, **said})


def whys(found: Candidate, today: date = TODAY) -> list[Missing]:
    return [lack.why for lack in lacks(found, LAND, today, LAST)]


# --- weeks -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "within", "from_day"),
    [
        (date(2025, 12, 31), 0, 0),
        (date(2026, 1, 1), 0, 0),
        (date(2026, 1, 2), 0, 1),
        (date(2026, 1, 8), 1, 1),
        (date(2027, 1, 1), 52, 53),
    ],
)
def test_a_day_lies_in_a_week_and_what_comes_on_it_is_there_from_the_next(
    day: date, within: int, from_day: int
) -> None:
    weeks = Weeks(2026, 3)

    assert (weeks.within(day), weeks.from_day(day)) == (within, from_day)


def test_three_years_are_156_weeks_and_the_first_ends_with_the_52nd() -> None:
    weeks = Weeks(2026, 3)

    assert (weeks.count, weeks.year_end, weeks.last_day) == (156, 52, date(2028, 12, 27))


@pytest.mark.parametrize(
    ("until", "weeks"), [(date(2026, 3, 2), 1), (date(2026, 3, 8), 1), (date(2026, 3, 9), 2), (date(2026, 3, 27), 4)]
)
def test_lengths_are_rounded_up_to_whole_weeks(until: date, weeks: int) -> None:
    assert length(date(2026, 3, 2), until) == weeks


# --- what is missing -------------------------------------------------------------------------------------------------
def test_nothing_is_missing_where_all_is_known() -> None:
    assert whys(candidate()) == []


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"stage": ProjectStage.SUSPENDED}, [Missing.RESTING]),
        ({"stage": ProjectStage.IN_PRODUCTION}, [Missing.BUILT]),
        ({"total": None}, [Missing.INVESTMENT]),
        ({"start_on": None}, [Missing.START]),
        ({"completion_on": None}, [Missing.COMPLETION]),
        ({"completion_on": date(2026, 2, 1)}, [Missing.COMPLETION_BEFORE_START]),
        ({"completion_on": date(2029, 6, 1)}, [Missing.BEYOND]),
        ({"steps": None}, [Missing.PATH]),
        ({"steps": (StepFact("filing", "备案", "Filing", weeks=None),)}, [Missing.STEP]),
        ({"needs": {}}, [Missing.LAND]),
        ({"needs": {ResourceFactor.LAND: None}}, [Missing.LAND]),
        ({"needs": {}, "has_land": True}, []),
        ({"started_on": date(2025, 6, 1), "steps": None, "needs": {}}, []),
        ({"started_on": date(2025, 1, 1), "completion_on": date(2025, 12, 31)}, [Missing.COMPLETION_PASSED]),
    ],
)
def test_what_nobody_has_said_is_named_and_not_guessed(said: dict[str, Any], missing: list[Missing]) -> None:
    assert whys(candidate(**said)) == missing


def test_an_amount_that_is_unknown_counts_only_where_the_factor_is_shared_out() -> None:
    found = candidate(needs={ResourceFactor.LAND: Decimal(1), ResourceFactor.ENERGY: None})

    assert lacks(found, LAND, TODAY, LAST) == []
    assert lacks(found, LAND | {ResourceFactor.ENERGY}, TODAY, LAST) == [Lack(Missing.NEED, "energy")]


# --- pictures --------------------------------------------------------------------------------------------------------
def project(key: str, start: int, end: int) -> PlannedProject:
    return PlannedProject(key, (Placed("permit:filing", 0, 2), Placed("works", start, end)))


def test_two_plans_differ_in_projects_weeks_and_value() -> None:
    before = Picture(156, (project("1", 4, 40), project("2", 4, 40)), worth={ValuePart.JOBS: 10})
    after = Picture(156, (project("2", 8, 44), project("3", 4, 40)), worth={ValuePart.JOBS: 14})

    found = difference(before, after)

    assert (found.entered, found.left, found.same) == (("3",), ("1",), 0)
    assert [(move.key, move.begins, move.ends) for move in found.moved] == [("2", 4, 4)]
    assert found.worth == {ValuePart.JOBS: (10, 14)}


def test_plans_of_two_years_are_held_against_each_other_day_by_day() -> None:
    before, after = Picture(156, (project("1", 56, 70),)), Picture(156, (project("1", 4, 18),))

    assert difference(before, after, shift=52).moved == ()


def test_a_quota_is_tightest_where_the_most_of_it_is_taken_and_not_where_the_rest_runs_out() -> None:
    quota = Profile("land", capacity=(50, 50, 50, 20), used=(0, 10, 20, 20))
    desks = Profile("desks@1", capacity=(2, 2, 2), used=(1, 2, 0), is_renewable=True)

    assert (quota.tightest, quota.at(2), desks.tightest) == (2, (20.0, 50.0), 1)


def test_progress_keeps_its_ends_and_only_what_changed() -> None:
    points = [(float(second), second // 2, 100) for second in range(100)]

    kept = progress_kept(points, most=10)

    assert (kept[0], kept[-1], len(kept) <= 10) == ([0.0, 0, 100], [98.0, 49, 100], True)


def test_a_part_without_points_of_its_own_has_the_default() -> None:
    assert weights_of({"jobs": 7}) == {**DEFAULT, ValuePart.JOBS: 7}
