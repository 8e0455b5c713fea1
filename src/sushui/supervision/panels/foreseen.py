"""The deadlines that a draft would have if it were assigned today, shown before it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from sushui.supervision.adapter import task_timetable
from sushui.supervision.models import SupervisedTask, TaskPart
from sushui.supervision.panels.deadlines import Deadlines, Due
from sushui.supervision.services import part_clocks


@dataclass(frozen=True)
class ForeseenPart:
    """An agency's part with its deadlines, earliest first."""

    part: TaskPart
    dues: list[Due]


@dataclass(frozen=True)
class Foreseen:
    """A draft with the deadlines of its parts, lead first."""

    task: SupervisedTask
    parts: list[ForeseenPart]


def foreseen(drafts: Iterable[SupervisedTask]) -> list[Foreseen]:
    """What an assignment today would give each of the drafts that name an agency; two queries for any number."""
    tasks, deadlines = list(drafts), Deadlines()
    prefetch_related_objects(tasks, "parts__agency")
    given = [Foreseen(task, _parts(task, deadlines)) for task in tasks]
    return [each for each in given if each.parts]


def _parts(task: SupervisedTask, deadlines: Deadlines) -> list[ForeseenPart]:
    table = task_timetable(task)
    found = []
    for part in sorted(task.parts.all(), key=lambda part: (part.role, part.pk)):
        clocks = sorted(part_clocks(table, task, part), key=lambda each: each.due_on)
        found.append(ForeseenPart(part, [deadlines.said(each) for each in clocks]))
    return found
