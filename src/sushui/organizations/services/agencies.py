"""Agencies and their posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.official_codes import clean_code
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import AgencyGroup, AgencyKind, Role, Verb
from sushui.organizations.models import Agency, LineOfCharge, Post, RoleGrant
from sushui.organizations.permissions import may_administer, may_manage_agency
from sushui.organizations.rules import sort_key_of
from sushui.organizations.services.administrators import require_administrator
from sushui.organizations.services.inserting import insert
from sushui.organizations.services.turns import take_turn


@transaction.atomic
def create_agency(
    viewer: Viewer,
    *,
    division_id: int,
    name: str,
    kind: AgencyKind,
    short_name: str = "",
    other_names: Sequence[str] = (),
    groups: Sequence[AgencyGroup] = (),
    parent: Agency | None = None,
    place_id: int | None = None,
    code: str = "",
) -> Agency:
    """Found an agency in one of the administrator's divisions.

    Raises:
        Forbidden: not the administrator of that division.
        DomainError: ``agency_name_taken``; ``parent_elsewhere`` when the parent is of another division.
    """
    if not may_administer(viewer) or division_id not in viewer.division_ids:
        raise Forbidden
    if parent is not None and parent.division_id != division_id:
        raise DomainError(
            "parent_elsewhere",
            _("“%(name)s” belongs to another division."),
            _("Choose an agency of the same division."),
            name=str(parent),
        )
    agency = Agency(
        division_id=division_id,
        name=name,
        short_name=short_name,
        other_names=list(other_names),
        groups=list(groups),
        kind=kind,
        parent=parent,
        place_id=place_id,
        code=code,
        sort_key=sort_key_of(name),
    )
    insert(agency, "agency_name_taken", _("This division already has an agency named “%(name)s”."), name=name)
    record_act(viewer, Verb.CREATE_AGENCY, agency, after={**_said(agency), "kind": kind})
    return agency


@transaction.atomic
def edit_agency(
    viewer: Viewer,
    agency: Agency,
    *,
    seen_version: int,
    name: str,
    short_name: str,
    other_names: Sequence[str],
    groups: Sequence[AgencyGroup],
    code: str | None = None,
) -> Agency:
    """Change an agency's names, the groups it answers to and its unified social credit code (None: leave it).

    The former name is kept among its other names. By its code an enterprise is known as the unit of its projects.

    Raises:
        Forbidden: not the administrator of its division.
        StaleRecord: somebody changed it meanwhile.
        DomainError: ``agency_name_taken``, ``agency_code_taken``.
    """
    if not may_manage_agency(viewer, agency):
        raise Forbidden
    check_version(agency, seen_version)
    if Agency.objects.filter(division_id=agency.division_id, name=name).exclude(pk=agency.pk).exists():
        raise DomainError(
            "agency_name_taken",
            _("This division already has an agency named “%(name)s”."),
            _("Look it up in the directory first."),
            name=name,
        )
    cleaned = agency.code if code is None else clean_code(code)
    if cleaned != agency.code:
        _refuse_taken_code(agency, cleaned)
    before = _said(agency)
    former = [agency.name] if agency.name != name else []
    agency.other_names = list(dict.fromkeys([*other_names, *former]))
    agency.name, agency.short_name, agency.groups, agency.code = name, short_name, list(groups), cleaned
    agency.sort_key = sort_key_of(name)
    save_changes(agency, "name", "short_name", "other_names", "groups", "sort_key", "code")
    record_act(viewer, Verb.EDIT_AGENCY, agency, before=before, after=_said(agency))
    return agency


def _refuse_taken_code(agency: Agency, code: str) -> None:
    """Two agencies of one division with the same code would both be the unit of its projects."""
    taken = Agency.objects.filter(division_id=agency.division_id, code=code).exclude(pk=agency.pk).first()
    if code and taken is not None:
        raise DomainError(
            "agency_code_taken",
            _("“%(name)s” has this code already."),
            _("Compare the code with the license; edit that agency if it is the same one."),
            name=taken.name,
        )


def _said(agency: Agency) -> dict[str, object]:
    return {
        "name": agency.name,
        "short_name": agency.short_name,
        "other_names": agency.other_names,
        "groups": agency.groups,
        "code": agency.code,
    }


@transaction.atomic
def create_post(
    viewer: Viewer, agency: Agency, *, name: str, roles: Sequence[Role], is_head: bool = False, rank: int = 50
) -> Post:
    """Create a post in an agency and give it its roles from today on.

    Raises:
        Forbidden: not the administrator of the agency's division.
        DomainError: ``post_taken``.
    """
    if not may_manage_agency(viewer, agency):
        raise Forbidden
    post = Post(division_id=agency.division_id, agency=agency, name=name, is_head=is_head, rank=rank)
    insert(post, "post_taken", _("“%(name)s” exists there, or the agency already has a head."), name=name)
    given = dict.fromkeys(roles)
    RoleGrant.objects.bulk_create([RoleGrant(post=post, role=role, from_on=clock.today()) for role in given])
    record_act(viewer, Verb.CREATE_POST, post, after={"name": name, "roles": list(given), "is_head": is_head})
    return post


@transaction.atomic
def grant_roles(viewer: Viewer, post: Post, *, roles: Sequence[Role], seen_version: int | None = None) -> None:
    """Make ``roles`` exactly what the post carries from today on; former grants end yesterday and stay readable.

    Raises:
        Forbidden: not the administrator of the post's division.
        StaleRecord: somebody changed the post meanwhile.
        DomainError: ``last_administrator``.
    """
    if not may_administer(viewer) or post.division_id not in viewer.division_ids:
        raise Forbidden
    take_turn(post, seen_version)
    today = clock.today()
    current = RoleGrant.objects.filter(post=post, to_on=None)
    before = {grant.role for grant in current}
    current.exclude(role__in=roles).filter(from_on=today).delete()
    current.exclude(role__in=roles).update(to_on=today - timedelta(days=1))
    new = [RoleGrant(post=post, role=role, from_on=today) for role in dict.fromkeys(roles) if role not in before]
    RoleGrant.objects.bulk_create(new)
    if Role.ADMINISTRATOR in before - set(roles):
        require_administrator(post)
    record_act(viewer, Verb.GRANT_ROLES, post, before={"roles": sorted(before)}, after={"roles": sorted(set(roles))})


@transaction.atomic
def put_in_charge(viewer: Viewer, leader_post: Post, *, agencies: Sequence[Agency]) -> None:
    """Put a leader in charge of agencies from today on; whoever was before is no longer.

    Raises:
        Forbidden: not the administrator of the leader's division, or an agency of another one.
    """
    divisions = {leader_post.division_id, *(agency.division_id for agency in agencies)}
    if not may_administer(viewer) or not divisions.issubset(viewer.division_ids):
        raise Forbidden
    _lock(agencies)
    before = _end_charges([agency.pk for agency in agencies])
    LineOfCharge.objects.bulk_create(
        [LineOfCharge(leader_post=leader_post, agency=agency, from_on=clock.today()) for agency in agencies]
    )
    after = {"agencies": [str(agency) for agency in agencies]}
    record_act(viewer, Verb.PUT_IN_CHARGE, leader_post, before={"leaders": before}, after=after)


def _lock(agencies: Sequence[Agency]) -> None:
    """Wait for whoever puts a leader in charge of one of these agencies at this moment."""
    list(Agency.objects.select_for_update().filter(pk__in=[agency.pk for agency in agencies]).order_by("pk"))


def _end_charges(agency_ids: Sequence[int]) -> dict[str, str]:
    """End yesterday whatever line of charge is open; gives who was in charge of what. A line begun today never was."""
    today = clock.today()
    present = LineOfCharge.objects.filter(agency_id__in=agency_ids, to_on=None)
    lines = present.select_related("agency", "leader_post__agency")
    before = {str(line.agency): str(line.leader_post) for line in lines}
    present.filter(from_on=today).delete()
    present.update(to_on=today - timedelta(days=1))
    return before
