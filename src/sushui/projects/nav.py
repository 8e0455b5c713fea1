"""The rooms of projects in the page frame, each with what waits there."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.keyset import capped_count
from sushui.kernel.nav import NavEntry, register_entry
from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.permissions import (
    may_keep_map,
    may_open_own_projects,
    may_open_unit_projects,
    may_see_all_projects,
)
from sushui.projects.queries import ProjectFilter
from sushui.supervision.enums import StatusLight

MOST_SHOWN = 999


def figures_owed(viewer: Viewer) -> int:
    """Own projects whose figure of the last month that has ended is missing."""
    return capped_count(queries.awaiting_figures(viewer, queries.month_to_report(clock.today())), MOST_SHOWN)


def unit_figures_owed(viewer: Viewer) -> int:
    """Projects of the viewer's enterprise whose figure of that month is missing."""
    return capped_count(queries.awaiting_unit_figures(viewer, queries.month_to_report(clock.today())), MOST_SHOWN)


def red_projects(viewer: Viewer) -> int:
    return capped_count(queries.ledger(viewer, ProjectFilter(light=StatusLight.RED)), MOST_SHOWN)


ENTRIES = (
    NavEntry(
        "own-projects", pgettext_lazy("room", "My projects"), "projects:own", 22, may_open_own_projects, figures_owed
    ),
    NavEntry(
        "unit-projects",
        pgettext_lazy("room", "My projects"),
        "projects:unit-projects",
        22,
        may_open_unit_projects,
        unit_figures_owed,
    ),
    NavEntry("projects", pgettext_lazy("room", "Projects"), "projects:ledger", 28, may_see_all_projects, red_projects),
    NavEntry("map-shapes", pgettext_lazy("room", "Shapes of townships"), "projects:map-shapes", 78, may_keep_map),
)


def register() -> None:
    """Put the rooms into the frame."""
    for entry in ENTRIES:
        register_entry(entry)
