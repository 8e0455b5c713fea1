"""Who may do what in supervision. Which tasks a viewer may know of at all is said once, in `queries.visible_tasks`."""

from __future__ import annotations

from dataclasses import dataclass

import rules

from sushui.kernel import clock
from sushui.kernel.models import Subject
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.organizations.queries import in_force, posts
from sushui.supervision.enums import TaskState
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
# Officials who meet with problems where they work.
OFFICIAL_ROLES = (*HEAD_ROLES, Role.AGENCY_HANDLER, Role.STATISTICS)
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
def may_raise_tasks(viewer: Viewer, subject: Subject) -> bool:
    """Whoever works in the government may tell of a problem; in their own division or one below it."""
    return viewer.has(*ISSUING_ROLES, *OVERSEEING_ROLES, *OFFICIAL_ROLES) and subject.division_id in viewer.division_ids


@rules.predicate
def may_assign_raised(viewer: Viewer, subject: Subject) -> bool:
    """What they found themselves the division's leaders and issuing offices assign at once."""
    return viewer.has(*ISSUING_ROLES, *OVERSEEING_ROLES) and subject.division_id == viewer.division_id


@rules.predicate
def may_open_decisions(viewer: Viewer, record: object = None) -> bool:
    """The offices decide, and the leaders what no office may."""
    return viewer.has(*ISSUING_ROLES, Role.COUNTY_LEADER)


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
    """Close, return, grant and refuse: the issuer, but nobody on the work of an agency of their own."""
    return _may_decide(viewer, task, {task.lead_agency_id})


@rules.predicate
def may_withdraw_task(viewer: Viewer, task: SupervisedTask) -> bool:
    """A draft its issuer takes back; once assigned, whoever may decide: nobody is rid of their own late work alone."""
    return bool(may_manage_task(viewer, task) if task.state is TaskState.DRAFTED else may_decide_on_task(viewer, task))


@rules.predicate
def may_decide_on_request(viewer: Viewer, request: TaskRequest) -> bool:
    """The same for what was asked: nobody grants what the own agency asked for, be it lead or supporting."""
    part = request.part
    return _may_decide(viewer, part.task, {part.task.lead_agency_id, part.agency_id})


def _may_decide(viewer: Viewer, task: SupervisedTask, agency_ids: set[int | None]) -> bool:
    """Whether the viewer decides about what these agencies do in the task; where no office may, a leader does."""
    if is_issuer(viewer, task.order):
        return agency_ids.isdisjoint(own_agency_ids(viewer))
    if task.division_id != viewer.division_id or not viewer.has(Role.COUNTY_LEADER):
        return False
    leaders = deciders(viewer, task.division_id).leaders_for(task, agency_ids)
    return viewer.post_id in leaders and agency_ids.isdisjoint(other_agency_ids(viewer))


@dataclass(frozen=True)
class Deciders:
    """Who can decide in a division: agencies with the supervision office's role, those that issue, leaders' posts."""

    office_agency_ids: frozenset[int]
    issuing_agency_ids: frozenset[int]
    leader_post_ids: frozenset[int]

    def leaders_for(self, task: SupervisedTask, agency_ids: set[int | None]) -> frozenset[int]:
        """The leaders' posts that decide about the work of these agencies; none where an office is free to.

        The leader named for the task, else any of the division.
        """
        issuer = self.issuing_agency_ids & {task.order.issuer_agency_id}
        if not (self.office_agency_ids | issuer) <= agency_ids:
            return frozenset()
        return self.leader_post_ids & {task.leader_post_id} or self.leader_post_ids


def deciders(viewer: Viewer, division_id: int) -> Deciders:
    """Who can decide in a division of the viewer's today."""
    wanted = [*ISSUING_ROLES, Role.COUNTY_LEADER]
    rows = posts(viewer).filter(in_force(clock.today(), "grants__"), division_id=division_id, grants__role__in=wanted)
    seats = list(rows.values_list("grants__role", "agency_id", "pk"))
    return Deciders(
        office_agency_ids=frozenset(agency for role, agency, _post in seats if role == Role.SUPERVISION_OFFICE),
        issuing_agency_ids=frozenset(agency for role, agency, _post in seats if role in ISSUING_ROLES),
        leader_post_ids=frozenset(post for role, _agency, post in seats if role == Role.COUNTY_LEADER),
    )


def own_agency_ids(viewer: Viewer) -> set[int]:
    """Agencies to which the person belongs: by the post in use, and by any other that they hold or were lent.

    So that whoever acts for the office's post during a leave does not decide about the agency they come from.
    """
    return {viewer.agency_id, *other_agency_ids(viewer)}


def other_agency_ids(viewer: Viewer) -> set[int]:
    """Agencies to which the person belongs by posts that are not in use now."""
    others = [choice.id for choice in viewer.posts if choice.id != viewer.post_id]
    return set(posts(viewer).filter(pk__in=others).values_list("agency_id", flat=True)) if others else set()


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
