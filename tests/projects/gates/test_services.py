"""Passing gates by evidence, owing it, waiving it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.models import DatedSetting
from sushui.projects import queries, services
from sushui.projects.enums import EvidenceKind, GateState, GateVerb, LightRule, ProjectStage, ProjectVerb
from sushui.projects.models import GatePassage, Project, StageEvidence
from sushui.projects.services import Piece, Registration
from tests.projects.play import GOOD_CODE, Play, on, papers

S, K = ProjectStage, EvidenceKind
TODAY = date(2026, 3, 2)
PERMIT = Piece(K.CONSTRUCTION_PERMIT, "绛建施〔2026〕3号", date(2026, 2, 27))


@pytest.fixture(autouse=True)
def today() -> Any:
    with on("2026-03-02"):
        yield


def state(project: Project, stage: ProjectStage) -> GateState | None:
    found = GatePassage.objects.filter(project=project, stage=stage).first()
    return found.state if found else None


def move(play: Play, project: Project, stage: ProjectStage, **more: Any) -> Project:
    return services.move_project(play.office, play.now(project), stage=stage, on=TODAY, **more)


def refusal(play: Play, project: Project, stage: ProjectStage, *pieces: Piece) -> str:
    with pytest.raises(DomainError) as refused:
        move(play, project, stage, evidence=pieces)
    return f"{refused.value.code}: {refused.value.sentence}"


def switch(play: Play, key: str, value: bool) -> None:
    DatedSetting.objects.create(
        division=play.county.county, key=f"project_gates.{key}", value=value, valid_from_on=TODAY
    )


# --- moving ----------------------------------------------------------------------------------------------------------
def test_a_gate_names_what_is_missing_and_keeps_the_project_where_it_is(play: Play) -> None:
    project = play.project(stage=S.PRE_CONSTRUCTION)

    said = refusal(play, project, S.UNDER_CONSTRUCTION, Piece(K.CONSTRUCTION_PERMIT, "3号"))

    assert said == "evidence_missing: “已开工”缺少依据：施工许可证（日期）。"
    assert (play.now(project).stage, StageEvidence.objects.count()) == (S.PRE_CONSTRUCTION, 0)


@pytest.mark.parametrize(("before", "stage"), [(S.PLANNED, S.SIGNED), (S.SIGNED, S.ESTABLISHED)])
def test_a_gate_opens_on_its_evidence(play: Play, before: ProjectStage, stage: ProjectStage) -> None:
    project = play.project(stage=before)

    move(play, project, stage, evidence=papers(stage))

    assert (play.now(project).stage, state(project, stage)) == (stage, GateState.OPENED)


def test_the_whole_life_passes_on_its_papers(play: Play) -> None:
    project, stages = play.project(), [each for each in S if each not in (S.PLANNED, S.SUSPENDED, S.TERMINATED)]

    for stage in stages:
        move(play, project, stage, evidence=papers(stage))

    assert (play.now(project).stage, GatePassage.objects.exclude(state="opened").count()) == (S.AT_TARGET_RETURN, 0)


def test_the_code_in_the_ledger_shows_that_a_project_is_established(play: Play) -> None:
    project = play.project(stage=S.SIGNED, code=GOOD_CODE)

    move(play, project, S.ESTABLISHED)

    assert state(project, S.ESTABLISHED) is GateState.OPENED


def test_evidence_recorded_before_the_stage_opens_it(play: Play) -> None:
    project = play.project(stage=S.PRE_CONSTRUCTION)
    services.add_evidence(play.viewer("works_handler"), project, S.UNDER_CONSTRUCTION, PERMIT)

    move(play, project, S.UNDER_CONSTRUCTION)

    assert state(project, S.UNDER_CONSTRUCTION) is GateState.OPENED


@pytest.mark.parametrize(
    ("before", "stage"), [(S.PLANNED, S.IN_PIPELINE), (S.ESTABLISHED, S.PRE_CONSTRUCTION), (S.IN_PIPELINE, S.SIGNED)]
)
def test_a_stage_without_a_gate_asks_for_nothing(play: Play, before: ProjectStage, stage: ProjectStage) -> None:
    switch(play, "signed_contract", False)
    project = play.project(stage=before)
    asked_before = GatePassage.objects.count()

    move(play, project, stage)

    assert (play.now(project).stage, GatePassage.objects.count()) == (stage, asked_before)


def test_a_stage_that_was_reached_once_is_not_asked_for_again(play: Play) -> None:
    project = play.building("2026-03-01")
    review = {"note": "停工", "review_on": date(2026, 5, 1)}
    move(play, project, S.SUSPENDED, **review)

    move(play, project, S.UNDER_CONSTRUCTION)

    assert play.now(project).stage is S.UNDER_CONSTRUCTION


def test_a_suspended_project_does_not_slip_past_a_gate(play: Play) -> None:
    project = play.project(stage=S.PRE_CONSTRUCTION)
    move(play, project, S.SUSPENDED, note="停工", review_on=date(2026, 5, 1))

    assert refusal(play, project, S.UNDER_CONSTRUCTION).startswith("evidence_missing")


def test_what_was_owed_for_a_stage_taken_back_is_asked_for_the_next_time(play: Play) -> None:
    project = play.building("2026-03-01")
    move(play, project, S.PRE_CONSTRUCTION)

    assert (state(project, S.UNDER_CONSTRUCTION), refusal(play, project, S.UNDER_CONSTRUCTION)[:16]) == (
        None,
        "evidence_missing",
    )


def test_a_move_is_one_line_and_its_evidence_another(play: Play) -> None:
    project = play.project(stage=S.PRE_CONSTRUCTION)

    move(play, project, S.UNDER_CONSTRUCTION, evidence=[PERMIT])

    assert play.verbs(project) == [ProjectVerb.REGISTER, GateVerb.ADD_EVIDENCE, ProjectVerb.MOVE]
    assert play.last_line(project).after["gate"] == "opened"


# --- owing -----------------------------------------------------------------------------------------------------------
def test_a_list_moves_a_project_and_owes_what_is_missing(play: Play) -> None:
    project = play.project(stage=S.PRE_CONSTRUCTION)

    move(play, project, S.UNDER_CONSTRUCTION, is_owed=True)

    owed = queries.gate_passages(play.office, GateState.OWED)
    assert [(each.project_id, each.stage) for each in owed] == [(project.pk, S.UNDER_CONSTRUCTION)]


def test_a_project_registered_in_a_later_stage_owes_what_shows_it(play: Play) -> None:
    bare, shown = play.building("2026-03-01"), play.project(stage=S.UNDER_CONSTRUCTION, on=TODAY)
    services.add_evidence(play.office, shown, S.UNDER_CONSTRUCTION, PERMIT)

    assert [state(each, S.UNDER_CONSTRUCTION) for each in (bare, shown)] == [GateState.OWED, GateState.OPENED]


def test_registering_with_evidence_owes_nothing(play: Play) -> None:
    project = services.register_project(
        play.office, play.draft(), stage=S.UNDER_CONSTRUCTION, stage_on=TODAY, evidence=[PERMIT]
    )

    assert state(project, S.UNDER_CONSTRUCTION) is GateState.OPENED


def test_registering_many_asks_the_gates_once(play: Play, django_assert_max_num_queries: Any) -> None:
    wanted = [Registration(play.draft(name=f"项目{each}"), S.SIGNED, TODAY) for each in range(30)]

    with django_assert_max_num_queries(60):
        services.register_projects(play.office, wanted)

    assert GatePassage.objects.filter(state=GateState.OWED).count() == 30


def test_half_the_evidence_settles_nothing(play: Play) -> None:
    project = play.building("2026-03-01")

    services.add_evidence(play.office, project, S.UNDER_CONSTRUCTION, Piece(K.CONSTRUCTION_PERMIT, "3号"))

    assert state(project, S.UNDER_CONSTRUCTION) is GateState.OWED


def test_nobody_owes_for_a_project_that_was_ended(play: Play) -> None:
    project = play.building("2026-03-01")

    move(play, project, S.TERMINATED, note="企业放弃")

    assert queries.gate_passages(play.office, GateState.OWED).count() == 0


# --- evidence --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("stage", "piece", "code"),
    [
        (S.SIGNED, PERMIT, "no_such_evidence"),
        (S.PRE_CONSTRUCTION, PERMIT, "no_such_evidence"),
        (S.UNDER_CONSTRUCTION, Piece(K.CONSTRUCTION_PERMIT), "evidence_empty"),
        (S.UNDER_CONSTRUCTION, Piece(K.CONSTRUCTION_PERMIT, day=date(2026, 3, 3)), "day_in_future"),
        (S.AT_TARGET_RETURN, Piece(K.RETURN_FIGURES, amount=Decimal(-1)), "amount_below_zero"),
    ],
)
def test_evidence_that_cannot_be_is_refused(play: Play, stage: ProjectStage, piece: Piece, code: str) -> None:
    project = play.building("2026-03-01")

    with pytest.raises(DomainError) as refused:
        services.add_evidence(play.office, project, stage, piece)

    assert (refused.value.code, StageEvidence.objects.count()) == (code, 0)


def test_a_permit_is_that_of_one_project(play: Play) -> None:
    one, other = play.building("2026-03-01"), play.building("2026-03-01", name="另一个项目")
    services.add_evidence(play.office, one, S.UNDER_CONSTRUCTION, PERMIT)

    with pytest.raises(DomainError) as refused:
        services.add_evidence(play.office, other, S.UNDER_CONSTRUCTION, PERMIT)

    assert (refused.value.code, refused.value.params["name"]) == ("number_taken", "涑水装备产业园")


def test_whose_permit_it_is_stays_unsaid_where_the_viewer_does_not_see_it(play: Play) -> None:
    theirs = play.building("2026-03-01", agency_id=play.agency_id("finance"))
    own = play.building("2026-03-01", name="另一个项目")
    services.add_evidence(play.office, theirs, S.UNDER_CONSTRUCTION, PERMIT)

    with pytest.raises(DomainError) as refused:
        services.add_evidence(play.viewer("works_handler"), own, S.UNDER_CONSTRUCTION, PERMIT)

    assert refused.value.sentence == "施工许可证 绛建施〔2026〕3号 已登记在“您无权查看的项目”名下。"


def test_a_contract_may_cover_two_projects(play: Play) -> None:
    for project in (play.project(), play.project(name="二期")):
        services.add_evidence(play.office, project, S.SIGNED, Piece(K.CONTRACT, "1号", TODAY))

    assert StageEvidence.objects.filter(number="1号").count() == 2


def test_evidence_withdrawn_is_owed_again_and_stays_in_sight(play: Play) -> None:
    project = play.building("2026-03-01")
    paper = services.add_evidence(play.office, project, S.UNDER_CONSTRUCTION, PERMIT)

    services.withdraw_evidence(play.office, paper, reason="别的项目的证")

    assert state(project, S.UNDER_CONSTRUCTION) is GateState.OWED
    assert [each.withdrawn_reason for each in queries.evidence_of(project)] == ["别的项目的证"]
    assert play.last_line(project).note == "别的项目的证"


@pytest.mark.parametrize("who", ["finance_head", "statistics", "leader", "township"])
def test_evidence_is_recorded_by_those_who_answer_for_the_project(play: Play, who: str) -> None:
    project = play.building("2026-03-01")

    with pytest.raises(Forbidden):
        services.add_evidence(play.viewer(who), project, S.UNDER_CONSTRUCTION, PERMIT)


# --- waivers ---------------------------------------------------------------------------------------------------------
def test_a_leader_lets_a_project_pass_and_is_named_with_the_reason(play: Play) -> None:
    project = play.project(stage=S.PRE_CONSTRUCTION)
    services.waive_gate(play.viewer("leader"), project, S.UNDER_CONSTRUCTION, reason="县政府专题会议同意先行开工")

    move(play, project, S.UNDER_CONSTRUCTION)

    (waived,) = queries.gate_passages(play.office, GateState.WAIVED)
    assert (play.now(project).stage, str(waived.post), waived.reason) == (
        S.UNDER_CONSTRUCTION,
        "县政府 常务副县长",
        "县政府专题会议同意先行开工",
    )


def test_what_is_owed_can_be_waived(play: Play) -> None:
    project = play.building("2026-03-01")

    services.waive_gate(play.viewer("leader"), project, S.UNDER_CONSTRUCTION, reason="老项目，档案遗失")

    assert queries.gate_passages(play.office, GateState.OWED).count() == 0


@pytest.mark.parametrize("who", ["project_office", "works_head", "office", "city_leader", "administrator"])
def test_nobody_else_waives(play: Play, who: str) -> None:
    project = play.building("2026-03-01")

    with pytest.raises(Forbidden):
        services.waive_gate(play.viewer(who), project, S.UNDER_CONSTRUCTION, reason="着急")


def test_a_dated_setting_lets_the_head_of_the_project_office_waive(play: Play) -> None:
    project = play.building("2026-03-01")
    switch(play, "project_office_may_waive", True)

    services.waive_gate(play.office, project, S.UNDER_CONSTRUCTION, reason="县政府授权")

    assert state(project, S.UNDER_CONSTRUCTION) is GateState.WAIVED


@pytest.mark.parametrize(
    ("stage", "reason", "code"),
    [(S.PLANNED, "x", "no_gate"), (S.UNDER_CONSTRUCTION, " ", "text_missing")],
)
def test_a_waiver_that_says_nothing_is_refused(play: Play, stage: ProjectStage, reason: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.waive_gate(play.viewer("leader"), play.building("2026-03-01"), stage, reason=reason)

    assert refused.value.code == code


def test_nothing_is_waived_where_the_evidence_is_there(play: Play) -> None:
    project = play.building("2026-03-01")
    services.add_evidence(play.office, project, S.UNDER_CONSTRUCTION, PERMIT)

    with pytest.raises(DomainError) as refused:
        services.waive_gate(play.viewer("leader"), project, S.UNDER_CONSTRUCTION, reason="多此一举")

    assert refused.value.code == "gate_opened"


# --- settings --------------------------------------------------------------------------------------------------------
def test_a_division_may_refuse_to_take_a_written_ground(play: Play) -> None:
    project = play.project(stage=S.PRE_CONSTRUCTION)
    switch(play, "under_construction_written_ground", False)

    said = refusal(play, project, S.UNDER_CONSTRUCTION, Piece(K.WRITTEN_GROUND, text="限额以下"))

    assert said == "evidence_missing: “已开工”缺少依据：施工许可证（编号、日期）。"


def test_a_gate_whose_openings_are_all_off_is_open(play: Play) -> None:
    switch(play, "signed_contract", False)

    moved = move(play, play.project(), S.SIGNED)

    assert (moved.stage, GatePassage.objects.count()) == (S.SIGNED, 0)


# --- days ------------------------------------------------------------------------------------------------------------
def test_a_project_entered_in_a_later_stage_keeps_the_days_that_are_known(play: Play) -> None:
    made = services.register_project(
        play.office,
        play.draft(),
        stage=S.IN_PRODUCTION,
        stage_on=date(2026, 1, 10),
        started_on=date(2024, 3, 1),
        completed_on=date(2025, 12, 20),
    )

    assert (made.started_on, made.completed_on) == (date(2024, 3, 1), date(2025, 12, 20))


@pytest.mark.parametrize(
    ("stage", "days", "code"),
    [
        (S.PRE_CONSTRUCTION, {"started_on": date(2026, 1, 1)}, "day_before_its_stage"),
        (S.UNDER_CONSTRUCTION, {"completed_on": date(2026, 1, 1)}, "day_before_its_stage"),
        (S.COMPLETED, {"started_on": date(2026, 3, 3)}, "day_in_future"),
        (S.COMPLETED, {"started_on": date(2026, 2, 2), "completed_on": date(2026, 2, 1)}, "days_out_of_order"),
        (S.COMPLETED, {"started_on": date(2026, 2, 28)}, "days_out_of_order"),
    ],
)
def test_days_that_cannot_be_are_refused(play: Play, stage: ProjectStage, days: dict[str, date], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.register_project(play.office, play.draft(), stage=stage, stage_on=date(2026, 2, 27), **days)

    assert (refused.value.code, Project.objects.count()) == (code, 0)


def test_a_start_that_nobody_said_is_said_later_and_lights_the_project(play: Play) -> None:
    project = play.project(stage=S.IN_PRODUCTION, on=date(2026, 1, 10))
    before = play.why(project, LightRule.START)

    services.correct_days(play.office, project, started_on=date(2024, 3, 1), completed_on=None, reason="查档")

    assert (before, play.why(project, LightRule.START)) == ("start_unknown", "started")
    assert play.last_line(project).after == {"started_on": "2024-03-01", "completed_on": None}


def test_days_are_corrected_with_a_reason_by_the_project_office(play: Play) -> None:
    project = play.building("2026-03-01")
    with pytest.raises(Forbidden):
        services.correct_days(play.viewer("works_head"), project, started_on=None, completed_on=None, reason="x")

    with pytest.raises(DomainError) as refused:
        services.correct_days(play.office, project, started_on=TODAY, completed_on=None, reason=" ")

    assert refused.value.code == "text_missing"
