"""Liaisons from a workbook: nothing is guessed, all or none; what is exported imports again unchanged."""

from __future__ import annotations

import io
from datetime import date

import pytest

from sushui.documents.services import Column, ColumnKind, Table, open_workbook, render_workbook
from sushui.kernel.errors import Forbidden, NotFound, StaleRecord
from sushui.kernel.models import AuditLine
from sushui.liaison import queries, services
from sushui.liaison.adapter import day_of
from sushui.liaison.enums import ListDoubt
from sushui.liaison.models import Liaison, LiaisonList
from sushui.liaison.queries import SubjectFilter
from tests.liaison.play import LiaisonPlay
from tests.liaison.test_liaisons import refusal

HEADINGS = ("项目名称", "包联领导", "包联单位", "服务专员", "起始日期", "截止日期", "文件依据")
FIRST = "2026-04-01"


def workbook(*rows: tuple[object, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """A list as an office would send it; rows are filled up with blanks."""
    filled = tuple((*row, *[None] * (len(headings) - len(row))) for row in rows)
    kinds = {"起始日期": ColumnKind.DATE}
    columns = tuple(Column(heading, kinds.get(heading, ColumnKind.TEXT)) for heading in headings)
    return render_workbook(Table("县级领导包联重点项目名单", columns, filled, notes=("以文件为准",)))  # type: ignore[arg-type]


def staged(play: LiaisonPlay, *rows: tuple[object, ...], key: str = "office", **more: object) -> LiaisonList:
    return services.stage_list(play.viewer(key), file_name="包联.xlsx", data=workbook(*rows, **more))  # type: ignore[arg-type]


def doubts(play: LiaisonPlay, listed: LiaisonList) -> list[tuple[ListDoubt, str, tuple[int, ...]]]:
    questions = services.read_list(play.viewer("office"), listed).questions
    return [(each.doubt, each.text, each.rows) for each in questions]


def standing() -> list[tuple[str, str, date, date | None, str]]:
    rows = Liaison.objects.order_by("subject__label", "role", "from_on").select_related("post__agency", "agency")
    return [(row.role.value, str(row.post or row.agency), row.from_on, row.to_on, row.source) for row in rows]


# --- what is plain ----------------------------------------------------------------------------------------------------
def test_a_plain_list_is_imported_as_it_stands(play: LiaisonPlay) -> None:
    play.project()
    who = ("常务副县长", "县住建局", "县住建局经办人")
    listed = staged(play, ("涑水光伏电站", *who, date(2026, 4, 1), "2026年12月31日", "县办〔2026〕3号"))

    reading = services.import_list(play.viewer("office"), listed)

    end = date(2026, 12, 31)
    assert (len(reading.drafts), reading.is_settled) == (3, True)
    assert standing() == [
        ("agency", "县住建局", date(2026, 4, 1), end, "县办〔2026〕3号"),
        ("leader", "县政府 常务副县长", date(2026, 4, 1), end, "县办〔2026〕3号"),
        ("officer", "县住建局 经办人", date(2026, 4, 1), end, "县办〔2026〕3号"),
    ]


POST = ["常务副县长", "县政府 常务副县长", "绛县人民政府常务副县长", " 常务\n副县长 ", "县政府常务副县长"]


@pytest.mark.parametrize("said", POST)
def test_a_post_is_known_by_its_names_and_by_who_holds_it(play: LiaisonPlay, said: str) -> None:
    play.project()

    assert doubts(play, staged(play, ("涑水光伏电站", said, None, None, FIRST))) == []


def test_who_stands_there_already_goes_on_standing(play: LiaisonPlay) -> None:
    play.staffed()
    listed = staged(play, ("涑水光伏电站", "常务副县长", "县住建局", "县住建局经办人", FIRST))

    reading = services.import_list(play.viewer("office"), listed)

    assert (reading.unchanged, reading.drafts, Liaison.objects.count()) == (3, [], 3)


def test_a_new_name_takes_the_place_of_the_old_one_from_its_day_on(play: LiaisonPlay) -> None:
    play.staffed()
    listed = staged(play, ("涑水光伏电站", None, "县财政局", None, FIRST))
    assert [str(each.agency) for each in services.read_list(play.viewer("office"), listed).replaced] == ["县住建局"]

    services.import_list(play.viewer("office"), listed)

    agencies = [row[1:4] for row in standing() if row[0] == "agency"]
    assert agencies == [("县住建局", date(2026, 3, 1), date(2026, 3, 31)), ("县财政局", date(2026, 4, 1), None)]


def test_notes_and_empty_rows_are_no_rows(play: LiaisonPlay) -> None:
    play.project()

    listed = staged(play, ("涑水光伏电站", "常务副县长", None, None, FIRST), (None,), (None, None, None, None, FIRST))

    assert [row["number"] for row in listed.rows] == [3]


# --- what is asked ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        ((None, "常务副县长", None, None, FIRST), ListDoubt.NO_SUBJECT),
        (("涑水光伏", "常务副县长", None, None, FIRST), ListDoubt.UNKNOWN_SUBJECT),
        (("同名项目", "常务副县长", None, None, FIRST), ListDoubt.SEVERAL_SUBJECTS),
        (("涑水光伏电站", None, None, None, FIRST), ListDoubt.NOBODY),
        (("涑水光伏电站", "张副县长", None, None, FIRST), ListDoubt.UNKNOWN_POST),
        (("涑水光伏电站", "县住建局局长", None, None, FIRST), ListDoubt.UNKNOWN_POST),
        (("涑水光伏电站", None, None, "局长", FIRST), ListDoubt.SEVERAL_POSTS),
        (("涑水光伏电站", None, "县住建", None, FIRST), ListDoubt.UNKNOWN_AGENCY),
        (("涑水光伏电站", "常务副县长", None, None, None), ListDoubt.NO_DAY),
        (("涑水光伏电站", "常务副县长", None, None, "四月"), ListDoubt.NO_DAY),
        (("涑水光伏电站", "常务副县长", None, None, FIRST, "年底"), ListDoubt.BAD_END),
        (("涑水光伏电站", "常务副县长", None, None, FIRST, "2026-03-31"), ListDoubt.BAD_END),
    ],
)
def test_what_is_not_plain_is_asked_and_never_guessed(
    play: LiaisonPlay, row: tuple[object, ...], doubt: ListDoubt
) -> None:
    for label in ("涑水光伏电站", "同名项目", "同名项目"):
        play.project(label)
    if row[0] is None:
        row = (None, *row[1:])

    listed = staged(play, row)

    assert [each[0] for each in doubts(play, listed)] == [doubt]
    assert refusal(services.import_list, play.viewer("office"), listed) == "list_open"
    assert Liaison.objects.count() == 0


