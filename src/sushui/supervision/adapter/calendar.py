"""The door to the calendar engine: limits and settings become deadlines, lights and open hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sushui.engines.calendar import (
    ClockDayKind,
    ClockRule,
    ClockUnit,
    Deadline,
    DeadlineReading,
    Pause,
    QuietHours,
    WorkingCalendar,
    due,
    next_open_moment,
    read_deadline_cell,
    shift,
)
from sushui.kernel import clock
from sushui.kernel.days import working_calendar
from sushui.supervision.enums import ClockKind, TaskKind
from sushui.supervision.models import TaskClock
from sushui.supervision.queries import limits_in_force, quiet_hours_in_force
from sushui.supervision.rules import Limit, Limits, Steps

Paused = Sequence[tuple[date, date]]


@dataclass(frozen=True)
class Timetable:
    """The limits of a division on a day, and the calendar to count them on."""

    limits: Limits
    calendar: WorkingCalendar
    quiet: QuietHours

    def deadline(self, limit: Limit, started_on: date, pauses: Paused = ()) -> Deadline:
        """When a limit that started on a day (day 1) runs out, days inside ended pauses not counted."""
        rule = ClockRule(limit.length, ClockUnit(limit.unit), ClockDayKind(limit.basis), first_day_counts=True)
        found = due(rule, started_on, self.calendar, [Pause(first, until) for first, until in pauses])
        assert isinstance(found, Deadline), "only a pause without an end stops a clock, and none is passed here"
        return found

    def fixed(self, on: date, pauses: Paused = ()) -> Deadline:
        """A deadline given as a date stays that date; each day of a pause puts it off by a day."""
        if not pauses:
            return Deadline(on, provisional=False)
        lost = sum(self.calendar.working_days_between(first, until) for first, until in pauses)
        moved = shift(on, lost, self.calendar)
        return Deadline(moved, provisional=not self.calendar.is_announced(moved))

    def steps(self, due_on: date, kind: ClockKind, task_kind: TaskKind) -> Steps:
        """The days on which a clock with this deadline climbs the ladder."""
        is_major_result = kind is ClockKind.RESULT and task_kind is not TaskKind.GENERAL
        warning = self.limits.due_soon_days_major if is_major_result else self.limits.due_soon_days
        return Steps(
            due_soon_on=shift(due_on, -warning, self.calendar),
            overdue_on=shift(due_on, 1, self.calendar),
            red_on=shift(due_on, self.limits.red_after_days + 1, self.calendar),
            listed_on=shift(due_on, self.limits.listed_after_days + 1, self.calendar),
        )

    def days_over(self, due_on: date, on: date) -> int:
        """Working days past the deadline on a day; negative while days are left."""
        return self.calendar.working_days_between(due_on, on)

    def open_moment(self, moment: datetime) -> datetime:
        """The first moment from ``moment`` on at which somebody may be sent a message."""
        return next_open_moment(moment, self.quiet, self.calendar)


def timetable(division_id: int, on: date | None = None) -> Timetable:
    """The timetable of a division on a day (default: today)."""
    day = on or clock.today()
    start, end = quiet_hours_in_force(division_id, day)
    return Timetable(limits_in_force(division_id, day), working_calendar(), QuietHours(_time(start), _time(end)))


def _time(text: str) -> time:
    return time.fromisoformat(text)


def compute_deadline(table: Timetable, running: TaskClock) -> Deadline:
    """The deadline of a stored clock, from its rule or its date, and its pauses."""
    pauses = [(date.fromisoformat(first), date.fromisoformat(until)) for first, until in running.pauses]
    if running.fixed_on is not None:
        return table.fixed(running.fixed_on, pauses)
    assert running.length is not None, "the database holds clocks to a date or a length"
    return table.deadline(Limit(running.length, running.unit, running.basis), running.started_on, pauses)


def read_deadline(value: object, *, year: int | None, reference: date) -> DeadlineReading:
    """What a deadline cell of a work list says."""
    return read_deadline_cell(value, year=year, reference=reference)
