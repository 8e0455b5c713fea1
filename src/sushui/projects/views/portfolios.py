"""The year's portfolio: its list, a version with its totals and rows, two versions side by side, and every act."""

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
from sushui.kernel.errors import Forbidden
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.workbooks import workbook_answer
from sushui.projects.forms.imports import ImportVersionForm
from sushui.projects.forms.portfolios import (
    ENTRY_FORMS,
    VERSION_FORMS,
    DraftFromLedgerForm,
    OpenPortfolioForm,
    VersionFilterForm,
)
from sushui.projects.models import PortfolioVersion, ProjectPortfolio, SheetDraft
from sushui.projects.panels.portfolios import VersionSheet, comparison_sheet
from sushui.projects.permissions import may_keep_ledger, may_keep_portfolio, may_open_portfolios
from sushui.projects.queries import portfolios as queries
from sushui.projects.rules.portfolios import compare as compared
from sushui.projects.rules.portfolios import totals_of
from sushui.projects.services.portfolio_books import export_version as write_version

WAN, YI = _("10k yuan"), _("100m yuan")
PORTFOLIO_COLUMNS = Columns(
    Column("name", _("Portfolio"), Kind.TITLE),
    Column("year", _("Year"), Kind.NUMBER),
    Column("division", _("Division")),
    Column("state", _("Version in force")),
    Column("count", _("Projects"), Kind.NUMBER),
    Column("total", _("Total investment"), Kind.NUMBER, YI),
    Column("planned", _("Year's plan"), Kind.NUMBER, YI),
    Column("newest", _("Newest version")),
)
VERSION_COLUMNS = Columns(
    Column("number", _("Version"), Kind.TITLE),
    Column("state", _("State")),
    Column("count", _("Projects"), Kind.NUMBER),
    Column("total", _("Total investment"), Kind.NUMBER, YI),
    Column("planned", _("Year's plan"), Kind.NUMBER, YI),
    Column("who", _("Drafted by")),
    Column("approved", _("Approved"), Kind.DATE),
    Column("note", _("Note")),
    Column("act", "", Kind.ACTION),
)
ENTRY_COLUMNS = Columns(
    Column("position", _("Rank"), Kind.NUMBER),
    Column("name", _("Project"), Kind.TITLE),
    Column("cluster", _("Cluster"), folds=True),
    Column("level", _("Level")),
    Column("place", _("Township"), folds=True),
    Column("agency", _("Responsible agency"), folds=True),
    Column("total", _("Total investment"), Kind.NUMBER, WAN),
    Column("planned", _("Year's plan"), Kind.NUMBER, WAN),
    Column("start", _("Planned start"), Kind.DATE),
    Column("completion", _("Planned completion"), Kind.DATE),
    Column("act", "", Kind.ACTION),
)
GROUP_COLUMNS = Columns(
    Column("label", _("Group"), Kind.TITLE),
    Column("count", _("Projects"), Kind.NUMBER),
    Column("total", _("Total investment"), Kind.NUMBER, YI),
    Column("planned", _("Year's plan"), Kind.NUMBER, YI),
)
MOVE_COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE),
    Column("what", _("What changed")),
    Column("before", _("Before")),
    Column("after", _("After")),
    Column("by", _("By how much")),
)
BY_RANK = Sort(("position",))


@page(may_open_portfolios)
def portfolios(request: ViewerRequest) -> HttpResponse:
    """Every year's portfolio with what is in force."""
    rows = list(queries.portfolios(request.viewer))
    context = {"columns": _own_columns(request), "rows": rows, "may_keep": may_keep_ledger(request.viewer)}
    return render(request, "projects/portfolios/index.html", context)


@page(may_open_portfolios)
def portfolio(request: ViewerRequest, portfolio_id: int) -> HttpResponse:
    """One portfolio: its versions, the newest first."""
    found = queries.portfolio_for(request.viewer, portfolio_id)
    context = {"portfolio": found, "columns": VERSION_COLUMNS, "rows": list(queries.versions_of(found))}
    context["may_keep"] = may_keep_portfolio(request.viewer, found)
    return render(request, "projects/portfolios/portfolio.html", context)


@page(may_open_portfolios)
def version(request: ViewerRequest, list_version_id: int) -> HttpResponse:
    """A version: its state, its totals that open their rows, the rates, and the list itself."""
    found = queries.version_for(request.viewer, list_version_id)
    sheet = VersionSheet(request.viewer, found)
    chips = VersionFilterForm(request.GET, sheet=sheet)
    rows = sheet.narrowed(chips.narrowed())
    entries = queries.entries_of(found).filter(pk__in=[row.entry_id for row in rows])
    shown = asked_stretch(entries, BY_RANK, request.GET)
    columns = ENTRY_COLUMNS if sheet.may_keep else ENTRY_COLUMNS.without("act")
    context = {"sheet": sheet, "version": found, "chips": chips, "rows": shown.rows, "page": shown.pager()}
    context |= {"columns": columns, "group_columns": GROUP_COLUMNS, "shown": totals_of(rows)}
    return render(request, "projects/portfolios/version.html", context)


