"""Words of the room of organizations."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class Role(Word):
    """What a post is in the county's work; permissions are said in terms of these."""

    ADMINISTRATOR = "administrator", msg("Administrator")
    COUNTY_LEADER = "county_leader", msg("County leader")
    SUPERVISION_OFFICE = "supervision_office", msg("Supervision office")
    PROJECT_OFFICE = "project_office", msg("Project office")
    AGENCY_HEAD = "agency_head", msg("Agency head")
    AGENCY_HANDLER = "agency_handler", msg("Agency handler")
    TOWNSHIP = "township", msg("Township")
    ENTERPRISE = "enterprise", msg("Enterprise")
    BANK = "bank", msg("Bank")
    HOSPITAL = "hospital", msg("Hospital")
    STATISTICS = "statistics", msg("Statistics")


class DivisionLevel(Word):
    """Levels of GB/T 2260 and of the statistical codes below it."""

    PROVINCE = "province", msg("Province")
    CITY = "city", msg("City")
    COUNTY = "county", msg("County")
    TOWNSHIP = "township", msg("Township division")
    ZONE = "zone", msg("Development zone")


class AgencyKind(Word):
    """What kind of organization can be responsible."""

    LEADERSHIP = "leadership", msg("Leadership")
    DEPARTMENT = "department", msg("Department")
    TOWNSHIP = "township", msg("Township government")
    SUBDISTRICT = "subdistrict", msg("Subdistrict office")
    ZONE = "zone", msg("Zone committee")
    ENTERPRISE = "enterprise", msg("Enterprise")
    BANK = "bank", msg("Bank")
    HOSPITAL = "hospital", msg("Hospital")


class DelegationReason(Word):
    """Why somebody else acts for a post."""

    LEAVE = "leave", msg("On leave")
    DELEGATION = "delegation", msg("Delegated")
