"""Workbooks of projects on their way in and out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from sushui.kernel import clock
from sushui.kernel.act_pages import act_page
from sushui.kernel.errors import NotFound
from sushui.kernel.months import months_after
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.record_numbers import record_numbers
from sushui.kernel.sheets.pages import (
    HEADING_ROWS,
    QUESTIONS_SHOWN,
    EarlierImport,
    frame_of,
    rows_asked,
    sent,
    url_names,
)
from sushui.kernel.sheets.previews import held_digest
from sushui.kernel.workbooks import workbook_answer
from sushui.projects import queries
from sushui.projects.adapter import first_rows
from sushui.projects.enums import ListKind
from sushui.projects.forms import LedgerFilterForm
from sushui.projects.forms.imports import (
    AnswersForm,
    ColumnsForm,
    CommitForm,
    DiscardForm,
    TakeBackForm,
    UploadForm,
    with_shared,
)
from sushui.projects.models import SheetDraft
from sushui.projects.panels import imports as panels
from sushui.projects.permissions import may_keep_ledger, may_open_projects, may_send_figures
from sushui.projects.services import exports
from sushui.projects.services.imports import (
    SheetUnderstanding,
    changed_since_shown,
    hold_shown,
    understand_draft,
)


@page(may_send_figures)
def imports(request: ViewerRequest) -> HttpResponse:
    """Send a workbook in, and go on with sheets under way."""
    files = request.FILES if request.method == "POST" else None
    form = UploadForm(sent(request), files, viewer=request.viewer, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_done():
        messages.success(request, str(form.done))
        return redirect("projects:import", form.made[0].pk)
    context = {
        "form": form,
        "urls": url_names("projects"),
        "has_kinds": True,
        "under_way": queries.sheet_drafts(request.viewer),
        "finished": queries.finished_sheets(request.viewer)[:10],
        "may_keep": may_keep_ledger(request.viewer),
    }
    return render(request, "projects/imports/index.html", context, status=form.status)


@page(may_send_figures)
def sheet(request: ViewerRequest, sheet_id: int) -> HttpResponse:
    """A sheet under way, at the place where something has to be said next."""
    draft = queries.sheet_draft_for(request.viewer, sheet_id)
    return redirect(f"projects:{panels.next_page(understand_draft(request.viewer, draft))}", draft.pk)


@page(may_send_figures)
def columns(request: ViewerRequest, sheet_id: int) -> HttpResponse:
    """Say what its columns hold."""
    draft, understood = _open(request, sheet_id)
    form = ColumnsForm(sent(request), viewer=request.viewer, record=draft, understood=understood)
    return _carry_out(request, form, understood, "columns", heading=first_rows(draft.sheet, HEADING_ROWS))


@page(may_send_figures)
def questions(request: ViewerRequest, sheet_id: int) -> HttpResponse:
    """Answer what its rows leave open, those of most rows first."""
    draft, understood = _open(request, sheet_id)
    everything = with_shared(understood.questions)
    asked = everything[:QUESTIONS_SHOWN]
    if request.method == "POST":
        asked = [each for each in everything if AnswersForm.is_about(each, request.POST)]
    form = AnswersForm(sent(request), viewer=request.viewer, record=draft, asked=asked)
    given = panels.answer_lines(draft, understood)
    return _carry_out(request, form, understood, "questions", given=given, more=len(everything) - len(asked))


@require_POST
@page(may_send_figures)
def take_back(request: ViewerRequest, sheet_id: int) -> HttpResponse:
    """Take an answer back."""
    draft = queries.sheet_draft_for(request.viewer, sheet_id)
    form = TakeBackForm(request.POST, viewer=request.viewer, record=draft)
    return act_page(request, form, back=reverse("projects:import-questions", args=[draft.pk]))


@page(may_send_figures)
def rows(request: ViewerRequest, sheet_id: int) -> HttpResponse:
    """Every row with what it becomes, those with questions first."""
    draft, understood = _open(request, sheet_id)
    shown, stretch = rows_asked(request, panels.sheet_rows(understood))
    outdated = changed_since_shown(request.viewer, draft, understood)
    if not stretch.before or held_digest(draft) is None:  # further rows belong to what was shown first
        hold_shown(draft, understood)
    context = {
        "outdated": outdated,
        "rows": panels.row_lines(shown, panels.Names(request.viewer, draft)),
        "page": stretch,
    }
    return render(request, "kernel/sheets/rows.html", {**_frame(request, draft, understood, "rows"), **context})


@page(may_send_figures)
def row(request: ViewerRequest, sheet_id: int, row_number: int) -> HttpResponse:
    """One row: what it becomes, and its questions, answered for this row alone."""
    draft, understood = _open(request, sheet_id)
    found = next((each for each in understood.rows if each.number == row_number), None)
    if found is None:
        raise NotFound
    own = [each for each in understood.questions if each.key in found.open_keys]
    asked = [replace(each, rows=(row_number,)) for each in [*own, *found.answered]]
    form = AnswersForm(sent(request), viewer=request.viewer, record=draft, asked=asked, row_number=row_number)
    line = panels.row_lines([found], panels.Names(request.viewer, draft))[0]
    return _carry_out(request, form, understood, "row", back=request.path, line=line)


@page(may_send_figures)
def commit(request: ViewerRequest, sheet_id: int) -> HttpResponse:
    """Import the sheet; then on to the ledger, the page of one's own projects, or the version that it became."""
    draft, understood = _open(request, sheet_id)
    if request.method == "GET" and held_digest(draft) is None:
        hold_shown(draft, understood)
    form = CommitForm(sent(request), viewer=request.viewer, record=draft)
    home = "projects:ledger" if may_keep_ledger(request.viewer) else "projects:own"
    outdated = changed_since_shown(request.viewer, draft, understood)
    go = _version_url if draft.kind is ListKind.PORTFOLIO else None
    return _carry_out(request, form, understood, "commit", back=reverse(home), go=go, outdated=outdated)


