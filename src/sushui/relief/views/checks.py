"""What agencies found themselves, and what the office checks."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.act_pages import act_page, bound
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.pages import ViewerRequest, page
from sushui.relief import queries
from sushui.relief.forms import DrawForm
from sushui.relief.panels.places import places
from sushui.relief.permissions import may_keep_desk, may_open_requests

DUTY_COLUMNS = Columns(
    Column("name", _("Agency"), Kind.TITLE),
    Column("found", _("Found"), Kind.NUMBER),
    Column("owed", _("To be found"), Kind.NUMBER),
    Column("short", _("Missing"), Kind.NUMBER),
)
CHECK_COLUMNS = Columns(
    Column("name", _("Enterprise"), Kind.TITLE),
    Column("content", _("What is asked for")),
    Column("agency", _("Lead agency")),
    Column("why", _("Why it is checked")),
    Column("act", "", Kind.ACTION),
)
DRAW_COLUMNS = Columns(
    Column("day", _("Drawn on"), Kind.DATE),
    Column("seed", _("Seed of the draw"), Kind.TITLE),
    Column("span", _("Closed in these days")),
    Column("population", _("Drawn from"), Kind.NUMBER),
    Column("count", _("Drawn"), Kind.NUMBER),
    Column("who", _("Drawn by")),
)
FEW = 20


@page(may_open_requests)
def duty(request: ViewerRequest) -> HttpResponse:
    """How many requests each agency found itself this month or another, those that found fewest first."""
    month = _month(request.GET.get("month", "")) or clock.today().replace(day=1)
    context = {
        "month": month,
        "counts": queries.duty_counts(request.viewer, month),
        "columns": DUTY_COLUMNS,
        "places": places(request.viewer, "duty"),
    }
    return render(request, "relief/duty.html", context)


def _month(asked: str) -> date | None:
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError:
        return None


@page(may_keep_desk)
def checks(request: ViewerRequest) -> HttpResponse:
    """What is to be checked, and the draws so far."""
    context = {
        "checks": list(queries.checks_to_make(request.viewer)[:200]),
        "draws": list(queries.draws(request.viewer).prefetch_related("checks")[:FEW]),
        "columns": CHECK_COLUMNS,
        "draw_columns": DRAW_COLUMNS,
        "places": places(request.viewer, "checks"),
    }
    return render(request, "relief/checks.html", context)


@page(may_keep_desk)
def draw(request: ViewerRequest) -> HttpResponse:
    """Draw closed requests to be checked."""
    return act_page(request, bound(request, DrawForm), back=reverse("relief:checks"))
