"""Facts of many enterprises as tables: one row each, and a table of its own for every field that holds rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from .facts import Facts
from .plans import ENTERPRISE
from .registry import Field, Kind, Registry

TYPES: Mapping[Kind, pl.DataType] = {
    Kind.BOOLEAN: pl.Boolean(),
    Kind.CODE: pl.String(),
    Kind.SET: pl.List(pl.String()),
    Kind.ROWS: pl.Int64(),
}


@dataclass(frozen=True)
class Tables:
    """`main`: a column per field in its steps (dates as dates or days), null where unknown, `answers.policy.question`.

    For a field that holds rows `main` has how many are known, null where they are not; `rows` has the rows themselves
    with the enterprise's key. A field without a column is unknown for everybody.
    """

    main: pl.DataFrame
    rows: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def part(self, start: int, length: int) -> Tables:
        """Some enterprises of it."""
        main = self.main.slice(start, length)
        if not self.rows:
            return Tables(main)
        keys = main.select(ENTERPRISE)
        return Tables(main, {name: rows.join(keys, on=ENTERPRISE, how="semi") for name, rows in self.rows.items()})


def tables_of(registry: Registry, facts: Sequence[Facts]) -> Tables:
    """Tables of facts; the key counts from 0 in their order."""
    columns: dict[str, pl.Series] = {ENTERPRISE: pl.Series(ENTERPRISE, range(len(facts)), pl.Int64)}
    for key, found in registry.fields.items():
        values = [_count(each, key) if found.kind is Kind.ROWS else each.values.get(key) for each in facts]
        columns[key] = _series(key, found, values)
    for key in sorted({key for each in facts for key in each.answers}):
        columns[f"answers.{key}"] = pl.Series([each.answers.get(key) for each in facts], dtype=pl.Boolean)
    rows = {key: _rows(found, key, facts) for key, found in registry.fields.items() if found.kind is Kind.ROWS}
    return Tables(pl.DataFrame(columns), rows)


def _count(facts: Facts, key: str) -> int | None:
    return len(facts.rows[key]) if key in facts.rows else None


def _series(key: str, found: Field, values: Iterable[object]) -> pl.Series:
    plain = [sorted(value) if isinstance(value, frozenset) else value for value in values]
    return pl.Series(key, plain, TYPES.get(found.kind, pl.Int64()))


def _rows(found: Field, key: str, facts: Sequence[Facts]) -> pl.DataFrame:
    owned = [(number, row) for number, each in enumerate(facts) for row in each.rows.get(key, ())]
    columns = {ENTERPRISE: pl.Series(ENTERPRISE, [number for number, _ in owned], pl.Int64)}
    for name, column in found.columns.items():
        columns[name] = _series(name, column, [row.get(name) for _, row in owned])
    return pl.DataFrame(columns)
