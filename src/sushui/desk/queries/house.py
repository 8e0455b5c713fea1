"""Reads of the desk: what an administrator must look after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max, QuerySet

from sushui.kernel import clock
from sushui.kernel.models import AuditPending, AuditSeal, User
from sushui.kernel.viewer import Viewer
from sushui.notices.queries import channels
from sushui.organizations import queries as organizations

if TYPE_CHECKING:
    from sushui.organizations.models import Post


def vacant_posts(viewer: Viewer) -> QuerySet[Post]:
    """Posts of the viewer's divisions that nobody holds today."""
    posts = organizations.posts(viewer)
    held = posts.filter(organizations.in_force(clock.today(), "tenures__")).values("pk")
    return posts.exclude(pk__in=held).order_by("agency__sort_key", "pk")


def idle_accounts(viewer: Viewer) -> QuerySet[User]:
    """Open accounts whose people hold no post today."""
    return organizations.accounts_like(viewer, state="vacant")


@dataclass(frozen=True)
class ChainState:
    """How far the audit chain is sealed: when last, and how many lines wait."""

    sealed_at: datetime | None
    waiting: int


def chain_state() -> ChainState:
    sealed_at = AuditSeal.objects.aggregate(last=Max("sealed_at"))["last"]
    return ChainState(sealed_at, AuditPending.objects.count())


@dataclass(frozen=True)
class ChannelCount:
    """How many channels are on, and how many messages were given up."""

    on: int
    given_up: int


def channels_on(viewer: Viewer) -> ChannelCount:
    states = channels(viewer)
    return ChannelCount(sum(state.setting.is_on for state in states), sum(state.given_up for state in states))
