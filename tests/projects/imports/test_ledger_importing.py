"""A ledger that is imported: all rows or none, once, by its own post, with what was said of columns remembered."""

from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.projects import queries
from sushui.projects.enums import FundingSource, ListKind, ProjectStage, TableDoubt
from sushui.projects.models import Project, SheetDraft, YearPlan
from sushui.projects.services import imports
from tests.projects.imports.books import read, staged, states, table, workbook
from tests.projects.play import Play, on

GOOD_CODE, ODD = "2212-140826-89-01-123459", "2212-140826-89-01-123455"
ODD_OWNER = "91140826MA0GXXXX0A"
ROW = (1, GOOD_CODE, "装备产业园", "涑水装备有限公司", 12000.5, "县住建局", None)


@pytest.fixture(autouse=True)
def _at_work():
    with on("2026-06-15"):
        yield


# --- importing -------------------------------------------------------------------------------------------------------
def test_an_import_writes_new_and_changed_projects(play: Play) -> None:
    known = play.project(name="医院扩建", total_investment=Decimal(1))
    header = ("项目名称", "总投资（万元）", "2026年计划投资（万元）", "银行贷款（万元）", "当前阶段", "阶段日期")
    rows = [("医院扩建", 300, None, None, None, None), ("装备产业园", 500, 100, 80, "在建", date(2026, 3, 1))]

    imports.commit_draft(play.office, staged(play.office, table(*rows, header=header)))

    new = Project.objects.get(name="装备产业园")
    assert play.now(known).total_investment == 3_000_000
    assert (new.stage, new.started_on) == (ProjectStage.UNDER_CONSTRUCTION, date(2026, 3, 1))
    assert YearPlan.objects.get(project=new).amount == 1_000_000
    assert [(each.source, each.amount) for each in queries.funding_of(new)] == [(FundingSource.BANK_LOANS, 800_000)]


def test_an_import_is_kept_with_its_outcome(play: Play) -> None:
    draft = imports.commit_draft(play.office, staged(play.office, table(ROW)))

    assert draft.outcome == {"new": 1, "changed": 0, "unchanged": 0, "asked": 0, "left_out": 0}
    assert list(queries.finished_sheets(play.office)) == [draft]
    assert queries.earlier_sheets(play.office, staged(play.office, table(ROW, title="别的"))) == []


def test_nothing_is_imported_while_something_is_open(play: Play) -> None:
    draft = staged(play.office, table(ROW, (2, None, "乙", None, "很多", None, None)))

    with pytest.raises(DomainError) as refused:
        imports.commit_draft(play.office, draft)

    assert (refused.value.code, Project.objects.count()) == ("questions_open", 0)


def test_a_stage_that_stays_does_not_stop_the_other_rows(play: Play) -> None:
    header = ("项目名称", "当前阶段", "阶段日期")
    known = play.building(name="乙")
    draft = staged(play.office, table(("甲", None, None), ("乙", "停工", date(2026, 3, 1)), header=header))
    key = imports.understand_draft(play.office, draft).questions[0].key
    draft = imports.answer_questions(play.office, draft, {key: "as_it_stands"})

    imports.commit_draft(play.office, draft)

    assert sorted(Project.objects.values_list("name", "stage")) == [("乙", known.stage), ("甲", ProjectStage.PLANNED)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["好", "坏金额", "坏单位", "坏月份"]), min_size=1, max_size=6))
def test_all_rows_land_or_none(play: Play, kinds: list[str]) -> None:
    before = Project.objects.count()
    cells = {"好": (5, None, None), "坏金额": ("很多", None, None), "坏单位": (5, "没有局", None)}
    rows = [
        (f"项目{before}-{number}", *cells.get(kind, (5, None, "年底"))) for number, kind in enumerate(kinds, start=1)
    ]
    draft = staged(play.office, table(*rows, header=("项目名称", "总投资（万元）", "责任单位", "计划竣工")))

    with contextlib.suppress(DomainError):
        imports.commit_draft(play.office, draft)

    landed = Project.objects.count() - before
    assert landed == (len(kinds) if set(kinds) == {"好"} else 0)


