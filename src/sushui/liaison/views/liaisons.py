"""Appointing, replacing, ending."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from sushui.kernel.act_pages import act_page, bound
from sushui.kernel.errors import Forbidden
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.record_numbers import record_numbers
from sushui.liaison import queries
from sushui.liaison.forms import AppointForm, BulkAppointForm, EndForm, ReplaceForm
from sushui.liaison.models import Liaison
from sushui.liaison.permissions import may_change_liaison, may_keep_liaisons


@page(may_keep_liaisons)
def appoint(request: ViewerRequest, subject_id: int) -> HttpResponse:
    """Let some of the three stand by a subject."""
    subject = queries.subject_for(request.viewer, subject_id)
    if subject.division_id != request.viewer.division_id:
        raise Forbidden
    form = bound(request, AppointForm, subject)
    return act_page(request, form, back=reverse("liaison:subject", args=[subject.pk]), about=subject.label)


@require_POST
@page(may_keep_liaisons)
def bulk_appoint(request: ViewerRequest) -> HttpResponse:
    """The same for every subject that is ticked; first asked who and from when."""
    numbers = tuple(record_numbers(request.POST.getlist("row")))
    rows = queries.liaison_subjects(request.viewer, queries.SubjectFilter(subject_ids=numbers))
    subjects = list(rows.filter(division_id=request.viewer.division_id).order_by("label", "pk"))
    is_asked = "from_on" in request.POST
    form = BulkAppointForm(request.POST if is_asked else None, viewer=request.viewer, record=subjects)
    if not is_asked:
        request.method = "GET"
    back = reverse("liaison:register")
    return act_page(request, form, back=back, template="liaison/bulk.html", ticked=subjects)


@page(may_keep_liaisons)
def replace(request: ViewerRequest, liaison_id: int) -> HttpResponse:
    """Somebody else in the same role from a day on."""
    liaison = _ours(request, liaison_id)
    form = bound(request, ReplaceForm, liaison)
    return act_page(request, form, back=_back(liaison), about=str(liaison))


@page(may_keep_liaisons)
def end(request: ViewerRequest, liaison_id: int) -> HttpResponse:
    """The last day of a liaison."""
    liaison = _ours(request, liaison_id)
    return act_page(request, bound(request, EndForm, liaison), back=_back(liaison), about=str(liaison))


def _ours(request: ViewerRequest, liaison_id: int) -> Liaison:
    liaison = queries.liaison_for(request.viewer, liaison_id)
    if not may_change_liaison(request.viewer, liaison):
        raise Forbidden
    return liaison


def _back(liaison: Liaison) -> str:
    return reverse("liaison:subject", args=[liaison.subject_id])
