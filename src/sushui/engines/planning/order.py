"""What comes after what, and the circles in which nothing could begin."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

T = TypeVar("T")


def in_order(waits: Mapping[T, Collection[T]]) -> list[T]:
    """Everything after all that it waits for, otherwise as it was given. A circle raises `graphlib.CycleError`."""
    return list(TopologicalSorter(waits).static_order())


def circle(waits: Mapping[T, Collection[T]]) -> list[T]:
    """A circle, each before the one that waits for it and the first again at the end; empty if there is none."""
    try:
        in_order(waits)
    except CycleError as found:
        return list(found.args[1])
    return []
