"""The earliest end of all: breeding and CP-SAT side by side, each going on from the best plan of either.

Breeding begins at once, while OR-Tools is being imported. CP-SAT looks for a plan that ends before the best one, so
that a round that finds there is none proves it; when breeding finds a better plan, the round begins anew below that. A
proof is found early or not at all: so after some time the second thread breeds, too, and tries again near the end.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from .board import Board
from .bounding import least_end
from .exactly import Rounds, solve_exactly
from .plan import Plan
from .search import Search, can_search

CHUNK = 200  # children between two looks at the board
CHILDREN = 2_000  # children that count as one unit of work
WORK_OF_CHILD = 3_000_000  # activities placed in a second, about
GENERATIONS = 400  # children for each schedule kept, if the time is well used
FEWEST, MOST = 100, 1_500  # schedules kept
FIRST_PROOFS, LAST_PROOFS = 0.35, 0.75  # of the time limit: the proofs end that begin at once, and begin again
PATIENCE = 0.15  # of the time limit: after so long, one plan has been tried enough
FRESH = 1.0  # seconds that a round may at least go on, though there is a better plan
# Of six of j120 that can be proved, these prove five in the work in which the defaults prove three.
FOR_PROOFS: dict[str, bool | int | str] = {
    "linearization_level": 0,
    "use_overload_checker_in_cumulative": True,
    "use_timetable_edge_finding_in_cumulative": True,
}


def end_early(board: Board, *, threads: int, seed: int) -> None:
    """Work on a board whose problem asks for the earliest end, until it is over."""
    _bound(board)
    if not can_search(board.compiled.arrays):
        board.together(lambda: solve_exactly(board, threads=threads, seed=seed))
        return
    breeder, pair = _Breeder(board, seed), _Pair(board, threads, seed)
    jobs: list[Callable[[], None]] = [lambda: pair.keep_on(breeder if threads == 1 else _Breeder(board, seed + 1))]
    if threads > 1:
        jobs.insert(0, lambda: breeder.go_on(pair.renew))
    board.together(*jobs)


def end_early_by_work(board: Board, *, seed: int, work: int) -> None:
    """The same, one after the other and counted in work instead of time: the same plan every time."""
    _bound(board)
    is_searched = can_search(board.compiled.arrays)
    if is_searched and not board.is_over:
        search = Search(board.compiled.arrays, seed, _size(work * CHILDREN))
        search.go_on(work * CHILDREN, board.bound or 0)
        _offer(board, search)
    if not board.is_over:
        parameters = FOR_PROOFS if is_searched else {}
        solve_exactly(board, threads=1, seed=seed, work=work, parameters=parameters)


class _Breeder:
    """Breeds for a board, in a herd of its own that goes on where it stopped."""

    def __init__(self, board: Board, seed: int) -> None:
        self._board = board
        activities = len(board.compiled.refs)
        self._size = _size(int(WORK_OF_CHILD * board.time_limit) // max(1, activities))
        self._seed = seed
        self._search: Search | None = None
        self._told: Plan | None = None

    def go_on(self, on_better: Callable[[], None] = lambda: None, seconds: float | None = None) -> None:
        """Breed until the board is over, or for so long."""
        board = self._board
        search = self._search = self._search or Search(board.compiled.arrays, self._seed, self._size)
        until = None if seconds is None else time.monotonic() + seconds
        while not board.is_over and (until is None or time.monotonic() < until):
            search.go_on(CHUNK, board.bound or 0)
            if _offer(board, search):
                on_better()
            self._hear(search)

    def _hear(self, search: Search) -> None:
        """Take in a better plan of somebody else."""
        plan, objective = self._board.plan, self._board.objective
        if plan is not None and objective is not None and plan is not self._told:
            self._told = plan
            if search.last is None or objective < search.last:
                search.take_in(*self._board.compiled.numbers(plan))


class _Pair:
    """Tries to prove the best plan, and breeds when that seems hopeless."""

    def __init__(self, board: Board, threads: int, seed: int) -> None:
        self._board = board
        self._rounds = Rounds(board, threads=max(1, threads - 1), seed=seed, parameters=FOR_PROOFS)
        self._objective: int | None = None  # that of the plan which is being proved
        self._tried: int | None = None  # that of a plan for which enough was tried

    def renew(self) -> None:
        """There is a better plan: leave off proving the old one, if that has gone on for a while."""
        if self._objective != self._board.objective:
            self._rounds.stop(after=FRESH)

    def keep_on(self, breeder: _Breeder) -> None:
        """Until the board is over: prove, breed, prove what has become the best since, breed."""
        limit = self._board.time_limit
        self._prove(until=FIRST_PROOFS * limit)
        breeder.go_on(seconds=max(0.0, LAST_PROOFS * limit - self._board.seconds))
        self._prove(until=limit)
        breeder.go_on()

    def _prove(self, until: float) -> None:
        """Round after round until a time, or until enough was tried with the best plan."""
        board, patience = self._board, PATIENCE * self._board.time_limit
        while (
            not board.is_over and board.seconds < until and (board.objective is None or board.objective != self._tried)
        ):
            seconds = min(until - board.seconds, max(patience, FIRST_PROOFS * board.time_limit - board.seconds))
            self._objective = board.objective
            self._rounds.go_on(seconds)
            if seconds >= patience and board.objective == self._objective:
                self._tried = board.objective


def _size(children: int) -> int:
    return min(MOST, max(FEWEST, children // GENERATIONS))


def _bound(board: Board) -> None:
    least = least_end(board.compiled.arrays)
    if least > board.problem.timeline.horizon:
        board.offer_infeasible()
    else:
        board.offer_bound(least)


def _offer(board: Board, search: Search) -> bool:
    last = search.last
    return last is not None and board.is_better(last) and board.offer(board.compiled.plan(*search.best()))
