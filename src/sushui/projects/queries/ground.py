"""Where projects stand: counts by place and light, points, and the shapes of townships."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from sushui.kernel.viewer import Viewer
from sushui.projects.models import Project, TownshipShapes
from sushui.supervision.enums import StatusLight

MOST_POINTS = 5_000


@dataclass(frozen=True)
class ProjectPoint:
    """A project with a place in degrees of WGS-84."""

    project_id: int
    name: str
    light: StatusLight
    longitude: float
    latitude: float


def project_points(projects: QuerySet[Project]) -> list[ProjectPoint]:
    """Those of the projects whose place is known to the point, the largest first; one query."""
    rows = projects.filter(longitude__isnull=False).order_by("-total_investment", "pk")
    found = rows.values_list("pk", "name", "light", "longitude", "latitude")[:MOST_POINTS]
    return [
        ProjectPoint(pk, name, StatusLight(light), float(east or 0), float(north or 0))
        for pk, name, light, east, north in found
    ]


def division_lights(projects: QuerySet[Project]) -> dict[tuple[int, StatusLight], int]:
    """How many of the projects each division has with each light; one query."""
    rows = projects.order_by().values_list("division_id", "light").annotate(count=Count("pk"))
    return {(division, light): count for division, light, count in rows}


def township_shapes(viewer: Viewer, division_id: int) -> TownshipShapes | None:
    """The shapes that are kept of a division the viewer belongs to or looks down on; None while there are none."""
    rows = TownshipShapes.objects.filter(division_id=division_id, division_id__in=viewer.division_ids)
    return rows.select_related("post__agency", "division").first()
