"""The grid: the columns that were chosen, each cell as people read it, and the sums of what is left by the filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.components import Column, Columns, Kind, Text
from sushui.kernel.labels import label_of
from sushui.kernel.templatetags.values import day, yuan_10k
from sushui.projects import queries
from sushui.projects.enums import Unit
from sushui.projects.enums.looks import (
    COLUMNS_AT_FIRST,
    DAY_COLUMNS,
    MONEY_COLUMNS,
    MONTH_COLUMNS,
    NUMBER_COLUMNS,
    SORTED_BY,
    GridColumn,
)
from sushui.projects.models import Project
from sushui.projects.panels.rows import ProjectRow, project_row
from sushui.projects.queries import GridFacts, LedgerTotals
from sushui.projects.services.grid import grid_value

G = GridColumn
# How the page calls a column where it says it shorter than a workbook.
SHORT: dict[GridColumn, Text] = {G.LIGHT: pgettext_lazy("column", "Light"), G.DONE: pgettext_lazy("column", "Done")}
UNITS: dict[GridColumn, Text] = {
    **dict.fromkeys(MONEY_COLUMNS, _("10k yuan")),
    G.PERCENT: "%",
    G.AREA: _(Unit.MU.msgid),
    G.ENERGY: _(Unit.TCE.msgid),
}
KINDS = {
    **dict.fromkeys(MONEY_COLUMNS | NUMBER_COLUMNS, Kind.NUMBER),
    **dict.fromkeys(DAY_COLUMNS | MONTH_COLUMNS, Kind.DATE),
    G.NAME: Kind.TITLE,
    G.LIGHT: Kind.LIGHT,
}
FOLDING = frozenset(GridColumn) - {G.NAME, G.STAGE, G.LIGHT, G.TOTAL, G.PLANNED, G.DONE, G.PERCENT}


@dataclass(frozen=True)
class GridCell:
    """A cell: its column, and what it says; light, name and milestone are drawn by the page."""

    column: Column
    key: GridColumn
    text: Any


@dataclass(frozen=True)
class GridRow:
    """A row of the grid: the project with its reason, and its cells."""

    row: ProjectRow
    cells: list[GridCell]


def columns_called(asked: str) -> tuple[GridColumn, ...]:
    """The columns that ``name.agency.total`` names, each once, the project first; else those at first."""
    known = {each.value: each for each in GridColumn}
    found = [known[name] for name in dict.fromkeys(asked.split(".")) if name in known and name != G.NAME]
    return (G.NAME, *found) if found else COLUMNS_AT_FIRST


def called(columns: Iterable[GridColumn]) -> str:
    """The columns as an address names them."""
    return ".".join(each.value for each in columns)


def grid_columns(chosen: Sequence[GridColumn]) -> Columns:
    """The heads of the columns."""
    return Columns(*map(_column, chosen))


def _column(key: GridColumn) -> Column:
    kind = KINDS.get(key, Kind.TEXT)
    label = SHORT.get(key) or label_of(key)
    return Column(key.value, label, kind, UNITS.get(key, ""), sortable=key in SORTED_BY, folds=key in FOLDING)


def grid_rows(projects: Iterable[Project], year: int, chosen: Sequence[GridColumn]) -> list[GridRow]:
    """The rows with their cells; as many queries for one as for many."""
    columns = grid_columns(chosen)
    return [_row(facts, chosen, columns) for facts in queries.grid_facts(projects, year, chosen)]


def _row(facts: GridFacts, chosen: Sequence[GridColumn], columns: Columns) -> GridRow:
    cells = [GridCell(columns[key.value], key, cell_text(key, facts)) for key in chosen]
    return GridRow(project_row(facts.project, facts.year, facts.step), cells)


def cell_text(key: GridColumn, facts: GridFacts) -> Any:
    """A cell as people read it; a dash for what nobody has said."""
    return _said(key, grid_value(key, facts))


def _said(key: GridColumn, value: Any) -> Any:
    if value is None:
        return "—"
    if key in MONEY_COLUMNS:
        return yuan_10k(value)
    if key in MONTH_COLUMNS:
        return f"{value:%Y-%m}"
    if isinstance(value, date):
        return day(value)
    if key is G.PERCENT:
        return f"{value:.1f}"
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def grid_totals(
    totals: LedgerTotals, sums: dict[GridColumn, Decimal | int], chosen: Sequence[GridColumn]
) -> list[GridCell]:
    """The last row: sums over all that the filters leave, not over the rows on this page alone."""
    share = totals.done * 100 / totals.planned if totals.planned else None
    known: dict[GridColumn, Any] = {
        **sums,
        G.TOTAL: totals.investment,
        G.PLANNED: totals.planned,
        G.DONE: totals.done,
        G.PERCENT: share,
    }
    columns = grid_columns(chosen)
    return [
        GridCell(columns[key.value], key, _said(key, known[key]) if known.get(key) is not None else "")
        for key in chosen[1:]
    ]
