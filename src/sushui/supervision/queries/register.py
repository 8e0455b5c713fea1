"""The register, narrowed, and whose its red tasks are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from sushui.kernel import clock, search
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import divisions_within
from sushui.supervision.enums import PartState, StatusLight, Timeliness
from sushui.supervision.models import SupervisedTask, TaskPart
from sushui.supervision.queries.lights import light_condition, with_light
from sushui.supervision.queries.tasks import visible_tasks
from sushui.supervision.queries.timeliness import timeliness_condition

# The chips of the register's page, where they are called otherwise than the field.
CHIPS = {
    "agency_id": "agency",
    "lead_agency_id": "lead",
    "awaited_agency_id": "awaited",
    "order_id": "order",
    "leader_post_id": "leader",
    "division_id": "division",
}


@dataclass(frozen=True)
class TaskFilter:
    """What a register is narrowed to; every field may be left out.

    ``red_since``: those red today that turned red on or after the day. ``timeliness`` judges this year's work.
    """

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
    division_id: int | None = None
    red_since: date | None = None
    assigned_since: date | None = None
    closed_since: date | None = None
    timeliness: str = ""

    @property
    def query(self) -> str:
        """The query under which the register's page is narrowed so; what is closed it shows only where asked."""
        shows_all = self.is_open is None and not (self.state or self.order_id)
        said = {CHIPS.get(each.name, each.name): getattr(self, each.name) for each in fields(self)}
        said |= {"scope": "all" if shows_all else "", "is_open": None}
        return urlencode({name: value for name, value in said.items() if value})


def register(viewer: Viewer, narrowed: TaskFilter = TaskFilter()) -> QuerySet[SupervisedTask]:
    """The register, each row with its ``light`` of today, narrowed; not yet ordered or paged."""
    today = clock.today()
    rows = with_light(visible_tasks(viewer), today)
    rows = rows.select_related("lead_agency", "awaited_agency", "order", "leader_post__agency")
    rows = rows.filter(conditions(narrowed, today))
    if narrowed.text:
        wanted = search.query(narrowed.text)
        rows = search.holding(rows, wanted, viewer.division_ids) if wanted is not None else rows.none()
    return rows


def conditions(narrowed: TaskFilter, today: date) -> Q:
    """What a filter leaves on a day, but for the text: for the register itself and for counts of its rows."""
    conditions = Q()
    for field, value in (
        ("state", narrowed.state),
        ("kind", narrowed.kind),
        ("order_id", narrowed.order_id),
        ("lead_agency_id", narrowed.lead_agency_id),
        ("awaited_agency_id", narrowed.awaited_agency_id),
        ("leader_post_id", narrowed.leader_post_id),
        ("due_on__lte", narrowed.due_before),
        ("red_on__gte", narrowed.red_since),
        ("assigned_on__gte", narrowed.assigned_since),
        ("closed_on__gte", narrowed.closed_since),
    ):
        if value:
            conditions &= Q(**{field: value})
    if narrowed.division_id:
        conditions &= Q(division_id__in=divisions_within(narrowed.division_id).values("pk"))
    if narrowed.is_open is not None:
        conditions &= Q(is_open=narrowed.is_open)
    if narrowed.light:
        conditions &= light_condition(StatusLight(narrowed.light), today)
    if narrowed.red_since:
        conditions &= light_condition(StatusLight.RED, today)
    if narrowed.timeliness:
        conditions &= timeliness_condition(Timeliness(narrowed.timeliness), today)
    if narrowed.agency_id:
        own = TaskPart.objects.filter(task=OuterRef("pk"), agency_id=narrowed.agency_id).exclude(state=PartState.MOVED)
        conditions &= Q(Exists(own))
    return conditions


def task_counts(viewer: Viewer, wanted: Mapping[str, TaskFilter]) -> dict[str, int]:
    """How many rows of the register each filter leaves, by the filter's key; one query. Texts are not looked at."""
    today = clock.today()
    said = {key: conditions(narrowed, today) for key, narrowed in wanted.items()}
    rows = visible_tasks(viewer).filter(reduce(or_, said.values())).order_by()  # what no filter leaves is not read
    counts: dict[str, int] = rows.aggregate(**{key: Count("pk", filter=each) for key, each in said.items()})
    return counts


@dataclass(frozen=True)
class RedTasks:
    """How many tasks that wait for an agency are red, and since when the longest is."""

    agency_id: int
    count: int
    since: date


def red_tasks_by_agency(viewer: Viewer) -> list[RedTasks]:
    """Red tasks by the agency they wait for, the longest first; one query."""
    red = visible_tasks(viewer).filter(light_condition(StatusLight.RED, clock.today()))
    rows = red.order_by().values_list("awaited_agency_id").annotate(count=Count("pk"), since=Min("red_on"))
    return [RedTasks(*row) for row in rows.order_by("since", "-count", "awaited_agency_id")]


def red_by_division(viewer: Viewer) -> dict[int, int]:
    """How many tasks are red in each division that has any; one query."""
    red = visible_tasks(viewer).filter(light_condition(StatusLight.RED, clock.today()))
    return dict(red.order_by().values_list("division_id").annotate(Count("pk")))


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
