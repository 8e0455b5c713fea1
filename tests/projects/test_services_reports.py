"""Giving monthly reports: versions, questions, the lock, drafts, photos, and who has not reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from sushui.documents.services import Target, attach_file, receive_file
from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.kernel.models import OutboxMessage
from sushui.kernel.settings_registry import set_setting
from sushui.projects import queries, services
from sushui.projects.enums import BottleneckKind, FundingSource, ProjectStage, ProjectVerb, ReportState, ReportVerb
from sushui.projects.models import Bottleneck, MonthlyFigure, MonthlyReport, MonthlyReportVersion, Project
from sushui.projects.services import FoundBottleneck, ReportDraft
from tests.documents.files import PDF, camera_exif, picture
from tests.projects.play import WAN, Play, month, on, papers


def draft(when: str = "2026-03", done: int = 100, **values: Any) -> ReportDraft:
    """A report in 万元, progress in percent."""
    given = [name for name in ("cumulative", "received", "next_plan") if name in values]
    money = {name: Decimal(values.pop(name) * WAN) for name in given}
    return ReportDraft(month(when), Decimal(done * WAN), **money, **values)


def give(play: Play, project: Project, said: ReportDraft, by: str = "works_handler", **more: Any) -> MonthlyReport:
    return services.give_report(play.viewer(by), project, said, **more)


def refused(play: Play, project: Project, said: ReportDraft, **more: Any) -> str:
    with pytest.raises(DomainError) as error:
        give(play, project, said, **more)
    return error.value.code


def standings(play: Play, text: str) -> list[str]:
    rows = queries.expected_reports(play.office, month(text)).order_by("pk")
    return list(rows.values_list("punctuality", flat=True))


# --- given -----------------------------------------------------------------------------------------------------------
def test_a_report_says_the_month_and_its_figure_is_a_raw_figure(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        report = give(play, project, draft(progress=Decimal(20), received=50, next_plan=80, text="基础完工"))

    version = report.current
    assert version is not None
    assert (version.number, version.done, version.progress, version.received, version.next_plan, version.text) == (
        1,
        100 * WAN,
        20,
        50 * WAN,
        80 * WAN,
        "基础完工",
    )
    assert (report.state, report.is_late, play.versions(project, "2026-03")) == (ReportState.GIVEN, False, [(1, 100)])
    assert play.verbs(project)[-2:] == [ProjectVerb.REPORT, ReportVerb.GIVE]


def test_money_by_source_adds_up_to_what_was_received(play: Play) -> None:
    sources = {FundingSource.BANK_LOANS: Decimal(30), FundingSource.OWN_FUNDS: Decimal(20)}
    with on("2026-04-03"):
        project = play.building()
        report = give(play, project, draft(sources=sources))
        differing = refused(play, project, draft(sources=sources, received=1), reason="更正")

    assert report.current is not None
    assert (report.current.received, report.current.sources) == (50, {"bank_loans": "30", "own_funds": "20"})
    assert differing == "sources_differ"


def test_a_correction_keeps_both_with_who_when_and_why(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        give(play, project, draft(progress=Decimal(20)))
    with on("2026-04-10"):
        silent = refused(play, project, draft(progress=Decimal(25)))
        report = give(play, project, draft(progress=Decimal(25)), reason="监理复核")

    kept = [(each.number, each.progress, each.reason) for each in report.versions.order_by("number")]
    assert (silent, kept) == ("correction_without_reason", [(1, 20, ""), (2, 25, "监理复核")])
    assert play.last_line(project).before == {"progress": "20.00"}


def test_the_same_report_twice_is_one_version(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        give(play, project, draft())
        give(play, project, draft())

    assert (MonthlyReportVersion.objects.count(), MonthlyFigure.objects.count()) == (1, 1)


def test_postgresql_itself_refuses_to_change_a_version(play: Play) -> None:
    with on("2026-04-03"):
        give(play, play.building(), draft())

    with pytest.raises(ProgrammingError), transaction.atomic():
        MonthlyReportVersion.objects.update(done=1)


def test_the_second_of_two_who_report_is_told(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        seen = queries.report_seen(project)
        give(play, project, draft(), seen=seen)
        with pytest.raises(StaleRecord):
            give(play, project, draft(done=90), by="works_head", seen=seen, reason="更正")


@pytest.mark.parametrize("who", ["leader", "statistics", "finance_handler", "office", "township"])
def test_only_whoever_answers_for_the_project_reports_it(play: Play, who: str) -> None:
    with on("2026-04-03"), pytest.raises(Forbidden):
        give(play, play.building(), draft(), by=who)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (draft("2026-05"), "month_in_future"),
        (draft(progress=Decimal(101)), "percent_impossible"),
        (draft(progress=Decimal(-1)), "percent_impossible"),
        (draft(done=-1), "amount_below_zero"),
        (draft(next_plan=-1), "amount_below_zero"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(play: Play, said: ReportDraft, code: str) -> None:
    with on("2026-04-03"):
        project = play.building()
        assert refused(play, project, said) == code

    assert (MonthlyReport.objects.count(), MonthlyFigure.objects.count()) == (0, 0)


def test_a_project_that_has_not_started_is_not_reported(play: Play) -> None:
    with on("2026-04-03"):
        assert refused(play, play.project(), draft()) == "nothing_to_report"


# --- asked about -----------------------------------------------------------------------------------------------------
def test_what_is_odd_is_asked_about_and_taken_unchanged_once_confirmed(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        give(play, project, draft("2026-02", cumulative=300), reason="补录")
        said = draft("2026-03", cumulative=250)
        (doubt,) = services.report_doubts(project, said)
        code = refused(play, project, said)
        report = give(play, project, said, confirmed=[doubt.key])

    assert (code, doubt.key) == ("report_doubtful", "cumulative_falls:3000000:2500000")
    assert report.current is not None
    assert (report.current.cumulative, [each["doubt"] for each in report.current.confirmed]) == (
        250 * WAN,
        ["cumulative_falls"],
    )


def test_what_was_confirmed_of_other_numbers_confirms_nothing(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        give(play, project, draft("2026-02", cumulative=300), reason="补录")
        (doubt,) = services.report_doubts(project, draft("2026-03", cumulative=250))

        assert refused(play, project, draft("2026-03", cumulative=200), confirmed=[doubt.key]) == "report_doubtful"


def test_what_was_known_before_is_the_last_report_and_the_figures_after_it(play: Play) -> None:
    with on("2026-05-03"):
        project = play.building()
        give(play, project, draft("2026-01", cumulative=500, progress=Decimal(30)), reason="补录")
        play.report(project, m2=10, m3=20)
        known = queries.before(project, month("2026-04"))

    assert (known.month, known.cumulative, known.progress) == (month("2026-03"), 530 * WAN, 30)


# --- locked ----------------------------------------------------------------------------------------------------------
def test_after_the_cut_off_a_report_needs_a_reason_and_is_late(play: Play) -> None:
    with on("2026-04-26"):
        project = play.building()
        silent = refused(play, project, draft())
        report = give(play, project, draft(), reason="系统故障")

    assert (silent, report.is_late) == ("late_without_reason", True)
    assert MonthlyFigure.objects.get(project=project).is_late


def test_a_correction_after_the_cut_off_keeps_both_and_leaves_the_report_in_time(play: Play) -> None:
    with on("2026-04-25"):
        project = play.building()
        give(play, project, draft())
        before = standings(play, "2026-03")
    with on("2026-04-26"):
        give(play, project, draft(done=90), reason="核减重复计算")
        after = standings(play, "2026-03")

    assert (before, after) == (["in_time"], ["in_time"])
    assert play.versions(project, "2026-03") == [(1, 100), (2, 90)]


def test_the_cut_off_is_a_dated_setting_of_the_division(play: Play) -> None:
    county = play.county.county
    with on("2026-04-01"):
        administrator = play.viewer("administrator")
        set_setting(administrator, "project_reports.cut_off_day", 10, division_id=county.pk, from_on=month("2026-04"))
    with on("2026-04-11"):
        report = give(play, play.building(), draft(), reason="迟报")

    assert report.is_late


# --- drafts and photos -----------------------------------------------------------------------------------------------
def test_a_draft_is_kept_and_used_up_by_the_report(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        kept = services.keep_draft(play.viewer("works_handler"), project, month("2026-03"), {"amount": "一百"})
        typed, state = kept.typed, kept.state
        report = give(play, project, draft())

    assert (typed, state, MonthlyFigure.objects.count()) == ({"amount": "一百"}, ReportState.DRAFT, 1)
    assert (report.pk, report.typed, report.state) == (kept.pk, {}, ReportState.GIVEN)


def test_nobody_else_keeps_a_draft(play: Play) -> None:
    with on("2026-04-03"), pytest.raises(Forbidden):
        services.keep_draft(play.viewer("finance_handler"), play.building(), month("2026-03"), {})


def test_photos_hang_on_the_report_without_their_place(play: Play) -> None:
    handler = play.viewer("works_handler")
    with on("2026-04-03"):
        photo = receive_file(handler, name="工地.jpg", data=picture(exif=camera_exif()), only_pictures=True)
        report = give(play, play.building(), draft(), photos=[photo])
        hung = queries.photos_of(handler, [report])[report.pk]

    assert ([each.current.name for each in hung], photo.had_place, photo.keeps_place) == (["工地.jpg"], True, False)


def test_nothing_but_photos_is_attached_to_a_report_afterwards(play: Play) -> None:
    with on("2026-04-03"):
        report = give(play, play.building(), draft())
        target = Target(queries.PHOTOS, report.pk)
        with pytest.raises(DomainError) as error:
            attach_file(play.viewer("works_handler"), target=target, name="合同.pdf", data=PDF)

    assert error.value.code == "no_picture"


def test_what_holds_the_project_up_is_found_with_the_report(play: Play) -> None:
    with on("2026-04-03"):
        said = replace(draft(), bottleneck=FoundBottleneck(BottleneckKind.LAND, "东侧地块未交付"))
        report = give(play, play.building(), said)

    assert list(Bottleneck.objects.values_list("text", "kind", "report_id")) == [("东侧地块未交付", "land", report.pk)]


# --- who has not reported --------------------------------------------------------------------------------------------
def test_who_has_reported_and_who_has_not_adds_up_by_agency(play: Play) -> None:
    with on("2026-04-20"):
        own, other = play.building(), play.building(name="另一个", agency_id=play.agency_id("finance"))
        play.building(name="未报项目")
        give(play, own, draft())
    with on("2026-04-26"):
        play.report(other, by="finance_handler", m3=5)
        sums = queries.punctuality_by_agency(queries.expected_reports(play.office, month("2026-03")))

    assert [(each.agency_id, each.expected, each.in_time, each.late, each.missing) for each in sums] == [
        (play.agency_id("works"), 2, 1, 0, 1),
        (play.agency_id("finance"), 1, 0, 1, 0),
    ]


def test_before_the_cut_off_nobody_is_missing(play: Play) -> None:
    with on("2026-04-25"):
        play.building()

        assert standings(play, "2026-03") == ["awaited"]


@pytest.mark.parametrize("stage", [ProjectStage.COMPLETED, ProjectStage.SUSPENDED, ProjectStage.TERMINATED])
def test_a_month_that_was_missed_is_missing_whatever_becomes_of_the_project(play: Play, stage: ProjectStage) -> None:
    works = play.agency_id("works")
    with on("2026-07-03"):
        project, day = play.building(), date(2026, 7, 2)
        review = date(2026, 9, 1) if stage is ProjectStage.SUSPENDED else None
        services.move_project(
            play.office, project, stage=stage, on=day, note="停工", review_on=review, evidence=papers(stage)
        )
        found = [standings(play, text) for text in ("2026-05", "2026-07", "2026-08")]
        owing = [queries.missing_agencies(play.office.division_id, month("2026-05"))]
        waiting = queries.awaiting_figures(play.viewer("works_handler"), month("2026-06")).count()

    assert (found, owing, waiting) == ([["missing"], ["awaited"], []], [{works: 1}], 1)


def test_a_project_at_rest_is_reported_for_the_months_before_it(play: Play) -> None:
    with on("2026-07-03"):
        project = play.building()
        services.move_project(play.office, project, stage=ProjectStage.TERMINATED, on=date(2026, 6, 30), note="停工")
        report = give(play, project, draft("2026-06"))
        after = refused(play, project, draft("2026-07"))

    assert (report.state, after) == (ReportState.GIVEN, "nothing_to_report")


def test_an_agency_is_reminded_exactly_once_a_month(play: Play) -> None:
    with on("2026-04-10"):
        play.building()
        play.building(name="另一个")
    told = []
    for day in ("2026-04-25", "2026-04-26", "2026-04-27", "2026-05-25", "2026-05-26"):
        with on(day):
            told.append(services.remind_missing_reports())

    keys = OutboxMessage.objects.filter(key__startswith="projects.report_missing").order_by("pk")
    works = play.agency_id("works")
    assert told == [1, 1, 0, 0, 1]
    assert [(row.key, row.payload["params"]["count"]) for row in keys] == [
        (f"projects.report_missing:{works}:2026-02", "2"),
        (f"projects.report_missing:{works}:2026-03", "2"),
        (f"projects.report_missing:{works}:2026-04", "2"),
    ]


def test_an_agency_without_a_head_is_the_offices_to_open(play: Play) -> None:
    headless, headed = play.agency_id("government"), play.agency_id("works")
    with on("2026-04-26"):
        play.building()
        play.building(name="另一个", agency_id=headless)
        services.remind_missing_reports()

    rows = OutboxMessage.objects.filter(key__startswith="projects.report_missing")
    urls = {row.key.split(":")[1]: row.payload["url"] for row in rows}
    assert urls == {
        str(headed): "/projects/own/?owed=1",
        str(headless): f"/projects/reports/?month=2026-03&state=missing&agency={headless}",
    }
