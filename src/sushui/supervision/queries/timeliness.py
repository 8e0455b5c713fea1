"""How this year's work is judged by the clock: what was closed on time, of what was closed or is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.supervision.enums import TaskState, Timeliness
from sushui.supervision.models import SupervisedTask
from sushui.supervision.queries.tasks import visible_tasks


@dataclass(frozen=True)
class Punctuality:
    """Tasks closed on time, of those closed this year or overdue today; ``owner_id``: whose tasks they are."""

    owner_id: int
    on_time: int
    judged: int


def timeliness_condition(timeliness: Timeliness, today: date) -> Q:
    """Tasks that are judged so today.

    An open task counts as soon as a deadline of its has passed: else whoever never closes what is late would look
    punctual. A task closed this year is late when it was applied for after its deadline.
    """
    closed = Q(state=TaskState.CLOSED, closed_on__gte=date(today.year, 1, 1))
    overdue = Q(is_open=True, due_on__lt=today)
    return {
        Timeliness.JUDGED: closed | overdue,
        Timeliness.ON_TIME: closed & Q(is_late=False),
        Timeliness.LATE: (closed & Q(is_late=True)) | overdue,
    }[timeliness]


def punctuality_by_agency(viewer: Viewer) -> list[Punctuality]:
    """Each lead agency with tasks to be judged, in no order; one query."""
    return _punctuality(visible_tasks(viewer), "lead_agency_id")


def punctuality_by_division(viewer: Viewer) -> list[Punctuality]:
    """Each division with tasks to be judged, in no order; one query."""
    return _punctuality(visible_tasks(viewer), "division_id")


def _punctuality(tasks: QuerySet[SupervisedTask], owner: str) -> list[Punctuality]:
    today = clock.today()
    judged = tasks.filter(timeliness_condition(Timeliness.JUDGED, today)).order_by().values_list(owner)
    on_time = Count("pk", filter=timeliness_condition(Timeliness.ON_TIME, today))
    return [Punctuality(*row) for row in judged.annotate(on_time=on_time, judged=Count("pk"))]
