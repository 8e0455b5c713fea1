"""The one door to Numba: a decorator that keeps a function's type. The machine code is kept on disk and runs in threads."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code, compiled on its first call."""
    made: Callable[P, R] = numba.njit(cache=True, nogil=True)(function)
    return made
