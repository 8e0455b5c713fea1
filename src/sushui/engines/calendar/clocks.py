"""When a clock that was started on a day runs out: working days, calendar days or months, less the pauses."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sushui.engines.calendar.working import WorkingCalendar

# Twenty years of calendar days: no office sets a longer clock, so a longer one is a slip of the pen.
LONGEST = {"day": 7300, "month": 240}
DAY = timedelta(days=1)
DAYS_OF_A_MONTH = 30


class ClockUnit(StrEnum):
    """What a clock's length is counted in."""

    DAY = "day"
    MONTH = "month"


class ClockDayKind(StrEnum):
    """Which days a clock of days counts."""

    WORKING = "working"
    CALENDAR = "calendar"


class MonthLength(StrEnum):
    """What a month of a clock is: up to the same date of the next month (Civil Code, article 202), or 30 days."""

    SAME_DATE = "same_date"
    THIRTY_DAYS = "thirty_days"


class RestDayRule(StrEnum):
    """Where a deadline goes that falls on a rest day.

    To the next working day (Civil Code, article 203), nowhere, or to the working day before it.
    """

    LATER = "later"
    SAME = "same"
    EARLIER = "earlier"


@dataclass(frozen=True)
class ClockRule:
    """How long a clock runs.

    `first_day_counts`: the day the clock starts is day 1 (当天 in the 1-3-7 rule); else the next one is (Civil Code,
    article 201). A clock of months by date ends on the same date of a later month, or on that month's last day if it
    has no such date (Civil Code, article 202); `day_kind` and `first_day_counts` do not change that. One whose months
    are 30 days each is a clock of so many calendar days.

    Raises `ValueError` for a length below 1 or above twenty years.
    """

    length: int
    unit: ClockUnit = ClockUnit.DAY
    day_kind: ClockDayKind = ClockDayKind.WORKING
    first_day_counts: bool = False
    month_length: MonthLength = MonthLength.SAME_DATE
    rest_day: RestDayRule = RestDayRule.LATER

    def __post_init__(self) -> None:
        if not 1 <= self.length <= LONGEST[self.unit]:
            raise ValueError(f"A clock runs for 1 to {LONGEST[self.unit]} {self.unit}s, not {self.length}.")


@dataclass(frozen=True)
class Pause:
    """Days that do not count: from `from_on` up to but not including `until_on`, the day the clock runs again.

    `until_on=None` is a pause that has not ended. A clock paused and resumed on one day has lost nothing.

    Raises `ValueError` for a pause that ends before it begins.
    """

    from_on: date
    until_on: date | None = None

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on < self.from_on:
            raise ValueError(f"A pause that begins on {self.from_on} cannot end on {self.until_on}.")


@dataclass(frozen=True)
class Deadline:
    """The day at whose end (24:00) a clock runs out.

    `provisional`: it depends on days of a year whose holiday notice is not out, and is to be computed again then.
    """

    on: date
    provisional: bool


@dataclass(frozen=True)
class Stopped:
    """A clock that stands still in a pause without an end.

    `days_left`: days still to be counted once it runs again, in the days that the clock counts (calendar days for a
    clock of months); 0 where only the move to a working day is left.
    """

    since_on: date
    days_left: int


def due(rule: ClockRule, start: date, calendar: WorkingCalendar, pauses: Sequence[Pause] = ()) -> Deadline | Stopped:
    """The deadline of a clock started on `start`, or `Stopped` where a pause without an end holds it.

    Pauses may come in any order and overlap; their days outside the clock's run have no effect. A deadline on a rest
    day goes where the rule says (`RestDayRule`): never before the clock's first day, and never into a pause.
    """
    count = _Count(rule, start, calendar)
    ends_on = count.advance(count.origin, count.length)
    joined = _joined(pauses)
    for pause in joined:
        if pause.from_on > ends_on:
            break
        eve = max(pause.from_on - DAY, count.origin)
        if pause.until_on is None:
            return Stopped(pause.from_on, count.days(eve, ends_on))
        ends_on = count.advance(ends_on, count.days(eve, max(pause.until_on - DAY, eve)))
    return _settled(ends_on, count, joined)


