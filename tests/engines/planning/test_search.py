"""Schedules to the left and to the right, and what breeding makes of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sushui.engines.planning.arrays import compile_problem
from sushui.engines.planning.bounding import least_end
from sushui.engines.planning.factors import Level
from sushui.engines.planning.problem import Goal
from sushui.engines.planning.search import Search, can_search
from sushui.engines.planning.search.net import net_of, tails_of
from sushui.engines.planning.search.schedules import to_left, to_right
from sushui.engines.planning.timeline import Pause, WorkCalendar
from sushui.engines.planning.verifying import verify
from sushui.engines.planning.worth import makespan
from tests.engines.planning import brute
from tests.engines.planning.building_sites import building_site
from tests.engines.planning.problems import activity, lag, mode, problem, problems, project, quota, renewable

FEW = settings(max_examples=60, deadline=None)
FROST = WorkCalendar("frost", (Pause(5, 12), Pause(30, 41)))
SITES = {
    "plain": building_site(seed=1),
    "of several modes": building_site(seed=2, modes=3),
    "with frost": building_site(seed=3, calendars=[FROST]),
    "with fewer crews in winter": building_site(seed=4, levels=[Level(0, 8), Level(20, 6), Level(50, 9)]),
}
every_site = pytest.mark.parametrize("site", SITES.values(), ids=SITES)


def scheduled(made, order, *, latest=None):
    """Starts and the last end (or the first start) of a problem with one mode each, in an order."""
    net = net_of(compile_problem(made).arrays)
    start, end = np.zeros(len(order), np.int32), np.zeros(len(order), np.int32)
    modes, left = np.zeros(len(order), np.int32), np.zeros_like(net.capacity)
    given = np.array(order, np.int32)
    if latest is None:
        return list(start), to_left(net, given, modes, start, end, left), start.tolist()
    return list(start), to_right(net, given, modes, latest, start, end, left), start.tolist()


def three(*lags):
    works = [activity(key, mode(length, crew=1)) for key, length in zip("abc", (2, 3, 2), strict=True)]
    return problem(
        project("p", *works, is_mandatory=True), renewables=(renewable("crew", 2),), lags=lags, goal=Goal.MAKESPAN
    )


def test_to_left_begins_each_as_early_as_crews_and_lags_let_it():
    _, last, starts = scheduled(three(lag("p.a", "p.c", 1)), [0, 1, 2])

    assert (last, starts) == (5, [0, 0, 3])


def test_to_left_fills_a_gap_left_by_what_came_before_in_the_order():
    _, last, starts = scheduled(three(lag("p.a", "p.b", 2)), [0, 1, 2])

    assert (last, starts) == (7, [0, 4, 0])


def test_to_right_begins_each_as_late_as_crews_and_lags_let_it():
    _, first, starts = scheduled(three(lag("p.a", "p.c", 1)), [0, 1, 2], latest=6)

    assert (first, starts) == (1, [1, 3, 4])


def test_what_cannot_end_within_the_horizon_has_no_schedule():
    long = problem(
        project("p", activity("a", mode(6, crew=1)), activity("b", mode(6, crew=1)), is_mandatory=True),
        renewables=(renewable("crew", 1),),
        goal=Goal.MAKESPAN,
    )

    assert scheduled(long, [0, 1])[1] == -1
    assert Search(compile_problem(long).arrays, size=5).last is None


def test_tails_run_to_the_end_of_all():
    net = net_of(compile_problem(three(lag("p.a", "p.b", 2))).arrays)

    assert tails_of(net).tolist() == [7, 3, 2]


@every_site
def test_bred_plans_keep_everything(site):
    compiled = compile_problem(site)
    search = Search(compiled.arrays, size=20)

    search.go_on(200)

    plan = compiled.plan(*search.best())
    assert verify(site, plan) == ()
    assert makespan(site, plan) == search.last


@every_site
def test_the_same_seed_breeds_the_same(site):
    arrays = compile_problem(site).arrays
    first, second = Search(arrays, seed=5, size=20), Search(arrays, seed=5, size=20)

    first.go_on(120)
    for _ in range(3):
        second.go_on(40)

    assert [each.tolist() for each in first.best()] == [each.tolist() for each in second.best()]
    assert first.last == second.last


def test_breeding_stops_once_it_is_good_enough():
    search = Search(compile_problem(SITES["plain"]).arrays)

    search.go_on(1000, enough=10**6)

    assert search.made == 1


@every_site
def test_a_plan_taken_in_is_not_forgotten(site):
    arrays = compile_problem(site).arrays
    good, poor = Search(arrays, size=20), Search(arrays, seed=1, size=4)
    good.go_on(400)
    poor.go_on(4)

    poor.take_in(*good.best())

    assert poor.last <= good.last


@FEW
@given(problems(Goal.MAKESPAN))
def test_bred_plans_of_any_small_problem_are_plans(made):
    simple = replace(made, consumables=(), sources=(), projects=tuple(map(_without_money, made.projects)))
    compiled = compile_problem(simple)
    assume(can_search(compiled.arrays))
    search = Search(compiled.arrays, size=10)

    search.go_on(60)

    best = brute.best(simple)
    assert search.last is None or verify(simple, compiled.plan(*search.best())) == ()
    assert search.last is None or best.objective <= search.last


def _without_money(one):
    return replace(one, activities=tuple(map(_bare, one.activities)))


def _bare(each):
    modes = tuple(
        replace(one, payments=(), demands=tuple(d for d in one.demands if d.factor == "desk")) for one in each.modes
    )
    return replace(each, modes=modes)


def test_search_leaves_quotas_and_deadlines_between_works_to_others():
    taker = project("p", activity("a", mode(1, mu=1)), is_mandatory=True)

    assert not can_search(compile_problem(problem(taker, consumables=(quota("mu", (0, 1)),))).arrays)
    assert not can_search(compile_problem(three(lag("p.a", "p.b", most=3))).arrays)
    assert can_search(compile_problem(three()).arrays)


@FEW
@given(problems(Goal.MAKESPAN))
def test_bound_is_never_crossed(made):
    best = brute.best(made)

    assert best is None or least_end(compile_problem(made).arrays) <= best.objective


@given(st.integers(1, 4))
def test_bound_counts_the_work_between_heads_and_tails(crews):
    works = [activity(key, mode(6, crew=1)) for key in "abcd"]
    ends = [activity("start", mode(2)), *works, activity("end", mode(1))]
    waits = [wait for key in "abcd" for wait in (lag("p.start", f"p.{key}"), lag(f"p.{key}", "p.end"))]
    made = problem(
        project("p", *ends, is_mandatory=True),
        horizon=40,
        renewables=(renewable("crew", crews),),
        lags=tuple(waits),
        goal=Goal.MAKESPAN,
    )

    assert least_end(compile_problem(made).arrays) == max(9, 2 - (-24 // crews) + 1)
