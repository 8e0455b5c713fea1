"""Conclusions of inspections, objections and their review."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.supervision import queries
from sushui.supervision.enums import RequestState
from sushui.supervision.forms import ConclusionForm, ObjectionForm, ReviewForm
from sushui.supervision.permissions import may_draft_orders, may_object, may_open_supervision, may_review_objection
from sushui.supervision.views.acting import carry_out, typed

NEWEST = Sort(("delivered_on", "pk"), is_descending=True)
COLUMNS = Columns(
    Column("order", _("Inspection"), Kind.TITLE),
    Column("agency", _("Agency")),
    Column("delivered_on", _("Delivered on"), Kind.DATE),
    Column("until_on", _("Objections until"), Kind.DATE),
    Column("objection", _("Objection")),
)


@page(may_open_supervision)
def conclusions(request: ViewerRequest) -> HttpResponse:
    """Conclusions: an agency's own, the office's all."""
    rows = queries.conclusions(request.viewer)
    shown = asked_stretch(rows, NEWEST, request.GET)
    return render(
        request, "supervision/conclusions.html", {"columns": COLUMNS, "rows": shown.rows, "page": shown.pager()}
    )


@page(may_open_supervision)
def conclusion(request: ViewerRequest, conclusion_id: int) -> HttpResponse:
    """One conclusion with its objection and what can be done now."""
    found = queries.conclusion_for(request.viewer, conclusion_id)
    objection = getattr(found, "objection", None)
    is_undecided = objection is not None and objection.state is RequestState.OPEN
    in_time = objection is None and clock.today() <= found.objection_until_on
    context = {
        "conclusion": found,
        "objection": objection,
        "may_object": in_time and may_object(request.viewer, found),
        "may_review": is_undecided and may_review_objection(request.viewer, objection),
    }
    return render(request, "supervision/conclusion.html", context)


@page(may_draft_orders)
def conclude(request: ViewerRequest, order_id: int) -> HttpResponse:
    """Deliver a conclusion of an inspection to an agency."""
    found = queries.order_for(request.viewer, order_id)
    form = ConclusionForm(typed(request), viewer=request.viewer, record=found)
    back = reverse("supervision:order", args=[found.pk])
    return carry_out(request, form, back=back, order=found, draft_key=f"conclude-{found.pk}")


@page(may_open_supervision)
def object_to(request: ViewerRequest, conclusion_id: int) -> HttpResponse:
    """Object to a conclusion."""
    found = queries.conclusion_for(request.viewer, conclusion_id)
    form = ObjectionForm(typed(request), viewer=request.viewer, record=found)
    back = reverse("supervision:conclusion", args=[found.pk])
    return carry_out(request, form, back=back, conclusion=found, draft_key=f"object-{found.pk}")


@page(may_open_supervision)
def review(request: ViewerRequest, objection_id: int) -> HttpResponse:
    """Review an objection."""
    found = queries.objection_for(request.viewer, objection_id)
    form = ReviewForm(typed(request), viewer=request.viewer, record=found)
    back = reverse("supervision:conclusion", args=[found.conclusion_id])
    return carry_out(request, form, back=back, conclusion=found.conclusion, objection=found)
