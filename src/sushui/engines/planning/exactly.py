"""CP-SAT at work on a board: the whole problem in rounds, each beginning from the best plan that there is by then.

OR-Tools is imported when the first round begins, not with this module: it takes seconds.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .board import Board
from .plan import Plan, Status

if TYPE_CHECKING:
    from .cpsat import Limits, Outcome


def solve_exactly(board: Board, *, threads: int, seed: int, work: float | None = None) -> None:
    """One round for the whole problem, with all the time and work that is left."""
    round_of(board, _limits(board.seconds_left, work, threads, seed))


def round_of(board: Board, limits: Limits, parameters: dict[str, Any] | None = None) -> Outcome:
    """CP-SAT on the whole problem, for plans better than the best so far; plans and bounds go to the board."""
    exact, cpsat = import_module(f"{__package__}.exact"), import_module(f"{__package__}.cpsat")
    best, objective = board.plan, board.objective
    latest = objective - 1 if board.is_makespan and objective is not None else None
    run = cpsat.Run(exact.Model(board.compiled, latest=latest), limits, None if board.is_makespan else best)
    board.attend(run)
    outcome: Outcome = run.solve(lambda plan, _: _offer(board, plan), board.offer_bound)
    _conclude(board, outcome)
    return outcome


def _limits(seconds: float, work: float | None, threads: int, seed: int) -> Limits:
    limits: Limits = import_module(f"{__package__}.cpsat").Limits(seconds, work, threads, seed)
    return limits


def _offer(board: Board, plan: Plan) -> None:
    board.offer(plan)


def _conclude(board: Board, outcome: Outcome) -> None:
    if outcome.plan is not None:
        board.offer(outcome.plan)
    if outcome.bound is not None:
        board.offer_bound(outcome.bound)
    if outcome.status is Status.INFEASIBLE:
        board.offer_infeasible()
