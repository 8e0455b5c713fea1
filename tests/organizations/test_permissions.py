"""Who may do what with organizations: one table, every role."""

from __future__ import annotations

import pytest

from sushui.organizations import permissions
from tests.cast import County

OFFICIALS = {
    "administrator", "leader", "office", "office_second", "project_office", "works_head", "works_handler",
    "finance_head", "finance_handler", "statistics", "township", "other_township", "neighbor_office",
    "neighbor_head", "neighbor_administrator", "city_leader",
}  # fmt: skip
ADMINISTRATORS = {"administrator", "neighbor_administrator"}

# predicate: who may, without a record
HOUSE = {
    "may_administer": ADMINISTRATORS,
    "may_keep_house": ADMINISTRATORS,
    "may_see_directory": OFFICIALS,
}
# predicate: who may, about the post of the works bureau's handler
POST = {
    "may_hand_over_post": {"administrator", "works_head"},
    "may_delegate_post": {"administrator", "works_head", "works_handler"},
}


def allowed(county: County, predicate: str, *record: object) -> set[str]:
    may = getattr(permissions, predicate)
    return {key for key in county.posts if may(county.viewer(key), *record)}


@pytest.mark.parametrize("predicate", HOUSE)
def test_house_is_kept_by_those_of_the_table(county: County, predicate: str) -> None:
    assert allowed(county, predicate) == HOUSE[predicate]


@pytest.mark.parametrize("predicate", POST)
def test_post_is_changed_by_those_of_the_table(county: County, predicate: str) -> None:
    assert allowed(county, predicate, county.posts["works_handler"]) == POST[predicate]


def test_agency_is_kept_by_the_administrator_of_its_division(county: County) -> None:
    kept = [allowed(county, "may_manage_agency", county.agencies[key]) for key in ("works", "neighbor_head", "city")]

    assert kept == [{"administrator"}, {"neighbor_administrator"}, set()]


def test_account_is_kept_by_the_administrator_of_its_posts(county: County) -> None:
    kept = [allowed(county, "may_manage_person", county.user(key)) for key in ("works_head", "city_leader")]

    assert kept == [{"administrator"}, set()]


def test_whoever_holds_a_post_is_signed_in(county: County) -> None:
    assert allowed(county, "is_signed_in") == set(county.posts)
