"""The frame of every act on a task: lock, check, do, carry the dates over, write one audit line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_acts
from sushui.kernel.days import LAST_YEAR
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.supervision.adapter import Timetable, task_timetable
from sushui.supervision.enums import ClockKind, RequestState, TaskState, Verb
from sushui.supervision.models import SupervisedTask, TaskPart, TaskRequest
from sushui.supervision.rules import OPEN_STATES, may_move, state_after
from sushui.supervision.services.clocks import TASK_DATES, refresh_dates, release_task


@dataclass
class Act:
    """One act under way: the locked task, the timetable of its division, and what the audit line will say."""

    viewer: Viewer
    verb: Verb
    task: SupervisedTask
    table: Timetable
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    changed: set[str] = field(default_factory=set)
    counted: dict[int, TaskPart] = field(default_factory=dict)  # parts whose new version is still to be saved

    def move(self) -> None:
        """Take the task where the verb leads.

        Raises:
            DomainError: ``wrong_state``.
        """
        require_state(self.verb, self.task)
        self.set(state=state_after(self.verb))

    def set(self, **values: Any) -> None:
        """Set fields of the task; those that changed are saved and told before and after."""
        for name, value in values.items():
            old = getattr(self.task, name)
            if old != value:
                self.before.setdefault(name, old)
                self.after[name] = value
                setattr(self.task, name, value)
                self.changed.add(name)

    def part(self, part: TaskPart) -> None:
        """Name the part that the act is about."""
        self.after["agency"] = str(part.agency)
        self.after["part"] = part.pk


@contextmanager
def act_on(
    viewer: Viewer, verb: Verb, task_id: int, *, allowed: bool, seen_version: int | None = None
) -> Iterator[Act]:
    """Do one act on a task: inside the block the task is locked and current; leaving it saves and writes the line.

    Raises:
        Forbidden: not ``allowed``.
        StaleRecord: the viewer saw another version.
    """
    with acts_on(viewer, verb, [task_id], allowed=allowed) as (act,):
        check_version(act.task, seen_version)
        yield act


@contextmanager
def acts_on(viewer: Viewer, verb: Verb, task_ids: Collection[int], *, allowed: bool) -> Iterator[list[Act]]:
    """Do the same act on many tasks, all or none: inside the block they are locked and current, in order.

    In one order for everybody, so that two who act on the same tasks never wait for each other in a ring.

    Raises:
        Forbidden: not ``allowed``.
        SupervisedTask.DoesNotExist: one of them is gone.
    """
    if not allowed:
        raise Forbidden
    with transaction.atomic():
        rows = SupervisedTask.objects.select_for_update(of=("self",)).select_related("order", "division")
        tasks = list(rows.filter(pk__in=task_ids).order_by("pk"))
        if len(tasks) != len(task_ids):
            raise SupervisedTask.DoesNotExist
        acts = [Act(viewer, verb, task, task_timetable(task)) for task in tasks]
        yield acts
        counted = {number: part.version for act in acts for number, part in act.counted.items()}
        refresh_dates({act.task: act.table.limits.red_after_returns for act in acts}, counted)
        for act in acts:
            save_changes(act.task, *act.changed, *TASK_DATES)
        record_acts(viewer, verb, [(act.task, act.before, act.after, act.note) for act in acts])


def lapse_requests(act: Act, rows: QuerySet[TaskRequest]) -> None:
    """Close what nobody needs to decide any more: the task ended, the part moved on or its clocks stopped."""
    lapsed = list(rows.filter(state=RequestState.OPEN).order_by("pk").values_list("pk", flat=True))
    if lapsed:
        rows = TaskRequest.objects.filter(pk__in=lapsed)
        rows.update(state=RequestState.LAPSED, decided_at=clock.now(), version=F("version") + 1)
        act.after["lapsed"] = [*act.after.get("lapsed", []), *lapsed]


def end_suspension(act: Act) -> None:
    """Drop the plan and let the clocks run again; what was asked about the plan's steps lapses."""
    release_task(act.table, act.task)
    lapse_requests(act, TaskRequest.objects.filter(part__task=act.task, clock__kind=ClockKind.PLAN_STEP))


def require_state(verb: Verb, task: SupervisedTask) -> None:
    """Refuse an act that the task's state does not allow."""
    if not may_move(verb, task.state):
        raise DomainError(
            "wrong_state",
            _("Task %(number)s is “%(state)s”: this cannot be done to it now."),
            _("Open the task again to see what can be done."),
            number=task.number,
            state=translate(TaskState(task.state).msgid),
        )


def require_open(task: SupervisedTask) -> None:
    """Refuse an act on a draft or on what has ended.

    Raises:
        DomainError: ``not_open``.
    """
    if task.state not in OPEN_STATES:
        raise DomainError(
            "not_open",
            _("Nobody works on task %(number)s now."),
            _("Open the task again to see what can be done."),
            number=task.number,
        )


def require_countable(days: Iterable[date | None]) -> None:
    """Refuse days so far ahead that nothing can be counted from them.

    Raises:
        DomainError: ``day_too_far``.
    """
    for day in days:
        if day is not None and day.year > LAST_YEAR:
            raise DomainError(
                "day_too_far",
                _("%(day)s lies too far ahead."),
                _("Give a day up to the year %(last)s."),
                day=day.isoformat(),
                last=LAST_YEAR,
            )


def changes(**values: Any) -> Mapping[str, Any]:
    """Values for an audit line, those that are empty left out."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
