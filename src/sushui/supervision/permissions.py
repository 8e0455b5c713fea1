"""Who may do what in supervision. Which tasks a viewer may know of at all is said once, in `queries.visible_tasks`."""

from __future__ import annotations

import rules

from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.supervision.models import Conclusion, Objection, SupervisedTask, SupervisionOrder, TaskPart, TaskRequest

ISSUING_ROLES = (Role.SUPERVISION_OFFICE, Role.PROJECT_OFFICE)
OVERSEEING_ROLES = (Role.SUPERVISION_OFFICE, Role.COUNTY_LEADER)
WORKING_ROLES = (
    Role.AGENCY_HEAD,
    Role.AGENCY_HANDLER,
    Role.TOWNSHIP,
    Role.PROJECT_OFFICE,
    Role.STATISTICS,
    Role.HOSPITAL,
    Role.BANK,
    Role.ENTERPRISE,
)
HEAD_ROLES = (Role.AGENCY_HEAD, Role.TOWNSHIP)
# Those whose one role stands for the whole organization speak for it too.
SPEAKING_ROLES = (*HEAD_ROLES, Role.STATISTICS, Role.HOSPITAL, Role.BANK, Role.ENTERPRISE)


@rules.predicate
def may_open_supervision(viewer: Viewer, record: object = None) -> bool:
    """Everyone who can be given a task or oversees them; an administrator keeps the house, not its business."""
    return viewer.has(*ISSUING_ROLES, *OVERSEEING_ROLES, *WORKING_ROLES)


@rules.predicate
def may_open_register(viewer: Viewer, record: object = None) -> bool:
    """The whole register is the office's and the leaders'; agencies have their own lists."""
    return viewer.has(*ISSUING_ROLES, *OVERSEEING_ROLES)


@rules.predicate
def may_open_agency_list(viewer: Viewer, record: object = None) -> bool:
    """An agency's list with who is late: its head's."""
    return viewer.has(*HEAD_ROLES)


@rules.predicate
def may_open_own_list(viewer: Viewer, record: object = None) -> bool:
    """Those who work on tasks have a list of their own."""
    return viewer.has(*WORKING_ROLES)


@rules.predicate
def may_draft_orders(viewer: Viewer, record: object = None) -> bool:
    """The supervision office and the project office issue orders."""
    return viewer.has(*ISSUING_ROLES)


@rules.predicate
def is_issuer(viewer: Viewer, order: SupervisionOrder) -> bool:
    """The agency that issued the order, or the supervision office of that division."""
    if order.division_id != viewer.division_id:
        return False
    is_own = order.issuer_agency_id == viewer.agency_id and viewer.has(*ISSUING_ROLES)
    return is_own or viewer.has(Role.SUPERVISION_OFFICE)


@rules.predicate
def may_manage_task(viewer: Viewer, task: SupervisedTask) -> bool:
    """Draft, assign, suspend, withdraw: whoever issued its order."""
    return bool(is_issuer(viewer, task.order))


@rules.predicate
def may_decide_on_task(viewer: Viewer, task: SupervisedTask) -> bool:
    """Close, return, grant and refuse: the issuer, but never on its own agency's work."""
    return is_issuer(viewer, task.order) and task.lead_agency_id != viewer.agency_id


@rules.predicate
def may_decide_on_request(viewer: Viewer, request: TaskRequest) -> bool:
    """The same for what was asked: nobody grants what the own agency asked for, be it lead or supporting."""
    part = request.part
    return may_decide_on_task(viewer, part.task) and part.agency_id != viewer.agency_id


@rules.predicate
def may_work_on_part(viewer: Viewer, part: TaskPart) -> bool:
    """The agency's own people, and the heads above it; once a handler is named, that handler or such a head."""
    if not viewer.has(*WORKING_ROLES):
        return False
    if viewer.has(*HEAD_ROLES) and part.agency_id in viewer.agency_ids:
        return True
    if part.handler_post_id is not None:
        return part.handler_post_id == viewer.post_id
    return part.agency_id == viewer.agency_id


@rules.predicate
def may_appoint_handler(viewer: Viewer, part: TaskPart) -> bool:
    """The head of the part's agency, or of one above it."""
    return part.agency_id in viewer.agency_ids and viewer.has(*HEAD_ROLES)


@rules.predicate
def may_object(viewer: Viewer, conclusion: Conclusion) -> bool:
    """Who speaks for the agency that the conclusion is about."""
    return conclusion.agency_id == viewer.agency_id and viewer.has(*SPEAKING_ROLES)


@rules.predicate
def may_review_objection(viewer: Viewer, objection: Objection) -> bool:
    """The supervision office, but somebody else than who drafted the conclusion (Regulations, article 17)."""
    conclusion = objection.conclusion
    is_drafter = viewer.user_id == conclusion.drafter_id or viewer.post_id == conclusion.drafted_by_id
    return conclusion.division_id == viewer.division_id and viewer.has(Role.SUPERVISION_OFFICE) and not is_drafter


@rules.predicate
def may_remind(viewer: Viewer, task: SupervisedTask) -> bool:
    """The issuer and the leaders may call for a task at any time."""
    is_leader = viewer.has(Role.COUNTY_LEADER) and task.division_id in viewer.division_ids
    return is_issuer(viewer, task.order) or is_leader
