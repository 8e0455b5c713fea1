"""Somebody is always left who keeps the house."""

from __future__ import annotations

import pytest

from sushui.kernel.errors import DomainError
from sushui.organizations import services
from sushui.organizations.enums import Role
from sushui.organizations.models import RoleGrant, Tenure
from tests.cast import County


def test_the_last_administrator_keeps_the_role(county: County) -> None:
    with pytest.raises(DomainError) as refusal:
        services.grant_roles(county.viewer("administrator"), county.posts["administrator"], roles=[])

    assert refusal.value.code == "last_administrator"
    assert RoleGrant.objects.filter(post=county.posts["administrator"], to_on=None).count() == 1


def test_the_last_administrators_post_is_not_left_empty(county: County) -> None:
    with pytest.raises(DomainError) as refusal:
        services.hand_over_post(county.viewer("administrator"), county.posts["administrator"], successor=None)

    assert refusal.value.code == "last_administrator"
    assert Tenure.objects.filter(post=county.posts["administrator"], to_on=None).count() == 1


def test_an_administrator_may_leave_where_another_one_stays(county: County) -> None:
    administrator = county.viewer("administrator")
    services.grant_roles(administrator, county.posts["leader"], roles=[Role.COUNTY_LEADER, Role.ADMINISTRATOR])

    services.hand_over_post(administrator, county.posts["administrator"], successor=None)

    assert Tenure.objects.filter(post=county.posts["administrator"], to_on=None).count() == 0


def test_the_last_administrator_may_be_followed_by_another(county: County) -> None:
    services.hand_over_post(
        county.viewer("administrator"), county.posts["administrator"], successor=county.user("works_handler")
    )

    assert county.posts["administrator"].tenures.get(to_on=None).user == county.user("works_handler")
