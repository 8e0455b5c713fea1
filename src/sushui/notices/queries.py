"""Every read of notices, viewer first (except what the clockwork reads)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from sushui.kernel.batches import kept
from sushui.kernel.errors import NotFound
from sushui.kernel.keyset import Sort, Stretch, capped_count, stretch
from sushui.kernel.models import OutboxMessage
from sushui.kernel.outbox import MOST_ATTEMPTS
from sushui.kernel.settings_registry import setting, settings_of
from sushui.kernel.viewer import PostChoice, Viewer
from sushui.notices.enums import Channel
from sushui.notices.models import ChannelSetting, Notice
from sushui.notices.permissions import may_keep_channels

MOST_COUNTED = 99
UNREAD_FIRST = Sort(("is_unread", "pk"), is_descending=True)


def quiet_hours(division_id: int, on: date) -> tuple[str, str]:
    """From when to when nobody is sent a message, as times of day: ``("20:00", "08:00")``."""
    said = settings_of("notices", division_id, on)
    return said["quiet_from"], said["quiet_to"]


def site_address(division_id: int, on: date) -> str:
    """The address of this site for links in messages; empty when nobody has set it."""
    address: str = setting("notices.site_address", division_id, on)
    return address.rstrip("/")


# --- the inbox -------------------------------------------------------------------------------------------------------
def own_notices(viewer: Viewer) -> QuerySet[Notice]:
    """Notices of the post in use."""
    return Notice.objects.filter(post_id=viewer.post_id)


def inbox(viewer: Viewer, *, after: str = "", before: str = "", size: int = 50) -> Stretch[Notice]:
    """A stretch of the inbox: what is unread first, the newest first.

    Raises:
        DomainError: ``cursor_unreadable``.
    """
    return stretch(own_notices(viewer), UNREAD_FIRST, after=after, before=before, size=size)


def unread_count(viewer: Viewer) -> int:
    """How many notices of the post in use are unread, counted no further than `MOST_COUNTED` + 1."""
    return capped_count(own_notices(viewer).filter(read_at=None), MOST_COUNTED)


def unread_elsewhere(viewer: Viewer) -> list[tuple[PostChoice, int]]:
    """The person's other posts in which something is unread, and how much."""
    others = [choice for choice in viewer.posts if choice.id != viewer.post_id]
    rows = Notice.objects.filter(post_id__in=[choice.id for choice in others], read_at=None)
    counts = dict(rows.order_by().values_list("post_id").annotate(Count("pk")))
    return [(choice, counts[choice.id]) for choice in others if choice.id in counts]


def notice_for(viewer: Viewer, notice_id: int) -> Notice:
    """One notice of the post in use.

    Raises:
        NotFound: none such, or another post's.
    """
    notice = own_notices(viewer).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound
    return notice


# --- channels --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ChannelState:
    """A channel of a division: how it is set (unsaved when it never was), and what could not be sent by it."""

    setting: ChannelSetting
    given_up: int = 0
    last_error: str = ""

    @property
    def channel(self) -> Channel:
        return Channel(self.setting.channel)


def topic_of(channel: Channel) -> str:
    """The outbox topic under which messages wait for a channel."""
    return f"notice.{channel}"


def channels(viewer: Viewer) -> list[ChannelState]:
    """Every channel of the viewer's division; none for those who do not keep them."""
    if not may_keep_channels(viewer):
        return []
    kept = {row.channel: row for row in ChannelSetting.objects.filter(division_id=viewer.division_id)}
    counts = dict(_given_up(viewer.division_id).order_by().values_list("topic").annotate(Count("pk")))
    return [_state(viewer, channel, kept, counts) for channel in Channel]


def _state(viewer: Viewer, channel: Channel, kept: dict[str, ChannelSetting], counts: dict[str, int]) -> ChannelState:
    row = kept.get(channel) or unset_channel(viewer.division_id, channel)
    count = counts.get(topic_of(channel), 0)
    last = _given_up(viewer.division_id).filter(topic=topic_of(channel)).order_by("-pk").first() if count else None
    # The outbox keeps the kind of an error before its words; people read the words.
    return ChannelState(row, count, last.error.partition(": ")[2] or last.error if last else "")


def _given_up(division_id: int) -> QuerySet[OutboxMessage]:
    is_channel = Q(topic__in=[topic_of(channel) for channel in Channel])
    return OutboxMessage.objects.filter(is_channel, division_id=division_id, done_at=None, attempts__gte=MOST_ATTEMPTS)


def channel_for(viewer: Viewer, channel: Channel) -> ChannelSetting:
    """How a channel of the viewer's division is set; an unsaved row of version 0 when it never was.

    Raises:
        NotFound: the viewer keeps no channels.
    """
    if not may_keep_channels(viewer):
        raise NotFound
    return channel_in(viewer.division_id, channel) or unset_channel(viewer.division_id, channel)


def channel_in(division_id: int, channel: Channel) -> ChannelSetting | None:
    """How a channel of a division is set; None when it never was."""
    return ChannelSetting.objects.filter(division_id=division_id, channel=channel).first()


def unset_channel(division_id: int, channel: Channel) -> ChannelSetting:
    """A channel that nobody has set: off."""
    return ChannelSetting(division_id=division_id, channel=channel, version=0)


def channels_on(division_id: int) -> list[ChannelSetting]:
    """The channels by which messages of a division leave the house; read once in a batch."""
    rows = ChannelSetting.objects.filter(division_id=division_id, is_on=True).order_by("channel")
    return kept(("channels", division_id), lambda: list(rows))
