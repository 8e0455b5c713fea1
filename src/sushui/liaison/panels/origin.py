"""On a task's page: the visit on which it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel.front import Block
from sushui.kernel.panels import register_panel
from sushui.kernel.viewer import Viewer
from sushui.liaison import queries
from sushui.supervision.enums import OrderSource

if TYPE_CHECKING:
    from sushui.supervision.models import SupervisedTask


def register() -> None:
    """Let a task say from which visit it came."""
    register_panel("supervision.supervisedtask", "liaison.visit", _visit)


def _visit(viewer: Viewer, task: SupervisedTask) -> Block | None:
    """The visit, for those who may read it; no query for tasks that come from elsewhere."""
    if task.order.source is not OrderSource.VISIT:
        return None
    visit = queries.visit_of_order(viewer, task.order_id)
    if visit is None:
        return None
    context = {"visit": visit, "photos": queries.photos_of(viewer, [visit]).get(visit.pk, [])}
    return Block(_("Found on a visit"), "liaison/origin.html", context, reverse("liaison:visit", args=[visit.pk]))
