"""What the tests of notices say in one line each. In March 2026 Monday is the 2nd."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sushui.kernel import clock, outbox
from sushui.kernel.models import DatedSetting
from sushui.notices.enums import Channel, NoticeTone
from sushui.notices.models import ChannelSetting, Notice
from sushui.notices.queries import channel_for
from sushui.notices.services import ChannelDraft, post_notice, set_channel
from tests.cast import County

CHINA = ZoneInfo("Asia/Shanghai")
MSGID = "Test message from Sushui, sent by %(name)s."
SAID = "涑水测试消息，由督查员发送。"


def at(day: str, time: str = "10:00") -> datetime:
    """A moment in China."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=CHINA)


def on(day: str, time: str = "10:00") -> AbstractContextManager[None]:
    return clock.frozen(at(day, time))


MONDAY_MORNING = at("2026-03-02")


def tell(
    county: County,
    *posts: str,
    key: str = "k",
    name: str = "督查员",
    tone: NoticeTone = NoticeTone.PLAIN,
    url: str = "/supervision/tasks/1/",
    due_at: datetime | None = None,
) -> bool:
    """Post a notice to posts of the county, due now unless it says otherwise."""
    return post_notice(
        key=key,
        division_id=county.county.pk,
        post_ids=[county.posts[post].pk for post in posts],
        msgid=MSGID,
        params={"name": name},
        url=url,
        tone=tone,
        due_at=due_at or clock.now(),
    )


def told(county: County, post: str) -> list[Notice]:
    """What stands in a post's inbox, oldest first."""
    return list(Notice.objects.filter(post=county.posts[post]).order_by("pk"))


def tell_many(county: County, post: str, count: int) -> list[Notice]:
    """So many notices in a post's inbox, delivered."""
    for number in range(count):
        tell(county, post, key=f"k{number}", name=f"第{number}人")
    outbox.deliver()
    return told(county, post)


def turn_on(county: County, channel: Channel, **more: Any) -> ChannelSetting:
    """Turn a channel of the county on."""
    viewer = county.viewer("administrator")
    draft = ChannelDraft(**{"is_on": True, "least_tone": NoticeTone.PLAIN, **more})
    return set_channel(viewer, channel, draft, seen_version=channel_for(viewer, channel).version)


def set_site(county: County, address: str) -> None:
    DatedSetting.objects.create(
        division=county.county, key="notices.site_address", value=address, valid_from_on="2026-01-01"
    )


def give_address(county: County, person: str, email: str, language: str = "zh-hans") -> None:
    user = county.user(person)
    user.email, user.language = email, language
    user.save()
