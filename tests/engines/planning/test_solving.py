"""The one door: the best plan, proved; what is kept when it is stopped; the same plan twice."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings

from sushui.engines.planning.arrays import compile_problem
from sushui.engines.planning.plan import Plan, Result, Status
from sushui.engines.planning.problem import Goal
from sushui.engines.planning.search import Search
from sushui.engines.planning.solving import solve
from sushui.engines.planning.timeline import Pause, WorkCalendar
from sushui.engines.planning.verifying import verify
from tests.engines.planning import brute
from tests.engines.planning.building_sites import building_site
from tests.engines.planning.problems import activity, mode, plan, problem, problems, project, quota, renewable

FEW = settings(max_examples=25, deadline=None)
HARD = building_site(40, seed=7, horizon=300)
FROST = WorkCalendar("frost", (Pause(5, 12),))


def crowd(count=8):
    """Many candidates for little land."""
    takers = [project(f"p{n}", activity("a", mode(2, mu=3 + n % 4)), worth=5 + 2 * n) for n in range(count)]
    return problem(*takers, consumables=(quota("mu", (0, 10)),))


def outcome(result: Result):
    return result.status, result.objective, result.bound


@FEW
@given(problems())
def test_the_greatest_value_is_found_and_proved(made):
    result = solve(made, time_limit=20)

    best = brute.best(made)
    found = (Status.OPTIMAL, best.objective, best.objective) if best else (Status.INFEASIBLE, None, None)
    assert outcome(result)[:2] == found[:2]
    assert result.plan is None or (verify(made, result.plan), result.bound) == ((), result.objective)


@FEW
@given(problems(Goal.MAKESPAN))
def test_the_earliest_end_is_found_and_proved(made):
    result = solve(made, time_limit=20)

    best = brute.best(made)
    assert outcome(result)[:2] == ((Status.OPTIMAL, best.objective) if best else (Status.INFEASIBLE, None))
    assert result.plan is None or (verify(made, result.plan), result.bound) == ((), result.objective)


@pytest.mark.parametrize("made", [HARD, building_site(30, 3, modes=3, calendars=[FROST]), crowd()])
def test_the_same_work_makes_the_same_plan(made):
    first, second = (solve(made, time_limit=60, seed=3, work_limit=1) for _ in range(2))

    assert first.plan == second.plan
    assert outcome(first) == outcome(second)


def test_a_run_that_is_stopped_keeps_its_best_plan():
    heard = []

    result = solve(HARD, time_limit=60, on_progress=heard.append, should_stop=lambda: any(each.plan for each in heard))

    assert verify(HARD, result.plan) == ()
    assert result.objective == heard[-1].objective


def test_a_run_without_time_keeps_the_plan_that_it_was_given():
    compiled = compile_problem(HARD)
    search = Search(compiled.arrays, size=5)
    search.go_on(1)
    given_plan = compiled.plan(*search.best())

    result = solve(HARD, time_limit=0, hint=given_plan)

    assert (result.status, result.plan) == (Status.FEASIBLE, given_plan)


def test_a_hint_that_breaks_something_is_not_taken():
    made = crowd()

    assert solve(made, time_limit=0, hint=Plan({})).objective == 0
    assert solve(made, time_limit=0, hint=plan(p0__a=0, p1__a=0, p2__a=0)).status is Status.UNKNOWN


def test_progress_only_gets_better():
    heard = []

    solve(HARD, time_limit=2, on_progress=heard.append)

    assert all(a.objective is None or b.objective <= a.objective for a, b in pairwise(heard))
    assert all(a.bound is None or a.bound <= b.bound for a, b in pairwise(heard))


def test_what_cannot_be_is_said_to_be_infeasible():
    crews = [project(key, activity("a", mode(6, crew=1)), is_mandatory=True) for key in "pq"]

    for goal in Goal:
        made = problem(*crews, renewables=(renewable("crew", 1),), goal=goal)

        assert outcome(solve(made, time_limit=20)) == (Status.INFEASIBLE, None, None)


def test_a_failure_within_a_search_comes_out():
    def fail(_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        solve(crowd(), time_limit=20, on_progress=fail)
