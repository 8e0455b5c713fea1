"""When a clock that was started on a day runs out: working days, calendar days or months, less the pauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sushui.engines.calendar.working import WorkingCalendar
from sushui.engines.common import Pause, Stopped, joined, months_later, out_of_pauses, stretched

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
class Deadline:
    """The day at whose end (24:00) a clock runs out.

    `provisional`: it depends on days of a year whose holiday notice is not out, and is to be computed again then.
    """

    on: date
    provisional: bool


def due(rule: ClockRule, start: date, calendar: WorkingCalendar, pauses: Sequence[Pause] = ()) -> Deadline | Stopped:
    """The deadline of a clock started on `start`, or `Stopped` where a pause without an end holds it.

    Pauses may come in any order and overlap; their days outside the clock's run have no effect. A deadline on a rest
    day goes where the rule says (`RestDayRule`): never before the clock's first day, and never into a pause.
    """
    count = _Count(rule, start, calendar)
    paused = joined(pauses)
    ends_on = stretched(count.origin, count.advance(count.origin, count.length), paused, count)
    return ends_on if isinstance(ends_on, Stopped) else _settled(ends_on, count, paused)


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
            self.origin, self.length = start, (months_later(start, rule.length) - start).days
        else:
            self.origin = start - DAY if rule.first_day_counts else start
            self.length = rule.length * (DAYS_OF_A_MONTH if rule.unit is ClockUnit.MONTH else 1)

    def advance(self, day: date, count: int) -> date:
        """The `count`-th counted day after `day`."""
        return self.calendar.add_working_days(day, count) if self.is_working else day + timedelta(days=count)

    def days(self, after: date, through: date) -> int:
        """Counted days in (after, through]."""
        return self.calendar.working_days_between(after, through) if self.is_working else (through - after).days


def _settled(ends_on: date, count: _Count, paused: Sequence[Pause]) -> Deadline | Stopped:
    """Settle an end that falls on a rest day; one that moves into a pause waits until the clock runs again."""
    calendar, first = count.calendar, count.origin + DAY
    on = settled(ends_on, count.rest_day, calendar, not_before=first)
    if on < ends_on and any(pause.covers(on) for pause in paused):
        on = calendar.next_working_day(ends_on)
    moved = out_of_pauses(on, paused, calendar)
    if isinstance(moved, Stopped):
        return moved
    return Deadline(moved, provisional=_is_provisional(ends_on, moved, first, count))


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
