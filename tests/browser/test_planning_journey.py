"""A year's plan: the quota is cut, nothing fits, the page says why, one promise is given up, the plan is made anew
with few changes and adopted, and whoever must act has a task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from sushui.kernel import clock
from sushui.planner.enums import ChangeKind, PlanStatus
from sushui.planner.models import Run, Scenario
from sushui.projects.models import Project
from sushui.supervision.models import SupervisedTask
from tests.browser.conftest import SHOTS, Person
from tests.cast import County
from tests.planner.play import Planning

pytestmark = pytest.mark.browser
Seat = Callable[..., Person]


@pytest.fixture
def scenario(committed_county: County) -> Scenario:
    """Two projects of next year that must both be in the plan, land for both, and a plan that holds both."""
    plan, year = Planning(committed_county), clock.today().year + 1
    months = {"planned_start_month": date(year, 3, 1), "planned_completion_month": date(year, 12, 1)}
    pair = [plan.candidate(name, **months) for name in ("北环路", "电池厂")]
    plan.land(50, year=year)
    made = plan.scenario(f"{year}年基准方案", year=year)
    for project in pair:
        plan.change(made, ChangeKind.MANDATORY, project_id=project.pk)
    plan.solved(made)
    return made


def shoot(person: Person, name: str) -> None:
    """The whole page, however long."""
    SHOTS.mkdir(exist_ok=True)
    person.page.screenshot(path=SHOTS / f"planning-{name}.png", full_page=True)


def cut_quota(office: Person, page: str) -> None:
    """The quota turns out twenty mu smaller."""
    office.go(page)
    office.press("增减要素")
    office.page.locator("main [name=pool]").select_option(index=1)
    office.page.locator("main [name=by]").fill("-20")
    office.send("保存")


def search(office: Person, plan: Planning, words: str, sign: str) -> Run:
    """Ask for a plan on the page; the worker finds it, and the page that waits for it shows ``sign`` by itself."""
    office.press(words)
    office.send(words)
    made = plan.carried(Run.objects.order_by("-pk")[0])
    office.page.locator(sign).wait_for()
    office.settle()
    return made


def adopt(office: Person) -> None:
    office.press("采用方案")
    office.send("采用")


def test_a_quota_is_cut_and_the_plan_made_anew(seat: Seat, committed_county: County, scenario: Scenario) -> None:
    office, plan = seat(committed_county.user("project_office")), Planning(committed_county)
    page = f"/planner/scenarios/{scenario.pk}/"

    cut_quota(office, page)
    failed = search(office, plan, "开始计算", "#conflict")
    said = office.read("main li")
    shoot(office, "1-contradiction")
    office.send("改为自行取舍")
    made = search(office, plan, "重新排定", "#affected")
    affected = office.read("#affected ~ table td")
    shoot(office, "2-affected")
    adopt(office)
    shoot(office, "3-adopted")

    gone = Project.objects.exclude(pk__in={int(row[0]) for row in made.plan}).get()
    assert (failed.status, made.replans_id is not None) == (PlanStatus.INFEASIBLE, True)
    assert {"“北环路”必须列入。", "“电池厂”必须列入。", "用地只有 30 亩。"} <= set(said)
    assert affected[:3] == [gone.name, "县住建局", "调出"]
    assert SupervisedTask.objects.get().subject_id == gone.subject_id
