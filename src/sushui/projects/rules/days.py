"""Which days can be in the life of a project: not before a horizon, not beyond what anybody plans, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DayLimits:
    """Between which years days of projects lie; ``years_ahead``: how many years from today on plans reach."""

    earliest_year: int = 1990
    years_ahead: int = 30

    def is_too_early(self, day: date) -> bool:
        """Whether nothing of a project that is kept here can have happened by then: a year that was mistyped."""
        return day.year < self.earliest_year

    def is_too_far(self, day: date, today: date) -> bool:
        """Whether nobody plans for such a day."""
        return day.year > today.year + self.years_ahead


USUAL = DayLimits()


def ends_before_it_begins(begins: date | None, ends: date | None) -> bool:
    """Whether a plan ends before it begins; what nobody has said is in no disorder."""
    return begins is not None and ends is not None and ends < begins
