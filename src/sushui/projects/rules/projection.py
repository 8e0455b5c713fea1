"""From degrees to a picture: the datum of online maps, a frame that a county fills, and marks that stand together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt
from typing import TypeVar

Point = tuple[float, float]  # longitude and latitude in degrees, or x and y in the picture
Ring = Sequence[Point]
Item = TypeVar("Item", bound=Hashable)

# The ellipsoid of Krasovsky (1940), on which GCJ-02 shifts.
_AXIS, _ECCENTRICITY = 6378245.0, 0.00669342162296594323


def to_gcj02(point: Point) -> Point:
    """A place of WGS-84 as GCJ-02 shows it: some hundred meters away, by the published approximation of the shift."""
    x, y = point[0] - 105.0, point[1] - 35.0
    latitude = radians(point[1])
    magic = 1 - _ECCENTRICITY * sin(latitude) ** 2
    north = _north(x, y) * 180.0 / ((_AXIS * (1 - _ECCENTRICITY)) / (magic * sqrt(magic)) * pi)
    east = _east(x, y) * 180.0 / (_AXIS / sqrt(magic) * cos(latitude) * pi)
    return point[0] + east, point[1] + north


def _waves(amplitudes: Sequence[tuple[float, float]], value: float) -> float:
    return sum(amplitude * sin(value * factor * pi) for amplitude, factor in amplitudes) * 2 / 3


def _north(x: float, y: float) -> float:
    plain = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    waves = _waves(((20, 6), (20, 2)), x) + _waves(((20, 1), (40, 1 / 3)), y)
    return plain + waves + _waves(((160, 1 / 12), (320, 1 / 30)), y)


def _east(x: float, y: float) -> float:
    plain = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    return plain + _waves(((20, 6), (20, 2), (20, 1), (40, 1 / 3)), x) + _waves(((150, 1 / 12), (300, 1 / 30)), x)


# --- the picture -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Frame:
    """A picture of ``width`` x ``height`` that a stretch of ground fills, a degree of longitude as long as it is."""

    west: float
    north: float
    scale: float
    narrowing: float
    left: float
    top: float

    @classmethod
    def around(cls, points: Iterable[Point], width: float, height: float, margin: float = 12) -> Frame:
        """The frame that holds all of the points, which are some."""
        longitudes, latitudes = zip(*points, strict=True)
        west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
        narrowing = cos(radians((south + north) / 2))
        wide, tall = max((east - west) * narrowing, 1e-6), max(north - south, 1e-6)
        scale = min((width - 2 * margin) / wide, (height - 2 * margin) / tall)
        return cls(west, north, scale, narrowing, (width - wide * scale) / 2, (height - tall * scale) / 2)

    def place(self, point: Point) -> Point:
        """Where a place lies in the picture, y downward."""
        x = self.left + (point[0] - self.west) * self.narrowing * self.scale
        return x, self.top + (self.north - point[1]) * self.scale

    def path(self, rings: Iterable[Ring]) -> str:
        """The outline of a shape as SVG draws it."""
        return "".join(f"M{'L'.join(self._said(point) for point in ring)}Z" for ring in rings)

    def _said(self, point: Point) -> str:
        x, y = self.place(point)
        return f"{x:.1f} {y:.1f}"


def center(rings: Sequence[Ring]) -> Point:
    """The middle of the weight of a shape's largest ring: where its name stands."""
    ring = max(rings, key=lambda each: abs(_area(each)))
    area = _area(ring)
    if not area:
        return ring[0]
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    return x, y


def _area(ring: Ring) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def heaps(placed: Mapping[Item, Point], size: float) -> list[list[Item]]:
    """What lies in the same square of ``size``, each heap in the order given: marks that would cover each other."""
    found: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for item, (x, y) in placed.items():
        found[int(x // size), int(y // size)].append(item)
    return list(found.values())
