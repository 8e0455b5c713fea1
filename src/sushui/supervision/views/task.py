"""One task, and every act on it, its parts and its requests."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.viewer import Viewer
from sushui.supervision import queries
from sushui.supervision.forms import PART_FORMS, REQUEST_FORMS, TASK_FORMS, GuardedForm
from sushui.supervision.models import SupervisedTask, TaskPart
from sushui.supervision.panels.offers import Offer
from sushui.supervision.panels.papers import papers_of
from sushui.supervision.panels.sheet import RequestSheet, TaskSheet, task_sheet
from sushui.supervision.permissions import may_open_supervision
from sushui.supervision.views.acting import carry_out, sent_files, typed


@dataclass(frozen=True)
class Desk:
    """A form that stands open on the page for one act: on a draft, a part, or (each decision its own) a request."""

    form: GuardedForm
    offer: Offer
    part: TaskPart | None = None
    request: RequestSheet | None = None
    is_first: bool = True

    @property
    def key(self) -> str:
        """Under which the browser keeps what is typed."""
        record = self.part or (self.request and self.request.request) or self.form.record
        return f"{self.offer.verb}-{record.pk}"


@page(may_open_supervision)
def task(request: ViewerRequest, task_id: int) -> HttpResponse:
    """The answer first, then what can be done, then the story."""
    sheet = task_sheet(request.viewer, queries.task_for(request.viewer, task_id))
    context = {
        "sheet": sheet,
        "papers": papers_of(request.viewer, sheet.task, [each.request for each in sheet.requests]),
        "task": sheet.task,
        "desks": _desks(request.viewer, sheet),
    }
    return render(request, "supervision/task.html", context)


def _desks(viewer: Viewer, sheet: TaskSheet) -> list[Desk]:
    return [*_draft_desks(viewer, sheet), *_decision_desks(viewer, sheet), *_part_desks(viewer, sheet)]


def _draft_desks(viewer: Viewer, sheet: TaskSheet) -> list[Desk]:
    """For a draft the form that assigns it."""
    offers = [each for each in sheet.offers if each.verb == "assign"]
    return [Desk(TASK_FORMS["assign"](viewer=viewer, record=sheet.task, auto_id="assign-%s"), each) for each in offers]


def _part_desks(viewer: Viewer, sheet: TaskSheet) -> list[Desk]:
    """For each own part the form of the act that is due now."""
    due = [(each.part, each.row.act) for each in sheet.parts if each.row.act is not None]
    return [
        Desk(PART_FORMS[act.verb](viewer=viewer, record=part, auto_id=f"part-{part.pk}-%s"), act, part=part)
        for part, act in due
    ]


def _decision_desks(viewer: Viewer, sheet: TaskSheet) -> list[Desk]:
    """For each request that the viewer decides a form for each decision: what one asks for, another may not need."""
    return [
        Desk(_decision_form(viewer, each, offer.verb), offer, request=each, is_first=offer is each.offers[0])
        for each in sheet.to_decide
        for offer in each.offers
    ]


def _decision_form(viewer: Viewer, sheet: RequestSheet, verb: str) -> GuardedForm:
    auto_id = f"{verb}-{sheet.request.pk}-%s"
    return REQUEST_FORMS[verb](viewer=viewer, record=sheet.request, auto_id=auto_id)


@page(may_open_supervision)
def task_act(request: ViewerRequest, task_id: int, verb: str) -> HttpResponse:
    """An act of the issuer or a leader on a task."""
    found = queries.task_for(request.viewer, task_id)
    form = TASK_FORMS[verb](typed(request), viewer=request.viewer, record=found)
    return carry_out(request, form, back=url_of(found), task=found, demands=getattr(form, "demands", ()))


@page(may_open_supervision)
def part_act(request: ViewerRequest, part_id: int, verb: str) -> HttpResponse:
    """An act of an agency on its part."""
    part = queries.part_for(request.viewer, part_id)
    form = PART_FORMS[verb](typed(request), sent_files(request), viewer=request.viewer, record=part)
    return carry_out(request, form, back=url_of(part.task), task=part.task, part=part)


@page(may_open_supervision)
def request_act(request: ViewerRequest, request_id: int, verb: str) -> HttpResponse:
    """A decision of the office about a request."""
    asked = queries.request_for(request.viewer, request_id)
    form = REQUEST_FORMS[verb](typed(request), viewer=request.viewer, record=asked)
    return carry_out(request, form, back=url_of(asked.part.task), task=asked.part.task, asked=asked)


def url_of(found: SupervisedTask) -> str:
    return reverse("supervision:task", args=[found.pk])
