"""A sheet of the ledger as it stands now: new projects, edits with before and after, and what is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any

from sushui.kernel import clock
from sushui.kernel.errors import DomainError
from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.adapter import SheetReading, SheetRow, funding_column
from sushui.projects.enums import FundingSource, LedgerColumn, LedgerDoubt, ProjectStage, RowState, SheetAnswer
from sushui.projects.models import Project, ProjectFunding
from sushui.projects.queries import GateFacts
from sushui.projects.rules.cells import compact_name, says_nothing, shown_text, year_on
from sushui.projects.rules.codes import clean_code
from sushui.projects.rules.gates import Shortfall
from sushui.projects.rules.stages import AFTER_COMPLETION, AT_REST, BEFORE_START, may_follow
from sushui.projects.services.drafts import DRAFT_FIELDS, Funding, ProjectDraft, odd_codes
from sushui.projects.services.gates import require_days
from sushui.projects.services.imports.asking import Asker, Question, chosen, records
from sushui.projects.services.imports.ground import ground_of
from sushui.projects.services.imports.values import RowValues

L = LedgerColumn
DAYS = (L.STARTED, L.COMPLETED)
WRITTEN = (RowState.NEW, RowState.CHANGED, RowState.ENTERS, RowState.LEAVES)


@dataclass(frozen=True, slots=True)
class Change:
    """What the import changes in one field; ``before`` is None where nothing stood."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class LedgerRow:
    """A row and what becomes of it. ``draft`` is the whole project as it will be; None while something is open.

    ``owed``: what evidence the stage will owe. ``days``: the days of start and completion that the row changes.
    """

    number: int
    section: str
    name: str
    state: RowState
    project: Project | None = None
    draft: ProjectDraft | None = None
    changes: tuple[Change, ...] = ()
    stage: ProjectStage | None = None
    stage_on: date | None = None
    owed: tuple[Shortfall, ...] = ()
    days: Mapping[str, date] = field(default_factory=dict)
    year_plan: tuple[int, Decimal] | None = None
    open_keys: tuple[str, ...] = ()
    answered: tuple[Question, ...] = ()


@dataclass(frozen=True)
class SheetUnderstanding:
    """A sheet as it stands. ``is_remembered``: its columns are read as those of an earlier sheet.

    ``given``: the questions that answers settle, by the key under which the answer stands.
    """

    reading: SheetReading
    rows: list[Any]
    questions: list[Question]
    given: Mapping[str, Question] = field(default_factory=dict)
    is_remembered: bool = False

    @cached_property
    def counts(self) -> Counter[str]:
        """How many rows become what, by `RowState`."""
        return Counter(row.state.value for row in self.rows)

    @property
    def has_changes(self) -> bool:
        return any(self.counts[state] for state in WRITTEN)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is open and there is something to write."""
        return not self.reading.doubts and not self.questions and self.has_changes


@dataclass
class _Known:
    """The projects of the division by code and by name, and those that rows mean with what stands of them."""

    by_code: Mapping[str, int]
    by_name: Mapping[str, list[int]]
    labels: Mapping[int, str]
    codes: Mapping[int, str]
    projects: Mapping[int, Project] = field(default_factory=dict)
    funding: Mapping[int, list[ProjectFunding]] = field(default_factory=dict)
    plans: Mapping[tuple[int, int], Decimal] = field(default_factory=dict)
    gates: GateFacts = field(default_factory=lambda: GateFacts({}, {}, frozenset(), {}))

    @classmethod
    def of(cls, named: Iterable[tuple[int, str, str]]) -> _Known:
        rows = list(named)
        by_name: dict[str, list[int]] = {}
        for number, _code, name in rows:
            by_name.setdefault(compact_name(name), []).append(number)
        labels = {number: f"{name} {code}".strip() for number, code, name in rows}
        codes = {number: code for number, code, _name in rows}
        return cls({code: number for number, code, _name in rows if code}, by_name, labels, codes)


def understand_ledger(
    viewer: Viewer, reading: SheetReading, answers: Mapping[str, str], *, is_locking: bool = False
) -> SheetUnderstanding:
    """Read the rows of a ledger against the projects of the viewer's division; a fixed number of queries."""
    asker = Asker(answers)
    known = _Known.of(queries.project_names(queries.own_projects(viewer)))
    matched = [_Matching(known, asker).of(row) for row in reading.rows]
    numbers = {each.number for each in matched if each.number is not None}
    known.projects = queries.projects_numbered(numbers, is_locking=is_locking)
    known.gates = queries.gate_facts(viewer.division_id, numbers)
    known.funding, known.plans = queries.funding_by_project(numbers), queries.year_plans_of(numbers)
    settling = _Settling(viewer, reading, known, asker)
    rows = [settling.settle(row, match) for row, match in zip(reading.rows, matched, strict=True)]
    return SheetUnderstanding(reading, rows, asker.questions(), asker.given)


