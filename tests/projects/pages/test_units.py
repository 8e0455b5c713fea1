"""An enterprise reports on the projects that it owns, and knows nothing else of any project."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sushui.documents.models import Attachment
from sushui.documents.services import Target, attach_file, withdraw_file
from sushui.kernel.errors import Forbidden, NotFound
from sushui.kernel.front import front
from sushui.organizations.enums import AgencyKind
from sushui.organizations.models import Agency
from sushui.projects import queries, services
from sushui.projects.enums import BottleneckKind, ProjectStage
from sushui.projects.models import Bottleneck, MonthlyReport, Project
from sushui.projects.permissions import may_give_report
from sushui.projects.queries import PHOTOS
from sushui.projects.services import FoundBottleneck, ReportDraft
from tests.documents.files import picture
from tests.projects.pages.reading import Desk, offers
from tests.projects.pages.test_own import badge
from tests.projects.play import WAN, Play, month, on
from tests.supervision.pages.reading import said

Sit = Callable[[str], Desk]
OWNER, OTHER = "91140826MA0000074G", "91140826MA0000082B"
UNIT, TYPED = "enterprise", {"month": "2026-03", "amount": "100"}


@pytest.fixture(autouse=True)
def _known_by_its_code(play: Play) -> None:
    Agency.objects.filter(pk=play.agency_id(UNIT)).update(code=OWNER)


def owned(play: Play, **values: Any) -> Project:
    return play.building(owner_code=OWNER, **values)


def draft(done: int = 100, **values: Any) -> ReportDraft:
    return ReportDraft(month("2026-03"), Decimal(done * WAN), **values)


def may(play: Play, project: Project) -> tuple[bool, list[Project]]:
    """What the predicate says, and what the query finds: they agree."""
    viewer = play.viewer(UNIT)
    return bool(may_give_report(viewer, project)), list(queries.own_projects_of_unit(viewer))


# --- whose it is -----------------------------------------------------------------------------------------------------
def test_the_owners_code_says_whose_a_project_is(play: Play) -> None:
    with on("2026-04-02"):
        own, other = (
            owned(play),
            play.building(name="别家的", owner_code=OTHER),
        )

    assert may(play, own) == (True, [own])
    assert may(play, other) == (False, [own])


@pytest.mark.parametrize("code", ["", OTHER])
def test_without_the_code_no_link_is_guessed(play: Play, code: str) -> None:
    Agency.objects.filter(pk=play.agency_id(UNIT)).update(code=code)
    with on("2026-04-02"):
        project, nameless = owned(play), play.building(name="没有代码的")

    assert (may(play, project), may(play, nameless)) == ((False, []), (False, []))


def test_a_code_that_two_share_is_nobodys(play: Play) -> None:
    with on("2026-04-02"):
        project = owned(play)
    Agency.objects.create(
        division=play.county.county, name="涑水装备二厂", kind=AgencyKind.ENTERPRISE, code=OWNER.lower()
    )

    assert may(play, project) == (False, [])


def test_a_project_of_the_neighbor_with_the_same_owner_is_not_the_units(play: Play) -> None:
    with on("2026-04-02"):
        project = owned(play)
    Project.objects.filter(pk=project.pk).update(division=play.county.neighbor)

    assert may(play, play.now(project)) == (False, [])


def test_the_ledger_stays_closed(play: Play) -> None:
    with on("2026-04-02"):
        project = owned(play)

    assert list(queries.visible_projects(play.viewer(UNIT))) == []
    with pytest.raises(NotFound):
        queries.project_for(play.viewer(UNIT), project.pk)


# --- giving ----------------------------------------------------------------------------------------------------------
def test_the_unit_gives_a_month_with_what_holds_it_up(play: Play) -> None:
    with on("2026-04-02"):
        project = owned(play)
        found = FoundBottleneck(BottleneckKind.LAND, "进场道路未通")
        report = services.give_report(play.viewer(UNIT), project, draft(bottleneck=found))

    assert play.versions(project, "2026-03") == [(1, 100)]
    assert [(each.text, each.report_id) for each in Bottleneck.objects.all()] == [("进场道路未通", report.pk)]


def test_nothing_is_lost_where_both_report(play: Play) -> None:
    with on("2026-04-02"):
        project = owned(play)
        services.give_report(play.viewer("works_handler"), project, draft(90))
        report = services.give_report(play.viewer(UNIT), project, draft(100), reason="漏计设备款")

    rows = report.versions.order_by("number")
    assert [(each.done, each.post.agency_id) for each in rows] == [
        (90 * WAN, play.agency_id("works")),
        (100 * WAN, play.agency_id(UNIT)),
    ]
    assert play.versions(project, "2026-03") == [(1, 90), (2, 100)]


def test_figures_and_bottlenecks_on_their_own_are_refused(play: Play) -> None:
    with on("2026-04-02"):
        project = owned(play)
        with pytest.raises(Forbidden):
            play.report(project, by=UNIT, m3=1)
        with pytest.raises(Forbidden):
            services.raise_bottleneck(
                play.viewer(UNIT), project, kind=BottleneckKind.LAND, text="x", found_on=month("2026-03")
            )

    assert (play.versions(project, "2026-03"), Bottleneck.objects.count()) == ([], 0)


@pytest.mark.parametrize("act", ["give", "draft", "photo"])
def test_another_owners_project_is_refused(play: Play, act: str) -> None:
    viewer = play.viewer(UNIT)
    with on("2026-04-02"):
        project = play.building()
        report = services.give_report(play.viewer("works_handler"), project, draft())
        acts: dict[str, Callable[[], object]] = {
            "give": lambda: services.give_report(viewer, project, draft(1), reason="x"),
            "draft": lambda: services.keep_draft(viewer, project, month("2026-03"), {"amount": "1"}),
            "photo": lambda: attach_file(viewer, target=Target(PHOTOS, report.pk), name="x.jpg", data=picture()),
        }
        with pytest.raises((Forbidden, NotFound)):
            acts[act]()

    assert play.versions(project, "2026-03") == [(1, 100)]


def test_a_program_of_the_unit_reports_its_own_alone(play: Play, sit: Sit) -> None:
    client, given = sit(UNIT).client, {"month": "2026-03-01", "done": "1000000", "version": 0}
    with on("2026-04-02"):
        own, other = owned(play), play.building(name="别家的")
        answers = [
            client.post(f"/api/projects/{each.pk}/reports", given, "application/json").status_code
            for each in (own, other)
        ]
        read = client.get(f"/api/projects/{own.pk}/reports/2026").json()
        closed = client.get(f"/api/projects/{own.pk}").status_code

    assert (answers, [each["month"] for each in read], closed) == ([201, 404], ["2026-03-01"], 403)


# --- pages -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-04-02", "应于4月5日 周日前报送"),
        ("2026-04-07", "应于4月5日 周日前报送，4月25日 周六后锁定"),
        ("2026-04-27", "4月25日 周六后已锁定：请补报并说明原因"),
    ],
)
def test_the_list_says_until_when_the_month_is_due(play: Play, sit: Sit, day: str, words: str) -> None:
    with on(day):
        owned(play, since="2026-03-02")
        sight = sit(UNIT).open("unit-projects")

    assert sight.rows == [f"涑水装备产业园 县住建局 {words} 2026年3月 — 报送"]


def test_the_list_says_who_gave_it_and_what_was_asked(play: Play, sit: Sit) -> None:
    with on("2026-04-02"):
        project = owned(play, since="2026-03-02", total_investment=Decimal(50 * WAN))
        keys = [each.key for each in services.report_doubts(project, draft())]
        services.give_report(play.viewer(UNIT), project, draft(), confirmed=keys)
        row = sit(UNIT).open("unit-projects").rows[0]

    assert row.startswith("涑水装备产业园 县住建局 截止前已报 项目单位涑水装备报送 系统询问、已确认:")
    assert row.endswith("— 1个月 报送")


def test_what_is_not_built_yet_has_nothing_to_report(play: Play, sit: Sit) -> None:
    with on("2026-04-02"):
        play.project(owner_code=OWNER, stage=ProjectStage.SIGNED)
        sight = sit(UNIT).open("unit-projects")

    assert (sight.rows, offers(sight)) == (["涑水装备产业园 县住建局 当月无需报送 — —"], [])


def test_a_unit_without_projects_is_told_how_they_come(sit: Sit) -> None:
    assert sit(UNIT).open("unit-projects").empty == "台账中没有本单位的项目。"


def test_the_menu_and_the_day_count_what_is_owed(play: Play, sit: Sit) -> None:
    with on("2026-04-02"):
        owned(play, since="2026-03-02")
        day = front.day_for(play.viewer(UNIT))
        waiting, html = badge(play, UNIT, "unit-projects"), sit(UNIT).client.get("/").content.decode()

    assert waiting == 1
    assert [(str(each.label), each.value) for each in day.figures if "数据" in str(each.label)] == [
        ("4月5日 周日前应报数据", 1)
    ]
    assert "涑水装备产业园 县住建局 应于4月5日 周日前报送" in said(html)


def test_thirty_projects_cost_no_more_queries_than_one(play: Play, sit: Sit) -> None:
    desk, counts = sit(UNIT), []
    with on("2026-04-02"):
        for wanted in (1, 30):
            while Project.objects.count() < wanted:
                number = Project.objects.count()
                services.give_report(play.viewer(UNIT), owned(play, since="2026-03-02", name=f"项目{number}"), draft())
            for path in (reverse("projects:unit-projects"), "/"):
                desk.client.get(path)
                with CaptureQueriesContext(connection) as caught:
                    desk.client.get(path)
                counts.append(len(caught))

    assert counts[:2] == counts[2:]


def test_the_form_leads_back_and_shows_no_more_of_the_project(play: Play, sit: Sit) -> None:
    desk = sit(UNIT)
    with on("2026-04-02"):
        project = owned(play)
        form = desk.open("report", project.pk, month="2026-03")
        done = desk.send("report", project.pk, **TYPED, photos=SimpleUploadedFile("工地.jpg", picture()))
        page = desk.open("reports", project.pk, year=2026)

    shown = form.html + done.html + page.html
    assert (f'href="/projects/{project.pk}/"' in shown, f"/projects/{project.pk}/figures/" in shown) == (False, False)
    assert "亮灯" not in said(form.html)
    assert done.rows == ["涑水装备产业园 县住建局 截止前已报 项目单位涑水装备报送 2026年1月、2026年2月 1个月 报送"]
    assert "项目单位涑水装备报送 · 第1版" in said(page.html)


def test_the_photos_of_the_own_project_open_and_those_of_others_do_not(play: Play, sit: Sit) -> None:
    with on("2026-04-02"):
        statuses = []
        for project in (owned(play), play.building(name="别家的")):
            sit("works_handler").send("report", project.pk, **TYPED, photos=SimpleUploadedFile("x.jpg", picture()))
            report = MonthlyReport.objects.get(project=project)
            (photo,) = queries.photos_of(play.office, [report])[report.pk]
            answer = sit(UNIT).client.get(reverse("documents:file", args=[photo.current.pk]))
            statuses.append((answer.status_code, bool(answer.streaming and answer.getvalue())))

    assert statuses == [(200, True), (404, False)]


def test_the_unit_withdraws_its_own_photos_and_not_those_of_the_agency(play: Play, sit: Sit) -> None:
    with on("2026-04-02"):
        statuses = []
        project = owned(play)
        for who, month in (("works_handler", "2026-03"), (UNIT, "2026-02")):
            photo = SimpleUploadedFile("x.jpg", picture())
            sit(who).send("report", project.pk, **{**TYPED, "month": month, "reason": "补报"}, photos=photo)
            report = MonthlyReport.objects.get(project=project, month=f"{month}-01")
            (hung,) = queries.photos_of(play.office, [report])[report.pk]
            statuses.append(sit(UNIT).client.get(reverse("documents:withdraw", args=[hung.pk])).status_code)
        with pytest.raises(Forbidden):
            withdraw_file(play.viewer(UNIT), _photo_of(play, project, "2026-03"), reason="不要")

    assert statuses == [403, 200]


def _photo_of(play: Play, project: Project, month: str) -> Attachment:
    report = MonthlyReport.objects.get(project=project, month=f"{month}-01")
    return queries.photos_of(play.office, [report])[report.pk][0]


@pytest.mark.parametrize("name", ["report", "reports"])
def test_a_project_that_is_not_theirs_reads_as_if_it_were_not(play: Play, sit: Sit, name: str) -> None:
    with on("2026-04-02"):
        project = play.building()

        assert sit(UNIT).open(name, project.pk).status == 404


@pytest.mark.parametrize("name", ["project", "figures", "gates", "resources", "permits"])
def test_every_other_page_of_the_own_project_is_closed(play: Play, sit: Sit, name: str) -> None:
    with on("2026-04-02"):
        project = owned(play)

        assert sit(UNIT).open(name, project.pk).status == 403


def test_the_responsible_agency_sees_that_the_unit_has_reported(play: Play, sit: Sit) -> None:
    desk = sit("works_handler")
    with on("2026-04-02"):
        project = owned(play, since="2026-03-02")
        services.give_report(play.viewer(UNIT), project, draft())
        row, form = desk.open("own").rows[0], said(desk.open("report", project.pk, month="2026-03").html)

    assert "2026年3月已由项目单位报送" in row
    assert "项目单位涑水装备报送" in form
