"""What liaison has for a viewer's day and for a task that came from a visit, as the fronts below show it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel.batches import batch
from sushui.kernel.front import Block, DayEntry, Figure, register_day
from sushui.kernel.viewer import Viewer
from sushui.liaison import queries
from sushui.liaison.permissions import may_open_liaison, sees_all_liaisons
from sushui.supervision.enums import StatusLight

FEW = 5
LATE = (StatusLight.RED, StatusLight.YELLOW)


def register() -> None:
    """Put liaison on the front: what waits for one's own visit; for the overseers, how many do."""
    register_day(DayEntry("liaison.own", 45, may_open_liaison, _figures, _blocks))


def _figures(viewer: Viewer) -> list[Figure]:
    """For those who oversee: visits that are overdue."""
    if not sees_all_liaisons(viewer):
        return []
    with batch():
        counts = queries.light_counts(viewer, queries.lapses(viewer))
    url = f"{reverse('liaison:lapses')}?light=red"
    return [Figure(_("Long without a visit"), counts[StatusLight.RED], url, status="red")]


def _blocks(viewer: Viewer) -> list[Block]:
    """What the viewer stands by and has not visited in time, the longest first."""
    with batch():
        rows = [row for row in queries.liaison_rows(queries.own_liaisons(viewer)) if row.light in LATE]
    title, url = _("Waits for your visit"), reverse("liaison:mine")
    return [Block(title, "liaison/today.html", {"rows": rows[:FEW]}, url)] if rows else []
