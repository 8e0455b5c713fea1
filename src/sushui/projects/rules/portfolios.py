"""Versions of a portfolio over plain rows: their totals, whose rows they are, and what differs between two versions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sushui.projects.enums import EntryField, FundingSource, PortfolioGroup, ProjectLevel, ProjectSector

UNSAID = ""  # the key of a group of which nobody has said to which it belongs
Value = Decimal | date | int | None


@dataclass(frozen=True)
class EntryRow:
    """A project in a version: amounts in yuan, months as the first of their days, None is what nobody has said.

    ``sources``: planned money of the whole project by source. ``entry_id`` is the record that says so, 0 for none.
    """

    project_id: int
    name: str
    position: int
    total: Decimal | None = None
    planned: Decimal | None = None
    start_month: date | None = None
    completion_month: date | None = None
    level: ProjectLevel = ProjectLevel.OTHER
    sector: ProjectSector | None = None
    cluster_id: int | None = None
    place_id: int | None = None
    sources: Mapping[FundingSource, Decimal] = field(default_factory=dict)
    note: str = ""
    entry_id: int = 0

    @property
    def sourceless(self) -> Decimal:
        """The part of the total of which nobody has said where it comes from; below zero where more is promised."""
        return (self.total or Decimal()) - sum(self.sources.values(), Decimal())


@dataclass(frozen=True)
class Totals:
    """So many projects with so much investment in yuan; ``planned`` is None where it cannot be parted."""

    count: int = 0
    total: Decimal = Decimal()
    planned: Decimal | None = Decimal()


@dataclass(frozen=True)
class GroupTotals:
    """The totals of one cluster, level, sector, source or place; the key is its number or word, "" for none said."""

    key: str
    totals: Totals


# --- totals ----------------------------------------------------------------------------------------------------------
def totals_of(rows: Iterable[EntryRow]) -> Totals:
    """Sums over rows; what nobody has said adds nothing."""
    told = list(rows)
    total = sum((row.total or Decimal() for row in told), Decimal())
    return Totals(len(told), total, sum((row.planned or Decimal() for row in told), Decimal()))


def grouped(rows: Iterable[EntryRow], by: PortfolioGroup) -> list[GroupTotals]:
    """The totals of each group, the largest first and what nobody has said last; they sum to those of all rows.

    Money by source parts the total of each project, so a project counts in several groups and the year's plan in none.
    """
    parted: dict[str, list[EntryRow]] = {}
    for row in rows:
        for key in keys_of(row, by):
            parted.setdefault(key, []).append(row)
    groups = [GroupTotals(key, _group(own, by, key)) for key, own in parted.items()]
    return sorted(groups, key=lambda each: (each.key == UNSAID, -each.totals.total, each.key))


def keys_of(row: EntryRow, by: PortfolioGroup) -> list[str]:
    """To which groups a row belongs: one, but for sources of money."""
    if by is PortfolioGroup.SOURCE:
        unsaid = [UNSAID] if row.sourceless or not row.sources else []
        return [*(source.value for source in row.sources), *unsaid]
    return [_KEYS[by](row)]


def belongs(row: EntryRow, by: PortfolioGroup, key: str) -> bool:
    """Whether a row is one of those that the totals of a group are made of."""
    return key in keys_of(row, by)


def _group(own: Sequence[EntryRow], by: PortfolioGroup, key: str) -> Totals:
    if by is not PortfolioGroup.SOURCE:
        return totals_of(own)
    amounts = [row.sources[FundingSource(key)] if key else row.sourceless for row in own]
    return Totals(len(own), sum(amounts, Decimal()), None)


def _number(value: int | None) -> str:
    return UNSAID if value is None else str(value)


_KEYS: Mapping[PortfolioGroup, Callable[[EntryRow], str]] = {
    PortfolioGroup.CLUSTER: lambda row: _number(row.cluster_id),
    PortfolioGroup.LEVEL: lambda row: row.level.value,
    PortfolioGroup.SECTOR: lambda row: row.sector.value if row.sector else UNSAID,
    PortfolioGroup.PLACE: lambda row: _number(row.place_id),
}


# --- two versions ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class FieldChange:
    """What two versions say differently; ``difference`` in yuan, months or places (below zero: earlier, higher up).

    None where one of them says nothing.
    """

    field: EntryField
    before: Value
    after: Value
    difference: Decimal | int | None


@dataclass(frozen=True)
class EntryMove:
    """A project that is in both versions and of which they differ."""

    before: EntryRow
    after: EntryRow
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Comparison:
    """What came in, went out and moved from one version to another; ``same`` stayed as they were."""

    entered: list[EntryRow]
    left: list[EntryRow]
    moved: list[EntryMove]
    same: int
    before: Totals
    after: Totals


def compare(before: Sequence[EntryRow], after: Sequence[EntryRow]) -> Comparison:
    """Hold a version against another one; rows in the order of their rank.

    A project has changed its rank only if it was moved past others that are in both versions: whoever is pushed down
    by one that came in has not.
    """
    old, new = ({row.project_id: row for row in rows} for rows in (before, after))
    kept = steady([row.project_id for row in before if row.project_id in new], list(new))
    pairs = [(old[number], row) for number, row in new.items() if number in old]
    moves = [EntryMove(was, now, _changes(was, now, is_steady=now.project_id in kept)) for was, now in pairs]
    moved = [move for move in moves if move.changes]
    return Comparison(
        entered=[row for row in after if row.project_id not in old],
        left=[row for row in before if row.project_id not in new],
        moved=moved,
        same=len(pairs) - len(moved),
        before=totals_of(before),
        after=totals_of(after),
    )


def steady(before: Sequence[int], after: Sequence[int]) -> frozenset[int]:
    """As many as can be of those in both orders that stand in the same order in both: the others were moved."""
    place = {number: place for place, number in enumerate(before)}
    common = [number for number in after if number in place]
    ends: list[int] = []  # by length: the earliest place at which a rising row of that length can end
    tails: list[int] = []  # the number there
    previous: dict[int, int | None] = {}
    for number in common:
        at = bisect_left(ends, place[number])
        previous[number] = tails[at - 1] if at else None
        ends[at : at + 1], tails[at : at + 1] = [place[number]], [number]
    found, number_or_none = set(), tails[-1] if tails else None
    while number_or_none is not None:
        found.add(number_or_none)
        number_or_none = previous[number_or_none]
    return frozenset(found)


def _changes(before: EntryRow, after: EntryRow, *, is_steady: bool) -> tuple[FieldChange, ...]:
    found = []
    for each in EntryField:
        was, now = getattr(before, each.value), getattr(after, each.value)
        if was != now and not (each is EntryField.POSITION and is_steady):
            found.append(FieldChange(each, was, now, _difference(was, now)))
    return tuple(found)


def _difference(was: Value, now: Value) -> Decimal | int | None:
    if isinstance(was, date) and isinstance(now, date):
        return (now.year - was.year) * 12 + now.month - was.month
    if isinstance(was, Decimal | int) and isinstance(now, Decimal | int):
        return now - was
    return None
