"""One request: entered, shown, acted on; and several gathered."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sushui.kernel.act_pages import act_page, bound
from sushui.kernel.errors import Forbidden
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.record_numbers import record_numbers
from sushui.relief import queries
from sushui.relief.forms import REQUEST_FORMS, EnterForm, GatherForm
from sushui.relief.forms.acts import waiting_rows
from sushui.relief.panels.sheet import request_sheet
from sushui.relief.permissions import (
    may_enter_requests,
    may_keep_desk,
    may_open_own_requests,
    may_open_relief,
    may_open_requests,
    may_see_all_requests,
)

_HOMES = (("desk", may_see_all_requests), ("agency", may_open_requests), ("own", may_open_own_requests))


@page(may_open_relief)
def request(request: ViewerRequest, support_id: int) -> HttpResponse:
    """Where it stands first, then what can be done, the answers, the work of the agencies, the story."""
    found = queries.request_for(request.viewer, support_id)
    sheet = request_sheet(request.viewer, found)
    return render(request, "relief/request.html", {"row": found, "sheet": sheet})


@page(may_enter_requests)
def enter(request: ViewerRequest) -> HttpResponse:
    """The form by which a request comes in."""
    asked = {name: request.GET[name] for name in ("enterprise", "channel", "visit") if name in request.GET}
    form = bound(request, EnterForm, initial=asked)
    return act_page(request, form, back=_home(request), go=lambda made: _page(made.pk))


def _home(request: ViewerRequest) -> str:
    viewer = request.viewer
    allowed = [name for name, may in _HOMES if may(viewer)]
    return reverse(f"relief:{allowed[0]}")


def _page(number: int) -> str:
    return reverse("relief:request", args=[number])


@page(may_open_relief)
def request_act(request: ViewerRequest, support_id: int, verb: str) -> HttpResponse:
    """Every act on a request: GET shows its form, POST does it."""
    found = queries.request_for(request.viewer, support_id)
    form: Any = bound(request, REQUEST_FORMS[verb], found)
    if not form.may():
        raise Forbidden
    about = f"{found.enterprise}：{found.content}"
    return act_page(request, form, back=_page(found.pk), about=about)


@page(may_keep_desk)
def gather(request: ViewerRequest) -> HttpResponse:
    """One issue of the requests that are ticked on the desk; first asked how it is called and whose it is."""
    rows = waiting_rows(request.viewer, record_numbers(request.POST.getlist("row")))
    is_asked = "name" in request.POST
    form = GatherForm(request.POST if is_asked else None, viewer=request.viewer, record=rows)
    if not is_asked:
        request.method = "GET"
    return act_page(
        request,
        form,
        back=reverse("relief:desk"),
        go=lambda made: reverse("relief:issue", args=[made.pk]),
        template="relief/gather.html",
        ticked=rows,
    )
