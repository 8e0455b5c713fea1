"""The rooms of liaison in the page frame, with what waits there."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.batches import batch
from sushui.kernel.keyset import capped_count
from sushui.kernel.nav import NavEntry, register_entry
from sushui.kernel.viewer import Viewer
from sushui.liaison import queries
from sushui.liaison.permissions import may_open_liaison
from sushui.supervision.enums import StatusLight

MOST_SHOWN = 999
LATE = (StatusLight.RED, StatusLight.YELLOW)


def waiting_own(viewer: Viewer) -> int:
    """What the viewer stands by and has not visited in time."""
    with batch():
        late = [queries.light_condition(light, viewer.division_ids, clock.today()) for light in LATE]
        return capped_count(queries.own_liaisons(viewer).filter(late[0] | late[1]), MOST_SHOWN)


ENTRY = NavEntry("liaison", pgettext_lazy("room", "Liaison"), "liaison:mine", 28, may_open_liaison, waiting_own)


def register() -> None:
    """Put the room into the frame."""
    register_entry(ENTRY)
