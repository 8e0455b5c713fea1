"""Warming up: what it solves is sound, and large enough to reach both searches."""

from __future__ import annotations

from sushui.engines.planning import warming
from sushui.engines.planning.arrays import compile_problem
from sushui.engines.planning.checking import check
from sushui.engines.planning.problem import Goal
from sushui.engines.planning.search import can_search
from sushui.engines.planning.solving import solve
from sushui.engines.planning.valuable import SMALL


def test_the_problems_to_warm_up_with_can_be_meant():
    for goal in Goal:
        check(warming._small(goal))


def test_they_are_too_large_for_the_exact_model_alone():
    assert len(warming._small(Goal.VALUE).activity) > SMALL


def test_the_one_for_the_earliest_end_is_bred():
    assert can_search(compile_problem(warming._small(Goal.MAKESPAN)).arrays)


def test_warming_up_dives_too():
    result = solve(warming._small(Goal.VALUE), time_limit=60, work_limit=1)

    assert len(result.plan.projects) == 12
    assert result.objective <= result.bound
    assert warming.warm_up() is None
