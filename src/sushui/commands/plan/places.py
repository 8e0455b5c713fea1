"""Slots as days, amounts with their units, and places as their author knows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from sushui.engines.planning import Problem, Ref
from sushui.engines.planning.reading.documents import PlanningFile
from sushui.engines.planning.reading.measures import Measure
from sushui.engines.planning.reading.vocabulary import COLUMNS_IN_CHINESE, SHEETS_IN_CHINESE

_CELL = re.compile(r"(?P<sheet>\w+)!(?P<row>\d+)(?:\.(?P<column>.+))?")
_IN_CHINESE = {
    english: chinese for names in (COLUMNS_IN_CHINESE, SHEETS_IN_CHINESE) for chinese, english in names.items()
}


@dataclass(frozen=True)
class Places:
    """How a problem's numbers and keys are said. Without a problem (it could not be read) they are said as they are."""

    file: PlanningFile | None = None

    @property
    def problem(self) -> Problem | None:
        return self.file.problem if self.file else None

    def day(self, slot: int) -> str:
        """The day on which a slot begins, or its number."""
        day = self.problem.timeline.day_of(slot) if self.problem else None
        return day.isoformat() if day else f"slot {slot}"

    def last_day(self, end: int) -> str:
        """The last day before a slot, or the number of the slot before it."""
        day = self.problem.timeline.day_of(end) if self.problem else None
        return (day - timedelta(days=1)).isoformat() if day else f"slot {end - 1}"

    def amount(self, key: str, amount: int) -> str:
        """An amount of a factor, or of money for a use."""
        return self.measures.get(key, self.money).written(amount)

    @property
    def money(self) -> Measure:
        return self.file.money if self.file else Measure()

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """What each factor is counted in."""
        if self.problem is None:
            return {}
        return {
            **{factor.key: Measure(factor.unit, factor.decimals) for factor in self.problem.renewables},
            **{factor.key: Measure(factor.unit, factor.decimals) for factor in self.problem.consumables},
        }

    def project(self, key: str) -> str:
        """A project by its name, with its key."""
        found = self.problem.project.get(key) if self.problem else None
        return f"{found.name} ({key})" if found and found.name and found.name != key else key

    def activity(self, ref: Ref) -> str:
        """An activity by its names, or its keys."""
        found = self.problem.activity.get(ref) if self.problem else None
        return f"{self.project(ref.project)}: {found.name if found and found.name else ref.activity}"


def where(place: str) -> str:
    """A place as its author knows it: a cell of a sheet, or a path in a file."""
    cell = _CELL.fullmatch(place)
    if cell is None:
        return place or "the file"
    column = f", column {_both(cell['column'])}" if cell["column"] else ""
    return f"sheet {_both(cell['sheet'])}, row {cell['row']}{column}"


def _both(name: str) -> str:
    return f"{name} ({_IN_CHINESE[name]})" if name in _IN_CHINESE else name
