"""The door to the calendar engine: limits and settings become deadlines, lights and open hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sushui.engines.calendar import (
    ClockDayKind,
    ClockRule,
    ClockUnit,
    Deadline,
    DeadlineReading,
    MonthLength,
    Pause,
    QuietHours,
    RestDayRule,
    WorkingCalendar,
    business_days_over,
    due,
    next_open_moment,
    read_deadline_cell,
    settled,
    shift,
)
from sushui.kernel import clock
from sushui.kernel.batches import kept
from sushui.kernel.days import working_calendar
from sushui.notices.queries import quiet_hours
from sushui.supervision.enums import ClockKind, OrderSource, TaskKind
from sushui.supervision.models import SupervisedTask, TaskClock
from sushui.supervision.queries import limits_in_force
from sushui.supervision.rules import Counting, Limit, Limits, Steps

Paused = Sequence[tuple[date, date]]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Timetable:
    """The limits of a division on a day, and the calendar to count them on."""

    division_id: int
    limits: Limits
    calendar: WorkingCalendar
    quiet: QuietHours

    def deadline(
        self, limit: Limit, started_on: date, pauses: Paused = (), counting: Counting | None = None
    ) -> Deadline:
        """When a limit that started on a day runs out, days inside ended pauses not counted.

        Counted as ``counting`` says (None: as what starts now is counted).
        """
        how = counting or self.limits
        rule = ClockRule(
            limit.length,
            ClockUnit(limit.unit),
            ClockDayKind(limit.basis),
            how.first_day_counts,
            MonthLength(how.month_length),
            RestDayRule(how.rest_day),
        )
        return self._due(rule, started_on, pauses)

    def fixed(
        self, on: date, pauses: Paused = (), counting: Counting | None = None, *, started_on: date = date.min
    ) -> Deadline:
        """A deadline given as a date; each working day of a pause that began by then puts it off by one.

        On a rest day it goes where the rule for rest days takes it, as a counted one does, but never to before
        ``started_on``.
        """
        rest_day = RestDayRule((counting or self.limits).rest_day)
        moved = settled(on, rest_day, self.calendar, not_before=started_on)
        for first, until in pauses:
            if first <= moved:
                lost = self.calendar.working_days_between(first - DAY, until - DAY)
                moved = shift(moved, lost, self.calendar)
        if rest_day is RestDayRule.SAME and moved == on:
            return Deadline(on, provisional=False)
        relies_from = min([on, moved, *(first for first, _until in pauses)])
        years = range(relies_from.year, max(on, moved).year + 1)
        return Deadline(moved, provisional=not self.calendar.table.announced_years.issuperset(years))

    def steps(self, due_on: date, kind: ClockKind, task_kind: TaskKind, pauses: Paused = ()) -> Steps:
        """The days on which a clock with this deadline climbs; one that stood still when overdue climbs later."""
        is_major_result = kind is ClockKind.RESULT and task_kind is not TaskKind.GENERAL
        warning = self.limits.due_soon_days_major if is_major_result else self.limits.due_soon_days
        return Steps(
            due_soon_on=shift(due_on, -warning, self.calendar),
            overdue_on=self._days_after(due_on, 1, pauses),
            red_on=self._days_after(due_on, self.limits.red_after_days + 1, pauses),
            listed_on=self._days_after(due_on, self.limits.listed_after_days + 1, pauses),
        )

    def _days_after(self, due_on: date, days: int, pauses: Paused) -> date:
        """The ``days``-th working day after a deadline on which the clock did not stand still."""
        return self._due(ClockRule(days, first_day_counts=False), due_on, pauses).on

    def _due(self, rule: ClockRule, started_on: date, pauses: Paused) -> Deadline:
        found = due(rule, started_on, self.calendar, [Pause(first, until) for first, until in pauses])
        assert isinstance(found, Deadline), "only a pause without an end stops a clock, and none is passed here"
        return found

    def days_over(self, due_on: date, on: date) -> int:
        """Working days past the deadline on a day; negative while days are left."""
        return business_days_over(due_on, on, self.calendar)

    def open_moment(self, moment: datetime) -> datetime:
        """The first moment from ``moment`` on at which somebody may be sent a message."""
        return next_open_moment(moment, self.quiet, self.calendar)


def timetable(division_id: int, on: date | None = None, source: OrderSource | None = None) -> Timetable:
    """The timetable of a division on a day (default: today), for tasks of a source."""
    day = on or clock.today()
    return kept(("timetable", division_id, day, source), lambda: _timetable(division_id, day, source))


def task_timetable(task: SupervisedTask) -> Timetable:
    """The timetable of a task today: the limits of its division for the source of its order."""
    return timetable(task.division_id, source=task.order.source)


def _timetable(division_id: int, day: date, source: OrderSource | None) -> Timetable:
    start, end = quiet_hours(division_id, day)
    quiet = QuietHours(_time(start), _time(end))
    return Timetable(division_id, limits_in_force(division_id, day, source), working_calendar(), quiet)


def _time(text: str) -> time:
    return time.fromisoformat(text)


def compute_deadline(table: Timetable, running: TaskClock) -> Deadline:
    """The deadline of a stored clock, from its rule or its date, and its pauses."""
    if running.fixed_on is not None:
        return table.fixed(running.fixed_on, _pauses(running), running.counting, started_on=running.started_on)
    assert running.length is not None, "the database holds clocks to a date or a length"
    limit = Limit(running.length, running.unit, running.basis)
    return table.deadline(limit, running.started_on, _pauses(running), running.counting)


def compute_steps(table: Timetable, running: TaskClock, task_kind: TaskKind) -> Steps:
    """The days on which a stored clock climbs the ladder, from its deadline as it stands."""
    return table.steps(running.due_on, running.kind, task_kind, _pauses(running))


def _pauses(running: TaskClock) -> Paused:
    return [(date.fromisoformat(first), date.fromisoformat(until)) for first, until in running.pauses]


def read_deadline(value: object, *, year: int | None, reference: date) -> DeadlineReading:
    """What a deadline cell of a work list says."""
    return read_deadline_cell(value, year=year, reference=reference)
