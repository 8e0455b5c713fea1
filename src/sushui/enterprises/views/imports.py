"""Reading a list of enterprises in: send it, answer what is open, look at the rows, import it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sushui.enterprises import queries, services
from sushui.enterprises.enums import RowState
from sushui.enterprises.forms import AnswersForm, ImportForm, StageForm
from sushui.enterprises.permissions import may_keep_register
from sushui.kernel.act_pages import act_page, bound
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.sheets.pages import rows_asked


@page(may_keep_register)
def imports(request: ViewerRequest) -> HttpResponse:
    """Send a workbook in; lists that wait for answers stand below."""
    form, rows = bound(request, StageForm), list(queries.open_sheets(request.viewer))
    back = reverse("enterprises:register")
    return act_page(request, form, back=back, go=_url, template="enterprises/imports.html", rows=rows)


def _url(sheet: Any) -> str:
    return reverse("enterprises:import", args=[sheet.pk])


@page(may_keep_register)
def one_import(request: ViewerRequest, enterprise_sheet_id: int) -> HttpResponse:
    """What each row becomes, and what is open."""
    sheet = queries.sheet_for(request.viewer, enterprise_sheet_id)
    reading = services.read_sheet(request.viewer, sheet)
    form = bound(request, AnswersForm, sheet, reading=reading)
    if request.method == "POST" and form.is_done():
        return redirect(_url(sheet))
    outdated = services.changed_since_shown(sheet, reading)
    services.hold_shown(sheet, reading)
    shown, pager = rows_asked(request, reading.rows)
    context = {"sheet": sheet, "form": form, "reading": reading, "outdated": outdated, "rows": shown, "page": pager}
    context |= {
        "counts": [(state, count) for state, count in reading.counts.items() if count],
        "total": len(reading.rows),
    }
    context |= {"import_form": ImportForm(viewer=request.viewer, record=sheet), "may_import": _may_import(reading)}
    return render(request, "enterprises/import.html", context, status=form.status)


def _may_import(reading: services.SheetReading) -> bool:
    return reading.is_settled and bool(reading.counts[RowState.NEW] or reading.counts[RowState.CHANGED])


@page(may_keep_register)
def import_commit(request: ViewerRequest, enterprise_sheet_id: int) -> HttpResponse:
    """Enter what the list says, all or none."""
    sheet = queries.sheet_for(request.viewer, enterprise_sheet_id)
    form = bound(request, ImportForm, sheet)
    return act_page(request, form, back=_url(sheet), go=lambda made: reverse("enterprises:register"), about=sheet)


@require_POST
@page(may_keep_register)
def import_discard(request: ViewerRequest, enterprise_sheet_id: int) -> HttpResponse:
    """Drop a list."""
    services.discard_sheet(request.viewer, queries.sheet_for(request.viewer, enterprise_sheet_id))
    messages.success(request, _("The list is dropped; nothing was entered."))
    return redirect("enterprises:imports")
