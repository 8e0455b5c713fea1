"""Decisions of liaison over plain values: no Django, no clock.

How often somebody visits what they stand by is written in no law: the defaults are the house's own settings and are
shown as such. A light compares the days without a visit with the interval; it never guesses: a liaison that does not
hold on the day, and one from which nothing is expected, has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sushui.liaison.enums import LiaisonRole
from sushui.supervision.enums import StatusLight


@dataclass(frozen=True)
class Intervals:
    """How many days may pass between two visits, and after how many intervals without one a light turns red.

    0 days: no visits are expected. ``service_days`` is for the liaison agency and for the service officer.
    """

    leader_days: int = 30
    service_days: int = 15
    red_after: int = 2

    def days_of(self, role: LiaisonRole) -> int:
        return self.leader_days if role is LiaisonRole.LEADER else self.service_days


def in_force(from_on: date, to_on: date | None, on: date) -> bool:
    """Whether a liaison from a day to a day (both included, open without an end) holds on the day."""
    return from_on <= on and (to_on is None or on <= to_on)


def overlaps(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Whether two spans of days (both ends included, open without an end) share a day."""
    return in_force(first[0], first[1], max(first[0], second[0])) and in_force(
        second[0], second[1], max(first[0], second[0])
    )


def due_on(waits_since: date, days: int) -> date | None:
    """The last day for the next visit; None where none is expected."""
    return waits_since + timedelta(days=days) if days else None


def red_on(waits_since: date, days: int, red_after: int) -> date | None:
    """The day on which the light turns red; None where no visit is expected."""
    return waits_since + timedelta(days=days * max(red_after, 1) + 1) if days else None


def visit_light(*, is_in_force: bool, waits_since: date, days: int, red_after: int, on: date) -> StatusLight:
    """The light of a liaison on a day.

    ``waits_since``: the day of the last visit, or of the appointment when there was none. Yellow the day after the
    interval has passed, red when ``red_after`` whole intervals have.
    """
    due, red = due_on(waits_since, days), red_on(waits_since, days, red_after)
    if not is_in_force or due is None or red is None:
        return StatusLight.NONE
    if on >= red:
        return StatusLight.RED
    return StatusLight.YELLOW if on > due else StatusLight.GREEN


def may_remind(*, waits_since: date, days: int, reminded_on: date | None, on: date) -> bool:
    """Whether a reminder is due: the interval has passed, and another one since the last reminder."""
    due = due_on(waits_since, days)
    if due is None or on <= due:
        return False
    return reminded_on is None or on >= reminded_on + timedelta(days=days)


def may_edit_visit(*, logged_on: date, is_withdrawn: bool, on: date) -> bool:
    """A visit is corrected in place only on the day it was logged; later it is withdrawn and logged anew."""
    return not is_withdrawn and logged_on == on
