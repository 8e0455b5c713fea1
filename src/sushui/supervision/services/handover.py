"""When the holder of a post changes, every open item of the post says so in its own story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from sushui.kernel.audit import record_acts
from sushui.kernel.viewer import Viewer
from sushui.organizations.events import PostHandedOver
from sushui.organizations.queries import post_for
from sushui.supervision.enums import Verb
from sushui.supervision.models import SupervisedTask, SupervisionOrder, TaskPart

if TYPE_CHECKING:
    from sushui.organizations.models import Post


def note_handover(event: PostHandedOver) -> int:
    """Write a line for each open item that hangs on the post; gives how many lines."""
    tasks, issued = _open_items(post_for(event.viewer, event.post_id))
    before, after = {"holder": event.from_name}, {"holder": event.to_name, "post": event.post_name}
    items = [*tasks.order_by("pk"), *issued.order_by("pk")]
    return len(record_acts(event.viewer, Verb.HAND_OVER, [(item, before, after, "") for item in items]))


def count_open_tasks(post: Post) -> int:
    """How many open tasks go over with the post."""
    return _open_items(post)[0].count()


def count_open_orders(post: Post) -> int:
    """How many orders with open tasks go over with the post."""
    return _open_items(post)[1].count()


def _open_items(post: Post) -> tuple[QuerySet[SupervisedTask], QuerySet[SupervisionOrder]]:
    """Open tasks that the post handles or leads, and orders with open tasks that it issued.

    What nobody is named for in an agency is its head's.
    """
    handled = Q(handler_post=post) | (Q(handler_post=None, agency_id=post.agency_id) if post.is_head else Q())
    own = TaskPart.objects.filter(handled, is_open=True).values("task_id")
    tasks = SupervisedTask.objects.filter(Q(pk__in=own) | Q(leader_post=post, is_open=True))
    return tasks, SupervisionOrder.objects.filter(issuer_post=post, tasks__is_open=True).distinct()


def count_provisional(viewer: Viewer) -> int:
    """Open tasks of the viewer's divisions whose deadline waits for a holiday notice."""
    rows = SupervisedTask.objects.filter(division_id__in=viewer.division_ids, is_open=True, is_provisional=True)
    return rows.count()
