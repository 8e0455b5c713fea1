"""Promises that cannot hold together."""

from dataclasses import replace

from hypothesis import given, settings

from sushui.engines.planning.problem import Payment, Problem, Project, When
from sushui.engines.planning.reasons.conflict import (
    Conflict,
    EndsBy,
    Enough,
    Must,
    Promise,
    Relief,
    Within,
    explain_conflict,
    keeping,
)
from tests.engines.planning.brute import best
from tests.engines.planning.problems import (
    activity,
    lag,
    mode,
    money,
    problem,
    problems,
    project,
    quota,
    ref,
    renewable,
)


def must(key: str, *activities):
    return project(key, *activities, is_mandatory=True)


def test_three_promises_on_too_little_land() -> None:
    """60 + 50 mu of 100; the school needs none and is not blamed, nor are the desks."""
    asked = problem(
        must("road", activity("a", mode(1, mu=60))),
        must("plant", activity("a", mode(1, mu=50))),
        must("school", activity("a", mode(2, desk=1))),
        consumables=(quota("mu", (0, 100)),),
        renewables=(renewable("desk", 1),),
    )

    why = explain_conflict(asked)

    assert why == Conflict(
        (Must("road"), Must("plant"), Enough("mu")),
        (Relief(Must("road"), None), Relief(Must("plant"), None), Relief(Enough("mu"), 10)),
        is_minimal=True,
    )


def test_a_deadline_that_comes_before_its_permit() -> None:
    asked = problem(
        must("plant", activity("permit", mode(4)), activity("works", mode(3), deadline=5)),
        lags=(lag("plant.permit", "plant.works"),),
    )

    why = explain_conflict(asked)

    assert why is not None
    assert why.promises == (Must("plant"), EndsBy(ref("plant.works"), 5))
    assert why.reliefs == (Relief(Must("plant"), None), Relief(EndsBy(ref("plant.works"), 5), 2))


def test_a_wait_that_is_too_short_for_the_money_to_come() -> None:
    soon = lag("plant.permit", "plant.works", 0, 2)
    pays = mode(1, [Payment("works", 9, When.AT_START)])
    asked = problem(
        must("plant", activity("permit", mode(1), deadline=1), activity("works", pays)),
        sources=(money("bond", (6, 9)),),
        lags=(soon,),
    )

    why = explain_conflict(asked)

    assert why is not None
    assert set(why.promises) == {Must("plant"), EndsBy(ref("plant.permit"), 1), Within(soon), Enough("bond")}
    assert {each.promise: each.by for each in why.reliefs} == {
        Must("plant"): None,
        EndsBy(ref("plant.permit"), 1): 3,
        Within(soon): 3,
    }


def test_one_desk_for_two_deadlines() -> None:
    asked = problem(
        must("road", activity("a", mode(3, desk=1), deadline=4)),
        must("plant", activity("a", mode(3, desk=1), deadline=5)),
        renewables=(renewable("desk", 1),),
    )

    why = explain_conflict(asked)

    assert why is not None
    assert {each.promise: each.by for each in why.reliefs} == {
        Must("road"): None,
        Must("plant"): None,
        EndsBy(ref("road.a"), 4): 2,
        EndsBy(ref("plant.a"), 5): 1,
        Enough("desk"): 1,
    }


def test_what_can_be_kept_has_no_conflict() -> None:
    assert explain_conflict(problem(must("road"))) is None


@settings(max_examples=80)
@given(problems(max_activities=3))
def test_each_promise_of_a_conflict_is_needed(drawn: Problem) -> None:
    asked = all_promised(drawn)

    why = explain_conflict(asked)

    assert (why is None) == (best(asked) is not None)
    if why is not None:
        assert why.is_minimal
        assert best(keeping(asked, why.promises)) is None
        assert all(best(keeping(asked, others(why.promises, each))) is not None for each in why.promises)


def all_promised(drawn: Problem) -> Problem:
    """Every project must be done, and nothing has begun."""

    def open_again(each: Project) -> Project:
        return replace(each, is_mandatory=True, activities=tuple(replace(a, done=None) for a in each.activities))

    return replace(drawn, projects=tuple(map(open_again, drawn.projects)), groups=())


def others(promises: tuple[Promise, ...], but: Promise) -> tuple[Promise, ...]:
    return tuple(each for each in promises if each != but)
