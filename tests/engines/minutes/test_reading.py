"""A text as a whole: meetings, what is kept beside the tasks, places, refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.minutes import gold
from sushui.engines.minutes import (
    LONGEST_TEXT,
    Gazetteer,
    Hints,
    MeetingKind,
    MinutesError,
    OwnerKind,
    Refusal,
    RemarkKind,
    YearReason,
    read_minutes,
)
from sushui.engines.readers import AgencyName

NEWS = (
    "全县产业项目推进会召开\n\n"
    "本报讯 3月12日，全县产业项目推进会在高新园区召开。县委书记林某某出席会议并讲话，县委副书记、县长江某某主持会议。"
    "县委常委、常务副县长，县政协副主席参加会议。\n"
    "林某某指出，去年全县完成投资63.2亿元，形成三大产业板块，实施了总投资8.5亿元的玻璃纤维项目。\n"
    "林某某强调，县工信局要梳理问题清单，月底前报县政府。会议原则同意园区扩区方案。\n"
    "江某某要求，县财政局统筹安排前期经费。玻璃纤维项目预计9月底投产。\n"
    "李某某\n\n"
    "县领导检查春灌\n\n"
    "本报讯 3月13日，副县长到石桥乡检查春灌工作。\n"
)


@pytest.fixture(scope="module")
def news():
    return read_minutes(NEWS, hints=Hints(year=2026))


def refusal(text):
    with pytest.raises(MinutesError) as refused:
        read_minutes(text)
    return refused.value.code


def test_two_reports_are_two_meetings(news):
    assert [(meeting.kind, meeting.title) for meeting in news.meetings] == [
        (MeetingKind.MEETING, "全县产业项目推进会召开"),
        (MeetingKind.INSPECTION, "县领导检查春灌"),
    ]


def test_meeting_has_its_day_place_and_chair(news):
    meeting = news.meetings[0]

    assert (meeting.held.on, meeting.held.reason) == (date(2026, 3, 12), YearReason.GIVEN)
    assert (meeting.place, meeting.chair.post, meeting.chair.name) == ("高新园区", "县委副书记、县长", "江某某")


def test_who_was_present_is_told_with_the_post(news):
    assert [(attendee.post, attendee.name) for attendee in news.meetings[0].present] == [
        ("县委书记", "林某某"),
        ("县委常委、常务副县长", ""),
        ("县政协副主席", ""),
    ]


def test_speakers_are_told_apart(news):
    assert [(draft.action, draft.speaker) for draft in news.drafts] == [
        ("要梳理问题清单，月底前报县政府", "林某某"),
        ("统筹安排前期经费", "江某某"),
    ]


def test_decision_and_forecast_are_remarks(news):
    assert [(remark.kind, remark.words) for remark in news.meetings[0].remarks] == [
        (RemarkKind.DECISION, "会议原则同意园区扩区方案"),
        (RemarkKind.FORECAST, "玻璃纤维项目预计9月底投产"),
    ]


def test_figures_say_what_they_measure(news):
    assert [(figure.value, figure.unit, figure.measures) for figure in news.meetings[0].figures] == [
        (Decimal("63.2"), "亿元", "投资"),
        (Decimal(3), "大", "产业板块"),
        (Decimal("8.5"), "亿元", "总投资"),
    ]


def test_project_with_a_name_is_named(news):
    assert [project.name for project in news.meetings[0].projects] == ["玻璃纤维项目"]


def test_report_without_a_task_gives_none(news):
    assert news.meetings[1].drafts == ()


def test_spans_lead_back_to_the_text_as_it_was_given(news):
    draft = news.drafts[0]

    assert NEWS[draft.span.start : draft.span.end] == "要梳理问题清单，月底前报县政府"
    assert NEWS[draft.sentence_span.start : draft.sentence_span.end].startswith("林某某强调")
    assert NEWS[draft.owners[0].span.start : draft.owners[0].span.end] == "县工信局"
    assert NEWS[draft.deadline.span.start : draft.deadline.span.end] == "月底前"


def test_year_that_nobody_said_is_not_known():
    reading = read_minutes(NEWS)

    assert (reading.meetings[0].held.on, reading.meetings[0].held.reason) == (None, YearReason.UNKNOWN)
    assert reading.drafts[0].deadline.on is None


@pytest.mark.parametrize(
    ("text", "on", "reason"),
    [
        ("2026年3月12日，县长主持召开会议。", date(2026, 3, 12), YearReason.STATED),
        ("专题会议纪要\n〔2026〕5号\n3月12日，副县长主持召开会议。", date(2026, 3, 12), YearReason.HEADING),
        ("会议纪要\n3月12日，县长主持会议。\n县政府办公室\n2026年3月15日", date(2026, 3, 12), YearReason.CLOSING),
        ("会议纪要\n12月30日，县长主持会议。\n县政府办公室\n2026年1月5日", date(2025, 12, 30), YearReason.CLOSING),
        ("会议时间：2026/3/12 15:00\n主持人：县长\n县长讲话。", date(2026, 3, 12), YearReason.STATED),
    ],
)
def test_day_of_a_meeting_says_why_it_has_its_year(text, on, reason):
    held = read_minutes(text).meetings[0].held

    assert (held.on, held.reason) == (on, reason)


def test_year_of_a_plan_is_not_the_year_of_its_meeting():
    text = "全县2027年项目谋划会召开\n本报讯 12月15日，县委书记主持召开全县2027年项目谋划会。"

    assert read_minutes(text).meetings[0].held.on is None


def test_owner_of_the_gazetteer_has_its_key():
    gazetteer = Gazetteer.of((AgencyName("finance", ("云溪县财政局", "财政局")),), division="云溪县")
    (draft,) = read_minutes("会议要求，县财政局要拨付资金。", gazetteer=gazetteer).drafts

    assert [(owner.name, owner.key, owner.kind) for owner in draft.owners] == [("县财政局", "finance", OwnerKind.NAMED)]


def test_project_of_the_gazetteer_is_found_whatever_it_is_called():
    reading = read_minutes("会议听取了古渡口片区进展情况。", gazetteer=Gazetteer(projects=("古渡口片区",)))

    assert [project.name for project in reading.meetings[0].projects] == ["古渡口片区"]


def test_every_draft_names_its_pattern():
    drafts = [draft for text in gold() for draft in read_minutes(text.text, hints=text.hints).drafts]

    assert [draft.action for draft in drafts if not draft.pattern] == []


def test_owners_and_words_of_drafts_stand_in_the_text():
    for text in gold():
        flat = "".join(text.text.split())
        drafts = read_minutes(text.text, hints=text.hints).drafts
        said = [owner.name for draft in drafts for owner in draft.owners]
        said += [draft.deadline.words for draft in drafts if draft.deadline]

        assert [words for words in said if words not in flat] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Refusal.EMPTY),
        (" \n\t", Refusal.EMPTY),
        ("The meeting was held on Monday and nothing was asked of anybody.", Refusal.NOT_CHINESE),
        ("123456", Refusal.NOT_CHINESE),
        ("会" * (LONGEST_TEXT + 1), Refusal.TOO_LONG),
        ("会议\x00纪要", Refusal.CONTROL_CHARACTERS),
        ("会议\x07纪要", Refusal.CONTROL_CHARACTERS),
        ("会议\ufffd纪要", Refusal.CONTROL_CHARACTERS),
    ],
)
def test_text_is_refused_by_its_code(text, code):
    assert refusal(text) == code


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "县财政局",
                "要",
                "由",
                "牵头",
                "，",
                "。",
                "\n",
                "（",
                "）",
                "：",
                "6月底前",
                "完成",
                "责任单位",
                "一、",
                "\t",
                "“",
            ]
        )
    )
)
def test_whatever_is_written_is_read(pieces):
    text = "会" + "".join(pieces)

    for draft in read_minutes(text).drafts:
        assert draft.action == "".join(text[draft.span.start : draft.span.end].split())
