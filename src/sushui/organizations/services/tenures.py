"""Who sits on a post: handing it over, lending it, taking it back."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.events import publish
from sushui.kernel.models import User
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import DelegationReason, Role, Verb
from sushui.organizations.events import PostHandedOver
from sushui.organizations.models import Delegation, Post, Tenure
from sushui.organizations.permissions import may_delegate_post, may_hand_over_post
from sushui.organizations.queries import in_force
from sushui.organizations.services.administrators import require_administrator
from sushui.organizations.services.inserting import insert
from sushui.organizations.services.turns import take_turn


@transaction.atomic
def hand_over_post(
    viewer: Viewer, post: Post, *, successor: User | None, from_on: date | None = None, seen_version: int | None = None
) -> Tenure | None:
    """End the present tenure the day before ``from_on`` (default: today) and seat the successor, if there is one.

    Open items belong to the post, so they are the successor's from that moment; the rooms that hold such items hear of
    it (`PostHandedOver`) and write it into each item's story.

    Raises:
        Forbidden: neither administrator nor head of the post's agency.
        StaleRecord: somebody handed the post over, or changed its roles, meanwhile.
        DomainError: ``tenure_overlaps`` when somebody already holds the post then; ``account_closed``;
            ``last_administrator``.
    """
    if not may_hand_over_post(viewer, post):
        raise Forbidden
    take_turn(post, seen_version)
    start = from_on or clock.today()
    leaver = _end_tenure(post, start)
    tenure = _seat(post, successor, start) if successor else None
    if tenure is None and post.grants.filter(in_force(start), role=Role.ADMINISTRATOR).exists():
        require_administrator(post)
    names = {"from_name": leaver.name if leaver else "", "to_name": successor.name if successor else ""}
    before, after = {"holder": names["from_name"]}, {"holder": names["to_name"], "from_on": start}
    record_act(viewer, Verb.HAND_OVER_POST, post, before=before, after=after)
    publish(PostHandedOver(viewer=viewer, post_id=post.pk, post_name=str(post), **names))
    return tenure


def _seat(post: Post, successor: User, start: date) -> Tenure:
    if not successor.is_active:
        raise DomainError(
            "account_closed",
            _("The account of “%(name)s” is closed."),
            _("Open it again first, or choose somebody else."),
            name=successor.name,
        )
    tenure = Tenure(post=post, user=successor, from_on=start)
    insert(tenure, "tenure_overlaps", _("Somebody already holds “%(name)s” at that time."), name=post.name)
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
        DomainError: ``delegation_impossible`` to itself, backwards, or to a post of another division;
            ``delegation_overlaps`` when the post is lent already then.
    """
    if not may_delegate_post(viewer, post):
        raise Forbidden
    _refuse_impossible(post, to_post, from_on, to_on)
    take_turn(post, None)
    _refuse_overlap(post, from_on, to_on)
    delegation = Delegation.objects.create(from_post=post, to_post=to_post, from_on=from_on, to_on=to_on, reason=reason)
    after = {"to": str(to_post), "from_on": from_on, "to_on": to_on, "reason": reason}
    record_act(viewer, Verb.DELEGATE_POST, post, after=after)
    return delegation


def _refuse_impossible(post: Post, to_post: Post, from_on: date, to_on: date) -> None:
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


def _refuse_overlap(post: Post, from_on: date, to_on: date) -> None:
    lent = Delegation.objects.filter(from_post=post, revoked_at=None, from_on__lte=to_on, to_on__gte=from_on).first()
    if lent is not None:
        raise DomainError(
            "delegation_overlaps",
            _("“%(post)s” is lent from %(start)s to %(end)s already."),
            _("Revoke that delegation first, or choose other days."),
            post=post.name,
            start=lent.from_on.isoformat(),
            end=lent.to_on.isoformat(),
        )


@transaction.atomic
def revoke_delegation(viewer: Viewer, delegation: Delegation) -> None:
    """End a delegation now.

    Raises:
        Forbidden: not the post's holder, the head of its agency or the administrator.
        DomainError: ``delegation_over``.
    """
    if not may_delegate_post(viewer, delegation.from_post):
        raise Forbidden
    if not Delegation.objects.filter(pk=delegation.pk, revoked_at=None).update(revoked_at=clock.now()):
        raise DomainError("delegation_over", _("This delegation was revoked before."), _("Load the page again."))
    delegation.refresh_from_db(fields=["revoked_at"])
    record_act(viewer, Verb.REVOKE_DELEGATION, delegation.from_post, before={"to": str(delegation.to_post)})
