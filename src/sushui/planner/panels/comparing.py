"""Two scenarios side by side: in, out, moved, value, factors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sushui.kernel.labels import label_of
from sushui.planner.enums import ValuePart
from sushui.planner.models import Scenario
from sushui.planner.panels.sheet import FactorLine, PlanSheet
from sushui.planner.panels.wording import part_words, weeks_words
from sushui.planner.rules.pictures import Difference, difference


@dataclass(frozen=True)
class Named:
    """A project that came in or went out."""

    number: int
    name: str


@dataclass(frozen=True)
class MoveLine:
    """A project whose construction lies elsewhere."""

    number: int
    name: str
    before: date
    after: date
    begins: str
    ends: str


@dataclass(frozen=True)
class WorthLine:
    """A part of the value in both, and by how much it grew."""

    label: str
    before: str
    after: str
    by: str


@dataclass(frozen=True)
class FactorPair:
    """A factor in both: where each is tightest."""

    name: str
    before: FactorLine | None
    after: FactorLine | None


@dataclass(frozen=True)
class ComparisonSheet:
    """Two plans held against each other, in words."""

    first: Scenario
    second: Scenario
    entered: list[Named]
    left: list[Named]
    moved: list[MoveLine]
    same: int
    worth: list[WorthLine]
    factors: list[FactorPair]
    before: PlanSheet
    after: PlanSheet


def comparison_sheet(before: PlanSheet, after: PlanSheet) -> ComparisonSheet:
    """What the second scenario's plan does otherwise than the first's."""
    shift = before.weeks.of(after.weeks.first_day)
    found = difference(before.picture, after.picture, shift)
    names = before.names | after.names
    return ComparisonSheet(
        first=before.run.scenario,
        second=after.run.scenario,
        entered=[Named(int(key), names.get(key, key)) for key in found.entered],
        left=[Named(int(key), names.get(key, key)) for key in found.left],
        moved=_moves(before, after, found, names),
        same=found.same,
        worth=_worths(found),
        factors=_factors(before, after),
        before=before,
        after=after,
    )


def _moves(before: PlanSheet, after: PlanSheet, found: Difference, names: dict[str, str]) -> list[MoveLine]:
    was, now = before.picture.planned, after.picture.planned
    return [
        MoveLine(
            int(move.key),
            names.get(move.key, move.key),
            before.weeks.day_of(was[move.key].works.start),
            after.weeks.day_of(now[move.key].works.start),
            weeks_words(move.begins),
            weeks_words(move.ends),
        )
        for move in found.moved
    ]


def _worths(found: Difference) -> list[WorthLine]:
    return [
        WorthLine(label_of(part), part_words(part, was), part_words(part, now), _by_words(part, now - was))
        for part, (was, now) in found.worth.items()
    ]


def _by_words(part: ValuePart, by: int) -> str:
    """By how much a part of the value grew; a dash for nothing."""
    return f"{'+' if by > 0 else '-'}{part_words(part, abs(by))}" if by else "—"


def _factors(before: PlanSheet, after: PlanSheet) -> list[FactorPair]:
    was, now = ({line.name: line for line in sheet.factors} for sheet in (before, after))
    return [FactorPair(name, was.get(name), now.get(name)) for name in dict.fromkeys([*was, *now])]
