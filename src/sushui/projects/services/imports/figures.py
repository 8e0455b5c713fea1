"""A sheet of monthly figures as it stands now: what is new, what corrects a standing figure, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sushui.kernel import clock
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.adapter import SheetColumn, SheetReading, SheetRow
from sushui.projects.enums import FigureKind, LedgerColumn, LedgerDoubt, RowState, SheetAnswer
from sushui.projects.models import Project
from sushui.projects.permissions import may_keep_ledger
from sushui.projects.rules.cells import compact_name, month_on, shown_text, year_on
from sushui.projects.rules.tables import pattern
from sushui.projects.services.figures import Figure
from sushui.projects.services.imports.asking import Asker, Question, chosen
from sushui.projects.services.imports.ledger import Change, SheetUnderstanding
from sushui.projects.services.imports.matching import Matching
from sushui.projects.services.imports.reports import ReportValues, RowReport
from sushui.projects.services.imports.units import Units
from sushui.projects.services.reports import GivenReport

PER_MONTH, SUM = "month", "sum"
_MONTH_IN_TITLE, _SPAN_IN_TITLE = pattern("month_in_title"), pattern("span_in_title")
_PLAN, _ACTUAL = pattern("plan"), pattern("actual")
Key = tuple[int, date, FigureKind]


@dataclass(frozen=True)
class FiguresRow:
    """A row and what becomes of it: ``figures`` are only those that are new or differ, corrections with a reason, and
    without that of the month which the ``report`` gives.

    ``report``: what the row says of its month beside the figures, if that is new. ``answered``: what was answered for
    all rows and may be said otherwise for this one.
    """

    number: int
    section: str
    name: str
    state: RowState
    project: Project | None = None
    figures: tuple[Figure, ...] = ()
    report: GivenReport | None = None
    changes: tuple[Change, ...] = ()
    open_keys: tuple[str, ...] = ()
    answered: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """What a column of figures holds: one month or, with ``is_sum``, all since January to it (None: to the last)."""

    meaning: str
    kind: FigureKind
    month: int | None
    is_sum: bool = False


def understand_figures(
    viewer: Viewer, reading: SheetReading, answers: Mapping[str, str], *, is_locking: bool = False
) -> SheetUnderstanding:
    """Read the rows of a sheet of figures against the projects whose figures the viewer may send."""
    asker = Asker(answers)
    sheet = _SheetFacts(reading, asker)
    named = queries.project_names(queries.own_projects(viewer))
    matching = Matching(named, asker, queries.foreign_names(viewer))
    numbers = [matching.of(row) for row in reading.rows]
    found = {number for number, _keys, _left in numbers if number is not None}
    projects = queries.projects_numbered(found, is_locking=is_locking)
    standing = queries.standing_figures(found, sheet.year) if sheet.year else {}
    units = Units(reading, asker)
    reports = ReportValues(reading, sheet.months_done, projects, asker, units)
    settling = _Settling(sheet, standing, asker, units, reports, may_plan=bool(may_keep_ledger(viewer)))
    rows = [
        settling.settle(row, projects.get(number) if number else None, keys, is_left_out)
        for row, (number, keys, is_left_out) in zip(reading.rows, numbers, strict=True)
    ]
    return SheetUnderstanding(reading, rows, asker.questions(), asker.given)


class _SheetFacts:
    """Year, month and kind of the figures, where the headings or the title say them; else a person."""

    def __init__(self, reading: SheetReading, asker: Asker) -> None:
        self._reading = reading
        self._asker = asker
        self._above = [reading.title, *reading.heading]
        columns = [column for column in reading.columns if ":" in column.meaning]
        years = {year for column in columns if (year := year_on(column.label))}
        self.year = years.pop() if len(years) == 1 else reading.year or self._asked(LedgerDoubt.NO_YEAR, "year")
        self.places = [place for column in columns if (place := self._place(column)) is not None]

    @property
    def months_done(self) -> list[date]:
        """The months of which the columns say what was done."""
        done = (place.month for place in self.places if place.kind is FigureKind.ACTUAL and not place.is_sum)
        return [month for number in done if (month := month_on(self.year or 0, number or 0)) is not None]

    def _asked(self, doubt: LedgerDoubt, wants: str) -> int | None:
        answer = self._asker.ask(doubt, wants=wants, is_row=False)
        return int(answer) if answer else None

    def _place(self, column: SheetColumn) -> _Place | None:
        said, _colon, what = column.meaning.partition(":")
        kind = FigureKind(said) if said else self._kind(column)
        is_sum = what.startswith(SUM)
        digits = what.removeprefix(SUM) if is_sum else what
        month = int(digits) if digits.isdecimal() else None
        if not is_sum and month is None:
            month = self._month()
            if month is None:
                return None
        return _Place(column.meaning, kind, month, is_sum) if kind else None

    def _kind(self, column: SheetColumn) -> FigureKind | None:
        """Plan or done: the title says one of both, or a person does."""
        title = "".join(self._above[:1])
        is_plan, is_actual = bool(_PLAN.search(title)), bool(_ACTUAL.search(title))
        if is_plan != is_actual:
            return FigureKind.PLAN if is_plan else FigureKind.ACTUAL
        answer = self._asker.ask(
            LedgerDoubt.NO_KIND, choices=[(kind.value, label_of(kind)) for kind in FigureKind], is_row=False
        )
        return FigureKind(answer) if answer else None

    def _month(self) -> int | None:
        """The month that 本月 means: the one month of the title, or as a person says."""
        lines = [compact_name(line) for line in self._above]
        single = [line for line in lines if not _SPAN_IN_TITLE.search(line)]
        found = {int(text) for line in single for text in _MONTH_IN_TITLE.findall(line)}
        return found.pop() if len(found) == 1 else self._asked(LedgerDoubt.NO_MONTH, "month")


class _Settling:
    """One row after the other: its figures, compared with those that stand."""

    def __init__(
        self,
        sheet: _SheetFacts,
        standing: Mapping[Key, Decimal],
        asker: Asker,
        units: Units,
        reports: ReportValues,
        *,
        may_plan: bool,
    ) -> None:
        self._sheet = sheet
        self._standing = standing
        self._asker = asker
        self._units = units
        self._reports = reports
        self._may_plan = may_plan

    def settle(self, row: SheetRow, project: Project | None, keys: tuple[str, ...], is_left_out: bool) -> FiguresRow:
        self._asker.begin(row.number)
        self._asker.open_keys = list(keys)
        name = shown_text(row.text(LedgerColumn.NAME)) or (project.name if project else "")
        base = FiguresRow(row.number, row.section, name, RowState.LEFT_OUT, project)
        if is_left_out:
            return base
        if self._sheet.year is None and LedgerDoubt.NO_YEAR.value not in self._asker.open_keys:
            self._asker.ask(LedgerDoubt.NO_YEAR, wants="year", is_row=False)
        settled = self._settled(base, row, project) if project is not None and not keys and self._sheet.year else base
        if self._asker.is_left_out:
            self._asker.dismiss()
            return base
        if self._asker.open_keys:
            return replace(base, state=RowState.ASKED, open_keys=tuple(self._asker.open_keys))
        return settled

    def _settled(self, base: FiguresRow, row: SheetRow, project: Project) -> FiguresRow:
        given = self._given(row, project)
        changed = {key: amount for key, amount in given.items() if self._standing.get(key) != amount}
        self._check_sums(row, project, given)
        changed = self._without_foreign_plans(changed, project)
        reason = self._reason(changed)
        figures = [
            Figure(*key, amount, reason if key in self._standing else "") for key, amount in sorted(changed.items())
        ]
        changes = [
            Change(f"{kind.value}:{month:%Y-%m}", self._standing.get((number, month, kind)), amount)
            for (number, month, kind), amount in sorted(changed.items())
        ]
        report = self._report(row, project, given, reason)
        state = RowState.UNCHANGED
        if changed or report:
            is_corrected = any(key in self._standing for key in changed) or (report is not None and not changed)
            state = RowState.CHANGED if is_corrected else RowState.NEW
        return replace(
            base,
            state=state,
            figures=tuple(each for each in figures if report is None or each.key != self._reported(project)),
            report=report.given if report else None,
            changes=(*changes, *(report.changes if report else ())),
            answered=tuple(self._asker.answered),
        )

    def _report(self, row: SheetRow, project: Project, given: Mapping[Key, Decimal], reason: str) -> RowReport | None:
        """What the row says of its month, with what was done in it as given or standing."""
        month = self._reports.month
        if month is None:
            return None
        key = project.pk, month, FigureKind.ACTUAL
        return self._reports.of(row, project, given.get(key, self._standing.get(key)), reason)

    def _reported(self, project: Project) -> tuple[int, date | None, FigureKind]:
        """The figure that a report gives by itself."""
        return project.pk, self._reports.month, FigureKind.ACTUAL

    def _given(self, row: SheetRow, project: Project) -> dict[Key, Decimal]:
        """What the row says of single months; sums say nothing of a month."""
        found: dict[Key, Decimal] = {}
        for place in self._sheet.places:
            month = month_on(self._sheet.year or 0, place.month or 0)
            if place.is_sum or month is None:
                continue
            amount = self._units.amount(place.meaning, row.cells.get(place.meaning))
            if amount is None:
                continue
            if place.kind is FigureKind.ACTUAL and month > clock.today():
                text = f"{month:%Y-%m}"
                self._asker.ask(LedgerDoubt.FUTURE_MONTH, text, chosen(SheetAnswer.AS_IT_STANDS))
                continue
            found[project.pk, month, place.kind] = amount
        return found

    def _check_sums(self, row: SheetRow, project: Project, given: Mapping[Key, Decimal]) -> None:
        """A sum in the table against the sum of the months, as given or standing; a difference is asked."""
        for place in self._sheet.places:
            told = self._units.amount(place.meaning, row.cells.get(place.meaning)) if place.is_sum else None
            if told is None:
                continue
            last = place.month or self._last_month(place.kind)
            total = sum((self._known(project, month, place.kind, given) for month in range(1, last + 1)), Decimal())
            if total != told:
                text = f"{label_of(place.kind)}: {_wan(told)} ≠ {_wan(total)}"
                key = f"{LedgerDoubt.SUM_DIFFERS}:{row.number}:{place.kind}"
                self._asker.ask(LedgerDoubt.SUM_DIFFERS, text, chosen(SheetAnswer.MONTHS_COUNT), key=key)

    def _last_month(self, kind: FigureKind) -> int:
        """Up to which month a sum without months goes: the last column of its kind, a single month's or December's."""
        months = [place.month for place in self._sheet.places if place.kind is kind and not place.is_sum]
        return max((month for month in months if month), default=12)

    def _known(self, project: Project, number: int, kind: FigureKind, given: Mapping[Key, Decimal]) -> Decimal:
        month = month_on(self._sheet.year or 0, number)
        assert month is not None, "a month of a year that can be"
        key = project.pk, month, kind
        return given.get(key, self._standing.get(key, Decimal()))

    def _without_foreign_plans(self, changed: dict[Key, Decimal], project: Project) -> dict[Key, Decimal]:
        if self._may_plan or not any(kind is FigureKind.PLAN for _number, _month, kind in changed):
            return changed
        self._asker.ask(LedgerDoubt.PLAN_NOT_YOURS, project.name, chosen(SheetAnswer.AS_IT_STANDS))
        return {key: amount for key, amount in changed.items() if key[2] is not FigureKind.PLAN}

    def _reason(self, changed: Mapping[Key, Decimal]) -> str:
        """Why standing figures are corrected: said once for all rows, or for this one alone."""
        if not any(key in self._standing for key in changed):
            return ""
        answer = self._asker.ask(LedgerDoubt.NO_REASON, wants="text")
        return answer.strip() if answer else ""


def _wan(amount: Decimal) -> str:
    return f"{(amount / 10_000).normalize():f}"
