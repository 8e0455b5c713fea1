"""Where the desk stands in the page frame: the first room, and the search box."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from sushui.kernel.nav import NavEntry, register_entry, register_search
from sushui.organizations.permissions import is_signed_in


def register() -> None:
    """The day is everybody's first room; the search box asks the desk."""
    register_entry(NavEntry("today", pgettext_lazy("room", "Today"), "desk:today", 0, is_signed_in))
    register_search("desk:search", suggest="desk:suggest")
