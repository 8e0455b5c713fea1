"""Drawing up scenarios, changing them, and adopting a plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from sushui.kernel.audit import target_of
from sushui.kernel.errors import DomainError, Forbidden, NotFound, StaleRecord
from sushui.kernel.models import AuditLine
from sushui.planner import services
from sushui.planner.enums import ChangeKind, PoolKind, ScenarioState, ValuePart
from sushui.planner.models import ResourcePool, Scenario
from sushui.planner.panels.wording import change_words
from sushui.planner.services import ChangeDraft, PoolDraft, ScenarioDraft
from sushui.projects.enums import ResourceFactor
from sushui.projects.models import Milestone, PortfolioEntry
from sushui.supervision.models import SupervisedTask
from tests.planner.play import Planning
from tests.projects.portfolios.lists import Lists

pytestmark = pytest.mark.usefixtures("_in_january")


def code(act: Callable[[], Any]) -> str:
    """The refusal's code."""
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code


def moved_list(plan: Planning) -> Scenario:
    """A scenario on the approved list of 甲 and 乙, both to begin in February; land lets only the larger one in."""
    values = {"planned_start_month": date(2026, 2, 1)}
    for name, total in (("甲", 90_000), ("乙", 10_000)):
        plan.candidate(name, total=total, **values)
    lists = Lists(plan.county)
    version = lists.approved(lists.drafted())
    plan.land(30)
    return plan.scenario(base_id=version.pk)


# --- pools -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("draft", "refused"),
    [
        (PoolDraft(ResourceFactor.LAND, PoolKind.CONSUMABLE, Decimal(-1), 2026), "amount_impossible"),
        (PoolDraft(ResourceFactor.FUNDS, PoolKind.CONSUMABLE, Decimal(1), 2026), "funds_are_money"),
        (PoolDraft(ResourceFactor.APPROVALS, PoolKind.RENEWABLE, Decimal(1), 2026), "whose_desks"),
        (PoolDraft(ResourceFactor.LAND, PoolKind.CONSUMABLE, Decimal(1), 2026, date(2027, 1, 1)), "year_differs"),
        (
            PoolDraft(ResourceFactor.LAND, PoolKind.CONSUMABLE, Decimal(1), 2026, date(2026, 3, 1), date(2026, 2, 1)),
            "ends_before_it_begins",
        ),
    ],
)
def test_a_pool_that_cannot_be_is_refused(plan: Planning, draft: PoolDraft, refused: str) -> None:
    assert code(lambda: services.add_pool(plan.office, draft)) == refused


def test_two_who_change_a_pool_never_overwrite_each_other(plan: Planning) -> None:
    pool = plan.land(50)
    draft = PoolDraft(ResourceFactor.LAND, PoolKind.CONSUMABLE, Decimal(60), 2026)
    services.edit_pool(plan.office, pool, draft, seen_version=1)

    with pytest.raises(StaleRecord):
        services.edit_pool(plan.office, pool, draft, seen_version=1)


def test_a_dropped_pool_limits_no_new_run(plan: Planning) -> None:
    plan.candidate()
    services.drop_pool(plan.office, plan.land(5), reason="重复登记")

    assert plan.asked(plan.scenario()).problem.get("factors", []) == []


# --- scenarios -------------------------------------------------------------------------------------------------------
def test_only_the_project_office_draws_up_scenarios(plan: Planning) -> None:
    for key in ("leader", "office", "works_head"):
        with pytest.raises(Forbidden):
            services.draft_scenario(plan.viewer(key), ScenarioDraft("方案", 2026))


