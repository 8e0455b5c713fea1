"""Every write of notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sushui.kernel import clock, outbox
from sushui.kernel.models import OutboxMessage
from sushui.kernel.viewer import Viewer
from sushui.notices.enums import NoticeTone
from sushui.notices.models import Notice

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

    ``msgid`` is said in each reader's own language, ``params`` fill its places; a param that is itself a msgid is
    translated too.
    """
    posts = list(post_ids)
    if not posts:
        return False
    payload = {
        "division_id": division_id,
        "post_ids": posts,
        "msgid": msgid,
        "params": dict(params),
        "url": url,
        "tone": tone,
    }
    return outbox.post(key=key, topic=TOPIC, payload=payload, division_id=division_id, due_at=due_at)


def deliver_notice(message: OutboxMessage) -> None:
    """Put an outbox message into the inboxes it is for; doing it again changes nothing."""
    said = message.payload
    rows = [
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
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def mark_read(viewer: Viewer, notice_ids: Iterable[int]) -> int:
    """Mark notices of the viewer's post as read; gives how many were unread."""
    rows = Notice.objects.filter(post_id=viewer.post_id, pk__in=list(notice_ids), read_at=None)
    return rows.update(read_at=clock.now())
