"""Every write of organizations: one verb, one transaction, one audit line."""

from sushui.organizations.rules import sort_key_of
from sushui.organizations.services.agencies import create_agency, create_post, edit_agency, grant_roles, put_in_charge
from sushui.organizations.services.divisions import add_zone, found_county, load_divisions
from sushui.organizations.services.founding import appoint_first_administrator
from sushui.organizations.services.house import change_calendar_day, change_setting, load_calendar, prove_chain
from sushui.organizations.services.open_items import open_items, register_open_items
from sushui.organizations.services.people import (
    change_password,
    choose_language,
    deactivate_person,
    new_password,
    reactivate_person,
    register_person,
    reset_password,
)
from sushui.organizations.services.tenures import delegate_post, hand_over_post, revoke_delegation

__all__ = [
    "add_zone",
    "appoint_first_administrator",
    "change_calendar_day",
    "change_password",
    "change_setting",
    "choose_language",
    "create_agency",
    "create_post",
    "deactivate_person",
    "delegate_post",
    "edit_agency",
    "found_county",
    "grant_roles",
    "hand_over_post",
    "load_calendar",
    "load_divisions",
    "new_password",
    "open_items",
    "prove_chain",
    "put_in_charge",
    "reactivate_person",
    "register_open_items",
    "register_person",
    "reset_password",
    "revoke_delegation",
    "sort_key_of",
]
