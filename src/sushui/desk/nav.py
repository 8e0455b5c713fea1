"""Where the desk stands in the page frame: the first rooms, and the search box."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from sushui.desk.permissions import may_open_cockpit
from sushui.kernel.nav import NavEntry, register_entry, register_search
from sushui.organizations.permissions import is_signed_in


def register() -> None:
    """The day is everybody's first room, the cockpit that of leaders and offices; the search box asks the desk."""
    register_entry(NavEntry("today", pgettext_lazy("room", "Today"), "desk:today", 0, is_signed_in))
    register_entry(NavEntry("cockpit", pgettext_lazy("room", "Cockpit"), "desk:cockpit", 1, may_open_cockpit))
    register_search("desk:search", suggest="desk:suggest")
