"""What was asked of runs, and what it was found out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from sushui.kernel.viewer import Viewer
from sushui.planner.enums import InquiryState
from sushui.planner.models import Inquiry, MoneyPool, ResourcePool, Run
from sushui.projects import queries as projects

if TYPE_CHECKING:
    from sushui.projects.models import Bottleneck


def inquiries_of(run: Run) -> list[Inquiry]:
    """All that was asked of a run, in that order."""
    return list(run.inquiries.order_by("pk"))


def inquiries_left(silent_since: datetime) -> QuerySet[Inquiry]:
    """Inquiries that nobody works on any more: never begun, or whose worker fell silent; oldest first."""
    silent = Q(state=InquiryState.RUNNING, heartbeat_at__lt=silent_since)
    unheard = Q(state=InquiryState.QUEUED, created_at__lt=silent_since)
    return Inquiry.objects.filter(silent | unheard).order_by("pk")


def pools_numbered(division_id: int, numbers: Iterable[int]) -> dict[int, ResourcePool]:
    """Pools of a division that still stand, by their number."""
    rows = ResourcePool.objects.filter(division_id=division_id, pk__in=list(numbers), dropped_on=None)
    return {row.pk: row for row in rows.select_related("agency", "place")}


def money_numbered(division_id: int, numbers: Iterable[int]) -> dict[int, MoneyPool]:
    """Money of a division that still stands, by its number."""
    rows = MoneyPool.objects.filter(division_id=division_id, pk__in=list(numbers), dropped_on=None)
    return {row.pk: row for row in rows}


def open_bottlenecks(viewer: Viewer, numbers: Iterable[int]) -> list[Bottleneck]:
    """What holds up these projects, the oldest first."""
    return list(projects.open_bottlenecks(viewer).filter(project_id__in=list(numbers)))


def bottlenecks_numbered(viewer: Viewer, numbers: Iterable[int]) -> dict[int, Bottleneck]:
    """Bottlenecks that the viewer may know of, open or not, by their number."""
    rows = projects.bottlenecks(viewer, projects.BottleneckFilter(state="all"))
    return {row.pk: row for row in rows.filter(pk__in=list(numbers))}
