"""Many acts that stand or fall together.

with as_a_whole():
    for task in tasks:
        withdraw_task(viewer, task, reason=reason)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from sushui.kernel.audit import gathered_lines
from sushui.kernel.batches import batch


@contextmanager
def as_a_whole() -> Iterator[None]:
    """One transaction of many acts: one that is refused refuses them all, so none is given a way back of its own.

    That spares two statements for each act; the acts' audit lines are written many at a time, and what does not change
    under them is read once (`batch`). The audit lines can be read when the block has ended.
    """
    with transaction.atomic(), batch(), _without_savepoints(), gathered_lines():
        yield


@contextmanager
def _without_savepoints() -> Iterator[None]:
    """Where Django would set a savepoint it sets none, and an error inside rolls back to where the block began."""
    before = connection.features.uses_savepoints
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        connection.features.uses_savepoints = before
