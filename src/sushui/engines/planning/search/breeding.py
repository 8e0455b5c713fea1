"""A search that can be asked for more, and shown a plan of somebody else's."""

from __future__ import annotations

import numpy as np

from ..arrays import Arrays, Ints
from .genetic import LAST_BITS, Desk, Herd, breed, raise_child
from .net import Net, net_of, shortened, tails_of

SIZE = 240  # schedules kept
SPARE = 150  # percent of the length of a first schedule in which all others must end
NOBODY = np.int64(2**62)


class Search:
    """Schedules of a problem that `can_search` lets pass. The same seed and the same calls find the same."""

    def __init__(self, arrays: Arrays, seed: int = 0, size: int = SIZE) -> None:
        self.net = _shorter(net_of(arrays))
        self.herd, self.desk = _herd(self.net, size), _desk(self.net, seed)
        self.made = 0

    def go_on(self, count: int, enough: int = 0) -> None:
        """Make so many children more, fewer once a schedule ends at `enough`."""
        self.made = breed(self.net, self.herd, self.desk, self.made, count, enough)

    @property
    def last(self) -> int | None:
        """The earliest end found, or None."""
        last = int(self.herd.fitness.min() >> LAST_BITS)
        return last if last <= len(self.desk.left) else None

    def best(self) -> tuple[Ints, Ints]:
        """Starts and modes of the best schedule found, as `Compiled.plan` takes them."""
        best = int(self.herd.fitness.argmin())
        return self.herd.start[best].copy(), self.herd.modes[best].copy()

    def take_in(self, starts: Ints, modes: Ints) -> None:
        """Let another schedule in, in the place of the worst."""
        net, desk = self.net, self.desk
        if starts.max(initial=0) >= len(net.capacity):
            return  # far longer than anything here
        ends = net.end[net.mode_first[:-1] + modes, starts]
        desk.keys[:], desk.modes[:] = (ends if net.is_plain else starts), modes
        fitness, place = raise_child(net, desk), int(self.herd.fitness.argmax())
        if fitness < self.herd.fitness[place]:
            self.herd.start[place], self.herd.end[place] = desk.start, desk.end
            self.herd.modes[place], self.herd.fitness[place] = desk.modes, fitness


def _shorter(net: Net) -> Net:
    """With only so much time as any schedule needs that is not far longer than the first one."""
    herd = _herd(net, 1)
    breed(net, herd, _desk(net, 0), 0, 1, 0)
    last = int(herd.fitness[0] >> LAST_BITS)
    return shortened(net, min(len(net.capacity), SPARE * last // 100 + 1))


def _herd(net: Net, size: int) -> Herd:
    count = len(net.order)
    return Herd(_ints(size, count), _ints(size, count), _ints(size, count), np.full(size, NOBODY, np.int64))


def _desk(net: Net, seed: int) -> Desk:
    count = len(net.order)
    return Desk(
        keys=_ints(count),
        start=_ints(count),
        end=_ints(count),
        modes=_ints(count),
        order=_ints(count),
        counts=_ints(3 * (len(net.capacity) + 2) + 1),
        left=np.zeros_like(net.capacity),
        tails=tails_of(net),
        random=np.array([(2 * seed + 1) * 0x9E3779B97F4A7C15 % 2**64], np.uint64),
    )


def _ints(*shape: int) -> Ints:
    return np.zeros(shape, np.int32)
