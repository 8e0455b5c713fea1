"""Reading the deadlines of Chinese work lists: 6月底前, 全年, 长期坚持, 7个工作日内. What is not plain is asked."""

import re
from dataclasses import dataclass
from datetime import date

from sushui.engines.calendar.clocks import ClockDayKind, ClockRule, ClockUnit
from sushui.engines.calendar.grammar import PLAUSIBLE_YEARS, UnreadableError, days_within, plain, whole_phrase
from sushui.engines.calendar.readings import DeadlineKind, DeadlineReading, Reading

# A deadline is a few words; a cell may hold 32,767 characters.
LONGEST_TEXT = 100

MISSING = re.compile("|无|暂无|未注明")
CONTINUING = re.compile(
    "(?:(?:长期|持续|常态化?|长效|经常性|常年)(?:性|地)?(?:坚持|推进|开展|进行|实施|落实|抓好|巩固|工作|任务)?、?,?)+"
)
RECURRING = re.compile("每(?:日|天|周|月|个?季度?|半年|年).*")
AT_ONCE = re.compile("(?:立即|立刻|马上|即时|立行立改|立查立改|即知即改|即行即改|当[天日]|即日)(?:整改|办理|执行)?")

# Words that lists put around a deadline and that do not change it.
BEFORE = re.compile("^(?:于|在|至|到|截至|截止到?|完成时限:?|办理时限:?|力争|确保|务必|须|应)+")
AFTER = re.compile("(?:全部|全面)?(?:完成|办结|落实|到位)+$")


@dataclass(frozen=True)
class Length:
    """One way to write a length of time, and the clock that one of its units makes."""

    reading: Reading
    pattern: re.Pattern[str]
    unit: ClockUnit
    day_kind: ClockDayKind
    units: int = 1


# fmt: off
DAY, MONTH = ClockUnit.DAY, ClockUnit.MONTH
WORKING, CALENDAR = ClockDayKind.WORKING, ClockDayKind.CALENDAR
WITHIN = "(?:之内|以内|内)"
LENGTHS = (
    Length(Reading.WITHIN_WORKING_DAYS, re.compile(rf"(\d{{1,3}})个?工作日{WITHIN}?"), DAY, WORKING),
    # 日 without 内 may be a day of the month, 天 cannot.
    Length(Reading.WITHIN_DAYS, re.compile(rf"(\d{{1,3}})个?(?:自然)?日{WITHIN}"), DAY, CALENDAR),
    Length(Reading.WITHIN_DAYS, re.compile(rf"(\d{{1,3}})天{WITHIN}?"), DAY, CALENDAR),
    Length(Reading.WITHIN_WEEKS, re.compile(rf"(\d{{1,2}})个?(?:周|星期){WITHIN}?"), DAY, CALENDAR, 7),
    # Without 个 it is the name of a month: 3月内.
    Length(Reading.WITHIN_MONTHS, re.compile(rf"(\d{{1,2}})个月{WITHIN}?"), MONTH, CALENDAR),
    Length(Reading.WITHIN_MONTHS, re.compile(rf"()半年{WITHIN}"), MONTH, CALENDAR, 6),
    Length(Reading.WITHIN_YEARS, re.compile(rf"(\d{{1,2}})年{WITHIN}"), MONTH, CALENDAR, 12),
)
# fmt: on


def read_deadline(text: str, *, year: int | None, reference: date | None = None) -> DeadlineReading:
    """Read one deadline phrase; what it does not plainly say is UNKNOWN, with the reason, and never guessed.

    `year` is the year the list is for (full, 2015 to 2040), taken where a phrase names none; `reference` is the day the
    list was written, from which 本月底 and 本周五 are told.

    Clocks read from a phrase do not count their first day (Civil Code, article 201), but 立即 ends with the day itself.

    Raises `ValueError` for a `year` outside 2015 to 2040.
    """
    if year is not None and year not in PLAUSIBLE_YEARS:
        raise ValueError(f"A list is for a year from 2015 to 2040, not {year}.")
    if len(text) > LONGEST_TEXT:
        return _unknown(text, Reading.TOO_LONG)
    words = plain(text)
    core = AFTER.sub("", BEFORE.sub("", words))
    return (
        _without_a_day(text, words, core)
        or _within(text, core)
        or _fixed(text, core, year, reference)
        or _asked(text, words, year, reference)
    )


def _without_a_day(text: str, words: str, core: str) -> DeadlineReading | None:
    if MISSING.fullmatch(words):
        return DeadlineReading(DeadlineKind.MISSING, text, Reading.NOTHING_WRITTEN)
    if CONTINUING.fullmatch(words):
        return DeadlineReading(DeadlineKind.CONTINUING, text, Reading.CONTINUING_WORK)
    if RECURRING.fullmatch(words):
        return _unknown(text, Reading.RECURRING)
    if AT_ONCE.fullmatch(core):
        return DeadlineReading(DeadlineKind.WITHIN, text, Reading.AT_ONCE, rule=ClockRule(1, first_day_counts=True))
    return None


def _within(text: str, core: str) -> DeadlineReading | None:
    for length in LENGTHS:
        if words := length.pattern.fullmatch(core):
            return _clock(text, length, int(words[1] or 1))
    return None


def _clock(text: str, length: Length, number: int) -> DeadlineReading | None:
    try:
        rule = ClockRule(number * length.units, length.unit, length.day_kind)
    except ValueError:  # 0日内, 99年内: no clock, so nothing that can be read
        return None
    return DeadlineReading(DeadlineKind.WITHIN, text, length.reading, rule=rule)


def _fixed(text: str, core: str, year: int | None, reference: date | None) -> DeadlineReading | None:
    try:
        understood = whole_phrase(core, year, reference)
    except UnreadableError as unreadable:
        return _unknown(text, unreadable.reading)
    if understood is None:
        return None
    reading, on = understood
    return DeadlineReading(DeadlineKind.FIXED, text, reading, on=on)


def _asked(text: str, words: str, year: int | None, reference: date | None) -> DeadlineReading:
    days = list(days_within(words, year, reference))
    dates = tuple(sorted({day for day in days if day is not None}))
    if len(days) > 1:
        return _unknown(text, Reading.SEVERAL_DATES, dates)
    return _unknown(text, Reading.WORDS_AROUND_A_DATE if days else Reading.NOT_UNDERSTOOD, dates)


def _unknown(text: str, reading: Reading, dates: tuple[date, ...] = ()) -> DeadlineReading:
    return DeadlineReading(DeadlineKind.UNKNOWN, text, reading, dates=dates)
