"""The board takes what is better and keeps everything, and ends when there is no more to find."""

from __future__ import annotations

import pytest

from sushui.engines.planning.arrays import compile_problem
from sushui.engines.planning.board import Board
from sushui.engines.planning.plan import Plan, Status
from sushui.engines.planning.problem import Goal
from tests.engines.planning.problems import activity, mode, plan, problem, project, renewable

NOTHING = Plan({})


def board(goal=Goal.VALUE, **fields):
    made = problem(
        project("p", activity("a", mode(2, crew=1)), worth=5, is_mandatory=goal is Goal.MAKESPAN),
        project("q", activity("a", mode(2, crew=1)), worth=3, is_mandatory=goal is Goal.MAKESPAN),
        renewables=(renewable("crew", 1),),
        goal=goal,
    )
    return Board(compile_problem(made), **{"time_limit": 60, **fields})


class Run:
    """Somebody at work who can be stopped."""

    is_stopped = False

    def stop(self):
        self.is_stopped = True


def test_only_better_plans_are_taken():
    empty = board()

    taken = [empty.offer(each) for each in (NOTHING, plan(p__a=0), plan(q__a=0), plan(p__a=0, q__a=2))]

    assert taken == [True, True, False, True]
    assert empty.objective == 8


def test_a_plan_that_breaks_something_is_not_taken():
    empty = board()

    assert not empty.offer(plan(p__a=0, q__a=1))
    assert empty.result().status is Status.UNKNOWN


def test_for_the_earliest_end_the_shorter_plan_is_better():
    site = board(Goal.MAKESPAN)

    taken = [site.offer(plan(p__a=0, q__a=start)) for start in (4, 5, 2)]

    assert taken == [True, False, True]
    assert site.objective == 4


@pytest.mark.parametrize(("goal", "bounds", "kept"), [(Goal.VALUE, (12, 9, 10), 9), (Goal.MAKESPAN, (1, 3, 2), 3)])
def test_only_closer_bounds_are_taken(goal, bounds, kept):
    empty = board(goal)

    for each in bounds:
        empty.offer_bound(each)

    assert empty.bound == kept


def test_it_is_over_once_bound_and_plan_meet():
    full = board()
    full.offer(plan(p__a=0, q__a=2))
    before = full.is_over

    full.offer_bound(8)

    assert (before, full.is_over, full.result().status) == (False, True, Status.OPTIMAL)


def test_nothing_better_proves_the_best():
    full = board(Goal.MAKESPAN)
    full.offer(plan(p__a=0, q__a=2))

    full.offer_infeasible()

    assert (full.result().status, full.result().bound) == (Status.OPTIMAL, 4)


def test_a_bound_that_a_search_for_better_plans_ran_beyond_is_the_plan():
    full = board(Goal.MAKESPAN)
    full.offer(plan(p__a=0, q__a=2))

    full.offer_bound(9)

    assert full.bound == 4


def test_the_end_stops_whoever_is_at_work_and_who_comes_too_late():
    early, late, gone = Run(), Run(), Run()
    over = board()

    with over.attending(gone):
        pass
    with over.attending(early):
        over.end()
    with over.attending(late):
        pass

    assert (early.is_stopped, late.is_stopped, gone.is_stopped) == (True, True, False)


@pytest.mark.parametrize("fields", [{"time_limit": 0}, {"should_stop": lambda: True}])
def test_it_is_over_when_the_time_is_up_or_somebody_says_so(fields):
    assert board(**fields).is_over


def test_jobs_run_beside_each_other_until_all_have_ended():
    full, done = board(), []

    full.together(lambda: done.append(1), lambda: done.append(2))

    assert sorted(done) == [1, 2]
    assert full.is_over