def test_one_question_stands_for_all_rows_that_ask_it(play: LiaisonPlay) -> None:
    play.project("甲项目")
    play.project("乙项目")

    listed = staged(play, ("甲项目", "张副县长", None, None, FIRST), ("乙项目", "张副县长", None, None, FIRST))

    assert doubts(play, listed) == [(ListDoubt.UNKNOWN_POST, "张副县长", (3, 4))]


def test_answers_settle_the_list(play: LiaisonPlay) -> None:
    play.project()
    listed = staged(play, ("涑水光伏电站", "张副县长", "住建", None, None))
    answers = {
        "leader:张副县长": play.county.posts["leader"].pk,
        "agency:住建": services.LEAVE_OUT,
        "day:from_on": "2026-05-01",
    }

    answered = services.answer_list(play.viewer("office"), listed, answers)
    services.import_list(play.viewer("office"), answered)

    assert standing() == [("leader", "县政府 常务副县长", date(2026, 5, 1), None, "")]


def test_a_similar_subject_is_offered_and_taken_only_when_chosen(play: LiaisonPlay) -> None:
    subject = play.project()
    listed = staged(play, ("涑水光伏", "常务副县长", None, None, FIRST))
    offered = services.read_list(play.viewer("office"), listed).questions[0]

    answered = services.answer_list(play.viewer("office"), listed, {offered.key: subject.pk})

    assert [number for number, _label in offered.choices] == [subject.pk]
    assert [draft.subject_id for draft in services.read_list(play.viewer("office"), answered).drafts] == [subject.pk]


def test_a_row_may_be_left_out(play: LiaisonPlay) -> None:
    listed = staged(play, ("没有的项目", "常务副县长", None, None, FIRST))

    answered = services.answer_list(play.viewer("office"), listed, {"subject:没有的项目": services.LEAVE_OUT})

    reading = services.read_list(play.viewer("office"), answered)
    assert (reading.is_settled, reading.left_out, reading.drafts) == (True, 1, [])


UNFIT = [{"leader:没人问": 1}, {"leader:张副县长": 999_999}, {"leader:张副县长": "2026-01-01"}]


