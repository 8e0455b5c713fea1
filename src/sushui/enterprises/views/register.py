"""The register of enterprises, narrowed by chips and kept views."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from sushui.enterprises import queries
from sushui.enterprises.enums import AboveSize, EnterpriseSize, EnterpriseStatus
from sushui.enterprises.forms import RegisterFilterForm
from sushui.enterprises.permissions import may_keep_register, may_open_register
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, asked_stretch, capped_count, counted
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.saved_view_pages import drop_own_view, keep_sent_view, view_links

PAGE = "enterprises.register"
NEWEST = Sort(("pk",), is_descending=True)
COLUMNS = Columns(
    Column("name", _("Enterprise"), Kind.TITLE),
    Column("status", _("How it stands")),
    Column("size", _("Size")),
    Column("above_size", _("Above designated size")),
    Column("industry", _("Industry")),
    Column("place", pgettext_lazy("enterprise", "Place")),
    Column("agency", _("Responsible agency")),
)
STANDING_VIEWS = (
    (pgettext_lazy("view", "All"), ""),
    (pgettext_lazy("view", "Above designated size"), f"above_size={AboveSize.LISTED}"),
    (pgettext_lazy("view", "Could be listed"), f"above_size={AboveSize.CANDIDATE}"),
    (pgettext_lazy("view", "Production halted"), f"status={EnterpriseStatus.HALTED}"),
    (pgettext_lazy("view", "Size not known"), f"size={EnterpriseSize.UNKNOWN}"),
)


@page(may_open_register)
def register(request: ViewerRequest) -> HttpResponse:
    """Enterprises that the viewer may know of, the newest first."""
    chips = RegisterFilterForm(request.GET, viewer=request.viewer)
    rows = queries.register(request.viewer, chips.narrowed())
    shown = asked_stretch(rows, NEWEST, request.GET)
    context = {
        "columns": COLUMNS,
        "chips": chips,
        "rows": shown.rows,
        "page": shown.pager(),
        "total": counted(capped_count(rows)),
        "views": view_links(request, PAGE, STANDING_VIEWS, drop="enterprises:drop-view"),
        "may_keep": may_keep_register(request.viewer),
        "home": request.viewer.division_id,
    }
    return render(request, "enterprises/register.html", context)


@require_POST
@page(may_open_register)
def keep_view(request: ViewerRequest) -> HttpResponse:
    """Keep the filters in use under a name."""
    return keep_sent_view(request, PAGE, home="enterprises:register")


@require_POST
@page(may_open_register)
def drop_view(request: ViewerRequest, view_id: int) -> HttpResponse:
    """Drop one of the viewer's own views."""
    return drop_own_view(request, view_id, home="enterprises:register")
