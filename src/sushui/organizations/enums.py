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


class AgencyGroup(Word):
    """What lists name together; the values are those that the reader of lists knows."""

    TOWNSHIPS = "townships", msg("All townships")
    SUBDISTRICTS = "subdistricts", msg("All subdistricts")
    DEPARTMENTS = "departments", msg("All departments")


class DelegationReason(Word):
    """Why somebody else acts for a post."""

    LEAVE = "leave", msg("On leave")
    DELEGATION = "delegation", msg("Delegated")


class Verb(Word):
    """Acts on organizations, as the audit chain names them."""

    CREATE_AGENCY = "create_agency", msg("created the agency")
    EDIT_AGENCY = "edit_agency", msg("edited the agency")
    CREATE_POST = "create_post", msg("created the post")
    GRANT_ROLES = "grant_roles", msg("granted roles")
    PUT_IN_CHARGE = "put_in_charge", msg("put in charge of agencies")
    HAND_OVER_POST = "hand_over_post", msg("handed the post over")
    DELEGATE_POST = "delegate_post", msg("delegated the post")
    REVOKE_DELEGATION = "revoke_delegation", msg("revoked the delegation")
    REGISTER_PERSON = "register_person", msg("registered the person")
    RESET_PASSWORD = "reset_password", msg("set a new password")
    CHANGE_PASSWORD = "change_password", msg("changed the own password")
    DEACTIVATE_PERSON = "deactivate_person", msg("closed the account")
    REACTIVATE_PERSON = "reactivate_person", msg("opened the account again")
    LOAD_DIVISIONS = "load_divisions", msg("loaded divisions")
    ADD_ZONE = "add_zone", msg("added the development zone")
    SET_SETTING = "set_setting", msg("changed a setting")
    LOAD_NOTICE = "load_notice", msg("loaded a holiday notice")
    CHANGE_DAY = "change_day", msg("changed a day of the calendar")
    ISSUE_TOKEN = "issue_token", msg("made a token")
    REVOKE_TOKEN = "revoke_token", msg("ended a token")


# What the values in a line of the audit chain are.
FIELDS = {
    "name": msg("Name"),
    "short_name": msg("Short name"),
    "other_names": msg("Other names"),
    "groups": msg("Groups"),
    "kind": msg("Kind"),
    "roles": msg("Roles"),
    "is_head": msg("Heads the agency"),
    "agencies": msg("Agencies put in charge of"),
    "leaders": msg("Leader in charge"),
    "holder": msg("Holder"),
    "from_on": msg("From"),
    "to_on": msg("Until"),
    "to": msg("Acting post"),
    "reason": msg("Reason"),
    "username": msg("Account"),
    "is_active": msg("Account is open"),
    "code": msg("Code"),
    "townships": msg("Townships loaded"),
    "in": msg("Lies in"),
    "key": msg("Setting"),
    "value": msg("Value"),
    "source": msg("Where it is stated"),
    "year": msg("Year"),
    "on": msg("Day"),
    "is_working": msg("Working day"),
    "expires_on": msg("Good until"),
}
# The words that some of them hold.
VALUES: dict[str, tuple[type[Word], ...]] = {
    "kind": (AgencyKind,),
    "groups": (AgencyGroup,),
    "roles": (Role,),
    "reason": (DelegationReason,),
}
# What the records are called that the lines are about.
RECORDS = {
    "organizations.division": msg("Division"),
    "organizations.agency": msg("Agency"),
    "organizations.post": msg("Post"),
    "kernel.user": msg("Person"),
    "kernel.datedsetting": msg("Setting"),
    "kernel.calendaryear": msg("Calendar of the year"),
    "kernel.apitoken": msg("Token"),
}