@page(may_open_portfolios)
def compare(request: ViewerRequest, list_version_id: int, other_version_id: int) -> HttpResponse:
    """What came in, went out and moved from one version to another."""
    before, after = (queries.version_for(request.viewer, number) for number in (list_version_id, other_version_id))
    found = compared(queries.entry_rows(before), queries.entry_rows(after))
    context = {"sheet": comparison_sheet(before, after, found), "columns": MOVE_COLUMNS}
    return render(request, "projects/portfolios/compare.html", context)


@require_safe
@page(may_open_portfolios)
def export_version(request: ViewerRequest, list_version_id: int) -> HttpResponse:
    """A version as a workbook: the rows that the page shows."""
    found = queries.version_for(request.viewer, list_version_id)
    chips = VersionFilterForm(request.GET, sheet=VersionSheet(request.viewer, found))
    wanted = chips.narrowed()
    name = gettext("%(name)s, version %(number)s") % {"name": found.portfolio, "number": found.number}
    return workbook_answer(name, lambda file: write_version(request.viewer, found, wanted, file))


# --- acts ------------------------------------------------------------------------------------------------------------
@page(may_keep_ledger)
def open_portfolio(request: ViewerRequest) -> HttpResponse:
    """Open a year's portfolio."""
    return _carry_out(request, OpenPortfolioForm, None, back=reverse("projects:portfolios"), go=_portfolio_url)


@page(may_open_portfolios)
def draft_from_ledger(request: ViewerRequest, portfolio_id: int) -> HttpResponse:
    """Draft a version from the ledger."""
    found = queries.portfolio_for(request.viewer, portfolio_id)
    return _carry_out(
        request, DraftFromLedgerForm, found, back=_portfolio_url(found), go=_version_url, about=str(found)
    )


@page(may_open_portfolios)
def import_version(request: ViewerRequest, portfolio_id: int) -> HttpResponse:
    """Send in a workbook that is to be the next version; nothing is written before its rows were seen."""
    found = queries.portfolio_for(request.viewer, portfolio_id)
    if not may_keep_portfolio(request.viewer, found):
        raise Forbidden
    form = bound(request, ImportVersionForm, found, initial={"based_on": request.GET.get("based_on")})
    return act_page(request, form, back=_portfolio_url(found), go=_sheet_url, about=str(found))


@page(may_open_portfolios)
def version_act(request: ViewerRequest, list_version_id: int, verb: str) -> HttpResponse:
    """An act on a whole version."""
    found = queries.version_for(request.viewer, list_version_id)
    go = _version_url if verb == "draft-next" else None
    initial = {"text": request.GET.get("text", "")}
    return _carry_out(request, VERSION_FORMS[verb], found, back=_version_url(found), go=go, initial=initial)


@page(may_open_portfolios)
def entry_act(request: ViewerRequest, entry_id: int, verb: str) -> HttpResponse:
    """An act on one project in a version."""
    found = queries.entry_for(request.viewer, entry_id)
    return _carry_out(request, ENTRY_FORMS[verb], found, back=_version_url(found.list_version), about=found.name)


def _carry_out(
    request: ViewerRequest, kind: Any, record: Any, *, back: str, go: Any = None, initial: Any = None, about: str = ""
) -> HttpResponse:
    """Show the form of an act or do it; whoever may not is refused, whatever is typed."""
    form = kind(
        request.POST if request.method == "POST" else None, viewer=request.viewer, record=record, initial=initial
    )
    if not form.may():
        raise Forbidden
    template = getattr(form, "template", "kernel/act.html")
    return act_page(request, form, back=back, go=go, template=template, about=about)


def _own_columns(request: ViewerRequest) -> Columns:
    return PORTFOLIO_COLUMNS if len(request.viewer.division_ids) > 1 else PORTFOLIO_COLUMNS.without("division")


def _portfolio_url(portfolio: ProjectPortfolio) -> str:
    return reverse("projects:portfolio", args=[portfolio.pk])


def _sheet_url(sheets: list[SheetDraft]) -> str:
    return reverse("projects:import", args=[sheets[0].pk]) if sheets else reverse("projects:imports")


def _version_url(version: PortfolioVersion) -> str:
    return reverse("projects:portfolio-version", args=[version.pk])
