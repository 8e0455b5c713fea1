"""A plan that keeps to the one before: what has slipped, who is affected, in which scenario, adopted on what stands."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.engines.planning import IfMoved
from sushui.kernel.errors import DomainError, Forbidden
from sushui.planner import services
from sushui.planner.adapter.snapshots import loaded
from sushui.planner.enums import ChangeKind, Firmness, Slip
from sushui.planner.models import Inquiry, Run
from sushui.planner.panels.affected import AffectedSheet
from sushui.planner.rules.firmness import ChangePrices, prices
from sushui.planner.rules.holds import Held, Holding, held
from sushui.planner.rules.pictures import Placed, PlannedProject
from sushui.planner.rules.slips import Slipped, Standing, slips
from sushui.projects.enums import ProjectStage
from sushui.projects.models import Project
from tests.planner.play import Planning
from tests.projects.play import on


@pytest.fixture
def adopted(plan: Planning, _in_january: None) -> Run:
    """Two projects planned by the engine and adopted in January."""
    for name in ("甲", "乙"):
        plan.candidate(name)
    plan.land(50)
    run = plan.solved(plan.scenario())
    services.adopt_plan(plan.office, run)
    return plan.again(run)


def replanned(plan: Planning, run: Run, day: str, **asked: object) -> Run:
    """Planned anew on a day, by the engine."""
    with on(day):
        made = services.replan(plan.office, run, **asked)  # type: ignore[arg-type]
        Run.objects.filter(pk=made.pk).update(seconds=1)
        services.carry_out(made.pk, beat=0.05)
    return plan.again(made)


# --- rules -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("firmness", "price"),
    [
        (Firmness.FIRM, ChangePrices(50_000, 1_000, 100)),
        (Firmness.WEIGHED, ChangePrices(500, 50, 5)),
        (Firmness.FREE, ChangePrices(0, 0, 0)),
    ],
)
def test_changes_are_priced_by_what_a_project_is_worth(firmness: Firmness, price: ChangePrices) -> None:
    assert prices(firmness, 4_000, 4) == price


def works(start: int, end: int) -> list[PlannedProject]:
    return [PlannedProject("1", (Placed("permit:eia", 2, 4), Placed("works", start, end)))]


@pytest.mark.parametrize(
    ("standing", "now", "found"),
    [
        ({}, 5, [Slipped("1", Slip.GONE)]),
        ({"1": {"works": Standing("works")}}, 9, []),
        ({"1": {"works": Standing("works")}}, 13, [Slipped("1", Slip.LATE, "works", 10, 3)]),
        ({"1": {"works": Standing("works", 12)}}, 20, [Slipped("1", Slip.BEGUN_LATE, "works", 10, 2)]),
        ({"1": {"works": Standing("works", 10)}}, 20, []),
        ({"1": {"permit:eia": Standing("permit:eia")}}, 6, [Slipped("1", Slip.OPEN, "permit:eia", 4, 2)]),
    ],
)
def test_what_has_slipped_is_what_the_registers_say_otherwise(
    standing: dict[str, dict[str, Standing]], now: int, found: list[Slipped]
) -> None:
    assert list(slips(works(10, 40), standing, now)) == found


@pytest.mark.parametrize(
    ("bottleneck", "found"),
    [
        (Held(1, "1", "permit:eia", 20), Holding("permit:eia", 20, 5)),
        (Held(1, "1", "permit:other", 20), Holding("works", 20, 5)),
        (Held(1, "1", "permit:eia", 3), Holding("permit:eia", 18, 5)),
        (Held(1, "1", "permit:eia"), Holding("permit:eia", 18, 5)),
        (Held(1, "1", "permit:eia", 200), None),
    ],
)
def test_a_bottleneck_holds_its_step_or_else_construction(bottleneck: Held, found: Holding | None) -> None:
    assert held(bottleneck, works(10, 40)[0].activities, 5, 156) == found


def test_a_bottleneck_of_what_has_begun_holds_nothing() -> None:
    assert held(Held(1, "1", "permit:eia", 20), [], 5, 156) is None


# --- planned anew ----------------------------------------------------------------------------------------------------
def test_nothing_changes_where_nothing_has_slipped(plan: Planning, adopted: Run) -> None:
    made = replanned(plan, adopted, "2026-01-12")

    assert (made.plan, made.replans_id) == (adopted.plan, adopted.pk)
    assert (made.points, made.net, made.gap) == (adopted.points, adopted.points, 0)


def test_an_adopted_scenario_is_copied(plan: Planning, adopted: Run) -> None:
    made = replanned(plan, adopted, "2026-01-12", name="二季度调整")

    assert (made.scenario.name, made.scenario.copied_from_id) == ("二季度调整", adopted.scenario_id)


@pytest.mark.usefixtures("_in_january")
def test_a_scenario_that_is_not_adopted_is_planned_anew_itself(plan: Planning) -> None:
    plan.candidate()
    run = plan.run(plan.scenario())

    made = services.replan(plan.office, run)

    assert (made.scenario_id, made.number) == (run.scenario_id, 2)


def test_what_did_not_begin_is_moved_and_the_others_stay(plan: Planning, adopted: Run) -> None:
    begun = {"stage": ProjectStage.UNDER_CONSTRUCTION, "started_on": date(2026, 3, 2)}
    Project.objects.filter(name="甲").update(**begun)

    made = replanned(plan, adopted, "2026-06-01")
    sheet = AffectedSheet(plan.office, made, adopted)

    assert [(line.name, line.what, line.agency) for line in sheet.lines if line.name == "乙"] == [
        ("乙", "改期", "县住建局")
    ]
    assert "乙" in {line.name for line in sheet.slipped}


@pytest.mark.usefixtures("_in_january")
def test_a_quota_that_was_cut_lets_one_go_out(plan: Planning) -> None:
    for name in ("甲", "乙"):
        plan.candidate(name)
    land, scenario = plan.land(50), plan.scenario()
    run = plan.solved(scenario)
    plan.change(scenario, ChangeKind.POOL, pool_id=land.pk, by_how_much=-20)

    made = replanned(plan, run, "2026-01-12")
    sheet = AffectedSheet(plan.office, made, run)

    assert ([line.what for line in sheet.lines], sheet.same) == (["调出"], 1)


def test_promised_projects_are_held_to_three_times_as_firmly(plan: Planning, adopted: Run) -> None:
    copy = services.copy_scenario(plan.office, adopted.scenario, name="有承诺")
    promised, other = Project.objects.order_by("pk")
    plan.change(copy, ChangeKind.PROMISE, project_id=promised.pk, on=date(2026, 12, 31))
    run = plan.run(copy)

    made = services.replan(plan.office, run)
    problem = loaded(made.problem)
    dear, cheap = [
        [each.once for each in problem.project[str(row.pk)].activities[-1].earnings if isinstance(each, IfMoved)]
        for row in (promised, other)
    ]

    assert [one == 3 * two for one, two in zip(dear, cheap, strict=True)] == [True]


def test_a_new_plan_is_asked_which_promises_are_at_risk(plan: Planning, adopted: Run) -> None:
    made = replanned(plan, adopted, "2026-01-12")

    assert [each.kind for each in Inquiry.objects.filter(run=made)] == ["risks"]


def test_an_adopted_new_plan_goes_on_from_the_list_before(plan: Planning, adopted: Run) -> None:
    made = replanned(plan, adopted, "2026-01-12")

    with on("2026-01-12"):
        version = services.adopt_plan(plan.office, made).version

    assert version.based_on_id == adopted.scenario.adopted_version_id


@pytest.mark.usefixtures("_in_january")
def test_without_a_plan_there_is_nothing_to_keep_to(plan: Planning) -> None:
    plan.candidate()
    run = plan.asked(plan.scenario())

    with pytest.raises(DomainError, check=lambda refusal: refusal.code == "no_plan"):
        services.replan(plan.office, run)


def test_the_leader_plans_nothing_anew(plan: Planning, adopted: Run) -> None:
    with pytest.raises(Forbidden):
        services.replan(plan.viewer("leader"), adopted)
