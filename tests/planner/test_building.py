"""A scenario as a problem of the engine: what the registers say, in weeks, and refusals in words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sushui.engines.planning import Done, Level, Problem, Ref, Release
from sushui.kernel.errors import DomainError
from sushui.planner.adapter import MoneyFact, PoolFact, build, by_rank
from sushui.planner.adapter.building import Wish
from sushui.planner.adapter.snapshots import dumped, loaded
from sushui.planner.enums import ChangeKind, Doubt, Missing, PlanStatus, PoolKind
from sushui.planner.rules.candidates import Candidate, StepFact
from sushui.planner.rules.weeks import Weeks
from sushui.planner.rules.weights import DEFAULT
from sushui.projects.enums import FundingSource, ProjectSector, ResourceFactor
from tests.planner.test_rules import candidate

TODAY, WEEKS = date(2026, 1, 10), Weeks(2026, 3)
C, R = PoolKind.CONSUMABLE, PoolKind.RENEWABLE
FILING = StepFact("filing", "备案", "Filing", agency_id=7, weeks=1)
CONTRACT = StepFact("land_contract", "土地合同", "Land contract", ("filing",), agency_id=7, weeks=4)


def pool(amount: str, factor: ResourceFactor = ResourceFactor.LAND, kind: PoolKind = C, **said: Any) -> PoolFact:
    return PoolFact(kind, factor, Decimal(amount), **{"from_on": date(2026, 1, 1), **said})


def built(
    *candidates: Candidate, pools: tuple[PoolFact, ...] = (), money: tuple[MoneyFact, ...] = (), wishes: Any = ()
) -> Problem:
    return loaded(build(WEEKS, TODAY, candidates, pools, money, wishes, DEFAULT).problem)


def lags(problem: Problem) -> set[tuple[str, str]]:
    return {(lag.before.activity, lag.after.activity) for lag in problem.lags}


def test_a_problem_is_stored_and_read_back_unchanged() -> None:
    problem = built(
        candidate(steps=(FILING, CONTRACT)), pools=(pool("50.5"), pool("2", ResourceFactor.APPROVALS, R, agency_id=7))
    )

    assert loaded(dumped(problem)) == problem


def test_permits_and_land_come_before_construction_in_their_order() -> None:
    problem = built(candidate(steps=(FILING, CONTRACT)), pools=(pool("50"),))

    assert lags(problem) == {
        ("permit:filing", "permit:land_contract"),
        ("permit:land_contract", "works"),
        ("land", "permit:land_contract"),
        ("land", "works"),
    }


def test_construction_lasts_as_long_as_planned_and_begins_not_before() -> None:
    works = built(candidate()).activity[Ref("1", "works")]

    assert (works.modes[0].duration, works.release, works.done) == (44, 8, None)


def test_what_is_begun_stands_and_is_in_every_plan() -> None:
    problem = built(candidate(started_on=date(2025, 6, 1), steps=None))
    works = problem.activity[Ref("1", "works")]

    assert (works.done, works.modes[0].duration, problem.project["1"].is_mandatory) == (Done(0), 53, True)
    assert [activity.key for activity in problem.project["1"].activities] == ["works"]


def test_land_may_come_from_the_place_or_from_the_county() -> None:
    there = {"place_id": 5, "place_path": "1408/140826/140826101"}
    elsewhere = {"place_id": 6, "place_path": "1408/140826/140826102"}
    problem = built(
        candidate(place_path="1408/140826/140826101"), pools=(pool("50"), pool("9", **there), pool("9", **elsewhere))
    )

    assert [mode.demands[0].factor for mode in problem.activity[Ref("1", "land")].modes] == ["land@5", "land"]


def test_a_quota_is_good_until_the_week_of_its_last_day() -> None:
    problem = built(pools=(pool("10.259", until_on=date(2026, 12, 31)), pool("5", from_on=date(2026, 7, 1))))

    assert problem.consumables[0].releases == (Release(0, 1025, 53), Release(26, 500))


def test_desks_of_several_pools_add_up_while_both_are_there() -> None:
    more = {"agency_id": 7, "from_on": date(2026, 1, 15), "until_on": date(2026, 1, 28)}
    problem = built(
        pools=(pool("2", ResourceFactor.APPROVALS, R, agency_id=7), pool("1", ResourceFactor.APPROVALS, R, **more))
    )

    assert problem.renewables[0].levels == (Level(0, 200), Level(2, 300), Level(4, 200))


def test_a_permit_takes_one_desk_of_its_agency() -> None:
    problem = built(candidate(steps=(FILING,)), pools=(pool("50"), pool("2", ResourceFactor.APPROVALS, R, agency_id=7)))

    assert [(each.factor, each.amount) for each in problem.activity[Ref("1", "permit:filing")].modes[0].demands] == [
        ("desks@7", 100)
    ]


def test_money_pays_only_for_the_sectors_it_may() -> None:
    bonds, sector = FundingSource.SPECIAL_BONDS, ProjectSector.INFRASTRUCTURE
    money = (MoneyFact(bonds, Decimal(99_999), date(2026, 3, 1), (sector,)),)
    payer = candidate(sector=sector, money={bonds: Decimal(10_001)})
    other = Candidate(
        2,
        "乙",
        **{name: getattr(payer, name) for name in ("total", "start_on", "completion_on", "steps", "needs", "money")},
    )

    found = build(WEEKS, TODAY, [payer, other], (), money, (), DEFAULT)
    problem = loaded(found.problem)

    assert [lack.why for lack in found.missing[2]] == [Missing.PAYER]
    assert [arrival.amount for arrival in problem.sources[0].arrivals] == [9]
    assert [payment.amount for payment in problem.activity[Ref("1", "works")].modes[0].payments] == [2]


def test_wishes_make_mandatory_fix_and_promise() -> None:
    wishes = [
        Wish(ChangeKind.MANDATORY, 1),
        Wish(ChangeKind.FIX_START, 1, date(2026, 6, 1)),
        Wish(ChangeKind.PROMISE, 1, date(2027, 6, 1)),
    ]
    problem = built(candidate(), wishes=wishes)
    works = problem.activity[Ref("1", "works")]

    assert (problem.project["1"].is_mandatory, works.release, works.deadline) == (True, 21, 65)
    assert len(works.earnings) == 3


def test_a_refusal_names_the_project_and_the_factor() -> None:
    with pytest.raises(DomainError) as refusal:
        built(candidate(), pools=(pool("5", name="用地"),), wishes=[Wish(ChangeKind.MANDATORY, 1)])

    assert (refusal.value.code, "甲" in refusal.value.sentence, "用地" in refusal.value.sentence) == (
        "plan_refused", True, True,
    )  # fmt: skip


def test_a_list_by_rank_puts_off_what_does_not_fit_yet() -> None:
    later = pool("30", from_on=date(2026, 9, 1))
    found = build(WEEKS, TODAY, [candidate()], [pool("5"), later], (), (), DEFAULT)

    plan = by_rank(found.problem, found.ranked)

    assert plan.status is PlanStatus.FEASIBLE
    assert [(activity, start >= 35) for _key, activity, start, _end, _mode in plan.plan or []] == [
        ("land", True), ("works", True),
    ]  # fmt: skip


# --- ties and doubts -------------------------------------------------------------------------------------------------
def numbered(number: int, **said: Any) -> Candidate:
    return replace(candidate(**{"needs": {}}), project_id=number, **said)


def tie(kind: ChangeKind, one: int, other: int, *, is_met: bool = False) -> Wish:
    return Wish(kind, one, other_id=other, other_name=f"项目{other}", is_met=is_met)


def test_what_is_built_only_together_requires_the_other() -> None:
    pair = (numbered(1), numbered(2))

    problem = built(*pair, wishes=[tie(ChangeKind.REQUIRE, 1, 2)])

    assert (problem.project["1"].requires, problem.project["2"].requires) == (("2",), ())


def test_what_is_built_already_is_required_no_more() -> None:
    problem = built(numbered(1), wishes=[tie(ChangeKind.REQUIRE, 1, 2, is_met=True)])

    assert problem.project["1"].requires == ()


def test_what_requires_something_that_cannot_be_planned_cannot_be_either() -> None:
    three = [numbered(1), numbered(2), numbered(3, total=None)]
    wishes = [tie(ChangeKind.REQUIRE, 1, 2), tie(ChangeKind.REQUIRE, 2, 3)]

    found = build(WEEKS, TODAY, three, (), (), wishes, DEFAULT)

    assert {number: [lack.why for lack in lacks] for number, lacks in found.missing.items()} == {
        1: [Missing.REQUIRED], 2: [Missing.REQUIRED], 3: [Missing.INVESTMENT],
    }  # fmt: skip


def test_rivals_are_a_group() -> None:
    pair = (numbered(1), numbered(2))

    assert built(*pair, wishes=[tie(ChangeKind.RIVAL, 1, 2)]).groups == (("1", "2"),)


def test_rivals_that_must_both_be_in_the_plan_are_refused_by_name() -> None:
    pair = (numbered(1, name="甲"), numbered(2, name="乙"))
    must = [Wish(ChangeKind.MANDATORY, number) for number in (1, 2)]

    with pytest.raises(DomainError, check=lambda refusal: {"甲", "乙"} == set(re.findall("“(.)”", str(refusal)))):
        built(*pair, wishes=[tie(ChangeKind.RIVAL, 1, 2), *must])


def test_a_step_that_is_planned_with_a_doubt_is_told() -> None:
    stopped = StepFact("eia", "环评", "EIA", weeks=2, doubt=Doubt.STOPPED)

    found = build(WEEKS, TODAY, [numbered(1, steps=(stopped,))], (), (), (), DEFAULT)

    assert found.facts["doubts"] == {"1": [["stopped", "环评"]]}


def test_a_page_can_say_which_pool_a_piece_of_a_factor_is() -> None:
    pools = (pool("50", pool_id=4), pool("20", pool_id=5, from_on=date(2030, 1, 1)), pool("10", pool_id=6))
    money = [
        MoneyFact(FundingSource.SPECIAL_BONDS, Decimal(10_000), date(2026, month, 1), pool_id=number)
        for number, month in ((8, 6), (7, 3))
    ]

    found = build(WEEKS, TODAY, [candidate()], pools, money, (), DEFAULT)

    assert found.facts["pieces"] == {"land": [4, 6], "special_bonds": [7, 8]}
