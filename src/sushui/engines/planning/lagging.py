"""Whether lags leave any starts at all: a way round by which each activity would begin after itself shows that not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .problem import Activity, From, Lag, Problem, Ref


class Contradiction(NamedTuple):
    """Activities in a ring, the first again at the end: going round, each would begin `by` slots after itself."""

    activities: tuple[Ref, ...]
    by: int


class _Edge(NamedTuple):
    """`head` begins at least `least` slots after `tail` begins."""

    tail: Ref
    head: Ref
    least: int


def contradiction(problem: Problem, lags: Sequence[Lag]) -> Contradiction | None:
    """A ring of lags that no starts can keep, or None; lags close no circle, so only one with a `most` can be in it.

    It is a longest way that can be made longer for ever (Bellman and Ford), seen by who made whom begin later. Work
    whose duration is open is taken at its shortest where that is easier to keep, and at its longest elsewhere.
    """
    if all(lag.most is None for lag in lags):
        return None
    edges = [edge for lag in lags for edge in _edges(problem, lag)]
    starts = dict.fromkeys((ref for edge in edges for ref in (edge.tail, edge.head)), 0)
    pushed: dict[Ref, _Edge] = {}
    while _push(edges, starts, pushed):
        for ref in pushed:
            if ring := _ring(ref, pushed):
                return Contradiction((*(edge.tail for edge in ring), ring[0].tail), sum(edge.least for edge in ring))
    return None


def _push(edges: Sequence[_Edge], starts: dict[Ref, int], pushed: dict[Ref, _Edge]) -> bool:
    """Begin everything as late as its edges ask; whether anything moved."""
    moved = False
    for edge in edges:
        if starts[edge.tail] + edge.least > starts[edge.head]:
            starts[edge.head] = starts[edge.tail] + edge.least
            pushed[edge.head] = edge
            moved = True
    return moved


def _ring(ref: Ref, pushed: dict[Ref, _Edge]) -> list[_Edge]:
    """The ring through `ref` of those that pushed each other, in the order of pushing; empty if there is none."""
    way: list[_Edge] = []
    seen: set[Ref] = set()
    at = ref
    while at in pushed and at not in seen:
        seen.add(at)
        way.append(pushed[at])
        at = pushed[at].tail
    return way[::-1] if way and at == ref else []


def _edges(problem: Problem, lag: Lag) -> Iterator[_Edge]:
    activity, is_from_start = problem.activity[lag.before], lag.counted_from is From.START
    yield _Edge(lag.before, lag.after, lag.least + (0 if is_from_start else _shortest(activity)))
    if lag.most is not None:
        yield _Edge(lag.after, lag.before, -lag.most - (0 if is_from_start else _longest(problem, activity)))


def _shortest(activity: Activity) -> int:
    return min(mode.duration for mode in activity.modes)


def _longest(problem: Problem, activity: Activity) -> int:
    """The most slots from start to end, the pauses between counted too."""
    slots, duration = problem.working[activity.calendar].slots, max(mode.duration for mode in activity.modes)
    if duration == 0:
        return 0
    return max((last + 1 - first for first, last in zip(slots, slots[duration - 1 :], strict=False)), default=duration)
