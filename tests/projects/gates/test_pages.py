"""The pages of gates: what each stage asks, what is owed and waived, and the acts on evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sushui.documents.services import Target, attach_file
from sushui.projects import services
from sushui.projects.enums import EvidenceKind, ProjectStage
from sushui.projects.models import GatePassage, Project, StageEvidence
from sushui.projects.services import Piece
from tests.cast import County
from tests.documents.files import pdf
from tests.projects.pages.reading import Desk, desk, offers
from tests.projects.play import Play, on
from tests.supervision.pages.reading import said

Sit = Callable[[str], Desk]
PERMIT = Piece(EvidenceKind.CONSTRUCTION_PERMIT, "绛建施〔2026〕3号", date(2026, 2, 27))
BUILDING = ProjectStage.UNDER_CONSTRUCTION


@pytest.fixture
def sit(county: County) -> Sit:
    return lambda key: desk(county, key)


@pytest.fixture(autouse=True)
def today() -> Any:
    with on("2026-03-02"):
        yield


def test_the_page_says_what_each_stage_asks_and_what_is_missing(play: Play, sit: Sit) -> None:
    sight = sit("project_office").open("gates", play.building("2026-03-01").pk)

    assert "需要：施工许可证（编号、日期）或无证先行开工的书面依据（内容）" in said(sight.html)
    assert "欠缺：施工许可证（编号、日期）或无证先行开工的书面依据（内容）" in said(sight.html)


def test_the_agency_records_evidence_and_comes_back_to_the_gates(play: Play, sit: Sit) -> None:
    project = play.building("2026-03-01")
    typed = {"stage": BUILDING, "evidence": "construction_permit", "number": "3号", "day": "2026-02-27"}

    sight = sit("works_handler").send("add-evidence", project.pk, next=f"/projects/{project.pk}/gates/", **typed)

    assert ("施工许可证 3号 · 2026-02-27" in said(sight.html), GatePassage.objects.get().state) == (True, "opened")


def test_a_file_hangs_on_the_evidence(play: Play, sit: Sit) -> None:
    project, office = play.building("2026-03-01"), play.office
    paper = services.add_evidence(office, project, BUILDING, PERMIT)
    attach_file(office, target=Target("evidence", paper.pk), name="施工许可证.pdf", data=pdf("x"))

    sight = sit("works_handler").open("gates", project.pk)

    assert "施工许可证.pdf" in said(sight.html)


@pytest.mark.parametrize(
    ("key", "acts"),
    [("project_office", ["登记依据"] * 7), ("leader", ["免予提供依据"] * 7), ("statistics", [])],
)
def test_each_is_offered_what_they_may_do(play: Play, sit: Sit, key: str, acts: list[str]) -> None:
    assert offers(sit(key).open("gates", play.building("2026-03-01").pk)) == acts


def test_the_leader_waives_with_a_reason(play: Play, sit: Sit) -> None:
    project = play.building("2026-03-01")
    typed = {"stage": BUILDING, "reason": "专题会议同意"}

    sight = sit("leader").send("waive-gate", project.pk, next=f"/projects/{project.pk}/gates/", **typed)

    assert "县政府 常务副县长" in said(sight.html)
    assert "理由：专题会议同意" in said(sight.html)


@pytest.mark.parametrize(("query", "names"), [({}, ["甲"]), ({"state": "waived"}, ["乙"])])
def test_the_list_shows_what_is_owed_and_what_was_waived(
    play: Play, sit: Sit, query: dict[str, str], names: list[str]
) -> None:
    for name in ("甲", "乙"):
        made = play.building("2026-03-01", name=name)
    services.waive_gate(play.viewer("leader"), made, BUILDING, reason="专题会议同意")

    sight = sit("project_office").open("gate-list", **query)

    assert [name for name in ("甲", "乙") if f">{name}<" in sight.html] == names


def test_an_agency_sees_what_its_own_projects_owe(play: Play, sit: Sit) -> None:
    play.building("2026-03-01", name="甲")
    play.building("2026-03-01", name="乙", agency_id=play.agency_id("finance"))

    html = sit("works_handler").open("gate-list").html

    assert (">甲<" in html, ">乙<" in html) == (True, False)


def test_evidence_is_withdrawn_and_stays_struck_out(play: Play, sit: Sit) -> None:
    project = play.building("2026-03-01")
    paper = services.add_evidence(play.office, project, BUILDING, PERMIT)

    sight = sit("works_handler").send("evidence-withdraw", paper.pk, reason="填错", version=1)

    assert (sight.status, StageEvidence.objects.get().withdrawn_reason) == (200, "填错")
    assert "<del><strong>施工许可证</strong>" in sight.html


def test_a_move_without_evidence_is_refused_in_words_with_what_was_typed(play: Play, sit: Sit) -> None:
    project = play.project(stage=ProjectStage.PRE_CONSTRUCTION)
    typed = {"stage": "under_construction", "on": "2026-03-01", "evidence": "construction_permit", "number": "3号"}

    sight = sit("project_office").send("move", project.pk, version=1, **typed)

    assert (sight.status, sight.value("number")) == (422, "3号")
    assert sight.errors == ["“已开工”缺少依据：施工许可证（日期）。请在此填写，或由县领导说明理由后免予提供。"]


def test_registering_what_is_being_built_asks_for_the_real_day(play: Play, sit: Sit) -> None:
    office = sit("project_office")
    typed = {"name": "在建项目", "stage": "under_construction"}

    refused = office.send("register", **typed)
    office.send("register", **typed, started_on="2025-06-01", confirm_gates_owed="on")

    assert refused.errors == ["请填写实际开工日期，系统不会默认为今天。"]
    assert list(Project.objects.values_list("started_on", "stage_on")) == [(date(2025, 6, 1), date(2025, 6, 1))]


def test_a_missing_start_is_offered_and_said(play: Play, sit: Sit) -> None:
    project, office = play.project(stage=ProjectStage.IN_PRODUCTION), sit("project_office")
    offered = "更正开竣工日期" in offers(office.open("project", project.pk))

    office.send("correct-days", project.pk, started_on="2024-03-01", reason="查档", version=1)

    assert (offered, play.now(project).started_on) == (True, date(2024, 3, 1))


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_one_and_for_many(
    play: Play, sit: Sit, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        play.building("2026-03-01", name=f"项目{number}")
    office = sit("project_office")

    with django_assert_max_num_queries(28):
        office.open("gate-list")
