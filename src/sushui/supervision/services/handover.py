"""When the holder of a post changes, every open item of the post says so in its own story."""

from __future__ import annotations

from django.db.models import Q

from sushui.kernel.audit import record_acts
from sushui.organizations.events import PostHandedOver
from sushui.supervision.enums import Verb
from sushui.supervision.models import SupervisedTask, TaskPart


def note_handover(event: PostHandedOver) -> int:
    """Write a line for each open task that the post handles or leads; gives how many."""
    own = TaskPart.objects.filter(handler_post_id=event.post_id, is_open=True).values("task_id")
    tasks = SupervisedTask.objects.filter(Q(pk__in=own) | Q(leader_post_id=event.post_id, is_open=True))
    before, after = {"holder": event.from_name}, {"holder": event.to_name, "post": event.post_name}
    return len(record_acts(event.viewer, Verb.HAND_OVER, [(task, before, after, "") for task in tasks]))
