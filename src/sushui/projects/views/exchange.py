"""Projects as OC4IDS: handed out, sent in, looked at, taken over."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sushui.kernel.act_pages import act_page, bound
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.sheets.previews import held_digest
from sushui.projects import queries
from sushui.projects.enums import ExchangeState
from sushui.projects.forms import LedgerFilterForm
from sushui.projects.forms.exchange import ExchangeCommitForm, ExchangeForm
from sushui.projects.models import ExchangeDraft
from sushui.projects.panels.exchange import counts_in_words, exchange_lines
from sushui.projects.permissions import may_keep_ledger, may_open_portfolios, may_open_projects
from sushui.projects.queries.exchange import exchange_draft_for, exchange_drafts
from sushui.projects.queries.portfolios import version_for
from sushui.projects.rules.documents import to_text
from sushui.projects.services.exchange import (
    published_package,
    published_portfolio,
    published_project,
    show_exchange,
)

FEW = 50
MOST_SHOWN = 500
DRAFT_COLUMNS = Columns(
    Column("file", _("File"), Kind.TITLE),
    Column("post", _("By")),
    Column("at", _("Sent in"), Kind.DATE),
    Column("outcome", _("Became")),
)
ROW_COLUMNS = Columns(
    Column("place", _("Number in the file"), Kind.NUMBER),
    Column("name", _("Project"), Kind.TITLE),
    Column("state", _("Becomes")),
    Column("changes", _("Before → after")),
)


@page(may_keep_ledger)
def exchange(request: ViewerRequest) -> HttpResponse:
    """Send a file in; those that were sent in before."""
    form = bound(request, ExchangeForm)
    drafts = list(exchange_drafts(request.viewer)[:FEW])
    context = {"columns": DRAFT_COLUMNS, "drafts": drafts}
    back = reverse("projects:ledger")
    return act_page(request, form, back=back, go=_draft_url, template="projects/exchange/index.html", **context)


@page(may_keep_ledger)
def draft(request: ViewerRequest, exchange_id: int) -> HttpResponse:
    """What would become of each project of the file; nothing is written yet."""
    found = exchange_draft_for(request.viewer, exchange_id)
    rows = show_exchange(request.viewer, found) if found.imported_at is None else []
    lines = exchange_lines(request.viewer, rows)
    context: dict[str, Any] = {"draft": found, "columns": ROW_COLUMNS, "lines": lines[:MOST_SHOWN]}
    context |= {"counts": counts_in_words(rows), "more": max(len(lines) - MOST_SHOWN, 0)}
    refused = sum(row.state is ExchangeState.REFUSED for row in rows)
    context["why_not_yet"] = gettext("%(count)s projects are refused") % {"count": refused} if refused else ""
    return render(request, "projects/exchange/draft.html", context)


@page(may_keep_ledger)
def commit(request: ViewerRequest, exchange_id: int) -> HttpResponse:
    """Take the file over, all of it or nothing."""
    found = exchange_draft_for(request.viewer, exchange_id)
    if request.method == "GET" and found.imported_at is None and held_digest(found) is None:
        show_exchange(request.viewer, found)
    form = bound(request, ExchangeCommitForm, found)
    return act_page(request, form, back=_draft_url(found), go=_draft_url, about=str(found))


@require_safe
@page(may_open_projects)
def export_package(request: ViewerRequest) -> HttpResponse:
    """The ledger as it is narrowed, as one package."""
    narrowed = LedgerFilterForm(request.GET, viewer=request.viewer).narrowed()
    return _json("oc4ids", published_package(request.viewer, narrowed))


@require_safe
@page(may_open_projects)
def export_project(request: ViewerRequest, project_id: int) -> HttpResponse:
    """One project as a package."""
    found = queries.project_for(request.viewer, project_id)
    return _json(f"oc4ids-{found.pk}", published_project(request.viewer, found))


@require_safe
@page(may_open_portfolios)
def export_portfolio(request: ViewerRequest, list_version_id: int) -> HttpResponse:
    """The projects of a version of the year's portfolio as one package."""
    found = version_for(request.viewer, list_version_id)
    return _json(f"oc4ids-portfolio-{found.pk}", published_portfolio(request.viewer, found))


def _json(name: str, package: dict[str, Any]) -> HttpResponse:
    answer = HttpResponse(to_text(package), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


def _draft_url(draft: ExchangeDraft) -> str:
    return reverse("projects:exchange-draft", args=[draft.pk])
