"""The earliest end of all: breeding and CP-SAT side by side, each going on from the best plan of either.

Breeding begins at once, while OR-Tools is being imported, and never rests. CP-SAT works in rounds on the whole problem
with the end bounded by the best plan, so that a round that finds nothing proves that plan to be the best; its bound
tells breeding when to stop.
"""

from __future__ import annotations

from .board import Board
from .bounding import least_end
from .exactly import solve_exactly
from .search import Search, can_search

CHUNK = 200  # children between two looks at the board
CHILDREN = 2_000  # children that count as one unit of work


def end_early(board: Board, *, threads: int, seed: int) -> None:
    """Work on a board whose problem asks for the earliest end, until it is over."""
    _bound(board)
    jobs = [lambda: solve_exactly(board, threads=max(1, threads - 1), seed=seed)]
    if can_search(board.compiled.arrays):
        jobs.insert(0, lambda: keep_breeding(board, seed))
    board.together(*jobs)


def end_early_by_work(board: Board, *, seed: int, work: int) -> None:
    """The same, one after the other and counted in work instead of time: the same plan every time."""
    _bound(board)
    if can_search(board.compiled.arrays) and not board.is_over:
        search = Search(board.compiled.arrays, seed)
        search.go_on(work * CHILDREN, board.bound or 0)
        _offer(board, search)
    if not board.is_over:
        solve_exactly(board, threads=1, seed=seed, work=work)


def keep_breeding(board: Board, seed: int) -> None:
    """Breed until the board is over."""
    search = Search(board.compiled.arrays, seed)
    told = board.plan
    while not board.is_over:
        search.go_on(CHUNK, board.bound or 0)
        _offer(board, search)
        if board.plan is not None and board.plan is not told:
            told = board.plan
            if search.last is None or (board.objective or 0) < search.last:
                search.take_in(*board.compiled.numbers(told))


def _bound(board: Board) -> None:
    least = least_end(board.compiled.arrays)
    if least > board.problem.timeline.horizon:
        board.offer_infeasible()
    else:
        board.offer_bound(least)


def _offer(board: Board, search: Search) -> None:
    last = search.last
    if last is not None and board.is_better(last):
        board.offer(board.compiled.plan(*search.best()))
