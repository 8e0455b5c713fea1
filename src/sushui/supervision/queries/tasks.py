"""Tasks that a viewer may know of: ``visible_tasks`` is the one wall, everything else stands on it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.supervision.enums import PartState, TaskState
from sushui.supervision.models import SupervisedTask, TaskPart
from sushui.supervision.permissions import may_draft_orders, may_open_supervision


def visible_tasks(viewer: Viewer) -> QuerySet[SupervisedTask]:
    """Tasks the viewer may know of.

    The supervision office and the leaders see all of their divisions and those below, the project office what it
    issued, and every agency the assigned tasks in which it has or had a part, and a post those in which it is named
    to handle one. What was never assigned is its issuer's and the supervision office's of that division.
    """
    rows = SupervisedTask.objects.filter(division_id__in=viewer.division_ids)
    if not may_open_supervision(viewer):
        return rows.none()
    if viewer.has(Role.SUPERVISION_OFFICE):
        return rows.filter(Q(division_id=viewer.division_id) | Q(assigned_on__isnull=False))
    is_own = Q(agency_id__in=viewer.agency_ids) | Q(handler_post_id=viewer.post_id)
    own_part = TaskPart.objects.filter(is_own, task=OuterRef("pk"))
    oversees = viewer.has(Role.COUNTY_LEADER)
    allowed = Q(assigned_on__isnull=False) if oversees else Q(Exists(own_part.exclude(state=PartState.DRAFTED)))
    if may_draft_orders(viewer):
        allowed |= Q(order__issuer_agency_id=viewer.agency_id)
    return rows.filter(allowed)


def task_for(viewer: Viewer, task_id: int) -> SupervisedTask:
    """One task with its order, lead and subject.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = visible_tasks(viewer).select_related(
        "order__issuer_agency",
        "order__issuer_post",
        "lead_agency",
        "awaited_agency",
        "leader_post",
        "subject",
        "division",
    )
    task = rows.filter(pk=task_id).first()
    if task is None:
        raise NotFound
    return task


def drafts(viewer: Viewer, numbers: Iterable[int]) -> list[SupervisedTask]:
    """The drafts among these tasks, with their order and parts, by order and number."""
    rows = visible_tasks(viewer).filter(pk__in=list(numbers), state=TaskState.DRAFTED)
    return list(rows.select_related("order").prefetch_related("parts").order_by("order_id", "number"))
