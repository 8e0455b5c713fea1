"""Deadlines inside a sentence: where they stand, and which day they mean once the meeting's day is known.

Finding is this engine's, reading is the calendar's: `engines.calendar.read_deadline` says what a phrase means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from sushui.engines.calendar import (
    DeadlineKind,
    Reading,
    RestDayRule,
    WorkingCalendar,
    due,
    official_table,
    read_deadline,
)
from sushui.engines.common import months_later

from .lexicon import words
from .readings import DeadlineForm, Span, StatedDeadline, YearReason

_WORDS = words("deadlines")
_N = _WORDS["number"]
_CUE = re.compile(_WORDS["cue"])
_NOT_AFTER = re.compile(_WORDS["not_after"])
_STRIPPED = re.compile(f"{_WORDS['hour']}(?={_WORDS['before']}?$)")
_LONGEST_CUE = 12
_NEEDS_A_STOP = ("节", "会", "十一", "检查", "验收", "考核")  # 节前 is a deadline, 上节前 is none


@dataclass(frozen=True)
class _Form:
    """One way to say by when. `needs_cue`: 6月 alone is a deadline only with 于 before it or 完成 behind it."""

    name: str
    pattern: re.Pattern[str]
    needs_cue: bool


def _form(row: Mapping[str, Any]) -> _Form:
    pattern = row["pattern"]
    for name, key in (("N", "number"), ("YEAR", "year"), ("BEFORE", "before"), ("HOUR", "hour"), ("EVENT", "events")):
        pattern = pattern.replace(f"<{name}>", _WORDS[key])
    return _Form(row["form"], re.compile(pattern), bool(row.get("cue")))


_FORMS = tuple(_form(row) for row in _WORDS["forms"])


@dataclass(frozen=True)
class Found:
    """A deadline in a text: its place, its words, and the form it was found by."""

    start: int
    end: int
    words: str
    form: str


def deadlines(text: str) -> list[Found]:
    """The deadlines of a sentence, in order, none overlapping; where two begin together the longer one."""
    found, position = [], 0
    while position < len(text):
        best = _best(text, position)
        if best is None:
            position += 1
            continue
        found.append(best)
        position = best.end
    return found


def _best(text: str, position: int) -> Found | None:
    hits = [
        Found(position, hit.end(), hit[0], form.name)
        for form in _FORMS
        if (hit := form.pattern.match(text, position)) and hit[0] and _is_meant(form, text, hit)
    ]
    return max(hits, key=lambda hit: hit.end, default=None)


def _is_meant(form: _Form, text: str, hit: re.Match[str]) -> bool:
    after = text[hit.end() : hit.end() + _LONGEST_CUE]
    before = text[max(0, hit.start() - _LONGEST_CUE) : hit.start()]
    if re.search(r"\d月?[-—～~]+$", before):
        return False
    if (
        _NOT_AFTER.match(after)
        or before.endswith(("自", "从"))
        or re.match("[-—～~至到]{1,2}[0-9一二三四五六七八九十]", after)
    ):
        return False
    if form.name == "event" and hit[0].startswith(_NEEDS_A_STOP):
        return hit.start() == 0 or text[hit.start() - 1] in "，。；：于在"
    if form.name == "after" and "国庆" not in hit[0] and re.match("今|此|然|会", hit[0]):
        return False
    return not form.needs_cue or bool(_CUE.search(before) or re.match(_WORDS["done"], after))


def whole_deadline(words: str) -> Found | None:
    """The deadline that these words are, if they are one and nothing else."""
    found = deadlines(f"于{words}")
    if len(found) == 1 and (found[0].start, found[0].end) == (1, len(words) + 1):
        return Found(0, len(words), words, found[0].form)
    return None


def labeled(words: str) -> Found | None:
    """The deadline that the value of a label such as 完成时限 gives; None for a value that says nothing."""
    if not words or re.fullmatch("[-—/无]+", words):
        return None
    return whole_deadline(words) or Found(0, len(words), words, "day")


@dataclass(frozen=True)
class When:
    """The day from which relative deadlines are told; without one, perhaps the year a list is for, and why that one."""

    held_on: date | None = None
    year: int | None = None
    year_reason: YearReason = YearReason.UNKNOWN


def resolved(found: Found, span: Span, when: When) -> StatedDeadline:
    """What the words mean for a meeting held on a day. What cannot be told keeps its words."""
    if found.form in _SIMPLE:
        return StatedDeadline(found.words, span, _SIMPLE[found.form])
    on, reason, reading = _READERS.get(found.form, _day)(found.words, when)
    if on is None:
        form = DeadlineForm.CONTINUING if reading is Reading.CONTINUING_WORK else DeadlineForm.WORDS
        form = DeadlineForm.RECURRING if reading is Reading.RECURRING else form
        return StatedDeadline(found.words, span, form, reading=reading)
    return StatedDeadline(found.words, span, DeadlineForm.DAY, on, reason, reading)


_SIMPLE = {
    "recurring": DeadlineForm.RECURRING,
    "continuing": DeadlineForm.CONTINUING,
    "after": DeadlineForm.WORDS,
}
_Resolved = tuple[date | None, YearReason, Reading | None]
_NOTHING: _Resolved = (None, YearReason.UNKNOWN, None)


def _day(words: str, when: When) -> _Resolved:
    held_on = when.held_on
    phrase = _STRIPPED.sub("", words)
    if re.fullmatch("(?:本|这|下)(?:周|星期)末?(?:之?前|以前|内)?", phrase):
        phrase = re.sub("末|(?:之?前|以前|内)$", "", phrase) + "日"
    if held_on is not None:
        phrase = re.sub("^(?:明年|来年|次年)", f"{held_on.year + 1}年", phrase)
        phrase = re.sub("^([本当下])月(?=[0-9一二三四五六七八九十])", partial(_month_of, held_on), phrase)
    reading = read_deadline(phrase, year=held_on.year if held_on else when.year, reference=held_on)
    if reading.kind is not DeadlineKind.FIXED or reading.on is None:
        return (
            _clock(phrase, when) if reading.kind is DeadlineKind.WITHIN else (None, YearReason.UNKNOWN, reading.reading)
        )
    if re.match(r"\d{4}", phrase) and not words.startswith(("本", "当", "下")):
        return reading.on, YearReason.STATED, reading.reading
    if held_on is None:
        return reading.on, when.year_reason, reading.reading
    if not re.match(f"{_N}月|第?[一二三四1-4]季|[上下]半年", phrase):
        return reading.on, YearReason.RELATIVE, reading.reading
    return _in_its_year(phrase, reading.on, reading.reading, held_on)


def _month_of(held_on: date, which: re.Match[str]) -> str:
    """本月15日 as the 15th of a month with its number."""
    month = months_later(held_on, 1) if which[1] == "下" else held_on
    return f"{month.year}年{month.month}月"


def _in_its_year(phrase: str, on: date, reading: Reading, held_on: date) -> _Resolved:
    """A day without a year is in the meeting's year, or in the next one where it had long passed."""
    if on >= held_on:
        return on, YearReason.MEETING_YEAR, reading
    if (held_on - on).days <= 183:
        return None, YearReason.UNKNOWN, reading
    later = read_deadline(phrase, year=held_on.year + 1, reference=held_on)
    return later.on, YearReason.NEXT_YEAR, later.reading


