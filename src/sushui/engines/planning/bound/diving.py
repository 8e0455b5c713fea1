"""Whole plans out of the program: its surest columns are placed one after the other, and the rest is priced anew.

After each placement the program is solved again with what is placed held fast, and projects are priced at its prices
with the choices left out for which there is no room any more. So every column that it then mixes fits beside what
stands (Joncour, Michel, Sadykov, Sverdlov and Vanderbeck 2010, Column generation based primal heuristics).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..arrays import Flags, Ints
from ..compiled import compiled
from ..portfolio.best import Reals, Room, best, room
from ..portfolio.insert import forbid, keeps_lags
from ..portfolio.needs import Needs, Prices, gains, no_prices
from ..portfolio.shape import END, MODE, START, Shape
from ..portfolio.state import Limits, State, nothing_placed, place, take_out
from .generation import Generation
from .rows import reprice

STEPS = 12  # in which all projects are placed, about; more are slower and not better
PRICED = 2  # times that projects are priced in a step
BLUR = 0.25  # how far dice may move the share that decides what is placed next
LEAST = 1e-6  # of a column's worth: less gain is none
SURE = 0.99  # a share of the mix that is placed in any case


class Diver:
    """Dives into the program of one bound. The same program and dice give the same plan."""

    def __init__(self, bound: Generation, seed: int = 0) -> None:
        arrays = bound.ground.compiled.arrays
        self.bound, self.ground, self.dice = bound, bound.ground, np.random.default_rng(seed)
        self._room = room(bound.ground.shapes)
        self._left, self._chosen = np.zeros(len(arrays.is_mandatory)), np.zeros(len(arrays.project_of), np.int32)
        self._price, self._required = np.zeros(arrays.capacity.shape), np.zeros(len(arrays.is_mandatory))

    def dive(self, should_stop: Callable[[], bool] = lambda: False) -> State:
        """A plan; it may lack what must be in it. The program is afterwards as before, and has more columns."""
        state = nothing_placed(self.ground.compiled.arrays)
        is_settled = np.zeros(len(state.is_in), np.bool_)
        try:
            while not is_settled.all() and not should_stop():
                self._generate(state, is_settled)
                if not self._place_surest(state, is_settled):
                    break
        finally:
            self.bound.master.release()
        return state

    def _generate(self, state: State, is_settled: Flags) -> None:
        """Solve the program, and give it columns that fit beside what stands."""
        for _ in range(PRICED):
            self.bound.master.solve()
            if not self._price_beside(state, is_settled):
                return
        self.bound.master.solve()

    def _price_beside(self, state: State, is_settled: Flags) -> bool:
        """Columns that the program would take in, each of a project that is not placed; whether there were any."""
        ground, shapes, master = self.ground, self.ground.shapes, self.bound.master
        prices = no_prices(ground.compiled.arrays, shapes)
        reprice(master.price, self.bound.rows, shapes.calendars, self._price, prices, self._required)
        price_beside(
            shapes.shape, ground.needs, ground.limits, prices, state, is_settled, self._room, self._left, self._chosen
        )
        choosing, first = self.bound.choosing, shapes.shape.project
        gain = self._left + choosing.chosen_value - self._required - master.place_price[choosing.alone]
        better = np.flatnonzero(gain > LEAST * np.maximum(1.0, master.place_price[choosing.alone])).tolist()
        added = [
            self.bound.columns.add(
                project, self._chosen[first[project] : first[project + 1]], int(choosing.chosen_value[project])
            )
            for project in better
        ]
        return any(added)

    def _place_surest(self, state: State, is_settled: Flags) -> bool:
        """Place what must be in the plan and what is the surest in the mix; whether there was anything to place."""
        master, columns = self.bound.master, self.bound.columns
        tried = set(master.held)
        mixed = [
            place
            for place in master.mixed()
            if place not in tried and not is_settled[columns.project[master.members[place]]]
        ]
        share = master.share[mixed]
        must = self.bound.choosing.is_mandatory[[columns.project[master.members[place]] for place in mixed]]
        key = np.where(share > SURE, 2.0, share + BLUR * self.dice.random(len(share))) + 3.0 * must
        left = max(1, int(np.count_nonzero(~is_settled)) // STEPS)
        for rank in np.argsort(-key, kind="stable").tolist():
            number = master.members[mixed[rank]]
            project = columns.project[number]
            if is_settled[project] or (left <= 0 and share[rank] <= SURE):
                continue
            is_settled[project] = self._place(project, columns.choices[number], state)
            if is_settled[project]:
                master.hold(mixed[rank])
                left -= 1
            else:
                master.bar(mixed[rank])
        return bool(mixed)

    def _place(self, project: int, choices: Ints, state: State) -> bool:
        ground = self.ground
        some = slice(ground.shapes.shape.project[project], ground.shapes.shape.project[project + 1])
        sequence = ground.who.order[some]
        return place_column(ground.shapes.shape, ground.needs, ground.limits, sequence, project, choices, state)


@compiled
def price_beside(
    shape: Shape,
    needs: Needs,
    limits: Limits,
    prices: Prices,
    state: State,
    is_settled: Flags,
    room: Room,
    left: Reals,
    chosen: Ints,
) -> None:
    """What the best plan of each project leaves at these prices among those that fit beside a state; -inf: none."""
    for project in range(len(left)):
        left[project] = -np.inf
        if not is_settled[project]:
            gains(shape, needs, prices, project, 1.0, room.gain)
            forbid(shape, needs, limits, project, state, room.gain)
            left[project] = best(shape, room, project, chosen)


@compiled
def place_column(
    shape: Shape, needs: Needs, limits: Limits, sequence: Ints, project: int, choices: Ints, state: State
) -> bool:
    """Place a project as a column has it, all or nothing; `sequence`: its activities, each after those it waits for."""
    first = shape.project[project]
    for at in range(len(sequence)):
        activity = sequence[at]
        choice = choices[activity - first]
        start, end, mode = shape.choice[choice, START], shape.choice[choice, END], shape.choice[choice, MODE]
        if not (
            keeps_lags(limits, state, activity, start, end) and place(needs, limits, state, activity, mode, start, end)
        ):
            for undone in range(at):
                take_out(needs, limits, state, sequence[undone])
            return False
    state.is_in[project] = True
    return True
