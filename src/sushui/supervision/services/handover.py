"""When the holder of a post changes, every open item of the post says so in its own story."""

from __future__ import annotations

from django.db.models import Q

from sushui.kernel.audit import record_acts
from sushui.organizations.events import PostHandedOver
from sushui.organizations.queries import post_for
from sushui.supervision.enums import Verb
from sushui.supervision.models import SupervisedTask, SupervisionOrder, TaskPart


def note_handover(event: PostHandedOver) -> int:
    """Write a line for each open task that the post handles or leads, and for each order with open tasks it issued.

    What nobody is named for in an agency is its head's. Gives how many lines.
    """
    post = post_for(event.viewer, event.post_id)
    handled = Q(handler_post=post) | (Q(handler_post=None, agency_id=post.agency_id) if post.is_head else Q())
    own = TaskPart.objects.filter(handled, is_open=True).values("task_id")
    tasks = SupervisedTask.objects.filter(Q(pk__in=own) | Q(leader_post=post, is_open=True))
    issued = SupervisionOrder.objects.filter(issuer_post=post, tasks__is_open=True).distinct()
    before, after = {"holder": event.from_name}, {"holder": event.to_name, "post": event.post_name}
    items = [*tasks.order_by("pk"), *issued.order_by("pk")]
    return len(record_acts(event.viewer, Verb.HAND_OVER, [(item, before, after, "") for item in items]))
