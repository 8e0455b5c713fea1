"""Pages with a form that acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sushui.kernel.acts import ActForm
from sushui.kernel.models import Record
from sushui.kernel.pages import ViewerRequest
from sushui.organizations.queries import last_line_of

Form = type[ActForm]


def act_page(
    request: ViewerRequest,
    kind: Form,
    *,
    back: str,
    record: Any = None,
    go: Callable[[Any], str] | None = None,
    template: str = "organizations/act.html",
    **context: Any,
) -> HttpResponse:
    """Show the form; when it is sent, do its act and go where ``go`` says of what it made (default: ``back``).

    A refusal shows the form again with all that was typed.
    """
    form = bound(request, kind, record)
    if request.method == "POST" and form.is_done():
        messages.success(request, str(form.done))
        return redirect(go(form.made) if go else back)
    return form_page(request, form, back=back, template=template, **context)


def bound(request: ViewerRequest, kind: Form, record: Any = None) -> ActForm:
    """The form, filled with what was sent if anything was."""
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return kind(data, files, viewer=request.viewer, record=record)


def form_page(
    request: ViewerRequest, form: ActForm, *, back: str, template: str = "organizations/act.html", **context: Any
) -> HttpResponse:
    """The page that shows the form as it is."""
    is_stale = form.status == 409 and isinstance(form.record, Record)
    line = last_line_of(form.record) if is_stale else None
    shown = {"form": form, "back": back, "line": line, "title": form.title, **context}
    return render(request, template, shown, status=form.status)
