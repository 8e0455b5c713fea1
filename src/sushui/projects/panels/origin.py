"""On a task's page: the bottleneck of a project for which it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel.front import Block
from sushui.kernel.panels import register_panel
from sushui.kernel.viewer import Viewer
from sushui.projects.queries.bottlenecks import bottleneck_behind
from sushui.supervision.enums import OrderSource

if TYPE_CHECKING:
    from sushui.supervision.models import SupervisedTask


def register() -> None:
    """Let a task say which bottleneck it clears, and that this was resolved."""
    register_panel("supervision.supervisedtask", "projects.bottleneck", _bottleneck)


def _bottleneck(viewer: Viewer, task: SupervisedTask) -> Block | None:
    """No query for tasks that come from elsewhere."""
    if task.order.source is not OrderSource.BOTTLENECK:
        return None
    found = bottleneck_behind(viewer, task.pk)
    if found is None:
        return None
    url = reverse("projects:project", args=[found.project_id])
    return Block(_("Bottleneck of a project"), "projects/bottlenecks/origin.html", {"bottleneck": found}, url)
