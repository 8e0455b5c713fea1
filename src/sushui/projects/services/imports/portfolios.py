"""A workbook as the next version of the portfolio: what comes in, goes out, changes against another version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.adapter import LANGUAGES, RANK, SheetReading, SheetRow, funding_column
from sushui.projects.enums import FundingSource, LedgerColumn, LedgerDoubt, ProjectStage, RowState, SheetAnswer
from sushui.projects.models import PortfolioEntry, Project, SheetDraft
from sushui.projects.queries.portfolios import entries_of
from sushui.projects.rules.cells import compact_name, shown_text, whole_in, year_on
from sushui.projects.rules.portfolios import steady
from sushui.projects.services.imports.asking import Asker, Question, chosen
from sushui.projects.services.imports.ground import ground_of
from sushui.projects.services.imports.ledger import Change, SheetUnderstanding
from sushui.projects.services.imports.matching import Matching
from sushui.projects.services.imports.values import RowValues
from sushui.projects.services.portfolios import DESCRIBED, keep_decided, ledger_entries

L = LedgerColumn
FIELDS: Mapping[str, str] = {  # of an entry, by the column that says it
    L.LEVEL: "level",
    L.SECTOR: "sector",
    L.CLUSTER: "cluster_id",
    L.PLACE: "place_id",
    L.AGENCY: "agency_id",
    L.TOTAL: "total",
    L.YEAR_PLAN: "planned",
    L.START: "start_month",
    L.COMPLETION: "completion_month",
    L.NOTE: "note",
}
KEPT = frozenset({RowState.ENTERS, RowState.CHANGED, RowState.UNCHANGED})


@dataclass(frozen=True)
class PortfolioRow:
    """A row and what becomes of it. ``entry`` is what the new version will say; None where nothing of it is kept.

    A project that goes out stands in no row: its ``number`` is its old rank below zero.
    """

    number: int
    section: str
    name: str
    state: RowState
    project: Project | None = None
    entry: PortfolioEntry | None = None
    changes: tuple[Change, ...] = ()
    open_keys: tuple[str, ...] = ()
    answered: tuple[Question, ...] = ()
    rank: int | None = None


def understand_portfolio(
    viewer: Viewer, reading: SheetReading, draft: SheetDraft, *, is_locking: bool = False
) -> SheetUnderstanding:
    """Read the rows against the version that the sheet starts from; a fixed number of queries."""
    asker = Asker(draft.answers)
    rows = [row for row in reading.rows if not _is_sum(row)]
    matching = Matching(queries.project_names(queries.own_projects(viewer)), asker)
    matched = [matching.of(row) for row in rows]
    base = {entry.project_id: entry for entry in entries_of(draft.based_on)} if draft.based_on else {}
    projects = queries.projects_numbered(
        (number for number, _keys, _left in matched if number is not None), is_locking=is_locking
    )
    asker.begin(None)
    settling = _Settling(viewer, reading, draft, base, projects, asker)
    settled = [
        settling.settle(row, projects.get(number or 0), keys, is_left_out)
        for row, (number, keys, is_left_out) in zip(rows, matched, strict=True)
    ]
    asker.begin(None)
    placed = _placed(settled, base, reading, asker)
    stay = {row.project.pk for row in placed if row.project is not None and row.state is not RowState.LEFT_OUT}
    leaving = [_leaving(entry) for number, entry in base.items() if number not in stay]
    if draft.based_on is not None and draft.based_on.is_final:
        asker.ask(LedgerDoubt.NO_ADJUSTMENT, wants="text", is_row=False)
    return SheetUnderstanding(reading, [*placed, *leaving], asker.questions(), asker.given)


def _is_sum(row: SheetRow) -> bool:
    """The last line of our own export, in whatever language; Chinese sums are known to the reader already."""
    return not row.text(L.CODE) and compact_name(row.text(L.NAME)) in _sums()


@cache
def _sums() -> frozenset[str]:
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            found.add(compact_name(gettext("Sum")))
    return frozenset(found)


def _leaving(entry: PortfolioEntry) -> PortfolioRow:
    return PortfolioRow(-entry.position, "", entry.name, RowState.LEAVES, entry.project)


class _Settling:
    """One row after the other: what it says over what stands, compared with the version that the sheet starts from."""

    def __init__(
        self,
        viewer: Viewer,
        reading: SheetReading,
        draft: SheetDraft,
        base: Mapping[int, PortfolioEntry],
        projects: Mapping[int, Project],
        asker: Asker,
    ) -> None:
        assert draft.portfolio is not None, "a sheet of the portfolio names its list"
        self._asker = asker
        self._base = base
        self._values = RowValues(reading, ground_of(viewer), asker)
        self._division_name = compact_name(viewer.division_name)
        entries = ledger_entries(draft.portfolio, list(projects.values()))
        self._fresh = {entry.project_id: entry for entry in entries}
        self._has_plans = self._is_of_the_year(reading, draft.portfolio.year)

    def _is_of_the_year(self, reading: SheetReading, year: int) -> bool:
        """Whether the column of the year's plan is of the portfolio's year; another one is asked about."""
        column = reading.column(L.YEAR_PLAN)
        told = (year_on(column.label) or reading.year) if column else None
        if column is None or told in {None, year}:
            return True
        choices = chosen(SheetAnswer.CONFIRM, SheetAnswer.AS_IT_STANDS)
        answer = self._asker.ask(LedgerDoubt.OTHER_YEAR, f"{told} ≠ {year}", choices, is_row=False)
        return answer == SheetAnswer.CONFIRM

    def settle(self, row: SheetRow, project: Project | None, keys: Sequence[str], is_left_out: bool) -> PortfolioRow:
        self._asker.begin(row.number)
        self._asker.open_keys = list(keys)
        name = shown_text(row.text(L.NAME)) or (project.name if project else "")
        base = PortfolioRow(row.number, row.section, name, RowState.LEFT_OUT, project)
        if is_left_out:
            return base
        self._refuse(row, project)
        settled = self._settled(base, row, project) if project is not None and not keys else base
        if self._asker.is_left_out:
            self._asker.dismiss()
            return base
        if self._asker.open_keys:
            return replace(base, state=RowState.ASKED, open_keys=tuple(self._asker.open_keys))
        return settled

    def _refuse(self, row: SheetRow, project: Project | None) -> None:
        """Rows that can only be left out: of another division, or of a project that has ended."""
        division = compact_name(row.text(L.DIVISION))
        if division and division != self._division_name:
            self._asker.ask(LedgerDoubt.ELSEWHERE, row.text(L.DIVISION))
        if project is not None and project.stage is ProjectStage.TERMINATED:
            self._asker.ask(LedgerDoubt.ENDED, project.name)

    def _settled(self, base: PortfolioRow, row: SheetRow, project: Project) -> PortfolioRow:
        entry, was = self._fresh[project.pk], self._base.get(project.pk)
        entry.sources = _merged(entry.sources, {})
        ledger = {name: getattr(entry, name) for name in DESCRIBED}
        if was is not None:
            keep_decided(entry, was)
        for name, value in self._said(row, entry).items():
            setattr(entry, name, value)
        entry.own = [name for name in DESCRIBED if getattr(entry, name) != ledger[name]]
        changes = _changes(was, entry)
        state = RowState.ENTERS if was is None else RowState.CHANGED if changes else RowState.UNCHANGED
        return replace(base, state=state, entry=entry, changes=changes, rank=whole_in(row.cells.get(RANK)))

    def _said(self, row: SheetRow, stands: PortfolioEntry) -> dict[str, Any]:
        """What the filled cells of a row say, by the entry's fields."""
        said = {FIELDS[column]: value for column, value in self._values.listed(row).items()}
        if not self._has_plans:
            said.pop("planned", None)
        months = [said.get(name, getattr(stands, name)) for name in ("start_month", "completion_month")]
        if None not in months and months[1] < months[0]:
            text = " → ".join(f"{month:%Y-%m}" for month in months)
            key = f"{LedgerDoubt.IMPOSSIBLE_MONTHS}:{row.number}"
            self._asker.ask(LedgerDoubt.IMPOSSIBLE_MONTHS, text, chosen(SheetAnswer.AS_IT_STANDS), key=key)
            said = {name: value for name, value in said.items() if name not in ("start_month", "completion_month")}
        money = self._money(row)
        return said | ({"sources": _merged(stands.sources, money)} if money else {})

    def _money(self, row: SheetRow) -> dict[str, Decimal]:
        """Planned money of the whole project by source, as the row says it."""
        columns = {source.value: funding_column(source) for source in FundingSource}
        amounts = {source: self._values.units.amount(each, row.cells.get(each)) for source, each in columns.items()}
        return {source: amount for source, amount in amounts.items() if amount is not None}


