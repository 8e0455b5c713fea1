"""A figure corrected by itself: the report that stands for its month says the same, so that there is one truth."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sushui.projects import queries, services
from sushui.projects.enums import FigureKind, FundingSource, ReportVerb
from sushui.projects.models import MonthlyReport, MonthlyReportVersion, Project
from sushui.projects.services import Figure, ReportDraft
from tests.projects.play import WAN, Play, month, on


def given(play: Play, project: Project, when: str = "2026-03", done: int = 500, **said: Any) -> MonthlyReport:
    """A report in 万元, given after whatever the month wants."""
    if "cumulative" in said:
        said["cumulative"] = Decimal(said["cumulative"] * WAN)
    draft = ReportDraft(month(when), Decimal(done * WAN), **said)
    return services.give_report(play.viewer("works_handler"), project, draft, reason="补录")


def current(project: Project, when: str = "2026-03") -> MonthlyReportVersion:
    report = queries.report_of(project, month(when))
    assert report is not None
    assert report.current is not None
    return report.current


def test_a_corrected_figure_is_the_next_version_of_the_report(play: Play) -> None:
    sources = {FundingSource.OWN_FUNDS: Decimal(80)}
    with on("2026-04-03"):
        project = play.building()
        given(play, project, cumulative=3_000, progress=Decimal(20), sources=sources, text="基础完工")
        play.report(project, reason="多写一个零", m3=50)
        version = current(project)

    assert (version.number, version.done, version.cumulative) == (2, 50 * WAN, 2_550 * WAN)
    assert (version.progress, version.received, version.sources) == (20, 80, {"own_funds": "80"})
    assert (version.text, version.reason, version.is_late) == ("基础完工", "多写一个零", False)
    assert play.versions(project, "2026-03") == [(1, 500), (2, 50)]


def test_what_was_known_before_the_next_month_goes_on_from_the_corrected_one(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        given(play, project, cumulative=3_000)
        play.report(project, reason="多写一个零", m3=50)
        known = queries.before(project, month("2026-04"))

    assert known.cumulative == 2_550 * WAN


def test_the_story_says_what_the_report_said_before(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        given(play, project, cumulative=3_000)
        play.report(project, reason="多写一个零", m3=50)
        line = play.last_line(project)

    assert (line.verb, line.note) == (ReportVerb.CORRECT, "多写一个零")
    assert line.before == {"done": "5000000.00", "cumulative": "30000000.00"}


def test_a_correction_in_a_locked_month_is_late_and_leaves_the_report_in_time(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        given(play, project)
    with on("2026-04-26"):
        play.report(project, reason="核减", m3=50)

    assert (current(project).is_late, MonthlyReport.objects.get().is_late) == (True, False)


def test_a_month_without_a_report_gets_none_and_a_draft_stays(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        services.keep_draft(play.viewer("works_handler"), project, month("2026-02"), {"amount": "7"})
        play.report(project, m2=10, m3=10)
        play.report(project, reason="更正", m2=20, m3=20)

    assert list(MonthlyReport.objects.values_list("typed", "current")) == [({"amount": "7"}, None)]


def test_the_same_figure_again_is_no_version_and_a_plan_is_none_either(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        given(play, project)
        play.report(project, reason="重发", m3=500)
        play.plan(project, m3=70)

    assert current(project).number == 1


def test_only_the_months_that_are_corrected_get_versions(play: Play) -> None:
    with on("2026-04-03"):
        project, other = play.building(), play.building(name="另一个")
        given(play, project)
        given(play, project, "2026-02")
        given(play, other)
        play.report(project, reason="更正", m3=50)

    assert [current(project).number, current(project, "2026-02").number, current(other).number] == [2, 1, 1]


def test_a_report_that_is_corrected_is_one_version(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        given(play, project)
        given(play, project, done=50)

    assert (current(project).number, play.versions(project, "2026-03")) == (2, [(1, 500), (2, 50)])


def test_as_many_statements_for_thirty_reports_as_for_three(play: Play, django_assert_max_num_queries: Any) -> None:
    counts = []
    with on("2026-04-03"):
        for size in (3, 30):
            projects = [play.building(name=f"项目{size}-{number}") for number in range(size)]
            for each in projects:
                given(play, each)
            figures = [Figure(each.pk, month("2026-03"), FigureKind.ACTUAL, Decimal(WAN), "更正") for each in projects]
            with django_assert_max_num_queries(100) as counted:
                services.record_figures(play.office, figures)
            counts.append(len(counted))

    assert counts[0] == counts[1]
