"""The pages on which a list comes in: what they ask, keep, refuse and do."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from sushui.kernel.models import AuditLine
from sushui.supervision.enums import TaskState
from sushui.supervision.forms.questions import prefix_of
from sushui.supervision.models import ImportDraft, SupervisedTask, SupervisionOrder
from sushui.supervision.services import imports
from tests.supervision.imports.hostile import HOSTILE
from tests.supervision.imports.lists import PLAIN, divided, listed, said, staged
from tests.supervision.pages.reading import Reader, Sight
from tests.supervision.play import Play, march

Sit = Callable[[str], Reader]
UNCLEAR = (2, "建好一座桥", "", "县药发中心", "", "6月底前")
UNDATED = (3, "通好一条渠", "", "县财政局", "", "")
UNKNOWN = "unknown_agency:县药发中心"
NO_DEADLINE = "deadline:nothing_written"


def sent(reader: Reader, data: bytes) -> Sight:
    return reader.send("imports", file=SimpleUploadedFile("清单.xlsx", data))


def answering(draft: ImportDraft, **fields: object) -> dict[str, object]:
    return {"version": draft.version, **fields}


def field(key: str, name: str = "pick") -> str:
    return f"{prefix_of(key)}-{name}"


# --- sending in ------------------------------------------------------------------------------------------------------
def test_a_list_that_is_sent_in_is_first_asked_what_it_is(sit: Sit) -> None:
    page = sent(sit("office"), listed(PLAIN))

    assert (page.status, page.title, page.value("name")) == (200, "2026年重点工作任务清单", "2026年重点工作任务清单")
    assert SupervisedTask.objects.count() == 0


def test_each_sheet_is_a_list_of_its_own(sit: Sit) -> None:
    sent(sit("office"), divided())

    page = sit("office").open("imports")
    assert [row.split()[0] for row in page.rows] == ["2025年开发区重点任务清单", "2025年任务分解表"]


def test_without_a_list_the_page_says_how_one_comes(sit: Sit) -> None:
    page = sit("office").open("imports")

    assert (page.status, page.empty, page.errors) == (200, "还没有导入过清单。", [])


def test_without_a_file_the_page_says_so(sit: Sit) -> None:
    page = sit("office").send("imports")

    assert (page.status, page.errors) == (422, ["没有选择文件：请选择工作簿。"])


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("words", "不论文件名怎么写，这不是 Excel 工作簿，而是文本文件。"),
        ("old workbook", "这是旧格式的工作簿（.xls 或 .et）。"),
    ],
)
def test_a_refusal_is_said_in_a_sentence(sit: Sit, name: str, sentence: str) -> None:
    page = sent(sit("office"), HOSTILE[name])

    assert page.status == 422
    assert [error[: len(sentence)] for error in page.errors] == [sentence]


@pytest.mark.parametrize("name", list(HOSTILE))
def test_nothing_is_kept_of_a_hostile_file(sit: Sit, name: str) -> None:
    made = HOSTILE[name]

    page = sent(sit("office"), made() if callable(made) else made)

    assert (page.status, len(page.errors), ImportDraft.objects.count()) == (422, 1, 0)
    assert AuditLine.objects.count() == 0


@override_settings(UPLOAD_LIMIT_BYTES=2**20)
def test_a_file_that_is_too_large_is_refused_unread(sit: Sit) -> None:
    page = sent(sit("office"), b"PK\x03\x04" + b"x" * 2**20)

    assert (page.status, page.errors) == (422, ["文件超过 1 MB：请把清单单独复制到新的工作簿里。"])


# --- who -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["works_head", "works_handler", "leader", "administrator", "township", "enterprise"])
def test_others_do_not_open_the_page(sit: Sit, who: str) -> None:
    assert sit(who).open("imports").status == 403


@pytest.mark.parametrize("name", ["import-about", "import-columns", "import-questions", "import-rows", "import-commit"])
@pytest.mark.parametrize("who", ["office_second", "project_office", "neighbor_office"])
def test_a_list_under_way_is_hidden_from_other_posts(play: Play, sit: Sit, who: str, name: str) -> None:
    draft = staged(play.office, listed(PLAIN))

    assert sit(who).open(name, draft.pk).status == 404


# --- answering -------------------------------------------------------------------------------------------------------
def test_the_list_leads_to_what_has_to_be_said_next(play: Play, sit: Sit) -> None:
    with march(2):
        undescribed = staged(play.office, listed(PLAIN), issued_on=None)
        unclear = staged(play.office, listed(PLAIN, UNCLEAR))
        clear = staged(play.office, listed(PLAIN, PLAIN))
        led = [
            sit("office").client.get(f"/supervision/imports/{each.pk}/").url for each in (undescribed, unclear, clear)
        ]

    assert [place.rsplit("/", 2)[1] for place in led] == ["about", "questions", "rows"]


def test_a_question_is_answered_for_all_rows(play: Play, sit: Sit) -> None:
    with march(2):
        draft = staged(play.office, listed(PLAIN, UNDATED, UNDATED))
        page = sit("office").send("import-questions", draft.pk, **answering(draft, **{field(NO_DEADLINE): "by_rule"}))

    assert page.messages == ["已保存。"]
    assert [row.split()[-1] for row in page.rows] == ["一般事项"] * 3


def test_a_question_is_answered_for_one_row_alone(play: Play, sit: Sit) -> None:
    with march(2):
        draft = staged(play.office, listed(UNDATED, UNDATED))
        given = answering(draft, **{field(NO_DEADLINE, "day"): "2026-05-01"})
        sit("office").send("import-row", draft.pk, 4, **given)
        page = sit("office").open("import-rows", draft.pk)

    assert [row.split()[-3:] for row in page.rows] == [
        ["没有写完成时限", "1", "个问题"],
        ["县财政局", "2026-05-01", "一般事项"],
    ]


def test_an_agency_is_chosen_for_a_name(play: Play, sit: Sit) -> None:
    reform = play.county.agencies["reform"].pk
    with march(2):
        draft = staged(play.office, listed(UNCLEAR))
        sit("office").send("import-questions", draft.pk, **answering(draft, **{field(UNKNOWN): f"agencies:{reform}"}))
        (made,) = imports.understand_import(play.office, ImportDraft.objects.get()).drafts

    assert made.lead_agency_id == reform


def test_two_answers_to_one_question_are_refused_and_kept(play: Play, sit: Sit) -> None:
    both = {field(NO_DEADLINE): "by_rule", field(NO_DEADLINE, "day"): "2026-05-01"}
    with march(2):
        draft = staged(play.office, listed(UNDATED))
        page = sit("office").send("import-questions", draft.pk, **answering(draft, **both))

    assert (page.status, page.errors) == (422, ["给了两个回答：请只留一个。"])
    assert page.value(field(NO_DEADLINE, "day")) == "2026-05-01"


def test_a_day_that_has_passed_is_refused_and_kept(play: Play, sit: Sit) -> None:
    with march(2):
        draft = staged(play.office, listed(UNDATED))
        given = answering(draft, **{field(NO_DEADLINE, "day"): "2026-03-01"})
        page = sit("office").send("import-questions", draft.pk, **given)

    assert (page.status, page.errors) == (422, ["2026-03-01 已经过了。请填今天或以后的日期。"])
    assert page.value(field(NO_DEADLINE, "day")) == "2026-03-01"


def test_no_answer_is_no_answer(play: Play, sit: Sit) -> None:
    with march(2):
        draft = staged(play.office, listed(UNDATED))
        page = sit("office").send("import-questions", draft.pk, **answering(draft, **{field(NO_DEADLINE): ""}))

    assert (page.status, page.errors) == (422, ["还没有回答：请至少回答一个问题。"])


def test_answers_on_another_version_are_kept_and_told(play: Play, sit: Sit) -> None:
    with march(2):
        draft = staged(play.office, listed(UNDATED, UNCLEAR))
        imports.answer_questions(play.office, draft, {UNKNOWN: said("leave_out")})
        given = answering(draft, **{field(NO_DEADLINE, "day"): "2026-05-01"})
        page = sit("office").send("import-questions", draft.pk, **given)

    assert (page.status, page.value("version")) == (409, str(draft.version + 1))
    assert page.value(field(NO_DEADLINE, "day")) == "2026-05-01"


def test_an_answer_is_taken_back(play: Play, sit: Sit) -> None:
    with march(2):
        draft = staged(play.office, listed(UNDATED))
        draft = imports.answer_questions(play.office, draft, {NO_DEADLINE: said("by_rule")})
        sit("office").send("import-take-back", draft.pk, version=draft.version, key=NO_DEADLINE, row="")

    assert ImportDraft.objects.get().answers == {"all": {}, "rows": {}}


# --- columns ---------------------------------------------------------------------------------------------------------
HEADED = ("序号", "要点", "牵头单位", "完成时限")


def unclear_columns(play: Play) -> ImportDraft:
    return staged(play.office, listed((1, "修好一条路", "县住建局", "6月"), header=HEADED))


def test_columns_are_said(play: Play, sit: Sit) -> None:
    with march(2):
        draft = unclear_columns(play)
        columns = {"column-0": "number", "column-1": "title", "column-2": "lead_agencies", "column-3": "deadline"}
        page = sit("office").send("import-columns", draft.pk, version=draft.version, header_row=2, **columns)

    assert [row.split()[1] for row in page.rows] == ["修好一条路"]


def test_a_thing_that_stands_once_stands_in_one_column(play: Play, sit: Sit) -> None:
    with march(2):
        draft = unclear_columns(play)
        columns = {f"column-{number}": "title" for number in range(4)}
        page = sit("office").send("import-columns", draft.pk, version=draft.version, header_row=2, **columns)

    assert (page.status, page.errors) == (422, ["有两列都选了“事项”：只能选一列。"])


def test_another_header_row_asks_for_the_columns_anew(play: Play, sit: Sit) -> None:
    with march(2):
        draft = staged(play.office, listed(PLAIN))
        columns = {f"column-{number}": "ignored" for number in range(6)}
        page = sit("office").send("import-columns", draft.pk, version=draft.version, header_row=3, **columns)

    assert (page.status, page.value("header_row")) == (200, "3")


# --- importing -------------------------------------------------------------------------------------------------------
def test_what_cannot_be_imported_yet_says_why(play: Play, sit: Sit) -> None:
    with march(2):
        draft = staged(play.office, listed(UNCLEAR))
        page = sit("office").open("import-rows", draft.pk)
        refused = sit("office").send("import-commit", draft.pk, version=draft.version)

    assert "还有 1 个问题没有回答" in page.html
    assert (refused.status, SupervisionOrder.objects.count()) == (422, 0)


def test_a_list_is_imported_and_leads_to_its_order(play: Play, sit: Sit) -> None:
    with march(2):
        draft = staged(play.office, listed(PLAIN))
        page = sit("office").send("import-commit", draft.pk, version=draft.version)

    assert (page.status, page.title, page.messages) == (200, draft.title, ["已导入 1 个事项。"])
    assert SupervisedTask.objects.get().state is TaskState.DRAFTED


def test_a_list_is_imported_and_assigned(play: Play, sit: Sit) -> None:
    with march(2):
        draft = staged(play.office, listed(PLAIN))
        sit("office").send("import-commit", draft.pk, version=draft.version, assign="on")

    assert SupervisedTask.objects.get().state is TaskState.ASSIGNED


def test_a_list_is_dropped(play: Play, sit: Sit) -> None:
    draft = staged(play.office, listed(PLAIN))

    page = sit("office").send("import-discard", draft.pk, version=draft.version)

    assert (page.messages, ImportDraft.objects.count()) == (["已放弃：没有保留任何内容。"], 0)


def test_a_file_that_was_imported_is_told(play: Play, sit: Sit) -> None:
    data = listed(PLAIN)
    with march(2):
        imports.commit_import(play.office, staged(play.office, data))
        page = sent(sit("office"), data)

    assert "这张工作表以前导入过。" in page.html


# --- ten thousand rows -----------------------------------------------------------------------------------------------
def test_columns_that_a_sheet_does_not_have_are_left_out(play: Play, sit: Sit) -> None:
    sent(sit("office"), divided())

    drafts = ImportDraft.objects.order_by("sheet_index")
    pages = [sit("office").open("import-rows", draft.pk).html for draft in drafts]

    assert [[f">{head}</th>" in html for head in ("责任领导", "配合单位")] for html in pages] == [
        [True, False],
        [False, True],
    ]


def test_a_long_list_is_shown_in_stretches_questions_first(play: Play, sit: Sit) -> None:
    rows = [(number, f"第{number}件事", "", "县住建局", "", "6月") for number in range(1, 121)]
    with march(2):
        draft = staged(play.office, listed(*rows, UNCLEAR))
        first = sit("office").open("import-rows", draft.pk)
        last = sit("office").open("import-rows", draft.pk, after="100")

    assert (len(first.rows), first.rows[0].split()[1], len(last.rows)) == (50, "建好一座桥", 21)


def test_pages_of_a_list_ask_the_database_little(
    play: Play, sit: Sit, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    rows = [(number, f"第{number}件事", "", "县住建局、县财政局", f"甲{number}局", "") for number in range(1, 201)]
    with march(2):
        draft = staged(play.office, listed(*rows))
        desk = sit("office")
        with django_assert_max_num_queries(40):
            desk.open("import-questions", draft.pk)


# --- on its way out --------------------------------------------------------------------------------------------------
def downloaded(response: object) -> list[tuple[object, ...]]:
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))


def test_the_register_is_downloaded_as_it_is_narrowed(play: Play, sit: Sit) -> None:
    with march(2):
        imports.commit_import(
            play.office, staged(play.office, listed(PLAIN, (2, "建桥", "", "县发改局", "", "长期坚持")))
        )
        response = sit("office").client.get("/supervision/register/export/?state=drafted&kind=continuing")

    assert response["Content-Disposition"].endswith(".xlsx")
    assert [row[2] for row in downloaded(response)[2:-1]] == ["建桥"]


def test_an_order_is_downloaded(play: Play, sit: Sit) -> None:
    with march(2):
        order = imports.commit_import(play.office, staged(play.office, listed(PLAIN)))
        response = sit("office").client.get(f"/supervision/orders/{order.pk}/export/")

    assert [row[2] for row in downloaded(response)[2:-1]] == ["修好一条路"]


@pytest.mark.parametrize(("who", "status"), [("works_head", 404), ("neighbor_office", 404), ("administrator", 403)])
def test_an_order_of_others_is_not_downloaded(play: Play, sit: Sit, who: str, status: int) -> None:
    with march(2):
        order = imports.commit_import(play.office, staged(play.office, listed(PLAIN)))

    assert sit(who).open("order-export", order.pk).status == status


@pytest.mark.parametrize("who", ["works_head", "township", "administrator", "enterprise"])
def test_an_agency_does_not_download_the_register(sit: Sit, who: str) -> None:
    assert sit(who).open("register-export").status == 403
