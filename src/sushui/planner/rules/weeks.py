"""Days as weeks of a scenario. Lengths are rounded up to whole weeks, so that a plan promises no more than the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

DAYS = 7


@dataclass(frozen=True)
class Weeks:
    """The weeks of a scenario: the first begins on 1 January of its year, there are as many as ``years`` hold."""

    year: int
    years: int

    @property
    def first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        return self.day_of(self.count) - timedelta(days=1)

    @property
    def count(self) -> int:
        return (date(self.year + self.years, 1, 1) - self.first_day).days // DAYS

    @property
    def year_end(self) -> int:
        """The week in which the year after the scenario's begins: those before it lie wholly within the year."""
        return (date(self.year + 1, 1, 1) - self.first_day).days // DAYS

    def day_of(self, week: int) -> date:
        """The day on which a week begins."""
        return self.first_day + timedelta(days=week * DAYS)

    def last_day_before(self, week: int) -> date:
        """The last day of what ends with the week before."""
        return self.day_of(week) - timedelta(days=1)

    def of(self, day: date) -> int:
        """The week that holds a day: below 0 before the scenario's year."""
        return (day - self.first_day).days // DAYS

    def from_day(self, day: date) -> int:
        """The first week that begins on a day or later, 0 at the earliest: what is there from that day on."""
        return max(0, -(-(day - self.first_day).days // DAYS))

    def within(self, day: date) -> int:
        """The week that holds a day, 0 at the earliest."""
        return max(0, self.of(day))

    def after(self, day: date) -> int:
        """The first week that begins after a day, 0 at the earliest."""
        return max(0, self.of(day) + 1)


def length(from_on: date, until_on: date) -> int:
    """How many weeks two days span, both included, rounded up."""
    return -(-((until_on - from_on).days + 1) // DAYS)
