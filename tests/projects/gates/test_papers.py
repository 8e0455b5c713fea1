"""A paper given at a gate that is a permit of the project: asked about, then it stands with the permits alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from sushui.projects import services
from sushui.projects.enums import EvidenceKind, GateState, ProjectStage
from sushui.projects.enums.doubts import ActDoubt
from sushui.projects.enums.permits import PermitDoubt
from sushui.projects.models import GatePassage, PermitStep, Project, StageEvidence
from sushui.projects.services import Piece, QuestionsAskedError
from tests.projects.permits.playing import Permits
from tests.projects.play import Play, on

S, D = ProjectStage, ActDoubt
TODAY = date(2026, 3, 2)
PERMIT = Piece(EvidenceKind.CONSTRUCTION_PERMIT, "绛建施〔2026〕3号", TODAY)


@pytest.fixture
def permits(play: Play) -> Permits:
    return Permits(play)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with on("2026-03-02"):
        yield


def ready(permits: Permits) -> Project:
    return permits.planned(stage=S.PRE_CONSTRUCTION)


def start(permits: Permits, project: Project, **more: Any) -> Project:
    office, row = permits.play.office, permits.play.now(project)
    return services.move_project(office, row, stage=S.UNDER_CONSTRUCTION, on=TODAY, evidence=[PERMIT], **more)


def asked(act: Any, *args: Any, **more: Any) -> QuestionsAskedError:
    with pytest.raises(QuestionsAskedError) as found:
        act(*args, **more)
    return found.value


def test_a_permit_that_the_graph_does_not_have_is_asked_about(permits: Permits) -> None:
    project = ready(permits)

    found = asked(start, permits, project)

    assert [each.doubt for each in found.questions] == [D.PERMIT_NOT_GRANTED]
    assert found.sentence.startswith("手续图中“建筑工程施工许可证”目前为“待前置办结（")
    assert permits.play.now(project).stage is S.PRE_CONSTRUCTION


def test_once_confirmed_it_is_granted_there_and_kept_nowhere_else(permits: Permits) -> None:
    project = ready(permits)

    start(permits, project, confirmed={D.PERMIT_NOT_GRANTED})

    step = permits.step(project, "construction_permit")
    assert (step.number, step.granted_on, StageEvidence.objects.count()) == (PERMIT.number, TODAY, 0)
    assert GatePassage.objects.get(project=project).state is GateState.OPENED


def test_what_lies_with_its_agency_in_time_is_not_asked_about(permits: Permits) -> None:
    project = ready(permits)
    permits.file(project, "construction_permit", "2026-03-02", confirmed=set(PermitDoubt))
    permits.accept(project, "construction_permit", "2026-03-02")

    start(permits, project)

    assert permits.step(project, "construction_permit").granted_on == TODAY


def test_a_permit_over_its_limit_is_said_to_be(permits: Permits) -> None:
    project = ready(permits)
    with on("2026-01-05"):
        permits.file(project, "construction_permit", "2026-01-05", confirmed=set(PermitDoubt))
        permits.accept(project, "construction_permit", "2026-01-05")

    assert "已超时" in asked(start, permits, project).sentence


def test_the_same_paper_is_not_kept_twice(permits: Permits) -> None:
    project = ready(permits)
    permits.grant(project, "construction_permit", "2026-03-02", number=PERMIT.number, confirmed=set(PermitDoubt))

    start(permits, project)

    assert StageEvidence.objects.count() == 0


def test_a_paper_that_differs_from_the_permit_is_asked_about(permits: Permits) -> None:
    project = ready(permits)
    permits.grant(project, "construction_permit", "2026-03-01", number="绛建施〔2026〕2号", confirmed=set(PermitDoubt))

    assert [each.doubt for each in asked(start, permits, project).questions] == [D.PERMIT_DIFFERS]

    start(permits, project, confirmed={D.PERMIT_DIFFERS})
    assert StageEvidence.objects.get().number == PERMIT.number


def test_a_number_of_another_project_is_asked_about(permits: Permits) -> None:
    other, project = ready(permits), permits.planned(stage=S.PRE_CONSTRUCTION, name="二期")
    permits.grant(other, "construction_permit", "2026-03-01", number=PERMIT.number, confirmed=set(PermitDoubt))

    found = asked(start, permits, project, confirmed={D.PERMIT_NOT_GRANTED})

    assert [each.doubt for each in found.questions] == [D.PERMIT_ELSEWHERE]


def test_evidence_that_is_owed_goes_to_the_permits_too(permits: Permits) -> None:
    project = permits.play.building("2026-03-02")
    permits.choose(project)

    made = services.add_evidence(
        permits.play.office, project, S.UNDER_CONSTRUCTION, PERMIT, confirmed={D.PERMIT_NOT_GRANTED}
    )

    assert (made, GatePassage.objects.get().state) == (None, GateState.OPENED)
    assert PermitStep.objects.get(project=project, key="construction_permit").number == PERMIT.number


def test_who_holds_no_permit_records_it_at_the_gate_alone(permits: Permits) -> None:
    permits.hold()
    project = permits.play.building("2026-03-02", agency_id=permits.play.agency_id("finance"))
    permits.choose(project)

    services.add_evidence(
        permits.play.viewer("finance_head"), project, S.UNDER_CONSTRUCTION, PERMIT, confirmed=set(ActDoubt)
    )

    granted_on = permits.step(project, "construction_permit").granted_on
    assert (granted_on, StageEvidence.objects.count()) == (None, 1)
