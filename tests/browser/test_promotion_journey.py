"""From talks to a task: an investor signs, the gate of the project asks for papers, what it needs is not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from sushui.kernel import clock
from sushui.projects import services
from sushui.projects.enums import GateState, ProjectStage, PromotionNode
from sushui.projects.models import Project, PromotionLead, ResourceCommitment
from sushui.supervision.models import SupervisedTask
from tests.browser.conftest import PHONE, SHOTS, Person
from tests.cast import County
from tests.projects.play import on

pytestmark = pytest.mark.browser

NAME, INVESTOR = "新能源装备基地", "涑水新能源有限公司"
BOARD = "/projects/leads/board/"
Seat = Callable[..., Person]


def ago(days: int) -> str:
    return (clock.today() - timedelta(days=days)).isoformat()


def shoot(person: Person, name: str) -> None:
    """The whole page, however long."""
    SHOTS.mkdir(exist_ok=True)
    person.page.screenshot(path=SHOTS / f"promotion-{name}.png", full_page=True)


def fill(person: Person, **typed: str) -> None:
    """Fields by their names: chosen where something is offered, else typed."""
    for name, words in typed.items():
        field = person.page.locator(f"main [name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(words)
        else:
            field.fill(words)


# --- the investor ----------------------------------------------------------------------------------------------------
def enter(handler: Person) -> None:
    """The works bureau enters an investor with whom it talks."""
    handler.go("/projects/leads/")
    handler.press("登记投资方")
    fill(handler, name=NAME, investor=INVESTOR, began_on=ago(90), intended_investment="30000")
    handler.send("登记投资方")


def sign_framework(handler: Person) -> None:
    """From the card on the board, on a phone."""
    handler.go(BOARD)
    shoot(handler, "1-board-phone")
    handler.press("已签框架协议")
    fill(handler, on=ago(60), number="框架〔2026〕1号")
    handler.send("已签框架协议")


def sign_contract(office: Person) -> None:
    """From the card on the board, to the project's page."""
    office.go(BOARD)
    shoot(office, "2-board")
    office.press("已签合同，转为项目")
    fill(office, on=ago(30), number="涑招〔2026〕5号")
    office.send("已签合同，转为项目")


# --- the gate --------------------------------------------------------------------------------------------------------
def ask_for_construction(office: Person, project: Project) -> None:
    """Say that construction has begun, without a paper; that no stage between was entered is confirmed."""
    office.go(f"/projects/{project.pk}/move/")
    fill(office, stage=ProjectStage.UNDER_CONSTRUCTION, on=ago(1))
    office.press("变更阶段")
    confirm_all(office)
    office.press("变更阶段")


def confirm_all(office: Person) -> None:
    """Tick the box beside everything that was asked about."""
    for box in office.page.locator("main [name^=confirm_]").all():
        box.check()


def show_the_permit(office: Person) -> None:
    """The same form, as it stood, with the paper."""
    fill(office, evidence="construction_permit", number="140826202611240101", day=ago(2))
    confirm_all(office)
    office.send("变更阶段")


# --- what it needs ---------------------------------------------------------------------------------------------------
def state_need(handler: Person, project: Project) -> None:
    handler.go(f"/projects/{project.pk}/resources/")
    handler.press("提出要素需求")
    fill(handler, factor="land", what="建设用地指标", amount="100", needed_by=ago(-30))
    handler.send("提出要素需求")


def promise_and_miss(county: County) -> ResourceCommitment:
    """The finance bureau promised three weeks ago for yesterday, and nothing came."""
    need, until = Project.objects.get().needs.get(), date.fromisoformat(ago(1))
    with on(ago(20)):
        return services.commit_resource(
            county.viewer("finance_handler"),
            need,
            agency_id=county.agencies["finance"].pk,
            amount=need.amount,
            until=until,
        )


def chase(office: Person, project: Project) -> None:
    office.go(f"/projects/{project.pk}/resources/")
    shoot(office, "5-overdue")
    office.press("转为督办事项")
    office.send("转为督办事项")
    shoot(office, "6-task")


# --- the journeys ----------------------------------------------------------------------------------------------------
def test_an_investor_becomes_a_project_by_the_cards_of_the_board(seat: Seat, committed_county: County) -> None:
    county = committed_county
    handler, office = seat(county.user("works_handler"), PHONE), seat(county.user("project_office"))

    enter(handler)
    sign_framework(handler)
    sign_contract(office)

    lead, project = PromotionLead.objects.get(), Project.objects.get()
    assert (lead.node, lead.project) == (PromotionNode.CONTRACT, project)
    assert (project.stage, project.name, project.owner_name) == (ProjectStage.SIGNED, NAME, INVESTOR)
    assert office.read("h1") == [NAME]


@pytest.fixture
def signed(committed_county: County) -> Project:
    """A signed project of the works bureau."""
    office = committed_county.viewer("project_office")
    draft = services.ProjectDraft(name=NAME, agency_id=committed_county.agencies["works"].pk)
    return services.register_project(office, draft, stage=ProjectStage.SIGNED, stage_on=date.fromisoformat(ago(30)))


def test_the_gate_names_what_is_missing_and_opens_on_it(seat: Seat, committed_county: County, signed: Project) -> None:
    office = seat(committed_county.user("project_office"))

    ask_for_construction(office, signed)
    refused = " ".join(office.read("main"))
    shoot(office, "3-refused")
    stood = Project.objects.get().stage
    show_the_permit(office)
    shoot(office, "4-passed")

    assert ("缺少依据：施工许可证（编号、日期）" in refused, stood) == (True, ProjectStage.SIGNED)
    assert Project.objects.get().stage == ProjectStage.UNDER_CONSTRUCTION
    assert Project.objects.get().passages.get(stage=ProjectStage.UNDER_CONSTRUCTION).state == GateState.OPENED


def test_a_promise_that_was_missed_becomes_a_task(seat: Seat, committed_county: County, signed: Project) -> None:
    handler, office = [seat(committed_county.user(key)) for key in ("works_handler", "project_office")]

    state_need(handler, signed)
    promised = promise_and_miss(committed_county)
    chase(office, signed)

    promised.refresh_from_db()
    task = SupervisedTask.objects.get()
    assert (promised.task_id, task.subject_id, "建设用地指标" in task.title) == (task.pk, signed.subject_id, True)
