"""The very first account of a division: whoever sets the house up makes it, everybody after is made by it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError
from sushui.kernel.models import User
from sushui.kernel.viewer import Actor
from sushui.organizations.enums import AgencyKind, Role, Verb
from sushui.organizations.models import Agency, Division, Post, RoleGrant, Tenure
from sushui.organizations.rules import sort_key_of


@transaction.atomic
def appoint_first_administrator(
    actor: Actor,
    division: Division,
    *,
    agency_name: str,
    agency_short_name: str,
    post_name: str,
    username: str,
    password: str | None,
) -> tuple[Post, User]:
    """Found the government of a division that has no agency yet, and seat its administrator from today on.

    Raises:
        DomainError: ``founded_already``.
    """
    if Agency.objects.filter(division=division).exists():
        raise DomainError(
            "founded_already",
            _("%(name)s has agencies already."),
            _("Ask its administrator for an account."),
            name=division.name,
        )
    agency = Agency.objects.create(
        division=division,
        name=agency_name,
        short_name=agency_short_name,
        kind=AgencyKind.LEADERSHIP,
        sort_key=sort_key_of(agency_name),
    )
    post = Post.objects.create(division=division, agency=agency, name=post_name)
    user = User.objects.create_user(username, f"{agency}{post_name}", password, registered_in=division)
    RoleGrant.objects.create(post=post, role=Role.ADMINISTRATOR, from_on=clock.today())
    Tenure.objects.create(post=post, user=user, from_on=clock.today())
    record_act(actor, Verb.CREATE_AGENCY, agency, after={"name": agency_name})
    record_act(actor, Verb.CREATE_POST, post, after={"name": post_name, "roles": [Role.ADMINISTRATOR]})
    record_act(actor, Verb.REGISTER_PERSON, user, after={"username": username, "name": user.name})
    return post, user
