"""Work lists on their way in: sent in, described, asked about, imported; and lists on their way out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.errors import NotFound
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.sheets.pages import HEADING_ROWS, QUESTIONS_SHOWN, frame_of, rows_asked, sent, url_names
from sushui.kernel.sheets.previews import held_digest
from sushui.kernel.workbooks import workbook_answer
from sushui.supervision import queries
from sushui.supervision.adapter.worklists import first_rows
from sushui.supervision.forms import RegisterFilterForm
from sushui.supervision.forms.imports import (
    AboutListForm,
    AnswersForm,
    ColumnsForm,
    CommitForm,
    DiscardForm,
    TakeBackForm,
    UploadForm,
)
from sushui.supervision.models import ImportDraft
from sushui.supervision.panels import imports as panels
from sushui.supervision.permissions import may_draft_orders, may_open_register, may_open_supervision
from sushui.supervision.services import exports
from sushui.supervision.services.imports import (
    ListUnderstanding,
    OpenQuestion,
    SettledRow,
    changed_since_shown,
    given_answers,
    hold_shown,
    understand_import,
)
from sushui.supervision.views.acting import carry_out

OWN_PAGES = ("about", "row")
COLUMNS = Columns(
    Column("number", _("Row"), Kind.NUMBER),
    Column("title", _("Task"), Kind.TITLE),
    Column("leader", _("Leader"), folds=True),
    Column("lead", _("Lead agency")),
    Column("supporting", _("Supporting agencies"), folds=True),
    Column("deadline", _("Deadline")),
    Column("state", _("Becomes")),
)


@page(may_draft_orders)
def imports(request: ViewerRequest) -> HttpResponse:
    """Send a workbook in, and go on with lists under way."""
    files = request.FILES if request.method == "POST" else None
    form = UploadForm(sent(request), files, viewer=request.viewer)
    if request.method == "POST" and form.is_done():
        messages.success(request, str(form.done))
        return redirect("supervision:import", form.made[0].pk)
    context = {
        "form": form,
        "urls": url_names("supervision"),
        "under_way": queries.import_drafts(request.viewer),
        "finished": queries.finished_imports(request.viewer)[:10],
    }
    return render(request, "supervision/imports/index.html", context, status=form.status)


@page(may_draft_orders)
def work_list(request: ViewerRequest, draft_id: int) -> HttpResponse:
    """A list under way, at the place where something has to be said next."""
    draft = queries.import_draft_for(request.viewer, draft_id)
    return redirect(f"supervision:{panels.next_page(draft, understand_import(request.viewer, draft))}", draft.pk)


@page(may_draft_orders)
def about(request: ViewerRequest, draft_id: int) -> HttpResponse:
    """Say what the list is."""
    draft, understood = _open(request, draft_id)
    form = AboutListForm(sent(request), viewer=request.viewer, record=draft)
    return _carry_out(request, form, understood, "about")


@page(may_draft_orders)
def columns(request: ViewerRequest, draft_id: int) -> HttpResponse:
    """Say what its columns hold."""
    draft, understood = _open(request, draft_id)
    form = ColumnsForm(sent(request), viewer=request.viewer, record=draft, understood=understood)
    return _carry_out(request, form, understood, "columns", heading=first_rows(draft.sheet, HEADING_ROWS))


@page(may_draft_orders)
def questions(request: ViewerRequest, draft_id: int) -> HttpResponse:
    """Answer what its rows leave open, those of most rows first."""
    draft, understood = _open(request, draft_id)
    asked = understood.questions[:QUESTIONS_SHOWN]
    if request.method == "POST":
        asked = [each for each in understood.questions if AnswersForm.is_about(each, request.POST)]
    form = AnswersForm(sent(request), viewer=request.viewer, record=draft, understood=understood, asked=asked)
    given = panels.answer_lines(given_answers(draft.answers), understood.agency_names)
    more = len(understood.questions) - len(asked)
    return _carry_out(request, form, understood, "questions", given=given, more=more)


@require_POST
@page(may_draft_orders)
def take_back(request: ViewerRequest, draft_id: int) -> HttpResponse:
    """Take an answer back."""
    draft = queries.import_draft_for(request.viewer, draft_id)
    form = TakeBackForm(request.POST, viewer=request.viewer, record=draft)
    return carry_out(request, form, back=reverse("supervision:import-questions", args=[draft.pk]))


@page(may_draft_orders)
def rows(request: ViewerRequest, draft_id: int) -> HttpResponse:
    """Every row with what was understood, those with questions first."""
    draft, understood = _open(request, draft_id)
    shown, stretch = rows_asked(request, panels.list_rows(understood))
    outdated = changed_since_shown(draft, understood)
    if not stretch.before or held_digest(draft) is None:  # further rows belong to what was shown first
        hold_shown(draft, understood)
    context = {
        "outdated": outdated,
        "columns": COLUMNS.without(*panels.empty_columns(understood)),
        "rows": [panels.list_row(settled, understood.agency_names) for settled in shown],
        "page": stretch,
        "form": CommitForm(viewer=request.viewer, record=draft, understood=understood),
    }
    return render(request, "kernel/sheets/rows.html", {**_frame(request, draft, understood, "rows"), **context})


@page(may_draft_orders)
def row(request: ViewerRequest, draft_id: int, row_number: int) -> HttpResponse:
    """One row: what it says, what it becomes, and its questions, answered for this row alone."""
    draft, understood = _open(request, draft_id)
    settled = _row(understood, row_number)
    asked = [OpenQuestion(question, (row_number,)) for question in settled.questions]
    form = AnswersForm(
        sent(request),
        viewer=request.viewer,
        record=draft,
        understood=understood,
        asked=asked,
        row_number=row_number,
    )
    shown = panels.list_row(settled, understood.agency_names)
    return _carry_out(request, form, understood, "row", back=request.path, row=shown)


def _row(understood: ListUnderstanding, row_number: int) -> SettledRow:
    for settled in understood.rows:
        if settled.row.number == row_number:
            return settled
    raise NotFound


@page(may_draft_orders)
def commit(request: ViewerRequest, draft_id: int) -> HttpResponse:
    """Import the list; then on to the next sheet of the file, or to the order."""
    draft, understood = _open(request, draft_id)
    if request.method == "GET" and held_digest(draft) is None:
        hold_shown(draft, understood)
    form = CommitForm(sent(request), viewer=request.viewer, record=draft, understood=understood)
    if request.method == "POST" and form.is_done():
        sentence = gettext("Imported: %(count)s tasks.") % {"count": len(understood.drafts)}
        messages.success(request, sentence)
        return redirect("supervision:order", form.made.pk)
    outdated = changed_since_shown(draft, understood)
    return _carry_out(request, form, understood, "commit", outdated=outdated)


@page(may_draft_orders)
def discard(request: ViewerRequest, draft_id: int) -> HttpResponse:
    """Drop the list."""
    draft = queries.import_draft_for(request.viewer, draft_id)
    form = DiscardForm(sent(request), viewer=request.viewer, record=draft)
    return carry_out(request, form, back=reverse("supervision:imports"))


# --- what these pages share ------------------------------------------------------------------------------------------
def _open(request: ViewerRequest, draft_id: int) -> tuple[ImportDraft, ListUnderstanding]:
    draft = queries.import_draft_for(request.viewer, draft_id)
    return draft, understand_import(request.viewer, draft)


def _carry_out(
    request: ViewerRequest, form: Any, understood: ListUnderstanding, name: str, *, back: str = "", **context: Any
) -> HttpResponse:
    draft: ImportDraft = form.record
    frame = _frame(request, draft, understood, name)
    back = back or reverse("supervision:import", args=[draft.pk])
    template = f"supervision/imports/{name}.html" if name in OWN_PAGES else f"kernel/sheets/{name}.html"
    return carry_out(request, form, back=back, page=template, **frame, **context)


def _frame(request: ViewerRequest, draft: ImportDraft, understood: ListUnderstanding, name: str) -> dict[str, Any]:
    """What stands above each page of a list."""
    siblings = queries.import_drafts(request.viewer).filter(digest=draft.digest)
    tabs = panels.list_tabs(draft, understood, name)
    return {
        **frame_of("supervision", draft, understood, siblings=siblings.order_by("sheet_index"), tabs=tabs),
        "titles": {"commit": CommitForm.title, "discard": DiscardForm.title},
        "promise": panels.promise(draft, understood),
        "counts": understood.counts,
        "earlier": panels.earlier_imports(queries.earlier_imports(request.viewer, draft)),
        "why_not_yet": panels.why_not_yet(draft, understood),
    }


# --- on their way out ------------------------------------------------------------------------------------------------
@require_safe
@page(may_open_register)
def export_register(request: ViewerRequest) -> HttpResponse:
    """The register as it is narrowed, as a workbook."""
    narrowed = RegisterFilterForm(request.GET, viewer=request.viewer).narrowed()
    name = gettext("Register of supervised tasks")
    return workbook_answer(name, lambda file: exports.export_register(request.viewer, narrowed, file))


@require_safe
@page(may_open_supervision)
def export_order(request: ViewerRequest, order_id: int) -> HttpResponse:
    """The tasks of an order as a workbook."""
    order = queries.order_for(request.viewer, order_id)
    return workbook_answer(order.title, lambda file: exports.export_order(request.viewer, order, file))
