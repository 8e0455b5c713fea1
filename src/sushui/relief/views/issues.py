"""Common issues: the list, and one with its requests."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.act_pages import act_page, bound
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.errors import Forbidden
from sushui.kernel.keyset import Sort, asked_stretch, capped_count
from sushui.kernel.pages import ViewerRequest, page
from sushui.relief import queries
from sushui.relief.enums import Satisfaction
from sushui.relief.forms import AnswerIssueForm
from sushui.relief.panels.places import places
from sushui.relief.panels.sheet import issue_sheet
from sushui.relief.permissions import may_open_requests
from sushui.relief.views.lists import COLUMNS as REQUEST_COLUMNS

NEWEST = Sort(("pk",), is_descending=True)
COLUMNS = Columns(
    Column("name", _("Common issue"), Kind.TITLE),
    Column("kind", _("Kind")),
    Column("state", pgettext_lazy("column", "State")),
    Column("agency", _("Lead agency")),
    Column("count", _("Enterprises"), Kind.NUMBER),
    Column("unhappy", _("Not satisfied"), Kind.NUMBER),
    Column("received", _("Gathered on"), Kind.DATE),
)


@page(may_open_requests)
def common(request: ViewerRequest) -> HttpResponse:
    """The same demand of many enterprises, the newest first."""
    rows = queries.visible_issues(request.viewer).select_related("lead_agency", "task")
    unhappy = Count("requests", filter=Q(requests__rating=Satisfaction.NOT))
    shown = asked_stretch(rows.annotate(how_many=Count("requests"), unhappy=unhappy), NEWEST, request.GET)
    context = {"columns": COLUMNS, "rows": shown.rows, "page": shown.pager(), "total": capped_count(rows)}
    return render(request, "relief/common.html", {**context, "places": places(request.viewer, "common")})


@page(may_open_requests)
def issue(request: ViewerRequest, issue_id: int) -> HttpResponse:
    """One issue: where it stands, its requests, what was answered to all, the story."""
    found = queries.issue_for(request.viewer, issue_id)
    context = {"issue": found, "sheet": issue_sheet(request.viewer, found), "columns": REQUEST_COLUMNS}
    return render(request, "relief/issue.html", context)


@page(may_open_requests)
def issue_answer(request: ViewerRequest, issue_id: int) -> HttpResponse:
    """Answer all enterprises of an issue."""
    found = queries.issue_for(request.viewer, issue_id)
    form = bound(request, AnswerIssueForm, found)
    if not form.may():  # type: ignore[attr-defined]
        raise Forbidden
    return act_page(request, form, back=reverse("relief:issue", args=[found.pk]), about=found.content)
