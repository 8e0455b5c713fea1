"""A workbook that reports a month for many projects at once: progress, money received, next month's plan, trouble."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from sushui.kernel.errors import DomainError
from sushui.kernel.viewer import Viewer
from sushui.projects import queries, services
from sushui.projects.enums import FundingSource, ListKind
from sushui.projects.models import Bottleneck, MonthlyFigure, MonthlyReport, MonthlyReportVersion, SheetDraft
from sushui.projects.services import ReportDraft, imports
from sushui.projects.services.imports import SheetUnderstanding
from tests.projects.imports.books import asked, changes, read, staged, states, table
from tests.projects.play import WAN, Play, month, on

TITLE = "2026年3月重点项目月报（单位：万元）"
HEADER = ("序号", "项目代码", "项目名称", "3月完成投资", "形象进度（%）", "本月到位资金", "下月计划投资", "存在问题")
NAME = "涑水装备产业园"


def book(*rows: Sequence[Any], header: Sequence[str] = HEADER) -> bytes:
    return table(*rows, header=header, title=TITLE)


def row(done: Any = 100, progress: Any = 35, received: Any = 80, plan: Any = 120, trouble: Any = None) -> list[Any]:
    return [1, "", NAME, done, progress, received, plan, trouble]


def understood(viewer: Viewer, data: bytes, **answers: str) -> SheetUnderstanding:
    return read(viewer, data, ListKind.FIGURES, **answers)


def imported(viewer: Viewer, data: bytes, **answers: str) -> SheetDraft:
    draft = staged(viewer, data, ListKind.FIGURES, **answers)
    imports.understand_draft(viewer, draft)
    return imports.commit_draft(viewer, draft)


def test_a_row_gives_the_figure_and_the_report_of_its_month(play: Play) -> None:
    with on("2026-04-03"):
        project = play.building()
        imported(play.viewer("works_handler"), book(row(trouble="电力接入未办结")))
        report = queries.report_of(project, month("2026-03"))

    assert report is not None
    version = report.current
    assert version is not None
    assert (version.done, version.progress, version.received, version.next_plan) == (100 * WAN, 35, 80 * WAN, 120 * WAN)
    assert (version.origin.startswith("项目表.xlsx"), play.versions(project, "2026-03")) == (True, [(1, 100)])
    assert list(Bottleneck.objects.values_list("text", "report_id")) == [("电力接入未办结", report.pk)]


def test_the_rows_show_what_is_said_beside_the_figure(play: Play) -> None:
    with on("2026-04-03"):
        play.building()
        seen = changes(understood(play.viewer("works_handler"), book(row())))

    assert {name: after for name, (_before, after) in seen.items()} == {
        "actual:2026-03": Decimal(100 * WAN),
        "progress": Decimal(35),
        "received": Decimal(80 * WAN),
        "next_plan": Decimal(120 * WAN),
    }


def test_a_workbook_without_these_columns_gives_figures_alone(play: Play) -> None:
    with on("2026-04-03"):
        play.building()
        imported(play.viewer("works_handler"), book([1, "", NAME, 100], header=HEADER[:4]))

    assert (MonthlyFigure.objects.count(), MonthlyReport.objects.count()) == (1, 0)


def test_the_same_workbook_again_changes_nothing(play: Play) -> None:
    handler = play.viewer("works_handler")
    with on("2026-04-03"):
        play.building()
        imported(handler, book(row(trouble="电力接入未办结")))
        again = understood(handler, book(row(trouble="电力接入未办结")))

    assert (states(again), MonthlyReportVersion.objects.count()) == (["unchanged"], 1)


@pytest.mark.parametrize(
    ("received", "kept"), [(None, {"own_funds": "800000"}), (80, {"own_funds": "800000"}), (90, {})]
)
def test_money_by_source_stands_while_its_sum_does(play: Play, received: Any, kept: dict[str, str]) -> None:
    handler = play.viewer("works_handler")
    sources = {FundingSource.OWN_FUNDS: Decimal(80 * WAN)}
    with on("2026-04-03"):
        project = play.building()
        said = ReportDraft(month("2026-03"), Decimal(100 * WAN), progress=Decimal(30), sources=sources)
        services.give_report(handler, project, said)
        imported(handler, book(row(received=received)), no_reason="复核")
        report = queries.report_of(project, month("2026-03"))

    assert report is not None
    assert report.current is not None
    assert (report.current.number, report.current.progress, report.current.sources) == (2, 35, kept)


def test_a_number_up_to_one_is_asked_once_whether_it_is_a_share(play: Play) -> None:
    with on("2026-04-03"):
        play.building()
        handler, data = play.viewer("works_handler"), book(row(progress=0.35))
        open_keys = [key for key, _rows in asked(understood(handler, data))]
        told = changes(understood(handler, data, share_or_percent="as_share"))

    assert (open_keys, told["progress"]) == (["share_or_percent"], (None, Decimal("35.00")))


@pytest.mark.parametrize("progress", [101, -1, "过半", "120%"])
def test_what_is_no_percentage_is_asked_about(play: Play, progress: Any) -> None:
    with on("2026-04-03"):
        play.building()
        found = understood(play.viewer("works_handler"), book(row(progress=progress)))

    assert [each.doubt for each in found.questions] == ["bad_percent"]


def test_a_progress_below_last_months_is_asked_and_taken_once_confirmed(play: Play) -> None:
    handler = play.viewer("works_handler")
    earlier = ("序号", "项目代码", "项目名称", "2月完成投资", *HEADER[4:])
    with on("2026-04-03"):
        project = play.building()
        imported(handler, table(row(progress=40), header=earlier, title="2026年2月重点项目月报（单位：万元）"))
        (question,) = understood(handler, book(row())).questions
        imported(handler, book(row()), **{question.key: "confirm"})
        report = queries.report_of(project, month("2026-03"))

    assert (question.doubt, "40 / 35" in question.text) == ("report_odd", True)
    assert report is not None
    assert report.current is not None
    assert [each["doubt"] for each in report.current.confirmed] == ["progress_falls"]


def test_another_agencys_project_is_named_as_such_and_nothing_lands(play: Play) -> None:
    handler = play.viewer("works_handler")
    with on("2026-04-03"):
        play.building()
        play.building(name="财政综合楼", agency_id=play.agency_id("finance"))
        draft = staged(handler, book(row(), [2, "", "财政综合楼", 1, 2, 3, 4, None]), ListKind.FIGURES)
        (question,) = imports.understand_draft(handler, draft).questions
        with pytest.raises(DomainError) as refused:
            imports.commit_draft(handler, draft)

    assert (question.doubt, question.text) == ("foreign_project", "财政综合楼 → 县财政局")
    assert (refused.value.code, MonthlyFigure.objects.count()) == ("questions_open", 0)


def test_another_divisions_project_is_not_known(play: Play) -> None:
    with on("2026-04-03"):
        play.building()
        found = understood(play.viewer("works_handler"), book(row(), [2, "", "邻县项目", 1, 2, 3, 4, None]))

    assert [each.doubt for each in found.questions] == ["unknown_project"]


def test_a_report_without_what_was_done_is_asked_about(play: Play) -> None:
    with on("2026-04-03"):
        play.building()
        found = understood(play.viewer("works_handler"), book(row(done=None)))

    assert [each.doubt for each in found.questions] == ["report_without_figure"]


def test_thirty_rows_are_imported_with_as_many_queries_as_three(play: Play, django_assert_max_num_queries: Any) -> None:
    counts, handler = [], play.viewer("works_handler")
    with on("2026-04-03"):
        for number in (3, 30):
            names = [f"项目{number}-{each}" for each in range(number)]
            for name in names:
                play.building(name=name)
            draft = staged(handler, book(*([1, "", name, 10, 20, 30, 40, None] for name in names)), ListKind.FIGURES)
            imports.understand_draft(handler, draft)
            with django_assert_max_num_queries(200) as counted:
                imports.commit_draft(handler, draft)
            counts.append(len(counted))

    assert counts[0] == counts[1]


def test_a_workbook_of_figures_alone_corrects_the_report_that_stands(play: Play) -> None:
    handler = play.viewer("works_handler")
    with on("2026-04-03"):
        project = play.building()
        imported(handler, book(row(done=500)))
        imported(handler, book([1, "", NAME, 50], header=HEADER[:4]), no_reason="多写一个零")
        report = queries.report_of(project, month("2026-03"))

    assert report is not None
    assert report.current is not None
    assert (report.current.number, report.current.done, report.current.progress) == (2, 50 * WAN, 35)


def test_a_row_that_corrects_both_makes_one_version(play: Play) -> None:
    handler = play.viewer("works_handler")
    with on("2026-04-03"):
        project = play.building()
        imported(handler, book(row(done=500)))
        imported(handler, book(row(done=50, progress=36)), no_reason="多写一个零")

    assert list(MonthlyReportVersion.objects.order_by("number").values_list("number", "done", "progress")) == [
        (1, 500 * WAN, 35),
        (2, 50 * WAN, 36),
    ]
    assert play.versions(project, "2026-03") == [(1, 500), (2, 50)]
