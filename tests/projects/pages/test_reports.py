"""The form of a monthly report, the reports of a project, and who has reported a month."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sushui.projects import queries, services
from sushui.projects.enums import BottleneckKind
from sushui.projects.models import MonthlyReport, Project
from sushui.projects.services import ReportDraft
from tests.documents.files import PDF, camera_exif, picture
from tests.projects.pages.reading import Desk, table
from tests.projects.play import WAN, Play, month, on
from tests.supervision.pages.reading import said

Sit = Callable[[str], Desk]


def photo(name: str = "工地.jpg", data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or picture(exif=camera_exif()))


def given(play: Play, project: Project, when: str, done: int, reason: str = "", **values: Any) -> MonthlyReport:
    draft = ReportDraft(month(when), Decimal(done * WAN), **values)
    return services.give_report(play.viewer("works_handler"), project, draft, reason=reason)


def field(html: str, name: str) -> str:
    """The value that a field of the form shows."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)
    value = re.search(r'value="([^"]*)"', found[0]) if found else None
    return value[1] if value else ""


# --- the form --------------------------------------------------------------------------------------------------------
def test_a_month_is_reported_with_a_photo_and_the_reporter_is_told_of_its_place(play: Play, sit: Sit) -> None:
    typed = {"month": "2026-03", "amount": "100", "progress": "20", "next_plan": "80", "text": "基础完工"}
    with on("2026-04-03"):
        project = play.building()
        sight = sit("works_handler").send("report", project.pk, **typed, photos=photo())

    report = MonthlyReport.objects.get(project=project)
    assert report.current is not None
    assert (report.current.progress, report.current.next_plan, report.current.text) == (20, 80 * WAN, "基础完工")
    assert "已去除1张照片的拍摄位置" in sight.html


def test_a_place_kept_on_purpose_is_said(play: Play, sit: Sit) -> None:
    with on("2026-04-03"):
        project = play.building()
        typed = {"month": "2026-03", "amount": "100", "keeps_place": "on", "photos": photo()}
        sight = sit("works_handler").send("report", project.pk, **typed)

    assert "1张照片保留了拍摄位置" in sight.html


def test_what_is_no_photo_is_refused_in_words_and_nothing_is_given(play: Play, sit: Sit) -> None:
    with on("2026-04-03"):
        project = play.building()
        typed = {"month": "2026-03", "amount": "100", "photos": photo("合同.jpg", PDF)}
        sight = sit("works_handler").send("report", project.pk, **typed)

    assert (sight.status, MonthlyReport.objects.count()) == (422, 0)
    assert "“合同.jpg”不是图片，而是“PDF 文件”。" in said(sight.html)


def test_a_question_stands_with_its_numbers_and_photos_stay_until_it_is_confirmed(play: Play, sit: Sit) -> None:
    desk, typed = sit("works_handler"), {"month": "2026-03", "amount": "10", "cumulative": "250"}
    with on("2026-04-03"):
        project = play.building()
        given(play, project, "2026-02", 100, "补录", cumulative=Decimal(300 * WAN))
        asked = desk.send("report", project.pk, **typed, photos=photo())
        kept = field(asked.html, "kept")
        desk.send("report", project.pk, **typed, kept=kept, confirmed="cumulative_falls:3000000:2500000")

    report = queries.report_of(project, month("2026-03"))
    assert "上月累计完成300.00万元，现在是250.00万元：是否无误？" in said(asked.html)
    assert report is not None
    assert len(queries.photos_of(play.office, [report])[report.pk]) == 1


def test_a_confirmation_of_other_numbers_is_asked_again(play: Play, sit: Sit) -> None:
    with on("2026-04-03"):
        project = play.building(total_investment=Decimal(10**6))
        typed = {"month": "2026-03", "amount": "102", "confirmed": "exceeds_total:1010000:1000000"}
        sight = sit("works_handler").send("report", project.pk, **typed)

    assert (sight.status, play.versions(project, "2026-03")) == (422, [])


def test_another_month_brings_its_own_facts_and_keeps_what_was_typed(play: Play, sit: Sit) -> None:
    desk = sit("works_handler")
    with on("2026-04-03"):
        project = play.building()
        play.report(project, m1=11, m2=22)
        typed = {"month": "2026-01", "shown": "2026-02", "amount": "22", "text": "进展顺利", "refresh": "1"}
        sight = desk.send("report", project.pk, **typed)

    assert (sight.status, field(sight.html, "amount"), field(sight.html, "shown")) == (200, "11", "2026-01")
    assert "进展顺利" in sight.html
    assert play.versions(project, "2026-01") == [(1, 11)]


