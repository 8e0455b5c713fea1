"""Column generation: prices from the linear program over the plans seen, better plans and a bound from the prices.

The bound is the Lagrangian at prices between those of the program and the best so far (Wentges 1997), which keeps them
from swinging. Every bound is kept that is lower than those before; at the end it is the value of the program itself.
"""

from __future__ import annotations

from math import floor

import numpy as np

from ..arrays import Ints
from ..portfolio.best import Reals, room
from ..portfolio.ground import Ground, Guidance
from ..portfolio.needs import no_prices
from ..portfolio.shape import MODE, START
from .columns import Columns
from .lagrange import choosing, price_out, select
from .master import Master
from .rows import first_prices, reprice, rows

SMOOTHING = 0.8  # how much of the best prices so far is in the next ones
CLOSE = 1e-6  # of the bound: nearer to the program's value it need not come


class Generation:
    """The bound on one problem. `bound`: no plan is worth more; None: not known yet."""

    def __init__(self, ground: Ground) -> None:
        arrays = ground.compiled.arrays
        self.ground, self.rows, self.choosing = ground, rows(arrays), choosing(arrays)
        self.columns = Columns(ground.shapes.shape, ground.needs, self.rows, ground.shapes.calendars)
        self.master = Master(self.columns, self.choosing, self.rows)
        projects = len(arrays.is_mandatory)
        self._room, self._taken = room(ground.shapes), np.zeros(projects, np.int32)
        self._price, self._required = np.zeros(arrays.capacity.shape), np.zeros(projects)
        self.left, self.chosen = np.zeros(projects), np.zeros(len(arrays.project_of), np.int32)
        self.center: Reals = np.zeros(len(self.rows.limit))
        self.lowest = np.inf
        self.bound: int | None = None
        self.is_infeasible = self.is_finished = False
        self._new = 1

    def begin(self) -> Guidance:
        """Bounds at no prices and at even ones; what to do first."""
        self._price_out(self.center)
        worth = self._worth()
        prices = first_prices(self.ground.compiled.arrays, self.ground.needs, self.ground.who.least_take, self.rows)
        whole = float(prices @ self.rows.limit)
        for share in (0.25, 0.5) if whole > 0.0 else ():
            self._price_out(prices * (share * max(0.0, float(worth[worth > 0].sum())) / whole))
        return self.guidance()

    def step(self) -> None:
        """Solve the program, and price projects out once."""
        self.master.solve()
        smoothing = SMOOTHING if self._new else 0.0
        found = self.lowest
        self._price_out(smoothing * self.center + (1.0 - smoothing) * self.master.price)
        is_stuck = not self._new and smoothing == 0.0
        self.is_finished = is_stuck or self.lowest - self.master.value < CLOSE * abs(found) or self.is_infeasible

    def _price_out(self, price: Reals) -> None:
        """The Lagrangian at these prices, and the plans that it found as columns."""
        ground, shapes = self.ground, self.ground.shapes
        self.prices = no_prices(ground.compiled.arrays, shapes)
        reprice(price, self.rows, shapes.calendars, self._price, self.prices, self._required)
        price_out(
            shapes.shape, ground.needs, self.prices, self._required, self.choosing, self._room, self.left, self.chosen
        )
        total = select(self.choosing, self.left, self._taken)
        if total == -np.inf:
            self.is_infeasible = True
            return
        limits = float(price @ self.rows.limit)
        self._new = self._add_columns()
        if limits + total < self.lowest:
            self.lowest, self.center = limits + total, price
            finite = self.left[np.isfinite(self.left)]
            rounding = 1e-4 + 1e-9 * (limits + float(np.abs(finite).sum()) + float(np.abs(self._worth()).sum()))
            self.bound = floor(self.lowest + rounding)

    def _worth(self) -> Reals:
        """[P] what the plans found last are worth, whatever they take; 0 where there is none."""
        shape = self.ground.shapes.shape
        if not len(shape.choice):
            return np.zeros(len(self.left))
        choice = shape.choice[self.chosen]
        worth = self.ground.needs.value[choice[:, MODE], choice[:, START]].astype(np.float64)
        total = np.add.reduceat(worth, shape.project[:-1]) + self.choosing.chosen_value
        return np.where(np.isfinite(self.left), total, 0.0)

    def _add_columns(self) -> int:
        """Take up plans that may be of use; how many were new."""
        first, worth = self.ground.shapes.shape.project, self._worth()
        near = np.isfinite(self.left) & ((self.left > -0.05 * np.abs(worth)) | self.choosing.is_mandatory)
        return sum(
            self.columns.add(
                project, self.chosen[first[project] : first[project + 1]], int(self.choosing.chosen_value[project])
            )
            for project in np.flatnonzero(near).tolist()
        )

    def add_plan(self, starts: Ints, modes: Ints) -> None:
        """Take up the plans of projects in a whole plan (starts, modes [A] as `Compiled.plan` takes them)."""
        arrays = self.ground.compiled.arrays
        for project in range(len(arrays.is_mandatory)):
            some = slice(arrays.activity_first[project], arrays.activity_first[project + 1])
            if starts[some.start] >= 0:
                choices = [self._choice(a, int(starts[a]), int(modes[a])) for a in range(some.start, some.stop)]
                if min(choices, default=-1) >= 0:
                    value = int(self.choosing.chosen_value[project])
                    self.columns.add(project, np.array(choices, np.int32), value)

    def _choice(self, activity: int, start: int, mode: int) -> int:
        """The number of a choice, -1 if there is no such one."""
        shape = self.ground.shapes.shape
        first = shape.first[activity] + shape.at_start[activity, start]
        last = shape.first[activity] + shape.at_start[activity, start + 1]
        wanted = self.ground.compiled.arrays.mode_first[activity] + mode
        found = np.flatnonzero(shape.choice[first:last, MODE] == wanted)
        return int(first + found[0]) if len(found) else -1

    def guidance(self) -> Guidance:
        """The best prices, what projects bring for what they cost at them, and the program's mix."""
        share, numbers = self.master.mix()
        worth = self._worth()
        order = np.where(np.isfinite(self.left), worth, 0.0) / np.maximum(worth - self.left, 1e-3 * np.abs(worth) + 1.0)
        return Guidance(
            self.prices,
            np.nan_to_num(order, neginf=0.0, posinf=0.0),
            share,
            np.array([self.columns.project[number] for number in numbers], np.int32),
            tuple(self.columns.choices[number] for number in numbers),
        )
