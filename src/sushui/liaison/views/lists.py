"""Reading a liaison list in: send it, answer what is open, import it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sushui.kernel.act_pages import act_page, bound
from sushui.kernel.pages import ViewerRequest, page
from sushui.liaison import queries, services
from sushui.liaison.forms import AnswersForm, ImportForm, StageForm
from sushui.liaison.permissions import may_keep_liaisons


@page(may_keep_liaisons)
def lists(request: ViewerRequest) -> HttpResponse:
    """Send a workbook in; lists that wait for answers stand below."""
    form = bound(request, StageForm)
    rows = list(queries.open_lists(request.viewer))
    return act_page(request, form, back=reverse("liaison:register"), go=_url, template="liaison/lists.html", rows=rows)


def _url(staged: Any) -> str:
    return reverse("liaison:list", args=[staged.pk])


@page(may_keep_liaisons)
def one_list(request: ViewerRequest, list_id: int) -> HttpResponse:
    """What each row becomes, and what is open."""
    staged = queries.list_for(request.viewer, list_id)
    form = bound(request, AnswersForm, staged)
    if request.method == "POST" and form.is_done():
        return redirect(_url(staged))
    reading = services.read_list(request.viewer, staged)
    outdated = services.changed_since_shown(request.viewer, staged, reading)
    services.hold_shown(staged, reading)
    context = {
        "staged": staged,
        "form": form,
        "reading": reading,
        "outdated": outdated,
        "import_form": ImportForm(viewer=request.viewer, record=staged),
    }
    return render(request, "liaison/list.html", context, status=form.status)


@page(may_keep_liaisons)
def import_list(request: ViewerRequest, list_id: int) -> HttpResponse:
    """Appoint what the list says, all or none."""
    staged = queries.list_for(request.viewer, list_id)
    back = reverse("liaison:list", args=[staged.pk])
    form = bound(request, ImportForm, staged)
    return act_page(request, form, back=back, go=lambda made: reverse("liaison:register"), about=staged.file_name)


@require_POST
@page(may_keep_liaisons)
def discard(request: ViewerRequest, list_id: int) -> HttpResponse:
    """Drop a list."""
    services.discard_list(request.viewer, queries.list_for(request.viewer, list_id))
    messages.success(request, _("The list is dropped; nothing was appointed."))
    return redirect("liaison:lists")