def _clock(words: str, when: When) -> _Resolved:
    """A length of time counts from the meeting's day; rest days at its end are the clock's business."""
    phrase = re.sub("^(?:会后|会议结束后|(?:自|从)?即日起)，?", "", words)
    phrase = re.sub("^半(?:个)?月", "15天", phrase)
    reading = read_deadline(phrase, year=None)
    if reading.rule is None or when.held_on is None:
        return None, YearReason.UNKNOWN, reading.reading
    rule = type(reading.rule)(reading.rule.length, reading.rule.unit, reading.rule.day_kind, rest_day=RestDayRule.SAME)
    end = due(rule, when.held_on, _calendar())
    on = getattr(end, "on", None)
    return on, YearReason.RELATIVE, reading.reading


def _near(words: str, when: When) -> _Resolved:
    if when.held_on is None:
        return _NOTHING
    days = 1 if words.startswith("明") else 2 if words.startswith("后") else 0
    return when.held_on + timedelta(days=days), YearReason.RELATIVE, Reading.EXACT_DAY


def _event(words: str, when: When) -> _Resolved:
    """The day before the next festival so called; other events have no day."""
    name = re.sub("(?:来临|到来)?(?:之前|以前|前夕|前)$|[“”]", "", words)
    held_on = when.held_on
    if held_on is None or words.endswith("期间"):
        return _NOTHING
    first = min((day for day in _festival(name, held_on) if day > held_on), default=None)
    return (first - timedelta(days=1), YearReason.RELATIVE, Reading.EXACT_DAY) if first else _NOTHING


_FIXED_FESTIVALS = {
    "元旦": (1, 1),
    "五一": (5, 1),
    "劳动": (5, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "国庆": (10, 1),
    "十一": (10, 1),
}


def _festival(name: str, held_on: date) -> Iterator[date]:
    """The days of a festival around a day; 国庆 and 国庆节 are one."""
    name = name if name == "春节" else name.removesuffix("节")
    if name in _FIXED_FESTIVALS:
        month, day = _FIXED_FESTIVALS[name]
        yield date(held_on.year, month, day)
        yield date(held_on.year + 1, month, day)
    yield from words("festivals").get(name, ())


@cache
def _calendar() -> WorkingCalendar:
    return WorkingCalendar(official_table())


_READERS: dict[str, Callable[[str, When], _Resolved]] = {"within": _clock, "near": _near, "event": _event}
