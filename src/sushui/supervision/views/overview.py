"""What is red, for the leaders; what waits for a decision, for the office."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.components import Column, Columns, Kind, Tab
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.supervision import queries
from sushui.supervision.panels.rows import task_rows
from sushui.supervision.permissions import may_open_decisions, may_open_register
from sushui.supervision.queries import TaskFilter

LONGEST_RED = Sort(("red_on", "pk"))
OLDEST = Sort(("at", "pk"))
AGENCY_COLUMNS = Columns(
    Column("agency", _("Awaited agency"), Kind.TITLE),
    Column("red", _("Red light"), Kind.NUMBER),
    Column("since", _("Red since"), Kind.DATE),
    Column("yellow", _("Yellow light"), Kind.NUMBER),
    Column("total", pgettext_lazy("scope", "In hand"), Kind.NUMBER),
)
TASK_COLUMNS = Columns(
    Column("title", _("Task"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("agency", _("Awaited agency")),
    Column("leader", _("Leader"), folds=True),
    Column("red_on", _("Red since"), Kind.DATE),
)
REQUEST_COLUMNS = Columns(
    Column("title", _("Task"), Kind.TITLE),
    Column("kind", _("Asked for")),
    Column("agency", _("Agency")),
    Column("text", _("Reason"), folds=True),
    Column("at", _("Since"), Kind.DATE),
)


@page(may_open_register)
def red(request: ViewerRequest) -> HttpResponse:
    """What is red, whose, since when; a leader may look at the agencies in their charge alone."""
    viewer, is_own = request.viewer, request.GET.get("charge") == "own"
    agency_ids = viewer.charge_agency_ids if is_own else None
    rows = queries.register(viewer, TaskFilter(light="red"))
    rows = rows if agency_ids is None else rows.filter(awaited_agency_id__in=agency_ids)
    shown = asked_stretch(rows, LONGEST_RED, request.GET)
    context = {
        "agencies": queries.red_by_agency(viewer, agency_ids),
        "agency_columns": AGENCY_COLUMNS,
        "columns": TASK_COLUMNS,
        "rows": task_rows(shown.rows),
        "page": shown.pager(),
        "tabs": _charge_tabs(is_own=is_own) if viewer.charge_agency_ids else [],
    }
    return render(request, "supervision/red.html", context)


def _charge_tabs(*, is_own: bool) -> list[Tab]:
    return [
        Tab(_("The whole division"), "?", is_current=not is_own),
        Tab(_("In my charge"), "?charge=own", is_current=is_own),
    ]


@page(may_open_decisions)
def decisions(request: ViewerRequest) -> HttpResponse:
    """Requests that wait for the viewer's decision, oldest first."""
    rows = queries.open_requests(request.viewer)
    shown = asked_stretch(rows, OLDEST, request.GET)
    context = {"columns": REQUEST_COLUMNS, "rows": shown.rows, "page": shown.pager()}
    return render(request, "supervision/decisions.html", context)
