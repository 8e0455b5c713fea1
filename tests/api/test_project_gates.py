"""Gates by programs: the same as by pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from sushui.projects import services
from sushui.projects.enums import EvidenceKind, ProjectStage, ResourceFactor
from sushui.projects.services import NeedDraft, Piece
from tests.api.conftest import Programs
from tests.cast import County
from tests.projects.play import Play, on

S = ProjectStage
PERMIT = {"kind": "construction_permit", "number": "3号", "day": "2026-02-27"}


@pytest.fixture
def play(county: County) -> Play:
    return Play(county)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with on("2026-03-02"):
        yield


def test_a_program_reads_how_a_project_stands_at_its_gates(play: Play, program: Programs) -> None:
    gates = program("works_handler").get(f"/projects/{play.building('2026-03-01').pk}/gates").json()

    (gate,) = [each for each in gates if each["stage"] == "under_construction"]
    assert (gate["state"], gate["is_open"]) == ("owed", False)
    assert [each["parts"] for each in gate["openings"]] == [["number", "day"], ["text"]]


def test_a_program_records_evidence_and_takes_it_back(play: Play, program: Programs) -> None:
    project, works = play.building("2026-03-01"), program("works_handler")
    made = works.post(f"/projects/{project.pk}/evidence", {"stage": "under_construction", **PERMIT}).json()
    owed = [works.get("/projects/gates").json()["items"]]

    works.post(f"/projects/evidence/{made['id']}/withdraw", {"reason": "填错", "version": 1})
    owed.append(works.get("/projects/gates").json()["items"])

    assert [len(each) for each in owed] == [0, 1]
    (read,) = works.get(f"/projects/{project.pk}/evidence").json()
    assert (read["number"], read["withdrawn_reason"]) == ("3号", "填错")


def test_a_program_moves_a_project_on_its_evidence(play: Play, program: Programs) -> None:
    project, office = play.project(stage=S.PRE_CONSTRUCTION), program("project_office")
    asked = {"stage": "under_construction", "on": "2026-03-01"}

    refused = office.post(f"/projects/{project.pk}/move", asked)
    moved = office.post(f"/projects/{project.pk}/move", {**asked, "evidence": [PERMIT]})

    assert (refused.status_code, refused.json()["code"]) == (422, "evidence_missing")
    assert (moved.status_code, moved.json()["stage"]) == (200, "under_construction")


def test_a_program_registers_what_is_finished_with_its_days(play: Play, program: Programs) -> None:
    days = {"stage_on": "2026-01-10", "started_on": "2024-03-01", "completed_on": "2025-12-20"}
    shown = [{"kind": "production_record", "day": "2026-01-10", "text": "首批产品下线"}]

    said = {"name": "已投产项目", "stage": "in_production", "evidence": shown, **days}
    asked = program("project_office").post("/projects/", said)
    made = program("project_office").post("/projects/", {**said, "doubts": ["gates_owed"]})

    assert (asked.json()["code"], asked.json()["asked"]) == ("confirm_first", ["gates_owed"])
    assert (made.status_code, made.json()["started_on"]) == (201, "2024-03-01")
    owed = program("project_office").get("/projects/gates").json()["items"]
    assert [each["stage"] for each in owed] == ["established", "under_construction", "completed"]


def test_a_leaders_program_waives_and_others_may_not(play: Play, program: Programs) -> None:
    project, asked = play.building("2026-03-01"), {"stage": "under_construction", "reason": "专题会议同意"}

    statuses = [
        program(key).post(f"/projects/{project.pk}/gates/waive", asked).status_code
        for key in ("project_office", "leader")
    ]

    waived = program("office").get("/projects/gates", state="waived").json()["items"]
    assert (statuses, [each["reason"] for each in waived]) == ([403, 200], ["专题会议同意"])


def test_a_program_corrects_the_days(play: Play, program: Programs) -> None:
    project = play.project(stage=S.IN_PRODUCTION)

    answer = program("project_office").post(
        f"/projects/{project.pk}/days", {"started_on": "2024-03-01", "reason": "查档", "version": 1}
    )

    assert (answer.status_code, play.now(project).started_on) == (200, date(2024, 3, 1))


def test_evidence_of_another_division_is_not_found(play: Play, program: Programs) -> None:
    paper = services.add_evidence(
        play.office, play.building("2026-03-01"), S.UNDER_CONSTRUCTION, Piece(EvidenceKind.CONSTRUCTION_PERMIT, "3号")
    )

    answer = program("neighbor_office").post(f"/projects/evidence/{paper.pk}/withdraw", {"reason": "x"})

    assert answer.status_code == 404


def test_a_program_is_asked_what_a_person_is(play: Play, program: Programs) -> None:
    project, office = play.building("2026-03-01"), program("project_office")
    need = services.add_need(play.office, project, NeedDraft(ResourceFactor.LAND, amount=Decimal(12)))
    body = {"amount": 500, "until": "2026-06-30", "agency_id": play.agency_id("finance")}

    refused = office.post(f"/projects/needs/{need.pk}/commit", body)
    made = office.post(f"/projects/needs/{need.pk}/commit", {**body, "doubts": refused.json()["asked"]})

    assert (refused.status_code, refused.json()["asked"], made.status_code) == (422, ["above_need"], 201)
