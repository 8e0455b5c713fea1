"""How tasks stand, for those who raised the matter: state and light, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.supervision.enums import StatusLight, TaskState
from sushui.supervision.models import SupervisedTask
from sushui.supervision.queries.tasks import visible_tasks
from sushui.supervision.rules import light


@dataclass(frozen=True)
class TaskStanding:
    """A task as somebody may know it who raised the matter; ``is_visible``: they may open it."""

    task_id: int
    state: TaskState
    light: StatusLight
    is_open: bool
    due_on: date | None
    agency: str
    is_visible: bool


def task_standings(viewer: Viewer, task_ids: Iterable[int]) -> dict[int, TaskStanding]:
    """How tasks of the viewer's divisions stand, by number; two queries however many there are.

    For upper rooms whose record gave rise to them: whoever may read what was found may know what became of it, also
    where the task itself is not theirs to open.
    """
    wanted = set(task_ids)
    rows = SupervisedTask.objects.filter(pk__in=wanted, division_id__in=viewer.division_ids)
    visible = set(visible_tasks(viewer).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    found = list(rows.select_related("lead_agency")) if wanted else []
    return {task.pk: _standing(task, is_visible=task.pk in visible) for task in found}


def _standing(task: SupervisedTask, *, is_visible: bool) -> TaskStanding:
    shown = light(is_open=task.is_open, on=clock.today(), yellow_on=task.yellow_on, red_on=task.red_on)
    agency = str(task.lead_agency) if task.lead_agency else ""
    return TaskStanding(task.pk, TaskState(task.state), shown, task.is_open, task.due_on, agency, is_visible)
