"""The planner's pages: pools of a year, scenarios, one with its plan, a run while it goes on, two side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sushui.planner.enums import ChangeKind
from sushui.planner.models import MoneyPool, ResourcePool, Scenario
from sushui.projects.enums import FundingSource, ProjectSector
from tests.cast import County
from tests.planner.play import Planning
from tests.projects.pages.reading import table
from tests.supervision.pages.reading import Reader, Sight, reader

pytestmark = pytest.mark.usefixtures("_in_january")


@dataclass(frozen=True)
class Desk(Reader):
    """Somebody of the cast at their desk, in the room of the planner."""

    def open(self, name: str, /, *args: Any, **query: Any) -> Sight:
        return Sight(self.client.get(reverse(f"planner:{name}", args=args), query))

    def send(self, name: str, /, *args: Any, **data: Any) -> Sight:
        return Sight(self.client.post(reverse(f"planner:{name}", args=args), data, follow=True))


Sit = Callable[[str], Desk]


@pytest.fixture
def sit(county: County) -> Sit:
    """``sit("project_office")``: the person in that post at their desk."""
    return lambda key: Desk(reader(county, key).client)


def planned(plan: Planning, name: str = "基准方案") -> Scenario:
    """Three candidates of which the land lets two in, planned."""
    for each in ("甲", "乙", "丙"):
        plan.candidate(each)
    plan.land(50)
    plan.desks("works", 3)
    scenario = plan.scenario(name)
    plan.run(scenario)
    return scenario


# --- pools -----------------------------------------------------------------------------------------------------------
def test_an_empty_year_says_how_pools_come(sit: Sit) -> None:
    assert "还没有登记这一年的要素" in sit("leader").open("pools").html


def test_pools_stand_by_year_with_their_unit(plan: Planning, sit: Sit) -> None:
    plan.land(500, document="晋自然资指标〔2026〕3号")
    plan.money(3_000, uses=(ProjectSector.INFRASTRUCTURE,))

    assert sit("leader").open("pools", year=2026).rows == [
        "用地 · 新增建设用地指标 一次性使用 500 亩 2026-01-01 — 晋自然资指标〔2026〕3号",
        "地方政府专项债券 3,000.00 2026-03-01 基础设施 —",
    ]


def test_the_office_enters_a_pool_and_money_on_their_pages(plan: Planning, sit: Sit) -> None:
    desk = sit("project_office")
    desk.send("add-pool", factor="land", kind="consumable", amount="120.5", year="2026", what="指标")
    desk.send("add-money", source="bank_loans", amount="1,200", arrives_on="2026-04-01", uses=["industry"])

    pool, money = ResourcePool.objects.get(), MoneyPool.objects.get()

    assert (str(pool.amount.normalize()), pool.from_on.isoformat()) == ("120.5", "2026-01-01")
    assert (int(money.amount), money.source, money.uses) == (12_000_000, FundingSource.BANK_LOANS, ["industry"])


# --- scenarios -------------------------------------------------------------------------------------------------------
def test_an_empty_room_says_how_a_scenario_comes(sit: Sit) -> None:
    assert sit("leader").open("scenarios").empty == "还没有方案。"


def test_a_scenario_shows_what_is_in_and_what_is_out(plan: Planning, sit: Sit) -> None:
    sight = sit("leader").open("scenario", planned(plan).pk)

    assert [row.split(" ")[0] for row in table(sight, "列入方案")] == ["甲", "乙"]
    assert table(sight, "未列入") == ["丙 县住建局 正在测算。"]
    assert "入选 2 个项目，未入选 1 个" in sight.answer


def test_a_scenario_without_a_run_says_what_is_missing_now(plan: Planning, sit: Sit) -> None:
    plan.project(name="丁")
    plan.land(50)

    sight = sit("leader").open("scenario", plan.scenario().pk)

    assert table(sight, "暂不能排入方案") == [
        "丁 总投资未知。 未填计划开工月份。 未填计划竣工月份。 未选定审批流程。 未填所需用地。"
    ]


def test_changes_stand_with_their_way_back(plan: Planning, sit: Sit) -> None:
    scenario = plan.scenario()
    plan.change(scenario, ChangeKind.POOL, pool_id=plan.land(50).pk, by_how_much=-30)

    assert "用地 · 新增建设用地指标：-30 亩" in sit("project_office").open("scenario", scenario.pk).html


def test_a_run_that_goes_on_asks_again_and_can_be_stopped(plan: Planning, sit: Sit) -> None:
    plan.candidate()
    run = plan.asked(plan.scenario())

    sight = sit("project_office").open("run-progress", run.pk, live=1)

    assert f'hx-get="/planner/runs/{run.pk}/progress/?live=1"' in sight.html
    assert "停止计算" in sight.html
    assert "HX-Refresh" not in sight.response.headers


def test_a_run_that_has_ended_loads_its_page_anew(plan: Planning, sit: Sit) -> None:
    scenario = planned(plan)

    sight = sit("leader").open("run-progress", scenario.runs.get().pk, live=1)

    assert sight.response.headers["HX-Refresh"] == "true"


def test_two_scenarios_stand_side_by_side(plan: Planning, sit: Sit) -> None:
    first = planned(plan)
    second = plan.copied(first, "土地增加")
    plan.change(second, ChangeKind.POOL, pool_id=ResourcePool.objects.get(factor="land").pk, by_how_much=50)
    plan.run(second)

    html = sit("leader").open("compare", first.pk, second.pk).html

    assert "新进" in html
    assert html.index("丙") > html.index("新进")


@pytest.mark.parametrize("name", ["scenarios", "scenario", "run", "pools"])
def test_pages_ask_the_database_as_often_for_many_as_for_few(plan: Planning, sit: Sit, name: str) -> None:
    desk, counts = sit("leader"), []

    for count in (1, 12):
        for _ in range(count):
            plan.candidate()
            plan.desks("works", 1, from_on=None)
        scenario = plan.scenario(f"方案{count}")
        run = plan.run(scenario)
        arguments = {"scenario": [scenario.pk], "run": [run.pk]}.get(name, [])
        with CaptureQueriesContext(connection) as queries:
            assert desk.open(name, *arguments).status == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
