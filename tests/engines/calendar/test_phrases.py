"""Deadline phrases, as a table: what a list for 2025, written on Wednesday 11 June 2025, means by them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.calendar import (
    ClockDayKind,
    ClockRule,
    ClockUnit,
    DeadlineKind,
    DeadlineReading,
    Reading,
    read_deadline,
)

WRITTEN_ON = date(2025, 6, 11)
WORKING, CALENDAR = ClockDayKind.WORKING, ClockDayKind.CALENDAR
DAY, MONTH = ClockUnit.DAY, ClockUnit.MONTH

PARTS = "全年底前月末日号内上下半中旬季度第本周五星期长期坚持立即工作个两十二〇三0123456789/-.,、。()年 25T:完成每无明"


def read(text: str) -> DeadlineReading:
    return read_deadline(text, year=2025, reference=WRITTEN_ON)


def understood(reading: DeadlineReading) -> tuple[Reading, date | None]:
    return reading.reading, reading.on


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("6月30日前", date(2025, 6, 30)),  # the 30th included
        ("6月30日之前", date(2025, 6, 30)),
        ("6月30日", date(2025, 6, 30)),
        ("6月30号以前", date(2025, 6, 30)),
        ("6月9日", date(2025, 6, 9)),
        ("2025年12月31日", date(2025, 12, 31)),
        ("2025年12月31日前", date(2025, 12, 31)),
        ("2026年1月5日止", date(2026, 1, 5)),
        ("今年8月1日前", date(2025, 8, 1)),
        ("2024年2月29日", date(2024, 2, 29)),
        ("2025-12-31", date(2025, 12, 31)),
        ("2025/12/31", date(2025, 12, 31)),
        ("2025.12.31", date(2025, 12, 31)),
        ("2025.6.3前", date(2025, 6, 3)),
        ("2025-12-31 00:00:00", date(2025, 12, 31)),
        ("2025-12-31T00:00:00", date(2025, 12, 31)),
        ("2025/1/5 0:00", date(2025, 1, 5)),
        ("20251231", date(2025, 12, 31)),
        ("二〇二五年十二月三十一日", date(2025, 12, 31)),
    ],
)
def test_exact_day(text, on):
    assert understood(read(text)) == (Reading.EXACT_DAY, on)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("6月底前", date(2025, 6, 30)),
        ("6月底", date(2025, 6, 30)),
        ("6月末", date(2025, 6, 30)),
        ("6月份", date(2025, 6, 30)),
        ("6月下旬", date(2025, 6, 30)),
        ("12月", date(2025, 12, 31)),
        ("12月底前", date(2025, 12, 31)),
        ("2月底前", date(2025, 2, 28)),
        ("2028年2月底", date(2028, 2, 29)),
        ("2025年12月", date(2025, 12, 31)),
        ("2025年12月底前", date(2025, 12, 31)),
        ("2025-12", date(2025, 12, 31)),
        ("2025.9", date(2025, 9, 30)),
        ("十二月底前", date(2025, 12, 31)),
        ("月底前", date(2025, 6, 30)),
        ("本月底", date(2025, 6, 30)),
        ("当月底前", date(2025, 6, 30)),
        ("本月内", date(2025, 6, 30)),
        ("下月底前", date(2025, 7, 31)),
        ("下个月底前", date(2025, 7, 31)),
    ],
)
def test_end_of_a_month(text, on):
    assert understood(read(text)) == (Reading.END_OF_MONTH, on)


@pytest.mark.parametrize(
    ("text", "reading", "on"),
    [
        ("全年", Reading.END_OF_YEAR, date(2025, 12, 31)),
        ("2026年全年", Reading.END_OF_YEAR, date(2026, 12, 31)),
        ("2026全年", Reading.END_OF_YEAR, date(2026, 12, 31)),
        ("年底前", Reading.END_OF_YEAR, date(2025, 12, 31)),
        ("年底", Reading.END_OF_YEAR, date(2025, 12, 31)),
        ("年末", Reading.END_OF_YEAR, date(2025, 12, 31)),
        ("今年底前", Reading.END_OF_YEAR, date(2025, 12, 31)),
        ("今年年底前", Reading.END_OF_YEAR, date(2025, 12, 31)),
        ("2026年底前", Reading.END_OF_YEAR, date(2026, 12, 31)),
        ("2026年年底之前", Reading.END_OF_YEAR, date(2026, 12, 31)),
        ("年内", Reading.END_OF_YEAR, date(2025, 12, 31)),
        ("2026年内", Reading.END_OF_YEAR, date(2026, 12, 31)),
        ("本年度内", Reading.END_OF_YEAR, date(2025, 12, 31)),
        ("本年度", Reading.END_OF_YEAR, date(2025, 12, 31)),
        ("2026年", Reading.END_OF_YEAR, date(2026, 12, 31)),
        ("2026年度", Reading.END_OF_YEAR, date(2026, 12, 31)),
        ("二〇二六年", Reading.END_OF_YEAR, date(2026, 12, 31)),
        ("上半年", Reading.END_OF_HALF_YEAR, date(2025, 6, 30)),
        ("下半年", Reading.END_OF_HALF_YEAR, date(2025, 12, 31)),
        ("2026年上半年底前", Reading.END_OF_HALF_YEAR, date(2026, 6, 30)),
        ("一季度", Reading.END_OF_QUARTER, date(2025, 3, 31)),
        ("第三季度", Reading.END_OF_QUARTER, date(2025, 9, 30)),
        ("三季度末", Reading.END_OF_QUARTER, date(2025, 9, 30)),
        ("2026年第4季度底前", Reading.END_OF_QUARTER, date(2026, 12, 31)),
        ("6月上旬", Reading.END_OF_TEN_DAYS, date(2025, 6, 10)),
        ("6月中旬", Reading.END_OF_TEN_DAYS, date(2025, 6, 20)),
        ("本周五前", Reading.DAY_OF_WEEK, date(2025, 6, 13)),
        ("本周日", Reading.DAY_OF_WEEK, date(2025, 6, 15)),
        ("本周天", Reading.DAY_OF_WEEK, date(2025, 6, 15)),
        ("本周一", Reading.DAY_OF_WEEK, date(2025, 6, 9)),  # gone by already, and said so
        ("下周一前", Reading.DAY_OF_WEEK, date(2025, 6, 16)),
        ("下星期六", Reading.DAY_OF_WEEK, date(2025, 6, 21)),
    ],
)
def test_end_of_a_longer_or_shorter_time(text, reading, on):
    assert understood(read(text)) == (reading, on)


@pytest.mark.parametrize(
    "text",
    [
        "6月底前。",
        " 6 月 底 前 ",
        "\u30006月底前\n",
        "６月底前；",
        "(6月底前)",
        "“6月底前”",
        "于6月底前",
        "确保6月底前完成",
        "力争在6月底前全部完成",
        "6月底前办结",
        "完成时限：6月底前",
        "六月底前",
    ],
)
def test_what_stands_around_a_day_does_not_change_it(text):
    assert read(text) == DeadlineReading(DeadlineKind.FIXED, text, Reading.END_OF_MONTH, on=date(2025, 6, 30))


@pytest.mark.parametrize(
    "text", ["长期坚持", "长期", "持续", "持续推进", "常态化", "常态化开展", "长期坚持、持续推进", "常年", "持续推进。"]
)
def test_continuing_work(text):
    assert read(text) == DeadlineReading(DeadlineKind.CONTINUING, text, Reading.CONTINUING_WORK)


@pytest.mark.parametrize(
    ("text", "reading", "rule"),
    [
        ("7个工作日内", Reading.WITHIN_WORKING_DAYS, ClockRule(7, DAY, WORKING)),
        ("7个工作日", Reading.WITHIN_WORKING_DAYS, ClockRule(7, DAY, WORKING)),
        ("二十个工作日内办结", Reading.WITHIN_WORKING_DAYS, ClockRule(20, DAY, WORKING)),
        ("三日内", Reading.WITHIN_DAYS, ClockRule(3, DAY, CALENDAR)),
        ("15日内", Reading.WITHIN_DAYS, ClockRule(15, DAY, CALENDAR)),
        ("15个自然日内", Reading.WITHIN_DAYS, ClockRule(15, DAY, CALENDAR)),
        ("15天", Reading.WITHIN_DAYS, ClockRule(15, DAY, CALENDAR)),
        ("一百八十日以内", Reading.WITHIN_DAYS, ClockRule(180, DAY, CALENDAR)),
        ("两周内", Reading.WITHIN_WEEKS, ClockRule(14, DAY, CALENDAR)),
        ("1个星期之内", Reading.WITHIN_WEEKS, ClockRule(7, DAY, CALENDAR)),
        ("一个月内", Reading.WITHIN_MONTHS, ClockRule(1, MONTH, CALENDAR)),
        ("3个月", Reading.WITHIN_MONTHS, ClockRule(3, MONTH, CALENDAR)),
        ("半年内", Reading.WITHIN_MONTHS, ClockRule(6, MONTH, CALENDAR)),
        ("两年内", Reading.WITHIN_YEARS, ClockRule(24, MONTH, CALENDAR)),
        ("立即", Reading.AT_ONCE, ClockRule(1, DAY, WORKING, first_day_counts=True)),
        ("立行立改", Reading.AT_ONCE, ClockRule(1, DAY, WORKING, first_day_counts=True)),
        ("立即整改", Reading.AT_ONCE, ClockRule(1, DAY, WORKING, first_day_counts=True)),
        ("当日办结", Reading.AT_ONCE, ClockRule(1, DAY, WORKING, first_day_counts=True)),
    ],
)
def test_length_of_time(text, reading, rule):
    assert read(text) == DeadlineReading(DeadlineKind.WITHIN, text, reading, rule=rule)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "-", "——", "/", "\\", "无", "暂无", "。", "(无)"])
def test_nothing_written(text):
    assert read(text) == DeadlineReading(DeadlineKind.MISSING, text, Reading.NOTHING_WRITTEN)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("2月30日", Reading.NO_SUCH_DAY),
        ("2月29日前", Reading.NO_SUCH_DAY),  # 2025 has none
        ("13月底前", Reading.NO_SUCH_DAY),
        ("0月", Reading.NO_SUCH_DAY),
        ("五季度", Reading.NO_SUCH_DAY),
        ("2025-02-30", Reading.NO_SUCH_DAY),
        ("20251331", Reading.NO_SUCH_DAY),
        ("1999年底前", Reading.YEAR_OUT_OF_RANGE),
        ("2205年12月", Reading.YEAR_OUT_OF_RANGE),
        ("6月前", Reading.BEFORE_A_PERIOD),
        ("2026年前", Reading.BEFORE_A_PERIOD),
        ("三季度前", Reading.BEFORE_A_PERIOD),
        ("上半年前", Reading.BEFORE_A_PERIOD),
        ("6月中旬前", Reading.BEFORE_A_PERIOD),
        ("明年6月底前", Reading.RELATIVE_YEAR),
        ("次年3月", Reading.RELATIVE_YEAR),
        ("每月底前", Reading.RECURRING),
        ("每季度", Reading.RECURRING),
        ("每周一", Reading.RECURRING),
        ("字" * 101, Reading.TOO_LONG),
        ("尽快", Reading.NOT_UNDERSTOOD),
        ("待定", Reading.NOT_UNDERSTOOD),
        ("2025", Reading.NOT_UNDERSTOOD),
        ("6.30", Reading.NOT_UNDERSTOOD),
        ("30日前", Reading.NOT_UNDERSTOOD),
        ("周五前", Reading.NOT_UNDERSTOOD),
        ("15日", Reading.NOT_UNDERSTOOD),
        ("0日内", Reading.NOT_UNDERSTOOD),
        ("99年内", Reading.NOT_UNDERSTOOD),
        ("1000个工作日内", Reading.NOT_UNDERSTOOD),
        ("十二五期间", Reading.NOT_UNDERSTOOD),
        ("=1+1", Reading.NOT_UNDERSTOOD),
    ],
)
def test_what_is_not_plain_is_unknown_with_its_reason(text, reading):
    assert read(text) == DeadlineReading(DeadlineKind.UNKNOWN, text, reading)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("6月底前完成立项,12月底前完成建设", (date(2025, 6, 30), date(2025, 12, 31))),
        ("12月底前完成建设；6月底前完成立项", (date(2025, 6, 30), date(2025, 12, 31))),
        ("6月底前、9月底前", (date(2025, 6, 30), date(2025, 9, 30))),
        ("2025年3月-2026年6月", (date(2025, 3, 31), date(2026, 6, 30))),
        ("6月30日前(6月底)", (date(2025, 6, 30),)),
        ("上半年开工，2月30日前报告", (date(2025, 6, 30),)),
    ],
)
def test_several_dates_are_offered_and_none_is_taken(text, dates):
    assert read(text) == DeadlineReading(DeadlineKind.UNKNOWN, text, Reading.SEVERAL_DATES, dates=dates)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("6月底前启动", date(2025, 6, 30)),
        ("春节后至3月15日", date(2025, 3, 15)),
        ("1-12月", date(2025, 12, 31)),
        ("25年6月", date(2025, 6, 30)),
        ("年底前并长期坚持", date(2025, 12, 31)),
    ],
)
def test_date_among_other_words_is_offered_and_not_taken(text, offered):
    assert read(text) == DeadlineReading(DeadlineKind.UNKNOWN, text, Reading.WORDS_AROUND_A_DATE, dates=(offered,))


@pytest.mark.parametrize(
    "text", ["全年", "年底前", "年内", "6月底前", "6月30日前", "上半年", "一季度", "6月中旬", "2月30日"]
)
def test_year_is_never_guessed(text):
    reading = read_deadline(text, year=None, reference=WRITTEN_ON)

    assert reading == DeadlineReading(DeadlineKind.UNKNOWN, text, Reading.YEAR_MISSING)


@pytest.mark.parametrize("text", ["月底前", "本月底", "下月底", "本周五前", "下周一"])
def test_day_of_writing_is_never_guessed(text):
    assert read_deadline(text, year=2025) == DeadlineReading(DeadlineKind.UNKNOWN, text, Reading.REFERENCE_MISSING)


@pytest.mark.parametrize("text", ["2025年12月", "2025-12-31", "2025年", "2025年第四季度"])
def test_year_in_the_phrase_is_enough(text):
    assert read_deadline(text, year=None).on == date(2025, 12, 31)


@pytest.mark.parametrize("year", [0, 25, 2014, 2041])
def test_list_for_no_plausible_year_is_refused(year):
    with pytest.raises(ValueError, match=rf"^A list is for a year from 2015 to 2040, not {year}\.$"):
        read_deadline("全年", year=year)


def test_end_of_next_month_in_december():
    assert read_deadline("下月底前", year=2025, reference=date(2025, 12, 31)).on == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        (DeadlineKind.FIXED, {}, "A deadline has a day if it is fixed"),
        (DeadlineKind.MISSING, {"on": date(2025, 6, 30)}, "A deadline has a day if it is fixed"),
        (DeadlineKind.WITHIN, {}, "A deadline has a clock if it is a length"),
        (DeadlineKind.UNKNOWN, {"rule": ClockRule(1)}, "A deadline has a clock if it is a length"),
        (DeadlineKind.MISSING, {"dates": (date(2025, 6, 30),)}, "Only an unknown deadline offers days"),
    ],
)
def test_reading_refuses_to_contradict_itself(kind, fields, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        DeadlineReading(kind, "6月底前", Reading.END_OF_MONTH, **fields)


@given(text=st.text(PARTS, max_size=14) | st.text(max_size=20))
def test_any_text_is_read_or_asked(text):
    assert read(text).text == text


@given(day=st.dates(date(2015, 1, 1), date(2040, 12, 31)), mark=st.sampled_from("-/."))
def test_every_day_is_read_however_it_is_written(day, mark):
    written = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}{mark}{day.month}{mark}{day.day}",
        f"{day.year}{mark}{day.month:02}{mark}{day.day:02}前",
        f"{day:%Y%m%d}",
    ]

    assert [read_deadline(text, year=None).on for text in written] == [day] * 4


@given(day=st.dates(date(2015, 1, 1), date(2040, 12, 31)))
def test_list_year_stands_for_the_year_left_out(day):
    text = f"{day.month}月{day.day}日前"

    assert read_deadline(text, year=day.year).on == day
