"""Gates on the way: nobody jumps over one without saying so, and what was jumped over is owed and named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from sushui.kernel.errors import DomainError
from sushui.projects import services
from sushui.projects.enums import EvidenceKind, GateState, ProjectStage
from sushui.projects.enums.doubts import ActDoubt
from sushui.projects.models import GatePassage, Project, StageEvidence
from sushui.projects.rules.gates import Piece, gates_between, is_number_odd
from sushui.projects.services import QuestionsAskedError, Registration
from tests.projects.pages.reading import desk
from tests.projects.play import GOOD_CODE, Play, on, papers
from tests.supervision.pages.reading import said

S, K, D = ProjectStage, EvidenceKind, ActDoubt
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with on("2026-03-02"):
        yield


def move(play: Play, project: Project, stage: ProjectStage, **more: Any) -> Project:
    return services.move_project(play.office, play.now(project), stage=stage, **{"on": TODAY, **more})


def owed(project: Project) -> list[ProjectStage]:
    rows = GatePassage.objects.filter(project=project, state=GateState.OWED).order_by("pk")
    return list(rows.values_list("stage", flat=True))


def doubts(act: Any, *args: Any, **more: Any) -> list[str]:
    """What is asked about before an act is done."""
    with pytest.raises(QuestionsAskedError) as asked:
        act(*args, **more)
    return [each.doubt for each in asked.value.questions]


# --- jumping ---------------------------------------------------------------------------------------------------------
def test_a_gate_that_is_jumped_over_is_asked_about_by_its_papers(play: Play) -> None:
    project = play.building("2026-02-01")

    with pytest.raises(QuestionsAskedError) as asked:
        move(play, project, S.IN_PRODUCTION, evidence=papers(S.IN_PRODUCTION))

    assert asked.value.sentence == "以下阶段缺少依据，将记为欠缺：“已竣工”：竣工验收记录（编号、日期）。"
    assert play.now(project).stage is S.UNDER_CONSTRUCTION


def test_what_was_jumped_over_is_owed_once_that_is_confirmed(play: Play) -> None:
    project = play.building("2026-02-01")

    move(play, project, S.IN_PRODUCTION, evidence=papers(S.IN_PRODUCTION), confirmed={D.GATES_OWED})

    assert (play.now(project).stage, owed(project)) == (S.IN_PRODUCTION, [S.UNDER_CONSTRUCTION, S.COMPLETED])
    assert play.last_line(project).after["confirmed"] == ["gates_owed"]


def test_a_gate_on_the_way_opens_on_its_own_paper(play: Play) -> None:
    project = play.building("2026-02-01")

    move(play, project, S.IN_PRODUCTION, evidence=[*papers(S.COMPLETED), *papers(S.IN_PRODUCTION)])

    assert set(StageEvidence.objects.values_list("stage", flat=True)) == {S.COMPLETED, S.IN_PRODUCTION}
    assert owed(project) == [S.UNDER_CONSTRUCTION]


def test_what_was_waived_on_the_way_is_not_asked_about(play: Play) -> None:
    project = play.building("2026-02-01")
    services.waive_gate(play.viewer("leader"), project, S.COMPLETED, reason="分期投产")

    move(play, project, S.IN_PRODUCTION, evidence=papers(S.IN_PRODUCTION))

    assert owed(project) == [S.UNDER_CONSTRUCTION]


def test_a_list_owes_only_for_the_stage_it_names(play: Play) -> None:
    project = play.project(stage=S.PRE_CONSTRUCTION)

    move(play, project, S.IN_PRODUCTION, is_owed=True)

    assert owed(project) == [S.IN_PRODUCTION]


def test_nobody_owes_a_contract_that_was_never_signed() -> None:
    assert gates_between(S.PLANNED, S.COMPLETED) == [S.ESTABLISHED, S.UNDER_CONSTRUCTION]


# --- registering -----------------------------------------------------------------------------------------------------
def test_a_late_stage_is_asked_about_when_it_is_entered_by_hand(play: Play) -> None:
    wanted = Registration(play.draft(), S.IN_PRODUCTION)

    assert doubts(services.register_by_hand, play.office, wanted) == ["gates_owed"]

    made = services.register_by_hand(play.office, wanted, confirmed={D.GATES_OWED})
    assert owed(made) == [S.ESTABLISHED, S.UNDER_CONSTRUCTION, S.COMPLETED, S.IN_PRODUCTION]


def test_a_code_shows_that_what_is_entered_is_established(play: Play) -> None:
    made = services.register_by_hand(play.office, Registration(play.draft(code=GOOD_CODE), S.ESTABLISHED))

    assert owed(made) == []


def test_the_form_asks_then_leads_to_what_is_owed(play: Play) -> None:
    office = desk(play.county, "project_office")
    typed = {"name": "老项目", "stage": "completed", "stage_on": "2026-02-01"}

    asked = office.send("register", **typed)
    done = office.send("register", **typed, confirm_gates_owed="on")

    assert asked.status == 422
    assert "欠缺：施工许可证（编号、日期）" in said(done.html)


# --- the list --------------------------------------------------------------------------------------------------------
def test_the_list_says_which_papers_are_owed(play: Play) -> None:
    project = play.building("2026-02-01")
    half = Piece(K.CONSTRUCTION_PERMIT, "绛建施〔2026〕3号")
    services.add_evidence(play.office, project, S.UNDER_CONSTRUCTION, half)

    html = desk(play.county, "project_office").open("gate-list").html

    assert "施工许可证（日期）" in said(html)


def test_a_stage_that_was_passed_is_not_said_to_be_ahead(play: Play) -> None:
    project = play.project(stage=S.COMPLETED, on=TODAY)

    text = said(desk(play.county, "project_office").open("gates", project.pk).html)

    assert ("已开工 已越过，当时未要求依据" in text, "已投产 尚未进入" in text) == (True, True)


# --- days ------------------------------------------------------------------------------------------------------------
def test_a_permit_after_the_start_does_not_let_construction_begin(play: Play) -> None:
    project = play.project(stage=S.PRE_CONSTRUCTION)
    late = [Piece(K.CONSTRUCTION_PERMIT, "绛建施〔2026〕3号", TODAY)]

    with pytest.raises(DomainError) as refused:
        move(play, project, S.UNDER_CONSTRUCTION, on=date(2026, 2, 1), evidence=late, confirmed=set(D))

    assert refused.value.code == "permit_after_start"
    assert refused.value.sentence == "施工许可证 绛建施〔2026〕3号 的日期为2026-03-02，不能证明2026-02-01开工。"


def test_a_written_ground_beside_a_late_permit_lets_it_begin(play: Play) -> None:
    project = play.project(stage=S.PRE_CONSTRUCTION)
    late = Piece(K.CONSTRUCTION_PERMIT, "绛建施〔2026〕3号", TODAY)
    ground = Piece(K.WRITTEN_GROUND, text="县政府会议纪要同意先行开工")

    move(play, project, S.UNDER_CONSTRUCTION, on=date(2026, 2, 1), evidence=[late, ground], confirmed=set(D))

    assert play.now(project).started_on == date(2026, 2, 1)


@pytest.mark.parametrize("by", ["move", "add"])
def test_a_contract_after_the_signing_is_asked_about(play: Play, by: str) -> None:
    contract = Piece(K.CONTRACT, "涑招〔2026〕3号", TODAY)
    if by == "move":
        project, day = play.project(), date(2026, 2, 1)

        assert doubts(move, play, project, S.SIGNED, on=day, evidence=[contract]) == ["paper_later"]
    else:
        project = play.project(stage=S.SIGNED, on=date(2026, 2, 1))

        assert doubts(services.add_evidence, play.office, project, S.SIGNED, contract) == ["paper_later"]


@pytest.mark.parametrize("day", [date(1026, 1, 1), date(1989, 12, 31)])
def test_nothing_happened_before_the_horizon(play: Play, day: date) -> None:
    project = play.project(stage=S.PRE_CONSTRUCTION)

    with pytest.raises(DomainError) as refused:
        move(play, project, S.UNDER_CONSTRUCTION, on=day, evidence=papers(S.UNDER_CONSTRUCTION))

    assert (refused.value.code, play.now(project).stage) == ("day_too_early", S.PRE_CONSTRUCTION)


# --- what the evidence says ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "number", "is_odd"),
    [
        (K.CONTRACT, "x", True),
        (K.CONTRACT, "12", True),
        (K.CONTRACT, "合同", True),
        (K.CONTRACT, "1号", False),
        (K.CONTRACT, "第三号", False),
        (K.CONSTRUCTION_PERMIT, "140826202603020101", False),
        (K.FILING, "绛发改备〔2026〕3号（变更）", False),
        (K.PROJECT_CODE, GOOD_CODE, False),
        (K.PROJECT_CODE, "2212", True),
    ],
)
def test_a_number_looks_like_that_of_a_document(kind: EvidenceKind, number: str, is_odd: bool) -> None:
    assert is_number_odd(kind, number) is is_odd


@pytest.mark.parametrize(
    ("stage", "piece", "asked"),
    [
        (S.SIGNED, Piece(K.CONTRACT, "x", TODAY), ["number_odd"]),
        (S.IN_PRODUCTION, Piece(K.PRODUCTION_RECORD, day=TODAY, text="x"), ["text_short"]),
    ],
)
def test_evidence_that_says_hardly_anything_is_asked_about(
    play: Play, stage: ProjectStage, piece: Piece, asked: list[str]
) -> None:
    project = play.project()

    assert doubts(services.add_evidence, play.office, project, stage, piece) == asked

    services.add_evidence(play.office, project, stage, piece, confirmed=set(D))
    assert StageEvidence.objects.count() == 1


def test_the_form_shows_a_box_beside_each_question(play: Play) -> None:
    office, project = desk(play.county, "project_office"), play.project()
    typed = {"stage": "signed", "on": "2026-03-02", "evidence": "contract", "number": "x", "day": "2026-03-02"}

    asked = office.send("move", project.pk, version=1, **typed)
    done = office.send("move", project.pk, version=1, **typed, confirm_number_odd="on")

    assert (asked.status, 'name="confirm_number_odd"' in asked.html) == (422, True)
    assert (done.status, play.now(project).stage) == (200, S.SIGNED)
