"""The map: townships with their projects by light, on shapes that were uploaded, else on tiles that are schematic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.kernel.templatetags.look import LIGHTS
from sushui.projects.enums.ground import Datum
from sushui.projects.models import TownshipShapes
from sushui.projects.queries import ProjectPoint
from sushui.projects.rules.projection import Frame, Point, center, heaps, to_gcj02
from sushui.projects.rules.tiles import tiles_of
from sushui.supervision.enums import StatusLight

WIDTH, HEIGHT = 800.0, 560.0
TILE, GAP = (176.0, 96.0), 8.0
HEAP = 16.0  # as near as two marks may stand
ORDER = (StatusLight.RED, StatusLight.YELLOW, StatusLight.GREEN, StatusLight.NONE)
SHAPES = {
    StatusLight.RED: "M-5-5h10v10h-10z",
    StatusLight.YELLOW: "M0-6l6 11h-12z",
    StatusLight.GREEN: "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z",
    StatusLight.NONE: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
}


@dataclass(frozen=True)
class LightCount:
    """How many projects show a light, and where they stand in the ledger."""

    light: StatusLight
    count: int
    url: str

    @property
    def shape(self) -> str:
        return LIGHTS[self.light][0]

    @property
    def word(self) -> str:
        return str(LIGHTS[self.light][1])


@dataclass(frozen=True)
class MapArea:
    """A township or county with its projects; drawn as a tile at x and y or as the shape ``path``."""

    name: str
    url: str
    counts: list[LightCount]
    x: float = 0
    y: float = 0
    path: str = ""

    @property
    def total(self) -> int:
        return sum(each.count for each in self.counts)

    @property
    def shown(self) -> list[LightCount]:
        return [each for each in self.counts if each.count]

    @property
    def words(self) -> str:
        """All of it in one sentence, for who hovers or listens."""
        said = ", ".join(f"{each.word} {each.count}" for each in self.shown)
        return f"{self.name}: {said}" if said else self.name


@dataclass(frozen=True)
class MapMark:
    """A project at its place, or several that would cover each other with the worst of their lights."""

    x: float
    y: float
    light: StatusLight
    words: str
    url: str
    count: int = 1

    @property
    def shape(self) -> str:
        return SHAPES[self.light]


@dataclass(frozen=True)
class CountyMap:
    """What the page draws: areas, marks, what lies nowhere, and whose shapes these are (None: schematic)."""

    areas: list[MapArea]
    elsewhere: MapArea
    width: float
    height: float
    kept: TownshipShapes | None = None
    marks: list[MapMark] = field(default_factory=list)


Counts = Mapping[tuple[Any, StatusLight], int]
Below = Sequence[tuple[int, str, str]]  # number, code and name of each division that is drawn


def areas_below(divisions: Iterable[Any], number: int) -> Below:
    """The divisions and townships that lie directly in one."""
    return [(each.pk, each.code, each.name) for each in divisions if each.parent_id == number]


class MapMaker:
    """Draws the map of a division; ``name`` is what the ledger calls an area: ``place`` or ``division``."""

    def __init__(self, counts: Counts, below: Below, query: QueryDict, name: str) -> None:
        self.counts, self.below, self.query, self.name = counts, below, query, name

    def schematic(self, code: str) -> CountyMap:
        """A tile for each area."""
        tiles = tiles_of(code, [code for _number, code, _name in self.below])
        wide, tall = TILE[0] + GAP, TILE[1] + GAP
        areas = [
            self._area(number, name, x=tiles[code][0] * wide, y=tiles[code][1] * tall)
            for number, code, name in self.below
        ]
        width = max((each.x for each in areas), default=0) + TILE[0]
        return CountyMap(areas, self._elsewhere(), width, max((each.y for each in areas), default=0) + TILE[1])

    def shaped(self, kept: TownshipShapes, points: Iterable[ProjectPoint], only: int | None = None) -> CountyMap:
        """The shapes, around one where the ledger is narrowed to it; who has no shape stands in the list alone."""
        shapes: Mapping[int, Any] = {int(number): rings for number, rings in kept.shapes.items()}
        near = {only: shapes[only]} if only is not None and only in shapes else shapes
        frame = Frame.around([corner for rings in near.values() for ring in rings for corner in ring], WIDTH, HEIGHT)
        areas = []
        for number, _code, name in self.below:
            rings = shapes.get(number)
            x, y = frame.place(center(rings)) if rings else (0.0, 0.0)
            areas.append(self._area(number, name, x=x, y=y, path=frame.path(rings) if rings else ""))
        return CountyMap(areas, self._elsewhere(), WIDTH, HEIGHT, kept, self._marks(kept, frame, points))

    def _marks(self, kept: TownshipShapes, frame: Frame, points: Iterable[ProjectPoint]) -> list[MapMark]:
        shift = to_gcj02 if kept.datum is Datum.GCJ_02 else _unmoved
        placed = {point: frame.place(shift((point.longitude, point.latitude))) for point in points}
        inside = {point: at for point, at in placed.items() if 0 <= at[0] <= WIDTH and 0 <= at[1] <= HEIGHT}
        return [_mark(heap, inside) for heap in heaps(inside, HEAP)]

    def _area(self, number: int | None, name: str, **at: Any) -> MapArea:
        counts = [LightCount(light, self.counts.get((number, light), 0), self._url(number, light)) for light in ORDER]
        return MapArea(name, self._url(number, None), counts, **at)

    def _elsewhere(self) -> MapArea:
        """What is counted in none of the areas: nobody has said where, or only the county."""
        drawn = {number for number, _code, _name in self.below}
        sums = dict.fromkeys(ORDER, 0)
        for (number, light), count in self.counts.items():
            if number not in drawn:
                sums[light] += count
        counts = [LightCount(light, sums[light], "") for light in ORDER]
        url = f"{reverse('projects:ledger')}?{self._asked(without='township')}" if self.name == "place" else ""
        return MapArea(_("Township not said"), url, counts)

    def _url(self, number: int | None, light: StatusLight | None) -> str:
        """Where the area's projects are: on the map of them alone, those of one light in the grid."""
        said = {self.name: str(number)} | ({"light": light.value} if light else {})
        page = "projects:ledger" if light else "projects:map"
        return f"{reverse(page)}?{self._asked(**said)}"

    def _asked(self, **said: str) -> str:
        asked = self.query.copy()
        for key, value in said.items():
            asked[key] = value
        return asked.urlencode()


def _unmoved(point: Point) -> Point:
    return point


def _mark(heap: Sequence[ProjectPoint], placed: Mapping[ProjectPoint, Point]) -> MapMark:
    worst = min(heap, key=lambda point: ORDER.index(point.light))
    x, y = placed[worst]
    names = [f"{LIGHTS[point.light][1]} {point.name}" for point in heap[:12]]
    words = "\n".join([*names, "…"] if len(heap) > len(names) else names)
    return MapMark(x, y, worst.light, words, reverse("projects:project", args=[worst.project_id]), len(heap))
