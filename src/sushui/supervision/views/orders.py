"""Orders and their drafts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.supervision import queries
from sushui.supervision.enums import OrderKind, TaskState
from sushui.supervision.forms import EditTaskForm, OrderFilterForm, OrderForm, TaskForm
from sushui.supervision.panels.rows import task_rows
from sushui.supervision.permissions import is_issuer, may_draft_orders, may_open_supervision
from sushui.supervision.views.acting import carry_out, typed

NEWEST = Sort(("issued_on", "pk"), is_descending=True)
IN_ORDER = Sort(("number", "pk"))
COLUMNS = Columns(
    Column("number", _("No."), Kind.DATE, folds=True),
    Column("title", _("Order"), Kind.TITLE),
    Column("kind", _("Kind")),
    Column("issuer", _("Issued by"), folds=True),
    Column("issued_on", _("Issued on"), Kind.DATE),
    Column("open", pgettext_lazy("scope", "In hand"), Kind.NUMBER),
    Column("red", _("Red light"), Kind.NUMBER),
    Column("closed", pgettext_lazy("scope", "Closed"), Kind.NUMBER),
    Column("total", pgettext_lazy("scope", "All"), Kind.NUMBER),
)
TASK_COLUMNS = Columns(
    Column("number", _("No."), Kind.NUMBER),
    Column("title", _("Task"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("state", _("State")),
    Column("agency", _("Agencies"), folds=True),
    Column("due_on", _("Deadline"), Kind.DATE),
)


@page(may_open_supervision)
def orders(request: ViewerRequest) -> HttpResponse:
    """Orders of which the viewer may see something, newest first."""
    chips = OrderFilterForm(request.GET)
    kind = chips.cleaned_data.get("kind") if chips.is_valid() else ""
    rows = queries.orders(request.viewer).filter(**({"kind": kind} if kind else {}))
    shown = asked_stretch(rows, NEWEST, request.GET)
    counts = queries.order_counts(request.viewer, [order.pk for order in shown.rows])
    context = {
        "columns": COLUMNS,
        "chips": chips,
        "rows": [(each, counts.get(each.pk, {})) for each in shown.rows],
        "page": shown.pager(),
        "may_draft": may_draft_orders(request.viewer),
    }
    return render(request, "supervision/orders.html", context)


@page(may_open_supervision)
def order(request: ViewerRequest, order_id: int) -> HttpResponse:
    """One order with its tasks."""
    found = queries.order_for(request.viewer, order_id)
    rows = queries.tasks_of(request.viewer, found)
    shown = asked_stretch(rows, IN_ORDER, request.GET)
    is_ours = is_issuer(request.viewer, found)
    context: dict[str, Any] = {
        "order": found,
        "columns": TASK_COLUMNS,
        "rows": task_rows(shown.rows),
        "page": shown.pager(),
        "is_ours": is_ours,
        "has_drafts": is_ours and any(task.state is TaskState.DRAFTED for task in shown.rows),
        "conclusions": _conclusions(request, found),
    }
    return render(request, "supervision/order.html", context)


def _conclusions(request: ViewerRequest, found: Any) -> list[Any]:
    is_inspection = found.kind is OrderKind.INSPECTION
    return list(queries.conclusions(request.viewer).filter(order=found)) if is_inspection else []


@page(may_draft_orders)
def new_order(request: ViewerRequest) -> HttpResponse:
    """Draft an order."""
    form = OrderForm(typed(request), viewer=request.viewer, record=None)
    back = reverse("supervision:orders")
    return carry_out(request, form, back=back, draft_key="order")


@page(may_draft_orders)
def new_task(request: ViewerRequest, order_id: int) -> HttpResponse:
    """Draft a task of an order."""
    found = queries.order_for(request.viewer, order_id)
    form = TaskForm(typed(request), viewer=request.viewer, record=found)
    back = reverse("supervision:order", args=[found.pk])
    return carry_out(request, form, back=back, order=found, draft_key=f"task-of-{found.pk}")


@page(may_draft_orders)
def edit_task(request: ViewerRequest, task_id: int) -> HttpResponse:
    """Change a draft; whoever is second is shown what the first one did, and keeps what was typed."""
    found = queries.task_for(request.viewer, task_id)
    form = EditTaskForm(typed(request), viewer=request.viewer, record=found)
    back = reverse("supervision:task", args=[found.pk])
    return carry_out(request, form, back=back, task=found, draft_key=f"edit-{found.pk}")
