"""Why a project is left out. The cases are small enough to be followed with a pencil."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sushui.engines.planning.plan import Plan
from sushui.engines.planning.problem import Activity, Done, Payment, Problem, Ref, When
from sushui.engines.planning.reasons.exclusion import Because, Exclusion, Way, explain_exclusion
from sushui.engines.planning.reasons.loosening import Piece, loosened
from tests.engines.planning.brute import best, is_feasible
from tests.engines.planning.problems import (
    activity,
    lag,
    mode,
    money,
    plan,
    plans,
    problem,
    project,
    quota,
    renewable,
    sound_problems,
)

ROAD = project("road", activity("a", mode(1, mu=60)), worth=50)
PLANT = project("plant", activity("a", mode(1, mu=50)), worth=40)
LAND = quota("mu", (0, 100))


def test_the_missing_land_is_named_with_its_amount() -> None:
    asked = problem(ROAD, PLANT, consumables=(LAND,))

    why = explain_exclusion(asked, plan(road__a=0), "plant")

    assert why == Exclusion(
        ("plant",), Because.FACTORS, factors=("mu",), ways=(Way(((Piece("mu", 0), 10),), gain=40, share=0.1),)
    )


def test_the_year_in_which_more_would_do_is_named() -> None:
    late = project("plant", activity("a", mode(1, mu=50), release=5), worth=40)
    asked = problem(ROAD, late, consumables=(quota("mu", (0, 60, 5), (5, 30)),))

    why = explain_exclusion(asked, plan(road__a=0), "plant")

    assert [way.more for way in why.ways] == [((Piece("mu", 1), 20),)]


def test_two_factors_that_only_together_let_it_in_are_both_named() -> None:
    large = project("plant", activity("a", mode(1, [Payment("works", 9, When.AT_START)], mu=50)), worth=40)
    asked = problem(ROAD, large, consumables=(LAND,), sources=(money("own", (0, 5)),))

    why = explain_exclusion(asked, plan(road__a=0), "plant")

    assert why.factors == ("mu", "own")
    assert why.ways == (Way(((Piece("mu"), 10), (Piece("own"), 4)), gain=40, share=0.8),)


def test_of_two_ways_the_smaller_share_comes_first() -> None:
    either = project("plant", activity("a", mode(1, mu=50), mode(1, desk=3)), worth=40)
    asked = problem(ROAD, either, consumables=(LAND,), renewables=(renewable("desk", 2),))

    why = explain_exclusion(asked, plan(road__a=0), "plant")

    assert [(way.more, way.share) for way in why.ways] == [
        (((Piece("mu", 0), 10),), 0.1),
        (((Piece("desk", 0), 1),), 0.5),
    ]


def test_a_project_that_fits_brings_what_it_is_worth() -> None:
    asked = problem(ROAD, replace(PLANT, earnings=()), consumables=(quota("mu", (0, 110)),))

    assert explain_exclusion(asked, plan(road__a=0), "plant") == Exclusion(("plant",), Because.NOTHING, gain=0)


def test_a_rival_of_its_group_keeps_it_out() -> None:
    asked = problem(ROAD, PLANT, groups=(("road", "plant"),))

    assert explain_exclusion(asked, plan(road__a=0), "plant") == Exclusion(("plant",), Because.RIVAL, ("road",))


def test_dates_that_nothing_can_mend_are_told_from_scarcity() -> None:
    first = activity("a", mode(6))
    asked = problem(project("plant", first, activity("b", mode(6))), lags=(lag("plant.a", "plant.b"),))

    assert explain_exclusion(asked, Plan({}), "plant") == Exclusion(("plant",), Because.TIME)


def test_what_it_requires_comes_along() -> None:
    plant = replace(PLANT, requires=("road",))
    asked = problem(ROAD, plant, consumables=(LAND,))

    why = explain_exclusion(asked, Plan({}), "plant")

    assert why.projects == ("plant", "road")
    assert why.ways == (Way(((Piece("mu", 0), 10),), gain=90, share=0.1),)


@settings(max_examples=40)
@given(sound_problems(max_activities=3), st.data())
def test_each_way_lets_the_project_in_and_one_less_does_not(asked: Problem, data: st.DataObject) -> None:
    drawn = data.draw(plans(asked))
    assume(is_feasible(asked, drawn))
    left_out = [one.key for one in asked.projects if one.key not in drawn.projects]
    assume(left_out)
    asked = replace(asked, projects=tuple(replace(one, requires=()) for one in asked.projects), groups=())

    why = explain_exclusion(asked, drawn, left_out[0])

    for way in why.ways:
        assert can_join(loosened(asked, dict(way.more)), drawn, left_out[0])
        for piece, amount in way.more:
            assert not can_join(loosened(asked, {**dict(way.more), piece: amount - 1}), drawn, left_out[0])


def can_join(asked: Problem, standing: Plan, key: str) -> bool:
    """By looking at every plan in which the others stand where they are."""

    def held(ref: Ref, each: Activity) -> Activity:
        placed = standing.placements.get(ref)
        return each if placed is None else replace(each, done=Done(placed.start, placed.mode))

    projects = tuple(
        replace(one, is_mandatory=True, activities=tuple(held(Ref(one.key, each.key), each) for each in one.activities))
        for one in asked.projects
        if one.key in standing.projects or one.key == key
    )
    keys = {one.key for one in projects}
    lags = tuple(lag for lag in asked.lags if {lag.before.project, lag.after.project} <= keys)
    return best(replace(asked, projects=projects, lags=lags)) is not None
