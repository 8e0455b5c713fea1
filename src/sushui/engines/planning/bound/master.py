"""The linear program over columns whose prices the bound needs: which mix of the plans seen is worth the most.

Rows of factors enter when a mix breaks them first; columns that have long been too dear leave again.
"""

from __future__ import annotations

import highspy
import numpy as np
from highspy._core import _Highs
from numpy.typing import NDArray

from ..portfolio.best import Reals
from .columns import Columns
from .lagrange import Choosing
from .rows import Rows

MISSING = 1e9  # what it costs to leave a mandatory project out of the mix
TOLERANCE = 1e-6
KEPT = 12  # columns per project; more are thinned out

PRIMAL, DUAL = 4, 1  # HiGHS' `simplex_strategy`: after new columns, after new rows


class Master:
    """max sum of worth x, one (or, mandatory, exactly one) plan of each project or group, every row kept."""

    def __init__(self, columns: Columns, choosing: Choosing, rows: Rows) -> None:
        self.columns, self.choosing, self.rows = columns, choosing, rows
        self.projects = len(choosing.alone)
        self.members: list[int] = []  # the column behind each of the program's, -1: a stand-in
        self.seen = 0
        self.row_of = np.full(len(rows.limit), -1, np.int64)
        self.used: list[int] = []  # rows of factors in the program, in its order
        self.highs = _Highs()  # `highspy.Highs` greets on standard output, where a plan is printed
        self.highs.setOptionValue("log_to_console", False)
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._convexity()
        self.held: list[int] = []  # places that a dive has fixed or barred
        self.is_held_anew = False
        self.price = np.zeros(len(rows.limit))
        self.place_price = np.zeros(self.projects)  # of the one plan that a project or group may have
        self.share, self.cost = np.zeros(0), np.zeros(0)  # of each member
        self.value = 0.0

    def _convexity(self) -> None:
        must = np.zeros(self.projects, np.bool_)
        must[self.choosing.alone[self.choosing.is_mandatory]] = True
        for group in range(self.projects):
            self.highs.addRow(1.0 if must[group] else -highspy.kHighsInf, 1.0, 0, [], [])
        for group in np.flatnonzero(must).tolist():
            self.highs.addCol(-MISSING, 0.0, 1.0, 1, [group], [1.0])
            self.members.append(-1)

    def solve(self) -> None:
        """Take up the new columns, and solve; then take up broken rows, as long as there are any."""
        if len(self.members) > KEPT * self.projects and not self.held:
            self._thin_out()
        if self.is_held_anew:  # the last basis is still as good as any, but no longer feasible
            self._run(DUAL)
            self.is_held_anew = False
        for number in range(self.seen, len(self.columns)):
            self._add(number)
        if self.seen < len(self.columns) or not self.held:
            self._run(PRIMAL)
        self.seen = len(self.columns)
        while self._break():
            self._run(DUAL)

    def _run(self, strategy: int) -> None:
        self.highs.setOptionValue("simplex_strategy", strategy)
        self.highs.run()
        solution = self.highs.getSolution()
        self.share = np.array(solution.col_value)
        self.cost = np.array(solution.col_dual)
        dual = np.array(solution.row_dual)
        self.price[:] = 0.0
        self.place_price = dual[: self.projects]
        self.price[self.used] = np.maximum(0.0, dual[self.projects :]) / self.rows.scale[self.used]
        self.value = self.highs.getInfo().objective_function_value

    def _add(self, number: int) -> None:
        at, amount = self.entries(number)
        places = self.row_of[at]
        is_used = places >= 0
        project = self.columns.project[number]
        index = np.concatenate([[self.choosing.alone[project]], places[is_used]]).astype(np.int32)
        entry = np.concatenate([[1.0], amount[is_used]])
        self.highs.addCol(self.columns.worth[number], 0.0, highspy.kHighsInf, len(index), index, entry)
        self.members.append(number)

    def entries(self, number: int) -> tuple[NDArray[np.int32], Reals]:
        """Rows and amounts of a column, requirements too."""
        required, project = self.rows.required, self.columns.project[number]
        wants, gives = (np.flatnonzero(required[:, side] == project) for side in range(2))
        at = np.concatenate([self.columns.at[number], self.rows.first_required + np.concatenate([wants, gives])])
        amount = np.concatenate([self.columns.amount[number], np.ones(len(wants)), -np.ones(len(gives))])
        return at.astype(np.int32), amount

    def _break(self) -> bool:
        """Take up the rows that the mix breaks; whether there were any."""
        load = np.zeros(len(self.rows.limit))
        entries: dict[int, list[tuple[int, float]]] = {}
        for place in np.flatnonzero(self.share > TOLERANCE).tolist():
            if self.members[place] >= 0:
                at, amount = self.entries(self.members[place])
                np.add.at(load, at, amount * self.share[place])
        limit = self.rows.limit / self.rows.scale
        broken = np.flatnonzero((load > limit + TOLERANCE) & (self.row_of < 0))
        if not len(broken):
            return False
        is_broken = np.zeros(len(load), np.bool_)
        is_broken[broken] = True
        for place, number in enumerate(self.members):
            if number >= 0:
                at, amount = self.entries(number)
                for row in np.flatnonzero(is_broken[at]).tolist():
                    entries.setdefault(int(at[row]), []).append((place, float(amount[row])))
        for row in broken.tolist():
            self.row_of[row] = self.projects + len(self.used)
            self.used.append(row)
            places, amounts = zip(*entries[row], strict=True)
            self.highs.addRow(-highspy.kHighsInf, limit[row], len(places), np.array(places), np.array(amounts))
        return True

    def mix(self) -> tuple[Reals, list[int]]:
        """How much of which columns is in the mix."""
        places = self.mixed()
        return self.share[places], [self.members[place] for place in places]

    # --- dives -------------------------------------------------------------------------------------------------------
    def mixed(self) -> list[int]:
        """The places of the columns in the mix."""
        return [place for place in np.flatnonzero(self.share > TOLERANCE).tolist() if self.members[place] >= 0]

    def hold(self, place: int) -> None:
        """Have a column whole in every mix from now on."""
        self.highs.changeColBounds(place, 1.0, 1.0)
        self.held.append(place)
        self.is_held_anew = True

    def bar(self, place: int) -> None:
        """Have a column in no mix from now on."""
        self.highs.changeColBounds(place, 0.0, 0.0)
        self.held.append(place)
        self.is_held_anew = True

    def release(self) -> None:
        """Undo all that was held and barred."""
        for place in self.held:
            self.highs.changeColBounds(place, 0.0, highspy.kHighsInf)
        self.held.clear()
        self.is_held_anew = False

    def _thin_out(self) -> None:
        """Drop the dearest half of the columns that are in no mix."""
        idle = [place for place, number in enumerate(self.members) if number >= 0 and self.share[place] <= TOLERANCE]
        idle = [place for place in idle if place < len(self.cost)]
        idle.sort(key=lambda place: float(self.cost[place]))
        gone = sorted(idle[: len(idle) // 2])
        self.highs.deleteCols(len(gone), np.array(gone, np.int32))
        is_gone = set(gone)
        for place in gone:
            self.columns.forget(self.members[place])
        self.members = [number for place, number in enumerate(self.members) if place not in is_gone]
