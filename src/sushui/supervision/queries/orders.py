"""Orders with their tasks, and what was asked before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from sushui.kernel import clock
from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.supervision.enums import OrderKind, OrderSource, PartState, StatusLight, TaskState
from sushui.supervision.models import SupervisedTask, SupervisionOrder, TaskPart
from sushui.supervision.permissions import may_draft_orders
from sushui.supervision.queries.lights import light_condition, with_light
from sushui.supervision.queries.tasks import visible_tasks


def orders(viewer: Viewer) -> QuerySet[SupervisionOrder]:
    """Orders of which the viewer may see at least one task, and those it may draft in; newest first."""
    rows = SupervisionOrder.objects.filter(division_id__in=viewer.division_ids)
    allowed = Q(Exists(visible_tasks(viewer).filter(order=OuterRef("pk"))))
    if may_draft_orders(viewer):
        allowed |= Q(issuer_agency_id=viewer.agency_id)
    if viewer.has(Role.SUPERVISION_OFFICE):
        allowed |= Q(division_id=viewer.division_id)
    rows = rows.filter(allowed)
    return rows.select_related("issuer_agency", "leader_post", "subject").order_by("-issued_on", "-pk")


def order_for(viewer: Viewer, order_id: int) -> SupervisionOrder:
    """One order.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    order = orders(viewer).filter(pk=order_id).first()
    if order is None:
        raise NotFound
    return order


def last_meeting(viewer: Viewer) -> SupervisionOrder | None:
    """The newest meeting of the viewer's own division that gave an order which the viewer may see."""
    held = orders(viewer).filter(source=OrderSource.MEETING, issued_on__lte=clock.today())
    return held.filter(division_id=viewer.division_id).first()


def order_counts(viewer: Viewer, order_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """For each order how many tasks the viewer may see in it, how many are open, red and closed; one query."""
    counted = (
        visible_tasks(viewer)
        .filter(order_id__in=list(order_ids))
        .values("order_id")
        .annotate(
            total=Count("pk"),
            open=Count("pk", filter=Q(is_open=True)),
            red=Count("pk", filter=light_condition(StatusLight.RED, clock.today())),
            closed=Count("pk", filter=Q(state=TaskState.CLOSED)),
        )
    )
    return {row["order_id"]: {**row} for row in counted}


def tasks_of(viewer: Viewer, order: SupervisionOrder) -> QuerySet[SupervisedTask]:
    """The order's tasks that the viewer may see, by number, with their lights."""
    rows = with_light(visible_tasks(viewer).filter(order=order), clock.today())
    named = Prefetch("parts", queryset=TaskPart.objects.select_related("agency").order_by("role", "pk"))
    return rows.select_related("lead_agency", "awaited_agency").prefetch_related(named).order_by("number")


def earlier_demands(
    viewer: Viewer, agency_ids: Iterable[int], *, subject_id: int | None, since: date | None = None
) -> QuerySet[TaskPart]:
    """What was already asked of these agencies by inspections and demands for reports, about that subject.

    The Regulations on Government Inspection (article 15) forbid repeated inspection; without a subject, everything of
    the last year is shown; what was taken back does not count. For those who issue orders.
    """
    if not may_draft_orders(viewer):
        return TaskPart.objects.none()
    rows = TaskPart.objects.filter(
        agency_id__in=list(agency_ids),
        division_id__in=viewer.division_ids,
        task__order__kind__in=[OrderKind.INSPECTION, OrderKind.REPORT_DEMAND],
        task__order__issued_on__gte=since or clock.today() - timedelta(days=365),
    )
    if subject_id is not None:
        rows = rows.filter(Q(task__subject_id=subject_id) | Q(task__order__subject_id=subject_id))
    asked = rows.exclude(state__in=[PartState.MOVED, PartState.DRAFTED]).exclude(task__state=TaskState.WITHDRAWN)
    return asked.select_related("task__order", "agency").order_by("-task__order__issued_on", "pk")


def repeated_demands(viewer: Viewer, drafts: Iterable[SupervisedTask]) -> list[TaskPart]:
    """What other inspections and demands for reports asked of the agencies of these drafts, should they be such too.

    Drafts come with their order and parts; one query for each order and subject among them.
    """
    asked: dict[tuple[int, int | None], set[int]] = {}
    for task in drafts:
        if task.order.kind is not OrderKind.ASSIGNMENT:
            agency_ids = asked.setdefault((task.order_id, task.subject_id), set())
            agency_ids |= {part.agency_id for part in task.parts.all()}
    found: dict[int, TaskPart] = {}
    for (order_id, subject_id), wanted in asked.items():
        rows = earlier_demands(viewer, wanted, subject_id=subject_id).exclude(task__order_id=order_id)
        found |= {part.pk: part for part in rows}
    return list(found.values())
