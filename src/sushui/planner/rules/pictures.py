"""A plan as people look at it: bars in weeks, what of each factor is used, and what two plans do differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sushui.planner.enums import ActivityKind, ValuePart


@dataclass(frozen=True)
class Placed:
    """An activity in a plan, from week ``start`` up to, not including, ``end``."""

    key: str
    start: int
    end: int
    mode: int = 0

    @property
    def kind(self) -> ActivityKind:
        kind = self.key.partition(":")[0]
        return ActivityKind(kind)

    @property
    def step(self) -> str:
        """The permit step that it is."""
        return self.key.partition(":")[2]


def placed_by_project(plan: Iterable[Sequence[Any]]) -> dict[str, list[Placed]]:
    """The activities of a stored plan by project, in its order."""
    found: dict[str, list[Placed]] = {}
    for project, activity, start, end, mode in plan:
        found.setdefault(project, []).append(Placed(activity, start, end, mode))
    return found


@dataclass(frozen=True)
class PlannedProject:
    """A project that is in a plan, with its activities in the order of time."""

    key: str
    activities: tuple[Placed, ...]

    @property
    def works(self) -> Placed:
        return next(each for each in self.activities if each.kind is ActivityKind.WORKS)

    @property
    def start(self) -> int:
        return min(each.start for each in self.activities)

    @property
    def end(self) -> int:
        return max(each.end for each in self.activities)


@dataclass(frozen=True)
class Profile:
    """A factor week by week: what there is of it and what the plan uses of that, both in the factor's smallest part.

    Of what is used up, both are summed from the first week on, and what has run out unused is gone. ``is_money``:
    ``key`` is a source.
    """

    key: str
    capacity: tuple[int, ...]
    used: tuple[int, ...]
    decimals: int = 0
    is_renewable: bool = False
    is_money: bool = False

    @property
    def most(self) -> int:
        """The height of its picture."""
        return max((*self.capacity, *self.used, 1))

    def at(self, week: int) -> tuple[float, float]:
        """What is used by a week, and what there is, in the factor's unit."""
        scale = 10**self.decimals
        return self.used[week] / scale, self.capacity[week] / scale

    @property
    def tightest(self) -> int:
        """The week in which the largest share is used; of what is used up, of those in which something is taken.

        0 where nothing is.
        """
        weeks = [week for week in range(len(self.used)) if self.is_renewable or self._taken(week)]
        return max(weeks, key=lambda week: (self._share(week), -week), default=0)

    def _taken(self, week: int) -> int:
        return self.used[week] - (self.used[week - 1] if week else 0)

    def _share(self, week: int) -> float:
        used, capacity = self.used[week], self.capacity[week]
        return used / capacity if capacity else float(used > 0)


@dataclass(frozen=True)
class Picture:
    """All of a plan: the projects in it in the order of their construction, those out, and what of the factors is used.

    ``invested``: by project what it does in the scenario's year, in 万元.
    """

    weeks: int
    inside: tuple[PlannedProject, ...] = ()
    outside: tuple[str, ...] = ()
    profiles: tuple[Profile, ...] = ()
    worth: Mapping[ValuePart, int] | None = None
    invested: Mapping[str, int] | None = None

    @property
    def planned(self) -> Mapping[str, PlannedProject]:
        return {each.key: each for each in self.inside}


# --- two plans -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Move:
    """A project whose construction lies elsewhere in another plan, in weeks: above 0 later, below 0 earlier."""

    key: str
    begins: int
    ends: int


@dataclass(frozen=True)
class Difference:
    """What a second plan does otherwise than a first one."""

    entered: tuple[str, ...]
    left: tuple[str, ...]
    moved: tuple[Move, ...]
    same: int
    worth: Mapping[ValuePart, tuple[int, int]]


def difference(before: Picture, after: Picture, shift: int = 0) -> Difference:
    """Projects in and out, moves and value; ``shift``: by how many weeks the second's first week lies later."""
    was, now = before.planned, after.planned
    both = [key for key in now if key in was]
    moves = [move for key in both if (move := _move(key, was[key].works, now[key].works, shift))]
    return Difference(
        entered=tuple(key for key in now if key not in was),
        left=tuple(key for key in was if key not in now),
        moved=tuple(sorted(moves, key=lambda move: (-abs(move.begins), -abs(move.ends), move.key))),
        same=len(both) - len(moves),
        worth=_worths(before, after),
    )


def _move(key: str, was: Placed, now: Placed, shift: int) -> Move | None:
    begins, ends = now.start + shift - was.start, now.end + shift - was.end
    return Move(key, begins, ends) if begins or ends else None


def _worths(before: Picture, after: Picture) -> dict[ValuePart, tuple[int, int]]:
    was, now = before.worth or {}, after.worth or {}
    return {part: (was.get(part, 0), now.get(part, 0)) for part in ValuePart if part in was or part in now}


def progress_kept(points: Iterable[tuple[float, int | None, int | None]], most: int) -> list[list[float | int | None]]:
    """The points of a search's progress in which something changed, at most so many: the middle ones are thinned."""
    kept: list[list[float | int | None]] = []
    for second, objective, bound in points:
        if not kept or kept[-1][1:] != [objective, bound]:
            kept.append([round(second, 1), objective, bound])
    while len(kept) > most:
        kept = [kept[0], *kept[1:-1:2], kept[-1]]
    return kept
