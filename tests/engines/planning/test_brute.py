"""The measure itself, on problems that can be solved by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sushui.engines.planning.flows import SINK, SOURCE, Flow
from sushui.engines.planning.plan import Plan
from sushui.engines.planning.problem import Goal, Payment, When
from sushui.engines.planning.values import Part, SinceFinished
from sushui.engines.planning.verifying import verify
from tests.engines.planning.brute import best
from tests.engines.planning.problems import (
    activity,
    lag,
    mode,
    money,
    plan,
    problem,
    problems,
    project,
    quota,
    renewable,
)


def item(key: str, worth: int, mu: int):
    """A knapsack's item."""
    return project(key, activity("a", mode(1, mu=mu)), worth=worth)


def test_a_knapsack_is_packed_best():
    asked = problem(item("p", 10, 5), item("q", 7, 3), item("r", 6, 3), horizon=1, consumables=(quota("mu", (0, 6)),))

    assert best(asked) == (13, plan(q__a=0, r__a=0))


def test_one_crew_works_one_after_the_other():
    asked = problem(
        project("p", activity("a", mode(2, crew=1)), activity("b", mode(3, crew=1)), activity("c"), is_mandatory=True),
        horizon=7,
        renewables=(renewable("crew", 1),),
        lags=(lag("b", "a"), lag("a", "c", 1)),
        goal=Goal.MAKESPAN,
    )

    assert best(asked) == (7, plan(b=0, a=3, c=6))


def test_money_delays_what_earns_since_it_is_finished():
    works = activity("a", mode(1, [Payment("works", 5, When.AT_START)]), earnings=(SinceFinished(Part.TAX, 1, 8),))
    asked = problem(project("p", works), horizon=8, sources=(money("fund", (0, 4), (3, 1)),))

    assert best(asked) == (4, plan(a=3))


def test_there_is_no_plan_where_what_must_be_cannot_be():
    asked = problem(project("p", activity("a", mode(3), deadline=2), is_mandatory=True))

    assert best(asked) is None


def test_a_loss_is_not_taken():
    assert best(problem(project("p", worth=-1))) == (0, Plan({}))


@pytest.mark.parametrize("goal", Goal)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_best_plan_is_verified(goal, data):
    asked = data.draw(problems(goal))

    found = best(asked)

    assert found is None or verify(asked, found.plan) == ()


def test_a_flow_grows_when_a_pipe_is_widened():
    flow = Flow()
    for tail, head, capacity in ((SOURCE, "a", 5), ("a", "b", 3), ("b", SINK, 9)):
        flow.widen(tail, head, capacity)

    first = flow.push()
    flow.widen("a", SINK, 1)

    assert (first, flow.push(), flow.value) == (3, 1, 4)


def test_a_flow_finds_its_way_back_through_what_it_took_before():
    flow = Flow()
    for tail, head in ((SOURCE, "a"), (SOURCE, "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("c", SINK), ("d", SINK)):
        flow.widen(tail, head, 1)

    assert flow.push() == 2
