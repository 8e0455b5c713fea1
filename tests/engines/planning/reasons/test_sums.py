"""Sums that do not come out: the projects named are the fewest, the largest first."""

from dataclasses import replace

from hypothesis import given, settings

from sushui.engines.planning.problem import Payment, Problem
from sushui.engines.planning.reasons.sums import Excess, excesses
from tests.engines.planning.brute import best
from tests.engines.planning.problems import activity, lag, mode, money, problem, problems, project, quota


def must(key: str, *activities):
    return project(key, *activities, is_mandatory=True)


def test_the_largest_needs_are_named_until_they_are_too_much() -> None:
    asked = problem(
        *(must(key, activity("a", mode(1, mu=mu))) for key, mu in (("a", 10), ("b", 50), ("c", 40), ("d", 30))),
        consumables=(quota("mu", (0, 100)),),
    )

    assert excesses(asked) == [Excess(("mu",), ("b", "c", "d"))]


def test_a_year_is_short_for_what_can_only_begin_in_it() -> None:
    late = must("plant", activity("permit", mode(5)), activity("land", mode(1, mu=20)))
    asked = problem(late, lags=(lag("plant.permit", "plant.land"),), consumables=(quota("mu", (0, 90, 5), (5, 10)),))

    assert excesses(asked) == [Excess(("mu",), ("plant",))]


def test_the_mode_that_takes_least_is_what_is_sure() -> None:
    either = must("plant", activity("a", mode(1, mu=50), mode(2, mu=8)))

    assert excesses(problem(either, consumables=(quota("mu", (0, 10)),))) == []


def test_money_that_nobody_else_may_pay_is_summed_by_itself() -> None:
    road = must("road", activity("a", mode(1, [Payment("works", 9)])))
    asked = problem(road, sources=(money("own", (0, 5), pays="works"), money("land", (0, 90), pays="land")))

    assert excesses(asked) == [Excess(("own",), ("road",))]


@settings(max_examples=150)
@given(problems())
def test_a_sum_that_does_not_come_out_leaves_no_plan(drawn: Problem) -> None:
    asked = replace(drawn, projects=tuple(replace(each, is_mandatory=True) for each in drawn.projects), groups=())

    if excesses(asked):
        assert best(asked) is None
