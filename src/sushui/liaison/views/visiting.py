"""Logging a visit: choose what was visited, then one form for everything."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.act_pages import act_page, bound
from sushui.kernel.batches import batch
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.pages import ViewerRequest, page
from sushui.liaison import queries
from sushui.liaison.forms import FindingForm, VisitForm
from sushui.liaison.forms.visits import block_numbers
from sushui.liaison.models import Visit
from sushui.liaison.permissions import may_open_liaison
from sushui.liaison.queries import SubjectFilter

FOUND_AT_ONCE = 20
LOG = "liaison/log.html"
COLUMNS = Columns(
    Column("title", _("Subject"), Kind.TITLE), Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT)
)


@page(may_open_liaison)
def choose(request: ViewerRequest) -> HttpResponse:
    """What I stand by, and a search over everything that I may visit."""
    viewer, text = request.viewer, request.GET.get("text", "").strip()
    rows = queries.liaison_subjects(viewer, SubjectFilter(text=text)).order_by("label", "pk")
    found = list(rows[:FOUND_AT_ONCE]) if text else []
    with batch():
        own = queries.liaison_rows(queries.own_liaisons(viewer))
    context = {"columns": COLUMNS, "text": text, "found": found, "own": own}
    return render(request, "liaison/choose.html", context)


@page(may_open_liaison)
def log(request: ViewerRequest, subject_id: int) -> HttpResponse:
    """The form; asked for room for another problem it comes back with what was typed and the photos kept."""
    subject = queries.subject_for(request.viewer, subject_id)
    form = bound(request, VisitForm, subject)
    assert isinstance(form, VisitForm)
    context = {"subject": subject, "row": queries.subject_rows(request.viewer, [subject])[0]}
    back = reverse("liaison:mine")
    if form.wants_more():
        form.add_finding()
        return render(request, LOG, {"form": form, "back": back, "is_more": True, **context})
    return act_page(request, form, back=back, go=url_of, template=LOG, **context)


def url_of(visit: Visit) -> str:
    return reverse("liaison:visit", args=[visit.pk])


@page(may_open_liaison)
def finding(request: ViewerRequest, subject_id: int) -> HttpResponse:
    """One more empty block for a problem, put below those that are there."""
    subject = queries.subject_for(request.viewer, subject_id)
    number = max(block_numbers(request.GET), default=0) + 1
    block = FindingForm(None, number=number, viewer=request.viewer, subject=subject)
    return render(request, "liaison/_finding.html", {"block": block})
