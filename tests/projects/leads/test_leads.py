"""Investors: entered, signed with, dropped, and made a project by one act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.models import AuditLine
from sushui.projects import queries, services
from sushui.projects.enums import GateState, ProjectSector, ProjectStage, PromotionNode
from sushui.projects.models import LeadStep, Project, PromotionLead
from sushui.projects.services import LeadDraft
from tests.cast import County
from tests.projects.pages.reading import Desk, desk, offers
from tests.projects.play import Play, on
from tests.supervision.pages.reading import said

Sit = Callable[[str], Desk]
BEGAN, SIGNED = date(2026, 1, 8), date(2026, 2, 20)


@pytest.fixture
def sit(county: County) -> Sit:
    return lambda key: desk(county, key)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with on("2026-03-02"):
        yield


def draft(play: Play, agency: str = "works", **values: Any) -> LeadDraft:
    given = {
        "name": "新能源装备基地",
        "investor": "涑水新能源有限公司",
        "contact_name": "张三",
        "contact_phone": "13800000000",
        "intended_investment": Decimal(3 * 10**8),
        "sector": ProjectSector.INDUSTRY,
        "industry_code": "3825",
    }
    return LeadDraft(agency_id=play.agency_id(agency), **{**given, **values})


def lead(play: Play, by: str = "project_office", **values: Any) -> PromotionLead:
    return services.register_lead(play.viewer(by), draft(play, **values), began_on=BEGAN)


def found(play: Play, row: PromotionLead, **more: Any) -> Project:
    return services.found_project(play.office, row, on=SIGNED, number="涑招〔2026〕5号", **more)


# --- entering --------------------------------------------------------------------------------------------------------
def test_an_investor_is_entered_in_talks(play: Play) -> None:
    made = lead(play)

    assert (made.node, made.node_on, made.project_id) == (PromotionNode.TALKS, BEGAN, None)
    assert list(LeadStep.objects.values_list("node", "on")) == [("talks", BEGAN)]


def test_the_chain_never_holds_a_contact(play: Play) -> None:
    made = lead(play)
    services.edit_lead(play.office, made, replace(draft(play), contact_phone="13900000000", name="二期"))

    lines = [f"{line.before} {line.after}" for line in AuditLine.objects.filter(target__contains="promotionlead")]
    assert [("张三" in text, "139" in text) for text in lines] == [(False, False)] * 2


def test_an_agency_enters_its_own_investors_alone(play: Play) -> None:
    made = lead(play, by="works_handler")

    with pytest.raises(Forbidden):
        lead(play, by="finance_handler")

    assert made.agency_id == play.agency_id("works")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "text_missing"),
        ({"investor": ""}, "text_missing"),
        ({"industry_code": "9999"}, "no_such_industry"),
        ({"intended_investment": Decimal(-1)}, "amount_below_zero"),
        ({"cluster_id": 10**6}, "elsewhere"),
    ],
)
def test_what_cannot_be_is_refused(play: Play, values: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        lead(play, **values)

    assert (refused.value.code, PromotionLead.objects.count()) == (code, 0)


# --- nodes -----------------------------------------------------------------------------------------------------------
def test_a_framework_agreement_is_a_node_with_its_paper(play: Play) -> None:
    made = services.reach_framework(play.office, lead(play), on=SIGNED, number="框架1号")

    assert (made.node, made.node_on) == (PromotionNode.FRAMEWORK, SIGNED)


@pytest.mark.parametrize(
    ("day", "number", "code"),
    [
        (SIGNED, " ", "evidence_missing"),
        (date(2026, 3, 3), "1号", "day_in_future"),
        (date(2026, 1, 7), "1号", "node_before"),
    ],
)
def test_a_framework_that_cannot_be_is_refused(play: Play, day: date, number: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.reach_framework(play.office, lead(play), on=day, number=number)

    assert (refused.value.code, LeadStep.objects.count()) == (code, 1)


def test_a_framework_is_signed_once(play: Play) -> None:
    made = services.reach_framework(play.office, lead(play), on=SIGNED, number="1号")

    with pytest.raises(DomainError) as refused:
        services.reach_framework(play.office, made, on=SIGNED, number="2号")

    assert refused.value.code == "node_reached"


# --- the contract ----------------------------------------------------------------------------------------------------
def test_the_contract_makes_a_project_of_all_that_is_known(play: Play) -> None:
    row = lead(play)

    project = found(play, row)

    assert (project.name, project.owner_name, project.total_investment, project.agency_id) == (
        row.name,
        row.investor,
        Decimal(3 * 10**8),
        row.agency_id,
    )
    assert (project.stage, project.stage_on, project.industry_code) == (ProjectStage.SIGNED, SIGNED, "3825")


def test_lead_and_project_know_each_other_and_the_gate_is_open(play: Play) -> None:
    row = lead(play)
    project = found(play, row)

    assert queries.lead_of(play.office, project) == row
    assert [each.state for each in project.passages.all()] == [GateState.OPENED]
    assert project.evidence.get().number == "涑招〔2026〕5号"


def test_a_contract_has_its_number(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        services.found_project(play.office, lead(play), on=SIGNED, number=" ")

    assert (refused.value.code, Project.objects.count()) == ("text_missing", 0)


def test_only_the_project_office_founds_projects(play: Play) -> None:
    row = lead(play)

    with pytest.raises(Forbidden):
        services.found_project(play.viewer("works_head"), row, on=SIGNED, number="1号")


@pytest.mark.parametrize("end", ["found", "drop"])
def test_what_is_closed_stays_so(play: Play, end: str) -> None:
    row = lead(play)
    if end == "found":
        found(play, row)
    else:
        services.drop_lead(play.office, row, reason="企业选址他县")

    with pytest.raises(DomainError) as refused:
        found(play, row)

    assert (refused.value.code, Project.objects.count()) == ("lead_closed", 1 if end == "found" else 0)


# --- the wall --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("project_office", True),
        ("leader", True),
        ("city_leader", True),
        ("works_handler", True),
        ("finance_handler", False),
        ("statistics", False),
        ("bank", False),
        ("neighbor_head", False),
    ],
)
def test_an_investor_is_known_to_those_who_look_after_them(play: Play, who: str, sees: bool) -> None:
    lead(play)

    assert queries.leads(play.viewer(who)).exists() is sees


def test_an_investor_of_others_is_not_found(play: Play) -> None:
    row = lead(play)

    with pytest.raises(NotFound):
        queries.lead_for(play.viewer("finance_handler"), row.pk)


@pytest.mark.parametrize(
    ("key", "shown"), [("works_handler", True), ("project_office", True), ("leader", True), ("city_leader", False)]
)
def test_names_and_phones_are_shown_to_those_alone_who_look_after_them(
    play: Play, sit: Sit, key: str, shown: bool
) -> None:
    html = sit(key).open("lead", lead(play).pk).html

    assert ("张三" in html, "13800000000" in html) == (shown, shown)


# --- pages -----------------------------------------------------------------------------------------------------------
def test_the_list_counts_each_node_and_narrows_to_it(play: Play, sit: Sit) -> None:
    lead(play, name="甲")
    services.reach_framework(play.office, lead(play, name="乙"), on=SIGNED, number="1号")
    office = sit("project_office")

    whole, narrowed = office.open("lead-list"), office.open("lead-list", node="framework")

    assert "洽谈 1 3.00亿元 · 框架协议 1 3.00亿元 · 已签约 0" in said(whole.html)
    assert (len(whole.rows), [row.split()[0] for row in narrowed.rows]) == (2, ["乙"])


def test_one_act_leads_from_the_contract_to_the_project(play: Play, sit: Sit) -> None:
    row = lead(play)

    typed = {"on": "2026-02-20", "number": "涑招〔2026〕5号", "version": row.version}
    sight = sit("project_office").send("lead-found", row.pk, **typed)

    assert (sight.title, Project.objects.get().stage) == ("新能源装备基地", ProjectStage.SIGNED)
    assert f"/projects/leads/{row.pk}/" in sight.html


@pytest.mark.parametrize(
    ("key", "acts"),
    [
        ("project_office", ["已签合同，转为项目", "已签框架协议", "修改", "放弃跟进"]),
        ("works_handler", ["已签框架协议", "修改", "放弃跟进"]),
        ("leader", []),
    ],
)
def test_each_is_offered_what_they_may_do(play: Play, sit: Sit, key: str, acts: list[str]) -> None:
    assert offers(sit(key).open("lead", lead(play).pk)) == acts


def test_an_agency_enters_an_investor_on_its_page(play: Play, sit: Sit) -> None:
    typed = {"name": "甲", "investor": "乙公司", "began_on": "2026-01-08", "intended_investment": "30000"}

    sight = sit("works_handler").send("lead-register", agency=play.agency_id("works"), **typed)

    made = PromotionLead.objects.get()
    assert (sight.title, made.intended_investment) == ("甲", Decimal(3 * 10**8))


def test_an_edit_keeps_what_is_shown(play: Play, sit: Sit) -> None:
    row = lead(play)
    works = sit("works_handler")
    shown = {name: works.open("lead-edit", row.pk).value(name) for name in ("name", "contact_phone")}

    assert shown == {"name": "新能源装备基地", "contact_phone": "13800000000"}


def test_what_was_dropped_stays_in_sight_with_the_reason(play: Play, sit: Sit) -> None:
    row = lead(play)
    sit("works_handler").send("lead-drop", row.pk, reason="企业选址他县", version=1)

    sight = sit("project_office").open("lead-list", state="dropped")

    assert [row.split()[0] for row in sight.rows] == ["新能源装备基地"]
    assert "放弃：企业选址他县" in sit("project_office").open("lead", row.pk).html
