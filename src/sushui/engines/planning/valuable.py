"""The greatest value: all who make plans worth more, or bound what plans can be worth, at one board.

Small problems are proved as a whole. In large ones the whole model finds nothing in time, and its bound is far from any
plan: there whole portfolios are searched and priced.
"""

from __future__ import annotations

from .board import Board
from .exactly import solve_exactly
from .portfolios import add_portfolios, add_portfolios_by_work

SMALL = 60  # activities; up to here the whole model is proved in seconds


def add_value(board: Board, *, threads: int, seed: int) -> None:
    """Work on a board whose problem asks for the greatest value, until it is over."""
    if len(board.compiled.refs) <= SMALL:
        board.together(lambda: solve_exactly(board, threads=threads, seed=seed))
    else:
        add_portfolios(board, seed=seed)


def add_value_by_work(board: Board, *, seed: int, work: int) -> None:
    """The same, one after the other and counted in work instead of time: the same plan every time."""
    if len(board.compiled.refs) <= SMALL:
        solve_exactly(board, threads=1, seed=seed, work=work)
    else:
        add_portfolios_by_work(board, seed=seed, work=work)
