"""The office's desk, an agency's requests, an enterprise's own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, asked_stretch, capped_count
from sushui.kernel.pages import ViewerRequest, page
from sushui.relief import queries
from sushui.relief.enums import SupportState
from sushui.relief.forms import RequestFilterForm
from sushui.relief.models import SupportRequest
from sushui.relief.panels.places import places
from sushui.relief.permissions import (
    may_enter_requests,
    may_keep_desk,
    may_open_own_requests,
    may_open_requests,
    may_see_all_requests,
)

OLDEST = Sort(("received_on", "pk"))
NEWEST = Sort(("pk",), is_descending=True)
COLUMNS = Columns(
    Column("name", _("Enterprise"), Kind.TITLE),
    Column("content", _("What is asked for")),
    Column("kind", _("Kind")),
    Column("state", pgettext_lazy("column", "State")),
    Column("agency", _("Lead agency")),
    Column("received", _("Received"), Kind.DATE),
    Column("due", _("Answer by"), Kind.DATE),
)


def _shown(request: ViewerRequest, rows: QuerySet[SupportRequest], sort: Sort) -> dict[str, Any]:
    shown = asked_stretch(rows.order_by(), sort, request.GET)
    may_enter = may_enter_requests(request.viewer)
    return {
        "columns": COLUMNS,
        "rows": shown.rows,
        "page": shown.pager(),
        "total": capped_count(rows),
        "may_enter": may_enter,
    }


@page(may_see_all_requests)
def desk(request: ViewerRequest) -> HttpResponse:
    """Requests by what they wait for: open ones, the oldest first, unless asked otherwise."""
    chips = RequestFilterForm(request.GET, viewer=request.viewer)
    context = _shown(request, queries.requests(request.viewer, chips.narrowed()), OLDEST)
    counts = queries.state_counts(request.viewer)
    context |= {"chips": chips, "places": places(request.viewer, "desk"), "counts": list(counts.items())}
    return render(request, "relief/desk.html", {**context, "may_keep": may_keep_desk(request.viewer)})


@page(may_open_requests)
def agency(request: ViewerRequest) -> HttpResponse:
    """What the agency has to work on now, the oldest first."""
    context = _shown(request, queries.awaiting_of_agency(request.viewer), OLDEST)
    return render(request, "relief/agency.html", {**context, "places": places(request.viewer, "agency")})


@page(may_open_own_requests)
def own(request: ViewerRequest) -> HttpResponse:
    """What the enterprise asked for, the newest first; of one state where that is asked for."""
    asked = request.GET.get("state", "")
    state = asked if asked in set(SupportState) else "all"
    context = _shown(request, queries.requests(request.viewer, queries.RequestFilter(state=state)), NEWEST)
    return render(request, "relief/own.html", {**context, "is_narrowed": state != "all"})
