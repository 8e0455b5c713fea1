"""What a plan is worth, by hand and by a second count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sushui.engines.planning.timeline import Pause, WorkCalendar
from sushui.engines.planning.values import IfChosen, IfLate, Part, SinceFinished, WhenFinishedBy, WhileWorked
from sushui.engines.planning.verifying import ViolationKind, verify
from sushui.engines.planning.worth import makespan, worth
from tests.engines.planning import brute
from tests.engines.planning.problems import activity, mode, plan, plans, problem, problems, project


def earned(earning, *, start: int, duration: int) -> int:
    """What one activity of that duration earns when it starts there."""
    asked = problem(project("p", activity("a", mode(duration), earnings=(earning,))), horizon=20)
    return worth(asked, plan(a=start)).total


@pytest.mark.parametrize(
    ("earning", "start", "duration", "amount"),
    [
        (WhileWorked(Part.INVESTMENT, 10, 5, 9), 4, 3, 6),  # 2 of 3 slots: 6.67, rounded down
        (WhileWorked(Part.INVESTMENT, -10, 5, 9), 4, 3, -7),  # down is away from nought
        (WhileWorked(Part.INVESTMENT, 10, 0, 20), 4, 0, 0),  # nothing is worked
        (WhenFinishedBy(Part.COMMITMENT, 8, 7), 4, 3, 8),
        (WhenFinishedBy(Part.COMMITMENT, 8, 6), 4, 3, 0),
        (SinceFinished(Part.TAX, 2, 12), 4, 3, 10),
        (SinceFinished(Part.TAX, 2, 6), 4, 3, 0),
        (IfLate(Part.LATENESS, 3, 5, once=10), 4, 3, -16),
        (IfLate(Part.LATENESS, 3, 7, once=10), 4, 3, 0),
    ],
)
def test_an_earning_is_counted_by_hand(earning, start, duration, amount):
    assert earned(earning, start=start, duration=duration) == amount


def test_parts_are_kept_in_their_own_unit_and_weighted_in_the_total():
    project_ = project(
        "p", activity("a", earnings=(SinceFinished(Part.TAX, 2, 4), IfLate(Part.LATENESS, 1, 9))), worth=7
    )
    asked = replace(problem(project_), weights={Part.OUTPUT: 10, Part.TAX: 1})

    found = worth(asked, plan(a=0))

    assert found.parts == {Part.OUTPUT: 7, Part.TAX: 6, Part.LATENESS: 0}
    assert found.total == 76


def test_what_is_worked_in_a_pause_is_not_counted():
    earning = WhileWorked(Part.INVESTMENT, 9, 0, 5)
    asked = problem(
        project("p", activity("a", mode(3), calendar="winter", earnings=(earning,))),
        calendars=(WorkCalendar("winter", (Pause(2, 5),)),),
    )

    assert worth(asked, plan(a=1)).total == 3


def test_a_project_left_out_earns_nothing():
    asked = problem(project("p", worth=5), project("q", worth=3))

    assert worth(asked, plan(q__a=0)).parts == {Part.OUTPUT: 3}


def test_the_earliest_end_is_that_of_what_ends_last():
    asked = problem(project("p", activity("a", mode(3)), activity("b", mode(1))))

    assert makespan(asked, plan(a=2, b=6)) == 7
    assert makespan(asked, plan()) == 0


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_worth_agrees_with_a_second_count(data):
    asked = data.draw(problems())
    placed = data.draw(plans(asked))
    assume(all(found.kind is not ViolationKind.STARTS_IN_PAUSE for found in verify(asked, placed)))

    assert worth(asked, placed).total == brute.objective_of(asked, dict(placed.placements))


def test_a_choice_counts_once_however_many_activities_there_are():
    chosen = replace(project("p", activity("a"), activity("b")), earnings=(IfChosen(Part.JOBS, 40),))

    assert worth(problem(chosen), plan(a=0, b=0)).parts == {Part.JOBS: 40}