def test_a_draft_is_kept_as_it_was_typed_and_shown_again(play: Play, sit: Sit) -> None:
    desk = sit("works_handler")
    with on("2026-04-03"):
        project = play.building()
        desk.send("report", project.pk, month="2026-03", amount="一百", progress="20", draft="1", photos=photo())
        html = desk.open("report", project.pk, month="2026-03").html

    assert (field(html, "amount"), field(html, "progress"), play.versions(project, "2026-03")) == ("一百", "20", [])
    assert "尚未报送" in said(html)


def shown(sight: Any) -> dict[str, str]:
    """What the form carries unseen, as a browser sends it back."""
    return {name: field(sight.html, name) for name in ("shown", "seen", "version")}


@pytest.mark.parametrize("button", [{"draft": "1"}, {}])
def test_the_second_of_two_who_type_a_month_is_told_and_what_they_typed_stays(
    play: Play, sit: Sit, button: dict[str, str]
) -> None:
    first, second = sit("works_handler"), sit("works_head")
    with on("2026-04-03"):
        project = play.building()
        seen = shown(second.open("report", project.pk, month="2026-03"))
        first.send("report", project.pk, month="2026-03", amount="7", draft="1", **seen)
        stale = second.send("report", project.pk, month="2026-03", amount="9", **seen, **button)
        kept = MonthlyReport.objects.get().typed
        again = second.send("report", project.pk, month="2026-03", amount="9", **shown(stale), **button)

    assert (stale.status, field(stale.html, "amount"), kept) == (409, "9", {"amount": "7"})
    assert "尚未报送" in said(stale.html)
    assert (again.status, MonthlyReport.objects.get().typed) == (200, {"amount": "9"} if button else {})


def test_a_draft_of_a_month_that_was_not_shown_is_not_overwritten(play: Play, sit: Sit) -> None:
    first, second = sit("works_handler"), sit("works_head")
    with on("2026-04-03"):
        project = play.building()
        first.send("report", project.pk, month="2026-02", amount="7", draft="1")
        seen = shown(second.open("report", project.pk, month="2026-03"))
        stale = second.send("report", project.pk, month="2026-02", amount="9", draft="1", **seen)

    assert (stale.status, MonthlyReport.objects.get().typed) == (409, {"amount": "7"})


def test_one_person_goes_on_with_a_draft(play: Play, sit: Sit) -> None:
    desk, typed = sit("works_handler"), {"month": "2026-03", "amount": "7"}
    with on("2026-04-03"):
        project = play.building()
        kept = desk.send("report", project.pk, **typed, draft="1", **shown(desk.open("report", project.pk)))
        given = desk.send("report", project.pk, **typed, **shown(kept))

    assert (kept.status, given.status, play.versions(project, "2026-03")) == (200, 200, [(1, 7)])


def test_after_the_cut_off_the_form_says_so_and_asks_for_the_reason(play: Play, sit: Sit) -> None:
    desk = sit("works_handler")
    with on("2026-04-26"):
        project = play.building()
        html = desk.open("report", project.pk, month="2026-03").html
        refused = desk.send("report", project.pk, month="2026-03", amount="5")
        desk.send("report", project.pk, month="2026-03", amount="5", reason="停电")

    assert ("该月已锁定" in html, 'name="reason"' in html) == (True, True)
    assert "现在报送属于迟报" in said(refused.html)
    assert play.versions(project, "2026-03") == [(1, 5)]


def test_before_the_cut_off_nobody_is_asked_for_a_reason(play: Play, sit: Sit) -> None:
    with on("2026-04-25"):
        html = sit("works_handler").open("report", play.building().pk, month="2026-03").html

    assert ('name="reason"' in html, "4月25日 周六后锁定" in said(html)) == (False, True)


def test_a_bottleneck_needs_its_kind(play: Play, sit: Sit) -> None:
    with on("2026-04-03"):
        project = play.building()
        sight = sit("works_handler").send("report", project.pk, month="2026-03", amount="5", bottleneck="缺地")

    assert (sight.status, MonthlyReport.objects.count()) == (422, 0)


# --- the reports of a project ----------------------------------------------------------------------------------------
def test_a_project_shows_every_version_with_who_when_and_why(play: Play, sit: Sit) -> None:
    with on("2026-04-03"):
        project = play.building()
        given(play, project, "2026-03", 100)
    with on("2026-04-26"):
        given(play, project, "2026-03", 90, "核减重复计算")
        text = said(sit("leader").open("reports", project.pk).html)

    shown = [
        words in text for words in ("90.00万元", "100.00万元", "核减重复计算", "第2版", "第1版", "截止后更正", "迟报")
    ]
    assert shown == [*[True] * 6, False]


def test_as_many_queries_for_a_year_of_reports_as_for_one(
    play: Play, sit: Sit, django_assert_max_num_queries: Any
) -> None:
    counts, desk = [], sit("leader")
    with on("2026-12-20"):
        project = play.building()
        for number in range(1, 12):
            given(play, project, f"2026-{number:02}", 1, "补录")
            if number in (1, 11):
                with django_assert_max_num_queries(100) as counted:
                    desk.open("reports", project.pk)
                counts.append(len(counted))

    assert counts[0] == counts[1]


