"""A project on its way to construction, on a laptop: its path, its papers one after the other, and one that is late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from sushui.kernel import clock
from sushui.kernel.days import working_calendar
from sushui.projects import services
from sushui.projects.models import PermitStep, Project
from sushui.projects.services import ProjectDraft
from sushui.projects.services import permits as permit_services
from tests.browser.conftest import LAPTOP, Person
from tests.cast import County

pytestmark = pytest.mark.browser

NAME = "磨里石英坩埚生产基地"
FILING, WATER, WORKS = "filing", "soil_water", "works_planning_permit"
Seat = Callable[..., Person]


@pytest.fixture
def project(committed_county: County) -> Project:
    """Registered, without a path; the works bureau holds the planning permits, finance the filing."""
    office, agencies = committed_county.viewer("project_office"), committed_county.agencies
    held = {"natural_resources": agencies["works"].pk, "approval_service": agencies["finance"].pk}
    permit_services.name_permit_holders(office, held)
    return services.register_project(office, ProjectDraft(name=NAME, agency_id=agencies["works"].pk))


def step(project: Project, key: str) -> PermitStep:
    return PermitStep.objects.get(project=project, key=key)


def row(key: str) -> str:
    """Where a step stands among the permits of its project."""
    return f"#step-{key}"


def choose_path(office: Person, project: Project) -> None:
    office.go(f"/projects/{project.pk}/permits/path/")
    page = office.page
    page.locator("[name=path]").select_option(value="enterprise_filing")
    page.locator("[name=variant]").select_option(value="standard")
    page.locator("[name=choice_0]").select_option(value="land_in_hand")
    page.locator("[name=flags][value=soil_water]").check()
    office.shoot("permits-1-path")
    page.locator("main .form-actions button").click()
    office.settle()


def record(office: Person, project: Project, key: str, words: str, on: date, number: str = "") -> None:
    """Press what the row of a step offers, say the day and the number of the paper, and send it."""
    office.go(f"/projects/{project.pk}/permits/")
    office.press(words, within=row(key))
    office.page.locator("[name=on]").fill(f"{on}")
    if number:
        office.page.locator("[name=number]").fill(number)
    office.page.locator("main .form-actions button").click()
    office.settle()


def is_within(person: Person) -> bool:
    """Whether nothing stands beyond the edge of the screen."""
    return bool(person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_project_gets_its_papers_and_one_that_is_late_becomes_a_task(
    seat: Seat, committed_county: County, project: Project
) -> None:
    today = clock.today()
    long_ago = working_calendar().add_working_days(today, -40)
    office = seat(committed_county.user("project_office"), LAPTOP)

    choose_path(office, project)
    record(office, project, FILING, "登记申报", long_ago - timedelta(days=1))
    record(office, project, FILING, "登记办结", long_ago)
    office.go(f"/projects/{project.pk}/permits/")
    office.shoot("permits-2-next")
    assert office.page.locator(row(WORKS)).get_by_text("今日可申报").count() == 1
    assert is_within(office)

    record(office, project, WORKS, "登记申报", long_ago)
    record(office, project, WATER, "登记申报", today)
    record(office, project, WATER, "已受理", today)
    permit_services.read_permits_due()
    office.go(f"/projects/{project.pk}/permits/")
    office.shoot("permits-3-late")
    assert is_within(office)
    office.page.locator(row(WORKS)).locator("a[href*='/supervision/tasks/']").click()
    office.settle()
    office.shoot("permits-4-task")
    assert step(project, WORKS).name in " ".join(office.read("main"))

    record(office, project, WORKS, "登记办结", today, "建字第140826202600001号")
    office.shoot("permits-5-done")
    assert (step(project, WATER).accepted_on, step(project, WORKS).granted_on) == (today, today)
    assert office.page.locator(row(WORKS)).get_by_text("已办结").count() == 1
