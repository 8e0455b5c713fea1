"""The register: every task, narrowed by chips and kept views, paged by keyset."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, asked_stretch, capped_count, counted
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.record_numbers import record_numbers
from sushui.kernel.saved_view_pages import drop_own_view, keep_sent_view, view_links
from sushui.supervision import queries
from sushui.supervision.enums import StatusLight, TaskState
from sushui.supervision.forms import BulkAssignForm, RegisterFilterForm
from sushui.supervision.models import SupervisedTask
from sushui.supervision.panels.rows import TaskRow, task_rows
from sushui.supervision.permissions import may_draft_orders, may_manage_task, may_open_register
from sushui.supervision.queries import TaskFilter, light_condition
from sushui.supervision.views.acting import carry_out

PAGE = "supervision.register"
SORTS = {
    "due_on": Sort(("due_on", "pk"), has_empty=True),
    "-due_on": Sort(("due_on", "pk"), is_descending=True, has_empty=True),
    "number": Sort(("order_id", "number")),
    "-number": Sort(("order_id", "number"), is_descending=True),
    "-pk": Sort(("pk",), is_descending=True),
}
COUNTED_LIGHTS = (StatusLight.RED, StatusLight.YELLOW)
COLUMNS = Columns(
    Column("number", _("No."), Kind.DATE, sortable=True, folds=True),
    Column("title", _("Task"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("state", _("State")),
    Column("agency", _("Lead agency")),
    Column("leader", _("Leader"), folds=True),
    Column("due_on", _("Deadline"), Kind.DATE, sortable=True),
)
STANDING_VIEWS = (
    (pgettext_lazy("view", "In hand"), ""),
    (pgettext_lazy("view", "Red"), "light=red"),
    (pgettext_lazy("view", "Yellow"), "light=yellow"),
    (pgettext_lazy("view", "Not signed for"), "state=assigned"),
    (pgettext_lazy("view", "Drafts"), "state=drafted"),
    (pgettext_lazy("view", "Newest"), "scope=all&sort=-pk"),
)


@page(may_open_register)
def register(request: ViewerRequest) -> HttpResponse:
    """Tasks that the viewer may know of."""
    chips = RegisterFilterForm(request.GET, viewer=request.viewer)
    narrowed = chips.narrowed()
    rows, sort = queries.register(request.viewer, narrowed), _sort(request, narrowed)
    shown = asked_stretch(rows, SORTS[sort], request.GET)
    listed = task_rows(shown.rows)
    context = {"columns": COLUMNS, "chips": chips, "sort": sort, "rows": listed, "page": shown.pager()}
    context |= {
        "views": view_links(request, PAGE, STANDING_VIEWS, drop="supervision:register-drop-view"),
        "drafts": _drafts(request, listed),
        **_counts(rows),
    }
    return render(request, "supervision/register.html", context)


def _sort(request: ViewerRequest, narrowed: TaskFilter) -> str:
    """The order asked for; else what is in hand by deadline, and what may have ended, which has none, newest first."""
    asked = request.GET.get("sort", "")
    return asked if asked in SORTS else "due_on" if narrowed.is_open else "-pk"


def _counts(rows: QuerySet[SupervisedTask]) -> dict[str, str]:
    """Counts under the head: exact as far as they can be had cheaply, and said so beyond."""
    lights = {light.value: rows.filter(light_condition(light, clock.today())) for light in COUNTED_LIGHTS}
    return {name: counted(capped_count(each)) for name, each in {"total": rows, **lights}.items()}


def _drafts(request: ViewerRequest, rows: list[TaskRow]) -> set[int]:
    """Numbers of the drafts on the page that the viewer may assign."""
    if not may_draft_orders(request.viewer):
        return set()
    drafts = [row.task for row in rows if row.task.state is TaskState.DRAFTED]
    return {task.pk for task in drafts if may_manage_task(request.viewer, task)}


@require_POST
@page(may_open_register)
def keep_view(request: ViewerRequest) -> HttpResponse:
    """Keep the filters in use under a name."""
    return keep_sent_view(request, PAGE, home="supervision:register")


@require_POST
@page(may_open_register)
def drop_view(request: ViewerRequest, view_id: int) -> HttpResponse:
    """Drop one of the viewer's own views."""
    return drop_own_view(request, view_id, home="supervision:register")


@require_POST
@page(may_draft_orders)
def assign_ticked(request: ViewerRequest) -> HttpResponse:
    """Assign every draft that is ticked; where something like it was asked before, first ask why again."""
    numbers = record_numbers(request.POST.getlist("row"))
    tasks = queries.drafts(request.viewer, numbers)
    form = BulkAssignForm(request.POST, viewer=request.viewer, record=tasks)
    if form.demands and "note" not in request.POST:
        form = BulkAssignForm(viewer=request.viewer, record=tasks)
    back = f"{reverse('supervision:register')}?state=drafted"
    return carry_out(request, form, back=back, ticked=tasks, demands=form.demands)
