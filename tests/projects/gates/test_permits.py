"""A permit that was granted opens the gate that asks for it: nobody records one paper twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from sushui.kernel.errors import DomainError
from sushui.projects import services
from sushui.projects.enums import GateState, ProjectStage
from sushui.projects.enums.permits import PermitDoubt, PermitState
from sushui.projects.models import GatePassage, PermitStep, Project
from sushui.projects.rules.gates import gates
from sushui.projects.services import permits as permit_services
from tests.projects.imports.books import read, table
from tests.projects.pages.reading import desk
from tests.projects.permits.playing import Permits
from tests.projects.play import Play, on
from tests.supervision.pages.reading import said

S = ProjectStage
TODAY, NUMBER = "2026-03-02", "绛建施〔2026〕3号"
HEADER = ("项目名称", "当前阶段", "阶段日期")


@pytest.fixture
def permits(play: Play) -> Permits:
    return Permits(play)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with on(TODAY):
        yield


def granted(permits: Permits, project: Project, number: str = NUMBER, key: str = "construction_permit") -> PermitStep:
    return permits.grant(project, key, TODAY, number=number, confirmed=set(PermitDoubt))


def start(permits: Permits, project: Project) -> Project:
    project = permits.play.now(project)
    return services.move_project(permits.play.office, project, stage=S.UNDER_CONSTRUCTION, on=date(2026, 3, 2))


def owing(permits: Permits) -> Project:
    """A project that a list brought in under construction, with its path and no paper."""
    project = permits.play.building("2026-03-02")
    permits.hold()
    permits.choose(project)
    return project


def state(project: Project, stage: ProjectStage = S.UNDER_CONSTRUCTION) -> GateState | None:
    found = GatePassage.objects.filter(project=project, stage=stage).first()
    return found.state if found else None


def test_a_granted_permit_opens_the_gate_that_asks_for_it(permits: Permits) -> None:
    project = permits.planned(stage=S.PRE_CONSTRUCTION)
    granted(permits, project)

    start(permits, project)

    assert (permits.play.now(project).stage, state(project)) == (S.UNDER_CONSTRUCTION, GateState.OPENED)


def test_a_permit_without_its_number_leaves_the_number_missing(permits: Permits) -> None:
    project = permits.planned(stage=S.PRE_CONSTRUCTION)
    granted(permits, project, number="")

    with pytest.raises(DomainError) as refused:
        start(permits, project)

    assert refused.value.sentence == "“已开工”缺少依据：施工许可证（编号）。"


def test_a_permit_that_has_run_out_opens_nothing(permits: Permits) -> None:
    project = permits.planned(stage=S.PRE_CONSTRUCTION)
    PermitStep.objects.filter(pk=granted(permits, project).pk).update(state=PermitState.EXPIRED)

    with pytest.raises(DomainError) as refused:
        start(permits, project)

    assert refused.value.code == "evidence_missing"


def test_what_was_owed_is_settled_by_the_permit(permits: Permits) -> None:
    project = owing(permits)
    before = state(project)

    granted(permits, project)

    assert (before, state(project)) == (GateState.OWED, GateState.OPENED)


def test_a_permit_taken_back_is_owed_again(permits: Permits) -> None:
    project = owing(permits)
    step = granted(permits, project)

    permit_services.take_back_permit(permits.play.office, step, reason="错登")

    assert state(project) is GateState.OWED


def test_a_permit_of_another_kind_settles_nothing(permits: Permits) -> None:
    project = owing(permits)

    granted(permits, project, key="filing")

    assert state(project) is GateState.OWED


def test_permits_brought_in_settle_what_was_owed(permits: Permits) -> None:
    project = permits.play.building("2026-03-02")
    known = permit_services.KnownStep(granted_on=date(2026, 3, 1), number=NUMBER)
    wanted = permit_services.KnownPermits(
        project.pk, "enterprise_filing", "standard", frozenset({"land_in_hand"}), {"construction_permit": known}
    )

    permit_services.bring_in_permits(permits.play.office, [wanted])

    assert state(project) is GateState.OPENED


def test_a_workbook_knows_what_the_permits_show(permits: Permits) -> None:
    project = permits.planned(name="甲", stage=S.PRE_CONSTRUCTION)
    granted(permits, project)

    (row,) = read(permits.play.office, table(("甲", "在建", date(2026, 3, 1)), header=HEADER)).rows

    assert (row.stage, row.owed) == (S.UNDER_CONSTRUCTION, ())


def test_the_page_of_gates_shows_the_permit(permits: Permits) -> None:
    project = owing(permits)
    step = granted(permits, project)

    html = desk(permits.play.county, "project_office").open("gates", project.pk).html

    assert (f'href="/projects/permits/steps/{step.pk}/"' in html, NUMBER in said(html)) == (True, True)


def test_every_permit_that_a_gate_names_stands_in_a_path() -> None:
    named = {key for openings in gates().values() for each in openings for key in each.permits}

    assert named == {"filing", "approval", "feasibility", "construction_permit", "start_report", "completion_filing"}
