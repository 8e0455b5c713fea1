"""Every planted violation is found and named; what is named nowhere is kept, by two other opinions."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sushui.engines.planning.plan import Placement, Plan
from sushui.engines.planning.problem import Done, Payment, Problem, Ref, When
from sushui.engines.planning.recounting import courses, instalments
from sushui.engines.planning.timeline import Pause, WorkCalendar
from sushui.engines.planning.verifying import Violation, ViolationKind, verify
from tests.engines.planning import brute
from tests.engines.planning.problems import (
    activity,
    lag,
    mode,
    money,
    plan,
    plans,
    problem,
    problems,
    project,
    quota,
    renewable,
)

K = ViolationKind


def only(of: Problem, placed: Plan) -> Violation:
    """The one violation there is."""
    (found,) = verify(of, placed)
    return found


def of_one(*modes, horizon: int = 10, **fields) -> Problem:
    """A problem of one activity `a` of project `p`."""
    return problem(project("p", activity("a", *modes, **fields)), horizon=horizon)


TWO = problem(project("p", activity("a", mode(3)), activity("b", mode(2))))
WINTER = (WorkCalendar("winter", (Pause(2, 5),)),)

PLANTS = {
    "placed and not there": (of_one(), plan(a=0, z=0), Violation(K.UNKNOWN_ACTIVITY, "p", "z")),
    "no such mode": (of_one(), plan(a=(0, 1)), Violation(K.UNKNOWN_MODE, "p", "a")),
    "a mode below zero": (of_one(), plan(a=(0, -1)), Violation(K.UNKNOWN_MODE, "p", "a")),
    "half a project": (TWO, plan(a=0), Violation(K.MISSING_ACTIVITY, "p", "b")),
    "before the first slot": (of_one(release=-9), plan(a=-2), Violation(K.OUTSIDE_HORIZON, "p", "a", slot=-2)),
    "beyond the horizon": (of_one(mode(3)), plan(a=8), Violation(K.OUTSIDE_HORIZON, "p", "a", slot=10)),
    "a milestone beyond it": (of_one(mode(0)), plan(a=11), Violation(K.OUTSIDE_HORIZON, "p", "a", slot=10)),
    "before its release": (of_one(release=4), plan(a=1), Violation(K.BEFORE_RELEASE, "p", "a", slot=1, by=3)),
    "after its deadline": (of_one(mode(3), deadline=4), plan(a=3), Violation(K.AFTER_DEADLINE, "p", "a", slot=6, by=2)),
    "begun in a pause": (
        replace(of_one(calendar="winter"), calendars=WINTER),
        plan(a=3),
        Violation(K.STARTS_IN_PAUSE, "p", "a", slot=3),
    ),
    "prolonged by a pause": (
        replace(of_one(mode(3), calendar="winter", deadline=6), calendars=WINTER),
        plan(a=1),
        Violation(K.AFTER_DEADLINE, "p", "a", slot=7, by=1),
    ),
    "over the statutory limit": (
        of_one(mode(5), statutory_limit=3),
        plan(a=0),
        Violation(K.STATUTORY_LIMIT, "p", "a", by=2),
    ),
    "what happened is moved": (of_one(done=Done(1)), plan(a=3), Violation(K.DONE_MOVED, "p", "a", slot=1, by=2)),
    "what happened is done otherwise": (
        of_one(mode(1), mode(1), done=Done(1)),
        plan(a=(1, 1)),
        Violation(K.DONE_MOVED, "p", "a", slot=1),
    ),
    "before what must come first": (
        replace(TWO, lags=(lag("a", "b", 2),)),
        plan(a=0, b=4),
        Violation(K.LAG_TOO_SHORT, "p", "b", Ref("p", "a"), slot=4, by=1),
    ),
    "long after it": (
        replace(TWO, lags=(lag("a", "b", most=1),)),
        plan(a=0, b=6),
        Violation(K.LAG_TOO_LONG, "p", "b", Ref("p", "a"), slot=6, by=2),
    ),
    "too early after its start": (
        replace(TWO, lags=(lag("a", "b", 2, started=True),)),
        plan(a=1, b=2),
        Violation(K.LAG_TOO_SHORT, "p", "b", Ref("p", "a"), slot=2, by=1),
    ),
    "too late after its start": (
        replace(TWO, lags=(lag("a", "b", most=2, started=True),)),
        plan(a=1, b=7),
        Violation(K.LAG_TOO_LONG, "p", "b", Ref("p", "a"), slot=7, by=4),
    ),
    "before another project": (
        problem(project("road"), project("plant"), lags=(lag("road.a", "plant.a"),)),
        plan(road__a=3, plant__a=1),
        Violation(K.LAG_TOO_SHORT, "plant", "a", Ref("road", "a"), slot=1, by=3),
    ),
    "too few desks": (
        replace(of_one(mode(2, desk=3)), renewables=(renewable("desk", 9, 1, 5),)),
        plan(a=0),
        Violation(K.OVER_CAPACITY, factor="desk", slot=1, by=2),
    ),
    "too little land": (
        replace(of_one(mode(2, mu=5)), consumables=(quota("mu", (0, 3)),)),
        plan(a=4),
        Violation(K.QUOTA_SHORT, factor="mu", slot=4, by=2),
    ),
    "land that is closed again": (
        replace(of_one(mode(2, mu=5)), consumables=(quota("mu", (0, 9, 4), (5, 9)),)),
        plan(a=4),
        Violation(K.QUOTA_SHORT, factor="mu", slot=4, by=5),
    ),
    "money that comes later": (
        replace(of_one(mode(2, [Payment("works", 9)])), sources=(money("fund", (0, 5), (3, 9)),)),
        plan(a=1),
        Violation(K.MONEY_SHORT, factor="works", slot=2, by=4),
    ),
    "money for something else": (
        replace(of_one(mode(2, [Payment("works", 9, When.AT_START)])), sources=(money("fund", (0, 99), pays="land"),)),
        plan(a=1),
        Violation(K.MONEY_SHORT, factor="works", slot=1, by=9),
    ),
    "money at the end": (
        replace(of_one(mode(2, [Payment("works", 9, When.AT_END)])), sources=(money("fund", (2, 9)),)),
        plan(a=0),
        Violation(K.MONEY_SHORT, factor="works", slot=1, by=9),
    ),
    "a factor nobody knows": (
        of_one(mode(1, gold=2)),
        plan(a=1),
        Violation(K.UNKNOWN_FACTOR, "p", "a", None, "gold", 1, 2),
    ),
    "what must be is not": (problem(project("p", is_mandatory=True)), plan(), Violation(K.MANDATORY_MISSING, "p")),
    "without what it requires": (
        problem(project("plant", requires=("road",)), project("road")),
        plan(plant__a=0),
        Violation(K.REQUIRED_MISSING, "plant", other=Ref("road", "")),
    ),
    "two of a group": (
        problem(project("p"), project("q"), project("r"), groups=(("p", "q", "r"),)),
        plan(p__a=0, q__a=0, r__a=0),
        Violation(K.GROUP_CROWDED, "p", other=Ref("q", ""), by=2),
    ),
}


@pytest.mark.parametrize("planted", PLANTS.values(), ids=PLANTS)
def test_verify_names_a_planted_violation(planted):
    asked, placed, violation = planted

    assert only(asked, placed) == violation


def test_every_kind_of_violation_is_planted():
    planted = {violation.kind for _, _, violation in PLANTS.values()}

    assert planted == set(ViolationKind)


def test_nothing_is_violated_by_a_plan_that_stands_at_every_edge():
    works = activity("a", mode(3, [Payment("works", 9)], desk=2, mu=5), release=1, deadline=7, calendar="winter")
    asked = problem(
        project("p", works, activity("b", mode(2), statutory_limit=2)),
        renewables=(renewable("desk", 0, 2),),
        consumables=(quota("mu", (1, 5, 2)),),
        sources=(money("fund", (1, 3), (5, 6), pays="works"),),
        calendars=WINTER,
        lags=(lag("a", "b", 1, 1),),
    )

    assert verify(asked, plan(a=1, b=8)) == ()


def test_the_empty_plan_keeps_everything_where_nothing_must_be():
    assert verify(problem(project("p", activity(done=Done(0)))), plan()) == ()


def test_a_lag_binds_only_where_both_are_in_the_plan():
    asked = problem(project("road"), project("plant"), lags=(lag("road.a", "plant.a", 3),))

    assert verify(asked, plan(plant__a=0)) == ()


def test_a_milestone_may_stand_at_the_horizon_and_in_a_pause():
    asked = replace(of_one(mode(0), calendar="winter"), calendars=WINTER)

    assert verify(asked, plan(a=10)) == verify(asked, plan(a=3)) == ()


def test_a_quota_is_taken_from_what_closes_first():
    asked = problem(
        project("p", activity("a", mode(1, mu=4))),
        project("q", activity("a", mode(1, mu=6))),
        consumables=(quota("mu", (0, 6), (0, 4, 2)),),
    )

    assert verify(asked, plan(p__a=1, q__a=5)) == ()


def test_money_for_one_use_is_left_to_it_when_other_money_pays_the_rest():
    paid = [Payment("land", 5, When.AT_START), Payment("works", 5, When.AT_START)]
    asked = replace(of_one(mode(1, paid)), sources=(money("any", (0, 5)), money("fund", (0, 5), pays="works")))

    assert verify(asked, plan(a=0)) == ()


def test_missing_money_is_not_paid_by_what_comes_later():
    paid = [Payment("works", 4, When.AT_START), Payment("works", 4, When.AT_END)]
    asked = replace(of_one(mode(4, paid)), sources=(money("fund", (0, 1), (2, 4)),))

    assert only(asked, plan(a=0)) == Violation(K.MONEY_SHORT, factor="works", slot=0, by=3)


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_verify_agrees_with_brute_force(data):
    asked = data.draw(problems())
    placed = data.draw(plans(asked))

    assert (verify(asked, placed) == ()) == brute.is_feasible(asked, placed)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_missing_money_is_what_another_maximum_flow_leaves(data):
    networkx = pytest.importorskip("networkx")
    asked = data.draw(problems())
    placed = data.draw(plans(asked))

    missing = sum(found.by for found in verify(asked, placed) if found.kind is K.MONEY_SHORT)

    assert missing == _left_unpaid(networkx, asked, placed)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_missing_quota_is_what_another_maximum_flow_leaves(data):
    networkx = pytest.importorskip("networkx")
    asked = data.draw(problems())
    placed = data.draw(plans(asked))

    missing = sum(found.by for found in verify(asked, placed) if found.kind is K.QUOTA_SHORT)

    assert missing == _left_untaken(networkx, asked, placed)


def _left_unpaid(networkx, asked, placed) -> int:
    """Slot by slot and arrival by arrival, without any merging."""
    due = Counter(
        {
            (slot, payment.use): 0
            for course in courses(asked, placed)
            for payment in course.mode.payments
            for slot, _ in instalments(course, payment)
        }
    )
    for course in courses(asked, placed):
        for payment in course.mode.payments:
            for slot, amount in instalments(course, payment):
                due[slot, payment.use] += amount
    arrivals = [(source, arrival) for source in asked.sources for arrival in source.arrivals]
    reaches = {
        (number, node)
        for number, (source, arrival) in enumerate(arrivals)
        for node in due
        if source.may_pay(node[1]) and arrival.start <= node[0]
    }
    return sum(due.values()) - _flow(networkx, dict(enumerate(arrival.amount for _, arrival in arrivals)), due, reaches)


def _left_untaken(networkx, asked, placed) -> int:
    (factor,) = asked.consumables
    wanted: defaultdict[int, int] = defaultdict(int)
    for course in courses(asked, placed):
        for demand in course.mode.demands:
            wanted[course.start] += demand.amount if demand.factor == factor.key else 0
    reaches = {
        (number, slot)
        for number, release in enumerate(factor.releases)
        for slot in wanted
        if release.start <= slot and (release.expires is None or slot < release.expires)
    }
    offered = {number: release.amount for number, release in enumerate(factor.releases)}
    return sum(wanted.values()) - _flow(networkx, offered, wanted, reaches)


def _flow(networkx, offered, wanted, reaches) -> int:
    """What a maximum flow carries from what is offered to what is wanted."""
    network = networkx.DiGraph()
    network.add_nodes_from(("from", "to"))
    for number, amount in offered.items():
        network.add_edge("from", ("offer", number), capacity=amount)
    for node, amount in wanted.items():
        network.add_edge(("want", node), "to", capacity=amount)
    network.add_edges_from((("offer", number), ("want", node)) for number, node in reaches)
    return networkx.maximum_flow_value(network, "from", "to")


def test_verify_counts_out_a_plan_of_a_thousand_steps():
    steps = [project(f"p{n}", activity("a", mode(30, [Payment("works", 100)], desk=1, mu=1))) for n in range(1000)]
    asked = problem(
        *steps,
        horizon=750,
        renewables=(renewable("desk", 1000),),
        consumables=(quota("mu", *((month * 30, 500) for month in range(24))),),
        sources=(money("fund", *((month * 30, 10_000) for month in range(24))),),
    )
    placed = Plan({Ref(f"p{n}", "a"): Placement(n * 7 % 700) for n in range(1000)})

    found = verify(asked, placed)

    assert {violation.kind for violation in found} <= {K.MONEY_SHORT, K.QUOTA_SHORT}
