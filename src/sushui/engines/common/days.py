"""Days and months as several engines count them."""

from calendar import monthrange
from datetime import date
from typing import Protocol


class DayCounter(Protocol):
    """Whose working days count: what an engine asks of a calendar that it does not know."""

    def is_announced(self, day: date) -> bool:
        """Whether the working days of the day's year are known for certain."""

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, before it where `count` is negative; `day` itself for 0."""

    def working_days_between(self, start: date, end: date) -> int:
        """Working days in (start, end], for `start` not later than `end`."""

    def next_working_day(self, day: date) -> date:
        """`day` itself where it is a working day, else the first one after it."""

    def previous_working_day(self, day: date) -> date:
        """`day` itself where it is a working day, else the last one before it."""


def months_later(day: date, months: int) -> date:
    """The same date `months` later (earlier where negative), or that month's last day if it has no such date.

    Source: Civil Code, article 202.
    """
    years, month_index = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