@pytest.mark.parametrize(
    ("draft", "refused"),
    [
        (ScenarioDraft(" ", 2026), "text_missing"),
        (ScenarioDraft("方案", 2026, years=6), "years_impossible"),
        (ScenarioDraft("方案", 2020), "year_past"),
        (ScenarioDraft("方案", 2026, weights={ValuePart.JOBS: -1}), "weight_impossible"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(plan: Planning, draft: ScenarioDraft, refused: str) -> None:
    assert code(lambda: services.draft_scenario(plan.office, draft)) == refused


def test_a_copy_holds_what_the_scenario_says_otherwise(plan: Planning) -> None:
    scenario, pool = plan.scenario(), plan.land(50)
    plan.change(scenario, ChangeKind.POOL, pool_id=pool.pk, by_how_much=-10)

    copied = plan.copied(scenario, "另一方案")

    assert [(each.kind, each.pool, each.by) for each in copied.changes.all()] == [(ChangeKind.POOL, pool, Decimal(-10))]
    assert (copied.copied_from, scenario.changes.count()) == (scenario, 1)


def test_what_is_said_again_replaces_what_was_said(plan: Planning) -> None:
    scenario, pool = plan.scenario(), plan.land(50)
    for by in (-10, -20):
        plan.change(scenario, ChangeKind.POOL, pool_id=pool.pk, by_how_much=by)

    assert [each.by for each in scenario.changes.all()] == [Decimal(-20)]


def test_changes_that_cannot_be_are_refused(plan: Planning) -> None:
    scenario, pool, project = plan.scenario(), plan.land(50), plan.candidate()
    tried = {
        "below_nothing": ChangeDraft(ChangeKind.POOL, pool_id=pool.pk, by=Decimal(-60)),
        "change_incomplete": ChangeDraft(ChangeKind.POOL, pool_id=pool.pk),
        "day_outside": ChangeDraft(ChangeKind.PROMISE, project_id=project.pk, on=date(2031, 1, 1)),
    }

    refused = [code(partial(services.change_scenario, plan.office, scenario, draft)) for draft in tried.values()]

    assert refused == list(tried)


def test_a_cut_quota_changes_the_plan_and_its_undoing_brings_it_back(plan: Planning) -> None:
    plan.candidate("甲")
    scenario, pool = plan.scenario(), plan.land(30)
    change = plan.change(scenario, ChangeKind.POOL, pool_id=pool.pk, by_how_much=-20)
    cut = services.plan_by_rank(plan.office, scenario)
    services.undo_change(plan.office, change)

    again = services.plan_by_rank(plan.office, scenario)

    assert (cut.plan, len(again.plan or []) > 0) == ([], True)


def test_a_neighbor_knows_of_no_scenario(plan: Planning) -> None:
    scenario = plan.scenario()

    with pytest.raises((Forbidden, NotFound)):
        services.copy_scenario(plan.viewer("neighbor_office"), scenario, name="偷看")


# --- adopting --------------------------------------------------------------------------------------------------------
def test_an_adopted_plan_is_the_next_draft_of_the_list_with_its_months(plan: Planning) -> None:
    scenario = moved_list(plan)

    adopted = services.adopt_plan(plan.office, services.plan_by_rank(plan.office, scenario))
    entries = list(PortfolioEntry.objects.filter(list_version=adopted.version).values_list("name", "start_month"))

    assert (adopted.version.based_on, adopted.version.state) == (scenario.base, "draft")
    assert [name for name, _start in entries] == ["甲"]
    assert list(Milestone.objects.order_by("planned_on").values_list("name", "planned_on")) == [
        ("开工", entries[0][1]),
        ("竣工", PortfolioEntry.objects.get(list_version=adopted.version).completion_month),
    ]


def test_whoever_must_act_on_the_plan_has_a_task_that_says_the_difference(plan: Planning) -> None:
    adopted = services.adopt_plan(plan.office, services.plan_by_rank(plan.office, moved_list(plan)))

    titles = sorted(SupervisedTask.objects.values_list("title", flat=True))

    assert (adopted.tasks, len(titles)) == (2, 2)
    assert any("乙：不列入 2026 年项目盘子" in title for title in titles)
    assert any(title.startswith("甲：开工推迟") for title in titles)


def test_an_adopted_scenario_is_closed_and_can_be_copied(plan: Planning) -> None:
    scenario = moved_list(plan)
    services.adopt_plan(plan.office, services.plan_by_rank(plan.office, scenario))
    again = Scenario.objects.get(pk=scenario.pk)

    assert again.state is ScenarioState.ADOPTED
    assert code(lambda: plan.asked(again)) == "scenario_adopted"
    assert plan.copied(again, "下一步").state is ScenarioState.DRAFT


def test_the_leader_adopts_nothing_and_approves_in_the_portfolio(plan: Planning) -> None:
    run = services.plan_by_rank(plan.office, moved_list(plan))

    with pytest.raises(Forbidden):
        services.adopt_plan(plan.viewer("leader"), run)


def test_a_run_that_goes_on_is_not_adopted(plan: Planning) -> None:
    run = plan.asked(moved_list(plan))

    assert code(lambda: services.adopt_plan(plan.office, run)) == "run_open"


def test_every_act_leaves_its_line(plan: Planning) -> None:
    scenario = moved_list(plan)
    services.adopt_plan(plan.office, services.plan_by_rank(plan.office, scenario))

    lines = AuditLine.objects.filter(target=target_of(scenario)).order_by("pk").values_list("verb", flat=True)

    assert list(lines) == ["draft_scenario", "plan_by_rank", "adopt_plan"]
    assert AuditLine.objects.filter(target=target_of(ResourcePool.objects.get()), verb="add_pool").count() == 1


# --- ties ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before", "tied", "code"),
    [
        ((), (0, 0), "tied_to_itself"),
        (((0, 1),), (1, 0), "tied_in_a_circle"),
        (((0, 1), (1, 2)), (2, 0), "tied_in_a_circle"),
    ],
)
def test_ties_that_cannot_be_meant_are_refused(
    plan: Planning, before: tuple[tuple[int, int], ...], tied: tuple[int, int], code: str
) -> None:
    three, scenario = [plan.candidate().pk for _ in range(3)], plan.scenario()
    for one, other in before:
        plan.change(scenario, ChangeKind.REQUIRE, project_id=three[one], other_id=three[other])

    with pytest.raises(DomainError, check=lambda refusal: refusal.code == code):
        plan.change(scenario, ChangeKind.REQUIRE, project_id=three[tied[0]], other_id=three[tied[1]])


def test_a_tie_without_its_other_project_is_incomplete(plan: Planning) -> None:
    project, scenario = plan.candidate(), plan.scenario()

    with pytest.raises(DomainError, check=lambda refusal: refusal.code == "change_incomplete"):
        plan.change(scenario, ChangeKind.RIVAL, project_id=project.pk)


def test_a_tie_is_said_in_words(plan: Planning) -> None:
    one, other, scenario = plan.candidate("甲"), plan.candidate("乙"), plan.scenario()

    plan.change(scenario, ChangeKind.RIVAL, project_id=one.pk, other_id=other.pk)

    assert [change_words(each) for each in scenario.changes.all()] == ["甲与乙互斥"]