@pytest.mark.parametrize("answers", UNFIT)
def test_an_answer_that_was_not_offered_is_refused(play: LiaisonPlay, answers: dict[str, int | str]) -> None:
    play.project()
    listed = staged(play, ("涑水光伏电站", "张副县长", None, None, FIRST))

    assert refusal(services.answer_list, play.viewer("office"), listed, answers) == "answer_unfit"


def test_all_rows_land_or_none(play: LiaisonPlay) -> None:
    taken = play.project("乙项目")
    play.project("甲项目")
    play.appoint(taken, from_on=date(2026, 9, 1))
    listed = staged(play, ("甲项目", "常务副县长", None, None, FIRST), ("乙项目", "常务副县长", None, None, FIRST))

    assert refusal(services.import_list, play.viewer("office"), listed) == "liaison_taken"
    assert Liaison.objects.count() == 1
    assert LiaisonList.objects.get().imported_at is None


def test_a_list_is_imported_once(play: LiaisonPlay) -> None:
    play.project()
    listed = staged(play, ("涑水光伏电站", "常务副县长", None, None, FIRST))
    services.import_list(play.viewer("office"), listed, seen_version=1)

    with pytest.raises(StaleRecord):
        services.import_list(play.viewer("office"), listed, seen_version=1)
    with pytest.raises(NotFound):
        queries.list_for(play.viewer("office"), listed.pk)


@pytest.mark.parametrize("key", ["leader", "works_head", "bank", "administrator"])
def test_only_the_offices_read_lists_in(play: LiaisonPlay, key: str) -> None:
    with pytest.raises(Forbidden):
        staged(play, ("涑水光伏电站", "常务副县长"), key=key)


def test_a_list_is_gone_on_with_by_the_post_that_sent_it(play: LiaisonPlay) -> None:
    listed = staged(play, ("涑水光伏电站", "张副县长", None, None, FIRST))

    with pytest.raises(Forbidden):
        services.discard_list(play.viewer("office_second"), listed)
    services.discard_list(play.viewer("office"), listed)

    assert LiaisonList.objects.count() == 0
    assert [line.verb for line in AuditLine.objects.order_by("pk")] == ["stage_liaison_list", "discard_liaison_list"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"hello", "text_file"),
        (workbook(("x",), headings=("天气", "心情")), "no_liaison_heading"),
        (workbook(), "list_empty"),
    ],
)
def test_what_is_no_liaison_list_is_refused_in_words(play: LiaisonPlay, data: bytes, code: str) -> None:
    assert refusal(services.stage_list, play.viewer("office"), file_name="x.xlsx", data=data) == code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("2026.3.1", date(2026, 3, 1)),
        ("2026年3月1日", date(2026, 3, 1)),
        ("2026/12/31", date(2026, 12, 31)),
        ("2026-02-30", None),
        ("三月", None),
        ("", None),
    ],
)
def test_days_are_read_as_they_are_written(text: str, day: date | None) -> None:
    assert day_of(text) == day


# --- out and in again -------------------------------------------------------------------------------------------------
def exported(play: LiaisonPlay, text: str = "") -> bytes:
    made = io.BytesIO()
    services.export_liaisons(play.viewer("office"), SubjectFilter(text=text), made)
    return made.getvalue()


def test_what_is_exported_imports_again_unchanged(play: LiaisonPlay) -> None:
    subject = play.staffed("=同名项目")
    play.staffed("=同名项目")
    officer = Liaison.objects.get(subject=subject, role="officer")
    services.end_liaison(play.viewer("office"), officer, last_on=date(2026, 8, 1))
    play.appoint(subject, "officer", "finance_handler", from_on=date(2026, 8, 2), source="县办〔2026〕9号")
    before = standing()

    listed = services.stage_list(play.viewer("office"), file_name="包联台账.xlsx", data=exported(play))
    reading = services.import_list(play.viewer("office"), listed)

    assert (reading.unchanged, reading.drafts, standing()) == (7, [], before)


def test_an_export_holds_what_the_filters_leave_and_says_so_in_the_chain(play: LiaisonPlay) -> None:
    play.staffed("甲项目")
    play.staffed("乙项目")

    sheet = open_workbook(exported(play, "甲项目")).sheets[0]

    assert [row[1] for row in sheet.rows[1:3]] == ["包联对象", "甲项目"]
    assert AuditLine.objects.get(verb="export_liaisons").after == {"rows": 1, "filter": {"text": "甲项目"}}


def test_a_leader_exports_nothing(play: LiaisonPlay) -> None:
    with pytest.raises(Forbidden):
        services.export_liaisons(play.viewer("leader"), SubjectFilter(), io.BytesIO())
