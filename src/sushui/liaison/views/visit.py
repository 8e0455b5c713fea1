"""Visits: the list, one of them, correcting and withdrawing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel.act_pages import act_page, bound
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.errors import Forbidden
from sushui.kernel.keyset import Sort, capped_count, counted, stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.liaison import queries
from sushui.liaison.forms import EditVisitForm, VisitFilterForm, WithdrawVisitForm
from sushui.liaison.models import Visit
from sushui.liaison.panels.story import story_of
from sushui.liaison.permissions import may_edit_visit, may_open_liaison, may_withdraw_visit

NEWEST = Sort(("visited_on", "pk"), is_descending=True)
COLUMNS = Columns(
    Column("title", _("Subject"), Kind.TITLE),
    Column("visited_on", _("Day"), Kind.DATE),
    Column("who", _("Visited by")),
    Column("way", _("How")),
    Column("seen", _("What was seen"), folds=True),
    Column("problems", _("Problems"), Kind.NUMBER),
)


@page(may_open_liaison)
def visits(request: ViewerRequest) -> HttpResponse:
    """Visits, newest first."""
    chips, asked = VisitFilterForm(request.GET, viewer=request.viewer), request.GET
    rows = queries.visits(request.viewer, chips.narrowed())
    shown = stretch(rows, NEWEST, after=asked.get("after", ""), before=asked.get("before", ""))
    context = {
        "columns": COLUMNS,
        "chips": chips,
        "rows": shown.rows,
        "page": shown.pager(),
        "total": counted(capped_count(rows)),
    }
    return render(request, "liaison/visits.html", context)


@page(may_open_liaison)
def visit(request: ViewerRequest, visit_id: int) -> HttpResponse:
    """A visit with its tasks under their lights."""
    viewer = request.viewer
    found = queries.visit_for(viewer, visit_id)
    context = {
        "visit": found,
        "findings": queries.finding_rows(viewer, [found]),
        "photos": queries.photos_of(viewer, [found]).get(found.pk, []),
        "may_edit": may_edit_visit(viewer, found),
        "may_withdraw": may_withdraw_visit(viewer, found),
        "story": story_of([found]),
    }
    return render(request, "liaison/visit.html", context)


@page(may_open_liaison)
def edit(request: ViewerRequest, visit_id: int) -> HttpResponse:
    """Correct what was written, on the day it was."""
    found = queries.visit_for(request.viewer, visit_id)
    if found.post_id != request.viewer.post_id:
        raise Forbidden
    form = bound(request, EditVisitForm, found)
    return act_page(request, form, back=_url(found), template="liaison/edit.html", about=str(found))


@page(may_open_liaison)
def withdraw(request: ViewerRequest, visit_id: int) -> HttpResponse:
    """Take a visit back, with a reason."""
    found = queries.visit_for(request.viewer, visit_id)
    if found.withdrawn_at is None and not may_withdraw_visit(request.viewer, found):
        raise Forbidden
    return act_page(request, bound(request, WithdrawVisitForm, found), back=_url(found), about=str(found))


def _url(visit: Visit) -> str:
    return reverse("liaison:visit", args=[visit.pk])
