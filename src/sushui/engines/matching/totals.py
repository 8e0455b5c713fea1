"""What every clause does on many enterprises: how many it refuses, how many only it does, of how many nobody knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from .in_polars import Program
from .lowering import ItemColumns
from .policy import PolicySet
from .tables import Tables


@dataclass(frozen=True)
class ClauseTotal:
    """Enterprises for which an atom fails, for which it is the only one that fails, and for which it is unknown."""

    item: str
    atom: str
    failed: int
    failed_alone: int
    unknown: int


def clause_totals(policies: PolicySet, tables: Tables, on: date) -> tuple[ClauseTotal, ...]:
    """One for each atom of each item in force, in their order."""
    program = Program(policies, on, ("failed", "unknown"))
    counts: Counter[str] = Counter()
    for part in program.parts(tables):
        sums = part.select([each for item in program.items for each in _counted(item)])
        counts.update(dict(zip(sums.columns, (int(value) for value in sums.row(0)), strict=True)))
    return tuple(
        ClauseTotal(item.item.key, atom.key, *(counts[f"{item.item.key}.{number}.{what}"] for what in WHAT))
        for item in program.items
        for number, atom in enumerate(item.item.atoms)
    )


WHAT = ("failed", "alone", "unknown")


def _counted(item: ItemColumns) -> Iterator[pl.Expr]:
    failed, unknown = (pl.col(f"{item.item.key}.{mask}") for mask in ("failed", "unknown"))
    for number in range(len(item.atoms)):
        bit = 1 << number
        tests = ((failed // bit) % 2 == 1, failed == bit, (unknown // bit) % 2 == 1)
        for what, test in zip(WHAT, tests, strict=True):
            yield test.sum().alias(f"{item.item.key}.{number}.{what}")
