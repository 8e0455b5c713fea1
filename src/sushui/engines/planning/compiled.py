"""The one door to Numba: a decorator that keeps a function's type."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code: compiled on its first call, kept on disk, running beside other threads."""
    made: Callable[P, R] = numba.njit(cache=True, nogil=True)(function)
    return made
