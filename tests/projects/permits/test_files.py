"""The papers of a permit step: seen with the permits; those of the application are kept by whoever applies, those of
the decision by whoever records the step."""

from __future__ import annotations

import pytest

from sushui.documents.models import Attachment
from sushui.documents.queries import attachments_of, visible_attachments
from sushui.documents.services import Target, attach_file, withdraw_file
from sushui.kernel.audit import target_of
from sushui.kernel.errors import Forbidden, NotFound
from sushui.kernel.models import AuditLine
from sushui.projects.models import Project
from tests.documents.files import pdf
from tests.projects.pages.reading import Sight, desk
from tests.projects.permits.playing import Permits
from tests.projects.play import on
from tests.supervision.pages.reading import said

NAME = "环评批复.pdf"
DECISION, APPLICATION = "projects.permit_step", "projects.permit_application"
FILING, OWN_WORK = "filing", "contractor"  # held by the finance bureau; done by the project's own unit


@pytest.fixture
def project(permits: Permits) -> Project:
    """A project of the works bureau."""
    with on("2026-03-20"):
        return permits.planned()


def attach(permits: Permits, project: Project, who: str, key: str = FILING, *, kind: str = DECISION) -> Attachment:
    with on("2026-03-20"):
        target = Target(kind, permits.step(project, key).pk)
        return attach_file(permits.play.viewer(who), target=target, name=NAME, data=pdf("x"))


def seen(permits: Permits, project: Project, who: str, key: str = FILING) -> Sight:
    with on("2026-03-20"):
        return desk(permits.play.county, who).open("permit-step", permits.step(project, key).pk)


@pytest.mark.parametrize("who", ["finance_handler", "finance_head", "project_office"])
def test_who_records_the_step_attaches_its_papers(permits: Permits, project: Project, who: str) -> None:
    made = attach(permits, project, who)

    assert made.current.name == NAME


@pytest.mark.parametrize(("who", "refused"), [("works_handler", Forbidden), ("leader", Forbidden)])
def test_who_only_sees_the_step_attaches_nothing(
    permits: Permits, project: Project, who: str, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        attach(permits, project, who)


@pytest.mark.parametrize("who", ["township", "neighbor_head"])
def test_whose_the_step_is_not_finds_nothing_to_attach_to(permits: Permits, project: Project, who: str) -> None:
    with pytest.raises(NotFound):
        attach(permits, project, who)


def test_what_the_unit_does_itself_its_agency_keeps(permits: Permits, project: Project) -> None:
    made = attach(permits, project, "works_handler", OWN_WORK)

    assert made.current.name == NAME


# --- the papers of the application ----------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["works_handler", "works_head", "finance_handler", "project_office"])
def test_who_may_say_that_it_was_handed_in_attaches_what_was(permits: Permits, project: Project, who: str) -> None:
    made = attach(permits, project, who, kind=APPLICATION)

    assert made.current.name == NAME


@pytest.mark.parametrize(("who", "refused"), [("leader", Forbidden), ("township", NotFound)])
def test_nobody_else_hands_papers_in(permits: Permits, project: Project, who: str, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        attach(permits, project, who, kind=APPLICATION)


def test_what_a_decision_rests_on_its_applicant_does_not_change(permits: Permits, project: Project) -> None:
    made = attach(permits, project, "works_handler", kind=APPLICATION)
    with on("2026-03-20"):
        permits.grant(project, FILING, "2026-03-20", by="finance_handler")

    with pytest.raises(Forbidden):
        withdraw_file(permits.play.viewer("works_handler"), made, reason="换一份")
    assert attach(permits, project, "finance_handler", kind=APPLICATION).current.name == NAME


def test_the_page_parts_what_was_handed_in_from_what_was_decided(permits: Permits, project: Project) -> None:
    attach(permits, project, "works_handler", kind=APPLICATION)

    html = said(seen(permits, project, "leader").html)

    assert ("申请材料" in html, "批复文件" in html) == (True, False)


@pytest.mark.parametrize(("who", "offered"), [("works_handler", True), ("finance_handler", True), ("leader", False)])
def test_the_page_offers_to_hand_in_to_those_who_may(
    permits: Permits, project: Project, who: str, offered: bool
) -> None:
    number = permits.step(project, FILING).pk

    sight = seen(permits, project, who)

    assert (f"/{APPLICATION}/{number}/" in sight.html) is offered


# --- who sees them ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "shown"), [("leader", True), ("works_handler", True), ("finance_head", True), ("township", False)]
)
def test_the_papers_are_seen_with_the_permits(permits: Permits, project: Project, who: str, shown: bool) -> None:
    made = attach(permits, project, "finance_handler")

    visible = visible_attachments(permits.play.viewer(who))

    assert visible.filter(pk=made.pk).exists() is shown


def test_the_page_of_the_step_shows_its_papers(permits: Permits, project: Project) -> None:
    attach(permits, project, "finance_handler")

    sight = seen(permits, project, "leader")

    assert NAME in said(sight.html)


@pytest.mark.parametrize(("who", "offered"), [("finance_handler", True), ("works_handler", False), ("leader", False)])
def test_the_page_offers_to_attach_to_those_who_may(
    permits: Permits, project: Project, who: str, offered: bool
) -> None:
    number = permits.step(project, FILING).pk

    sight = seen(permits, project, who)

    assert (f"/projects.permit_step/{number}/" in sight.html) is offered


def test_without_papers_nobody_reads_an_empty_heading(permits: Permits, project: Project) -> None:
    sight = seen(permits, project, "leader")

    assert 'class="files"' not in sight.html


def test_the_project_tells_that_a_paper_was_attached(permits: Permits, project: Project) -> None:
    attach(permits, project, "finance_handler")

    line = AuditLine.objects.latest("id")

    assert (line.verb, line.target) == ("attach_file", target_of(project))


def test_a_step_that_no_longer_applies_keeps_its_papers_out_of_sight(permits: Permits, project: Project) -> None:
    made = attach(permits, project, "project_office")
    target = made.target

    permits.step(project, FILING).__class__.objects.filter(pk=target.object_id).update(applies=False)

    with pytest.raises(NotFound):
        attach(permits, project, "project_office")
    assert attachments_of(permits.play.office, target) == []
