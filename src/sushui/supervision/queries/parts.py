"""What an agency has to do in a task, and the clocks that run for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Count, F, Min, Q, QuerySet

from sushui.kernel import clock
from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.supervision.enums import PartState, StatusLight
from sushui.supervision.models import SupervisedTask, TaskClock, TaskPart
from sushui.supervision.queries.lights import light_condition, with_light
from sushui.supervision.queries.tasks import visible_tasks


def visible_parts(viewer: Viewer) -> QuerySet[TaskPart]:
    """Parts of the tasks that the viewer may know of."""
    return TaskPart.objects.filter(task__in=visible_tasks(viewer)).exclude(state=PartState.DRAFTED)


def part_for(viewer: Viewer, part_id: int) -> TaskPart:
    """One part with its task and agency.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = visible_parts(viewer).select_related("task__order", "task__division", "agency", "handler_post")
    part = rows.filter(pk=part_id).first()
    if part is None:
        raise NotFound
    return part


def own_parts(viewer: Viewer) -> QuerySet[TaskPart]:
    """Open parts that are the viewer's post's to work on: named handler, or nobody named in the own agency."""
    return _open_parts(viewer, _named(viewer) | _left_to_all(viewer))


def own_parts_in_arms(viewer: Viewer) -> list[QuerySet[TaskPart]]:
    """The same for lists (`keyset.stretch`): the named ones and the others, each in the order of an index."""
    return [_open_parts(viewer, _named(viewer)), _open_parts(viewer, _left_to_all(viewer))]


def _named(viewer: Viewer) -> Q:
    return Q(handler_post_id=viewer.post_id)


def _left_to_all(viewer: Viewer) -> Q:
    return Q(handler_post=None, agency_id=viewer.agency_id)


def agency_parts(viewer: Viewer) -> QuerySet[TaskPart]:
    """Open parts of the viewer's agency and of those under it."""
    return _open_parts(viewer, Q(agency_id__in=viewer.agency_ids))


def _open_parts(viewer: Viewer, whose: Q) -> QuerySet[TaskPart]:
    """Open parts by deadline, each with its light of today and all that a list shows."""
    rows = TaskPart.objects.filter(whose, is_open=True, division_id__in=viewer.division_ids)
    named = rows.select_related("task__order", "task__lead_agency", "agency", "handler_post")
    return with_light(named, clock.today()).order_by(F("due_on").asc(nulls_last=True), "pk")


def part_counts(rows: QuerySet[TaskPart]) -> dict[str, int]:
    """How many of the parts show each light, and how many nobody has signed for; one query."""
    today = clock.today()
    lights = {light.value: Count("pk", filter=light_condition(light, today)) for light in StatusLight}
    counts: dict[str, int] = rows.order_by().aggregate(
        total=Count("pk"), unsigned=Count("pk", filter=Q(state=PartState.ASSIGNED)), **lights
    )
    return counts


def late_by_handler(rows: QuerySet[TaskPart]) -> list[dict[str, object]]:
    """Each handler's post (None: nobody is named) with how many of the parts are overdue and the oldest deadline."""
    late = rows.order_by().filter(due_on__lt=clock.today()).values("handler_post_id", "handler_post__name")
    counted = late.annotate(late=Count("pk"), since=Min("due_on"))
    return [{**row} for row in counted.order_by("since", "handler_post_id")]


def parts_of(task: SupervisedTask) -> list[TaskPart]:
    """The parts of a task that the viewer was given, lead first."""
    return parts_of_many([task])[task.pk]


def parts_of_many(tasks: Collection[SupervisedTask]) -> dict[int, list[TaskPart]]:
    """The parts of each of the tasks that the viewer was given, lead first; one query."""
    rows = TaskPart.objects.filter(task__in=tasks).select_related("agency", "handler_post__agency")
    found: dict[int, list[TaskPart]] = {task.pk: [] for task in tasks}
    for part in with_light(rows.order_by("role", "pk"), clock.today()):
        found[part.task_id].append(part)
    return found


def clocks_of(task: SupervisedTask) -> list[TaskClock]:
    """The clocks of a task in the order of their deadlines."""
    return list(task.clocks.select_related("part__agency").order_by("due_on", "pk"))


def running_clocks(part: TaskPart) -> list[TaskClock]:
    """Clocks of a part that still run, earliest deadline first."""
    rows = part.clocks.filter(met_on=None, stopped_on=None, canceled_on=None)
    return list(rows.order_by("due_on", "pk"))


def running_clocks_of(*, tasks: Iterable[int] = (), parts: Iterable[int] = ()) -> list[TaskClock]:
    """Running clocks of the tasks or parts with these numbers, earliest deadline first; one query."""
    rows = TaskClock.objects.filter(met_on=None, stopped_on=None, canceled_on=None)
    wanted = rows.filter(Q(task_id__in=list(tasks)) | Q(part_id__in=list(parts)))
    return list(wanted.select_related("part__agency").order_by("due_on", "pk"))
