"""Who sits on a post: handing it over, lending it, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sushui.kernel.errors import Forbidden
from sushui.kernel.pages import ViewerRequest, page
from sushui.organizations import queries, services
from sushui.organizations.forms import DelegationForm, HandOverForm
from sushui.organizations.panels import items_in_words
from sushui.organizations.permissions import is_signed_in, may_delegate_post, may_hand_over_post, may_see_directory
from sushui.organizations.views.acting import act_page
from sushui.organizations.views.agencies import address_of


@page(may_see_directory)
def hand_over(request: ViewerRequest, post_id: int) -> HttpResponse:
    """One action: the successor, or nobody yet. Says beforehand how many open items go over."""
    found = queries.post_for(request.viewer, post_id)
    if not may_hand_over_post(request.viewer, found):
        raise Forbidden
    return act_page(
        request,
        HandOverForm,
        record=found,
        back=address_of(found),
        template="organizations/hand_over.html",
        post=found,
        items=items_in_words(found),
    )


@page(is_signed_in)
def delegate(request: ViewerRequest, post_id: int) -> HttpResponse:
    """Let another post act: on leave, or delegated. Everybody may lend the own post."""
    found = queries.post_for(request.viewer, post_id)
    if not may_delegate_post(request.viewer, found):
        raise Forbidden
    back = address_of(found) if may_see_directory(request.viewer) else "/"
    return act_page(request, DelegationForm, record=found, back=back, subject=str(found))


@page(is_signed_in)
@require_POST
def revoke(request: ViewerRequest, delegation_id: int) -> HttpResponse:
    """End a delegation now."""
    found = queries.delegation_for(request.viewer, delegation_id)
    services.revoke_delegation(request.viewer, found)
    messages.success(request, _("The delegation ends now."))
    return redirect(address_of(found.from_post) if may_see_directory(request.viewer) else "/")
