"""From a day to the end of a length, and back to the latest day from which it still ends in time.

Everything that is forecast lies on working days: offices file, accept and grant on no others. A length that ends on a
rest day ends on the next working day (as Civil Code, article 203, has it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sushui.engines.common import DayCounter, Pause, Stopped, joined, months_later, out_of_pauses, stretched

from .template import Length, Unit

DAY = timedelta(days=1)


def finish(length: Length, start: date, days: DayCounter) -> date:
    """The working day on which a length ends whose day 1 is the day after `start`; `start` itself for 0 days."""
    if length.is_working:
        return days.add_working_days(start, length.count)
    return days.next_working_day(plain_end(length, start, days))


def plain_end(length: Length, start: date, days: DayCounter) -> date:
    """The day on which a length ends, rest day or not: what a validity ends on."""
    if length.is_working:
        return days.add_working_days(start, length.count)
    if length.unit is Unit.MONTH:
        return months_later(start, length.count)
    return start + timedelta(days=length.count)


def latest_start(length: Length, end: date, days: DayCounter) -> date:
    """The latest working day `s` with ``finish(length, s) <= end``, for a working day `end`."""
    if length.is_working:
        return days.add_working_days(end, -length.count)
    if length.unit is Unit.MONTH:
        return days.previous_working_day(_latest_month_start(end, length.count))
    return days.previous_working_day(end - timedelta(days=length.count))


def _latest_month_start(end: date, months: int) -> date:
    """The latest day from which `months` lead no farther than `end`: from the 31st, too, one comes to the 30th."""
    start = months_later(end, -months)
    is_last = (end + DAY).day == 1
    if is_last:
        return months_later(start.replace(day=1), 1) - DAY
    return start


@dataclass(frozen=True)
class _Counted:
    """The days that a clock of this length counts."""

    is_working: bool
    calendar: DayCounter

    def advance(self, day: date, count: int) -> date:
        return self.calendar.add_working_days(day, count) if self.is_working else day + timedelta(days=count)

    def days(self, after: date, through: date) -> int:
        return self.calendar.working_days_between(after, through) if self.is_working else (through - after).days


def clock_end(length: Length, start: date, pauses: Sequence[Pause], days: DayCounter) -> date | Stopped:
    """When a clock of this length runs out that was set going on `start`, or that a pause without an end holds it.

    Days in pauses do not count; a clock of months loses calendar days (docs/algorithms/working-days.md).
    """
    ends_on = plain_end(length, start, days)
    paused = joined(pauses)
    if paused:
        stretched_to = stretched(start, ends_on, paused, _Counted(length.is_working, days))
        if isinstance(stretched_to, Stopped):
            return stretched_to
        ends_on = stretched_to
    return out_of_pauses(ends_on if length.is_working else days.next_working_day(ends_on), paused, days)


def days_left(length: Length, on: date, due_on: date, pauses: Sequence[Pause], days: DayCounter) -> int:
    """Days that a clock of this length still counts from `on` to `due_on`; negative: days over. 0 on the day itself.

    The earlier day is left out and the later one counted; days in pauses are not.
    """
    counted = _Counted(length.is_working, days)
    if on > due_on:
        return -counted.days(due_on, on)
    standing_still = 0
    for pause in joined(pauses):
        eve, last = max(pause.from_on - DAY, on), min((pause.until_on or due_on + DAY) - DAY, due_on)
        standing_still += counted.days(eve, last) if eve < last else 0
    return counted.days(on, due_on) - standing_still