# --- who has reported ------------------------------------------------------------------------------------------------
def test_projects_of_no_agency_open_as_they_are_counted(play: Play, sit: Sit) -> None:
    with on("2026-05-06"):
        play.building()
        play.building(name="无主项目", agency_id=None)
        office = sit("project_office")
        html = office.open("report-list", month="2026-04").html
        opened = office.open("report-list", month="2026-04", without="agency")

    assert 'href="?month=2026-04&amp;without=agency"' in html
    assert [row.split(" ")[0] for row in opened.rows] == ["无主项目"]


def test_the_list_of_a_month_says_who_is_missing_by_agency(play: Play, sit: Sit) -> None:
    with on("2026-04-20"):
        given(play, play.building(), "2026-03", 1)
        play.building(name="未报项目")
    with on("2026-04-26"):
        sight = sit("project_office").open("report-list")

    assert "未报项目" in said(sight.html)
    assert table(sight, "按责任单位") == ["县住建局 2 1 0 1"]


def test_the_list_opens_on_the_month_that_is_due_with_who_owes_it_first(play: Play, sit: Sit) -> None:
    with on("2026-04-20"):
        given(play, play.building(name="已报项目"), "2026-03", 1)
        play.building(name="未报项目")
        sight = sit("project_office").open("report-list")

    assert [row.split(" ")[0] for row in sight.rows[:2]] == ["未报项目", "已报项目"]
    assert "2026年3月" in said(sight.html)


def test_each_part_of_the_month_opens_its_rows(play: Play, sit: Sit) -> None:
    with on("2026-04-20"):
        given(play, play.building(), "2026-03", 1)
        play.building(name="未报项目")
    with on("2026-04-26"):
        missing = said(sit("project_office").open("report-list", month="2026-03", state="missing").html)

    assert ("未报项目" in missing, "涑水装备产业园" in missing) == (True, False)


@pytest.mark.parametrize("who", ["works_head", "works_handler", "hospital"])
def test_the_list_of_a_month_is_for_those_who_see_all(play: Play, sit: Sit, who: str) -> None:
    assert sit(who).open("report-list").status == 403


def test_a_month_that_cannot_be_is_the_newest_locked_one(play: Play, sit: Sit) -> None:
    with on("2026-04-26"):
        play.building()
        html = sit("project_office").open("report-list", month="2026-13").html

    assert "2026年3月月报报送情况" in said(html)


# --- bottlenecks -----------------------------------------------------------------------------------------------------
def stuck(play: Play, **values: Any) -> Any:
    asked = {"kind": BottleneckKind.LAND, "text": "东侧地块未交付", "found_on": month("2026-03"), **values}
    return services.raise_bottleneck(play.office, play.building(), **asked)


def test_the_list_of_bottlenecks_counts_the_days_and_sums_by_kind_and_agency(play: Play, sit: Sit) -> None:
    with on("2026-03-11"):
        stuck(play, agency_id=play.agency_id("finance"), step="施工许可")
        sight = sit("leader").open("bottlenecks")

    text = said(sight.html)
    assert ("东侧地块未交付" in text, "施工许可" in text) == (True, True)
    assert (table(sight, "按类型"), table(sight, "按责任单位")) == (["用地 1 10"], ["县财政局 1 10"])


def test_one_click_in_the_list_makes_the_task(play: Play, sit: Sit) -> None:
    with on("2026-03-11"):
        found = stuck(play, agency_id=play.agency_id("finance"))
        sit("project_office").send("bottleneck-raise-task", found.pk, version=found.version)
        found.refresh_from_db()

    assert found.task is not None
    title = "涑水装备产业园：东侧地块未交付"
    assert (found.task.title, found.task.lead_agency_id) == (title, play.agency_id("finance"))


def test_the_list_is_exported_as_it_is_narrowed(play: Play, sit: Sit) -> None:
    with on("2026-03-11"):
        stuck(play)
        answer = sit("leader").client.get(reverse("projects:export-bottlenecks"), {"kind": "land"})

        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))

    assert book.worksheets[0].max_column == 11


def test_as_many_queries_for_thirty_bottlenecks_as_for_one(
    play: Play, sit: Sit, django_assert_max_num_queries: Any
) -> None:
    counts, desk = [], sit("project_office")
    with on("2026-03-11"):
        for number in (1, 29):
            for _each in range(number):
                stuck(play, agency_id=play.agency_id("finance"))
            with django_assert_max_num_queries(100) as counted:
                desk.open("bottlenecks")
            counts.append(len(counted))

    assert counts[0] == counts[1]
