"""A light turns and comes back: figures, the leader, a visit from a phone, a supervised task, the figures again.

The month is the last that has ended, and its target all that is planned: the journey is the same on any day.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from sushui.kernel import clock
from sushui.kernel.models import OutboxMessage
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.models import Visit
from sushui.liaison.services import LiaisonDraft, appoint_liaison
from sushui.projects import services
from sushui.projects.enums import FigureKind, ProjectStage
from sushui.projects.models import Project
from sushui.projects.queries import month_to_report
from sushui.projects.services import Figure, ProjectDraft
from sushui.supervision.enums import TaskState
from sushui.supervision.models import SupervisedTask
from tests.browser.conftest import LAPTOP, PHONE, SHOTS, Person
from tests.browser.steps import apply_for_closing, decide, report_beside_the_list, sign_for
from tests.cast import LONG_AGO, County
from tests.projects.imports.books import workbook

pytestmark = pytest.mark.browser

NAME = "镁合金深加工产业园"
PROBLEM = "变压器容量不足，二期设备无法调试"
WAN = 10_000
Seat = Callable[..., Person]


@pytest.fixture
def project(committed_county: County) -> Project:
    """A project that did last month what was planned, so that it is green; the county's leader stands by it."""
    county = committed_county
    month, office = month_to_report(clock.today()), county.viewer("project_office")
    draft = ProjectDraft(name=NAME, agency_id=county.agencies["works"].pk)
    made = services.register_project(office, draft, stage=ProjectStage.UNDER_CONSTRUCTION, stage_on=month)
    for kind in (FigureKind.ACTUAL, FigureKind.PLAN):
        services.record_figures(office, [Figure(made.pk, month, kind, Decimal(100 * WAN), "补录")])
    assert made.subject_id is not None
    leader = county.posts["leader"].pk
    appoint_liaison(
        county.viewer("office"), LiaisonDraft(made.subject_id, LiaisonRole.LEADER, LONG_AGO, post_id=leader)
    )
    return made


def shoot(person: Person, name: str) -> None:
    """The whole page, however long."""
    SHOTS.mkdir(exist_ok=True)
    person.page.screenshot(path=SHOTS / f"project-{name}.png", full_page=True)


def report(handler: Person, project: Project, amount: str, reason: str, name: str) -> None:
    """Give the last month's figure anew, with the reason."""
    handler.go(f"/projects/{project.pk}/report/")
    handler.page.get_by_label("完成投资", exact=True).fill(amount)
    handler.page.get_by_label("更正或迟报的原因").fill(reason)
    shoot(handler, name)
    handler.send("报送")


def report_by_workbook(handler: Person, amount: int, reason: str, folder: Path) -> None:
    """Send the last month's figure in as offices do: a titled sheet with its unit; what stands is asked about."""
    month = month_to_report(clock.today())
    path = folder / "figures.xlsx"
    title = f"{month:%Y}年{month.month}月重点项目投资完成情况（单位：万元）"
    path.write_bytes(workbook([(title,), ("项目名称", f"{month.month}月完成"), (NAME, amount)]))
    handler.go("/projects/imports/")
    handler.page.locator("[name=kind]").select_option("figures")
    handler.page.locator("input[type=file]").set_input_files(path)
    handler.send("读取")
    handler.page.locator("main .row-input textarea, main .row-input input[type=text]").first.fill(reason)
    shoot(handler, "1-workbook-asks")
    handler.send("保存这些回答")
    handler.press("导入此表")
    shoot(handler, "1-workbook-rows")
    handler.send("导入此表")


def light(person: Person, project: Project) -> str:
    """The light on the project's page, as it is read."""
    person.go(f"/projects/{project.pk}/")
    return person.read(".answer .light")[0].split()[1]


def visit(leader: Person) -> None:
    """From the project's page, on a phone: what was seen, and the problem."""
    leader.press("登记走访")
    leader.page.get_by_label("走访情况").fill("二期厂房封顶，设备到场，因缺电停在调试。")
    leader.page.locator("[name=finding-1-text]").fill(PROBLEM)
    leader.page.locator("[name=finding-1-agency]").select_option(label="县住建局")
    shoot(leader, "4-visit-phone")
    leader.send("登记走访")


def settle_the_task(seat: Seat, county: County) -> None:
    """Signed for, reported on, applied for and closed."""
    handler = seat(county.user("works_handler"))
    sign_for(handler, PROBLEM)
    for words in ("已与供电公司商定增容方案。", "增容施工过半。"):
        report_beside_the_list(handler, PROBLEM, words)
    apply_for_closing(handler, PROBLEM, "增容完成，已送电。")
    decide(seat(county.user("office")), PROBLEM, "现场核实属实。", "销号", "良好")


def test_a_light_turns_red_by_a_workbook_and_back_by_way_of_the_leader(
    seat: Seat, committed_county: County, project: Project, tmp_path: Path
) -> None:
    county = committed_county
    handler, leader = seat(county.user("works_handler")), seat(county.user("leader"), PHONE)
    lights = [light(handler, project)]

    report_by_workbook(handler, 20, "设备未安装，核减。", tmp_path)
    lights.append(light(handler, project))
    shoot(handler, "2-red")
    leader.go("/projects/?light=red")
    leader.open_row(NAME)
    shoot(leader, "3-leader-phone")
    visit(leader)
    settle_the_task(seat, county)
    report(handler, project, "100", "送电后设备安装完成，据实补报。", "5-caught-up")
    lights.append(light(leader, project))
    shoot(leader, "6-back-phone")

    assert lights == ["绿", "红", "绿"]
    task = SupervisedTask.objects.get()
    assert (task.title, task.state, task.subject_id) == (PROBLEM, TaskState.CLOSED, project.subject_id)
    told = OutboxMessage.objects.get(key__startswith="projects.red").payload["post_ids"]
    assert told == sorted(county.posts[key].pk for key in ("works_head", "leader"))


def test_the_story_tells_the_way_there_and_back(seat: Seat, committed_county: County, project: Project) -> None:
    county = committed_county
    handler, leader = seat(county.user("works_handler")), seat(county.user("leader"), PHONE)

    report(handler, project, "20", "设备未安装，核减。", "1-report")
    leader.go(f"/projects/{project.pk}/")
    visit(leader)
    report(handler, project, "100", "据实补报。", "5-caught-up")
    leader.go(f"/projects/{project.pk}/")
    told = [act for act in reversed(leader.read(".story-act")) if "走访" in act or "变灯" in act]
    leader.page.locator(".story-act a[href*=visits]").click()
    leader.settle()

    assert [told[0], told[2]] == ["变灯：绿灯 → 红灯（序时进度）", "变灯：红灯 → 绿灯（开工、序时进度）"]
    assert told[1].endswith("走访（现场走访）")
    assert leader.page.url.split("/")[-3:-1] == ["visits", str(Visit.objects.get().pk)]


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
@pytest.mark.parametrize("path", ["", "own/", "{}/", "{}/figures/", "{}/report/"])
def test_no_page_is_wider_than_its_screen(
    seat: Seat, committed_county: County, project: Project, size: tuple[int, int], path: str
) -> None:
    Project.objects.update(name="综合利用一体化产业园区基础设施配套工程" * 10, code="2212-140826-89-01-123459")
    handler = seat(committed_county.user("works_handler"), size)

    handler.go(f"/projects/{path.format(project.pk)}")

    assert handler.page.evaluate("document.documentElement.scrollWidth") == size[0]