@dataclass(frozen=True)
class _Match:
    """Which project a row means: an existing one, a new one (None), or it is open or left out."""

    number: int | None = None
    open_keys: tuple[str, ...] = ()
    is_left_out: bool = False


class _Matching:
    """Which project a row means: by its code, else by its exact name."""

    def __init__(self, known: _Known, asker: Asker) -> None:
        self._known = known
        self._asker = asker

    def of(self, row: SheetRow) -> _Match:
        self._asker.begin(row.number)
        number = self._number(row)
        return _Match(number, tuple(self._asker.open_keys), self._asker.is_left_out)

    def _number(self, row: SheetRow) -> int | None:
        cell = row.cells.get(L.CODE)
        code = "" if says_nothing(cell) else clean_code(row.text(L.CODE))
        name = shown_text(row.text(L.NAME))
        by_code = self._known.by_code.get(code)
        named = self._known.by_name.get(compact_name(name), []) if name else []
        if by_code is not None:
            return self._coded(by_code, name, named)
        if not name:
            self._asker.ask(LedgerDoubt.NO_NAME, code, key=f"{LedgerDoubt.NO_NAME}:{row.number}")
            return None
        return self._named(name, code, named)

    def _coded(self, by_code: int, name: str, named: list[int]) -> int:
        """The code decides; unless the name is that of another project."""
        if named and by_code not in named:
            self._asker.ask(
                LedgerDoubt.CODE_ELSEWHERE, f"{name} → {self._known.labels[by_code]}"[:120], chosen(SheetAnswer.CONFIRM)
            )
        return by_code

    def _named(self, name: str, code: str, named: list[int]) -> int | None:
        if len(named) > 1:
            choices = records({number: self._known.labels[number] for number in named})
            new = chosen(SheetAnswer.NEW) if code else ()
            answer = self._asker.ask(LedgerDoubt.SEVERAL_PROJECTS, f"{name} {code}".strip(), (*choices, *new))
            return int(answer) if answer and answer.isdecimal() else None
        if not named:
            return None
        stands = self._known.codes[named[0]]
        if code and stands and code != stands:
            answer = self._asker.ask(
                LedgerDoubt.OTHER_CODE, f"{name}: {stands} → {code}", chosen(SheetAnswer.CONFIRM, SheetAnswer.NEW)
            )
            return named[0] if answer == SheetAnswer.CONFIRM else None
        return named[0]


