"""The county on one page, on a wall, side by side with others, and the rows behind its sums."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.desk import panels, queries
from sushui.desk.forms import AskedForm
from sushui.desk.panels.cockpit import COUNTY_COLUMNS, page_at
from sushui.desk.permissions import lands_on_cockpit, may_compare_counties, may_open_cockpit
from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind, Tab
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.organizations.permissions import is_signed_in
from sushui.organizations.queries import division_for

FIRST_RED, FIRST_RATES, FIRST_PLACES = 18, 6, 13  # as many as stand on a screen; the script counts anew
YUAN = _("100m yuan")
LARGEST_PLAN = Sort(("planned", "pk"), is_descending=True, has_empty=True)
NEWEST = Sort(("at", "pk"), is_descending=True)
MONEY_COLUMNS = Columns(
    Column("project", pgettext_lazy("column", "Project"), Kind.TITLE),
    Column("agency", _("Responsible agency")),
    Column("planned", pgettext_lazy("money", "Planned"), Kind.NUMBER, YUAN),
    Column("done", pgettext_lazy("money", "Done"), Kind.NUMBER, YUAN),
)
REPORTED_COLUMNS = Columns(
    Column("project", pgettext_lazy("column", "Project"), Kind.TITLE),
    Column("month", pgettext_lazy("column", "Month"), Kind.DATE),
    Column("before", _("Before"), Kind.NUMBER, YUAN),
    Column("now", _("Now"), Kind.NUMBER, YUAN),
    Column("by", _("Reported by")),
    Column("at", pgettext_lazy("column", "At"), Kind.DATE),
)


@page(is_signed_in)
def landing(request: ViewerRequest) -> HttpResponse:
    """Where one comes to after signing in: a leader to the cockpit, everybody else to the day."""
    return redirect("desk:cockpit" if lands_on_cockpit(request.viewer) else "desk:today")


@page(may_open_cockpit)
def cockpit(request: ViewerRequest) -> HttpResponse:
    """What a county secretary opens in the morning."""
    asked = AskedForm(request.GET)
    context = _sheet(request, asked) | {
        "first_red": FIRST_RED,
        "first_rates": FIRST_RATES,
        "first_places": FIRST_PLACES,
        "tabs": _tabs(request, asked),
    }
    return render(request, "desk/cockpit.html", context)


@page(may_open_cockpit)
def wall(request: ViewerRequest) -> HttpResponse:
    """The same for the wall of a meeting room: screens that take turns, or one sheet of paper."""
    context = _sheet(request, AskedForm(request.GET))
    return render(request, "desk/wall.html", context | {"screens": panels.wall_screens(context["sheet"])})


def _sheet(request: ViewerRequest, asked: AskedForm) -> dict[str, Any]:
    viewer, division = request.viewer, asked.division_id
    found = queries.cockpit(viewer, division_id=division, since=asked.day, by_place=asked.by_place)
    return {
        "sheet": panels.CockpitSheet(found),
        "asked": asked,
        "now": clock.now(),
        "division": division_for(viewer, division) if division else None,
        "compares": division is None and may_compare_counties(viewer),
    }


def _tabs(request: ViewerRequest, asked: AskedForm) -> list[Tab]:
    said = {"division": asked.division_id, "since": asked.day}
    return [
        Tab(_("By stage"), page_at("desk:cockpit", **said), is_current=not asked.by_place),
        Tab(_("By place"), page_at("desk:cockpit", **said, grid="place"), is_current=asked.by_place),
    ]


@page(may_compare_counties)
def counties(request: ViewerRequest) -> HttpResponse:
    """The counties side by side, with the figures of their cockpits."""
    sort = COUNTY_COLUMNS.sort_from(request.GET.get("sort", ""), "county")
    rows = panels.county_table(queries.county_rows(request.viewer), sort)
    return render(request, "desk/counties.html", {"columns": COUNTY_COLUMNS, "rows": rows, "sort": sort})


@page(may_open_cockpit)
def money(request: ViewerRequest) -> HttpResponse:
    """What was planned and done in a month, project by project."""
    asked = AskedForm(request.GET)
    rows = queries.month_of_money(queries.seen_in(request.viewer, asked.division_id), asked.asked_month)
    shown = asked_stretch(rows, LARGEST_PLAN, request.GET)
    context = {"columns": MONEY_COLUMNS, "rows": shown.rows, "page": shown.pager(), "month": asked.asked_month}
    return render(request, "desk/money.html", context | _sums(rows, planned="planned", done="actual"))


@page(may_open_cockpit)
def reported(request: ViewerRequest) -> HttpResponse:
    """This year's figures that were reported or corrected since a day."""
    asked = AskedForm(request.GET)
    since = asked.day or clock.today() - timedelta(days=1)
    rows = queries.reports_since(queries.seen_in(request.viewer, asked.division_id), since)
    shown = asked_stretch(rows, NEWEST, request.GET)
    context = {"columns": REPORTED_COLUMNS, "rows": shown.rows, "page": shown.pager(), "since": since}
    return render(request, "desk/reported.html", context | _sums(rows, now="amount", then="before"))


def _sums(rows: QuerySet[Any], **columns: str) -> dict[str, Decimal]:
    """Sums of columns over all rows of a list, in yuan."""
    sums = rows.order_by().aggregate(**{name: Sum(column) for name, column in columns.items()})
    return {name: value or Decimal() for name, value in sums.items()}
