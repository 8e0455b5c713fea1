"""Every write of organizations: one verb, one transaction, one audit line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from pypinyin import Style, lazy_pinyin

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, Text
from sushui.kernel.events import publish
from sushui.kernel.models import User
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import AgencyKind, DelegationReason, Role
from sushui.organizations.events import PostHandedOver
from sushui.organizations.models import Agency, Delegation, LineOfCharge, Post, RoleGrant, Tenure
from sushui.organizations.permissions import (
    may_administer,
    may_delegate_post,
    may_hand_over_post,
    may_manage_agency,
)
from sushui.organizations.queries import in_force


def sort_key_of(name: str) -> str:
    """Pinyin of ``name``, so that lists stand in the order of a Chinese dictionary."""
    return " ".join(lazy_pinyin(name, style=Style.TONE3))[:128]


@transaction.atomic
def create_agency(
    viewer: Viewer,
    *,
    division_id: int,
    name: str,
    kind: AgencyKind,
    short_name: str = "",
    other_names: Sequence[str] = (),
    groups: Sequence[str] = (),
    parent: Agency | None = None,
    place_id: int | None = None,
    code: str = "",
) -> Agency:
    """Found an agency in one of the administrator's divisions.

    Raises:
        Forbidden: not the administrator of that division.
        DomainError: ``agency_name_taken``.
    """
    if not may_administer(viewer) or division_id not in viewer.division_ids:
        raise Forbidden
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
    _insert(agency, "agency_name_taken", _("This division already has an agency named “%(name)s”."), name=name)
    record_act(viewer, "create_agency", agency, after={"name": name, "kind": kind})
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
    groups: Sequence[str],
) -> Agency:
    """Change an agency's names and the groups it answers to; the former name is kept among its other names."""
    if not may_manage_agency(viewer, agency):
        raise Forbidden
    check_version(agency, seen_version)
    before = {"name": agency.name, "short_name": agency.short_name, "groups": agency.groups}
    former = [agency.name] if agency.name != name else []
    agency.other_names = list(dict.fromkeys([*other_names, *former]))
    agency.name, agency.short_name, agency.groups = name, short_name, list(groups)
    agency.sort_key = sort_key_of(name)
    save_changes(agency, "name", "short_name", "other_names", "groups", "sort_key")
    record_act(viewer, "edit_agency", agency, before=before, after={"name": name, "short_name": short_name})
    return agency


@transaction.atomic
def create_post(
    viewer: Viewer, agency: Agency, *, name: str, roles: Sequence[Role], is_head: bool = False, rank: int = 50
) -> Post:
    """Create a post in an agency and give it its roles from today on."""
    if not may_manage_agency(viewer, agency):
        raise Forbidden
    post = Post(division_id=agency.division_id, agency=agency, name=name, is_head=is_head, rank=rank)
    _insert(post, "post_taken", _("“%(name)s” exists there, or the agency already has a head."), name=name)
    RoleGrant.objects.bulk_create([RoleGrant(post=post, role=role, from_on=clock.today()) for role in roles])
    record_act(viewer, "create_post", post, after={"name": name, "roles": list(roles), "is_head": is_head})
    return post


@transaction.atomic
def grant_roles(viewer: Viewer, post: Post, *, roles: Sequence[Role]) -> None:
    """Make ``roles`` exactly what the post carries from today on; former grants end yesterday and stay readable."""
    if not may_administer(viewer) or post.division_id not in viewer.division_ids:
        raise Forbidden
    today = clock.today()
    current = RoleGrant.objects.select_for_update().filter(post=post, to_on=None)
    before = {grant.role for grant in current}
    current.exclude(role__in=roles).filter(from_on=today).delete()
    current.exclude(role__in=roles).update(to_on=today - timedelta(days=1))
    new = [RoleGrant(post=post, role=role, from_on=today) for role in roles if role not in before]
    RoleGrant.objects.bulk_create(new)
    record_act(viewer, "grant_roles", post, before={"roles": sorted(before)}, after={"roles": sorted(roles)})


@transaction.atomic
def register_person(viewer: Viewer, *, username: str, name: str, password: str | None, phone: str = "") -> User:
    """Give a person an account; it may do nothing until it holds a post."""
    if not may_administer(viewer):
        raise Forbidden
    if User.objects.filter(username=username).exists():
        raise DomainError(
            "username_taken", _("The account “%(name)s” exists."), _("Choose another name."), name=username
        )
    user = User.objects.create_user(username=username, name=name, password=password, phone=phone)
    record_act(viewer, "register_person", user, after={"username": username, "name": name})
    return user


