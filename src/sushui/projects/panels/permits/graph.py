"""The permits of a project drawn as a graph: layers by the longest way, lanes for long lines, plain numbers in pixels.

Steps stand in columns, each after everything that comes before it. A line that passes a column has a place of its own
there, so that it runs beside the boxes and not through them. Lines that say nothing new (there is a longer way) are
left out. Places in a column follow the middle of their neighbors, swept to and fro.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

COLUMN, ROW = 204, 76  # from one box to the next
WIDTH, HEIGHT = 164, 58
EDGE = 12
SWEEPS = 4
CHINESE_IN_LINE, LATIN_IN_LINE = 12, 24
LINES = 2


@dataclass(frozen=True)
class Box:
    """A step's box: its left upper corner, and its name in lines that fit."""

    key: str
    x: int
    y: int
    lines: tuple[str, ...]

    @property
    def texts(self) -> list[tuple[int, str]]:
        """Each line of the name with its height."""
        return [(self.y + 17 + 15 * number, line) for number, line in enumerate(self.lines)]

    @property
    def foot(self) -> int:
        return self.y + HEIGHT - 8

    @property
    def left(self) -> int:
        return self.x + 8


@dataclass(frozen=True)
class Line:
    """A prerequisite as a path in SVG's words; ``is_critical``: it lies on the critical path."""

    path: str
    is_critical: bool


@dataclass(frozen=True)
class Drawing:
    """The whole graph with its size."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    box_width: int = WIDTH
    box_height: int = HEIGHT


@dataclass
class _Layout:
    """Columns of keys; a place that a line only passes is called (from, to, column)."""

    columns: list[list[object]] = field(default_factory=list)
    after: dict[object, list[object]] = field(default_factory=dict)
    before: dict[object, list[object]] = field(default_factory=dict)

    def join(self, first: object, second: object) -> None:
        self.after.setdefault(first, []).append(second)
        self.before.setdefault(second, []).append(first)


def drawing(requires: Mapping[str, Sequence[str]], names: Mapping[str, str], critical: Sequence[str]) -> Drawing:
    """Draw steps, each after its prerequisites in ``requires``; lines of the critical path are marked."""
    bare = without_detours(requires)
    layers = layers_of(bare)
    layout, ways = _laid_out(bare, layers)
    _untangle(layout)
    places = {key: (column, row) for column, keys in enumerate(layout.columns) for row, key in enumerate(keys)}
    tallest = max((len(keys) for keys in layout.columns), default=0)
    offsets = [(tallest - len(keys)) * ROW // 2 for keys in layout.columns]
    corner = {
        key: (EDGE + column * COLUMN, EDGE + offsets[column] + row * ROW) for key, (column, row) in places.items()
    }
    chain = set(pairwise(critical))
    lines = [Line(_path([corner[key] for key in way]), (way[0], way[-1]) in chain) for way in ways]
    return Drawing(
        width=2 * EDGE + max(0, len(layout.columns) - 1) * COLUMN + WIDTH,
        height=2 * EDGE + max(0, tallest - 1) * ROW + HEIGHT,
        boxes=tuple(Box(key, *corner[key], lines=wrapped(names[key])) for key in bare),
        lines=tuple(sorted(lines, key=lambda line: line.is_critical)),  # bold ones on top
    )


def leading_to(goal: str, requires: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Only what leads to the goal, the goal with it, in the order of ``requires``."""
    wanted, front = {goal}, [goal]
    while front:
        front = [key for step in front for key in requires[step] if key not in wanted]
        wanted.update(front)
    return {key: list(requires[key]) for key in requires if key in wanted}


def without_detours(requires: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The same order with the fewest lines: a prerequisite of a prerequisite needs none of its own.

    ``requires`` names each step after its prerequisites.
    """
    reach: dict[str, set[str]] = {}
    bare: dict[str, list[str]] = {}
    for key, before in requires.items():
        known = [each for each in before if each in reach]
        further = set[str]().union(*(reach[each] for each in known))
        bare[key] = [each for each in known if each not in further]
        reach[key] = further | set(known)
    return bare


def layers_of(requires: Mapping[str, Collection[str]]) -> dict[str, int]:
    """The column of each step: one after the last of its prerequisites."""
    layers: dict[str, int] = {}
    for key, before in requires.items():
        layers[key] = max((layers[each] + 1 for each in before), default=0)
    return layers


def _laid_out(requires: Mapping[str, Sequence[str]], layers: Mapping[str, int]) -> tuple[_Layout, list[list[object]]]:
    layout = _Layout([[] for _column in range(max(layers.values(), default=-1) + 1)])
    for key, layer in layers.items():
        layout.columns[layer].append(key)
    ways = []
    for key, before in requires.items():
        for first in before:
            passed = [(first, key, column) for column in range(layers[first] + 1, layers[key])]
            for place in passed:
                layout.columns[place[2]].append(place)
            way: list[object] = [first, *passed, key]
            for here, there in pairwise(way):
                layout.join(here, there)
            ways.append(way)
    return layout, ways


def _untangle(layout: _Layout) -> None:
    """Order each column by the middle of its neighbors' places, to and fro; equal ones stay as they stand."""
    for turn in range(SWEEPS):
        forward = turn % 2 == 0
        columns = layout.columns if forward else layout.columns[::-1]
        neighbors = layout.before if forward else layout.after
        for fixed, column in pairwise(columns):
            places = {key: place for place, key in enumerate(fixed)}
            middle = {
                key: _middle([places[each] for each in neighbors.get(key, []) if each in places]) for key in column
            }
            known = [key for key in column if middle[key] is not None]
            known.sort(key=lambda key: middle[key] or 0)
            loose = [key for key in column if middle[key] is None]
            column[:] = [*known, *loose]


def _middle(places: Sequence[int]) -> float | None:
    return sum(places) / len(places) if places else None


def _path(corners: Iterable[tuple[int, int]]) -> str:
    """From the right side of the first box, level past each place between, to the left side of the last."""
    points = list(corners)
    x, y = points[0][0] + WIDTH, points[0][1] + HEIGHT // 2
    said = [f"M{x} {y}"]
    for column, row in points[1:]:
        to_x, to_y = column, row + HEIGHT // 2
        half = (x + to_x) // 2
        said.append(f"C{half} {y} {half} {to_y} {to_x} {to_y}")
        x, y = to_x, to_y
        if (column, row) != points[-1]:
            x += WIDTH
            said.append(f"H{x}")
    return "".join(said)


def wrapped(name: str) -> tuple[str, ...]:
    """A name in at most two lines; what does not fit ends in an ellipsis, the whole stands on hover."""
    if not name.isascii():
        rows = [name[at : at + CHINESE_IN_LINE] for at in range(0, len(name), CHINESE_IN_LINE)]
    else:
        rows = _words_in_lines(name)
    shown = rows[:LINES]
    if len(rows) > LINES:
        shown[-1] = f"{shown[-1].rstrip()[: CHINESE_IN_LINE - 1 if not name.isascii() else LATIN_IN_LINE - 1]}…"
    return tuple(shown)


def _words_in_lines(text: str) -> list[str]:
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if len(longer) <= LATIN_IN_LINE or not rows[-1]:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows
