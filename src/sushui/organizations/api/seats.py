"""Posts, who sits on them, and who acts for them."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query

from sushui.kernel.api import Listed, Number, Size, seen_version, tell_version
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.organizations import queries, services
from sushui.organizations.api.root import router
from sushui.organizations.api.schemas import (
    ChargesIn,
    Cursor,
    DelegationIn,
    DelegationOut,
    HandOverIn,
    PostIn,
    PostOut,
    PostStory,
    RolesIn,
)
from sushui.organizations.models import Delegation, Post
from sushui.organizations.panels import items_in_words
from sushui.organizations.permissions import is_signed_in, may_administer, may_see_directory

BY_NUMBER = Sort(("id",))


@router.reads("/posts", may_see_directory, Listed[PostOut])
def posts(
    request: ViewerRequest,
    agency_id: Annotated[Number | None, Query()] = None,
    cursor: Cursor = "",
    limit: Size = 50,
) -> dict[str, object]:
    """Posts of your divisions and who holds them today."""
    rows = queries.posts(request.viewer)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    found = stretch(rows, BY_NUMBER, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/posts/{post_id}", may_see_directory, PostStory)
def post(request: ViewerRequest, post_id: Number, response: HttpResponse) -> dict[str, Any]:
    """One post with all that hangs on it; its version comes as the ETag."""
    viewer = request.viewer
    found = queries.post_for(viewer, post_id)
    tell_version(response, found.version)
    return {
        **PostOut.from_orm(found).dict(),
        "roles": queries.roles_of(found),
        "tenures": list(queries.tenures_of(viewer, found)),
        "delegations": list(queries.delegations_of(viewer, found)),
        "charged_agency_ids": [row.pk for row in queries.agencies_charged_to(viewer, found)],
        "open_items": [{"label": label, "count": count} for label, count in items_in_words(found)],
    }


@router.writes("/agencies/{agency_id}/posts", may_administer, PostOut, status=201)
def create_post(request: ViewerRequest, agency_id: Number, post: PostIn) -> Post:
    """Create a post in an agency, with its roles from today on."""
    agency = queries.agency_for(request.viewer, agency_id)
    return services.create_post(request.viewer, agency, **post.dict())


@router.writes("/posts/{post_id}/roles", may_administer, PostOut, method="PUT")
def grant_roles(request: ViewerRequest, post_id: Number, roles: RolesIn) -> Post:
    """Make these the roles of a post from today on."""
    found = queries.post_for(request.viewer, post_id)
    version = seen_version(request, roles.version)
    services.grant_roles(request.viewer, found, roles=roles.roles, seen_version=version)
    return queries.post_for(request.viewer, post_id)


@router.writes("/posts/{post_id}/charges", may_administer, PostOut, method="PUT")
def put_in_charge(request: ViewerRequest, post_id: Number, charges: ChargesIn) -> Post:
    """Put a leader's post in charge of agencies from today on; whoever was before is no longer."""
    found = queries.post_for(request.viewer, post_id)
    agencies = [queries.agency_for(request.viewer, number) for number in dict.fromkeys(charges.agency_ids)]
    services.put_in_charge(request.viewer, found, agencies=agencies)
    return found


@router.writes("/posts/{post_id}/hand-over", may_see_directory, PostOut)
def hand_over_post(request: ViewerRequest, post_id: Number, change: HandOverIn) -> Post:
    """Seat a successor, or nobody; every open item stays with the post and says so in its story."""
    found = queries.post_for(request.viewer, post_id)
    successor = queries.person_for(request.viewer, change.successor_id) if change.successor_id else None
    version = seen_version(request, change.version)
    services.hand_over_post(request.viewer, found, successor=successor, from_on=change.from_on, seen_version=version)
    return queries.post_for(request.viewer, post_id)


@router.writes("/posts/{post_id}/delegations", is_signed_in, DelegationOut, status=201)
def delegate_post(request: ViewerRequest, post_id: Number, delegation: DelegationIn) -> Delegation:
    """Let another post act for a post; everybody may lend the own one."""
    found = queries.post_for(request.viewer, post_id)
    to_post = queries.post_for(request.viewer, delegation.to_post_id)
    said = delegation.dict(exclude={"to_post_id"})
    return services.delegate_post(request.viewer, found, to_post=to_post, **said)


@router.writes("/delegations/{delegation_id}", is_signed_in, DelegationOut, method="DELETE")
def revoke_delegation(request: ViewerRequest, delegation_id: Number) -> Delegation:
    """End a delegation now."""
    found = queries.delegation_for(request.viewer, delegation_id)
    services.revoke_delegation(request.viewer, found)
    return found
