"""A maximum flow that grows: capacities are raised one by one, and what more can flow is pushed through (Dinic)."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from itertools import pairwise

SOURCE, SINK = "source", "sink"


class Flow:
    """A network between `SOURCE` and `SINK`; nodes are whatever names them. `value` is what flows."""

    def __init__(self) -> None:
        self.value = 0
        self._rest: dict[Hashable, dict[Hashable, int]] = {SOURCE: {}, SINK: {}}  # what could still flow

    def widen(self, tail: Hashable, head: Hashable, capacity: int) -> None:
        """Let `capacity` more flow from one node to another."""
        self._rest.setdefault(tail, {}).setdefault(head, 0)
        self._rest.setdefault(head, {}).setdefault(tail, 0)
        self._rest[tail][head] += capacity

    def push(self) -> int:
        """Let flow what can, without taking from any use of the sink what already reaches it; how much more that is."""
        before = self.value
        while (levels := self._levels()).get(SINK) is not None:
            unseen = {node: list(heads) for node, heads in self._rest.items()}
            while path := self._path(levels, unseen):
                self._send(path)
        return self.value - before

    def _levels(self) -> dict[Hashable, int]:
        """How many steps each node is from the source, along what could still flow."""
        levels: dict[Hashable, int] = {SOURCE: 0}
        waiting: deque[Hashable] = deque([SOURCE])
        while waiting:
            tail = waiting.popleft()
            for head, rest in self._rest[tail].items():
                if rest > 0 and head not in levels:
                    levels[head] = levels[tail] + 1
                    waiting.append(head)
        return levels

    def _path(self, levels: dict[Hashable, int], unseen: dict[Hashable, list[Hashable]]) -> list[Hashable]:
        """A way to the sink that goes one level further with every step; dead ends are not entered twice."""
        path: list[Hashable] = [SOURCE]
        while path and path[-1] != SINK:
            tail = path[-1]
            while unseen[tail] and not self._leads_on(tail, unseen[tail][-1], levels):
                unseen[tail].pop()
            if unseen[tail]:
                path.append(unseen[tail][-1])
            else:
                path.pop()
                if path:
                    unseen[path[-1]].pop()
        return path

    def _leads_on(self, tail: Hashable, head: Hashable, levels: dict[Hashable, int]) -> bool:
        return self._rest[tail][head] > 0 and levels.get(head) == levels[tail] + 1

    def _send(self, path: list[Hashable]) -> None:
        steps = list(pairwise(path))
        amount = min(self._rest[tail][head] for tail, head in steps)
        for tail, head in steps:
            self._rest[tail][head] -= amount
            self._rest[head][tail] += amount
        self.value += amount
