"""When the holder of a post changes, what the post stands by goes over, and each liaison says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sushui.kernel.audit import record_acts
from sushui.liaison.enums import Verb
from sushui.liaison.queries import liaisons_at_post
from sushui.organizations.events import PostHandedOver
from sushui.organizations.queries import post_for

if TYPE_CHECKING:
    from sushui.organizations.models import Post


def note_handover(event: PostHandedOver) -> int:
    """Write a line for each liaison that hangs on the post; gives how many lines."""
    rows = liaisons_at_post(post_for(event.viewer, event.post_id)).select_related("subject")
    before, after = {"holder": event.from_name}, {"holder": event.to_name, "post": event.post_name}
    acts = [(row, before, {**after, "subject": row.subject.label}, "") for row in rows]
    return len(record_acts(event.viewer, Verb.HAND_OVER, acts))


def count_liaisons(post: Post) -> int:
    """How many subjects go over with the post."""
    return liaisons_at_post(post).count()