# --- columns ---------------------------------------------------------------------------------------------------------
def test_an_unknown_heading_is_asked_before_anything_is_imported(play: Play) -> None:
    understood = read(play.office, table(("甲", 5, "红"), header=("项目名称", "总投资（万元）", "颜色")))

    assert (understood.reading.doubts, understood.is_settled) == ((TableDoubt.UNKNOWN_COLUMN,), False)


@pytest.mark.parametrize(
    ("rows", "doubt"),
    [
        ([("随便写写",)], TableDoubt.NO_HEADER),
        ([("总投资（万元）", "责任单位"), (5, "县住建局")], TableDoubt.NO_NAME_COLUMN),
    ],
)
def test_a_sheet_that_is_no_ledger_says_what_is_missing(play: Play, rows: list[tuple[str]], doubt: TableDoubt) -> None:
    understood = read(play.office, workbook(rows))

    assert (understood.reading.doubts[0], understood.rows) == (doubt, [])


def test_what_was_said_of_columns_is_remembered_for_the_next_sheet_of_the_shape(play: Play) -> None:
    header = ("项目名称", "责任单位", "花多少")
    draft = staged(play.office, table(("甲", None, "5万元"), header=header))
    said = {0: "name", 1: "agency_id", 2: "total_investment"}
    imports.commit_draft(play.office, imports.map_columns(play.office, draft, columns=said, header_row=2))

    understood = read(play.office, table(("乙", None, "6万元"), header=header, title="2027年项目表"))

    assert (understood.is_remembered, states(understood)) == (True, ["new"])


def test_a_column_cannot_hold_what_there_is_not(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        imports.map_columns(play.office, staged(play.office, table(ROW)), columns={0: "color"}, header_row=2)

    assert refused.value.code == "no_such_meaning"


# --- who, and what is refused ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("key", ["works_head", "leader", "statistics", "township", "bank"])
def test_only_the_project_office_sends_in_a_ledger(play: Play, key: str) -> None:
    with pytest.raises(Forbidden):
        staged(play.viewer(key), table(ROW))


def test_a_sheet_is_another_post_s_to_finish_only_by_itself(play: Play) -> None:
    draft = staged(play.office, table(ROW))

    with pytest.raises(Forbidden):
        imports.commit_draft(play.viewer("works_head"), draft)


def test_an_answer_on_an_older_version_is_refused(play: Play) -> None:
    draft = staged(play.office, table(ROW), odd_code="confirm")

    with pytest.raises(StaleRecord):
        imports.answer_questions(play.office, draft, {"no_year": "2026"}, seen_version=0)


def test_the_same_file_is_not_taken_twice_while_it_is_under_way(play: Play) -> None:
    data = table(ROW)

    assert staged(play.office, data) == staged(play.office, data)


def test_a_sheet_is_imported_once(play: Play) -> None:
    draft = staged(play.office, table(ROW))
    imports.commit_draft(play.office, draft)

    with pytest.raises(DomainError) as refused:
        imports.commit_draft(play.office, draft)

    assert refused.value.code == "already_imported"


def test_a_dropped_sheet_is_gone(play: Play) -> None:
    imports.discard_draft(play.office, staged(play.office, table(ROW)))

    assert SheetDraft.objects.count() == 0


def test_a_file_that_is_no_workbook_leaves_nothing(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        imports.stage_workbook(play.office, ListKind.LEDGER, file_name="a.xlsx", data=b"<html></html>")

    assert (refused.value.code, SheetDraft.objects.count()) == ("text_file", 0)


def test_reading_a_sheet_costs_the_same_for_one_row_and_for_thirty(play: Play, django_assert_num_queries) -> None:
    one_row = staged(play.office, table(ROW))
    many = staged(
        play.office, table(*[(number, None, f"项目{number}", None, 5, "县住建局", None) for number in range(30)])
    )
    imports.understand_draft(play.office, one_row)

    with django_assert_num_queries(13):
        imports.understand_draft(play.office, one_row)
    with django_assert_num_queries(13):
        imports.understand_draft(play.office, many)
