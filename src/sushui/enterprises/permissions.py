"""Who may do what with enterprises. Which ones a viewer may know of at all is said in `queries.visible_enterprises`."""

from __future__ import annotations

import rules

from sushui.enterprises.models import Enterprise, EnterpriseSheet
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.organizations.queries import enterprise_code

ALL_SEEING_ROLES = (Role.COUNTY_LEADER, Role.SUPERVISION_OFFICE, Role.PROJECT_OFFICE, Role.STATISTICS)
WORKING_ROLES = (Role.AGENCY_HEAD, Role.AGENCY_HANDLER, Role.TOWNSHIP)
KEEPING_ROLES = (Role.PROJECT_OFFICE, Role.STATISTICS)


@rules.predicate
def may_open_enterprises(viewer: Viewer, record: object = None) -> bool:
    """Leaders and offices all of the division, agencies and townships those that are theirs; an enterprise itself."""
    return viewer.has(*ALL_SEEING_ROLES, *WORKING_ROLES, Role.ENTERPRISE)


@rules.predicate
def may_open_register(viewer: Viewer, record: object = None) -> bool:
    """The register is the officials'; an enterprise has its own page."""
    return viewer.has(*ALL_SEEING_ROLES, *WORKING_ROLES)


@rules.predicate
def may_see_all_enterprises(viewer: Viewer, record: object = None) -> bool:
    """Whose work is the whole register."""
    return viewer.has(*ALL_SEEING_ROLES)


@rules.predicate
def may_be_an_enterprise(viewer: Viewer, record: object = None) -> bool:
    """People of enterprises."""
    return viewer.has(Role.ENTERPRISE)


@rules.predicate
def is_own_enterprise(viewer: Viewer, enterprise: Enterprise) -> bool:
    """Whether the viewer is of this enterprise: its credit code is that of the viewer's own, and of no other."""
    if not may_be_an_enterprise(viewer) or enterprise.division_id != viewer.division_id or not enterprise.code:
        return False
    return enterprise.code == enterprise_code(viewer)


@rules.predicate
def may_keep_register(viewer: Viewer, record: object = None) -> bool:
    """Enter enterprises and read in lists of them: the project office and the statistics bureau."""
    return viewer.has(*KEEPING_ROLES)


@rules.predicate
def may_edit_enterprise(viewer: Viewer, enterprise: Enterprise) -> bool:
    """Those who keep the register of the enterprise's own division."""
    return bool(may_keep_register(viewer)) and enterprise.division_id == viewer.division_id


@rules.predicate
def may_list_enterprise(viewer: Viewer, enterprise: Enterprise) -> bool:
    """Only the statistics bureau of the division says which enterprises are in its list."""
    return viewer.has(Role.STATISTICS) and enterprise.division_id == viewer.division_id


@rules.predicate
def is_in_charge_of_enterprise(viewer: Viewer, enterprise: Enterprise) -> bool:
    """The agency or township that answers for the enterprise."""
    is_own = enterprise.agency_id is not None and enterprise.agency_id in viewer.agency_ids
    return is_own and enterprise.division_id == viewer.division_id and viewer.has(*WORKING_ROLES)


@rules.predicate
def may_report_enterprise_figures(viewer: Viewer, enterprise: Enterprise) -> bool:
    """Who keeps the register, the agency that answers for the enterprise, and the enterprise itself."""
    return (
        bool(may_edit_enterprise(viewer, enterprise))
        or bool(is_in_charge_of_enterprise(viewer, enterprise))
        or bool(is_own_enterprise(viewer, enterprise))
    )


@rules.predicate
def may_see_statistical_figures(viewer: Viewer, enterprise: Enterprise) -> bool:
    """What an enterprise told the statistics bureau serves statistics alone (Statistics Law of 2024, article 28)."""
    is_bureau = viewer.has(Role.STATISTICS) and enterprise.division_id in viewer.division_ids
    return is_bureau or bool(is_own_enterprise(viewer, enterprise))


@rules.predicate
def may_keep_people(viewer: Viewer, enterprise: Enterprise) -> bool:
    """Who keeps the register, the agency that answers for the enterprise, and the enterprise itself."""
    return bool(may_report_enterprise_figures(viewer, enterprise))


@rules.predicate
def may_see_contacts(viewer: Viewer, enterprise: Enterprise) -> bool:
    """Telephones whole: those who keep its people, and the leaders of the division; others see them masked."""
    is_leader = viewer.has(Role.COUNTY_LEADER) and enterprise.division_id == viewer.division_id
    return is_leader or bool(may_keep_people(viewer, enterprise))


@rules.predicate
def may_see_id_numbers(viewer: Viewer, enterprise: Enterprise) -> bool:
    """Identity numbers whole: the project office that keeps the register, and the enterprise itself."""
    is_keeper = viewer.has(Role.PROJECT_OFFICE) and enterprise.division_id == viewer.division_id
    return is_keeper or bool(is_own_enterprise(viewer, enterprise))


@rules.predicate
def may_keep_sheet(viewer: Viewer, sheet: EnterpriseSheet) -> bool:
    """Who sent a sheet in goes on with it, in the same post."""
    return bool(may_keep_register(viewer)) and sheet.post_id == viewer.post_id
