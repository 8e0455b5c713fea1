"""Who may do what with organizations."""

from __future__ import annotations

import rules

from sushui.kernel import clock
from sushui.kernel.models import User
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.organizations.models import Agency, Post, RoleGrant, Tenure


@rules.predicate
def is_signed_in(viewer: Viewer, record: object = None) -> bool:
    """Anyone who holds a post now: without one there is no viewer."""
    return True


@rules.predicate
def may_administer(viewer: Viewer, record: object = None) -> bool:
    """Administrators keep agencies, posts and people of their division and those below."""
    return viewer.has(Role.ADMINISTRATOR)


@rules.predicate
def may_see_directory(viewer: Viewer, record: object = None) -> bool:
    """Officials look up who is responsible; enterprises, banks and hospitals do not browse the directory."""
    return viewer.has(*OFFICIAL_ROLES)


@rules.predicate
def may_hand_over_post(viewer: Viewer, post: Post) -> bool:
    """The administrator, or the head of the post's own agency; nobody a post that is only lent to them.

    An administrator's post is administrators' to give, so that no head comes to administrate by seating themself there.
    """
    if post.division_id not in viewer.division_ids or (viewer.is_delegate and viewer.post_id == post.pk):
        return False
    if viewer.has(Role.ADMINISTRATOR):
        return True
    return viewer.has(Role.AGENCY_HEAD) and post.agency_id in viewer.agency_ids and not _administrates(post)


def _administrates(post: Post) -> bool:
    """Whether the post carries the administrator's role now or later."""
    rows = RoleGrant.objects.filter(post=post, role=Role.ADMINISTRATOR)
    return rows.exclude(to_on__lt=clock.today()).exists()


@rules.predicate
def may_delegate_post(viewer: Viewer, post: Post) -> bool:
    """Its holder, the head of its agency, or the administrator; a delegate never delegates further."""
    is_holder = viewer.post_id == post.pk and not viewer.is_delegate
    return is_holder or may_hand_over_post(viewer, post)


@rules.predicate
def may_manage_agency(viewer: Viewer, agency: Agency) -> bool:
    return viewer.has(Role.ADMINISTRATOR) and agency.division_id in viewer.division_ids


@rules.predicate
def may_manage_person(viewer: Viewer, person: User) -> bool:
    """The administrator whose divisions hold every post the person has now or later.

    One who holds none is kept by the division that registered the account: so that an administrator never gets hold of
    an account that acts elsewhere.
    """
    if not viewer.has(Role.ADMINISTRATOR):
        return False
    rows = Tenure.objects.filter(user=person).exclude(to_on__lt=clock.today())
    homes: set[int | None] = set(rows.values_list("post__division_id", flat=True)) or {person.registered_in_id}
    return homes.issubset(viewer.division_ids)


@rules.predicate
def may_keep_house(viewer: Viewer, record: object = None) -> bool:
    """Administrators keep settings and prove the chain; the calendar too, one for the house, as it is the nation's."""
    return viewer.has(Role.ADMINISTRATOR)


OFFICIAL_ROLES = (
    Role.ADMINISTRATOR,
    Role.COUNTY_LEADER,
    Role.SUPERVISION_OFFICE,
    Role.PROJECT_OFFICE,
    Role.AGENCY_HEAD,
    Role.AGENCY_HANDLER,
    Role.TOWNSHIP,
    Role.STATISTICS,
)
