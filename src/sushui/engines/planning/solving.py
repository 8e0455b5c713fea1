"""The one door to all that solves: a problem comes in, the best verified plan and a bound go out."""

from __future__ import annotations

from collections.abc import Callable

from .arrays import compile_problem
from .board import Board, Progress
from .earliest import end_early, end_early_by_work
from .plan import Plan, Result
from .problem import Problem
from .valuable import add_value, add_value_by_work

__all__ = ["Progress", "solve"]


def solve(
    problem: Problem,
    *,
    time_limit: float,
    threads: int = 2,
    seed: int = 0,
    work_limit: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    hint: Plan | None = None,
) -> Result:
    """The best plan found for a problem that `check` let pass.

    It ends when the plan is proved to be the best, after `time_limit` seconds, or soon after `should_stop` says so, and
    keeps what it has. `work_limit`: units of work instead (one is about a second of one core): with the same seed the
    plan is the same every time, if neither of the others ends it first. `hint`: a plan to begin with; it is used if it
    keeps everything. `on_progress` is told every better plan and bound, from other threads, one at a time.
    """
    board = Board(compile_problem(problem), time_limit, on_progress, should_stop)
    if hint is not None:
        board.offer(hint)
    if board.is_over:
        return board.result()
    if work_limit is None:
        work_on = end_early if board.is_makespan else add_value
        work_on(board, threads=threads, seed=seed)
    else:
        work_by = end_early_by_work if board.is_makespan else add_value_by_work
        work_by(board, seed=seed, work=work_limit)
    return board.result()
