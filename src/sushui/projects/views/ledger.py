"""The ledger as a grid: every project, narrowed by chips and kept views, in the columns that were chosen, summed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from sushui.kernel.keyset import asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.saved_view_pages import drop_own_view, keep_sent_view, view_links
from sushui.projects import queries
from sushui.projects.enums import ProjectStage
from sushui.projects.enums.looks import GridColumn, Look
from sushui.projects.panels.looks.grid import grid_columns, grid_rows, grid_totals
from sushui.projects.panels.looks.tabs import narrowing
from sushui.projects.permissions import may_open_projects
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
    return render(request, "projects/ledger.html", context)


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
