"""The phrases for a day, as a table: a pattern, what it is called, and the small reader that makes it a date.

Patterns meet text that `plain` has prepared: no blanks, ASCII digits. 前 after a day or an end (6月30日前, 6月底前) is
read as "on or before", as lists use it; after a bare period (6月前) it may mean the period's first day or its last one,
so the question goes back to a person.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sushui.engines.calendar.numerals import with_digits
from sushui.engines.calendar.readings import Reading

# 13710 began in 2016; a list that names a year far from now has a slip in it.
PLAUSIBLE_YEARS = range(2015, 2041)

BY = "(?:之前|以前|前|止)?"
YEAR = r"(?:(?P<year>\d{4})年|今年|本年)?"
NAMED_YEAR = r"(?:(?P<year>\d{4})年?|今年|本年)?"
IN_A_YEAR = r"(?:(?:(?P<year>\d{4})年|今年|本年)年?|年)度?"
MONTH = r"(?P<month>\d{1,2})月份?"
DAY = r"(?P<day>\d{1,2})[日号]?"
QUARTER = r"第?(?P<quarter>\d)季度?"
HALF = "(?P<half>[上下])半年"
MIDNIGHT = "(?:T?0{1,2}:00(?::00)?)?"


class UnreadableError(Exception):
    """A phrase for a day that cannot be made one; `reading` says why."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.reading = reading


@dataclass(frozen=True)
class Phrase:
    """One phrase found, with the year of the list and the day the list was written, where known."""

    words: re.Match[str]
    list_year: int | None
    reference: date | None

    def number(self, name: str) -> int:
        return int(self.words[name])

    def year(self) -> int:
        year = self.words.groupdict().get("year") or self.list_year
        if year is None:
            raise UnreadableError(Reading.YEAR_MISSING)
        if int(year) not in PLAUSIBLE_YEARS:
            raise UnreadableError(Reading.YEAR_OUT_OF_RANGE)
        return int(year)

    def day(self, month: int, day: int) -> date:
        try:
            return date(self.year(), month, day)
        except ValueError as error:
            raise UnreadableError(Reading.NO_SUCH_DAY) from error

    def end_of_month(self, month: int) -> date:
        first = self.day(month, 1)
        return first.replace(day=monthrange(first.year, month)[1])

    def written_on(self) -> date:
        if self.reference is None:
            raise UnreadableError(Reading.REFERENCE_MISSING)
        return self.reference

    def is_next(self) -> bool:
        return (self.words["which"] or "").startswith("下")


def _exact_day(phrase: Phrase) -> date:
    return phrase.day(phrase.number("month"), phrase.number("day"))


def _end_of_ten_days(phrase: Phrase) -> date:
    return phrase.day(phrase.number("month"), {"上": 10, "中": 20}[phrase.words["part"]])


def _end_of_month(phrase: Phrase) -> date:
    return phrase.end_of_month(phrase.number("month"))


def _end_of_quarter(phrase: Phrase) -> date:
    return phrase.end_of_month(phrase.number("quarter") * 3)


def _end_of_half_year(phrase: Phrase) -> date:
    return phrase.end_of_month({"上": 6, "下": 12}[phrase.words["half"]])


def _end_of_year(phrase: Phrase) -> date:
    return phrase.day(12, 31)


def _end_of_the_month_around(phrase: Phrase) -> date:
    first = phrase.written_on().replace(day=1)
    if phrase.is_next():
        first = (first + timedelta(days=31)).replace(day=1)
    return first.replace(day=monthrange(first.year, first.month)[1])


def _day_of_the_week_around(phrase: Phrase) -> date:
    monday = phrase.written_on() - timedelta(days=phrase.written_on().weekday())
    weekday = "1234567".find(phrase.words["weekday"]) % 7  # 日 and 天 are not found: -1, the last day of the week
    return monday + timedelta(days=weekday + 7 * phrase.is_next())


def _ask_what_before_means(phrase: Phrase) -> date:
    raise UnreadableError(Reading.BEFORE_A_PERIOD)


def _ask_for_the_year(phrase: Phrase) -> date:
    raise UnreadableError(Reading.RELATIVE_YEAR)


@dataclass(frozen=True)
class Row:
    """One line of the grammar."""

    reading: Reading
    pattern: re.Pattern[str]
    read: Callable[[Phrase], date]


