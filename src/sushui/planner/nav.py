"""The room of the planner in the page frame."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from sushui.kernel.nav import NavEntry, register_entry
from sushui.planner.permissions import may_open_planner

ENTRY = NavEntry("planner", pgettext_lazy("room", "Planning"), "planner:scenarios", 30, may_open_planner)


def register() -> None:
    """Put the room into the frame."""
    register_entry(ENTRY)
