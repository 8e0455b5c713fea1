"""Where projects stand on the map, and the shapes on which they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act, record_acts
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import division_tree
from sushui.projects.enums.ground import Datum, GroundVerb
from sushui.projects.models import Project, TownshipShapes
from sushui.projects.permissions import may_edit_project, may_keep_ledger, may_keep_map
from sushui.projects.queries import project_for, township_shapes
from sushui.projects.rules.shapes import Found, ShapeFlaw, read_shapes
from sushui.projects.services.steps import locked

MOST_BYTES = 8 * 2**20
WEST, EAST, SOUTH, NORTH = 73, 136, 3, 54
MEND = _("Send one file of GeoJSON with a polygon for each township, in degrees.")
FLAWS: Mapping[str, Any] = {
    "not_json": _("The file is no JSON."),
    "not_features": _("The file is no collection of features."),
    "too_many": _("The file has more than %(most)s features or corners."),
    "no_polygon": _("Feature %(place)s is no polygon."),
    "no_number": _("Feature %(place)s has a corner that is no pair of numbers."),
    "outside": _(
        "Feature %(place)s has the corner %(longitude)s, %(latitude)s, which is no place in China in degrees."
    ),
    "too_wide": _("The shapes reach over %(degrees)s degrees: a county has at most %(most)s."),
    "nothing_matches": _("No feature is named as a township of this division or has its code: %(names)s."),
}


@dataclass(frozen=True)
class ShapesKept:
    """What became of a file: the record, how many townships have a shape, which have none, what was left out."""

    record: TownshipShapes
    count: int
    missing: tuple[str, ...]
    left_out: tuple[str, ...]


@transaction.atomic
def keep_township_shapes(
    viewer: Viewer, data: bytes, *, file_name: str, datum: Datum, source: str, review_number: str = ""
) -> ShapesKept:
    """Keep the shapes of the viewer's division out of a file; what was kept before is replaced.

    Raises:
        DomainError: ``text_missing``, ``file_too_large``, ``shapes_unreadable`` with ``why`` among its ``params``.
    """
    if not may_keep_map(viewer):
        raise Forbidden
    said_source = require_text(source, "Source")
    townships = _townships(viewer)
    found = _read(data, townships)
    values = {
        "datum": datum,
        "file_name": file_name[:255],
        "digest": hashlib.sha256(data).hexdigest(),
        "source": said_source[:200],
        "review_number": review_number.strip()[:64],
        "shapes": {str(number): rings for number, rings in found.shapes.items()},
        "post_id": viewer.post_id,
        "updated_at": clock.now(),
    }
    record, _is_new = TownshipShapes.objects.update_or_create(division_id=viewer.division_id, defaults=values)
    told = {name: values[name] for name in ("file_name", "digest", "source", "review_number")}
    record_act(viewer, GroundVerb.SHAPE, record, after={**told, "datum": datum.value, "count": len(found.shapes)})
    missing = tuple(name for number, (_code, name) in townships.items() if number not in found.shapes)
    return ShapesKept(record, len(found.shapes), missing, found.left_out)


def _townships(viewer: Viewer) -> dict[int, tuple[str, str]]:
    """The divisions just below the viewer's own: number to code and name."""
    below = [row.division for row in division_tree(viewer) if row.division.parent_id == viewer.division_id]
    return {each.pk: (each.code, each.name) for each in below}


def _read(data: bytes, townships: Mapping[int, tuple[str, str]]) -> Found:
    if len(data) > MOST_BYTES:
        raise DomainError(
            "file_too_large",
            _("The file is larger than %(most)s MB."),
            _("Thin the shapes out: a page shows no more than a corner every hundred meters."),
            most=MOST_BYTES // 2**20,
        )
    try:
        return read_shapes(data, townships)
    except ShapeFlaw as flaw:
        raise DomainError("shapes_unreadable", FLAWS[flaw.why], MEND, why=flaw.why, **flaw.numbers) from flaw


@transaction.atomic
def remove_township_shapes(viewer: Viewer) -> None:
    """Take the shapes of the viewer's division away: its map is schematic again.

    Raises:
        NotFound: there are none.
    """
    if not may_keep_map(viewer):
        raise Forbidden
    kept = township_shapes(viewer, viewer.division_id)
    if kept is None:
        raise NotFound
    record_act(viewer, GroundVerb.UNSHAPE, kept, before={"file_name": kept.file_name, "digest": kept.digest})
    kept.delete()


@transaction.atomic
def locate_project(
    viewer: Viewer,
    project: Project,
    *,
    longitude: Decimal | None,
    latitude: Decimal | None,
    seen_version: int | None = None,
) -> Project:
    """Say where a project stands, in degrees of WGS-84; both None when nobody knows any more.

    Raises:
        DomainError: ``place_incomplete``, ``place_outside``.
    """
    if not may_edit_project(viewer, project):
        raise Forbidden
    _refuse_place(longitude, latitude)
    row = locked(project)
    check_version(row, seen_version)
    before = {"longitude": row.longitude, "latitude": row.latitude}
    row.longitude, row.latitude = longitude, latitude
    save_changes(row, "longitude", "latitude")
    record_act(viewer, GroundVerb.LOCATE, row, before=before, after={"longitude": longitude, "latitude": latitude})
    return project_for(viewer, row.pk)


def is_in_china(longitude: Decimal | None, latitude: Decimal | None) -> bool:
    """Whether both are said and name a place that a project of a county can have, in degrees of WGS-84."""
    return longitude is not None and latitude is not None and WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


def _refuse_place(longitude: Decimal | None, latitude: Decimal | None) -> None:
    if (longitude is None) is not (latitude is None):
        raise DomainError(
            "place_incomplete", _("A place has a longitude and a latitude."), _("Give both, or leave both empty.")
        )
    if longitude is None or latitude is None:
        return
    if not is_in_china(longitude, latitude):
        raise DomainError(
            "place_outside",
            _("%(longitude)s, %(latitude)s is no place in China."),
            _("Longitude comes first, such as 111.5706; latitude second, such as 35.4906; both in degrees of WGS-84."),
            longitude=longitude,
            latitude=latitude,
        )


@transaction.atomic
def place_projects(viewer: Viewer, placed: Sequence[tuple[int, int, Decimal, Decimal]]) -> None:
    """Say of many projects in which township and where they stand: (project, place, longitude, latitude).

    Raises:
        DomainError: ``place_outside``.
    """
    if not may_keep_ledger(viewer):
        raise Forbidden
    wanted = {number: (place, longitude, latitude) for number, place, longitude, latitude in placed}
    rows = list(Project.objects.filter(pk__in=wanted, division_id=viewer.division_id).select_for_update())
    known = {each.division.pk for each in division_tree(viewer)}
    lines = []
    for row in rows:
        place, longitude, latitude = wanted[row.pk]
        if place not in known:
            raise NotFound
        _refuse_place(longitude, latitude)
        before = {"place_id": row.place_id, "longitude": row.longitude, "latitude": row.latitude}
        row.place_id, row.longitude, row.latitude = place, longitude, latitude
        row.version += 1
        after = {"place_id": place, "longitude": longitude, "latitude": latitude}
        lines.append((row, before, after, ""))
    Project.objects.bulk_update(rows, ["place", "longitude", "latitude", "version"], 500)
    record_acts(viewer, GroundVerb.LOCATE, lines)
