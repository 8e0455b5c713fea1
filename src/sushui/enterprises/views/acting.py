"""Every act on an enterprise and its people: shown, done, and back to the enterprise."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from sushui.enterprises import queries
from sushui.enterprises.forms import ENTERPRISE_FORMS, PERSON_FORMS, RegisterForm
from sushui.enterprises.models import Enterprise
from sushui.enterprises.permissions import may_keep_register, may_open_enterprises
from sushui.kernel.act_pages import act_page
from sushui.kernel.errors import Forbidden
from sushui.kernel.pages import ViewerRequest, page


@page(may_keep_register)
def enter(request: ViewerRequest) -> HttpResponse:
    """Enter an enterprise into the register."""
    return _carry_out(request, RegisterForm, None, back=reverse("enterprises:register"), go=url_of)


@page(may_open_enterprises)
def enterprise_act(request: ViewerRequest, enterprise_id: int, verb: str) -> HttpResponse:
    """An act on an enterprise."""
    found = queries.enterprise_for(request.viewer, enterprise_id)
    return _carry_out(request, ENTERPRISE_FORMS[verb], found, back=url_of(found), about=found.name)


@page(may_open_enterprises)
def person_act(request: ViewerRequest, enterprise_person_id: int, verb: str) -> HttpResponse:
    """What is said of a person is changed, or the person left."""
    found = queries.person_for(request.viewer, enterprise_person_id)
    about = f"{found.enterprise.name} · {found.name}"
    return _carry_out(request, PERSON_FORMS[verb], found, back=url_of(found.enterprise), about=about)


def _carry_out(request: ViewerRequest, kind: Any, record: Any, *, back: str, **more: Any) -> HttpResponse:
    """Show the form of an act or do it.

    Raises:
        Forbidden: the viewer may not do it, whatever is typed.
    """
    data = request.POST if request.method == "POST" else None
    form = kind(data, viewer=request.viewer, record=record)
    if not form.may():
        raise Forbidden
    return act_page(request, form, back=back, **more)


def url_of(enterprise: Enterprise) -> str:
    return reverse("enterprises:enterprise", args=[enterprise.pk])
