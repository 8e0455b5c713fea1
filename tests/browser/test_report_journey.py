"""A month from a phone: a photo, a question, confirmed; then a locked month whose correction keeps both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from sushui.kernel import clock
from sushui.kernel.months import month_of, months_after
from sushui.projects import queries, services
from sushui.projects.enums import ProjectStage
from sushui.projects.models import MonthlyReport, Project
from sushui.projects.services import ProjectDraft, ReportDraft
from tests.browser.conftest import PHONE, SHOTS, Person
from tests.cast import County
from tests.documents.files import camera_exif, picture

pytestmark = pytest.mark.browser

NAME = "镁合金深加工产业园"
WAN = 10_000
Seat = Callable[..., Person]


@pytest.fixture
def project(committed_county: County) -> Project:
    """Under construction for half a year; the month before last and the last were reported in time."""
    county = committed_county
    this_month = month_of(clock.today())
    draft = ProjectDraft(name=NAME, agency_id=county.agencies["works"].pk, total_investment=Decimal(2_000 * WAN))
    made = services.register_project(
        county.viewer("project_office"),
        draft,
        stage=ProjectStage.UNDER_CONSTRUCTION,
        stage_on=months_after(this_month, -6),
    )
    for ago, cumulative in ((2, 600), (1, 700)):
        month = months_after(this_month, -ago)
        given = ReportDraft(month, Decimal(100 * WAN), Decimal(cumulative * WAN), Decimal(30), text="主体施工")
        given_on = months_after(month, 1) + timedelta(days=2)
        with clock.frozen(timezone.make_aware(datetime.combine(given_on, time(9)))):
            services.give_report(county.viewer("works_handler"), made, given)
    return made


def shoot(person: Person, name: str) -> None:
    SHOTS.mkdir(exist_ok=True)
    person.page.screenshot(path=SHOTS / f"report-{name}.png", full_page=True)


def photo(folder: Path) -> Path:
    path = folder / "现场.jpg"
    path.write_bytes(picture(size=(800, 600), exif=camera_exif()))
    return path


def is_narrow(person: Person) -> bool:
    """Whether nothing stands beyond the edge of the screen."""
    return bool(person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def fill_in(handler: Person, photo: Path) -> None:
    page = handler.page
    page.get_by_label("完成投资", exact=True).fill("50")
    page.get_by_label("形象进度").fill("35")
    page.get_by_label("累计完成投资").fill("650")
    page.get_by_label("下月计划投资").fill("80")
    page.get_by_label("情况说明").fill("屋面封闭，设备陆续进场。")
    page.locator("input[name=photos]").first.set_input_files(photo)


def test_a_month_is_reported_from_a_phone_and_a_locked_one_keeps_both(
    seat: Seat, committed_county: County, project: Project, tmp_path: Path
) -> None:
    county, this_month = committed_county, month_of(clock.today())
    handler = seat(county.user("works_handler"), PHONE)

    handler.go(f"/projects/{project.pk}/report/?month={this_month:%Y-%m}")
    shoot(handler, "1-form-phone")
    fill_in(handler, photo(tmp_path))
    handler.press("报送")
    shoot(handler, "2-asked-phone")
    assert is_narrow(handler)
    question = handler.page.get_by_label("上月累计完成700.00万元，现在是650.00万元")
    question.check()
    handler.send("报送")

    given = queries.report_of(project, this_month)
    assert given is not None
    assert given.current is not None
    assert ([each["doubt"] for each in given.current.confirmed], given.is_late) == (["cumulative_falls"], False)
    assert len(queries.photos_of(county.viewer("works_handler"), [given])[given.pk]) == 1

    locked = months_after(this_month, -2)
    handler.go(f"/projects/{project.pk}/report/?month={this_month:%Y-%m}")
    handler.page.locator("[name=month]").select_option(f"{locked:%Y-%m}")
    handler.page.get_by_text("该月已锁定").wait_for()
    handler.page.get_by_label("完成投资", exact=True).fill("90")
    handler.page.get_by_label("更正或迟报的原因").fill("监理核减重复计量。")
    shoot(handler, "3-locked-phone")
    handler.send("报送")

    report = MonthlyReport.objects.get(project=project, month=locked)
    assert [int(each.done / WAN) for each in report.versions.order_by("number")] == [100, 90]
    assert not report.is_late  # it was given in time; what came late is its correction
    leader = seat(county.user("leader"))
    leader.go(f"/projects/{project.pk}/reports/?year={locked.year}")
    shoot(leader, "4-reports")
    office = seat(county.user("project_office"))
    office.go(f"/projects/reports/?month={locked:%Y-%m}")
    shoot(office, "5-month")
    assert NAME in office.page.locator("main").inner_text()
