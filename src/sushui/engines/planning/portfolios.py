"""Whole portfolios: a search and a bound beside each other, at one board.

The bound's prices guide the search, and its mix of plans is rounded into starts of the search; the search's first plan
is in the bound's program from the beginning. When the bound is as low as it goes, its program is dived into: each dive
is a start of the search, and unlike the others.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from .board import Board
from .bound.diving import Diver
from .bound.generation import Generation
from .exactly import solve_exactly
from .portfolio.ground import Guidance, ground
from .portfolio.search import Search

PROVABLE = 200  # activities of problems of which the whole model is worth a try
QUIET = 0.5  # seconds between two plans offered to the board: it verifies each


def add_portfolios(board: Board, *, seed: int) -> None:
    """Search and bound until the board is over, in two threads."""
    laid = ground(board.compiled)
    bound = Generation(laid)
    guidance = bound.begin()
    if _is_told(board, bound):
        return
    search = Search(laid, guidance, seed)
    shared = _Shared(board, bound, search, seed)
    shared.first_plan()
    board.together(shared.search_on, lambda: _bound_and_prove(shared, seed))


def add_portfolios_by_work(board: Board, *, seed: int, work: int) -> None:
    """The same in turns, as many as the work allows: always the same plan."""
    laid = ground(board.compiled)
    bound = Generation(laid)
    search = Search(laid, bound.begin(), seed)
    shared = _Shared(board, bound, search, seed)
    if _is_told(board, bound):
        return
    shared.first_plan()
    for _ in range(work * STRETCHES_A_UNIT):
        if board.is_over:
            break
        shared.turn()
    shared.offer()


def _bound_and_prove(shared: _Shared, seed: int) -> None:
    """When the bound is as low as it goes, its thread is free: for the whole model if that is small, then for dives."""
    shared.bound_on()
    if not shared.board.is_over and len(shared.board.compiled.refs) <= PROVABLE:
        solve_exactly(shared.board, threads=1, seed=seed)
    while not shared.board.is_over:
        shared.dive()


TURNS_A_DIVE = 50  # without a bound to lower: about a cycle of the search
STRETCHES_A_UNIT = 8  # of the search in a unit of work, with a step of the bound after each


def _is_told(board: Board, bound: Generation) -> bool:
    """Tell the board the bound; whether there is no plan at all."""
    if bound.is_infeasible:
        board.offer_infeasible()
    elif bound.bound is not None:
        board.offer_bound(bound.bound)
    return bound.is_infeasible


class _Shared:
    """What the two threads have in common: guidance one way, plans the other."""

    def __init__(self, board: Board, bound: Generation, search: Search, seed: int) -> None:
        self.board, self.bound, self.search = board, bound, search
        self.diver = Diver(bound, seed)
        self.turns = 0
        self.guidance: Guidance | None = None
        self.offered: int | None = None
        self.offered_at = 0.0

    def first_plan(self) -> None:
        """The hint, if there is one, and a plan of the search's own."""
        if self.board.plan is not None:
            self.search.take(*self.board.compiled.numbers(self.board.plan))
        self.search.begin()
        self.offer()

    def offer(self) -> None:
        """Offer the search's best plan, if it is new."""
        worth = self.search.objective
        if worth is not None and worth != self.offered:
            self.board.offer(self.board.compiled.plan(*self.search.best()))
            self.offered, self.offered_at = worth, time.monotonic()

    def search_on(self) -> None:
        """Search until the board is over, with the newest guidance."""
        while not self.board.is_over:
            guidance, self.guidance = self.guidance, None
            if guidance is not None:
                self.search.guide(guidance)
            self.search.improve()
            if time.monotonic() - self.offered_at > QUIET:
                self.offer()
        self.offer()

    def bound_on(self) -> None:
        """Step after step until the bound is as low as it goes."""
        for _ in self._steps():
            if self.board.is_over:
                return

    def _steps(self) -> Iterator[None]:
        if self.offered is not None:
            self.bound.add_plan(*self.search.best())
        while not self.bound.is_finished:
            self.bound.step()
            if not _is_told(self.board, self.bound):
                self.guidance = self.bound.guidance()
            yield

    def dive(self) -> None:
        """A start for the search."""
        state = self.diver.dive(lambda: self.board.is_over)
        if not self.board.is_over:
            self.search.bring(state)

    def turn(self) -> None:
        """A step of the bound or now and then a dive, and a stretch of the search."""
        if not self.bound.is_finished:
            self.bound.step()
            _is_told(self.board, self.bound)
            self.search.guide(self.bound.guidance())
        else:
            self.turns += 1
            if self.turns % TURNS_A_DIVE == 1:
                self.dive()
        self.search.improve()
