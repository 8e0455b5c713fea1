"""How every act is shown and done: a form, a service, a sentence that it is done, and back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme

from sushui.kernel.errors import Forbidden, StaleRecord
from sushui.kernel.pages import ViewerRequest
from sushui.supervision import queries
from sushui.supervision.forms import GuardedForm
from sushui.supervision.models import SupervisedTask, TaskPart
from sushui.supervision.panels.story import story_of

ACT_PAGE = "supervision/act.html"


def carry_out(
    request: ViewerRequest, form: GuardedForm, *, back: str, page: str = ACT_PAGE, **context: Any
) -> HttpResponse:
    """Show the form of an act; sent in, do it and go ``back``, or show it again with what was typed and the refusal."""
    if not form.may():
        raise Forbidden
    if request.method == "POST" and form.is_done():
        messages.success(request, str(form.done))
        return redirect(_destination(request, back))
    conflict = _conflict(form, context.get("task"), context.get("part"))
    context |= {"form": form, "back": _destination(request, back), **conflict}
    return render(request, page, context, status=form.status)


def typed(request: ViewerRequest) -> QueryDict | None:
    """What was typed, when a form is sent; nothing typed into it is also an answer."""
    return request.POST if request.method == "POST" else None


def sent_files(request: ViewerRequest) -> MultiValueDict[str, UploadedFile[Any]] | None:
    """The files that came along, when a form is sent; a form that is only opened has none, not even an empty lot."""
    return request.FILES if request.method == "POST" else None


def is_beside(request: ViewerRequest) -> bool:
    """Whether the answer stands beside a list, which then keeps its place."""
    return getattr(request, "htmx", None) is not None and request.htmx.target == "beside"  # type: ignore[attr-defined]


def _destination(request: ViewerRequest, back: str) -> str:
    """The list that the act was begun from, if it said so; beside a list always the record itself."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return asked if is_ours and not is_beside(request) else back


def _conflict(form: GuardedForm, task: SupervisedTask | None, part: TaskPart | None) -> dict[str, Any]:
    """Who acted on the task or its part meanwhile: for the page that keeps the typing. Empty without a conflict."""
    if task is None or not isinstance(form.refusal, StaleRecord):
        return {}
    lines = queries.story(task)
    entries = story_of(lines if part is None else [line for line in lines if line.after.get("part") == part.pk])
    return {"conflict": entries[0] if entries else None}
