"""The ledger as a grid: every project, narrowed by chips and kept views, in the columns that were chosen, summed."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.views.decorators.http import require_POST

from sushui.kernel import clock
from sushui.kernel.keyset import asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.record_numbers import record_numbers
from sushui.kernel.saved_view_pages import drop_own_view, keep_sent_view, view_links
from sushui.kernel.workbooks import workbook_answer
from sushui.projects import queries
from sushui.projects.enums import ProjectStage
from sushui.projects.enums.looks import GridColumn, Look
from sushui.projects.forms.ticked import ChangeTickedForm
from sushui.projects.panels.looks.grid import grid_columns, grid_rows, grid_totals
from sushui.projects.panels.looks.tabs import narrowing
from sushui.projects.permissions import may_open_projects
from sushui.projects.queries import ProjectFilter
from sushui.projects.services.grid import export_grid
from sushui.projects.views.acting import carry_out
from sushui.projects.views.looks import chosen_columns, looking

PAGE = "projects.ledger"
STANDING_VIEWS = (
    (pgettext_lazy("view", "All"), ""),
    (pgettext_lazy("view", "Red"), "light=red&sort=light"),
    (pgettext_lazy("view", "Yellow"), "light=yellow&sort=light"),
    (pgettext_lazy("view", "Under construction"), f"stage={ProjectStage.UNDER_CONSTRUCTION}"),
    (pgettext_lazy("view", "In preparation"), f"stage={ProjectStage.PRE_CONSTRUCTION}"),
    (pgettext_lazy("view", "Newest"), "sort=-pk"),
)


@page(may_open_projects)
def ledger(request: ViewerRequest) -> HttpResponse:
    """Projects that the viewer may know of."""
    seen, chosen = looking(request, Look.GRID), chosen_columns(request)
    shown = asked_stretch(seen.rows.prefetch_related("lights"), queries.sort_of(seen.sort), request.GET)
    sums = queries.column_sums(seen.rows, chosen)
    context = seen.context | {"columns": grid_columns(chosen), "chosen": chosen, "page": shown.pager()}
    context |= {"rows": grid_rows(shown.rows, seen.year, chosen)}
    context |= {"totals_row": grid_totals(seen.totals, sums, chosen), "offered": grid_columns(tuple(GridColumn)[1:])}
    current = narrowing(request.GET)
    context |= {"views": view_links(request, PAGE, STANDING_VIEWS, drop="projects:drop-view", current=current)}
    if seen.context["may_keep"]:
        context["bulk"] = ChangeTickedForm(viewer=request.viewer, record=())
    return render(request, "projects/ledger.html", context)


@require_POST
@page(may_open_projects)
def ticked(request: ViewerRequest) -> HttpResponse:
    """What is done to the projects that are ticked: the table of them as a workbook, or a change of all of them."""
    numbers = list(record_numbers(request.POST.getlist("row")))
    if "export" in request.POST and numbers:
        return _exported(request, numbers)
    found = list(queries.ledger(request.viewer).filter(pk__in=numbers).order_by("pk"))
    form = ChangeTickedForm(request.POST, viewer=request.viewer, record=found)
    return carry_out(request, form, back=reverse("projects:ledger"))


def _exported(request: ViewerRequest, numbers: list[int]) -> HttpResponse:
    """The grid of these projects in the columns that were chosen."""
    chosen, sort = chosen_columns(request), queries.sort_of(queries.sort_called(request.GET.get("sort", "")))
    name = f"{gettext('Ledger of projects')} {clock.today()}"
    write = partial(export_grid, request.viewer, ProjectFilter(), chosen, sort, ticked=numbers)
    return workbook_answer(name, write)


@require_POST
@page(may_open_projects)
def keep_view(request: ViewerRequest) -> HttpResponse:
    """Keep the filters and columns in use under a name."""
    return keep_sent_view(request, PAGE, home="projects:ledger")


@require_POST
@page(may_open_projects)
def drop_view(request: ViewerRequest, view_id: int) -> HttpResponse:
    """Drop one of the viewer's own views."""
    return drop_own_view(request, view_id, home="projects:ledger")
