"""Plain values: what a workbook holds once it has been read, and how much of it we agree to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file is refused. Sizes in bytes, times in seconds, text in characters.

    ``cells`` counts the rectangles from A1 to the last filled cell, over all sheets: that is what reading them holds.
    """

    file_bytes: int = 20 * 2**20
    parts: int = 1_000
    inflated_bytes: int = 100 * 2**20
    columns: int = 200
    rows: int = 20_000
    cells: int = 1_000_000
    text: int = 5_000_000
    memory_bytes: int = 2**30
    cpu_seconds: int = 20
    wall_seconds: int = 40


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A rectangle of cells, counted from zero, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        return self.right - self.left + 1

    def cells(self) -> Iterator[tuple[int, int]]:
        """Every (row, column) inside, row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column

    def clipped(self, rows: int, columns: int) -> Range | None:
        """The part inside a sheet of ``rows`` x ``columns``, or None when nothing is left."""
        bottom, right = min(self.bottom, rows - 1), min(self.right, columns - 1)
        if bottom < self.top or right < self.left:
            return None
        return Range(self.top, self.left, bottom, right)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet from A1 to its last filled cell: every row has the same number of cells.

    ``formulas`` are the addresses ("C7") of cells whose value was computed when the file was last saved.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Range, ...] = ()
    hidden: bool = False
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets in the order of their tabs, hidden ones included."""

    sheets: tuple[Sheet, ...]
