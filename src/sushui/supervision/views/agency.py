"""An agency's open parts for its head: what is red, who is late, who handles what."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.record_numbers import record_numbers
from sushui.supervision import queries
from sushui.supervision.forms import AgencyFilterForm, BulkAppointForm
from sushui.supervision.panels.rows import part_rows
from sushui.supervision.permissions import may_open_agency_list
from sushui.supervision.views.acting import carry_out
from sushui.supervision.views.own import BY_DEADLINE

COLUMNS = Columns(
    Column("title", _("Task"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("due", _("Due now")),
    Column("handler", _("Handler")),
    Column("role", _("Part"), folds=True),
    Column("act", "", Kind.ACTION),
)


@page(may_open_agency_list)
def agency(request: ViewerRequest) -> HttpResponse:
    """Open parts of the viewer's agency and of those under it."""
    rows = queries.agency_parts(request.viewer)
    chips = AgencyFilterForm(request.GET, viewer=request.viewer)
    shown = asked_stretch(rows.filter(chips.conditions(clock.today())), BY_DEADLINE, request.GET)
    counts, late = queries.part_counts(rows), queries.late_by_handler(rows)
    listed = {"rows": part_rows(request.viewer, shown.rows), "page": shown.pager(), "columns": COLUMNS}
    bulk = BulkAppointForm(viewer=request.viewer, record=())
    return render(
        request, "supervision/agency.html", {**listed, "chips": chips, "counts": counts, "late": late, "bulk": bulk}
    )


@require_POST
@page(may_open_agency_list)
def appoint(request: ViewerRequest) -> HttpResponse:
    """Name one handler for every part that is ticked."""
    numbers = record_numbers(request.POST.getlist("row"))
    parts = list(queries.agency_parts(request.viewer).filter(pk__in=numbers))
    form = BulkAppointForm(request.POST, viewer=request.viewer, record=parts)
    return carry_out(request, form, back=reverse("supervision:agency"), ticked=parts)
