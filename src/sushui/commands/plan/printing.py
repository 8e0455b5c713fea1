"""A report as tables on the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .report import Report
from .usage import Use, uses


def print_report(console: Console, report: Report) -> None:
    """The plan with its days, what it is worth, what it takes, and what is left out."""
    console.print(report.headline(), markup=False)
    if report.result.plan is not None:
        _print(console, ("", "from", "until"), report.spans())
        _print(console, ("value", "amount", "weight", "points"), report.parts(), right=(1, 2, 3))
        _print(
            console,
            ("factor", "taken", "of", "share", ""),
            map(_row, uses(report.places, report.plan)),
            right=(1, 2, 3),
        )
    console.print()
    for sentence in report.left_out():
        console.print(sentence, markup=False)
    console.print(f"{report.result.seconds:.1f} s", style="dim", markup=False)


def _row(use: Use) -> tuple[str, ...]:
    share = "" if use.share is None else f"{use.share:.0%}"
    return use.name or use.key, use.taken, use.there_is, share, use.remark


def _print(
    console: Console, heading: tuple[str, ...], rows: Iterable[tuple[str, ...]], right: tuple[int, ...] = ()
) -> None:
    """A table, if there is any row."""
    table = Table(box=None, pad_edge=False, show_edge=False)
    for number, name in enumerate(heading):
        table.add_column(name, justify="right" if number in right else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    if table.row_count:
        console.print()
        console.print(table)
