"""The choices of projects: only those for which there is ever enough."""

from __future__ import annotations

from hypothesis import given, settings

from sushui.engines.planning.arrays import compile_problem
from sushui.engines.planning.portfolio.shape import ever_enough, shapes
from sushui.engines.planning.problem import Done
from tests.engines.planning.brute import is_feasible
from tests.engines.planning.problems import activity, mode, plans, problem, project, quota, sound_problems


def taker(amount: int, **more):
    return problem(project("p", activity("a", mode(1, mu=amount), **more)), consumables=(quota("mu", (0, 5), (4, 3)),))


def starts(made) -> list[int]:
    return shapes(compile_problem(made).arrays).shape.choice[:, 0].tolist()


def test_what_fits_from_a_release_on_begins_no_earlier():
    assert min(starts(taker(6))) == 4
    assert min(starts(taker(5))) == 0


def test_what_takes_more_than_there_ever_is_has_no_choice():
    assert starts(taker(9)) == []


def test_what_is_done_keeps_its_only_start():
    assert starts(taker(9, done=Done(1))) == [1]


@settings(max_examples=40, deadline=None)
@given(sound_problems().flatmap(lambda made: plans(made).map(lambda drawn: (made, drawn))))
def test_no_start_of_a_plan_that_keeps_everything_is_closed(drawn):
    made, plan = drawn
    compiled = compile_problem(made)
    begun, modes = compiled.numbers(plan)
    end = ever_enough(compiled.arrays)

    if is_feasible(made, plan):
        for each in (begun >= 0).nonzero()[0]:
            assert end[compiled.arrays.mode_first[each] + modes[each], begun[each]] >= 0
