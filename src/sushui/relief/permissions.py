"""Who may do what with requests. Which ones a viewer may know of at all is said once, in `queries.visible_requests`."""

from __future__ import annotations

import rules

from sushui.enterprises.permissions import is_own_enterprise, may_be_an_enterprise
from sushui.kernel.models import Record
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.relief.models import SupportRequest

OFFICE_ROLES = (Role.SUPERVISION_OFFICE, Role.PROJECT_OFFICE)
OVERSEEING_ROLES = (Role.COUNTY_LEADER, *OFFICE_ROLES)
AGENCY_ROLES = (Role.AGENCY_HEAD, Role.AGENCY_HANDLER, Role.TOWNSHIP, Role.STATISTICS)


@rules.predicate
def may_open_relief(viewer: Viewer, record: object = None) -> bool:
    """Leaders, offices, agencies; and the enterprises themselves."""
    return viewer.has(*OVERSEEING_ROLES, *AGENCY_ROLES, Role.ENTERPRISE)


@rules.predicate
def may_open_requests(viewer: Viewer, record: object = None) -> bool:
    """Officials: the lists of their agency, and the issue register of what they may know of."""
    return viewer.has(*OVERSEEING_ROLES, *AGENCY_ROLES)


@rules.predicate
def may_open_own_requests(viewer: Viewer, record: object = None) -> bool:
    """People of an enterprise: its own requests."""
    return bool(may_be_an_enterprise(viewer))


@rules.predicate
def may_see_all_requests(viewer: Viewer, record: object = None) -> bool:
    """The leaders and the two offices see all of their divisions and those below."""
    return viewer.has(*OVERSEEING_ROLES)


@rules.predicate
def may_keep_desk(viewer: Viewer, record: object = None) -> bool:
    """The intake desk: classify, assign, gather, raise, check."""
    return viewer.has(*OFFICE_ROLES)


@rules.predicate
def may_enter_requests(viewer: Viewer, record: object = None) -> bool:
    """Every official who hears of something, for an enterprise that they may know of; an enterprise for itself."""
    return viewer.has(*OFFICE_ROLES, *AGENCY_ROLES, Role.ENTERPRISE)


@rules.predicate
def may_manage_request(viewer: Viewer, record: Record) -> bool:
    """An office of the request's own division: a city reads and leaves the acts to its counties."""
    return viewer.has(*OFFICE_ROLES) and record.division_id == viewer.division_id


@rules.predicate
def is_asker(viewer: Viewer, request: SupportRequest) -> bool:
    """The enterprise whose request it is."""
    return bool(is_own_enterprise(viewer, request.enterprise))


@rules.predicate
def may_withdraw_request(viewer: Viewer, request: SupportRequest) -> bool:
    """The enterprise takes its own back, the office what was entered by mistake."""
    return bool(is_asker(viewer, request) or may_manage_request(viewer, request))


@rules.predicate
def may_rate_request(viewer: Viewer, request: SupportRequest) -> bool:
    """The enterprise itself, or an office that asked it on the telephone; nobody rates the own agency's answer."""
    if is_asker(viewer, request):
        return True
    return bool(may_manage_request(viewer, request)) and request.lead_agency_id not in viewer.agency_ids


@rules.predicate
def may_attach_to_request(viewer: Viewer, request: SupportRequest) -> bool:
    """The enterprise, the office, who entered it and whose it is to solve, while it is open."""
    if request.closed_on is not None:
        return False
    is_theirs = {request.agency_id, request.lead_agency_id, request.alerted_agency_id} & set(viewer.agency_ids)
    is_official = viewer.has(*AGENCY_ROLES) and bool(is_theirs)
    return bool(is_asker(viewer, request) or may_manage_request(viewer, request)) or is_official
