"""Investors: the list by node, one of them, entering one, and acts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.components import Column, Columns, Kind, Tab
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.labels import label_of
from sushui.kernel.pages import ViewerRequest, page
from sushui.projects import queries
from sushui.projects.enums import PromotionNode
from sushui.projects.enums.looks import Look
from sushui.projects.forms import LEAD_FORMS, RegisterLeadForm
from sushui.projects.models import Project, PromotionLead
from sushui.projects.panels.leads import lead_columns, lead_sheet
from sushui.projects.permissions import may_enter_leads, may_open_leads
from sushui.projects.views.acting import carry_out, filled, url_of

BOARD, AT_ONCE = "board", 24
NEWEST = Sort(("node_on", "pk"), is_descending=True)
STATES = {"open": _("In talks"), "founded": _("Became projects"), "dropped": _("Dropped")}
COLUMNS = Columns(
    Column("name", _("Intended project"), Kind.TITLE),
    Column("investor", _("Investor")),
    Column("agency", _("Looked after by")),
    Column("amount", _("Intended investment"), Kind.NUMBER, _("10k yuan")),
    Column("node", _("Node")),
    Column("on", pgettext_lazy("column", "Since"), Kind.DATE),
)


@page(may_open_leads)
def lead_list(request: ViewerRequest) -> HttpResponse:
    """Investors that the viewer may know of, by state and node."""
    viewer = request.viewer
    state = request.GET.get("state") if request.GET.get("state") in STATES else "open"
    node = next((each for each in PromotionNode if each == request.GET.get("node")), "")
    shown = asked_stretch(queries.leads(viewer, node=node, state=str(state)), NEWEST, request.GET)
    sums = queries.node_sums(queries.leads(viewer, state=str(state)))
    nodes = [(label_of(each), f"?state={state}&node={each}", *sum_, each == node) for each, sum_ in sums.items()]
    context = {"rows": shown.rows, "page": shown.pager(), "columns": COLUMNS, "nodes": nodes}
    context |= {"tabs": lead_tabs(str(state)), "may_enter": bool(may_enter_leads(viewer))}
    return render(request, "projects/leads/list.html", context)


def lead_tabs(current: str) -> list[Tab]:
    """The board, and the list by state."""
    home = reverse("projects:lead-list")
    states = [Tab(label, f"{home}?state={key}", is_current=key == current) for key, label in STATES.items()]
    return [Tab(label_of(Look.BOARD), reverse("projects:lead-board"), is_current=current == BOARD), *states]


@page(may_open_leads)
def lead_board(request: ViewerRequest) -> HttpResponse:
    """Investors by node, those that became projects at the contract; whom nobody follows any more is not shown."""
    rows = queries.leads(request.viewer, state="followed")
    columns = lead_columns(request.viewer, queries.node_sums(rows), queries.first_of_each_node(rows, AT_ONCE))
    context = {"columns": columns, "tabs": lead_tabs(BOARD), "is_empty": not any(each.count for each in columns)}
    context["may_enter"] = bool(may_enter_leads(request.viewer))
    return render(request, "projects/leads/board.html", context)


@page(may_open_leads)
def lead(request: ViewerRequest, lead_id: int) -> HttpResponse:
    """One investor: how far, who looks after them, what was signed, what it became."""
    found = queries.lead_for(request.viewer, lead_id)
    return render(request, "projects/leads/lead.html", {"sheet": lead_sheet(request.viewer, found), "lead": found})


@page(may_enter_leads)
def register_lead(request: ViewerRequest) -> HttpResponse:
    """Enter an investor."""
    return carry_out(request, filled(request, RegisterLeadForm), back=reverse("projects:lead-list"), go=lead_url)


@page(may_open_leads)
def lead_act(request: ViewerRequest, lead_id: int, verb: str) -> HttpResponse:
    """An investor edited, dropped, a framework signed; the contract leads to the project."""
    found = queries.lead_for(request.viewer, lead_id)
    form = filled(request, LEAD_FORMS[verb], found)
    return carry_out(request, form, back=lead_url(found), go=made_url if verb == "found" else None)


def made_url(made: Project) -> str:
    return url_of(made)


def lead_url(found: PromotionLead) -> str:
    return reverse("projects:lead", args=[found.pk])
