"""The ratios that counties publish of their projects, over plain rows: so many of so many, and what nobody has said.

The three rates of 三个一批 (signed, started, put into production) are defined as cities count them: the arithmetic of
their notices proves it (a city's development zones, 2021). Formulas: docs/algorithms/portfolio-figures.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from sushui.projects.enums import ProjectStage
from sushui.projects.rules.stages import LIFE

_SIGNED, _PRODUCING = LIFE.index(ProjectStage.SIGNED), LIFE.index(ProjectStage.IN_PRODUCTION)
Row = TypeVar("Row")


@dataclass(frozen=True)
class Ratio:
    """A part of a whole, both counted or summed from the same rows. ``unsaid``: rows of which a figure is missing."""

    part: Decimal
    whole: Decimal
    unsaid: int = 0

    @property
    def percent(self) -> Decimal | None:
        """The part in percent of the whole, not rounded; None of a whole that is nothing."""
        return self.part * 100 / self.whole if self.whole else None


class Life(Protocol):
    """How far a project has come, and what it gives in a year (yuan; None: nobody has said)."""

    @property
    def is_signed(self) -> bool: ...
    @property
    def is_started(self) -> bool: ...
    @property
    def is_in_production(self) -> bool: ...
    @property
    def expected_output(self) -> Decimal | None: ...
    @property
    def actual_output(self) -> Decimal | None: ...


@dataclass(frozen=True)
class ProjectLife:
    """A `Life` as plain values."""

    is_signed: bool = False
    is_started: bool = False
    is_in_production: bool = False
    expected_output: Decimal | None = None
    actual_output: Decimal | None = None


def has_signed(stage: ProjectStage) -> bool:
    """Whether a project of this stage has its contract; of one at rest, ask about the stage that it rests from."""
    return stage in LIFE and LIFE.index(stage) >= _SIGNED


def is_producing(stage: ProjectStage) -> bool:
    """Whether a project of this stage produces."""
    return stage in LIFE and LIFE.index(stage) >= _PRODUCING


# --- counted ---------------------------------------------------------------------------------------------------------
def share(rows: Iterable[Row], counts: Callable[[Row], bool]) -> Ratio:
    """How many of the rows count."""
    told = [counts(row) for row in rows]
    return Ratio(Decimal(sum(told)), Decimal(len(told)))


def start_rate(rows: Iterable[Life]) -> Ratio:
    """开工率: of the projects that are signed, how many have started."""
    return share([row for row in rows if row.is_signed], lambda row: row.is_started)


def production_rate(rows: Iterable[Life]) -> Ratio:
    """投产率: of the projects that have started, signed before or not, how many are in production."""
    return share([row for row in rows if row.is_started], lambda row: row.is_in_production)


# --- summed ----------------------------------------------------------------------------------------------------------
def target_rate(rows: Iterable[Life]) -> Ratio:
    """达效率: the actual yearly output of the projects in production in percent of the expected one, in yuan.

    A project of which either is not known is left out of both sums and counted as unsaid.
    """
    return ratio_of((row.actual_output, row.expected_output) for row in rows if row.is_in_production)


def ratio_of(pairs: Iterable[tuple[Decimal | None, Decimal | None]]) -> Ratio:
    """The sum of the first in percent of the sum of the second, over the pairs of which both are known.

    完成率 is this of investment done and the year's plan, of all projects or of those of one level or group.
    """
    told = list(pairs)
    known = [(part, whole) for part, whole in told if part is not None and whole is not None]
    part, whole = (sum(column, Decimal()) for column in zip(*known, strict=True)) if known else (Decimal(), Decimal())
    return Ratio(part, whole, len(told) - len(known))
