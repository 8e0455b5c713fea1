"""On the page of an enterprise: the projects that it owns, known by its credit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import pgettext

from sushui.enterprises.permissions import is_own_enterprise
from sushui.kernel.front import Block
from sushui.kernel.panels import register_panel
from sushui.kernel.viewer import Viewer
from sushui.projects import queries

if TYPE_CHECKING:
    from sushui.enterprises.models import Enterprise

MOST_SHOWN = 20
ENTERPRISE = "enterprises.enterprise"


def register() -> None:
    """Let the page of an enterprise show its projects."""
    register_panel(ENTERPRISE, "projects.owned", owned_projects)


def owned_projects(viewer: Viewer, enterprise: Enterprise) -> Block | None:
    """Those of its projects that the viewer may know of; its own people are led to their monthly reports."""
    if not enterprise.code:
        return None
    is_own = bool(is_own_enterprise(viewer, enterprise))
    rows = queries.own_projects_of_unit(viewer) if is_own else queries.visible_projects(viewer)
    found = list(
        rows.filter(division_id=enterprise.division_id, owner_code=enterprise.code).order_by("-pk")[:MOST_SHOWN]
    )
    context = {"rows": found, "is_own": is_own}
    return Block(pgettext("room", "Projects"), "projects/enterprises/owned.html", context) if found else None
