"""The ledger: every project, narrowed by chips and kept views, summed under its head, paged by keyset."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind, ViewLink
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.saved_views import drop_view as drop_kept_view
from sushui.kernel.saved_views import keep_view as keep_named_view
from sushui.kernel.saved_views import views_of
from sushui.kernel.templatetags.look import CURSORS
from sushui.projects import queries
from sushui.projects.enums import ProjectStage
from sushui.projects.forms import LedgerFilterForm
from sushui.projects.panels.rows import project_rows
from sushui.projects.permissions import may_keep_ledger, may_open_projects

PAGE = "projects.ledger"
WAN = _("10k yuan")
SORTS = {
    "total": Sort(("total_investment", "pk"), has_empty=True),
    "-total": Sort(("total_investment", "pk"), is_descending=True, has_empty=True),
    "light": Sort(("light_since_on", "pk"), has_empty=True),
    "-light": Sort(("light_since_on", "pk"), is_descending=True, has_empty=True),
    "name": Sort(("name", "pk")),
    "-name": Sort(("name", "pk"), is_descending=True),
    "-pk": Sort(("pk",), is_descending=True),
}
COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE, sortable=True),
    Column("agency", _("Responsible agency"), folds=True),
    Column("stage", _("Stage")),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT, sortable=True),
    Column("total", _("Total investment"), Kind.NUMBER, WAN, sortable=True),
    Column("planned", _("Year's plan"), Kind.NUMBER, WAN),
    Column("done", pgettext_lazy("column", "Done"), Kind.NUMBER, WAN),
    Column("percent", _("Share done"), Kind.NUMBER, "%"),
    Column("step", _("Next milestone"), folds=True),
)
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
    viewer, year = request.viewer, clock.today().year
    chips = LedgerFilterForm(request.GET, viewer=viewer)
    rows, sort = queries.ledger(viewer, chips.narrowed()), request.GET.get("sort", "")
    sort = sort if sort in SORTS else "-total"
    shown = asked_stretch(rows.prefetch_related("lights"), SORTS[sort], request.GET)
    context = {"columns": COLUMNS, "chips": chips, "sort": sort, "page": shown.pager(), "year": year}
    context |= {"rows": project_rows(shown.rows, year), "totals": queries.ledger_totals(rows, year)}
    context |= {"views": _views(request), "may_keep": may_keep_ledger(viewer)}
    return render(request, "projects/ledger.html", context)


def _views(request: ViewerRequest) -> list[ViewLink]:
    """The standing views and the viewer's own, the one in use marked."""
    query = request.GET.copy()
    for cursor in CURSORS:
        query.pop(cursor, None)
    current = query.urlencode()
    standing = [ViewLink(label, f"?{query}", is_current=query == current) for label, query in STANDING_VIEWS]
    return standing + [
        ViewLink(
            view.name,
            f"?{view.query}",
            is_current=view.query == current,
            remove_url=reverse("projects:drop-view", args=[view.pk]),
        )
        for view in views_of(request.viewer, PAGE)
    ]


@require_POST
@page(may_open_projects)
def keep_view(request: ViewerRequest) -> HttpResponse:
    """Keep the filters in use under a name."""
    query = request.POST.get("query", "")
    keep_named_view(request.viewer, PAGE, name=request.POST.get("name", ""), query=query)
    return redirect(f"{reverse('projects:ledger')}?{query}")


@require_POST
@page(may_open_projects)
def drop_view(request: ViewerRequest, view_id: int) -> HttpResponse:
    """Drop one of the viewer's own views."""
    drop_kept_view(request.viewer, view_id)
    return redirect("projects:ledger")
