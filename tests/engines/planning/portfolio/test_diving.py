"""Dives: what they place keeps everything, they leave the program as it was, and the search goes on from them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from sushui.engines.planning.arrays import compile_problem
from sushui.engines.planning.bound.diving import Diver
from sushui.engines.planning.bound.generation import Generation
from sushui.engines.planning.generating import county
from sushui.engines.planning.portfolio.ground import ground, numbers
from sushui.engines.planning.portfolio.search import Search
from sushui.engines.planning.verifying import ViolationKind, verify
from tests.engines.planning.problems import activity, mode, problem, project, quota, renewable, sound_problems

FEW = settings(max_examples=25, deadline=None)


def bound_of(made) -> Generation:
    bound = Generation(ground(compile_problem(made)))
    bound.begin()
    for _ in range(40):
        if bound.is_finished or bound.is_infeasible:
            break
        bound.step()
    return bound


def plan_of(bound, state):
    return bound.ground.compiled.plan(*numbers(bound.ground, state.start, state.mode))


@pytest.fixture(scope="module")
def small_county() -> Generation:
    return bound_of(county(12, 3))


@FEW
@given(sound_problems())
def test_what_a_dive_places_breaks_nothing_but_may_lack_what_must_be_in_the_plan(made):
    bound = bound_of(made)
    if bound.is_infeasible:
        return

    plan = plan_of(bound, Diver(bound).dive())

    allowed = {ViolationKind.MANDATORY_MISSING, ViolationKind.REQUIRED_MISSING, ViolationKind.GROUP_CROWDED}
    assert {violation.kind for violation in verify(made, plan)} <= allowed


def test_a_dive_into_a_county_is_a_plan_below_the_bound(small_county):
    search = Search(small_county.ground, small_county.guidance())
    search.bring(Diver(small_county).dive())

    search._left = 0
    search.improve()

    assert 0.7 * small_county.bound < search.objective <= small_county.bound


def test_a_dive_adds_columns_to_the_program_and_holds_none_of_them(small_county):
    small_county.master.solve()
    before = small_county.master.value

    Diver(small_county, 1).dive()
    small_county.master.solve()

    assert small_county.master.held == []
    assert before - 1 <= small_county.master.value <= small_county.bound


def test_the_same_dice_give_the_same_dive():
    starts = [Diver(bound_of(county(8, 2)), 5).dive().start.tolist() for _ in range(2)]

    assert starts[0] == starts[1]


def test_what_must_be_in_the_plan_is_placed_first():
    dear = project("dear", activity("a", mode(2, mu=9)), worth=1_000)
    must = project("must", activity("a", mode(2, mu=9)), worth=1, is_mandatory=True)
    bound = bound_of(problem(dear, must, renewables=(renewable("desk", 1),), consumables=(quota("mu", (0, 12)),)))

    state = Diver(bound).dive()

    assert state.is_in.tolist() == [False, True]


def test_a_dive_that_is_stopped_places_nothing_more(small_county):
    state = Diver(small_county).dive(lambda: True)

    assert not state.is_in.any()