# fmt: off
# No phrase begins behind a digit or 半: 99年内 and 半年内 do not hold 年内.
GRAMMAR = tuple(Row(reading, re.compile(rf"(?<![\d半]){pattern}"), read) for reading, pattern, read in (
    # 6月30日前 · 2025年12月31日 · 2025-12-31 · 2025/12/31 · 2025.12.31 · 20251231
    (Reading.EXACT_DAY, rf"{YEAR}{MONTH}{DAY}{BY}", _exact_day),
    (Reading.EXACT_DAY, rf"(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark){DAY}{MIDNIGHT}{BY}",
     _exact_day),
    (Reading.EXACT_DAY, rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){BY}", _exact_day),
    # 6月上旬 · 6月中旬
    (Reading.END_OF_TEN_DAYS, rf"{YEAR}{MONTH}(?P<part>[上中])旬", _end_of_ten_days),
    # 6月底前 · 6月末 · 6月下旬 · 2025年12月 · 12月份 · 2025-12 · 2025.12
    (Reading.END_OF_MONTH, rf"{YEAR}{MONTH}(?:[底末]{BY}|下旬)?", _end_of_month),
    (Reading.END_OF_MONTH, r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})", _end_of_month),
    # 一季度 · 第三季度 · 三季度末前
    (Reading.END_OF_QUARTER, rf"{YEAR}{QUARTER}(?:[底末]{BY}|内)?", _end_of_quarter),
    # 上半年 · 2025年下半年 · 上半年底前
    (Reading.END_OF_HALF_YEAR, rf"{YEAR}{HALF}(?:[底末]{BY}|内)?", _end_of_half_year),
    # 年底前 · 今年底 · 2025年底前 · 2025年年末 · 全年 · 2025全年 · 年内 · 本年度 · 2025年度内 · 2025年
    (Reading.END_OF_YEAR, rf"{IN_A_YEAR}[底末]{BY}", _end_of_year),
    (Reading.END_OF_YEAR, rf"{NAMED_YEAR}全年度?", _end_of_year),
    (Reading.END_OF_YEAR, rf"{IN_A_YEAR}内", _end_of_year),
    (Reading.END_OF_YEAR, r"(?:(?P<year>\d{4})年|今年|本年)度?", _end_of_year),
    # 月底前 · 本月底 · 下月底前 · 本月内
    (Reading.END_OF_MONTH, rf"(?P<which>本|当|这个|下个?)?月(?:[底末]{BY}|内)", _end_of_the_month_around),
    # 本周五前 · 下周一 · 本周日
    (Reading.DAY_OF_WEEK, rf"(?P<which>本|这|下)(?:周|星期)(?P<weekday>[1-6日天]){BY}", _day_of_the_week_around),
    # 6月前 · 三季度前 · 上半年前 · 2025年前 · 6月中旬前
    (Reading.BEFORE_A_PERIOD, rf"{YEAR}{MONTH}(?:[上中下]旬)?(?:之前|以前|前)", _ask_what_before_means),
    (Reading.BEFORE_A_PERIOD, rf"{YEAR}(?:{QUARTER}|{HALF})(?:之前|以前|前)", _ask_what_before_means),
    (Reading.BEFORE_A_PERIOD, r"(?P<year>\d{4})年(?:之前|以前|前)", _ask_what_before_means),
    # 明年6月底前: next to the list's year, or to the year in which it is read?
    (Reading.RELATIVE_YEAR, r"[明次来翌后去前]年.*", _ask_for_the_year),
))
# fmt: on


def plain(text: str) -> str:
    """`text` without blanks and surrounding punctuation, in half-width characters and ASCII digits."""
    half_width = unicodedata.normalize("NFKC", text)
    return with_digits(re.sub(r"\s", "", half_width)).strip("。.;,、:!?-–—_/\\|·*()[]【】《》\"'“”‘’")


def whole_phrase(text: str, year: int | None, reference: date | None) -> tuple[Reading, date] | None:
    """The day that the whole of `text` names, and how; None if it is not one phrase. Raises `UnreadableError`."""
    for row in GRAMMAR:
        if words := row.pattern.fullmatch(text):
            return row.reading, row.read(Phrase(words, year, reference))
    return None


def days_within(text: str, year: int | None, reference: date | None) -> Iterator[date | None]:
    """A day for each phrase that stands anywhere in `text`; None for one that cannot be made a day."""
    position = 0
    while position < len(text):
        found = [(words.end(), row, words) for row in GRAMMAR if (words := row.pattern.match(text, position))]
        if not found:
            position += 1
            continue
        position, row, words = max(found, key=lambda longest: longest[0])
        yield _day_or_none(row, Phrase(words, year, reference))


def _day_or_none(row: Row, phrase: Phrase) -> date | None:
    try:
        return row.read(phrase)
    except UnreadableError:
        return None
