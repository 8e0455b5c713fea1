"""What a workbook of figures says beside them of the one month it reports: progress, money received, plan, trouble."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sushui.kernel.labels import label_of
from sushui.projects import queries
from sushui.projects.adapter import SheetReading, SheetRow
from sushui.projects.enums import BottleneckKind, FundingSource, LedgerDoubt, ReportColumn, SheetAnswer
from sushui.projects.models import MonthlyReportVersion, Project
from sushui.projects.rules.cells import amount_in, says_nothing, shown_text
from sushui.projects.rules.reports import Before, Doubt, Said, doubts_about, moved_sum
from sushui.projects.services.imports.asking import Asker, chosen
from sushui.projects.services.imports.ledger import Change
from sushui.projects.services.imports.units import Units
from sushui.projects.services.reports import FoundBottleneck, GivenReport, ReportDraft

HUNDRED = Decimal(100)
AMOUNTS = (ReportColumn.RECEIVED, ReportColumn.NEXT_PLAN)


@dataclass(frozen=True)
class RowReport:
    """The report that a row gives, and what it changes."""

    given: GivenReport
    changes: tuple[Change, ...]


class ReportValues:
    """Reads the columns of a monthly report, row after row; without such a column or one month it reads nothing."""

    def __init__(
        self, reading: SheetReading, months: Iterable[date], projects: Mapping[int, Project], asker: Asker, units: Units
    ) -> None:
        held = {column.meaning for column in reading.columns}
        self._columns = [column for column in ReportColumn if column.value in held]
        self._labels = {column.meaning: column.label for column in reading.columns}
        found = set(months)
        self.month = found.pop() if self._columns and len(found) == 1 else None
        self._asker, self._units = asker, units
        self._limits = {number: queries.report_limits(number) for number in {p.division_id for p in projects.values()}}
        self._before = queries.before_many(projects, self.month) if self.month else {}
        self._stands = queries.standing_reports(projects, self.month) if self.month else {}
        self._troubles = queries.open_troubles(projects) if ReportColumn.BOTTLENECK in self._columns else {}

    def of(self, row: SheetRow, project: Project, done: Decimal | None, reason: str) -> RowReport | None:
        """The report of a row; None where its columns say nothing, or nothing new, or something is open."""
        if self.month is None:
            return None
        values = {column: self._value(column, row.cells.get(column.value)) for column in self._columns}
        said = {column: value for column, value in values.items() if value is not None}
        if not said or self._asker.open_keys:
            return None
        if done is None:
            self._asker.ask(LedgerDoubt.REPORT_WITHOUT_FIGURE, project.name)
            return None
        return self._report(project, done, said, reason)

    def _value(self, column: ReportColumn, cell: object) -> Decimal | str | None:
        if says_nothing(cell):
            return None
        if column in AMOUNTS:
            return self._units.amount(column.value, cell)
        return self._percent(cell) if column is ReportColumn.PROGRESS else shown_text(str(cell)) or None

    def _percent(self, cell: object) -> Decimal | None:
        """Percent of completion; a bare number up to 1 may be a share, as spreadsheets keep percentages: asked once."""
        text = str(cell).strip()
        is_percent = "%" in text or "％" in text
        found = amount_in(text.replace("%", "").replace("％", ""))
        number = found.number if found else None
        if number is not None and not is_percent and 0 < number <= 1:
            choices = chosen(SheetAnswer.AS_SHARE, SheetAnswer.AS_PERCENT)
            key = LedgerDoubt.SHARE_OR_PERCENT.value
            answer = self._asker.ask(LedgerDoubt.SHARE_OR_PERCENT, "", choices, key=key, is_row=False)
            if answer is None:
                return None
            number = number * HUNDRED if answer == SheetAnswer.AS_SHARE else number
        if number is None or not 0 <= number <= HUNDRED:
            self._asker.ask(LedgerDoubt.BAD_PERCENT, text[:120], chosen(SheetAnswer.AS_IT_STANDS))
            return None
        return number.quantize(Decimal("0.01"))

    def _report(
        self, project: Project, done: Decimal, said: Mapping[ReportColumn, Decimal | str], reason: str
    ) -> RowReport | None:
        assert self.month is not None, "a report is of one month"
        stands = self._stands.get(project.pk)
        draft = _draft(self.month, done, said, stands)
        if str(said.get(ReportColumn.BOTTLENECK, "")) in self._troubles.get(project.pk, ()):
            draft = replace(draft, bottleneck=None)
        changes = _changes(draft, stands)
        if not changes and draft.bottleneck is None and (stands is None or stands.done == done):
            return None
        confirmed = self._confirmed(project, draft)
        if stands is not None and not reason:
            answer = self._asker.ask(LedgerDoubt.NO_REASON, wants="text")
            reason = answer.strip() if answer else ""
        if self._asker.open_keys:
            return None
        return RowReport(GivenReport(project.pk, draft, reason, confirmed), changes)

    def _confirmed(self, project: Project, draft: ReportDraft) -> tuple[str, ...]:
        """What looks odd is asked about, with its numbers; gives the keys of what a person confirmed."""
        said = Said(draft.done, draft.cumulative, draft.progress)
        before, limits = self._before.get(project.pk, Before()), self._limits[project.division_id]
        doubts = doubts_about(said, before, project.total_investment, limits)
        asked = [(each.key, self._asker.ask(LedgerDoubt.REPORT_ODD, _odd(project, each), _CONFIRM)) for each in doubts]
        return tuple(key for key, answer in asked if answer == SheetAnswer.CONFIRM)


_CONFIRM = chosen(SheetAnswer.CONFIRM)


def _odd(project: Project, doubt: Doubt) -> str:
    """The doubt with its numbers, money in 万元."""
    shown = [_number(name, number) for name, number in doubt.numbers.items()]
    return f"{project.name}: {label_of(doubt.doubt)} ({' / '.join(shown)})"


def _number(name: str, number: Decimal) -> str:
    is_money = name in {"before", "done", "now", "total"}
    return f"{(number / 10_000 if is_money else number).normalize():f}"


def _draft(
    month: date, done: Decimal, said: Mapping[ReportColumn, Decimal | str], stands: MonthlyReportVersion | None
) -> ReportDraft:
    """What the row says; what it does not say stays as it stands."""
    kept = (
        {name: getattr(stands, name) for name in ("cumulative", "progress", "received", "next_plan")} if stands else {}
    )
    if stands is not None:
        kept["cumulative"] = moved_sum(stands.cumulative, stands.done, done)
    told = {column.value: value for column, value in said.items() if column is not ReportColumn.BOTTLENECK}
    trouble = said.get(ReportColumn.BOTTLENECK)
    found = FoundBottleneck(BottleneckKind.OTHER, str(trouble)) if trouble else None
    text = stands.text if stands else ""
    sources = _sources(stands) if told.get("received", kept.get("received")) == kept.get("received") else {}
    return ReportDraft(month=month, done=done, text=text, bottleneck=found, sources=sources, **{**kept, **told})


def _sources(stands: MonthlyReportVersion | None) -> dict[FundingSource, Decimal]:
    """What was received by source, which stands while the sum of it does."""
    return {FundingSource(name): Decimal(amount) for name, amount in stands.sources.items()} if stands else {}


def _changes(draft: ReportDraft, stands: MonthlyReportVersion | None) -> tuple[Change, ...]:
    fields = [column.value for column in ReportColumn if column is not ReportColumn.BOTTLENECK]
    pairs = [(name, getattr(stands, name, None), getattr(draft, name)) for name in fields]
    told = [Change(name, before, after) for name, before, after in pairs if after is not None and after != before]
    trouble = draft.bottleneck
    return (*told, *([Change(ReportColumn.BOTTLENECK.value, None, trouble.text)] if trouble else []))
