"""What is understood of a list, and what is asked: an owner or a date is never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.supervision.enums import ColumnMeaning, DeadlineDoubt, NodeCycle, RowDoubt, SheetDoubt, TaskKind
from sushui.supervision.services.imports import Answer, answer_questions, map_columns, stage_import, understand_import
from sushui.supervision.services.orders import TaskDraft
from tests.supervision.imports.lists import HEADER, PLAIN, asked, divided, listed, said, staged, workbook
from tests.supervision.imports.shared import REAL_LISTS
from tests.supervision.play import Play, march


def drafts_of(play: Play, *rows: tuple[object, ...], **answers: Answer) -> list[TaskDraft]:
    """What the rows become in March 2026, the answers given."""
    with march(2):
        draft = answer_questions(play.office, staged(play.office, listed(*rows)), answers)
        return understand_import(play.office, draft).drafts


def questions_of(play: Play, *rows: tuple[object, ...]) -> list[tuple[str, tuple[int, ...]]]:
    with march(2):
        return asked(play.office, staged(play.office, listed(*rows)))


def row(title: str = "修好一条路", leader: str = "", lead: str = "", supporting: str = "", until: object = "6月底前"):
    return (1, title, leader, lead or "县住建局", supporting, until)


def test_a_plain_row_becomes_a_draft(play: Play) -> None:
    agencies, posts = play.county.agencies, play.county.posts

    drafts = drafts_of(play, PLAIN)

    assert drafts == [
        TaskDraft(
            title="修好一条路",
            lead_agency_id=agencies["works"].pk,
            supporting_agency_ids=(agencies["finance"].pk,),
            deadline_on=date(2026, 6, 30),
            deadline_text="6月底前",
            leader_post_id=posts["leader"].pk,
            leader_text="常务副县长",
        )
    ]


def test_a_leader_whom_nobody_is_called_stays_words(play: Play) -> None:
    (draft,) = drafts_of(play, row(leader="分管招商的副主任"))

    assert (draft.leader_post_id, draft.leader_text) == (None, "分管招商的副主任")


def test_a_group_becomes_its_members(play: Play) -> None:
    (draft,) = drafts_of(play, row(supporting="各乡镇人民政府"))

    assert draft.supporting_agency_ids == (play.county.agencies["gujiang"].pk, play.county.agencies["hengshui"].pk)


def test_continuing_work_reports_quarterly(play: Play) -> None:
    (draft,) = drafts_of(play, row(until="长期坚持"))

    assert (draft.kind, draft.node_cycle, draft.deadline_on) == (TaskKind.CONTINUING, NodeCycle.QUARTERLY, None)


def test_a_section_stands_on_each_of_its_rows(play: Play) -> None:
    data = workbook([("2026年清单",), HEADER, ("一、项目建设",), row(title="修好一条路"), row(title="建好一座桥")])

    with march(2):
        drafts = understand_import(play.office, staged(play.office, data)).drafts

    assert [draft.section for draft in drafts] == ["一、项目建设", "一、项目建设"]


# --- agencies --------------------------------------------------------------------------------------------------------
def test_an_unknown_agency_is_asked_once_for_all_rows(play: Play) -> None:
    rows = [row(lead="县药发中心"), row(supporting="县药发中心", title="建好一座桥")]

    assert questions_of(play, *rows) == [("unknown_agency:县药发中心", (3, 4))]


def test_an_answer_about_a_name_holds_in_every_column(play: Play) -> None:
    rows = [row(lead="县药发中心"), row(supporting="县药发中心", title="建好一座桥")]
    works, reform = play.county.agencies["works"].pk, play.county.agencies["reform"].pk

    drafts = drafts_of(play, *rows, **{"unknown_agency:县药发中心": said("agencies", reform)})

    assert [(draft.lead_agency_id, draft.supporting_agency_ids) for draft in drafts] == [
        (reform, ()),
        (works, (reform,)),
    ]


def test_a_similar_name_is_offered_and_not_taken(play: Play) -> None:
    with march(2):
        understood = understand_import(play.office, staged(play.office, listed(row(lead="县住建管理局"))))

    (asking,) = understood.questions
    assert asking.question.agency_ids[0] == play.county.agencies["works"].pk
    assert understood.drafts == []


def test_a_name_left_out_is_kept_in_the_note(play: Play) -> None:
    (draft,) = drafts_of(play, row(supporting="县药发中心"), **{"unknown_agency:县药发中心": said("leave_out")})

    assert (draft.supporting_agency_ids, draft.note.endswith("县药发中心")) == ((), True)


def test_an_agency_of_another_county_is_no_answer(play: Play) -> None:
    stranger = play.county.agencies["neighbor_office"].pk

    drafts = drafts_of(play, row(lead="县药发中心"), **{"unknown_agency:县药发中心": said("agencies", stranger)})

    assert drafts == []


def test_who_is_concerned_is_asked(play: Play) -> None:
    assert questions_of(play, row(supporting="县政府有关部门")) == [("undetermined_group:县政府有关部门", (3,))]


def test_and_others_asks_who_else(play: Play) -> None:
    agencies = play.county.agencies
    reform, finance = agencies["reform"].pk, agencies["finance"].pk
    asking = row(supporting="县发改局等部门")

    (draft,) = drafts_of(play, asking, **{"open_ended:县发改局": said("agencies", finance)})

    assert draft.supporting_agency_ids == (reform, finance)


def test_a_row_without_an_owner_is_asked(play: Play) -> None:
    assert questions_of(play, (1, "修好一条路", "", "", "县财政局", "6月底前")) == [("no_lead", (3,))]


def test_a_row_without_an_owner_becomes_a_draft_when_a_person_wants_it(play: Play) -> None:
    (draft,) = drafts_of(play, (1, "修好一条路", "", "", "县财政局", "6月底前"), no_lead=said("no_lead"))

    assert (draft.lead_agency_id, draft.supporting_agency_ids) == (None, (play.county.agencies["finance"].pk,))


# --- several who lead ------------------------------------------------------------------------------------------------
TWO = "several_leads:县住建局、县财政局"


def led(play: Play, answer: Answer) -> list[tuple[int | None, tuple[int, ...]]]:
    drafts = drafts_of(play, row(lead="县住建局、县财政局", supporting="县发改局"), **{TWO: answer})
    return [(draft.lead_agency_id, draft.supporting_agency_ids) for draft in drafts]


def test_several_leads_are_asked(play: Play) -> None:
    assert questions_of(play, row(lead="县住建局、县财政局")) == [(TWO, (3,))]


def test_the_first_leads_when_a_person_says_so(play: Play) -> None:
    works, finance, reform = (play.county.agencies[key].pk for key in ("works", "finance", "reform"))

    assert led(play, said("first_leads")) == [(works, (finance, reform))]


def test_another_leads_when_a_person_says_so(play: Play) -> None:
    works, finance, reform = (play.county.agencies[key].pk for key in ("works", "finance", "reform"))

    assert led(play, said("one_leads", finance)) == [(finance, (works, reform))]


def test_each_gets_a_task_when_a_person_says_so(play: Play) -> None:
    works, finance, reform = (play.county.agencies[key].pk for key in ("works", "finance", "reform"))

    assert led(play, said("each_leads")) == [(works, (reform,)), (finance, (reform,))]


def test_nobody_leads_who_was_not_named(play: Play) -> None:
    assert led(play, said("one_leads", play.county.agencies["reform"].pk)) == []


def test_a_group_that_leads_has_no_first(play: Play) -> None:
    with march(2):
        understood = understand_import(play.office, staged(play.office, listed(row(lead="各乡镇人民政府"))))

    (asking,) = understood.questions
    assert asking.question.choices == ("one_leads", "each_leads")


def test_of_two_names_one_left_out_the_other_leads(play: Play) -> None:
    answers = {"unknown_agency:县药发中心": said("leave_out")}

    (draft,) = drafts_of(play, row(lead="县药发中心、县住建局"), **answers)

    assert draft.lead_agency_id == play.county.agencies["works"].pk


def test_the_first_leads_no_longer_when_the_first_was_left_out(play: Play) -> None:
    names = "县药发中心、县住建局、县财政局"
    answers = {"unknown_agency:县药发中心": said("leave_out"), f"several_leads:{names}": said("first_leads")}

    assert drafts_of(play, row(lead=names), **answers) == []


# --- deadlines -------------------------------------------------------------------------------------------------------
def dated(play: Play, until: object, answer: Answer) -> tuple[TaskKind, date | None, str]:
    with march(2):
        draft = staged(play.office, listed(row(until=until)))
        ((key, _rows),) = asked(play.office, draft)
        draft = answer_questions(play.office, draft, {key: answer})
        (made,) = understand_import(play.office, draft).drafts
    return made.kind, made.deadline_on, made.deadline_text


def test_a_missing_deadline_is_asked(play: Play) -> None:
    assert questions_of(play, row(until=None)) == [("deadline:nothing_written", (3,))]


def test_a_deadline_that_has_passed_is_asked(play: Play) -> None:
    assert questions_of(play, row(until="2026年2月底前")) == [("deadline:passed:2026年2月底前", (3,))]


def test_a_passed_deadline_gets_a_new_day_and_keeps_its_words(play: Play) -> None:
    found = dated(play, "2026年2月底前", said("on_day", day=date(2026, 5, 1)))

    assert found == (TaskKind.GENERAL, date(2026, 5, 1), "2026年2月底前")


def test_a_passed_deadline_may_stay(play: Play) -> None:
    found = dated(play, "2026年2月底前", said("as_given"))

    assert found == (TaskKind.GENERAL, date(2026, 2, 28), "2026年2月底前")


def test_without_a_deadline_the_limit_of_the_kind_may_hold(play: Play) -> None:
    assert dated(play, None, said("by_rule")) == (TaskKind.GENERAL, None, "")


def test_without_a_deadline_it_may_be_continuing_work(play: Play) -> None:
    assert dated(play, None, said("continuing")) == (TaskKind.CONTINUING, None, "")


def test_a_length_of_time_offers_its_day_from_the_day_of_the_list(play: Play) -> None:
    with march(2):
        understood = understand_import(play.office, staged(play.office, listed(row(until="5个工作日内"))))

    (asking,) = understood.questions
    assert (asking.question.deadline, asking.question.days) == ("within", (date(2026, 3, 9),))


def test_the_year_of_a_list_is_asked_where_nothing_says_it(play: Play) -> None:
    with march(2):
        draft = staged(play.office, listed(row(), title="重点工作清单"))
        before = asked(play.office, draft)
        after = asked(play.office, staged(play.office, listed(row(), title="重点工作清单 "), year=2026))

    assert (before, after) == ([("deadline:year_missing:6月底前", (3,))], [])


# --- titles and answers for one row ----------------------------------------------------------------------------------
def test_a_row_without_a_task_can_be_given_one(play: Play) -> None:
    (draft,) = drafts_of(play, row(title=""), **{"no_title:3": said("title", text="通好一条渠")})

    assert draft.title == "通好一条渠"


def test_a_row_without_a_task_can_be_left_out(play: Play) -> None:
    assert drafts_of(play, row(title=""), PLAIN, **{"no_title:3": said("leave_out")}) == drafts_of(play, PLAIN)


def test_an_answer_for_one_row_wins_over_the_one_for_all(play: Play) -> None:
    rows = [row(until=None), row(until=None, title="建好一座桥")]
    key, days = "deadline:nothing_written", [date(2026, 5, 1), date(2026, 6, 1)]
    with march(2):
        draft = answer_questions(play.office, staged(play.office, listed(*rows)), {key: said("on_day", day=days[0])})
        draft = answer_questions(play.office, draft, {key: said("on_day", day=days[1])}, row_number=4)
        found = understand_import(play.office, draft).drafts

    assert [made.deadline_on for made in found] == days


def test_an_answer_can_be_taken_back(play: Play) -> None:
    key = "deadline:nothing_written"
    with march(2):
        draft = answer_questions(play.office, staged(play.office, listed(row(until=None))), {key: said("by_rule")})
        draft = answer_questions(play.office, draft, {key: None})
        found = asked(play.office, draft)

    assert found == [(key, (3,))]


# --- columns ---------------------------------------------------------------------------------------------------------
def test_a_heading_that_is_not_known_is_asked(play: Play) -> None:
    data = workbook(
        [("2026年清单",), ("序号", "重点工作", "牵头单位", "完成时限", "要点"), (1, "修路", "县住建局", "6月底前", "")]
    )

    with march(2):
        understood = understand_import(play.office, staged(play.office, data))

    assert understood.sheet_doubts == (SheetDoubt.UNKNOWN_COLUMN,)


def test_columns_that_a_person_named_are_read_so(play: Play) -> None:
    data = workbook([("甲", "乙", "丙"), ("修路", "县住建局", "2026年6月")])
    meanings = {0: ColumnMeaning.TITLE, 1: ColumnMeaning.LEAD, 2: ColumnMeaning.DEADLINE}
    with march(2):
        draft = staged(play.office, data)
        before = understand_import(play.office, draft).sheet_doubts
        draft = map_columns(play.office, draft, meanings=meanings, header_row=1)
        (made,) = understand_import(play.office, draft).drafts

    assert before == (SheetDoubt.NO_HEADER,)
    assert (made.title, made.deadline_on) == ("修路", date(2026, 6, 30))


@pytest.mark.skipif(not REAL_LISTS.exists(), reason="the real lists are not at hand")
def test_the_real_lists_are_understood_as_they_are(play: Play) -> None:
    with march(2):
        drafts = stage_import(play.office, file_name="清单.xlsx", data=REAL_LISTS.read_bytes())
        first, second = (understand_import(play.office, draft) for draft in drafts)

    assert (first.reading.year, first.sheet_doubts, len(first.rows), len(first.reading.skipped)) == (2025, (), 3, 0)
    assert (second.reading.year, second.sheet_doubts, len(second.rows), len(second.reading.skipped)) == (2025, (), 6, 1)
    assert {row.row.deadline.doubt for row in first.rows} == {DeadlineDoubt.PASSED}
    assert {row.row.deadline.doubt for row in second.rows} == {DeadlineDoubt.NOTHING_WRITTEN}
    assert (first.drafts, second.drafts) == ([], [])


def test_a_list_of_two_shapes_is_understood_as_it_is(play: Play) -> None:
    with march(2):
        first, second = (
            understand_import(play.office, draft)
            for draft in stage_import(play.office, file_name="清单.xlsx", data=divided())
        )

    assert (first.reading.title, first.reading.year, len(first.rows)) == ("2025年开发区重点任务清单", 2025, 2)
    assert (second.reading.header_row, len(second.rows), len(second.reading.skipped)) == (2, 2, 1)
    assert {each.question.doubt for each in first.questions} == {
        RowDoubt.UNKNOWN_AGENCY,
        RowDoubt.SEVERAL_LEADS,
        RowDoubt.DEADLINE,
    }
    assert ("empty_group:街道办事处", (4,)) in [(each.question.key, each.rows) for each in second.questions]
