"""How an act is shown and done: a form, a service, a sentence that it is done, and on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from sushui.kernel.acts import ActForm
from sushui.kernel.audit import target_of
from sushui.kernel.errors import StaleRecord
from sushui.kernel.models import AuditLine, Record
from sushui.kernel.pages import ViewerRequest

ACT_PAGE = "kernel/act.html"


def bound(request: ViewerRequest, kind: type[ActForm], record: Any = None, **more: Any) -> ActForm:
    """The form, filled with what was sent if anything was."""
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return kind(data, files, viewer=request.viewer, record=record, **more)


def act_page(
    request: ViewerRequest,
    form: ActForm,
    *,
    back: str,
    go: Callable[[Any], str] | None = None,
    template: str = ACT_PAGE,
    **context: Any,
) -> HttpResponse:
    """Show the form; when it is sent, do its act and go where ``go`` says of what it made (default: back).

    A refusal shows the form again with all that was typed; where somebody else was first, also who that was. A page
    inside the house that the form names as ``next`` is where "back" leads.
    """
    home = _asked(request) or back
    if request.method == "POST" and form.is_done():
        messages.success(request, str(form.done))
        return redirect(go(form.made) if go else home)
    shown = {"form": form, "back": home, "conflict": _conflict(form), **context}
    return render(request, template, shown, status=form.status)


def _asked(request: ViewerRequest) -> str:
    """The page that the act was begun from, if it said so and is one of this house."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/") else ""


def _conflict(form: ActForm) -> AuditLine | None:
    """The line of whoever changed the record meanwhile; None without a conflict."""
    if not isinstance(form.refusal, StaleRecord) or not isinstance(form.record, Record):
        return None
    return AuditLine.objects.filter(target=target_of(form.record)).order_by("-id").first()
