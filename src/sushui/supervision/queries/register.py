"""The register, narrowed, and whose its red tasks are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from sushui.kernel import clock, search
from sushui.kernel.viewer import Viewer
from sushui.supervision.enums import PartState, StatusLight
from sushui.supervision.models import SupervisedTask, TaskPart
from sushui.supervision.queries.lights import light_condition, with_light
from sushui.supervision.queries.tasks import visible_tasks


@dataclass(frozen=True)
class TaskFilter:
    """What a register is narrowed to; every field may be left out."""

    state: str = ""
    light: str = ""
    kind: str = ""
    agency_id: int | None = None
    lead_agency_id: int | None = None
    awaited_agency_id: int | None = None
    order_id: int | None = None
    leader_post_id: int | None = None
    text: str = ""
    is_open: bool | None = None
    due_before: date | None = None


def register(viewer: Viewer, narrowed: TaskFilter = TaskFilter()) -> QuerySet[SupervisedTask]:
    """The register, each row with its ``light`` of today, narrowed; not yet ordered or paged."""
    today = clock.today()
    rows = with_light(visible_tasks(viewer), today)
    rows = rows.select_related("lead_agency", "awaited_agency", "order", "leader_post__agency")
    rows = rows.filter(_conditions(narrowed, today))
    if narrowed.text:
        wanted = search.query(narrowed.text)
        rows = rows.filter(search=wanted) if wanted is not None else rows.none()
    return rows


def _conditions(narrowed: TaskFilter, today: date) -> Q:
    conditions = Q()
    for field, value in (
        ("state", narrowed.state),
        ("kind", narrowed.kind),
        ("order_id", narrowed.order_id),
        ("lead_agency_id", narrowed.lead_agency_id),
        ("awaited_agency_id", narrowed.awaited_agency_id),
        ("leader_post_id", narrowed.leader_post_id),
        ("due_on__lte", narrowed.due_before),
    ):
        if value:
            conditions &= Q(**{field: value})
    if narrowed.is_open is not None:
        conditions &= Q(is_open=narrowed.is_open)
    if narrowed.light:
        conditions &= light_condition(StatusLight(narrowed.light), today)
    if narrowed.agency_id:
        own = TaskPart.objects.filter(task=OuterRef("pk"), agency_id=narrowed.agency_id).exclude(state=PartState.MOVED)
        conditions &= Q(Exists(own))
    return conditions


def red_by_agency(viewer: Viewer, agency_ids: Iterable[int] | None = None) -> list[dict[str, object]]:
    """Each agency with how many of the open tasks that wait for it are red and yellow, and since when; longest first.

    ``agency_ids`` narrows it to these agencies.
    """
    today = clock.today()
    tasks = visible_tasks(viewer).filter(is_open=True)
    tasks = tasks if agency_ids is None else tasks.filter(awaited_agency_id__in=list(agency_ids))
    rows = tasks.values("awaited_agency_id", "awaited_agency__name")
    is_red = light_condition(StatusLight.RED, today)
    counted = rows.annotate(
        red=Count("pk", filter=is_red),
        yellow=Count("pk", filter=light_condition(StatusLight.YELLOW, today)),
        total=Count("pk"),
        since=Min("red_on", filter=is_red),
    )
    worst_first = (F("since").asc(nulls_last=True), "-red", "-yellow", "awaited_agency__name")
    return [{**row} for row in counted.filter(Q(red__gt=0) | Q(yellow__gt=0)).order_by(*worst_first)]
