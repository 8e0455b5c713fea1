"""Who may do what with organizations."""

from __future__ import annotations

import rules

from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.organizations.models import Agency, Post


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
    """The administrator, or the head of the post's own agency."""
    is_head = viewer.has(Role.AGENCY_HEAD) and post.agency_id in viewer.agency_ids
    return post.division_id in viewer.division_ids and (viewer.has(Role.ADMINISTRATOR) or is_head)


@rules.predicate
def may_delegate_post(viewer: Viewer, post: Post) -> bool:
    """Its holder, the head of its agency, or the administrator; a delegate never delegates further."""
    is_holder = viewer.post_id == post.pk and not viewer.is_delegate
    return is_holder or may_hand_over_post(viewer, post)


@rules.predicate
def may_manage_agency(viewer: Viewer, agency: Agency) -> bool:
    return viewer.has(Role.ADMINISTRATOR) and agency.division_id in viewer.division_ids


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
