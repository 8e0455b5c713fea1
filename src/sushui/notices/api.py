"""The API of notices: the same inbox as the pages'."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from sushui.kernel.api import Listed, Number, RoomRouter, Size
from sushui.kernel.pages import ViewerRequest
from sushui.notices import queries, services, wording
from sushui.notices.enums import NoticeTone
from sushui.notices.models import Notice
from sushui.notices.permissions import may_read_inbox

router = RoomRouter(tags=["notices"])
Cursor = Annotated[str, Field(max_length=255)]


class NoticeOut(Schema):
    """A notice, said in the language of ``Accept-Language``; ``url`` is the page that it is about."""

    id: int
    tone: NoticeTone
    sentence: str
    url: str
    at: datetime
    read_at: datetime | None

    @staticmethod
    def resolve_sentence(notice: Notice) -> str:
        return wording.sentence(notice.msgid, notice.params)


class Reading(Schema):
    """Which notices were read: some, or with ``up_to`` every one numbered at most so."""

    ids: Annotated[list[Number], Field(max_length=1000)] = []
    up_to: Number | None = None


class Marked(Schema):
    """How many were unread before, and how many are unread now (no further than 100)."""

    marked: int
    unread: int


@router.reads("/", may_read_inbox, Listed[NoticeOut])
def inbox(request: ViewerRequest, cursor: Cursor = "", limit: Size = 50) -> dict[str, object]:
    """Notices of the post in use; unread first, the newest first."""
    found = queries.inbox(request.viewer, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.writes("/read", may_read_inbox, Marked)
def mark_read(request: ViewerRequest, reading: Reading) -> dict[str, int]:
    """Mark notices of the post in use as read; another post's stay as they are."""
    marked = services.mark_read(request.viewer, reading.ids)
    if reading.up_to is not None:
        marked += services.mark_all_read(request.viewer, up_to=reading.up_to)
    return {"marked": marked, "unread": queries.unread_count(request.viewer)}
