"""What holds projects up, over all that the viewer may know of: narrowed, counted, paged."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Min, Q, QuerySet

from sushui.kernel import clock, search
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import BottleneckKind, BottleneckState
from sushui.projects.models import Bottleneck
from sushui.projects.queries.ledger import visible_projects

CHIPS = {"agency_id": "agency", "has_task": "task"}


@dataclass(frozen=True)
class BottleneckFilter:
    """What the list is narrowed to. ``state``: empty is open. ``has_task``: "yes", "no" or either.

    ``agency_id`` 0: nobody is named.
    """

    state: str = ""
    kind: str = ""
    agency_id: int | None = None
    has_task: str = ""
    text: str = ""

    @property
    def query(self) -> str:
        """The query under which the page is narrowed so."""
        said = {CHIPS.get(each.name, each.name): getattr(self, each.name) for each in fields(self)}
        return urlencode({name: value for name, value in said.items() if value not in (None, "")})


def bottlenecks(viewer: Viewer, narrowed: BottleneckFilter = BottleneckFilter()) -> QuerySet[Bottleneck]:
    """Bottlenecks of the projects that the viewer may know of, narrowed; not yet ordered or paged."""
    rows = Bottleneck.objects.filter(division_id__in=viewer.division_ids, project__in=visible_projects(viewer))
    rows = rows.select_related(
        "project__agency", "project__division", "project__subject", "agency", "milestone", "task"
    )
    rows = rows.filter(_state(narrowed.state), _whose(narrowed))
    if narrowed.kind:
        rows = rows.filter(kind=narrowed.kind)
    if narrowed.text:
        wanted = search.query(narrowed.text)
        if wanted is None:
            return rows.none()
        held = search.holding(visible_projects(viewer), wanted, viewer.division_ids, through="subject__")
        rows = rows.filter(Q(project__in=held) | Q(text__icontains=narrowed.text))
    return rows


def _state(state: str) -> Q:
    today = clock.today()
    if state == BottleneckState.RESOLVED:
        return Q(resolved_on__isnull=False)
    if state == BottleneckState.OVERDUE:
        return Q(resolved_on=None, due_on__lt=today)
    return Q() if state == "all" else Q(resolved_on=None)


def _whose(narrowed: BottleneckFilter) -> Q:
    found = Q()
    if narrowed.agency_id is not None:
        found &= Q(agency_id=narrowed.agency_id or None)
    if narrowed.has_task:
        found &= Q(task__isnull=narrowed.has_task == "no")
    return found


@dataclass(frozen=True)
class BottleneckSum:
    """How many of a list are of one kind, or of one agency (``key`` 0: nobody is named), and since when the oldest."""

    key: str
    name: str
    count: int
    since: date


def sums_by_kind(rows: QuerySet[Bottleneck]) -> list[BottleneckSum]:
    """The kinds in the list, the most frequent first; one query."""
    counted = rows.order_by().values_list("kind").annotate(count=Count("pk"), since=Min("found_on"))
    found = [BottleneckSum(BottleneckKind(kind).value, "", count, since) for kind, count, since in counted]
    return sorted(found, key=lambda each: (-each.count, each.since))


def sums_by_agency(rows: QuerySet[Bottleneck]) -> list[BottleneckSum]:
    """Whose they are to clear, the most first; one query."""
    counted = rows.order_by().values_list("agency_id", "agency__short_name", "agency__name")
    told = counted.annotate(count=Count("pk"), since=Min("found_on"))
    found = [BottleneckSum(str(key or 0), short or name or "", count, since) for key, short, name, count, since in told]
    return sorted(found, key=lambda each: (-each.count, each.since, each.name))


def bottlenecks_of_task(task_id: int) -> QuerySet[Bottleneck]:
    """The bottlenecks for which a task stands, locked, for what supervision tells of it."""
    rows = Bottleneck.objects.select_for_update(of=("self",)).select_related("project", "task")
    return rows.filter(task_id=task_id).order_by("pk")


def bottleneck_behind(viewer: Viewer, task_id: int) -> Bottleneck | None:
    """The bottleneck for which a task stands, for those who may know of its project."""
    rows = Bottleneck.objects.filter(task_id=task_id, project__in=visible_projects(viewer))
    return rows.select_related("project").order_by("-pk").first()
