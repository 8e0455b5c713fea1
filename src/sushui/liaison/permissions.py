"""Who may do what in liaison. Which rows a viewer may know of at all is said in `queries.visible_liaisons`."""

from __future__ import annotations

import rules

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.liaison.models import Liaison, LiaisonList, Visit
from sushui.liaison.rules import may_edit_visit as may_edit_visit_now
from sushui.organizations.enums import Role

KEEPING_ROLES = (Role.SUPERVISION_OFFICE, Role.PROJECT_OFFICE)
OVERSEEING_ROLES = (Role.COUNTY_LEADER, *KEEPING_ROLES)
STANDING_ROLES = (Role.AGENCY_HEAD, Role.AGENCY_HANDLER, Role.TOWNSHIP, Role.STATISTICS)


@rules.predicate
def may_open_liaison(viewer: Viewer, record: object = None) -> bool:
    """Leaders and offices, and the agencies of the government; banks, hospitals and enterprises are visited."""
    return viewer.has(*OVERSEEING_ROLES, *STANDING_ROLES)


@rules.predicate
def sees_all_liaisons(viewer: Viewer, record: object = None) -> bool:
    """County leaders and the two offices see all of their divisions; agencies what they stand by."""
    return viewer.has(*OVERSEEING_ROLES)


@rules.predicate
def may_keep_liaisons(viewer: Viewer, record: object = None) -> bool:
    """The supervision office and the project office keep the register."""
    return viewer.has(*KEEPING_ROLES)


@rules.predicate
def may_change_liaison(viewer: Viewer, liaison: Liaison) -> bool:
    """Of their own division: a city's office reads its counties' registers and leaves them to these."""
    return viewer.has(*KEEPING_ROLES) and liaison.division_id == viewer.division_id


@rules.predicate
def may_keep_list(viewer: Viewer, sheet: LiaisonList) -> bool:
    """Who sent a list in goes on with it, in the same post."""
    return viewer.has(*KEEPING_ROLES) and sheet.post_id == viewer.post_id


@rules.predicate
def may_edit_visit(viewer: Viewer, visit: Visit) -> bool:
    """The post that logged it, on that day."""
    is_now = may_edit_visit_now(
        logged_on=visit.logged_on, is_withdrawn=visit.withdrawn_at is not None, on=clock.today()
    )
    return visit.post_id == viewer.post_id and is_now


@rules.predicate
def may_withdraw_visit(viewer: Viewer, visit: Visit) -> bool:
    """The post that logged it, or an office of that division."""
    is_office = viewer.has(*KEEPING_ROLES) and visit.division_id == viewer.division_id
    return visit.withdrawn_at is None and (visit.post_id == viewer.post_id or is_office)
