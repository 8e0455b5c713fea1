"""The room of relief in the page frame: the office's desk, an agency's list, an enterprise's own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from sushui.kernel.keyset import capped_count
from sushui.kernel.nav import NavEntry, register_entry
from sushui.kernel.viewer import Viewer
from sushui.relief import queries
from sushui.relief.permissions import may_open_own_requests, may_open_requests, may_see_all_requests
from sushui.relief.rules.life import WAITING

MOST_SHOWN = 999


def to_assign(viewer: Viewer) -> int:
    """Requests that wait for the office."""
    return capped_count(queries.visible_requests(viewer).filter(state__in=WAITING), MOST_SHOWN)


def of_agency(viewer: Viewer) -> int:
    """Requests on which the agency works."""
    return capped_count(queries.awaiting_of_agency(viewer), MOST_SHOWN)


def _is_agency(viewer: Viewer) -> bool:
    return bool(may_open_requests(viewer)) and not may_see_all_requests(viewer)


NAME = pgettext_lazy("room", "Requests of enterprises")
ENTRIES = (
    NavEntry("relief", NAME, "relief:desk", 33, may_see_all_requests, to_assign),
    NavEntry("agency-relief", NAME, "relief:agency", 33, _is_agency, of_agency),
    NavEntry("own-relief", pgettext_lazy("room", "My requests"), "relief:own", 25, may_open_own_requests),
)


def register() -> None:
    """Put the room into the frame."""
    for entry in ENTRIES:
        register_entry(entry)
