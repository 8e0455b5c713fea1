"""The greatest value: all who make plans worth more, or bound what plans can be worth, at one board."""

from __future__ import annotations

from .board import Board
from .exactly import solve_exactly


def add_value(board: Board, *, threads: int, seed: int) -> None:
    """Work on a board whose problem asks for the greatest value, until it is over."""
    board.together(lambda: solve_exactly(board, threads=threads, seed=seed))


def add_value_by_work(board: Board, *, seed: int, work: int) -> None:
    """The same, one after the other and counted in work instead of time: the same plan every time."""
    solve_exactly(board, threads=1, seed=seed, work=work)
