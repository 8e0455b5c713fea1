"""Drawing requests to be checked, so that anybody can draw the same again from the seed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def drawn(numbers: Iterable[int], *, seed: str, count: int) -> list[int]:
    """``count`` of these numbers, chosen by ``seed`` alone: those whose SHA-256 with the seed is the smallest.

    Which numbers are in the pot besides changes nothing of the order in which the others come.
    """
    ordered = sorted(set(numbers), key=lambda number: hashlib.sha256(f"{seed}:{number}".encode()).digest())
    return sorted(ordered[:count])
