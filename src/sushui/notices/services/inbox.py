"""The inbox: posting, delivering, reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from sushui.kernel import clock, outbox
from sushui.kernel.models import OutboxMessage
from sushui.kernel.viewer import Viewer
from sushui.notices import wording
from sushui.notices.enums import NoticeTone
from sushui.notices.models import Notice
from sushui.notices.queries import own_notices
from sushui.notices.services.sending import spread

TOPIC = "notice"


def post_notice(
    *,
    key: str,
    division_id: int,
    post_ids: Iterable[int],
    msgid: str,
    params: Mapping[str, Any],
    url: str,
    due_at: datetime,
    tone: NoticeTone = NoticeTone.PLAIN,
) -> bool:
    """Tell posts something, from ``due_at`` on; in the caller's transaction. False when this key was told before.

    ``msgid`` is said in each reader's own language, ``params`` fill its places; a param that is a `Word` is translated
    too.
    """
    posts = list(post_ids)
    if not posts:
        return False
    payload = {
        "division_id": division_id,
        "post_ids": posts,
        "msgid": msgid,
        "params": wording.kept(params),
        "url": url,
        "tone": tone,
    }
    return outbox.post(key=key, topic=TOPIC, payload=payload, division_id=division_id, due_at=due_at)


def deliver_notice(message: OutboxMessage) -> None:
    """Put an outbox message into the inboxes it is for, and into the outbox for each channel that is on.

    Doing it again changes nothing: what leaves the house later fails and is tried again by itself.
    """
    deliver_notices([message])


@transaction.atomic
def deliver_notices(messages: Sequence[OutboxMessage]) -> None:
    """Deliver many, all or none of them."""
    rows = [notice for message in messages for notice in _notices(message)]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    spread(messages)


def _notices(message: OutboxMessage) -> list[Notice]:
    said = message.payload
    return [
        Notice(
            division_id=said["division_id"],
            post_id=post_id,
            key=message.key,
            tone=said["tone"],
            msgid=said["msgid"],
            params=said["params"],
            url=said["url"],
            at=clock.now(),
        )
        for post_id in said["post_ids"]
    ]


def mark_read(viewer: Viewer, notice_ids: Iterable[int]) -> int:
    """Mark notices of the post in use as read; gives how many were unread. No act: the chain holds no line of it."""
    return own_notices(viewer).filter(pk__in=list(notice_ids), read_at=None).update(read_at=clock.now())


def mark_all_read(viewer: Viewer, *, up_to: int) -> int:
    """Mark every notice as read that was there when the page was shown: those numbered at most ``up_to``."""
    return own_notices(viewer).filter(pk__lte=up_to, read_at=None).update(read_at=clock.now())
