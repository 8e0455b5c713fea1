"""CP-SAT at work on a board: the whole problem in rounds, each beginning from the best plan that there is by then.

OR-Tools is imported when the first round begins, not with this module: it takes seconds.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from .board import Board
from .plan import Plan, Status

if TYPE_CHECKING:
    from .cells import Cells
    from .cpsat import Outcome, Run

Parameters = Mapping[str, bool | int | str]


class Rounds:
    """Rounds of CP-SAT on the whole problem, each for plans better than the best so far; all goes to the board."""

    def __init__(self, board: Board, *, threads: int, seed: int, parameters: Parameters | None = None) -> None:
        self._board, self._threads, self._seed = board, threads, seed
        self._parameters = dict(parameters or {})
        self._run: Run | None = None
        self._cells: Cells | None = None
        self._began = 0.0

    def go_on(self, seconds: float, work: float | None = None) -> None:
        """One round, at most so long and with so much work."""
        exact, cpsat = import_module(f"{__package__}.exact"), import_module(f"{__package__}.cpsat")
        board = self._board
        best, objective = board.plan, board.objective
        latest = objective - 1 if board.is_makespan and objective is not None else None
        self._cells = self._cells or exact.Cells(board.compiled.arrays)
        model = exact.Model(board.compiled, self._cells, latest=latest)
        limits = cpsat.Limits(min(seconds, board.seconds_left), work, self._threads, self._seed, self._parameters)
        self._run = run = cpsat.Run(model, limits, None if board.is_makespan else best)
        self._began = time.monotonic()
        with board.attending(run):
            _conclude(board, run.solve(lambda plan, _: _offer(board, plan), board.offer_bound))

    def stop(self, after: float) -> None:
        """End the round, if it has gone on for so many seconds."""
        if self._run is not None and time.monotonic() - self._began > after:
            self._run.stop()


def solve_exactly(
    board: Board, *, threads: int, seed: int, work: float | None = None, parameters: Parameters | None = None
) -> None:
    """One round for the whole problem, with all the time and work that is left."""
    Rounds(board, threads=threads, seed=seed, parameters=parameters).go_on(board.seconds_left, work)


def _offer(board: Board, plan: Plan) -> None:
    board.offer(plan)


def _conclude(board: Board, outcome: Outcome) -> None:
    if outcome.plan is not None:
        board.offer(outcome.plan)
    if outcome.bound is not None:
        board.offer_bound(outcome.bound)
    if outcome.status is Status.INFEASIBLE:
        board.offer_infeasible()
