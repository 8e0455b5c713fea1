"""Administrators found agencies and posts, give roles, and put leaders in charge."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from sushui.kernel.errors import Forbidden
from sushui.kernel.pages import ViewerRequest, page
from sushui.organizations import queries
from sushui.organizations.forms import AgencyForm, ChargeForm, NewAgencyForm, NewPostForm, RolesForm
from sushui.organizations.models import Agency, Post
from sushui.organizations.permissions import may_administer, may_manage_agency
from sushui.organizations.views.acting import act_page


def address_of(record: Agency | Post | Any) -> str:
    """The page of an agency or a post."""
    return reverse(f"organizations:{type(record).__name__.lower()}", args=[record.pk])


def managed_agency(request: ViewerRequest, agency_id: int) -> Agency:
    """The agency, if the viewer keeps it."""
    found = queries.agency_for(request.viewer, agency_id)
    if not may_manage_agency(request.viewer, found):
        raise Forbidden
    return found


def managed_post(request: ViewerRequest, post_id: int) -> Post:
    """The post, if the viewer keeps its agency."""
    found = queries.post_for(request.viewer, post_id)
    if not may_manage_agency(request.viewer, found.agency):
        raise Forbidden
    return found


@page(may_administer)
def new_agency(request: ViewerRequest) -> HttpResponse:
    return act_page(request, NewAgencyForm, back=reverse("organizations:directory"), go=address_of)


@page(may_administer)
def edit_agency(request: ViewerRequest, agency_id: int) -> HttpResponse:
    found = managed_agency(request, agency_id)
    return act_page(request, AgencyForm, record=found, back=address_of(found), subject=found.name)


@page(may_administer)
def new_post(request: ViewerRequest, agency_id: int) -> HttpResponse:
    found = managed_agency(request, agency_id)
    return act_page(request, NewPostForm, record=found, back=address_of(found), go=address_of, subject=found.name)


@page(may_administer)
def roles(request: ViewerRequest, post_id: int) -> HttpResponse:
    found = managed_post(request, post_id)
    return act_page(request, RolesForm, record=found, back=address_of(found), subject=str(found))


@page(may_administer)
def charge(request: ViewerRequest, post_id: int) -> HttpResponse:
    found = managed_post(request, post_id)
    return act_page(request, ChargeForm, record=found, back=address_of(found), subject=str(found))
