"""In which order a back end computes columns: what is kept, what rows add up to, and when."""

from __future__ import annotations

from collections.abc import Iterable

from .columns import Column

OUTPUTS = ("status", "low", "high", "failed", "unknown")  # of every item, unless others are asked for
ENTERPRISE = "enterprise"  # the key of every table


class Plan:
    """Which columns are kept in a table while the program runs: those used twice, and what rows add up to."""

    def __init__(self, wanted: Iterable[Column]) -> None:
        self.order: list[Column] = []
        self.uses: dict[Column, int] = {}
        for column in wanted:
            self._visit(column)
        self.sums = [column for column in self.order if column.op in ("sum", "max")]
        self.depth: dict[Column, int] = {}
        for column in self.order:
            deepest = max((self.depth[arg] for arg in column.args), default=0)
            self.depth[column] = deepest + (column.op in ("sum", "max"))
        self.level: dict[Column, int] = {}
        for column in self.order:
            below = max((self.level[arg] + self.is_kept(arg) for arg in column.args), default=0)
            self.level[column] = 0 if column.op in ("sum", "max") else below

    def _visit(self, column: Column) -> None:
        self.uses[column] = self.uses.get(column, 0) + 1
        if self.uses[column] > 1:
            return
        for arg in column.args:
            self._visit(arg)
        self.order.append(column)

    def is_kept(self, column: Column) -> bool:
        """Whether it is worth a column of its own."""
        return self.uses[column] > 1 and column.op not in ("literal", "field")

    def kept(self, depth: int, rows: str) -> list[list[Column]]:
        """Columns to keep at a depth of sums, of enterprises or of rows, in the order of levels."""
        found: dict[int, list[Column]] = {}
        for column in self.order:
            is_here = self.depth[column] == depth and column.rows == rows and column.op not in ("sum", "max")
            if is_here and self.is_kept(column):
                found.setdefault(self.level[column], []).append(column)
        return [found[level] for level in sorted(found)]


def name_of(column: Column) -> str:
    """Under which a column is kept."""
    return f"#{column.number}"


def outer_name_of(column: Column) -> str:
    """Under which rows find a column of their enterprise."""
    return f"#{column.number}o"


def frontier(column: Column, found: dict[Column, None]) -> None:
    """Add the columns of the enterprise that a column of rows is computed from."""
    if not column.rows:
        if column.op != "literal":
            found[column] = None
        return
    for arg in column.args:
        frontier(arg, found)