@transaction.atomic
def hand_over_post(viewer: Viewer, post: Post, *, successor: User | None, from_on: date | None = None) -> Tenure | None:
    """End the present tenure the day before ``from_on`` (default: today) and seat the successor, if there is one.

    Open items belong to the post, so they are the successor's from that moment; the rooms that hold such items hear of
    it (`PostHandedOver`) and write it into each item's story.

    Raises:
        Forbidden: neither administrator nor head of the post's agency.
        DomainError: ``tenure_overlaps`` when somebody already holds the post then.
    """
    if not may_hand_over_post(viewer, post):
        raise Forbidden
    start = from_on or clock.today()
    leaver = _end_tenure(post, start)
    tenure = None
    if successor is not None:
        tenure = Tenure(post=post, user=successor, from_on=start)
        _insert(tenure, "tenure_overlaps", _("Somebody already holds “%(name)s” at that time."), name=post.name)
    names = {"from_name": leaver.name if leaver else "", "to_name": successor.name if successor else ""}
    before, after = {"holder": names["from_name"]}, {"holder": names["to_name"]}
    record_act(viewer, "hand_over_post", post, before=before, after=after)
    publish(PostHandedOver(viewer=viewer, post_id=post.pk, post_name=str(post), **names))
    return tenure


def _end_tenure(post: Post, start: date) -> User | None:
    """End whoever holds the post on ``start``; a tenure that began that very day never was."""
    tenure = Tenure.objects.select_for_update().filter(in_force(start), post=post).select_related("user").first()
    if tenure is None:
        return None
    if tenure.from_on >= start:
        tenure.delete()
    else:
        tenure.to_on = start - timedelta(days=1)
        tenure.save(update_fields=["to_on"])
    return tenure.user


@transaction.atomic
def delegate_post(
    viewer: Viewer, post: Post, *, to_post: Post, from_on: date, to_on: date, reason: DelegationReason
) -> Delegation:
    """Let another post act for this one from a day to a day, both included.

    Raises:
        Forbidden: not the post's holder, the head of its agency or the administrator.
        DomainError: ``delegation_impossible`` to itself, backwards, or to a post of another division.
    """
    if not may_delegate_post(viewer, post):
        raise Forbidden
    if post.pk == to_post.pk or to_on < from_on or to_post.division_id != post.division_id:
        raise DomainError(
            "delegation_impossible",
            _("“%(post)s” cannot be lent to “%(to)s” from %(start)s to %(end)s."),
            _("Choose another post of the same division, and an end that is not before the start."),
            post=post.name,
            to=to_post.name,
            start=from_on.isoformat(),
            end=to_on.isoformat(),
        )
    delegation = Delegation.objects.create(from_post=post, to_post=to_post, from_on=from_on, to_on=to_on, reason=reason)
    after = {"to": str(to_post), "from_on": from_on, "to_on": to_on, "reason": reason}
    record_act(viewer, "delegate_post", post, after=after)
    return delegation


@transaction.atomic
def revoke_delegation(viewer: Viewer, delegation: Delegation) -> None:
    """End a delegation now."""
    if not may_delegate_post(viewer, delegation.from_post):
        raise Forbidden
    delegation.revoked_at = clock.now()
    delegation.save(update_fields=["revoked_at"])
    record_act(viewer, "revoke_delegation", delegation.from_post, before={"to": str(delegation.to_post)})


@transaction.atomic
def put_in_charge(viewer: Viewer, leader_post: Post, *, agencies: Sequence[Agency]) -> None:
    """Put a leader in charge of agencies from today on; whoever was before is no longer."""
    if not may_administer(viewer) or leader_post.division_id not in viewer.division_ids:
        raise Forbidden
    today = clock.today()
    present = LineOfCharge.objects.select_for_update().filter(agency__in=agencies, to_on=None)
    present.filter(from_on=today).delete()
    present.update(to_on=today - timedelta(days=1))
    LineOfCharge.objects.bulk_create(
        [LineOfCharge(leader_post=leader_post, agency=agency, from_on=today) for agency in agencies]
    )
    record_act(viewer, "put_in_charge", leader_post, after={"agencies": [str(agency) for agency in agencies]})


def _insert(record: Agency | Post | Tenure, code: str, sentence: Text, **params: str) -> None:
    """Insert, turning the database's refusal into a sentence."""
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(code, sentence, _("Look it up in the directory first."), **params) from error