class _Settling:
    """One row after the other: what it says, compared with what stands."""

    def __init__(self, viewer: Viewer, reading: SheetReading, known: _Known, asker: Asker) -> None:
        self._known = known
        self._asker = asker
        self._reading = reading
        self._values = RowValues(reading, ground_of(viewer), asker)
        self._gates = known.gates
        self._division_name = viewer.division_name
        column = reading.column(L.YEAR_PLAN)
        self._year = (year_on(column.label) if column else None) or reading.year
        self._seen: set[Any] = set()

    def settle(self, row: SheetRow, match: _Match) -> LedgerRow:
        self._asker.begin(row.number)
        self._asker.open_keys = list(match.open_keys)
        project = self._known.projects.get(match.number) if match.number is not None else None
        name = shown_text(row.text(L.NAME)) or (project.name if project else "")
        base = LedgerRow(row.number, row.section, name, RowState.LEFT_OUT, project)
        if match.is_left_out or self._is_refused(row, match, name):
            self._asker.dismiss()
            return base
        settled = self._settled(base, row, project) if not match.open_keys else base
        if self._asker.is_left_out:
            self._asker.dismiss()
            return base
        if self._asker.open_keys:
            return replace(base, state=RowState.ASKED, open_keys=tuple(self._asker.open_keys))
        return settled

    def _is_refused(self, row: SheetRow, match: _Match, name: str) -> bool:
        """Rows that can only be left out: of another division, or of a project that has a row already."""
        division = compact_name(row.text(L.DIVISION))
        if division and division != compact_name(self._division_name):
            self._asker.ask(LedgerDoubt.ELSEWHERE, row.text(L.DIVISION))
        code = clean_code(row.text(L.CODE))
        key = match.number if match.number is not None else (code or compact_name(name))
        if not match.open_keys and key in self._seen:
            self._asker.ask(LedgerDoubt.TWICE, name, key=f"{LedgerDoubt.TWICE}:{row.number}")
        if not self._asker.is_left_out and not match.open_keys:
            self._seen.add(key)
        return self._asker.is_left_out

    def _settled(self, base: LedgerRow, row: SheetRow, project: Project | None) -> LedgerRow:
        said = self._values.of(row, project)
        self._refuse_postponement(said, project)
        stage, stage_on = self._stage(row, project)
        days = self._days(row, project, stage, stage_on)
        plan = self._year_plan(row, project)
        funding = self._funding(row)
        stands = {(each.year, each.source): each.amount for each in self._standing(project)}
        money = {key: amount for key, amount in funding.items() if stands.get(key, Decimal()) != amount}
        changes = [*_changed(said, project), *_changed_money(money, stands)]
        if stage is not None:
            changes.append(Change(L.STAGE, project.stage if project else None, stage))
        changes += [Change(name, getattr(project, name, None), day) for name, day in days.items()]
        if plan is not None:
            before = self._known.plans.get((project.pk, plan[0])) if project else None
            changes.append(Change(L.YEAR_PLAN, before, plan[1]))
        state = RowState.NEW if project is None else RowState.CHANGED if changes else RowState.UNCHANGED
        draft = None if self._asker.open_keys else self._draft(base.name, said, project, money)
        return replace(
            base,
            state=state,
            draft=draft,
            changes=tuple(changes),
            stage=stage,
            stage_on=stage_on,
            owed=self._owed(said, project, stage),
            days=days,
            year_plan=plan,
        )

    def _owed(
        self, said: Mapping[str, Any], project: Project | None, stage: ProjectStage | None
    ) -> tuple[Shortfall, ...]:
        """What the stage that the row names will owe."""
        if stage is None:
            return ()
        return tuple(self._gates.owed(project, stage, said.get(L.CODE.value) or (project.code if project else "")))

    def _days(
        self, row: SheetRow, project: Project | None, stage: ProjectStage | None, stage_on: date | None
    ) -> dict[str, date]:
        """The days of start and completion that differ from those that stand; days that cannot be are refused, those
        that stand too where the row moves the project to a stage before them."""
        told = {name.value: self._values.day(row, name) for name in DAYS}
        said = {name: day for name, day in told.items() if day is not None and day != getattr(project, name, None)}
        if self._asker.open_keys or not (said or stage):
            return said
        reached, on = stage or self._gates.reached(project), stage_on or clock.today()
        stands = _days_after(project, reached)
        refusal = _refusal(reached, on, {**stands, **said})
        if refusal is None:
            return said
        may_stay = bool(said) and _refusal(reached, on, stands) is None
        key = f"{LedgerDoubt.IMPOSSIBLE_DAY}:{row.number}"
        choices = chosen(SheetAnswer.AS_IT_STANDS) if may_stay else ()
        self._asker.ask(LedgerDoubt.IMPOSSIBLE_DAY, refusal.sentence, choices, key=key)
        return {}

    def _standing(self, project: Project | None) -> list[ProjectFunding]:
        return self._known.funding.get(project.pk, []) if project else []

    def _draft(self, name: str, said: Mapping[str, Any], project: Project | None, money: Funding) -> ProjectDraft:
        """The project as it will be: what stands, and over it what the row says."""
        stands = {column: getattr(project, column) for column in DRAFT_FIELDS} if project else {"name": name}
        kept = {(each.year, each.source): each.amount for each in self._standing(project)}
        values = {**stands, **said}
        values["sector"] = values.get("sector") or None
        odd = odd_codes(values.get("code", ""), values.get("owner_code", ""))
        return ProjectDraft(**values, funding={**kept, **money}, confirmed=frozenset(odd))

    def _stage(self, row: SheetRow, project: Project | None) -> tuple[ProjectStage | None, date | None]:
        """A stage that the project is to move to, or in which a new one is entered, and since when."""
        stage = self._values.stage(row)
        if stage is None or (project is not None and project.stage == stage):
            return None, None
        if project is not None and (stage in AT_REST or not may_follow(stage, project.stage)):
            self._asker.ask(LedgerDoubt.STAGE_CANNOT_FOLLOW, row.text(L.STAGE), chosen(SheetAnswer.AS_IT_STANDS))
            return None, None
        return stage, self._values.stage_on(row)

    def _refuse_postponement(self, said: dict[str, Any], project: Project | None) -> None:
        month = said.get(L.START.value)
        stands = project.planned_start_month if project and not project.started_on else None
        if month is not None and stands is not None and stands < clock.today() and month > stands:
            text = f"{stands:%Y-%m} → {month:%Y-%m}"
            self._asker.ask(LedgerDoubt.START_POSTPONED, text, chosen(SheetAnswer.AS_IT_STANDS))
            del said[L.START.value]

    def _year_plan(self, row: SheetRow, project: Project | None) -> tuple[int, Decimal] | None:
        """A year's plan that differs from the one that stands."""
        amount = self._values.units.amount(L.YEAR_PLAN, row.cells.get(L.YEAR_PLAN))
        if amount is None:
            return None
        year = self._year or self._asked_year()
        stands = self._known.plans.get((project.pk, year)) if project and year else None
        return None if year is None or stands == amount else (year, amount)

    def _asked_year(self) -> int | None:
        answer = self._asker.ask(LedgerDoubt.NO_YEAR, wants="year", is_row=False)
        return int(answer) if answer else None

    def _funding(self, row: SheetRow) -> dict[tuple[int, FundingSource], Decimal]:
        """Money by year (0: of the whole project) and source, as the row says it."""
        found: dict[tuple[int, FundingSource], Decimal] = {}
        for source, is_yearly in product(FundingSource, (False, True)):
            column = funding_column(source, is_yearly=is_yearly)
            amount = self._values.units.amount(column, row.cells.get(column))
            year = self._year_of(column) if is_yearly and amount is not None else 0
            if amount is not None and year is not None:
                found[year, source] = amount
        return found

    def _year_of(self, meaning: str) -> int | None:
        """The year of a column: its heading's, else that of the sheet, else asked."""
        column = self._reading.column(meaning)
        return (year_on(column.label) if column else None) or self._year or self._asked_year()


