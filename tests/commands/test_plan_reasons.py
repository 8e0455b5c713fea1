"""Why a plan is as it is, in sentences that name amounts, days and projects."""

from __future__ import annotations

from datetime import date

from sushui.commands.plan.places import Places
from sushui.commands.plan.reasons import MOST_EXPLAINED, conflict_sentences, why_left_out, why_no_plan
from sushui.engines.planning import Consumable, Problem, Project, Release, TimeLine
from sushui.engines.planning.reading.documents import PlanningFile
from sushui.engines.planning.reasons.conflict import Conflict, Relief, Within
from tests.engines.planning import brute
from tests.engines.planning.problems import activity, lag, mode, project, renewable

LAND = (Consumable("land", (Release(2, 600),), "", "亩", 1),)


def places(*projects: Project, **fields) -> Places:
    """The places of a problem of ten days."""
    return Places(PlanningFile(Problem(TimeLine(10, date(2026, 1, 1)), projects, weights={"output": 1}, **fields)))


def left_out(asked: Places) -> list[str]:
    """Why projects are not in the best plan."""
    best = brute.best(asked.problem)
    keys = [key for key in asked.problem.project if key not in best.plan.projects]
    return list(why_left_out(asked, asked.problem, best.plan, keys).values())


def takes(key: str, worth: int, amount: int, **fields) -> Project:
    """A project that takes land, in tenths of a mu."""
    return project(key, activity("a", mode(1, land=amount)), worth=worth, **fields)


def test_the_want_of_a_factor_is_said_with_what_would_do():
    said = left_out(places(takes("plant", 9, 400), takes("mall", 5, 300), consumables=LAND))

    assert said == [
        "mall is left out for want of land. It would be in with 10.0 亩 more of land from 2026-01-03 (+5 points)."
    ]


def test_a_rival_is_named():
    asked = places(project("plant", worth=9), project("mall", worth=5, name="the mall"), groups=(("plant", "mall"),))

    assert left_out(asked) == [
        "the mall (mall) is left out because only one of its group may be in the plan, and plant is."
    ]


def test_what_would_fit_and_costs_points_is_said():
    assert left_out(places(project("mall", worth=-5))) == [
        "mall is left out, though it would fit as things stand: the plan would be worth -5 points."
    ]


def test_what_finds_no_room_in_time_is_said():
    asked = places(
        project("road", activity("a", mode(4), release=3), worth=9),
        project("mall", activity("a", mode(2), deadline=5), worth=5),
        lags=(lag("road.a", "mall.a"),),
    )

    assert left_out(asked) == ["mall is left out: its dates and lags leave it no room beside what is planned."]


def test_what_a_project_requires_is_named_with_it():
    asked = places(takes("mall", 5, 500, requires=("park",)), takes("park", 0, 200), consumables=LAND)

    assert left_out(asked)[0] == (
        "mall (with park) is left out for want of land. "
        "It would be in with 10.0 亩 more of land from 2026-01-03 (+5 points)."
    )


def test_no_more_than_a_few_are_explained():
    many = [project(f"p{number}", worth=-1) for number in range(MOST_EXPLAINED + 2)]
    asked = places(*many)

    said = why_left_out(asked, asked.problem, brute.best(places().problem).plan, [one.key for one in many])

    assert list(said) == [f"p{number}" for number in range(MOST_EXPLAINED)]


def test_promises_that_cannot_hold_together_are_listed_with_what_ends_it():
    asked = places(
        takes("plant", 9, 400, is_mandatory=True), takes("mall", 5, 300, is_mandatory=True), consumables=LAND
    )

    assert why_no_plan(asked, asked.problem) == [
        "These cannot hold together:",
        "- plant is in the plan",
        "- mall is in the plan",
        "- there is no more of land than said",
        "Any of these ends it:",
        "- leave plant out",
        "- leave mall out",
        "- 10.0 亩 more of land at any time",
    ]


def test_deadlines_are_said_with_how_much_later_would_do():
    steps = [activity(key, mode(3, crew=1), deadline=5) for key in ("a", "b")]
    asked = places(project("p", *steps, is_mandatory=True), renewables=(renewable("crew", 1),))

    assert why_no_plan(asked, asked.problem) == [
        "These cannot hold together:",
        "- p is in the plan",
        "- p: a ends by 2026-01-05",
        "- p: b ends by 2026-01-05",
        "- there is no more of crew than said",
        "Any of these ends it:",
        "- leave p out",
        "- let p: a end by 2026-01-06",
        "- let p: b end by 2026-01-06",
        "- 1 more of crew at any time",
    ]


def test_a_wait_is_said_with_how_much_longer_would_do():
    wait = Within(lag("a", "b", 0, 2))

    assert conflict_sentences(places(), Conflict((wait,), (Relief(wait, 3),), True)) == [
        "These cannot hold together:",
        "- p: b begins at most 2 slots after p: a",
        "Any of these ends it:",
        "- let p: b begin up to 5 slots after p: a",
    ]


def test_nothing_is_said_where_there_is_a_plan():
    asked = places(project("plant", worth=1))

    assert why_no_plan(asked, asked.problem) == []
