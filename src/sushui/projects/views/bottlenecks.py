"""What holds projects up, county-wide: narrowed by chips, summed by kind and agency, exported as it is narrowed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, asked_stretch, capped_count
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.workbooks import workbook_answer
from sushui.projects import queries, services
from sushui.projects.forms import BottleneckFilterForm
from sushui.projects.panels.bottlenecks import bottleneck_lines, sum_lines
from sushui.projects.permissions import may_open_projects

SORTS = {
    "found": Sort(("found_on", "pk")),
    "-found": Sort(("found_on", "pk"), is_descending=True),
    "due": Sort(("due_on", "pk"), has_empty=True),
    "-due": Sort(("due_on", "pk"), is_descending=True, has_empty=True),
}
COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE),
    Column("kind", _("Kind")),
    Column("text", _("What holds it up")),
    Column("stops", _("What it stops"), folds=True),
    Column("agency", _("Whose it is to clear")),
    Column("found", _("Held up since"), Kind.DATE, sortable=True),
    Column("days", _("Days open"), Kind.NUMBER),
    Column("due", _("To be resolved by"), Kind.DATE, sortable=True),
    Column("task", _("Task")),
    Column("act", "", Kind.ACTION),
)
SUM_COLUMNS = Columns(
    Column("label", "", Kind.TITLE),
    Column("count", pgettext_lazy("column", "Bottlenecks"), Kind.NUMBER),
    Column("days", _("Days of the oldest"), Kind.NUMBER),
)


@page(may_open_projects)
def bottleneck_list(request: ViewerRequest) -> HttpResponse:
    """Bottlenecks of the projects that the viewer may know of: open ones, the oldest first, unless asked otherwise."""
    chips = BottleneckFilterForm(request.GET, viewer=request.viewer)
    narrowed = chips.narrowed()
    rows, sort = queries.bottlenecks(request.viewer, narrowed), request.GET.get("sort", "")
    sort = sort if sort in SORTS else "found"
    shown = asked_stretch(rows, SORTS[sort], request.GET)
    context = {"columns": COLUMNS, "sum_columns": SUM_COLUMNS, "chips": chips, "sort": sort, "page": shown.pager()}
    context |= {"rows": bottleneck_lines(request.viewer, shown.rows), "total": capped_count(rows)}
    context["kinds"] = sum_lines(queries.sums_by_kind(rows), narrowed, "kind")
    context["agencies"] = sum_lines(queries.sums_by_agency(rows), narrowed, "agency_id")
    return render(request, "projects/bottlenecks/list.html", context)


@require_safe
@page(may_open_projects)
def export_bottlenecks(request: ViewerRequest) -> HttpResponse:
    """The list as it is narrowed, as a workbook."""
    narrowed = BottleneckFilterForm(request.GET, viewer=request.viewer).narrowed()
    return workbook_answer(
        gettext("Bottlenecks"), lambda file: services.export_bottlenecks(request.viewer, narrowed, file)
    )
