"""A ledger on its way in: matched, compared, asked; nothing guessed, all rows or none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sushui.kernel.errors import DomainError
from sushui.kernel.labels import label_of
from sushui.organizations.enums import DivisionLevel
from sushui.organizations.models import Division
from sushui.projects.adapter import meanings
from sushui.projects.enums import FundingSource, ListKind, ProjectLevel, ProjectStage
from sushui.projects.services import imports
from tests.projects.imports.books import asked, changes, month, read, staged, states, table, workbook
from tests.projects.play import Play, on

GOOD_CODE, ODD = "2212-140826-89-01-123459", "2212-140826-89-01-123455"
ODD_OWNER = "91140826MA0GXXXX0A"
ROW = (1, GOOD_CODE, "装备产业园", "涑水装备有限公司", 12000.5, "县住建局", None)


@pytest.fixture(autouse=True)
def _at_work():
    with on("2026-06-15"):
        yield


def one(play: Play, heading: str, value: object, **answers: str):
    """A sheet of one project with one more column."""
    return read(play.office, table(("装备产业园", value), header=("项目名称", heading)), **answers)


@pytest.fixture
def dongzhen(play: Play) -> Division:
    own = play.county.county
    path = f"{own.path}/140826101"
    return Division.objects.create(code="140826101", name="东镇", level=DivisionLevel.TOWNSHIP, parent=own, path=path)


# --- what becomes of a row -------------------------------------------------------------------------------------------
def test_a_project_nobody_knows_is_new(play: Play) -> None:
    understood = read(play.office, table(ROW))

    assert (asked(understood), states(understood), understood.is_settled) == ([], ["new"], True)
    assert changes(understood) == {
        "name": (None, "装备产业园"),
        "code": (None, GOOD_CODE),
        "owner_name": (None, "涑水装备有限公司"),
        "total_investment": (None, Decimal(120_005_000)),
        "agency_id": (None, play.agency_id("works")),
    }


def test_a_project_is_found_by_its_code_whatever_it_is_called(play: Play) -> None:
    project = play.project(name="老名字", code=GOOD_CODE)

    understood = read(play.office, table(ROW))

    assert (understood.rows[0].project, states(understood)) == (project, ["changed"])
    assert changes(understood)["name"] == ("老名字", "装备产业园")


def test_a_project_without_a_code_is_found_by_its_exact_name(play: Play) -> None:
    project = play.project(name="装备 产业园")

    understood = read(play.office, table(ROW))

    assert understood.rows[0].project == project
    assert changes(understood)["code"] == (None, GOOD_CODE)


def test_a_similar_name_is_another_project(play: Play) -> None:
    play.project(name="装备产业园二期")

    assert states(read(play.office, table(ROW))) == ["new"]


def test_what_stands_already_is_unchanged_and_not_imported(play: Play) -> None:
    play.project(
        name="装备产业园", code=GOOD_CODE, owner_name="涑水装备有限公司", total_investment=Decimal(120_005_000)
    )
    draft = staged(play.office, table(ROW))

    assert states(imports.understand_draft(play.office, draft)) == ["unchanged"]
    with pytest.raises(DomainError) as refused:
        imports.commit_draft(play.office, draft)
    assert refused.value.code == "nothing_to_import"


@pytest.mark.parametrize("empty", [None, "", "  ", "/", "—", "-"])
def test_an_empty_cell_leaves_what_stands_alone(play: Play, empty: str | None) -> None:
    play.project(name="装备产业园", total_investment=Decimal(50_000))

    assert changes(one(play, "总投资（万元）", empty)) == {}


def test_a_zero_is_a_zero(play: Play) -> None:
    play.project(name="装备产业园", total_investment=Decimal(50_000))

    assert changes(one(play, "总投资（万元）", 0)) == {"total_investment": (Decimal(50_000), Decimal(0))}


def test_sections_totals_and_notes_are_left_out_with_their_reason(play: Play) -> None:
    rows = [("一", None, "新材料（1个）", None, 12000), ROW, ("合计", None, None, None, 12000.5), ("备注：含税",)]

    understood = read(play.office, table(*rows))

    assert [(each.number, each.kind) for each in understood.reading.skipped] == [
        (3, "section"),
        (5, "total"),
        (6, "note"),
    ]
    assert understood.rows[0].section == "一新材料（1个）"


def test_a_header_of_two_lines_gives_the_sources_of_money(play: Play) -> None:
    rows = [
        ("重点项目表",),
        ("项目名称", "资金来源（万元）", None),
        (None, "银行贷款", "企业自筹"),
        ("装备产业园", 300, 200),
    ]
    data = workbook(rows, merged=("A2:A3", "B2:C2"))

    understood = read(play.office, data, no_unit="wan")

    assert changes(understood) == {
        "name": (None, "装备产业园"),
        "funding:bank_loans": (None, Decimal(3_000_000)),
        "funding:own_funds": (None, Decimal(2_000_000)),
    }


# --- units, months, words: read or asked -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("heading", "cell", "yuan"),
    [
        ("总投资（万元）", 1.2345, "12345"),
        ("总投资（亿元）", "1.5", "150000000"),
        ("总投资(元)", "1,234.56", "1234.56"),
        ("总投资（万元）", "3.2亿元", "320000000"),
        ("预计年产值:万元", 0.0001, "1"),
    ],
)
def test_an_amount_is_read_in_the_unit_that_is_said(play: Play, heading: str, cell: object, yuan: str) -> None:
    assert list(changes(one(play, heading, cell)).values())[1] == (None, Decimal(yuan))


def test_an_amount_without_a_unit_is_asked_once_for_the_sheet(play: Play) -> None:
    data = table(("甲", 5, 1), ("乙", 6, 2), header=("项目名称", "总投资", "税收"))
    understood = read(play.office, data)

    assert asked(understood) == [("no_unit", (3, 4))]
    assert changes(read(play.office, data, no_unit="yi"))["expected_tax"] == (None, Decimal(100_000_000))


def test_a_line_above_says_the_unit_of_money_but_not_of_land(play: Play) -> None:
    rows = [("项目表",), (None, None, "单位：万元"), ("项目名称", "总投资", "用地"), ("装备产业园", 5, 30)]

    understood = read(play.office, workbook(rows))

    assert asked(understood) == [("no_unit:area_mu", (4,))]


@pytest.mark.parametrize("cell", ["很多", "5-6", "约5", -1, "1e5", True, "100万美元"])
def test_what_is_no_amount_is_asked(play: Play, cell: object) -> None:
    understood = one(play, "总投资（万元）", cell)

    assert [each.doubt for each in understood.questions] == ["bad_amount"]
    assert {value for value, _label in understood.questions[0].choices} == {"as_it_stands", "leave_out"}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("2026年3月", "2026-03"),
        ("2026.3", "2026-03"),
        (2026.12, "2026-12"),
        (202603, "2026-03"),
        (date(2026, 3, 20), "2026-03"),
    ],
)
def test_a_month_is_read_as_tables_write_it(play: Play, cell: object, text: str) -> None:
    assert changes(one(play, "计划竣工", cell))["planned_completion_month"] == (None, month(text))


@pytest.mark.parametrize("cell", ["2026年", "3月", "2026年底", 2026.1, "2026-13", "一季度"])
def test_what_is_no_one_month_is_asked(play: Play, cell: object) -> None:
    assert [each.doubt for each in one(play, "计划竣工", cell).questions] == ["bad_month"]


@pytest.mark.parametrize(
    ("heading", "text", "doubt"),
    [
        ("责任单位", "县不知道局", "unknown_agency"),
        ("责任单位", "县住建局、县财政局", "several_agencies"),
        ("所在乡镇", "不知道镇", "unknown_place"),
        ("建设地点", "开发区纬三路", "unknown_place"),
        ("所属行业", "航天", "unknown_industry"),
        ("所属行业", "9999", "unknown_industry"),
        ("产业集群", "不知道集群", "unknown_cluster"),
        ("项目级别", "国家级", "unknown_level"),
        ("项目类别", "别的", "unknown_sector"),
        ("当前阶段", "快好了", "unknown_stage"),
    ],
)
def test_a_word_nobody_knows_is_asked(play: Play, heading: str, text: str, doubt: str) -> None:
    understood = one(play, heading, text)

    assert (asked(understood), states(understood)) == ([(f"{doubt}:{text}", (3,))], ["asked"])


def test_an_answer_holds_for_all_rows_that_ask_the_same_or_for_one(play: Play) -> None:
    data = table(("甲", "县住"), ("乙", "县住"), header=("项目名称", "责任单位"))
    works, finance = play.agency_id("works"), play.agency_id("finance")
    draft = staged(play.office, data)
    key = "unknown_agency:县住"

    draft = imports.answer_questions(play.office, draft, {key: str(works), imports.row_key(4, key): str(finance)})

    understood = imports.understand_draft(play.office, draft)
    assert [row.draft.agency_id for row in understood.rows] == [works, finance]


def test_several_agencies_are_offered_first(play: Play) -> None:
    question = one(play, "责任单位", "县住建局、县财政局").questions[0]

    assert [int(value) for value, _label in question.choices[:2]] == [
        play.agency_id("works"),
        play.agency_id("finance"),
    ]


def test_an_answer_that_does_not_fit_leaves_the_question_open(play: Play) -> None:
    understood = one(play, "责任单位", "县住", **{"unknown_agency:县住": "999999"})

    assert asked(understood) == [("unknown_agency:县住", (3,))]


def test_an_industry_is_read_by_code_or_unique_name(play: Play) -> None:
    found = [
        changes(one(play, "行业", text))["industry_code"][1] for text in ("3217", "3217 铝冶炼"[:4], "铝冶炼", 3216)
    ]

    assert found == ["3217", "3217", "3216", "3216"]


def test_an_address_that_is_a_township_is_the_place(play: Play, dongzhen: Division) -> None:
    assert changes(one(play, "建设地点", "东镇"))["place_id"] == (None, dongzhen.pk)


def test_an_address_in_a_township_is_asked_and_may_stay_words(play: Play, dongzhen: Division) -> None:
    key = "unknown_place:东镇工业园"

    assert one(play, "建设地点", "东镇工业园").questions[0].choices[1] == (str(dongzhen.pk), "东镇")
    assert changes(one(play, "建设地点", "东镇工业园", **{key: "as_text"})) == {
        "name": (None, "装备产业园"),
        "place_text": (None, "东镇工业园"),
    }


def test_the_words_of_tables_are_known(play: Play) -> None:
    found = changes(one(play, "项目级别", "省级重点"))["level"]

    assert found == (None, ProjectLevel.PROVINCE)


# --- codes -----------------------------------------------------------------------------------------------------------
def test_an_odd_code_is_confirmed_by_a_person(play: Play) -> None:
    understood = one(play, "项目代码", ODD)

    assert asked(understood) == [(f"odd_code:{ODD}", (3,))]
    assert one(play, "项目代码", ODD, **{f"odd_code:{ODD}": "confirm"}).rows[0].draft.confirmed == frozenset({"code"})


def test_all_odd_codes_are_confirmed_at_once(play: Play) -> None:
    data = table(("甲", ODD, ODD_OWNER), ("乙", "1234", "5678"), header=("项目名称", "项目代码", "信用代码"))

    assert len(read(play.office, data).questions) == 4
    assert asked(read(play.office, data, odd_code="confirm")) == []


def test_an_odd_code_may_be_left_away(play: Play) -> None:
    assert one(play, "项目代码", ODD, odd_code="as_it_stands").rows[0].draft.code == ""


def test_an_odd_code_that_stands_is_not_asked_again(play: Play) -> None:
    play.project(name="装备产业园", code=ODD, confirmed=frozenset({"code"}))

    assert asked(one(play, "项目代码", ODD)) == []


def test_another_code_for_a_known_name_is_asked(play: Play) -> None:
    project = play.project(name="装备产业园", code=ODD, confirmed=frozenset({"code"}))
    key = f"other_code:装备产业园: {ODD} → {GOOD_CODE}"

    assert asked(read(play.office, table(ROW))) == [(key, (3,))]
    assert read(play.office, table(ROW), **{key: "confirm"}).rows[0].project == project
    assert states(read(play.office, table(ROW), **{key: "new"})) == ["new"]


def test_a_code_beside_the_name_of_another_project_is_asked(play: Play) -> None:
    play.project(name="装备产业园")
    play.project(name="医院扩建", code=GOOD_CODE)

    assert [each.doubt for each in read(play.office, table(ROW)).questions] == ["code_elsewhere"]


def test_a_name_that_several_projects_have_is_asked(play: Play) -> None:
    first, second = play.project(name="装备产业园"), play.project(name="装备产业园")
    understood = one(play, "备注", "甲")

    assert {value for value, _label in understood.questions[0].choices} == {str(first.pk), str(second.pk), "leave_out"}
    key = understood.questions[0].key
    assert one(play, "备注", "甲", **{key: str(second.pk)}).rows[0].project == second


def test_a_second_row_for_a_project_can_only_be_left_out(play: Play) -> None:
    understood = read(play.office, table(ROW, ROW))

    assert (asked(understood), states(understood)) == ([("twice:4", (4,))], ["new", "asked"])
    assert states(read(play.office, table(ROW, ROW), **{"twice:4": "leave_out"})) == ["new", "left_out"]


def test_a_row_that_is_left_out_asks_nothing_more(play: Play) -> None:
    data = table(("甲", "很多", "县住"), header=("项目名称", "总投资（万元）", "责任单位"))

    understood = read(play.office, data, **{"unknown_agency:县住": "leave_out"})

    assert (asked(understood), states(understood)) == ([], ["left_out"])


def test_a_row_of_another_division_can_only_be_left_out(play: Play) -> None:
    assert asked(one(play, "所属区划", "闻喜县")) == [("elsewhere:闻喜县", (3,))]


def test_a_row_without_a_name_can_only_be_left_out(play: Play) -> None:
    data = table((None, 5), header=("项目名称", "总投资（万元）"))

    assert asked(read(play.office, data)) == [("no_name:3", (3,))]


# --- stages, starts, yearly plans ------------------------------------------------------------------------------------
def test_a_stage_wants_its_day(play: Play) -> None:
    assert asked(one(play, "当前阶段", "在建")) == [("no_day", (3,))]
    row = one(play, "当前阶段", "在建", no_day="2026-03-01").rows[0]
    assert (row.stage, row.stage_on) == (ProjectStage.UNDER_CONSTRUCTION, date(2026, 3, 1))


def test_the_day_of_a_stage_may_stand_in_the_table(play: Play) -> None:
    data = table(("甲", "在建", date(2026, 3, 1)), header=("项目名称", "当前阶段", "阶段日期"))

    assert read(play.office, data).rows[0].stage_on == date(2026, 3, 1)


def test_the_stage_that_stands_asks_nothing(play: Play) -> None:
    play.building(name="装备产业园")

    assert (asked(one(play, "当前阶段", "在建")), changes(one(play, "当前阶段", "在建"))) == ([], {})


@pytest.mark.parametrize("stage", [ProjectStage.PLANNED, ProjectStage.SUSPENDED, ProjectStage.TERMINATED])
def test_a_stage_that_cannot_follow_stays_as_it_stands(play: Play, stage: ProjectStage) -> None:
    play.building(name="装备产业园")

    understood = one(play, "当前阶段", label_of(stage))

    assert [each.doubt for each in understood.questions] == ["stage_cannot_follow"]


def test_a_start_that_has_come_is_not_moved_silently(play: Play) -> None:
    play.project(name="装备产业园", planned_start_month=date(2026, 3, 1))

    understood = one(play, "计划开工", "2026-09")

    assert asked(understood) == [("start_postponed:2026-03 → 2026-09", (3,))]


def test_a_yearly_plan_takes_its_year_from_the_heading_or_the_title(play: Play) -> None:
    heading = table(("甲", 5), header=("项目名称", "2027年计划投资（万元）"))

    assert read(play.office, heading).rows[0].year_plan == (2027, Decimal(50_000))
    assert one(play, "年度计划投资（万元）", 5).rows[0].year_plan == (2026, Decimal(50_000))


@pytest.mark.parametrize(
    ("header", "title", "source"),
    [
        ("2027年银行贷款（万元）", "项目表", (2027, FundingSource.BANK_LOANS)),
        ("本年专项债券（万元）", "2026年重点项目表", (2026, FundingSource.SPECIAL_BONDS)),
        ("专项债券（万元）", "2026年重点项目表", (0, FundingSource.SPECIAL_BONDS)),
    ],
)
def test_money_of_one_year_is_not_taken_for_that_of_the_whole(
    play: Play, header: str, title: str, source: tuple[int, FundingSource]
) -> None:
    draft = read(play.office, table(("甲", 5), header=("项目名称", header), title=title)).rows[0].draft

    assert draft.funding == {source: Decimal(50_000)}


def test_money_of_a_year_under_a_common_head_is_of_that_year(play: Play) -> None:
    rows = [
        ("重点项目表",),
        ("项目名称", "2027年资金来源（万元）", None),
        (None, "银行贷款", "企业自筹"),
        ("装备产业园", 5, 2),
    ]
    data = workbook(rows, merged=("A2:A3", "B2:C2"))

    draft = read(play.office, data, no_unit="wan").rows[0].draft

    assert draft.funding == {
        (2027, FundingSource.BANK_LOANS): Decimal(50_000),
        (2027, FundingSource.OWN_FUNDS): Decimal(20_000),
    }


def test_a_column_may_be_said_to_hold_money_of_the_year() -> None:
    assert dict(meanings(ListKind.LEDGER))["year_funding:bank_loans"] == "银行贷款（年度）"


def test_money_of_a_year_that_nobody_names_is_asked(play: Play) -> None:
    data = table(("甲", 5), header=("项目名称", "当年银行贷款（万元）"), title="项目表")

    assert asked(read(play.office, data)) == [("no_year", (3,))]
    assert read(play.office, data, no_year="2025").rows[0].draft.funding == {
        (2025, FundingSource.BANK_LOANS): Decimal(50_000)
    }


def test_a_yearly_plan_without_a_year_is_asked(play: Play) -> None:
    data = table(("甲", 5), header=("项目名称", "年度计划投资（万元）"), title="项目表")

    assert asked(read(play.office, data)) == [("no_year", (3,))]
    assert read(play.office, data, no_year="2025").rows[0].year_plan == (2025, Decimal(50_000))