def settled(day: date, rest_day: RestDayRule, calendar: WorkingCalendar, *, not_before: date) -> date:
    """Where a deadline on `day` goes by the rule for rest days.

    One that would go back beyond `not_before`, the first day on which it could be kept, moves to the next working day.
    """
    earlier = calendar.previous_working_day(day)
    if rest_day is RestDayRule.SAME:
        return day
    if rest_day is RestDayRule.EARLIER and earlier >= not_before:
        return earlier
    return calendar.next_working_day(day)


class _Count:
    """Counting the days of one clock: `length` days after `origin`, which is the day before day 1 may fall."""

    def __init__(self, rule: ClockRule, start: date, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self.start = start
        self.rest_day = rule.rest_day
        self.is_working = rule.unit is ClockUnit.DAY and rule.day_kind is ClockDayKind.WORKING
        if rule.unit is ClockUnit.MONTH and rule.month_length is MonthLength.SAME_DATE:
            self.origin, self.length = start, (_months_later(start, rule.length) - start).days
        else:
            self.origin = start - DAY if rule.first_day_counts else start
            self.length = rule.length * (DAYS_OF_A_MONTH if rule.unit is ClockUnit.MONTH else 1)

    def advance(self, day: date, count: int) -> date:
        """The `count`-th counted day after `day`."""
        return self.calendar.add_working_days(day, count) if self.is_working else day + timedelta(days=count)

    def days(self, after: date, through: date) -> int:
        """Counted days in (after, through]."""
        return self.calendar.working_days_between(after, through) if self.is_working else (through - after).days


def _settled(ends_on: date, count: _Count, joined: Sequence[Pause]) -> Deadline | Stopped:
    """Settle an end that falls on a rest day; one that moves into a pause waits until the clock runs again."""
    calendar, first = count.calendar, count.origin + DAY
    on = settled(ends_on, count.rest_day, calendar, not_before=first)
    if on < ends_on and any(_covers(pause, on) for pause in joined):
        on = calendar.next_working_day(ends_on)
    for pause in joined:
        if _covers(pause, on):
            if pause.until_on is None:
                return Stopped(pause.from_on, 0)
            on = calendar.next_working_day(pause.until_on)
    return Deadline(on, provisional=_is_provisional(ends_on, on, first, count))


def _covers(pause: Pause, day: date) -> bool:
    return pause.from_on <= day and (pause.until_on is None or day < pause.until_on)


def _is_provisional(ends_on: date, on: date, first: date, count: _Count) -> bool:
    """Whether the days that were asked about lie in a year without a notice: those counted, those moved over."""
    if count.is_working:
        return not _all_announced(count.start, on, count.calendar)
    if count.rest_day is RestDayRule.SAME:
        return False
    is_earlier = count.rest_day is RestDayRule.EARLIER
    relies_from = max(first, count.calendar.previous_working_day(ends_on)) if is_earlier else ends_on
    return not _all_announced(min(relies_from, on), max(ends_on, on), count.calendar)


def _all_announced(first: date, last: date, calendar: WorkingCalendar) -> bool:
    return calendar.table.announced_years.issuperset(range(first.year, last.year + 1))


def _joined(pauses: Sequence[Pause]) -> list[Pause]:
    """The same paused days as pauses in order, none touching another."""
    joined: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: pause.from_on):
        last = joined[-1] if joined else None
        if last is None or (last.until_on is not None and pause.from_on > last.until_on):
            joined.append(pause)
        elif last.until_on is not None:
            until_on = None if pause.until_on is None else max(last.until_on, pause.until_on)
            joined[-1] = Pause(last.from_on, until_on)
    return joined


def _months_later(day: date, months: int) -> date:
    years, month_index = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
