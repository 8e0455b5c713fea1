"""The pages of resources: one project's, the county's, one need's; acts and the workbook."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from sushui.projects import queries, services
from sushui.projects.enums import ResourceFactor
from sushui.projects.models import ResourceCommitment, ResourceDelivery, ResourceNeed
from sushui.supervision.models import SupervisedTask
from tests.cast import County
from tests.projects.pages.reading import Desk, desk, offers
from tests.projects.resources.conftest import Supply
from tests.supervision.pages.reading import said

Sit = Callable[[str], Desk]
F = ResourceFactor


@pytest.fixture
def sit(county: County) -> Sit:
    return lambda key: desk(county, key)


def test_a_need_typed_in_wan_is_kept_in_yuan(supply: Supply, sit: Sit) -> None:
    typed = {"factor": "funds", "amount": "500", "source": "bank_loans", "month": "2026-05"}

    sit("works_handler").send("add-need", supply.project.pk, **typed)

    assert ResourceNeed.objects.get().amount == Decimal(5_000_000)


def test_the_project_shows_its_needs_with_their_gaps(supply: Supply, sit: Sit) -> None:
    supply.deliver(supply.commit(supply.need(100, what="建设用地指标"), 60), 20)

    text = said(sit("works_handler").open("resources", supply.project.pk).html)

    assert "用地 · 建设用地指标 尚无承诺" in text
    assert "需求 100 亩；已承诺 60 亩，已兑现 20 亩；尚无承诺 40 亩，尚未兑现 40 亩" in text


def test_an_unknown_need_is_said_to_be_unknown(supply: Supply, sit: Sit) -> None:
    supply.need(None)

    assert "需求 不明；已承诺 0 亩" in said(sit("works_handler").open("resources", supply.project.pk).html)


def test_an_agency_that_is_asked_commits_and_delivers(supply: Supply, sit: Sit) -> None:
    need = supply.need(100, agency_id=supply.play.agency_id("finance"))
    finance = sit("finance_handler")
    agency = supply.play.agency_id("finance")

    finance.send("need-commit", need.pk, agency=agency, amount="100", until="2026-05-31")
    finance.send("commitment-deliver", ResourceCommitment.objects.get().pk, amount="30", on="2026-03-01")

    assert supply.sums(need)[:2] == (100, 30)


def test_the_one_asked_sees_the_need_and_not_the_project(supply: Supply, sit: Sit) -> None:
    need = supply.need(agency_id=supply.play.agency_id("finance"))
    finance = sit("finance_handler")

    statuses = [finance.open(*where).status for where in (("need", need.pk), ("resources", supply.project.pk))]

    assert (statuses, f"/projects/{supply.project.pk}/" in finance.open("need", need.pk).html) == ([200, 404], False)


@pytest.mark.parametrize(
    ("key", "acts"),
    [
        ("project_office", ["登记兑现", "转为督办事项", "撤回承诺", "作出承诺", "修改", "取消"]),
        ("finance_handler", ["登记兑现", "撤回承诺", "作出承诺"]),
        ("leader", ["转为督办事项"]),
        ("statistics", ["转为督办事项"]),
    ],
)
def test_each_is_offered_what_they_may_do(supply: Supply, sit: Sit, key: str, acts: list[str]) -> None:
    need = supply.need()
    supply.commit(need, 60, "2026-02-27")

    assert offers(sit(key).open("need", need.pk)) == acts


def test_one_click_makes_a_task_of_what_is_late(supply: Supply, sit: Sit) -> None:
    promised = supply.commit(supply.need(), 60, "2026-02-27")
    office = sit("project_office")
    text = office.open("commitment-chase", promised.pk).value("text")

    sight = office.send("commitment-chase", promised.pk, text=text)

    assert (SupervisedTask.objects.get().lead_agency_id, "督办事项" in sight.html) == (promised.agency_id, True)


def test_a_delivery_corrected_is_struck_out(supply: Supply, sit: Sit) -> None:
    need = supply.need()
    wrong = supply.deliver(supply.commit(need, 60), 50)

    typed = {"amount": "5", "on": "2026-03-02", "reason": "多写一个零"}
    sight = sit("finance_handler").send("delivery-correct", wrong.pk, **typed)

    assert ("更正：多写一个零" in sight.html, sight.html.count("<del>")) == (True, 1)
    assert ResourceDelivery.objects.count() == 2


def test_a_refusal_keeps_what_was_typed(supply: Supply, sit: Sit) -> None:
    sight = sit("works_handler").send("add-need", supply.project.pk, factor="water", amount="5", month="2026-05")

    assert (sight.status, sight.value("amount")) == (422, "5")
    assert sight.errors == ["只有资金才分来源和月份。请都不填，或选择“资金”。"]


def test_the_list_narrows_and_its_figures_lead_to_their_rows(supply: Supply, sit: Sit) -> None:
    supply.commit(supply.need(100), 60, "2026-02-27")
    supply.need(7, F.POWER)
    office = sit("project_office")

    whole, late = office.open("resource-list"), office.open("resource-list", factor="land", state="overdue")

    assert (len(whole.rows), len(late.rows)) == (2, 1)
    assert "/projects/resources/?factor=land&amp;state=overdue" in whole.html


def test_an_agency_finds_what_is_late_on_its_day(supply: Supply, sit: Sit) -> None:
    need = supply.need()
    supply.commit(need, 60, "2026-02-27")
    supply.commit(need, 30, "2026-02-26")
    supply.commit(supply.need(agency_id=supply.play.agency_id("finance")), 5, "2026-02-27", agency="works")
    finance = sit("finance_head")

    html = finance.client.get("/").content.decode()

    said_there = said(html.split("/projects/resources/?state=overdue&amp;mine=1")[1][:400].replace("<", " <"))
    assert "本单位承诺逾期的需求" in said_there
    assert int(re.findall(r"\d+", said_there)[0]) == len(finance.open("resource-list", state="overdue", mine="1").rows)


def test_a_day_costs_the_same_for_one_late_and_for_many(supply: Supply, sit: Sit) -> None:
    front, costs = sit("finance_head").client, []
    for late in (1, 1, 5):
        for _number in range(late):
            supply.commit(supply.need(), 60, "2026-02-27")
        with CaptureQueriesContext(connection) as captured:
            front.get("/")
        costs.append(len(captured))

    assert costs[1] == costs[2]


def test_the_list_goes_out_as_a_workbook(supply: Supply, sit: Sit) -> None:
    need = supply.need(100, what="=SUM(A1)")
    supply.deliver(supply.commit(need, 60), 20)
    supply.need(None, F.LABOR)

    answer = sit("project_office").client.get("/projects/resources/export/")

    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [row for row in sheet.iter_rows(min_row=3, values_only=True) if row[0]]
    assert [(row[1], row[2], row[4], row[9], row[11], row[13]) for row in rows] == [
        ("用工", None, None, None, None, None),
        ("用地", "=SUM(A1)", 100, 40, 60, 20),
    ]


@pytest.mark.parametrize("count", [1, 12])
def test_the_pages_cost_the_same_for_one_and_for_many(
    supply: Supply, sit: Sit, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        supply.deliver(supply.commit(supply.need(100, what=f"{number}"), 60), 20)
    office = sit("project_office")

    for where in (("resource-list",), ("resources", supply.project.pk)):
        with django_assert_max_num_queries(26):
            office.open(*where)


def test_a_city_leader_sees_the_needs_of_the_county(supply: Supply) -> None:
    supply.need()

    assert queries.needs(supply.play.viewer("city_leader")).count() == 1


def test_a_commitment_withdrawn_stays_in_sight(supply: Supply, sit: Sit) -> None:
    need = supply.need()
    promised = supply.commit(need, 60)
    services.withdraw_commitment(supply.play.office, promised, reason="指标收回")

    text = said(sit("project_office").open("need", need.pk).html)

    assert "2026-03-02撤回：指标收回" in text
