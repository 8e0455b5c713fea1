"""Doing things at the same time, each in a thread with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from django.db import connections

from sushui.kernel import clock


def together(moment: datetime, *acts: Callable[[], object]) -> list[object]:
    """What each act gave, or the exception that it raised; all start at once, with the clock held at ``moment``."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        with clock.frozen(moment):
            start.wait()
            try:
                return act()
            except Exception as refusal:
                return refusal
            finally:
                connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))
