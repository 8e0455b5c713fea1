"""The directory: agencies, posts, who holds them and who is above."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.pages import ViewerRequest, page
from sushui.organizations import queries
from sushui.organizations.forms import DirectoryFilterForm
from sushui.organizations.panels import post_facts
from sushui.organizations.permissions import (
    may_administer,
    may_manage_agency,
    may_see_directory,
)

AGENCIES = Columns(
    Column("agency", _("Agency"), Kind.TITLE),
    Column("kind", _("Kind"), folds=True),
    Column("head", _("Head")),
    Column("leader", _("Leader in charge")),
    Column("posts", _("Posts"), Kind.NUMBER, folds=True),
)
POSTS = Columns(
    Column("post", _("Post"), Kind.TITLE),
    Column("holder", _("Holder")),
    Column("since", _("In post since"), Kind.DATE),
    Column("act", "", Kind.ACTION),
)
CHARGES = Columns(
    Column("leader", _("Leader in charge"), Kind.TITLE),
    Column("from_on", _("From"), Kind.DATE),
    Column("to_on", _("Until"), Kind.DATE),
)
TENURES = Columns(
    Column("person", _("Person"), Kind.TITLE),
    Column("from_on", _("From"), Kind.DATE),
    Column("to_on", _("Until"), Kind.DATE),
)
DELEGATIONS = Columns(
    Column("post", _("Acting post"), Kind.TITLE),
    Column("reason", _("Reason")),
    Column("from_on", _("From"), Kind.DATE),
    Column("to_on", _("Until"), Kind.DATE),
    Column("act", "", Kind.ACTION),
)
GRANTS = Columns(
    Column("role", _("Role"), Kind.TITLE),
    Column("from_on", _("From"), Kind.DATE),
    Column("to_on", _("Until"), Kind.DATE),
)


@page(may_see_directory)
def directory(request: ViewerRequest) -> HttpResponse:
    """Agencies of a division as a tree; what is looked for is named by characters or by the first letters of pinyin."""
    viewer = request.viewer
    form = DirectoryFilterForm(request.GET or {"division": viewer.division_id}, rows=queries.divisions(viewer))
    form.is_valid()
    division = form.cleaned_data.get("division")
    rows = queries.directory(viewer, division_id=division.pk if division else None, text=form.cleaned_data.get("q", ""))
    context = {"form": form, "rows": rows, "columns": AGENCIES, "may_add": may_administer(viewer)}
    return render(request, "organizations/directory.html", context)


@page(may_see_directory)
def agency(request: ViewerRequest, agency_id: int) -> HttpResponse:
    """One agency: its posts and their holders, the leader in charge, its names."""
    found = queries.agency_for(request.viewer, agency_id)
    context = {
        "agency": found,
        "row": queries.agency_row(request.viewer, found),
        "charges": queries.charges_of(request.viewer, found),
        "children": queries.agencies(request.viewer).filter(parent=found),
        "may_manage": may_manage_agency(request.viewer, found),
        "post_columns": POSTS,
        "charge_columns": CHARGES,
    }
    return render(request, "organizations/agency.html", context)


@page(may_see_directory)
def post(request: ViewerRequest, post_id: int) -> HttpResponse:
    """One post: who held it when, for whom it acts, what it may do, what hangs on it."""
    found = queries.post_for(request.viewer, post_id)
    context = {
        **post_facts(request.viewer, found),
        "tenure_columns": TENURES,
        "delegation_columns": DELEGATIONS,
        "grant_columns": GRANTS,
    }
    return render(request, "organizations/post.html", context)
