"""Who may do what with projects. Which ones a viewer may know of at all is said once, in `queries.visible_projects`."""

from __future__ import annotations

import rules

from sushui.kernel.models import Record
from sushui.kernel.settings_registry import setting
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.organizations.queries import enterprise_code
from sushui.projects.models import PermitStep, Project, PromotionLead, ResourceCommitment, ResourceNeed
from sushui.projects.rules.permits import PROJECT_UNIT
from sushui.supervision.permissions import may_raise_tasks

ALL_SEEING_ROLES = (Role.COUNTY_LEADER, Role.SUPERVISION_OFFICE, Role.PROJECT_OFFICE, Role.STATISTICS)
WORKING_ROLES = (Role.AGENCY_HEAD, Role.AGENCY_HANDLER, Role.TOWNSHIP, Role.HOSPITAL)
LEAD_ROLES = (Role.AGENCY_HEAD, Role.AGENCY_HANDLER, Role.TOWNSHIP)
OFFICE_WAIVES = "project_gates.project_office_may_waive"


@rules.predicate
def may_open_projects(viewer: Viewer, record: object = None) -> bool:
    """Leaders and offices all of the division, agencies and townships what is theirs; enterprises have their portal."""
    return viewer.has(*ALL_SEEING_ROLES, *WORKING_ROLES)


@rules.predicate
def may_see_all_projects(viewer: Viewer, record: object = None) -> bool:
    """Whose work is the whole ledger."""
    return viewer.has(*ALL_SEEING_ROLES)


@rules.predicate
def may_keep_ledger(viewer: Viewer, record: object = None) -> bool:
    """Register projects, plan their year, move them through their life: the project office."""
    return viewer.has(Role.PROJECT_OFFICE)


@rules.predicate
def may_edit_project(viewer: Viewer, project: Project) -> bool:
    """The project office of the project's own division."""
    return bool(may_keep_ledger(viewer)) and project.division_id == viewer.division_id


@rules.predicate
def may_report_on_project(viewer: Viewer, project: Project) -> bool:
    """Monthly figures, milestones reached, bottlenecks: the responsible agency, and the project office."""
    if project.division_id != viewer.division_id:
        return False
    is_own = project.agency_id is not None and project.agency_id in viewer.agency_ids and viewer.has(*WORKING_ROLES)
    return is_own or bool(may_keep_ledger(viewer))


@rules.predicate
def may_open_unit_projects(viewer: Viewer, record: object = None) -> bool:
    """People of enterprises: what they may know of is the monthly reports of the projects that they own."""
    return viewer.has(Role.ENTERPRISE)


@rules.predicate
def is_of_project_unit(viewer: Viewer, project: Project) -> bool:
    """Whether the viewer is of the enterprise that owns the project: its credit code is the owner's, and no other's."""
    if not may_open_unit_projects(viewer) or project.division_id != viewer.division_id or not project.owner_code:
        return False
    return project.owner_code == enterprise_code(viewer)


@rules.predicate
def may_open_reports(viewer: Viewer, record: object = None) -> bool:
    """Whoever may know of projects, and the units that report on their own."""
    return bool(may_open_projects(viewer)) or bool(may_open_unit_projects(viewer))


@rules.predicate
def may_give_report(viewer: Viewer, project: Project) -> bool:
    """A month of the project, with its photos and what holds it up: who reports on it, and its own unit."""
    return bool(may_report_on_project(viewer, project)) or bool(is_of_project_unit(viewer, project))


@rules.predicate
def may_state_needs(viewer: Viewer, project: Project) -> bool:
    """What a project needs: who answers for it, and the project office."""
    return bool(may_report_on_project(viewer, project))


@rules.predicate
def may_commit_to_need(viewer: Viewer, need: ResourceNeed) -> bool:
    """Whoever works in an agency of the division and may know of the need; the project office for any agency."""
    return need.division_id == viewer.division_id and (bool(may_keep_ledger(viewer)) or viewer.has(*WORKING_ROLES))


@rules.predicate
def may_commit_for(viewer: Viewer, agency_id: int) -> bool:
    """An agency promises for itself and those under it; the project office notes what any has promised."""
    return bool(may_keep_ledger(viewer)) or agency_id in viewer.agency_ids


@rules.predicate
def may_deliver(viewer: Viewer, commitment: ResourceCommitment) -> bool:
    """The agency that promised, and the project office: they record what is there, and take the promise back."""
    if commitment.division_id != viewer.division_id:
        return False
    is_own = commitment.agency_id in viewer.agency_ids and viewer.has(*WORKING_ROLES)
    return is_own or bool(may_keep_ledger(viewer))


@rules.predicate
def may_chase_commitment(viewer: Viewer, commitment: ResourceCommitment) -> bool:
    """Whoever may raise tasks about the project, but for the agency that promised: it delivers."""
    subject, is_own = commitment.project.subject, commitment.agency_id in viewer.agency_ids
    return subject is not None and not is_own and bool(may_raise_tasks(viewer, subject))


@rules.predicate
def may_open_leads(viewer: Viewer, record: object = None) -> bool:
    """Leaders and the project office all leads, an agency those that it looks after."""
    return viewer.has(Role.COUNTY_LEADER, Role.PROJECT_OFFICE, *LEAD_ROLES)


