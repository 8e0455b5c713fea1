"""Rows of lists: a task or a part with its light, its deadline in words and what it waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sushui.kernel.viewer import Viewer
from sushui.supervision.enums import PartRole, PartState, StatusLight, TaskState
from sushui.supervision.models import SupervisedTask, TaskPart
from sushui.supervision.panels.deadlines import Deadlines, Due
from sushui.supervision.panels.offers import Offer, due_verb, part_url
from sushui.supervision.permissions import may_work_on_part


@dataclass(frozen=True)
class TaskRow:
    """A task in a list."""

    task: SupervisedTask
    light: StatusLight
    reason: str
    due: Due | None


@dataclass(frozen=True)
class PartRow:
    """An agency's part in a list: ``act`` is the one thing that is due now, ``waits`` says who else it waits for."""

    part: TaskPart
    light: StatusLight
    reason: str
    due: Due | None
    act: Offer | None
    waits: str


def task_rows(tasks: Iterable[SupervisedTask]) -> list[TaskRow]:
    """Rows of tasks; the running clocks of all of them in one query."""
    shown = list(tasks)
    deadlines = Deadlines.of_tasks(shown)
    return [TaskRow(task, deadlines.light_of(task), deadlines.reason(task), deadlines.next_due(task)) for task in shown]


def part_rows(viewer: Viewer, parts: Iterable[TaskPart]) -> list[PartRow]:
    """Rows of parts with their task; the running clocks of all of them in one query."""
    shown = list(parts)
    deadlines = Deadlines.of_parts(shown)
    return [part_row(viewer, part, deadlines) for part in shown]


def part_row(viewer: Viewer, part: TaskPart, deadlines: Deadlines) -> PartRow:
    """One part as a row."""
    return PartRow(
        part=part,
        light=deadlines.light_of(part),
        reason=deadlines.reason(part),
        due=deadlines.next_due(part),
        act=_act(viewer, part, deadlines),
        waits=_waits(part),
    )


def _act(viewer: Viewer, part: TaskPart, deadlines: Deadlines) -> Offer | None:
    verb = due_verb(part, deadlines.running(part)) if may_work_on_part(viewer, part) else ""
    return Offer(verb, part_url(part, verb)) if verb else None


def _waits(part: TaskPart) -> str:
    if part.state is PartState.DISPUTED:
        return _("The office decides whose it is.")
    if part.role is PartRole.LEAD and part.task.state is TaskState.COMPLETION_APPLIED:
        return _("The application waits for the office's decision.")
    return ""
