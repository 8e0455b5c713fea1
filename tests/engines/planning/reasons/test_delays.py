"""A plan under drawn delays."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from sushui.engines.planning.arrays import compile_problem
from sushui.engines.planning.problem import Done, Problem
from sushui.engines.planning.reasons.delays import Risk, drawn_courses, risks
from sushui.engines.planning.recounting import courses
from sushui.engines.planning.values import IfLate, Part
from tests.engines.planning.brute import best
from tests.engines.planning.problems import (
    activity,
    lag,
    mode,
    plan,
    problem,
    project,
    quota,
    ref,
    renewable,
    sound_problems,
)

DUE = (IfLate(Part.COMMITMENT, 0, due=5, once=9),)


def permit_and_works() -> Problem:
    works = activity("works", mode(2), earnings=DUE)
    return problem(project("p", activity("permit", mode(2)), works), lags=(lag("p.permit", "p.works"),), horizon=12)


def test_a_delay_is_passed_on_to_what_waits() -> None:
    found = risks(permit_and_works(), plan(permit=0, works=2), ratios=(2.0,), draws=10)

    assert found == [Risk(ref("works"), due=5, missed=1.0, median=8, late=8, lapsed=0.0)]


def test_slack_takes_a_delay_up() -> None:
    found = risks(permit_and_works(), plan(permit=0, works=3), ratios=(1.5,), draws=10)

    assert [(risk.missed, risk.median) for risk in found] == [(1.0, 6)]


def test_a_desk_that_is_held_longer_delays_who_comes_next() -> None:
    first, second = activity("a", mode(2, desk=1)), activity("a", mode(2, desk=1), earnings=DUE)
    asked = problem(project("p", first), project("q", second), renewables=(renewable("desk", 1),))

    found = risks(asked, plan(p__a=0, q__a=2), ratios=(1.5,), draws=10)

    assert [(risk.activity, risk.median) for risk in found] == [(ref("q.a"), 6)]


def test_what_is_done_lasts_as_long_as_it_did() -> None:
    asked = permit_and_works()
    done = replace(asked.projects[0].activities[0], done=Done(0))
    begun = replace(asked, projects=(replace(asked.projects[0], activities=(done, asked.projects[0].activities[1])),))

    found = risks(begun, plan(permit=0, works=2), ratios=(1.5,), draws=10)

    assert [risk.median for risk in found] == [5]


def test_a_quota_lapses_for_who_comes_too_late() -> None:
    works = activity("works", mode(1, mu=1), earnings=DUE)
    asked = problem(
        project("p", activity("permit", mode(2)), works),
        lags=(lag("p.permit", "p.works"),),
        consumables=(quota("mu", (0, 5, 3)),),
    )

    found = risks(asked, plan(permit=0, works=2), ratios=(2.0,), draws=10)

    assert [risk.lapsed for risk in found] == [1.0]


def test_an_end_beyond_the_horizon_is_unknown() -> None:
    found = risks(permit_and_works(), plan(permit=0, works=2), ratios=(9.0,), draws=10)

    assert [(risk.median, risk.late, risk.missed) for risk in found] == [(None, None, 1.0)]


def test_the_same_seed_draws_the_same_delays() -> None:
    asked, placed = permit_and_works(), plan(permit=0, works=2)

    assert risks(asked, placed, seed=3) == risks(asked, placed, seed=3)


@pytest.mark.parametrize("share", [0.25, 0.5])
def test_the_share_missed_is_that_of_the_delays_drawn(share: float) -> None:
    ratios = (2.0,) * int(share * 4) + (1.0,) * int(4 - share * 4)
    asked = problem(project("p", activity("works", mode(4), earnings=DUE)))

    found = risks(asked, plan(works=0), ratios=ratios, draws=4_000)

    assert found[0].missed == pytest.approx(share, abs=0.03)


@settings(max_examples=60)
@given(sound_problems())
def test_without_delays_everything_goes_as_planned(asked: Problem) -> None:
    found = best(asked)
    assume(found is not None and found.plan.placements)
    assert found is not None
    compact = compile_problem(asked)

    starts, ends = drawn_courses(compact, found.plan, draws=2, seed=0, ratios=(1.0,))

    for course in courses(asked, found.plan):
        number = compact.number[course.ref]
        assert (starts[:, number].tolist(), ends[:, number].tolist()) == ([course.start] * 2, [course.end] * 2)
