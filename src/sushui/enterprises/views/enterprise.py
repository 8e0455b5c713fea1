"""One enterprise on one page; an enterprise's own people come to theirs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.enterprises import queries
from sushui.enterprises.panels.sheet import enterprise_sheet
from sushui.enterprises.permissions import may_be_an_enterprise, may_open_enterprises
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page

NEWEST = Sort(("pk",), is_descending=True)
FIGURE_COLUMNS = Columns(
    Column("period", _("Period"), Kind.TITLE),
    Column("kind", _("Figure")),
    Column("source", _("Told by")),
    Column("number", _("Version"), Kind.NUMBER),
    Column("amount", _("Amount"), Kind.NUMBER),
    Column("told_on", _("Day of the paper"), Kind.DATE),
    Column("who", _("Who")),
    Column("reason", _("Reason of the correction")),
)
COLUMNS = {
    "people": Columns(
        Column("name", _("Person"), Kind.TITLE),
        Column("role", _("Role in the enterprise")),
        Column("phone", _("Telephone")),
        Column("id_number", _("Identity number")),
        Column("act", "", Kind.ACTION),
    ),
    "tasks": Columns(
        Column("title", _("Task"), Kind.TITLE),
        Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
        Column("agency", _("Lead agency")),
        Column("due_on", _("Deadline"), Kind.DATE),
    ),
}


@page(may_open_enterprises)
def enterprise(request: ViewerRequest, enterprise_id: int) -> HttpResponse:
    """How it stands first, then what can be done, figures, people, who stands by it, tasks, the story and the facts."""
    found = queries.enterprise_for(request.viewer, enterprise_id)
    context = {"enterprise": found, "sheet": enterprise_sheet(request.viewer, found), "columns": COLUMNS}
    return render(request, "enterprises/enterprise.html", context)


@page(may_open_enterprises)
def figures(request: ViewerRequest, enterprise_id: int) -> HttpResponse:
    """Every version that was told, the newest first: nothing is overwritten."""
    found = queries.enterprise_for(request.viewer, enterprise_id)
    shown = asked_stretch(queries.told_figures(request.viewer, found), NEWEST, request.GET)
    context = {"enterprise": found, "rows": shown.rows, "page": shown.pager(), "columns": FIGURE_COLUMNS}
    return render(request, "enterprises/figures.html", context)


@page(may_be_an_enterprise)
def own(request: ViewerRequest) -> HttpResponse:
    """On to the page of the viewer's own enterprise, if the register has it."""
    found = queries.own_enterprise(request.viewer)
    return redirect("enterprises:enterprise", found.pk) if found else render(request, "enterprises/own.html")