def _refusal(stage: ProjectStage, on: date, days: Mapping[str, date | None]) -> DomainError | None:
    """Why a project that is in a stage since a day cannot have these days of start and completion."""
    try:
        require_days(stage, on, *(days.get(name.value) for name in DAYS))
    except DomainError as refusal:
        return refusal
    return None


def _days_after(project: Project | None, stage: ProjectStage) -> dict[str, date | None]:
    """The days that stand once the project is in a stage: a stage taken back has none."""
    if project is None or stage in BEFORE_START:
        return {}
    completed = project.completed_on if stage in AFTER_COMPLETION else None
    return {L.STARTED.value: project.started_on, L.COMPLETED.value: completed}


def _changed(said: Mapping[str, Any], project: Project | None) -> Iterable[Change]:
    for name, after in said.items():
        before = getattr(project, name) if project else None
        if project is None or not _is_same(before, after):
            yield Change(name, None if before == "" else before, after)


def _is_same(before: Any, after: Any) -> bool:
    return shown_text(before) == after if isinstance(before, str) and type(after) is str else bool(before == after)


def _changed_money(money: Funding, stands: Funding) -> Iterable[Change]:
    for (year, source), after in money.items():
        yield Change(funding_column(source, is_yearly=bool(year)), stands.get((year, source)), after)
