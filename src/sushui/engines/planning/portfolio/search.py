"""A search over whole plans, in short stretches that can be stopped between, guided by the prices of a bound.

It goes in cycles: a start (the best plan, a mix of the bound rounded at random, or a plan that somebody brings), then
rounds of ruin and recreate in which a plan may at first lose worth on the way and towards the end no longer (simulated
annealing).
"""

from __future__ import annotations

import numpy as np

from ..arrays import Ints
from .best import room
from .ground import Ground, Guidance, numbers
from .ruin import MISSING, Plans, Tools, fill, rebuild, rounds, value
from .state import State, copy, nothing_placed, place, take_out

HOT, COLD = 0.5, 0.01  # what a plan may lose in a round, as a share of an average project
STRETCH = 20  # rounds
FIRST_CYCLE, GROWTH = 1_000, 1.3  # rounds of the first cycle, and how much longer each next one is
MOST_OUT, MOST_TRIED = 8, 24  # projects a round takes out, and those it tries that were not in


class Search:
    """The same ground, guidance and seed give the same plans."""

    def __init__(self, ground: Ground, guidance: Guidance, seed: int = 0) -> None:
        arrays = ground.compiled.arrays
        self.ground, self.seed = ground, seed
        self.dice = np.random.default_rng(seed)
        self._room = room(ground.shapes), np.zeros(len(arrays.project_of), np.int32)
        self.plans = Plans(
            nothing_placed(arrays), nothing_placed(arrays), nothing_placed(arrays), np.full(3, -(1 << 62), np.int64)
        )
        self.stretches = self.cycles = 0
        self._left, self._length = FIRST_CYCLE, FIRST_CYCLE
        self._grown = float(FIRST_CYCLE)
        self._brought: State | None = None
        self.guide(guidance)

    def guide(self, guidance: Guidance) -> None:
        """Follow these prices from now on."""
        self.guidance = guidance
        self.tools = Tools(
            self.ground.shapes.shape,
            self.ground.needs,
            self.ground.limits,
            self.ground.who,
            guidance.prices,
            guidance.order,
            *self._room,
        )

    @property
    def objective(self) -> int | None:
        """What the best plan is worth; None as long as something that must be in it is not."""
        worth = int(self.plans.worth[2])
        return worth if worth > -MISSING // 2 else None

    def best(self) -> tuple[Ints, Ints]:
        """Starts and modes of the best plan, as `Compiled.plan` takes them."""
        return numbers(self.ground, self.plans.best.start, self.plans.best.mode)

    def begin(self) -> None:
        """A first plan: every project in order."""
        copy(nothing_placed(self.ground.compiled.arrays), self.plans.now)
        fill(self.tools, self.plans.now, np.ones(len(self.tools.order), np.bool_), 0.0, 1.0)
        self._look()

    def take(self, starts: Ints, modes: Ints) -> None:
        """Take up a plan as `Compiled.plan` takes it, as far as it fits in its order of starts."""
        copy(nothing_placed(self.ground.compiled.arrays), self.plans.now)
        arrays, now = self.ground.compiled.arrays, self.plans.now
        for activity in np.argsort(starts, kind="stable").tolist():
            if starts[activity] >= 0:
                mode = int(arrays.mode_first[activity] + modes[activity])
                end = int(arrays.end[mode, starts[activity]])
                place(self.ground.needs, self.ground.limits, now, activity, mode, int(starts[activity]), end)
        now.is_in[:] = True
        np.logical_and.at(now.is_in, arrays.project_of, now.start >= 0)
        for activity in np.flatnonzero((now.start >= 0) & ~now.is_in[arrays.project_of]).tolist():
            take_out(self.ground.needs, self.ground.limits, now, activity)
        self._look()

    def _look(self) -> None:
        """Keep the plan at hand if it is the best."""
        self.plans.worth[0] = value(self.tools, self.plans.now)
        if self.plans.worth[0] > self.plans.worth[2]:
            copy(self.plans.now, self.plans.best)
            self.plans.worth[2] = self.plans.worth[0]

    def improve(self) -> None:
        """One stretch of rounds."""
        if self._left <= 0:
            self._next_cycle()
        inside = max(1, int(np.count_nonzero(self.plans.best.is_in)))
        passed = 1.0 - self._left / self._length
        wander = HOT * (COLD / HOT) ** passed / inside
        most_out = max(2, min(MOST_OUT, inside // 3))
        self.stretches += 1
        seed = (self.seed * 1_000_003 + self.stretches) % (1 << 31)
        rounds(self.tools, self.plans, STRETCH, seed, wander, most_out, MOST_TRIED)
        self._left -= STRETCH

    def bring(self, start: State) -> None:
        """A plan to begin the next cycle with; it may lack what must be in it. A newer one takes its place."""
        self._brought = start

    def _next_cycle(self) -> None:
        start, self._brought = self._brought, None
        if start is not None:
            self._left = self._length = FIRST_CYCLE
            self._start_from(start)
            return
        self.cycles += 1
        self._grown *= GROWTH
        self._left = self._length = int(self._grown)
        if len(self.guidance.share) and self.cycles % 2:
            self.start_from_mix()
        else:
            copy(self.plans.best, self.plans.now)
            self.plans.worth[0] = self.plans.worth[2]

    def _start_from(self, start: State) -> None:
        copy(start, self.plans.now)
        fill(self.tools, self.plans.now, np.ones(len(self.tools.order), np.bool_), 0.0, 1.0)
        self._look()

    def start_from_mix(self) -> None:
        """Round the bound's mix of plans at random, the surest first, and fill up."""
        guidance, who = self.guidance, self.ground.who
        wanted = np.zeros(len(who.project_of), np.int32)
        total, drawn = np.zeros(len(guidance.order)), np.full(len(guidance.order), -1.0)
        np.add.at(total, guidance.project, guidance.share)
        first = self.ground.shapes.shape.project
        lots = guidance.share * self.dice.random(len(guidance.share)) ** 0.5
        for at in np.argsort(lots, kind="stable").tolist():
            project = int(guidance.project[at])
            wanted[first[project] : first[project + 1]] = guidance.choices[at]
            drawn[project] = lots[at]
        key = np.where(who.is_mandatory, 1e6, total + drawn)
        sequence = np.argsort(-key, kind="stable").astype(np.int32)
        copy(nothing_placed(self.ground.compiled.arrays), self.plans.now)
        rebuild(self.tools, self.plans.now, sequence[drawn[sequence] >= 0], wanted)
        fill(self.tools, self.plans.now, np.ones(len(total), np.bool_), 0.0, 1.0)
        self._look()
