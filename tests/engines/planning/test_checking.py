"""Nonsense is refused at the door, with the facts that a sentence needs; what merely cannot be is doubted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings

from sushui.engines.planning.checking import MOST_AMOUNT, MOST_SLOTS, check, doubts
from sushui.engines.planning.errors import Doubt, PlanningError, Refusal
from sushui.engines.planning.factors import Level, Renewable
from sushui.engines.planning.problem import Activity, Demand, Done, Goal, Mode, Payment, Problem, Ref, When
from sushui.engines.planning.timeline import Pause, SlotKind, TimeLine, WorkCalendar
from sushui.engines.planning.values import IfChosen, Part
from tests.engines.planning import brute
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
    sound_problems,
)

R = Refusal


def of_one(*modes, **fields) -> Problem:
    """A problem of one activity `a` of project `p`."""
    return problem(project("p", activity("a", *modes, **fields)))


def must(*modes, **fields) -> Problem:
    """The same, of a project that must be in the plan."""
    return problem(project("p", activity("a", *modes, **fields), is_mandatory=True))


def two(*lags, duration: int = 3) -> Problem:
    """Activities `a` of that duration and `b` of project `p`."""
    return problem(project("p", activity("a", mode(duration)), activity("b", mode(2))), lags=lags)


PAYING = mode(2, [Payment("works", 5)])
FUND = (money("fund", (0, 5)),)
WINTER = (WorkCalendar("winter", (Pause(2, 5),)),)

REFUSED = {
    "no time": (problem(horizon=0), R.HORIZON_OUT_OF_RANGE, {"horizon": 0, "limit": MOST_SLOTS}),
    "ages": (problem(horizon=10**6), R.HORIZON_OUT_OF_RANGE, {"horizon": 10**6, "limit": MOST_SLOTS}),
    "a month that begins on its second day": (
        Problem(TimeLine(9, date(2026, 1, 2), SlotKind.MONTH), ()),
        R.NOT_FIRST_OF_MONTH,
        {"day": date(2026, 1, 2)},
    ),
    "a project twice": (problem(project("p"), project("p")), R.KEY_TWICE, {"place": "projects", "key": "p"}),
    "an activity twice": (
        problem(project("p", activity("a"), activity("a"))),
        R.KEY_TWICE,
        {"place": "projects.p.activities", "key": "a"},
    ),
    "a factor of two kinds": (
        problem(renewables=(renewable("mu", 1),), consumables=(quota("mu", (0, 1)),)),
        R.KEY_TWICE,
        {"place": "factors", "key": "mu"},
    ),
    "a source twice": (problem(sources=(*FUND, *FUND)), R.KEY_TWICE, {"place": "sources", "key": "fund"}),
    "a calendar twice": (problem(calendars=WINTER * 2), R.KEY_TWICE, {"place": "calendars", "key": "winter"}),
    "a rival of itself": (problem(project("p"), groups=(("p", "p"),)), R.KEY_TWICE, {"place": "groups.0", "key": "p"}),
    "a demand twice": (
        replace(of_one(Mode(1, (Demand("mu", 1), Demand("mu", 2)))), consumables=(quota("mu", (0, 9)),)),
        R.KEY_TWICE,
        {"place": "projects.p.activities.a.modes.0.demands", "key": "mu"},
    ),
    "a factor nobody knows": (
        of_one(mode(1, mu=1)),
        R.UNKNOWN_NAME,
        {"place": "projects.p.activities.a.modes.0.demands", "kind": "factor", "key": "mu"},
    ),
    "a calendar nobody knows": (
        of_one(calendar="winter"),
        R.UNKNOWN_NAME,
        {"place": "projects.p.activities.a", "kind": "calendar", "key": "winter"},
    ),
    "a lag from no project": (
        replace(of_one(), lags=(lag("q.a", "p.a"),)),
        R.UNKNOWN_NAME,
        {"place": "lags.0", "kind": "project", "key": "q"},
    ),
    "a lag to no activity": (
        replace(of_one(), lags=(lag("p.a", "p.b"),)),
        R.UNKNOWN_NAME,
        {"place": "lags.0", "kind": "activity", "key": Ref("p", "b")},
    ),
    "nothing required": (
        problem(project("p", requires=("q",))),
        R.UNKNOWN_NAME,
        {"place": "projects.p.requires", "kind": "project", "key": "q"},
    ),
    "a group of nobody": (
        problem(project("p"), groups=(("p", "q"),)),
        R.UNKNOWN_NAME,
        {"place": "groups.0", "kind": "project", "key": "q"},
    ),
    "done in no way": (
        of_one(done=Done(0, 1)),
        R.UNKNOWN_NAME,
        {"place": "projects.p.activities.a.done", "kind": "mode", "key": 1},
    ),
    "a project of nothing": (
        problem(replace(project("p"), activities=())),
        R.WITHOUT_ACTIVITIES,
        {"project": "p"},
    ),
    "no way to do it": (
        problem(project("p", Activity("a", ()))),
        R.WITHOUT_MODES,
        {"project": "p", "activity": "a"},
    ),
    "a use that nobody pays": (
        replace(of_one(PAYING), sources=(money("fund", (0, 5), pays="land"),)),
        R.NOBODY_PAYS,
        {"project": "p", "activity": "a", "use": "works"},
    ),
    "a milestone that pays": (
        replace(of_one(mode(0, [Payment("works", 5)])), sources=FUND),
        R.MILESTONE_PAYS,
        {"project": "p", "activity": "a"},
    ),
    "a negative duration": (
        of_one(mode(-1)),
        R.NEGATIVE,
        {"place": "projects.p.activities.a.modes.0.duration", "value": -1},
    ),
    "a negative demand": (
        replace(of_one(mode(1, mu=-2)), consumables=(quota("mu", (0, 9)),)),
        R.NEGATIVE,
        {"place": "projects.p.activities.a.modes.0.demands.mu", "value": -2},
    ),
    "a negative payment": (
        replace(of_one(mode(1, [Payment("works", -5)])), sources=FUND),
        R.NEGATIVE,
        {"place": "projects.p.activities.a.modes.0.payments.works", "value": -5},
    ),
    "a negative capacity": (
        problem(renewables=(renewable("desk", -1),)),
        R.NEGATIVE,
        {"place": "factors.desk.levels", "value": -1},
    ),
    "a negative release": (
        problem(consumables=(quota("mu", (0, -1)),)),
        R.NEGATIVE,
        {"place": "factors.mu.releases", "value": -1},
    ),
    "a negative arrival": (
        problem(sources=(money("m", (0, -1)),)),
        R.NEGATIVE,
        {"place": "sources.m.arrivals", "value": -1},
    ),
    "a negative weight": (problem(weights={Part.TAX: -1}), R.NEGATIVE, {"place": "weights.tax", "value": -1}),
    "more than can be summed up": (
        problem(consumables=(quota("mu", (0, MOST_AMOUNT + 1)),)),
        R.NUMBER_TOO_LARGE,
        {"place": "factors.mu.releases", "value": MOST_AMOUNT + 1, "limit": MOST_AMOUNT},
    ),
    "worth more than can be summed up": (
        problem(replace(project("p"), earnings=(IfChosen(Part.TAX, -MOST_AMOUNT),)), weights={Part.TAX: 2}),
        R.NUMBER_TOO_LARGE,
        {"place": "projects.p.earnings", "value": -2 * MOST_AMOUNT, "limit": MOST_AMOUNT},
    ),
    "no level": (problem(renewables=(Renewable("desk", ()),)), R.LEVELS_OUT_OF_ORDER, {"factor": "desk", "slot": 0}),
    "a late first level": (
        problem(renewables=(Renewable("desk", (Level(2, 1),)),)),
        R.LEVELS_OUT_OF_ORDER,
        {"factor": "desk", "slot": 2},
    ),
    "a level too early": (
        problem(renewables=(Renewable("desk", (Level(0, 1), Level(5, 2), Level(3, 1))),)),
        R.LEVELS_OUT_OF_ORDER,
        {"factor": "desk", "slot": 3},
    ),
    "a level beyond": (
        problem(renewables=(Renewable("desk", (Level(0, 1), Level(10, 2))),)),
        R.DATE_OUTSIDE,
        {"place": "factors.desk.levels", "slot": 10, "horizon": 10},
    ),
    "a release before": (
        problem(consumables=(quota("mu", (-1, 5)),)),
        R.DATE_OUTSIDE,
        {"place": "factors.mu.releases", "slot": -1, "horizon": 10},
    ),
    "a release that never opens": (
        problem(consumables=(quota("mu", (4, 5, 4)),)),
        R.CLOSES_BEFORE_IT_OPENS,
        {"factor": "mu", "slot": 4, "expires": 4},
    ),
    "an arrival beyond": (
        problem(sources=(money("m", (10, 5)),)),
        R.DATE_OUTSIDE,
        {"place": "sources.m.arrivals", "slot": 10, "horizon": 10},
    ),
    "begun beyond": (
        of_one(release=11),
        R.DATE_OUTSIDE,
        {"place": "projects.p.activities.a.release", "slot": 11, "horizon": 10},
    ),
    "due before": (
        of_one(deadline=-1),
        R.DATE_OUTSIDE,
        {"place": "projects.p.activities.a.deadline", "slot": -1, "horizon": 10},
    ),
    "longer than the law gives": (
        of_one(mode(2), mode(7), statutory_limit=5),
        R.OVER_STATUTORY_LIMIT,
        {"project": "p", "activity": "a", "duration": 7, "limit": 5},
    ),
    "at most less than at least": (
        two(lag("a", "b", 3, 2)),
        R.MOST_BELOW_LEAST,
        {"before": ref("a"), "after": ref("b"), "least": 3, "most": 2},
    ),
    "a circle": (two(lag("a", "b"), lag("b", "a")), R.CIRCLE, {"activities": (ref("a"), ref("b"), ref("a"))}),
    "after itself": (two(lag("a", "a")), R.CIRCLE, {"activities": (ref("a"), ref("a"))}),
    "too late and too early": (
        two(lag("a", "b", most=1), lag("a", "b", 3, started=True), duration=1),
        R.LAGS_CONTRADICT,
        {"activities": (ref("b"), ref("a"), ref("b")), "by": 1},
    ),
    "the earliest end of some": (
        problem(project("p", is_mandatory=True), project("q"), goal=Goal.MAKESPAN),
        R.OPTIONAL_IN_MAKESPAN,
        {"project": "q"},
    ),
    "two that must be and exclude each other": (
        problem(project("p", is_mandatory=True), project("q", is_mandatory=True), groups=(("p", "q"),)),
        R.MANDATORY_RIVALS,
        {"project": "p", "other": "q"},
    ),
    "a rival that must be because it is required": (
        problem(project("p", is_mandatory=True, requires=("q",)), project("q"), groups=(("p", "q"),)),
        R.MANDATORY_RIVALS,
        {"project": "p", "other": "q"},
    ),
    "begun in a pause": (
        replace(of_one(calendar="winter", done=Done(3)), calendars=WINTER),
        R.DONE_OUTSIDE,
        {"project": "p", "activity": "a", "slot": 3},
    ),
    "begun before time": (of_one(done=Done(-1)), R.DONE_OUTSIDE, {"project": "p", "activity": "a", "slot": -1}),
    "done in the wrong order": (
        problem(project("p", activity("a", done=Done(3)), activity("b", done=Done(2))), lags=(lag("a", "b"),)),
        R.DONE_AGAINST_LAG,
        {"before": ref("a"), "after": ref("b"), "waited": -2, "least": 0, "most": None},
    ),
    "done too long after": (
        problem(
            project("p", activity("a", done=Done(0)), activity("b", done=Done(5))),
            lags=(lag("a", "b", most=4, started=True),),
        ),
        R.DONE_AGAINST_LAG,
        {"before": ref("a"), "after": ref("b"), "waited": 5, "least": 0, "most": 4},
    ),
    "done with more than there was": (
        replace(must(mode(1, mu=5), done=Done(1)), consumables=(quota("mu", (0, 3), (2, 9)),)),
        R.DONE_TAKES_TOO_MUCH,
        {"factor": "mu", "slot": 1, "by": 2},
    ),
    "begun before what it waits for can end": (
        problem(
            project("p", activity("a", mode(3)), activity("b", done=Done(2)), is_mandatory=True),
            lags=(lag("a", "b"),),
        ),
        R.DONE_BEFORE_ITS_TURN,
        {"project": "p", "activity": "b", "slot": 2, "earliest": 3},
    ),
    "more desks than there ever are": (
        replace(must(mode(2, desk=3)), renewables=(renewable("desk", 1, 2),)),
        R.NEVER_ENOUGH,
        {"project": "p", "activity": "a", "factor": "desk", "amount": 3, "at_most": 2},
    ),
    "desks only after its deadline": (
        replace(must(mode(2, desk=3), deadline=4), renewables=(renewable("desk", 1, 1, 1, 2, 9),)),
        R.NEVER_ENOUGH,
        {"project": "p", "activity": "a", "factor": "desk", "amount": 3, "at_most": 2},
    ),
    "more land than is ever open": (
        replace(must(mode(2, mu=5)), consumables=(quota("mu", (0, 4, 3), (3, 4)),)),
        R.NEVER_ENOUGH,
        {"project": "p", "activity": "a", "factor": "mu", "amount": 5, "at_most": 4},
    ),
    "more money than ever comes": (
        replace(must(mode(1, [Payment("works", 3), Payment("works", 3, When.AT_END)])), sources=FUND),
        R.NEVER_ENOUGH,
        {"project": "p", "activity": "a", "factor": "works", "amount": 6, "at_most": 5},
    ),
    "too long for its deadline": (
        must(mode(5), release=2, deadline=6),
        R.NEVER_IN_TIME,
        {"project": "p", "activity": "a", "earliest": 7, "latest": 6},
    ),
    "too long for the horizon": (
        must(mode(11)),
        R.NEVER_IN_TIME,
        {"project": "p", "activity": "a", "earliest": None, "latest": 10},
    ),
    "too much before its deadline": (
        problem(
            project("p", activity("a", mode(5)), activity("b", mode(2), deadline=7), is_mandatory=True),
            lags=(lag("a", "b", 1),),
        ),
        R.NEVER_IN_TIME,
        {"project": "p", "activity": "b", "earliest": 8, "latest": 7},
    ),
    "winter before its deadline": (
        replace(must(mode(3), calendar="winter", release=1, deadline=6), calendars=WINTER),
        R.NEVER_IN_TIME,
        {"project": "p", "activity": "a", "earliest": 7, "latest": 6},
    ),
}


@pytest.mark.parametrize(("asked", "code", "facts"), REFUSED.values(), ids=REFUSED)
def test_check_refuses(asked, code, facts):
    with pytest.raises(PlanningError) as refusal:
        check(asked)

    assert (refusal.value.code, refusal.value.facts) == (code, facts)


def test_every_refusal_of_a_problem_is_tried():
    of_texts = list(R)[: list(R).index(R.HORIZON_OUT_OF_RANGE)]

    assert {code for _, code, _ in REFUSED.values()} == set(R) - set(of_texts)


PASSED = {
    "nothing": problem(),
    "two that require each other": problem(project("p", requires=("q",)), project("q", requires=("p",))),
    "a pause that reaches out of the horizon": problem(calendars=(WorkCalendar("winter", (Pause(-3, 99),)),)),
    "a quota that expires after the horizon": problem(consumables=(quota("mu", (0, 5, 99)),)),
    "an overlap": two(lag("a", "b", -2, 0)),
    "an end on the last slot": must(mode(10)),
    "what was done too late and took too long": must(mode(5), release=3, deadline=4, statutory_limit=2, done=Done(1)),
    "one mode of two that fits": replace(must(mode(1, mu=9), mode(1, mu=2)), consumables=(quota("mu", (0, 3)),)),
    "lags that just agree": two(lag("a", "b", most=1), lag("a", "b", 3, started=True), duration=2),
    "lags that agree if winter comes between": problem(
        project("p", activity("a", mode(2), calendar="winter"), activity("b")),
        calendars=WINTER,
        lags=(lag("a", "b", most=0), lag("a", "b", 5, started=True)),
    ),
    "the earliest end of what is required": problem(
        project("p", is_mandatory=True, requires=("q",)), project("q"), goal=Goal.MAKESPAN
    ),
}


@pytest.mark.parametrize("asked", PASSED.values(), ids=PASSED)
def test_check_lets_pass(asked):
    check(asked)

    assert doubts(asked) == ()


DOUBTED = {
    "takes too much": (
        replace(of_one(mode(1, mu=5)), consumables=(quota("mu", (0, 3)),)),
        [(Doubt.NEVER_ENOUGH, {"project": "p", "activity": "a", "factor": "mu", "amount": 5, "at_most": 3})],
    ),
    "comes too late": (
        of_one(mode(5), deadline=4),
        [(Doubt.NEVER_IN_TIME, {"project": "p", "activity": "a", "earliest": 5, "latest": 4})],
    ),
    "has begun too early": (
        problem(project("p", activity("a", mode(3)), activity("b", done=Done(2))), lags=(lag("a", "b"),)),
        [(Doubt.DONE_BEFORE_ITS_TURN, {"project": "p", "activity": "b", "slot": 2, "earliest": 3})],
    ),
    "waits too long for what must be": (
        problem(
            project("road", activity("a", mode(8)), is_mandatory=True),
            project("plant", activity("a", mode(3))),
            lags=(lag("road.a", "plant.a"),),
        ),
        [(Doubt.NEVER_IN_TIME, {"project": "plant", "activity": "a", "earliest": None, "latest": 10})],
    ),
    "is a rival of what must be": (
        problem(project("p"), project("q", is_mandatory=True), groups=(("p", "q"),)),
        [(Doubt.RIVAL_OF_MANDATORY, {"project": "p", "other": "q"})],
    ),
    "requires its rival": (
        problem(project("p", requires=("q",)), project("q"), groups=(("p", "q"),)),
        [(Doubt.REQUIRES_RIVAL, {"project": "p", "other": "q"})],
    ),
    "requires what cannot be": (
        problem(project("p", requires=("q",)), project("q", activity("a", mode(11)))),
        [
            (Doubt.REQUIRES_DOUBTED, {"project": "p", "other": "q"}),
            (Doubt.NEVER_IN_TIME, {"project": "q", "activity": "a", "earliest": None, "latest": 10}),
        ],
    ),
}


@pytest.mark.parametrize(("asked", "found"), DOUBTED.values(), ids=DOUBTED)
def test_an_optional_project_that_can_be_in_no_plan_is_doubted(asked, found):
    check(asked)

    assert [(each.code, each.facts) for each in doubts(asked)] == found


def test_every_doubt_is_tried():
    assert {code for _, found in DOUBTED.values() for code, _ in found} == set(Doubt)


def test_a_circle_of_three_is_shown_from_one_to_the_next():
    asked = problem(
        project("p", activity("a"), activity("b"), activity("c")), lags=(lag("a", "b"), lag("b", "c"), lag("c", "a"))
    )

    with pytest.raises(PlanningError) as refusal:
        check(asked)
    shown = refusal.value.facts["activities"]

    assert (len(shown), shown[0]) == (4, shown[-1])
    assert set(pairwise(shown)) == {(each.before, each.after) for each in asked.lags}


@given(sound_problems())
@settings(max_examples=300, deadline=None)
def test_what_is_doubted_is_in_no_plan(asked):
    for doubted in doubts(asked):
        insisted = [replace(one, is_mandatory=one.key == doubted.facts["project"]) for one in asked.projects]

        assert brute.best(replace(asked, projects=tuple(insisted))) is None


@given(problems(Goal.MAKESPAN))
@settings(max_examples=200, deadline=None)
def test_a_problem_refused_for_what_must_be_has_no_plan(asked):
    try:
        check(asked)
    except PlanningError:
        assert brute.best(asked) is None