def _merged(stands: Mapping[str, str], said: Mapping[str, Decimal]) -> dict[str, str]:
    """Money by source with what a row says of some; a source of nothing is none."""
    merged = {**{source: Decimal(amount) for source, amount in stands.items()}, **said}
    return {source: f"{amount:.2f}" for source, amount in merged.items() if amount}


def _changes(was: PortfolioEntry | None, entry: PortfolioEntry) -> tuple[Change, ...]:
    """What the new version says otherwise than the one before, or of a project that comes in at all."""
    pairs = [(column, getattr(was, name, None), getattr(entry, name)) for column, name in FIELDS.items()]
    for source in FundingSource:
        before, after = (_money_of(each, source) for each in (was, entry))
        pairs.append((funding_column(source), before, after))
    found = (Change(str(column), *(None if each == "" else each for each in pair)) for column, *pair in pairs)
    return tuple(change for change in found if change.before != change.after)


def _money_of(entry: PortfolioEntry | None, source: FundingSource) -> Decimal | None:
    told = entry.sources.get(source.value) if entry is not None else None
    return Decimal(told) if told else None


# --- ranks -----------------------------------------------------------------------------------------------------------
def _placed(
    rows: Sequence[PortfolioRow], base: Mapping[int, PortfolioEntry], reading: SheetReading, asker: Asker
) -> list[PortfolioRow]:
    """The rows with their new ranks; as few as possible count as moved."""
    kept = [row for row in rows if row.entry is not None and row.state in KEPT]
    ranks = count(1)
    for row in _in_order(kept, asker) if reading.column(RANK) else kept:
        row.entry.position = next(ranks)  # type: ignore[union-attr]
    order = sorted((row.entry for row in kept if row.entry is not None), key=lambda entry: entry.position)
    stands = steady(list(base), [entry.project_id for entry in order])
    return [_moved(row, base, stands) for row in rows]


def _in_order(rows: Sequence[PortfolioRow], asker: Asker) -> list[PortfolioRow]:
    """By rank where every row has one of its own; else as a person says."""
    given = [row.rank for row in rows if row.rank is not None]
    if len(set(given)) == len(rows):
        return sorted(rows, key=lambda row: row.rank or 0)
    choices = chosen(SheetAnswer.ROW_ORDER, SheetAnswer.RANKS_FIRST)
    if asker.ask(LedgerDoubt.NO_ORDER, choices=choices, is_row=False) != SheetAnswer.RANKS_FIRST:
        return list(rows)
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))


def _moved(row: PortfolioRow, base: Mapping[int, PortfolioEntry], stands: frozenset[int]) -> PortfolioRow:
    """The row, changed too if it was moved past others that stay."""
    if row.entry is None or row.state not in KEPT or row.entry.project_id in stands:
        return row
    was = base.get(row.entry.project_id)
    change = Change(RANK, was.position if was else None, row.entry.position)
    state = RowState.CHANGED if was else row.state
    return replace(row, state=state, changes=(change, *row.changes))
