"""Where the sample's projects stand, and in which order their steps follow: every point is invented."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from sushui.kernel.viewer import Viewer
from sushui.projects import services

if TYPE_CHECKING:
    from .projects import Site

# A middle for each township, in degrees, invented; the projects of a township stand around it.
MIDDLES = {
    "140826100": ("111.57", "35.49"),
    "140826101": ("111.50", "35.53"),
    "140826102": ("111.47", "35.46"),
    "140826103": ("111.64", "35.53"),
    "140826104": ("111.46", "35.59"),
    "140826105": ("111.61", "35.59"),
    "140826106": ("111.39", "35.52"),
    "140826107": ("111.36", "35.60"),
    "140826200": ("111.68", "35.46"),
    "140826201": ("111.59", "35.42"),
    "140826402": ("111.55", "35.54"),
}
STEP = Decimal("0.0085")
UNKNOWN = 6  # of each so many projects nobody has given the point


def place_sites(office: Viewer, sites: Iterable[Site]) -> None:
    """Give most of the projects that have a township a point in it, in one act."""
    placed = []
    for number, site in enumerate(sites):
        middle = MIDDLES.get(site.plan.place)
        if middle is None or site.project.place_id is None or number % UNKNOWN == 0:
            continue
        east, north = (Decimal(degrees) for degrees in middle)
        place = site.project.place_id
        placed.append((site.project.pk, place, east + STEP * (number % 5 - 2), north + STEP * (number % 3 - 1)))
    services.place_projects(office, placed)