@page(may_send_figures)
def discard(request: ViewerRequest, sheet_id: int) -> HttpResponse:
    """Drop the sheet."""
    draft = queries.sheet_draft_for(request.viewer, sheet_id)
    form = DiscardForm(sent(request), viewer=request.viewer, record=draft)
    return act_page(request, form, back=reverse("projects:imports"), about=str(draft))


def _version_url(draft: SheetDraft) -> str:
    """The version of the portfolio that a sheet became."""
    return reverse("projects:portfolio-version", args=[draft.outcome["portfolio_version"]])


# --- what these pages share ------------------------------------------------------------------------------------------
def _open(request: ViewerRequest, sheet_id: int) -> tuple[SheetDraft, SheetUnderstanding]:
    draft = queries.sheet_draft_for(request.viewer, sheet_id)
    return draft, understand_draft(request.viewer, draft)


def _carry_out(
    request: ViewerRequest, form: Any, understood: SheetUnderstanding, name: str, *, back: str = "", **context: Any
) -> HttpResponse:
    draft: SheetDraft = form.record
    frame = _frame(request, draft, understood, name)
    back = back or reverse("projects:import", args=[draft.pk])
    template = "projects/imports/row.html" if name == "row" else f"kernel/sheets/{name}.html"
    return act_page(request, form, back=back, template=template, **frame, **context)


def _frame(request: ViewerRequest, draft: SheetDraft, understood: SheetUnderstanding, name: str) -> dict[str, Any]:
    """What stands above each page of a sheet."""
    siblings = queries.sheet_drafts(request.viewer).filter(digest=draft.digest, kind=draft.kind)
    tabs = panels.sheet_tabs(draft, understood, name)
    earlier = queries.earlier_sheets(request.viewer, draft)
    return {
        **frame_of("projects", draft, understood, siblings=siblings.order_by("sheet_index"), tabs=tabs),
        "titles": {"commit": CommitForm.title, "discard": DiscardForm.title},
        "promise": gettext("All of these rows are written, or none if one is refused."),
        "counts": panels.counts_in_words(understood),
        "earlier": [EarlierImport(each.imported_at, each.post) for each in earlier],
        "why_not_yet": panels.why_not_yet(understood),
    }


# --- on their way out ------------------------------------------------------------------------------------------------
@require_safe
@page(may_open_projects)
def export_ledger(request: ViewerRequest) -> HttpResponse:
    """The ledger as it is narrowed, as a workbook."""
    narrowed = LedgerFilterForm(request.GET, viewer=request.viewer).narrowed()
    name = gettext("Ledger of projects")
    return workbook_answer(name, lambda file: exports.export_ledger(request.viewer, narrowed, file))


@require_safe
@page(may_open_projects)
def export_figures(request: ViewerRequest) -> HttpResponse:
    """This year's figures of the ledger as it is narrowed, as a workbook; ``year`` names another one."""
    narrowed = LedgerFilterForm(request.GET, viewer=request.viewer).narrowed()
    year = next(iter(record_numbers([request.GET.get("year", "")])), clock.today().year)
    if not 1990 <= year <= 2100:
        raise NotFound
    name = gettext("Monthly investment of projects, %(year)s") % {"year": year}
    return workbook_answer(name, lambda file: exports.export_figures(request.viewer, narrowed, year, file))


@require_safe
@page(may_keep_ledger)
def ledger_template(request: ViewerRequest) -> HttpResponse:
    """An empty ledger to fill in."""
    return workbook_answer(gettext("Empty ledger"), lambda file: exports.write_ledger_template(request.viewer, file))


@require_safe
@page(may_send_figures)
def figures_template(request: ViewerRequest) -> HttpResponse:
    """Last month's figures to fill in, a row for each of the viewer's projects."""
    month = months_after(clock.today().replace(day=1), -1)
    name = gettext("Figures of %(month)s") % {"month": f"{month:%Y-%m}"}
    return workbook_answer(name, lambda file: exports.write_figures_template(request.viewer, month, file))
