"""Shapes of townships out of GeoJSON (RFC 7946): checked before anything is kept, thinned to what a page can draw.

Ours are plain lists: a shape is its rings, a ring its corners as [longitude, latitude] in degrees.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, isfinite
from typing import Any

Shape = list[list[list[float]]]
MOST_FEATURES, MOST_CORNERS = 500, 400_000
WIDEST = 4.0  # degrees that a county may reach; the widest of China, Ruoqiang, is left to be cut into townships
CHINA = (73.0, 3.0, 136.0, 54.0)  # west, south, east, north
FINE = 1 / 1500  # of the county's width: what no screen shows


class ShapeFlaw(ValueError):
    """What is wrong with a file of shapes; ``why`` names it, ``numbers`` say where."""

    def __init__(self, why: str, **numbers: Any) -> None:
        super().__init__(why)
        self.why = why
        self.numbers = numbers


@dataclass(frozen=True)
class Found:
    """The shapes by the number of their township, and the names of features that are none of them."""

    shapes: dict[int, Shape]
    left_out: tuple[str, ...]


def read_shapes(data: bytes, townships: Mapping[int, tuple[str, str]]) -> Found:
    """The shapes of the townships (number to code and name) in a file.

    A feature is a township's when one of its properties is its code, with or without zeros behind, or its name.

    Raises:
        ShapeFlaw: ``not_json``, ``not_features``, ``too_many``, ``no_polygon``, ``no_number``, ``outside``,
            ``too_wide``, ``nothing_matches``.
    """
    names = _names(townships)
    shapes: dict[int, Shape] = {}
    left_out = []
    corners = 0
    for place, feature in enumerate(_features(data), start=1):
        rings = list(_rings(feature, place))
        corners += sum(map(len, rings))
        if corners > MOST_CORNERS:
            raise ShapeFlaw("too_many", most=MOST_CORNERS)
        said = [str(value).strip() for value in (feature.get("properties") or {}).values() if value is not None]
        township = next((names[value] for value in said if value in names), None)
        if township is None:
            left_out.append(_called(said, place))
        else:
            shapes.setdefault(township, []).extend(rings)
    if not shapes:
        raise ShapeFlaw("nothing_matches", names=", ".join(left_out[:5]))
    return Found(_thinned(shapes), tuple(left_out))


def _names(townships: Mapping[int, tuple[str, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, (code, name) in townships.items():
        found |= dict.fromkeys((code, f"{code}000", f"{code:0<12}", name), number)
    return found


def _called(said: Sequence[str], place: int) -> str:
    return next((value[:40] for value in said if not value.replace(".", "").isdigit()), str(place))


def _features(data: bytes) -> list[dict[str, Any]]:
    try:
        document = json.loads(data, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise ShapeFlaw("not_json") from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features or not all(isinstance(each, dict) for each in features):
        raise ShapeFlaw("not_features")
    if len(features) > MOST_FEATURES:
        raise ShapeFlaw("too_many", most=MOST_FEATURES)
    return features


def _refused(_name: str) -> float:
    raise ValueError("NaN and infinities are no numbers of JSON")


def _rings(feature: Mapping[str, Any], place: int) -> Iterator[list[list[float]]]:
    said = feature.get("geometry")
    geometry: dict[str, Any] = said if isinstance(said, dict) else {}
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise ShapeFlaw("no_polygon", place=place)
    coordinates: Any = geometry.get("coordinates")
    polygons = coordinates if kind == "MultiPolygon" else [coordinates]
    try:
        for polygon in polygons:
            for ring in polygon:
                yield _ring(ring, place)
    except TypeError as error:
        raise ShapeFlaw("no_number", place=place) from error


def _ring(ring: Any, place: int) -> list[list[float]]:
    corners = [_corner(each, place) for each in ring]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(corners) < 3:
        raise ShapeFlaw("no_polygon", place=place)
    return corners


def _corner(corner: Any, place: int) -> list[float]:
    is_pair = isinstance(corner, list) and len(corner) >= 2
    if not is_pair or not all(isinstance(each, int | float) and isfinite(each) for each in corner[:2]):
        raise ShapeFlaw("no_number", place=place)
    longitude, latitude = float(corner[0]), float(corner[1])
    west, south, east, north = CHINA
    if not (west <= longitude <= east and south <= latitude <= north):
        raise ShapeFlaw("outside", place=place, longitude=corner[0], latitude=corner[1])
    return [longitude, latitude]


# --- thinning --------------------------------------------------------------------------------------------------------
def _thinned(shapes: dict[int, Shape]) -> dict[int, Shape]:
    corners = [corner for rings in shapes.values() for ring in rings for corner in ring]
    wide = max(max(each[axis] for each in corners) - min(each[axis] for each in corners) for axis in (0, 1))
    if wide > WIDEST:
        raise ShapeFlaw("too_wide", degrees=round(wide, 1), most=WIDEST)
    return {number: [thin(ring, wide * FINE) for ring in rings] for number, rings in shapes.items()}


def thin(ring: list[list[float]], off: float) -> list[list[float]]:
    """A ring with the corners left out that lie nowhere further than ``off`` from it (Douglas and Peucker, 1973).

    At least three corners stay; they are kept to six places behind the point, about a decimeter.
    """
    far = max(range(len(ring)), key=lambda place: _apart(ring[place], ring[0]))
    kept = {0, far} | _needed(ring, 0, far, off) | _needed(ring, far, len(ring), off)
    if len(kept) < 3:
        kept |= {0, far, next(place for place in range(len(ring)) if place not in {0, far})}
    return [[round(value, 6) for value in ring[place]] for place in sorted(kept)]


def _needed(ring: list[list[float]], first: int, last: int, off: float) -> set[int]:
    """The corners between two that must stay; the one behind the last is the first again."""
    needed: set[int] = set()
    waiting = [(first, last)]
    while waiting:
        low, high = waiting.pop()
        between = range(low + 1, high)
        if not between:
            continue
        a, b = ring[low], ring[high % len(ring)]
        far = max(between, key=lambda place: _off(ring[place], a, b))
        if _off(ring[far], a, b) > off:
            needed.add(far)
            waiting += [(low, far), (far, high)]
    return needed


def _apart(a: list[float], b: list[float]) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _off(point: list[float], a: list[float], b: list[float]) -> float:
    """How far a point lies from the line between two."""
    length = _apart(a, b)
    if not length:
        return _apart(point, a)
    return abs((b[0] - a[0]) * (a[1] - point[1]) - (a[0] - point[0]) * (b[1] - a[1])) / length
