"""What relief shows on the pages of the rooms below: an enterprise's requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel.front import Block
from sushui.kernel.panels import register_panel
from sushui.kernel.viewer import Viewer
from sushui.relief import queries
from sushui.relief.panels.today import COLUMNS
from sushui.relief.permissions import may_enter_requests, may_open_relief

if TYPE_CHECKING:
    from sushui.enterprises.models import Enterprise

FEW = 8


def register() -> None:
    """Let the page of an enterprise show its requests."""
    register_panel("enterprises.enterprise", "relief.requests", requests_panel)


def requests_panel(viewer: Viewer, enterprise: Enterprise) -> Block | None:
    """The newest requests that the viewer may know of, and the way to enter one."""
    if not may_open_relief(viewer):
        return None
    rows = list(queries.requests_of_enterprise(viewer, enterprise)[:FEW])
    enter = f"{reverse('relief:new')}?enterprise={enterprise.code or enterprise.name}"
    may = bool(may_enter_requests(viewer)) and enterprise.division_id == viewer.division_id
    context: dict[str, Any] = {"rows": rows, "columns": COLUMNS, "enter_url": enter if may else ""}
    return Block(_("Requests of the enterprise"), "relief/panel.html", context)
