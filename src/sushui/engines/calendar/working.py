"""Counting working days: weekends are off, holidays are off, make-up days are on."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from sushui.engines.calendar.holidays import DayKind, HolidayTable

# Regulation on Public Holidays (全国年节及纪念日放假办法, as revised by State Council Decree 795, in force since
# 2025-01-01), article 2. These are off in any year; what moves with the moon waits for the notice.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})

SATURDAY = 5


class WorkingCalendar:
    """The working days that a table of holidays makes.

    In a year without a notice, weekends and the holidays that the law puts on a fixed date are off; such days may
    change when the notice comes out, and `is_announced` says so.

    The working days of a year are listed when first asked for, so that counting is a search in a sorted list: its cost
    grows with the years passed over, not with the days.
    """

    def __init__(self, table: HolidayTable) -> None:
        self.table = table
        self._working_days_by_year: dict[int, list[date]] = {}

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on this day."""
        kind = self.table.days.get(day)
        if kind is not None:
            return kind is DayKind.WORKDAY
        if day.weekday() >= SATURDAY:
            return False
        return self.is_announced(day) or (day.month, day.day) not in FIXED_HOLIDAYS

    def is_announced(self, day: date) -> bool:
        """Whether the holiday notice of the day's year is out."""
        return day.year in self.table.announced_years

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, or before it where `count` is negative; `day` itself for 0.

        `day` may be a rest day; it is never counted itself.
        """
        if count == 0:
            return day
        year = day.year
        days = self._working_days(year)
        index = bisect_right(days, day) + count - 1 if count > 0 else bisect_left(days, day) + count
        while index >= len(days):
            index -= len(days)
            year += 1
            days = self._working_days(year)
        while index < 0:
            year -= 1
            days = self._working_days(year)
            index += len(days)
        return days[index]

    def working_days_between(self, start: date, end: date) -> int:
        """Working days stepped onto on the way from `start` to `end`: `start` is left out, `end` is counted.

        That is the working days in (start, end] and, where `end` is earlier, minus those in [end, start). So
        `working_days_between(day, add_working_days(day, n)) == n` for every day and every n.
        """
        if start <= end:
            return self._working_days_through(start, end)
        return -self._working_days_through(end - timedelta(days=1), start - timedelta(days=1))

    def next_working_day(self, day: date) -> date:
        """`day` itself where it is a working day, else the first one after it."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def previous_working_day(self, day: date) -> date:
        """`day` itself where it is a working day, else the last one before it."""
        return day if self.is_working_day(day) else self.add_working_days(day, -1)

    def _working_days_through(self, after: date, through: date) -> int:
        """Working days in (after, through], for `after` not later than `through`."""
        whole_years = sum(len(self._working_days(year)) for year in range(after.year, through.year))
        before = bisect_right(self._working_days(after.year), after)
        return whole_years + bisect_right(self._working_days(through.year), through) - before

    def _working_days(self, year: int) -> list[date]:
        if year not in self._working_days_by_year:
            first = date(year, 1, 1)
            length = date(year, 12, 31).timetuple().tm_yday
            days = (first + timedelta(days=offset) for offset in range(length))
            self._working_days_by_year[year] = [day for day in days if self.is_working_day(day)]
        return self._working_days_by_year[year]


def shift(day: date, working_days: int, calendar: WorkingCalendar) -> date:
    """`day` moved by working days, forwards or (negative) backwards: when a deadline's warning begins, for one."""
    return calendar.add_working_days(day, working_days)


def business_days_over(deadline_on: date, today: date, calendar: WorkingCalendar) -> int:
    """How many working days `today` lies past a deadline; negative while it is still ahead, 0 on the day itself.

    The earlier of the two days is left out and the later one counted, so that on the Saturday before a deadline on
    Monday one working day is left (-1), and on the Saturday after a deadline on Friday none has passed yet (0): whether
    the deadline is missed is asked of the dates, `today > deadline_on`.
    """
    if today >= deadline_on:
        return calendar.working_days_between(deadline_on, today)
    return -calendar.working_days_between(today, deadline_on)
