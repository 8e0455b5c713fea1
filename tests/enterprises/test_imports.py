"""Lists of enterprises from workbooks: read, asked about, shown, imported all or none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sushui.documents.services import Column, Table, render_workbook
from sushui.enterprises import services
from sushui.enterprises.enums import EnterpriseStatus, FigureSource, RowState, SheetDoubt
from sushui.enterprises.models import Enterprise, EnterpriseFigure, EnterprisePerson, EnterpriseSheet
from sushui.enterprises.services.imports import write_rows
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.models import Subject
from tests.enterprises.play import CODE, OTHER_CODE, PILOT_CODE, THIRD_CODE, WAN, Play

HEADINGS = ("企业名称", "统一社会信用代码")
NEW, CHANGED, UNCHANGED, LEFT_OUT, OPEN = (
    RowState.NEW,
    RowState.CHANGED,
    RowState.UNCHANGED,
    RowState.LEFT_OUT,
    RowState.OPEN,
)


def workbook(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    return render_workbook(Table("企业名录", tuple(map(Column, headings)), rows))


def stage(play: Play, *rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> EnterpriseSheet:
    data = workbook(*rows, headings=headings)
    return services.stage_sheet(play.county.viewer("project_office"), file_name="名录.xlsx", data=data)


def read(play: Play, sheet: EnterpriseSheet) -> services.SheetReading:
    return services.read_sheet(play.county.viewer("project_office"), sheet)


def answer(play: Play, sheet: EnterpriseSheet, **answers: str) -> EnterpriseSheet:
    said = {key.replace("__", ":"): value for key, value in answers.items()}
    return services.answer_sheet(play.county.viewer("project_office"), sheet, said)


def imported(play: Play, sheet: EnterpriseSheet) -> EnterpriseSheet:
    return services.import_sheet(play.county.viewer("project_office"), sheet)


def states(play: Play, sheet: EnterpriseSheet) -> list[RowState]:
    return [row.state for row in read(play, sheet).rows]


def asked(play: Play, sheet: EnterpriseSheet) -> list[tuple[SheetDoubt, int]]:
    return [(each.doubt, len(each.rows)) for each in read(play, sheet).questions]


def test_rows_that_leave_nothing_open_enter_the_register(play: Play) -> None:
    headings = (
        *HEADINGS,
        "企业类型",
        "行业代码",
        "主管单位",
        "成立日期",
        "注册资本（万元）",
        "经营状态",
        "法定代表人",
        "联系电话",
    )
    row = (
        "鑫源铸造有限公司",
        CODE,
        "有限责任公司",
        3391,
        "县住建局",
        "2015年3月2日",
        500,
        "存续",
        "赵某",
        "19900000000",
    )

    imported(play, stage(play, row, headings=headings))

    made, person = Enterprise.objects.get(), EnterprisePerson.objects.get()
    assert (made.name, made.code, made.legal_form, made.industry_code) == ("鑫源铸造有限公司", CODE, "limited", "3391")
    assert (made.agency, made.established_on) == (play.county.agencies["works"], date(2015, 3, 2))
    assert (made.registered_capital, made.status) == (500 * WAN, EnterpriseStatus.OPERATING)
    assert (person.name, person.phone, person.role) == ("赵某", "19900000000", "legal_representative")
    assert Subject.objects.filter(kind="enterprise", object_id=made.pk).exists()


def test_nothing_is_written_before_the_import(play: Play) -> None:
    sheet = stage(play, ("鑫源铸造有限公司", CODE))

    assert (states(play, sheet), Enterprise.objects.count()) == ([NEW], 0)


def test_a_known_code_changes_what_stands_and_only_what_is_filled(play: Play) -> None:
    made = play.enter("鑫源铸造有限公司", code=CODE, address="一号路")
    play.enter("同名无变化有限公司", code=OTHER_CODE)
    sheet = stage(
        play,
        ("鑫源铸造股份有限公司", CODE, "停产"),
        ("同名无变化有限公司", OTHER_CODE, ""),
        headings=(*HEADINGS, "经营状态"),
    )

    shown = states(play, sheet)
    imported(play, sheet)

    row = Enterprise.objects.get(pk=made.pk)
    assert shown == [CHANGED, UNCHANGED]
    assert (row.name, row.former_names, row.address) == ("鑫源铸造股份有限公司", ["鑫源铸造有限公司"], "一号路")
    assert (row.status, row.version) == (EnterpriseStatus.HALTED, 2)


def test_an_odd_code_is_asked_about_and_kept_as_it_stands(play: Play) -> None:
    sheet = stage(play, ("甲有限公司", PILOT_CODE), ("乙有限公司", "12345"))

    before = asked(play, sheet)
    sheet = answer(play, sheet, odd_code="as_it_stands")
    imported(play, sheet)

    assert before == [(SheetDoubt.ODD_CODE, 1), (SheetDoubt.ODD_CODE, 1)]
    assert list(Enterprise.objects.order_by("pk").values_list("code", "code_flaw")) == [
        (PILOT_CODE, "check_digit"),
        ("12345", "shape"),
    ]


def test_a_code_that_stands_twice_is_asked_about_once(play: Play) -> None:
    sheet = stage(play, ("甲有限公司", CODE), ("乙有限公司", CODE))
    second = read(play, sheet).rows[1].number

    before = asked(play, sheet)
    sheet = answer(play, sheet, **{f"twice__{CODE}": str(second)})
    imported(play, sheet)

    assert before == [(SheetDoubt.TWICE, 2)]
    assert Enterprise.objects.get().name == "乙有限公司"


def test_a_name_that_is_nearly_in_the_register_is_asked_about(play: Play) -> None:
    made = play.enter("绛县鑫源（集团）铸造有限责任公司", code=CODE)
    sheet = stage(play, ("鑫源铸造有限公司", ""))

    before = asked(play, sheet)
    sheet = answer(play, sheet, **{"alike__鑫源铸造有限公司": str(made.pk)})

    assert before == [(SheetDoubt.ALIKE, 1)]
    assert [(row.state, row.enterprise) for row in read(play, sheet).rows] == [(CHANGED, made)]


def test_a_name_that_is_nearly_there_may_be_another_enterprise(play: Play) -> None:
    play.enter("绛县鑫源（集团）铸造有限责任公司", code=CODE)
    sheet = answer(play, stage(play, ("鑫源铸造有限公司", OTHER_CODE)), alike="another")

    imported(play, sheet)

    assert Enterprise.objects.count() == 2


def test_rows_of_nearly_one_name_are_asked_about_among_each_other(play: Play) -> None:
    sheet = stage(play, ("鑫源铸造有限公司", CODE), ("鑫源铸造有限责任公司", OTHER_CODE), ("别家有限公司", THIRD_CODE))
    first = read(play, sheet).rows[0].number

    before = asked(play, sheet)
    one = answer(play, sheet, **{"alike_rows__鑫源铸造": str(first)})

    assert before == [(SheetDoubt.ALIKE_ROWS, 2)]
    assert states(play, one) == [NEW, LEFT_OUT, NEW]
    assert states(play, answer(play, one, **{"alike_rows__鑫源铸造": "another"})) == [NEW, NEW, NEW]


@pytest.mark.parametrize(
    ("heading", "cell", "doubt", "given"),
    [
        ("主管单位", "不存在局", SheetDoubt.NO_SUCH_RECORD, "empty"),
        ("企业类型", "奇怪类型", SheetDoubt.NO_SUCH_WORD, "limited"),
        ("行业代码", "9999", SheetDoubt.NO_SUCH_WORD, "empty"),
        ("成立日期", "去年", SheetDoubt.NO_DAY, "empty"),
        ("成立日期", "2026-13-01", SheetDoubt.NO_DAY, "empty"),
        ("注册资本（万元）", "很多", SheetDoubt.NO_AMOUNT, "empty"),
        ("注册资本", "100", SheetDoubt.NO_UNIT, "10000"),
    ],
)
def test_what_a_cell_leaves_open_is_asked_and_settled(
    play: Play, heading: str, cell: str, doubt: SheetDoubt, given: str
) -> None:
    sheet = stage(play, ("甲有限公司", CODE, cell), headings=(*HEADINGS, heading))
    (question,) = read(play, sheet).questions

    settled = services.answer_sheet(play.county.viewer("project_office"), sheet, {question.key: given})

    assert question.doubt is doubt
    assert states(play, settled) == [NEW]
    assert imported(play, settled).outcome["new"] == 1


def test_figures_are_asked_of_their_year_and_source_and_told(play: Play) -> None:
    headings = (*HEADINGS, "行业代码", "营业收入（万元）", "从业人员（人）")
    sheet = stage(play, ("甲有限公司", CODE, "3217", "2,000.5", 300), headings=headings)

    before = [doubt for doubt, _rows in asked(play, sheet)]
    sheet = answer(play, sheet, no_year="2025", no_source="tax_office")
    outcome = imported(play, sheet).outcome

    told = {row.kind: (row.year, row.amount, row.source) for row in EnterpriseFigure.objects.all()}
    assert before == [SheetDoubt.NO_YEAR, SheetDoubt.NO_SOURCE]
    assert told == {
        "revenue": (2025, 20_005_000, FigureSource.TAX_OFFICE),
        "employees": (2025, 300, FigureSource.TAX_OFFICE),
    }
    assert (outcome, Enterprise.objects.get().size) == ({"new": 1, "figures": 2}, "medium")


@pytest.mark.parametrize("year", ["2027", "1989", "abc", ""])
def test_a_year_that_cannot_be_is_no_answer(play: Play, year: str) -> None:
    sheet = stage(play, ("甲有限公司", CODE, 5), headings=(*HEADINGS, "营业收入（万元）"))

    sheet = answer(play, sheet, no_year=year, no_source="agency")

    assert [doubt for doubt, _rows in asked(play, sheet)] == [SheetDoubt.NO_YEAR]


def test_a_row_without_a_name_can_only_be_left_out(play: Play) -> None:
    sheet = answer(play, stage(play, ("", CODE), ("甲有限公司", OTHER_CODE)), no_name="leave_out")

    assert states(play, sheet) == [LEFT_OUT, NEW]


def test_open_questions_keep_the_import_shut(play: Play) -> None:
    sheet = stage(play, ("甲有限公司", PILOT_CODE), ("乙有限公司", CODE))

    with pytest.raises(DomainError) as refused:
        imported(play, sheet)

    assert (refused.value.code, Enterprise.objects.count()) == ("questions_open", 0)


def test_what_changed_since_it_was_shown_is_not_written(play: Play) -> None:
    sheet = stage(play, ("甲有限公司", CODE))
    services.hold_shown(sheet, read(play, sheet))
    play.enter("甲有限公司", code=CODE, address="新址")

    with pytest.raises(DomainError) as refused:
        imported(play, sheet)

    assert refused.value.code == "preview_outdated"


def test_a_list_that_changes_nothing_is_refused(play: Play) -> None:
    play.enter("甲有限公司", code=CODE)

    with pytest.raises(DomainError) as refused:
        imported(play, stage(play, ("甲有限公司", CODE)))

    assert refused.value.code == "nothing_to_import"


def test_a_refused_row_takes_all_others_back(play: Play) -> None:
    headings = (*HEADINGS, "营业收入（万元）")
    play.tell(play.enter("甲有限公司", code=CODE), 2025, FigureSource.STATISTICS, by="statistics", revenue=1)
    sheet = stage(play, ("甲有限公司", CODE, 7), ("乙有限公司", OTHER_CODE, 8), headings=headings)
    sheet = answer(play, sheet, no_year="2025", no_source="statistics")

    with pytest.raises(Forbidden):
        imported(play, sheet)

    assert Enterprise.objects.count() == 1


def test_the_same_file_is_taken_in_once_and_can_be_dropped(play: Play) -> None:
    office = play.county.viewer("project_office")
    data = workbook(("甲有限公司", CODE))
    sheet = services.stage_sheet(office, file_name="a.xlsx", data=data)

    again = services.stage_sheet(office, file_name="b.xlsx", data=data)
    services.discard_sheet(office, sheet)

    assert (again, EnterpriseSheet.objects.count()) == (sheet, 0)


def test_a_workbook_without_a_heading_for_the_name_is_refused(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        stage(play, (1, 2), headings=("甲", "乙"))

    assert refused.value.code == "no_enterprise_heading"


@pytest.mark.parametrize("who", ["leader", "office", "works_head", "enterprise"])
def test_only_those_who_keep_the_register_send_lists_in(play: Play, who: str) -> None:
    with pytest.raises(Forbidden):
        services.stage_sheet(play.county.viewer(who), file_name="a.xlsx", data=workbook(("甲", CODE)))


def test_another_post_does_not_go_on_with_a_list(play: Play) -> None:
    sheet = stage(play, ("甲有限公司", CODE))

    with pytest.raises(Forbidden):
        services.import_sheet(play.county.viewer("statistics"), sheet)


def test_a_list_of_many_rows_asks_no_more_of_the_database(play: Play, django_assert_max_num_queries) -> None:
    many = [(f"甲{number}有限公司", "") for number in range(60)]
    sheet = stage(play, *many)

    with django_assert_max_num_queries(45):
        imported(play, sheet)

    assert Enterprise.objects.count() == 60


def test_a_row_that_the_register_refuses_is_named(play: Play) -> None:
    sheet = stage(play, ("甲有限公司", CODE))
    Enterprise.objects.create(
        division=play.county.county, name="抢先有限公司", name_key="抢先", code=OTHER_CODE, status="operating"
    )
    reading = read(play, sheet)
    reading.rows[0].draft = play.draft("甲有限公司", code=OTHER_CODE)

    with pytest.raises(DomainError) as refused:
        write_rows(play.county.viewer("project_office"), sheet, reading)

    assert (refused.value.code, refused.value.params["row"]) == ("code_taken", reading.rows[0].number)
    assert "抢先有限公司" in refused.value.sentence
