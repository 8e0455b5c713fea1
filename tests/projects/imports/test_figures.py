"""Monthly figures on their way in: months read by their headings, sums checked, corrections with a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sushui.kernel.errors import DomainError, Forbidden
from sushui.projects.enums import FigureKind, ListKind
from sushui.projects.models import MonthlyFigure, Project
from sushui.projects.services import imports
from sushui.projects.services.imports import SheetUnderstanding
from tests.projects.imports.books import FIGURES_TITLE, asked, changes, month, staged, states, table, workbook
from tests.projects.imports.books import read as read_sheet
from tests.projects.play import Play, on


@pytest.fixture(autouse=True)
def _at_work():
    with on("2026-06-15"):
        yield


@pytest.fixture
def park(play: Play) -> Project:
    return play.building(name="装备产业园")


def read(play: Play, data: bytes, by: str = "project_office", **answers: str) -> SheetUnderstanding:
    return read_sheet(play.viewer(by), data, ListKind.FIGURES, **answers)


def sheet(heading: str, value: object, title: str = FIGURES_TITLE) -> bytes:
    return table(("装备产业园", value), header=("项目名称", heading), title=title)


def commit(play: Play, data: bytes, by: str = "project_office", **answers: str) -> None:
    imports.commit_draft(play.viewer(by), staged(play.viewer(by), data, ListKind.FIGURES, **answers))


# --- which figure a column holds -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("heading", "title", "field"),
    [
        ("3月完成（万元）", "2026年投资表", "actual:2026-03"),
        ("3月份实际完成投资（万元）", "2026年投资表", "actual:2026-03"),
        ("3月计划（万元）", "2026年投资表", "plan:2026-03"),
        ("三月计划投资（万元）", "2026年投资表", "plan:2026-03"),
        ("3月（万元）", "2026年投资完成情况表", "actual:2026-03"),
        ("3月（万元）", "2026年投资计划表", "plan:2026-03"),
        ("本月完成（万元）", "2026年3月投资表", "actual:2026-03"),
        ("2026年3月完成（万元）", "投资表", "actual:2026-03"),
    ],
)
def test_a_heading_says_month_and_kind(play: Play, park: Project, heading: str, title: str, field: str) -> None:
    assert changes(read(play, sheet(heading, 12.5, title))) == {field: (None, Decimal(125_000))}


@pytest.mark.parametrize(
    ("heading", "title", "question"),
    [
        ("3月（万元）", "2026年投资表", "no_kind"),
        ("3月（万元）", "2026年计划完成情况表", "no_kind"),
        ("3月完成（万元）", "投资表", "no_year"),
        ("本月完成（万元）", "2026年投资表", "no_month"),
        ("本月完成（万元）", "2026年1-3月投资表", "no_month"),
        ("3月完成", "2026年投资表", "no_unit"),
    ],
)
def test_what_neither_heading_nor_title_says_is_asked(
    play: Play, park: Project, heading: str, title: str, question: str
) -> None:
    assert [key for key, _rows in asked(read(play, sheet(heading, 5, title)))] == [question]


@pytest.mark.parametrize(
    ("heading", "title", "answers"),
    [
        ("3月（万元）", "2026年投资表", {"no_kind": "actual"}),
        ("3月完成（万元）", "投资表", {"no_year": "2026"}),
        ("本月完成（万元）", "2026年投资表", {"no_month": "3"}),
        ("3月完成", "2026年投资表", {"no_unit": "wan"}),
    ],
)
def test_an_answer_settles_it(play: Play, park: Project, heading: str, title: str, answers: dict[str, str]) -> None:
    understood = read(play, sheet(heading, 5, title), **answers)

    assert (asked(understood), changes(understood)) == ([], {"actual:2026-03": (None, Decimal(50_000))})


def test_two_lines_of_header_hold_plan_and_done_of_each_month(play: Play, park: Project) -> None:
    rows = [
        ("2026年重点项目投资表（单位：万元）",),
        ("序号", "项目名称", "1月", None, "2月", None),
        (None, None, "计划", "完成", "计划", "完成"),
        (1, "装备产业园", 10, 8, 20, 22),
    ]
    data = workbook(rows, merged=("A2:A3", "B2:B3", "C2:D2", "E2:F2"))

    understood = read(play, data)

    assert {field: after for field, (_before, after) in changes(understood).items()} == {
        "plan:2026-01": 100_000,
        "actual:2026-01": 80_000,
        "plan:2026-02": 200_000,
        "actual:2026-02": 220_000,
    }


def test_kinds_above_and_months_below_are_read_too(play: Play, park: Project) -> None:
    rows = [(FIGURES_TITLE,), ("单位：万元",), ("项目名称", "计划", None), (None, "1月", "2月"), ("装备产业园", 10, 20)]
    data = workbook(rows, merged=("A3:A4", "B3:C3"))

    assert sorted(changes(read(play, data))) == ["plan:2026-01", "plan:2026-02"]


def test_an_empty_cell_says_nothing_and_a_zero_says_that_nothing_was_done(play: Play, park: Project) -> None:
    data = table(("装备产业园", None, 0), header=("项目名称", "1月完成（万元）", "2月完成（万元）"))

    assert changes(read(play, data)) == {"actual:2026-02": (None, Decimal(0))}


# --- whose project ---------------------------------------------------------------------------------------------------
def test_an_agency_sends_figures_of_its_own_projects(play: Play, park: Project) -> None:
    commit(play, sheet("3月完成（万元）", 5), by="works_handler")

    assert MonthlyFigure.objects.get().origin == "项目表.xlsx / 表1"


def test_a_project_of_another_agency_is_named_as_such(play: Play) -> None:
    play.building(name="装备产业园", agency_id=play.agency_id("finance"))

    understood = read(play, sheet("3月完成（万元）", 5), by="works_handler")

    assert [(each.doubt, len(each.choices)) for each in understood.questions] == [("foreign_project", 1)]


def test_a_misspelled_project_is_chosen_by_a_person(play: Play, park: Project) -> None:
    data = table(("装备产业圆", 5), header=("项目名称", "3月完成（万元）"), title=FIGURES_TITLE)
    key = "unknown_project:装备产业圆"

    assert asked(read(play, data)) == [(key, (3,))]
    assert read(play, data, **{key: str(park.pk)}).rows[0].project == park


def test_a_plan_that_stands_may_be_sent_by_the_agency_but_not_another(play: Play, park: Project) -> None:
    play.plan(park, m3=10)
    data = sheet("3月计划（万元）", 11, title="2026年投资表")

    assert states(read(play, sheet("3月计划（万元）", 10), by="works_handler")) == ["unchanged"]
    assert asked(read(play, data, by="works_handler"))[0][0] == "plan_not_yours:装备产业园"


@pytest.mark.parametrize("key", ["leader", "statistics", "bank", "office"])
def test_who_has_no_projects_sends_no_figures(play: Play, key: str) -> None:
    with pytest.raises(Forbidden):
        staged(play.viewer(key), sheet("3月完成（万元）", 5), ListKind.FIGURES)


# --- months to come, sums, corrections -------------------------------------------------------------------------------
def test_nothing_is_done_in_a_month_to_come(play: Play, park: Project) -> None:
    understood = read(play, sheet("7月完成（万元）", 0))

    assert asked(understood) == [("future_month:2026-07", (3,))]
    assert states(read(play, sheet("7月完成（万元）", 0), **{"future_month:2026-07": "as_it_stands"})) == ["unchanged"]


@pytest.mark.parametrize(
    ("total", "is_asked"), [(15, False), (16, True), (None, False)], ids=["agrees", "differs", "empty"]
)
def test_a_sum_is_checked_against_its_months(play: Play, park: Project, total: object, is_asked: bool) -> None:
    header = ("项目名称", "1月完成（万元）", "2月完成（万元）", "累计完成（万元）")

    understood = read(play, table(("装备产业园", 5, 10, total), header=header))

    assert [each.doubt for each in understood.questions] == (["sum_differs"] if is_asked else [])


def test_a_sum_counts_the_months_that_stand(play: Play, park: Project) -> None:
    play.report(park, m1=5, m2=10)
    header = ("项目名称", "本月完成（万元）", "1-3月累计完成（万元）")

    understood = read(play, table(("装备产业园", 20, 35), header=header, title="2026年3月投资表"))

    assert (asked(understood), sorted(changes(understood))) == ([], ["actual:2026-03"])


def test_a_sum_alone_never_makes_a_month(play: Play, park: Project) -> None:
    understood = read(play, sheet("累计完成（万元）", 15))

    assert ([each.doubt for each in understood.questions], changes(understood)) == (["sum_differs"], {})


def test_a_person_may_say_that_the_months_are_right(play: Play, park: Project) -> None:
    header = ("项目名称", "1月完成（万元）", "累计完成（万元）")
    data = table(("装备产业园", 5, 6), header=header)
    key = asked(read(play, data))[0][0]

    commit(play, data, **{key: "months_count"})

    assert play.versions(park, "2026-01") == [(1, 5)]


def corrections(play: Play, park: Project) -> bytes:
    """A workbook that corrects a figure of each of two projects."""
    hospital = play.building(name="医院扩建")
    play.report(park, m3=4)
    play.report(hospital, m3=4)
    return table(("装备产业园", 5), ("医院扩建", 6), header=("项目名称", "3月完成（万元）"), title=FIGURES_TITLE)


def reasons() -> list[str]:
    """Of the second versions, by amount."""
    return list(MonthlyFigure.objects.filter(number=2).order_by("amount").values_list("reason", flat=True))


def test_all_corrections_of_a_workbook_want_one_reason(play: Play, park: Project) -> None:
    assert asked(read(play, corrections(play, park))) == [("no_reason", (3, 4))]


def test_one_reason_holds_for_all_corrections(play: Play, park: Project) -> None:
    commit(play, corrections(play, park), no_reason="核实更正")

    assert reasons() == ["核实更正", "核实更正"]


def test_a_row_may_have_a_reason_of_its_own(play: Play, park: Project) -> None:
    commit(play, corrections(play, park), **{"no_reason": "核实更正", "row:4:no_reason": "漏报"})

    assert reasons() == ["核实更正", "漏报"]


def test_a_row_may_say_its_own_reason_after_one_was_said_for_all(play: Play, park: Project) -> None:
    understood = read(play, corrections(play, park), no_reason="核实更正")

    assert [[each.key for each in row.answered] for row in understood.rows] == [["no_reason"], ["no_reason"]]


def test_a_row_that_corrects_nothing_says_no_reason(play: Play, park: Project) -> None:
    play.report(park, m3=4)
    play.building(name="医院扩建")
    data = table(("装备产业园", 5), ("医院扩建", 6), header=("项目名称", "3月完成（万元）"), title=FIGURES_TITLE)

    understood = read(play, data, no_reason="核实更正")

    assert [len(row.answered) for row in understood.rows] == [1, 0]


def test_figures_that_stand_are_left_alone(play: Play, park: Project) -> None:
    play.report(park, m3=5)

    assert states(read(play, sheet("3月完成（万元）", 5))) == ["unchanged"]


def test_all_figures_land_or_none(play: Play, park: Project) -> None:
    data = table(("装备产业园", 5), ("没有的项目", 6), header=("项目名称", "3月完成（万元）"))

    with pytest.raises(DomainError):
        commit(play, data)

    assert MonthlyFigure.objects.count() == 0


def test_what_was_read_is_what_stands(play: Play, park: Project) -> None:
    header = ("项目名称", *(f"{number}月计划（万元）" for number in range(1, 13)))
    commit(play, table(("装备产业园", *range(1, 13)), header=header))

    stands = {row.month: row.planned for row in park.months.all()}
    assert stands == {month(f"2026-{number:02}"): number * 10_000 for number in range(1, 13)}
    assert {row.kind for row in MonthlyFigure.objects.all()} == {FigureKind.PLAN}
