"""The most that can flow from a source to a sink, in whole units (Edmonds and Karp, 1972)."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable

SOURCE, SINK = "source", "sink"


class Flow:
    """A network whose arcs are added one by one; nodes are any names."""

    def __init__(self) -> None:
        self.left: dict[Hashable, dict[Hashable, int]] = {SOURCE: {}, SINK: {}}

    def add(self, start: Hashable, end: Hashable, most: int) -> None:
        """An arc that carries at most so much."""
        self.left.setdefault(start, {})[end] = most
        self.left.setdefault(end, {}).setdefault(start, 0)

    def augment(self) -> int:
        """Send as much more as can be sent; how much that was. O(V E^2)."""
        total = 0
        while path := self._shortest():
            most = min(self.left[start][end] for start, end in path)
            for start, end in path:
                self.left[start][end] -= most
                self.left[end][start] += most
            total += most
        return total

    def sent(self, start: Hashable, end: Hashable) -> int:
        """What an arc carries."""
        return self.left[end][start]

    def _shortest(self) -> list[tuple[Hashable, Hashable]]:
        came: dict[Hashable, Hashable] = {SOURCE: SOURCE}
        waiting: deque[Hashable] = deque([SOURCE])
        while waiting and SINK not in came:
            here = waiting.popleft()
            for there, left in self.left[here].items():
                if left > 0 and there not in came:
                    came[there] = here
                    waiting.append(there)
        return _way(came) if SINK in came else []


def _way(came: dict[Hashable, Hashable]) -> list[tuple[Hashable, Hashable]]:
    here: Hashable = SINK
    found: list[tuple[Hashable, Hashable]] = []
    while here != SOURCE:
        found.append((came[here], here))
        here = came[here]
    return found
