"""In which order the activities of a project are eliminated, so that the best of all their choices is found exactly.

Dynamic programming over a network (Bertelè and Brioschi 1972, Nonserial dynamic programming): an activity with one
neighbor is folded into it; one with two is replaced by a table over the choices of both. Series-parallel networks, as
permits and works are, need no more. Where every activity left has three neighbors, lags are left out until one has two:
what is found is then a bound on the best, and no longer always a plan.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

ROOT, FOLD, FOLD_WIDE, JOIN = 0, 1, 2, 3  # kinds of steps
EARLY, LATE = 1, 2
TOO_DEAR = 9


class Arc(NamedTuple):
    """A lag between two activities of a project; `is_bounded`: it has a greatest length, too."""

    before: int
    after: int
    is_bounded: bool = False


class Step(NamedTuple):
    """Eliminate `activity`, whose neighbors are `x` and `y` (-1: none). `edges`: to x, to y, from x to y.

    `prune`: of the choices of x only those matter that no other beats in ending early (in starting late) and in worth.
    """

    kind: int
    activity: int
    x: int
    y: int
    edges: tuple[int, int, int]
    prune: int
    is_fresh: bool = False  # whether it is the first to write the table of x and y


@dataclass
class Edge:
    """What stands between two activities: lags, and a table [choices of row, choices of column] or -1."""

    row: int
    column: int
    arcs: list[int] = field(default_factory=list)
    table: int = -1
    is_bounded: bool = False
    early: set[int] = field(default_factory=set)  # ends that like to be early: from which every lag goes out
    late: set[int] = field(default_factory=set)
    made_of: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Program:
    """The elimination of one network."""

    steps: tuple[Step, ...]
    edges: tuple[Edge, ...]
    tables: int
    dropped: int


def eliminate(count: int, arcs: Sequence[Arc]) -> Program:
    """The steps for a network of `count` activities."""
    left_out: set[int] = set()
    while True:
        elimination = _Elimination(count, arcs, left_out)
        if elimination.is_finished():
            return Program(tuple(elimination.steps), tuple(elimination.edges), elimination.tables, len(left_out))
        left_out.add(elimination.needless())


class _Elimination:
    def __init__(self, count: int, arcs: Sequence[Arc], left_out: Collection[int]) -> None:
        self.left = set(range(count))
        self.edges: list[Edge] = []
        self.at: list[dict[int, int]] = [{} for _ in range(count)]  # neighbor: edge
        self.steps: list[Step] = []
        self.tables = 0
        for number, arc in enumerate(arcs):
            if number not in left_out:
                self._add(number, arc)

    def is_finished(self) -> bool:
        """Eliminate as long as some activity has few enough neighbors; whether that was all of them."""
        while self.left:
            cost, activity = min((self._cost(activity), activity) for activity in self.left)
            if cost >= TOO_DEAR:
                return False
            self._eliminate(activity)
        return True

    def needless(self) -> int:
        """A lag whose absence lets the elimination go further: between two activities that have many."""
        _, activity = min((self._cost(activity), activity) for activity in self.left)
        neighbor = max(self.at[activity], key=lambda each: (len(self.at[each]), each))
        return min(self.edges[self.at[activity][neighbor]].made_of)

    def _add(self, number: int, arc: Arc) -> None:
        edge = self.edges[self._edge(arc.before, arc.after)]
        if edge.arcs:  # between two lags no end is always better early or late
            edge.is_bounded = True
        edge.arcs.append(number)
        edge.made_of.add(number)
        edge.is_bounded |= arc.is_bounded
        edge.early, edge.late = {arc.before}, {arc.after}

    def _edge(self, x: int, y: int) -> int:
        if y not in self.at[x]:
            self.at[x][y] = self.at[y][x] = len(self.edges)
            self.edges.append(Edge(x, y))
        return self.at[x][y]

    def _is_plain(self, edge: int) -> bool:
        """Whether it is one lag and nothing else."""
        return self.edges[edge].table < 0 and len(self.edges[edge].arcs) == 1

    def _likes(self, activity: int, *, but: int = -1) -> int:
        """EARLY or LATE if all that stands at the activity likes that."""
        edges = [self.edges[edge] for edge in self.at[activity].values()]
        if any(edge.is_bounded for edge in edges):
            return 0
        if all(activity in edge.early for edge in edges):
            return EARLY
        return LATE if all(activity in edge.late for edge in edges) else 0

    def _cost(self, activity: int) -> int:
        """How dear it is to eliminate; TOO_DEAR and more: no step does."""
        neighbors = self.at[activity]
        if len(neighbors) == 0:
            return 0
        if len(neighbors) == 1:
            return 0 if self._is_plain(next(iter(neighbors.values()))) else 1
        if len(neighbors) > 2:
            return 7 + len(neighbors)
        wide = sum(not self._is_plain(edge) for edge in neighbors.values())
        return (2 if any(self._likes(each) for each in neighbors) else 5) + (wide == 2)

    def _eliminate(self, activity: int) -> None:
        neighbors = list(self.at[activity])
        if not neighbors:
            self.steps.append(Step(ROOT, activity, -1, -1, (-1, -1, -1), 0))
        elif len(neighbors) == 1:
            edge = self.at[activity][neighbors[0]]
            kind = FOLD if self._is_plain(edge) else FOLD_WIDE
            prune = self._likes(neighbors[0]) if kind == FOLD_WIDE else 0
            self.steps.append(Step(kind, activity, neighbors[0], -1, (edge, -1, -1), prune))
        else:
            self._join(activity, *sorted(neighbors, key=lambda each: self._rank(activity, each)))
        for each in neighbors:
            del self.at[each][activity]
        self.left.remove(activity)

    def _rank(self, activity: int, neighbor: int) -> tuple[bool, bool]:
        """x comes first: one that can be pruned; y is best behind a plain lag."""
        return not self._likes(neighbor), self._is_plain(self.at[activity][neighbor])

    def _join(self, activity: int, x: int, y: int) -> None:
        to_x, to_y = self.at[activity][x], self.at[activity][y]
        prune = self._likes(x)
        joined = self._edge(x, y)
        edge = self.edges[joined]
        self.steps.append(Step(JOIN, activity, x, y, (to_x, to_y, joined), prune, edge.table < 0))
        is_new = edge.table < 0 and not edge.arcs
        if edge.table < 0:
            edge.table, self.tables = self.tables, self.tables + 1
        ends = {x: self.edges[to_x], y: self.edges[to_y]}
        early, late = ({end for end, old in ends.items() if end in getattr(old, like)} for like in ("early", "late"))
        edge.early, edge.late = (early, late) if is_new else (edge.early & early, edge.late & late)
        edge.is_bounded |= any(old.is_bounded for old in ends.values())
        edge.made_of = edge.made_of.union(*(old.made_of for old in ends.values()))
