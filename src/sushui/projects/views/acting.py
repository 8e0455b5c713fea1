"""Every act on a project and on its facts: shown, done, and back to the project."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from sushui.kernel.act_pages import act_page
from sushui.kernel.errors import Forbidden
from sushui.kernel.pages import ViewerRequest, page
from sushui.projects import queries
from sushui.projects.enums import GateState
from sushui.projects.forms import (
    BOTTLENECK_FORMS,
    FUNDS_FORMS,
    MILESTONE_FORMS,
    PAYMENT_FORMS,
    PROJECT_FORMS,
    PlanForm,
    ProjectActForm,
    RegisterForm,
)
from sushui.projects.models import Project
from sushui.projects.permissions import may_keep_ledger, may_open_projects

ACT_PAGE = "projects/act.html"
ASKED = ("month", "year", "stage")  # what an address may say beforehand


@page(may_keep_ledger)
def register(request: ViewerRequest) -> HttpResponse:
    """Enter a project into the ledger."""
    return carry_out(request, filled(request, RegisterForm), back=reverse("projects:ledger"), go=_first_page)


@page(may_open_projects)
def project_act(request: ViewerRequest, project_id: int, verb: str) -> HttpResponse:
    """An act on a whole project."""
    found = queries.project_for(request.viewer, project_id)
    form = filled(request, PROJECT_FORMS[verb], found)
    if isinstance(form, PlanForm) and "spread" in request.POST:
        form.spread()
    return carry_out(request, form, back=url_of(found))


@page(may_open_projects)
def milestone_act(request: ViewerRequest, milestone_id: int, verb: str) -> HttpResponse:
    """A milestone reached or taken away."""
    found = queries.milestone_for(request.viewer, milestone_id)
    return carry_out(request, filled(request, MILESTONE_FORMS[verb], found), back=url_of(found.project))


@page(may_open_projects)
def funds_act(request: ViewerRequest, received_id: int, verb: str) -> HttpResponse:
    """A payment out of money that came."""
    found = queries.funds_for(request.viewer, received_id)
    return carry_out(request, filled(request, FUNDS_FORMS[verb], found), back=url_of(found.project))


@page(may_open_projects)
def payment_act(request: ViewerRequest, payment_id: int, verb: str) -> HttpResponse:
    """A payment corrected."""
    found = queries.payment_for(request.viewer, payment_id)
    return carry_out(request, filled(request, PAYMENT_FORMS[verb], found), back=url_of(found.received.project))


@page(may_open_projects)
def bottleneck_act(request: ViewerRequest, bottleneck_id: int, verb: str) -> HttpResponse:
    """A bottleneck resolved."""
    found = queries.bottleneck_for(request.viewer, bottleneck_id)
    return carry_out(request, filled(request, BOTTLENECK_FORMS[verb], found), back=url_of(found.project))


def filled(request: ViewerRequest, kind: type[ProjectActForm], record: Any = None) -> ProjectActForm:
    """The form with what was sent; before that with what the address says."""
    asked = {name: request.GET[name] for name in ASKED if name in request.GET}
    data = request.POST if request.method == "POST" else None
    return kind(data, viewer=request.viewer, record=record, initial=asked)


def carry_out(request: ViewerRequest, form: ProjectActForm, *, back: str, **more: Any) -> HttpResponse:
    """Show the form of an act or do it.

    Raises:
        Forbidden: the viewer may not do it, whatever is typed.
    """
    if not form.may():
        raise Forbidden
    return act_page(request, form, back=back, **{"template": getattr(form, "template", ACT_PAGE), **more})


def _first_page(project: Project) -> str:
    """Where a new project is looked at first: its gates where it owes evidence, else its own page."""
    owes = project.passages.filter(state=GateState.OWED).exists()
    return reverse("projects:gates", args=[project.pk]) if owes else url_of(project)


def url_of(project: Project) -> str:
    return reverse("projects:project", args=[project.pk])
