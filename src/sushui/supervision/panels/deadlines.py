"""Deadlines and lights in words: "2 working days left", "overdue by 3 working days: feedback"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sushui.kernel import clock
from sushui.kernel.days import working_calendar
from sushui.kernel.labels import label_of
from sushui.supervision import queries
from sushui.supervision.enums import StatusLight
from sushui.supervision.models import SupervisedTask, TaskClock, TaskPart
from sushui.supervision.rules import light


@dataclass(frozen=True)
class Due:
    """A deadline as it is said: the day, how far it is, and what is due; ``is_red`` once the rule says so."""

    on: date
    words: str
    is_red: bool
    what: str
    is_provisional: bool
    old_on: date | None


class Deadlines:
    """How the deadlines on one page are said: the calendar and the running clocks of its rows, each read once."""

    def __init__(self, clocks: Iterable[TaskClock] = ()) -> None:
        self.today = clock.today()
        self._calendar = working_calendar()
        self._by_task: dict[int, list[TaskClock]] = {}
        self._by_part: dict[int, list[TaskClock]] = {}
        for each in clocks:
            self._by_task.setdefault(each.task_id, []).append(each)
            if each.part_id is not None:
                self._by_part.setdefault(each.part_id, []).append(each)

    @classmethod
    def of_tasks(cls, tasks: Iterable[SupervisedTask]) -> Deadlines:
        return cls(queries.running_clocks_of(tasks=[task.pk for task in tasks]))

    @classmethod
    def of_parts(cls, parts: Iterable[TaskPart]) -> Deadlines:
        return cls(queries.running_clocks_of(parts=[part.pk for part in parts]))

    def running(self, record: SupervisedTask | TaskPart) -> list[TaskClock]:
        """The running clocks of a task or part on this page, earliest deadline first."""
        by_number = self._by_task if isinstance(record, SupervisedTask) else self._by_part
        return by_number.get(record.pk, [])

    def left(self, due_on: date) -> str:
        """How far a deadline is: "due today", "2 working days left", "overdue by 3 working days"."""
        days = self._calendar.working_days_between(self.today, due_on)
        if due_on == self.today:
            return _("due today")
        if due_on > self.today:
            return ngettext("%(days)d working day left", "%(days)d working days left", days) % {"days": days}
        over = self._calendar.working_days_between(due_on, self.today)
        if not over:  # only rest days lie between
            return _("past its deadline, no working day yet")
        return ngettext("overdue by %(days)d working day", "overdue by %(days)d working days", over) % {"days": over}

    def next_due(self, record: SupervisedTask | TaskPart) -> Due | None:
        """The earliest deadline that runs for a task or part."""
        running = self.running(record)
        return self.said(running[0], _whose(record, running[0])) if running else None

    def said(self, running: TaskClock, whose: str = "") -> Due:
        """One running clock in words, after whose it is."""
        moved = running.original_due_on != running.due_on
        return Due(
            on=running.due_on,
            words=self.left(running.due_on),
            is_red=running.red_on <= self.today,
            what=f"{whose}{running.label or label_of(running.kind)}",
            is_provisional=running.is_provisional,
            old_on=running.original_due_on if moved else None,
        )

    def light_of(self, record: SupervisedTask | TaskPart) -> StatusLight:
        """The light of a record today."""
        return light(is_open=record.is_open, on=self.today, yellow_on=record.yellow_on, red_on=record.red_on)

    def reason(self, record: SupervisedTask | TaskPart) -> str:
        """Why a record shows its light: the clock that makes it turn, or how often it was returned."""
        shown = self.light_of(record)
        if shown is StatusLight.NONE:
            return ""
        deciding = [each for each in self.running(record) if self._shows(each, shown)]
        if deciding:
            return f"{_whose(record, deciding[0])}{label_of(deciding[0].kind)} {self.left(deciding[0].due_on)}"
        returned = getattr(record, "returned_count", 0)
        if shown is StatusLight.RED and returned:
            return ngettext("returned %(times)d time", "returned %(times)d times", returned) % {"times": returned}
        if shown is not StatusLight.GREEN:
            return _("applied for closing late, waits for the decision")
        return _("no deadline runs")

    def _shows(self, each: TaskClock, shown: StatusLight) -> bool:
        return light(is_open=True, on=self.today, yellow_on=each.yellow_on, red_on=each.red_on) is shown


def _whose(record: SupervisedTask | TaskPart, each: TaskClock) -> str:
    """The agency that a task's light hangs on, where it is not the lead agency itself."""
    if not isinstance(record, SupervisedTask) or each.part is None or each.part.agency_id == record.lead_agency_id:
        return ""
    return f"{each.part.agency} "
