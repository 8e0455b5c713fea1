"""The figures of an enterprise as its page tells them: years by source side by side, and a small chart of months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sushui.enterprises import queries
from sushui.enterprises.enums import EnterpriseFigureKind, FigureSource
from sushui.enterprises.models import Enterprise, EnterpriseFigure
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer

YEARS, MONTHS = 4, 24
WIDTH, HEIGHT, GAP = 720, 64, 2
COUNTED = frozenset({EnterpriseFigureKind.EMPLOYEES, EnterpriseFigureKind.ELECTRICITY})
WAN = Decimal(10_000)


@dataclass(frozen=True)
class FigureLine:
    """A kind of figure as one source told it, year by year in the order of the head; None where it told nothing."""

    kind: EnterpriseFigureKind
    source: FigureSource
    cells: tuple[EnterpriseFigure | None, ...]

    @property
    def unit(self) -> str:
        return unit_of(self.kind)


@dataclass(frozen=True)
class Bar:
    """A month in pixels; ``words`` is what it says on hover and to a screen reader."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True)
class MonthChart:
    """A kind of figure month by month, as the first source told it that told any."""

    kind: EnterpriseFigureKind
    source: FigureSource
    bars: tuple[Bar, ...]
    first: str
    last: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def unit(self) -> str:
        return unit_of(self.kind)


@dataclass(frozen=True)
class FigureSheet:
    """The years shown, a line for each kind and source, and a chart for each kind that is told by month."""

    years: tuple[int, ...]
    lines: list[FigureLine]
    charts: list[MonthChart]
    has_more: bool

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.charts


def figure_sheet(viewer: Viewer, enterprise: Enterprise) -> FigureSheet:
    """What counts of an enterprise's figures for this viewer; one query."""
    rows = queries.newest_figures(viewer, enterprise)
    yearly = [row for row in rows if row.month == 0]
    years = tuple(sorted({row.year for row in yearly}, reverse=True))[:YEARS]
    return FigureSheet(years, _lines(yearly, years), _charts(rows), has_more=bool(rows))


def unit_of(kind: EnterpriseFigureKind) -> str:
    if kind is EnterpriseFigureKind.EMPLOYEES:
        return pgettext("unit", "persons")
    return _("kWh") if kind is EnterpriseFigureKind.ELECTRICITY else _("10k yuan")


def _lines(rows: Sequence[EnterpriseFigure], years: Sequence[int]) -> list[FigureLine]:
    found: dict[tuple[EnterpriseFigureKind, FigureSource], dict[int, EnterpriseFigure]] = defaultdict(dict)
    for row in rows:
        found[row.kind, row.source][row.year] = row
    return [
        FigureLine(kind, source, tuple(found[kind, source].get(year) for year in years))
        for kind in EnterpriseFigureKind
        for source in FigureSource
        if any(year in found.get((kind, source), ()) for year in years)
    ]


def _charts(rows: Sequence[EnterpriseFigure]) -> list[MonthChart]:
    monthly: dict[tuple[EnterpriseFigureKind, FigureSource], list[EnterpriseFigure]] = defaultdict(list)
    for row in rows:
        if row.month:
            monthly[row.kind, row.source].append(row)
    shown = []
    for kind in EnterpriseFigureKind:
        told = next((source for source in FigureSource if (kind, source) in monthly), None)
        if told is not None:
            shown.append(_chart(kind, told, monthly[kind, told]))
    return shown


def _chart(kind: EnterpriseFigureKind, source: FigureSource, rows: Sequence[EnterpriseFigure]) -> MonthChart:
    ordered = sorted(rows, key=lambda row: (row.year, row.month))[-MONTHS:]
    most = max((abs(row.amount) for row in ordered), default=Decimal(0)) or Decimal(1)
    column = WIDTH / max(len(ordered), 12)
    bars = []
    for place, row in enumerate(ordered):
        height = float(abs(row.amount) / most) * HEIGHT
        words = f"{_month(row)} {label_of(kind)} {_shown(row)} {unit_of(kind)}"
        bars.append(
            Bar(round(place * column, 1), round(HEIGHT - height, 1), round(column - GAP, 1), round(height, 1), words)
        )
    return MonthChart(kind, source, tuple(bars), _month(ordered[0]), _month(ordered[-1]))


def _month(row: EnterpriseFigure) -> str:
    return f"{row.year}-{row.month:02}"


def _shown(row: EnterpriseFigure) -> str:
    return f"{row.amount:,.0f}" if row.kind in COUNTED else f"{row.amount / WAN:,.2f}"
