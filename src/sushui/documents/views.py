"""Giving files out, and the pages that attach, replace and withdraw them."""

from __future__ import annotations

from django.http import HttpResponse

from sushui.documents import queries
from sushui.documents.forms import AttachForm, ReplaceForm, WithdrawForm
from sushui.documents.giving import given
from sushui.documents.models import Attachment
from sushui.documents.permissions import may_attach_to, may_change_file, may_open_files
from sushui.documents.targets import Target
from sushui.kernel.act_pages import act_page, bound
from sushui.kernel.acts import ActForm
from sushui.kernel.errors import Forbidden, NotFound
from sushui.kernel.pages import ViewerRequest, page


@page(may_open_files)
def file(request: ViewerRequest, version_id: int) -> HttpResponse:
    """One version: a picture is shown, anything else is saved."""
    version = queries.version_for(request.viewer, version_id)
    return given(request, version.file, version.name)


@page(may_open_files)
def thumbnail(request: ViewerRequest, version_id: int) -> HttpResponse:
    """The small picture of a picture."""
    version = queries.version_for(request.viewer, version_id)
    small = version.file.small_picture
    if small is None:
        raise NotFound
    return given(request, small, version.name)


@page(may_open_files)
def attach(request: ViewerRequest, kind: str, object_id: int) -> HttpResponse:
    """Hang files on a record."""
    return _act(request, AttachForm, Target(kind, object_id), Target(kind, object_id))


@page(may_open_files)
def replace(request: ViewerRequest, attachment_id: int) -> HttpResponse:
    """Give an attachment a new version."""
    found = queries.attachment_for(request.viewer, attachment_id)
    return _act(request, ReplaceForm, found, found.target)


@page(may_open_files)
def withdraw(request: ViewerRequest, attachment_id: int) -> HttpResponse:
    """Take an attachment back, with a reason."""
    found = queries.attachment_for(request.viewer, attachment_id)
    return _act(request, WithdrawForm, found, found.target)


def _act(request: ViewerRequest, form: type[ActForm], record: Attachment | Target, target: Target) -> HttpResponse:
    """Show the form and do its act, for whoever may attach to the record; then back to the record's page."""
    kind, about = queries.target_for(request.viewer, target)
    if not may_attach_to(request.viewer, kind, about):
        raise Forbidden
    if isinstance(record, Attachment) and not may_change_file(request.viewer, kind, about, record):
        raise Forbidden
    sent, page_of = bound(request, form, record), kind.page(about)
    return act_page(request, sent, back=page_of, template="documents/act.html", about=kind.name(about), file=record)
