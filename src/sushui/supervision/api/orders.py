"""Orders and what is drafted in them."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import Query

from sushui.kernel.api import Listed, Number, Size, tell_version
from sushui.kernel.errors import NotFound
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.models import Subject
from sushui.kernel.pages import ViewerRequest
from sushui.kernel.subjects import visible_subjects
from sushui.kernel.viewer import Viewer
from sushui.supervision import queries, services
from sushui.supervision.api.root import router
from sushui.supervision.api.schemas import Cursor, Demand, OrderIn, OrderOut, TaskIn, TaskRow, TasksIn
from sushui.supervision.models import SupervisionOrder
from sushui.supervision.permissions import may_draft_orders, may_open_supervision

NEWEST = Sort(("issued_on", "pk"), is_descending=True)
IN_ORDER = Sort(("number", "pk"))


@router.reads("/orders", may_open_supervision, Listed[OrderOut])
def orders(request: ViewerRequest, cursor: Cursor = "", limit: Size = 50) -> dict[str, object]:
    """Orders of which you may see at least one task, and those you may draft in; newest first."""
    found = stretch(queries.orders(request.viewer), NEWEST, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.writes("/orders", may_draft_orders, OrderOut, status=201)
def draft_order(request: ViewerRequest, order: OrderIn) -> SupervisionOrder:
    """Draft an order under the next number of its year."""
    said = order.dict(exclude={"subject_id"})
    return services.draft_order(request.viewer, subject=_subject(request.viewer, order.subject_id), **said)


def _subject(viewer: Viewer, subject_id: int | None) -> Subject | None:
    if subject_id is None:
        return None
    found = visible_subjects(viewer).filter(pk=subject_id).first()
    if found is None:
        raise NotFound
    return found


@router.reads("/orders/{order_id}", may_open_supervision, OrderOut)
def order(request: ViewerRequest, order_id: Number, response: HttpResponse) -> SupervisionOrder:
    """One order; its version comes as the ETag."""
    found = queries.order_for(request.viewer, order_id)
    tell_version(response, found.version)
    return found


@router.reads("/orders/{order_id}/tasks", may_open_supervision, Listed[TaskRow])
def tasks_of_order(
    request: ViewerRequest, order_id: Number, cursor: Cursor = "", limit: Size = 50
) -> dict[str, object]:
    """Those tasks of an order that you may see, by number."""
    rows = queries.tasks_of(request.viewer, queries.order_for(request.viewer, order_id))
    found = stretch(rows, IN_ORDER, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.writes("/orders/{order_id}/tasks", may_draft_orders, Listed[TaskRow], status=201)
def draft_tasks(request: ViewerRequest, order_id: Number, drafts: TasksIn) -> dict[str, object]:
    """Draft tasks in an order, all or none."""
    order = queries.order_for(request.viewer, order_id)
    made = services.draft_tasks(request.viewer, order, [draft_from(task) for task in drafts.tasks])
    rows = queries.tasks_of(request.viewer, order).filter(pk__in=[task.pk for task in made])
    return {"items": list(rows), "next": ""}


def draft_from(task: TaskIn) -> services.TaskDraft:
    """What was said as the service takes it."""
    said = task.dict(exclude={"supporting_agency_ids", "version"})
    return services.TaskDraft(**said, supporting_agency_ids=tuple(task.supporting_agency_ids))


@router.reads("/earlier-demands", may_draft_orders, Listed[Demand])
def earlier_demands(
    request: ViewerRequest,
    agency_id: Annotated[list[Number], Query(min_length=1, max_length=200)],
    subject_id: Number | None = None,
) -> dict[str, object]:
    """What inspections and demands for reports asked of these agencies before, about a subject or in the last year.

    Repeated inspection is forbidden (Regulations on Government Inspection, article 15): look before issuing.
    """
    rows = queries.earlier_demands(request.viewer, agency_id, subject_id=subject_id)
    return {"items": list(rows[:200]), "next": ""}
