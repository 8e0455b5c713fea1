"""Placing the projects of a small problem one after the other: a plan, no place for sure, or no place found."""

from __future__ import annotations

from hypothesis import given, settings

from sushui.engines.planning.reasons.solvable import placed
from sushui.engines.planning.verifying import verify
from tests.engines.planning.brute import best
from tests.engines.planning.problems import activity, mode, problem, project, quota, renewable, sound_problems

FIRST = project("first", activity("a", mode(1, mu=60)), is_mandatory=True)


def second(*amounts: int):
    return project("second", *(activity(f"a{n}", mode(1, mu=mu)) for n, mu in enumerate(amounts)), is_mandatory=True)


def asked(other):
    return problem(FIRST, other, renewables=(renewable("desk", 1),), consumables=(quota("mu", (0, 100)),))


def test_what_fits_is_placed():
    made = asked(second(40))

    found = placed(made, ("first", "second"))

    assert (verify(made, found.plan), found.is_hopeless) == ((), False)


def test_what_takes_more_than_is_left_is_hopeless():
    found = placed(asked(second(41)), ("first", "second"))

    assert (found.plan, found.is_hopeless) == (None, True)


def test_activities_that_are_only_in_each_other_s_way_leave_hope():
    found = placed(asked(second(30, 30)), ("first", "second"))

    assert (found.plan, found.is_hopeless) == (None, False)


@settings(max_examples=25, deadline=None)
@given(sound_problems(max_activities=3))
def test_a_project_that_is_hopeless_alone_is_in_no_plan(made):
    found = placed(made, (made.projects[0].key,))

    if found.is_hopeless:
        assert best(made) is None or made.projects[0].key not in best(made).plan.projects