@rules.predicate
def may_see_all_leads(viewer: Viewer, record: object = None) -> bool:
    """Whose work is the whole of investment promotion."""
    return viewer.has(Role.COUNTY_LEADER, Role.PROJECT_OFFICE)


@rules.predicate
def may_enter_leads(viewer: Viewer, record: object = None) -> bool:
    """The project office, and whoever works in an agency or township."""
    return viewer.has(Role.PROJECT_OFFICE, *LEAD_ROLES)


@rules.predicate
def may_register_lead(viewer: Viewer, agency_id: int) -> bool:
    """An agency for itself and those under it; the project office for any."""
    return bool(may_keep_ledger(viewer)) or (viewer.has(*LEAD_ROLES) and agency_id in viewer.agency_ids)


@rules.predicate
def may_keep_lead(viewer: Viewer, lead: PromotionLead) -> bool:
    """The agency that looks after the investor, and the project office of the division."""
    return lead.division_id == viewer.division_id and bool(may_register_lead(viewer, lead.agency_id))


@rules.predicate
def may_see_contacts(viewer: Viewer, lead: PromotionLead) -> bool:
    """Who looks after the investor, and the county's own leaders: names and phones are nobody else's."""
    is_leader = lead.division_id == viewer.division_id and viewer.has(Role.COUNTY_LEADER)
    return is_leader or bool(may_keep_lead(viewer, lead))


@rules.predicate
def may_found_project(viewer: Viewer, lead: PromotionLead) -> bool:
    """The project office enters projects, those that come of talks too."""
    return lead.division_id == viewer.division_id and bool(may_keep_ledger(viewer))


@rules.predicate
def may_waive_gates(viewer: Viewer, project: Project) -> bool:
    """The county leader lets a project pass without evidence; the project office's head where a setting says so."""
    if project.division_id != viewer.division_id:
        return False
    if viewer.has(Role.COUNTY_LEADER):
        return True
    heads_office = viewer.has(Role.PROJECT_OFFICE) and viewer.has(Role.AGENCY_HEAD)
    return heads_office and bool(setting(OFFICE_WAIVES, viewer.division_id))


@rules.predicate
def may_keep_map(viewer: Viewer, record: object = None) -> bool:
    """The shapes of townships are the administrator's to keep."""
    return viewer.has(Role.ADMINISTRATOR)


@rules.predicate
def may_enroll_project(viewer: Viewer, project: Project) -> bool:
    """The statistics bureau of the division says when a project entered its library."""
    return project.division_id == viewer.division_id and viewer.has(Role.STATISTICS, Role.PROJECT_OFFICE)


@rules.predicate
def may_open_own_projects(viewer: Viewer, record: object = None) -> bool:
    """Whose agency answers for projects and owes their figures."""
    return viewer.has(*WORKING_ROLES)


@rules.predicate
def may_send_figures(viewer: Viewer, record: object = None) -> bool:
    """Workbooks of monthly figures: the project office for all, an agency for its own projects."""
    return bool(may_keep_ledger(viewer)) or viewer.has(*WORKING_ROLES)


@rules.predicate
def may_open_portfolios(viewer: Viewer, record: object = None) -> bool:
    """Whose work is the whole ledger."""
    return bool(may_see_all_projects(viewer))


@rules.predicate
def may_keep_portfolio(viewer: Viewer, portfolio: Record) -> bool:
    """Draft versions of the year's list and bring them to discussion: the project office of its division."""
    return bool(may_keep_ledger(viewer)) and portfolio.division_id == viewer.division_id


@rules.predicate
def may_approve_portfolio(viewer: Viewer, portfolio: Record) -> bool:
    """The leaders decide; the supervision office writes down what their meeting decided. Who drafts does neither."""
    return portfolio.division_id == viewer.division_id and viewer.has(Role.COUNTY_LEADER, Role.SUPERVISION_OFFICE)


# --- permits ---------------------------------------------------------------------------------------------------------
@rules.predicate
def may_plan_permits(viewer: Viewer, project: Project) -> bool:
    """Choose the path and its circumstances, say how long steps are planned for: the project office."""
    return bool(may_edit_project(viewer, project))


@rules.predicate
def may_record_permit(viewer: Viewer, step: PermitStep) -> bool:
    """Accept, send back, stop, grant: the agency that holds the step, and the project office.

    What the project unit does itself is recorded by the agency that answers for the project.
    """
    if step.division_id != viewer.division_id:
        return False
    holder = step.agency_id if step.agency_kind != PROJECT_UNIT else step.project.agency_id
    is_own = holder is not None and holder in viewer.agency_ids and viewer.has(*WORKING_ROLES)
    return is_own or bool(may_keep_ledger(viewer))


@rules.predicate
def may_file_permit(viewer: Viewer, step: PermitStep) -> bool:
    """That an application was handed in says also who answers for the project."""
    return bool(may_record_permit(viewer, step)) or bool(may_report_on_project(viewer, step.project))


@rules.predicate
def may_hand_in_papers(viewer: Viewer, step: PermitStep) -> bool:
    """What goes with an application: who may say that it was handed in; once it is granted, who records it."""
    return bool(may_record_permit(viewer, step) if step.granted_on else may_file_permit(viewer, step))
