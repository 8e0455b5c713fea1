"""Deadlines in a sentence: which are found, and which day they mean."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.engines.calendar import official_table
from sushui.engines.minutes import DeadlineForm, Span, YearReason
from sushui.engines.minutes.dates import Found, When, deadlines, labeled, resolved, whole_deadline
from sushui.engines.minutes.lexicon import words

SPAN = Span(0, 1)
THURSDAY = When(date(2026, 3, 12))


def found_in(text):
    return [found.words for found in deadlines(text)]


def read(text, when=THURSDAY):
    found = labeled(text)
    assert found is not None
    return resolved(found, SPAN, when)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("于3月底前完成选址", ["3月底前"]),
        ("6月20日前取得批复，年底前建成", ["6月20日前", "年底前"]),
        ("确保2026年10月底建成投用", ["2026年10月底"]),
        ("一周内与群众签订协议", ["一周内"]),
        ("会后3个工作日内上报", ["会后3个工作日内"]),
        ("本周五前交到县里", ["本周五前"]),
        ("下周内给出建议", ["下周内"]),
        ("春节前开展检查", ["春节前"]),
        ("在汛期前完成鉴定", ["汛期前"]),
        ("下次会议前提交方案", ["下次会议前"]),
        ("每月至少巡查一次", ["每月"]),
        ("长期坚持", ["长期坚持"]),
        ("办结后两日内反馈", ["办结后两日内"]),
        ("一季度完成可研，上半年开工", ["一季度", "上半年"]),
        ("于6月中旬开展督查", ["6月中旬"]),
    ],
)
def test_deadline_is_found(text, expected):
    assert found_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "12月15日召开会议",
        "对2023年以来发行的债券开展评价",
        "近年来城区排水能力有所提高",
        "前三季度全县排名第五",
        "压缩到5个工作日",
        "落实3月2日印发的通知",
        "从6月1日起执行",
        "提前3小时发布预警",
        "第3次会议",
        "全年任务",
    ],
)
def test_day_that_ends_nothing_is_no_deadline(text):
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月底前", date(2026, 3, 31)),
        ("2026年6月底", date(2026, 6, 30)),
        ("6月20日前", date(2026, 6, 20)),
        ("6月20日下班前", date(2026, 6, 20)),
        ("6月中旬", date(2026, 6, 20)),
        ("年底前", date(2026, 12, 31)),
        ("年内", date(2026, 12, 31)),
        ("月底前", date(2026, 3, 31)),
        ("下月底前", date(2026, 4, 30)),
        ("上半年", date(2026, 6, 30)),
        ("三季度末", date(2026, 9, 30)),
        ("明年3月底前", date(2027, 3, 31)),
        ("本周五前", date(2026, 3, 13)),
        ("本周内", date(2026, 3, 15)),
        ("下周内", date(2026, 3, 22)),
        ("一周内", date(2026, 3, 19)),
        ("会后一周内", date(2026, 3, 19)),
        ("半个月内", date(2026, 3, 27)),
        ("一个月内", date(2026, 4, 12)),
        ("3个工作日内", date(2026, 3, 17)),
        ("明天下班前", date(2026, 3, 13)),
        ("五一前", date(2026, 4, 30)),
        ("国庆节前", date(2026, 9, 30)),
        ("春节前", date(2027, 2, 5)),
        ("端午节前", date(2026, 6, 18)),
    ],
)
def test_deadline_is_told_from_the_day_of_the_meeting(text, expected):
    deadline = read(text)

    assert (deadline.form, deadline.on) == (DeadlineForm.DAY, expected)


@pytest.mark.parametrize("text", ["汛期前", "开学前", "下次会议前", "办结后两日内", "6月前", "暑假期间", "尽快"])
def test_words_without_a_day_are_kept(text):
    deadline = read(text)

    assert (deadline.form, deadline.on, deadline.words) == (DeadlineForm.WORDS, None, text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("长期坚持", DeadlineForm.CONTINUING),
        ("每月25日前", DeadlineForm.RECURRING),
        ("逐月", DeadlineForm.RECURRING),
    ],
)
def test_work_without_an_end_has_its_form(text, form):
    assert read(text).form is form


@pytest.mark.parametrize(
    ("text", "when", "on", "reason"),
    [
        ("2026年6月底前", THURSDAY, date(2026, 6, 30), YearReason.STATED),
        ("6月底前", THURSDAY, date(2026, 6, 30), YearReason.MEETING_YEAR),
        ("3月底前", When(date(2025, 12, 5)), date(2026, 3, 31), YearReason.NEXT_YEAR),
        ("年底前", THURSDAY, date(2026, 12, 31), YearReason.RELATIVE),
        ("6月底前", When(None, 2026, YearReason.HEADING), date(2026, 6, 30), YearReason.HEADING),
    ],
)
def test_year_comes_with_its_reason(text, when, on, reason):
    deadline = read(text, when)

    assert (deadline.on, deadline.year_reason) == (on, reason)


def test_day_that_passed_a_short_while_ago_is_not_put_into_the_next_year():
    assert read("2月底前").on is None


@pytest.mark.parametrize("text", ["3月底前", "一周内", "月底前", "春节前", "明天", "本周五前"])
def test_without_the_day_of_the_meeting_nothing_is_told(text):
    deadline = read(text, When())

    assert (deadline.form, deadline.on) == (DeadlineForm.WORDS, None)


@pytest.mark.parametrize("text", ["", "/", "无", "—"])
def test_label_without_a_value_gives_none(text):
    assert labeled(text) is None


def test_whole_deadline_is_all_of_the_words():
    assert whole_deadline("6月底前") == Found(0, 4, "6月底前", "day")


def test_part_of_the_words_is_no_whole_deadline():
    assert whole_deadline("6月底前完成立项") is None


def test_festivals_agree_with_the_notices_of_the_holidays():
    notices = official_table()
    festivals = [day for name in ("春节", "端午", "中秋") for day in words("festivals")[name]]

    announced = [day for day in festivals if day.year in notices.announced_years]

    assert [day for day in announced if str(notices.days.get(day)) != "holiday"] == []
