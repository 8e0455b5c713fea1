"""Many acts in one piece of work: what does not change under it (settings, the calendar) is read once.

with batch():
    for task in tasks:
        assign_task(viewer, task)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Value = TypeVar("Value")

_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def batch() -> Iterator[None]:
    """Keep what `kept` is asked for until the outermost block ends."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def kept(key: Hashable, make: Callable[[], Value]) -> Value:
    """What ``make`` gives: made once for each key inside a batch, every time outside."""
    values = _kept.get()
    if values is None:
        return make()
    if key not in values:
        values[key] = make()
    found: Value = values[key]
    return found
