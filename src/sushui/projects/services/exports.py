"""The ledger and a year's figures as workbooks that import again unchanged, and templates to fill in.

Money stands in 万元 with the yuan and fen behind the point. What is exported leaves its line in the chain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from itertools import product
from typing import BinaryIO

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from sushui.documents.services import Column, ColumnKind, Table, Value, write_workbook
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import Forbidden
from sushui.kernel.industries import industry
from sushui.kernel.labels import label_of
from sushui.kernel.months import year_months
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agencies, post_for
from sushui.projects import queries
from sushui.projects.adapter.vocabulary import MONTHLY_LABELS
from sushui.projects.enums import FigureKind, FundingSource, LedgerColumn, ListVerb, ReportColumn, Unit
from sushui.projects.models import Project, ProjectFunding, ProjectMonth, YearPlan
from sushui.projects.permissions import may_keep_ledger, may_open_projects, may_send_figures
from sushui.projects.queries import ProjectFilter
from sushui.projects.rules.cells import exact_number

L = LedgerColumn
_AT_ONCE = 1000
_WAN = Decimal(10_000)
_MONEY = (L.TOTAL, L.OUTPUT, L.TAX)
_UNITS = {**dict.fromkeys(_MONEY, Unit.WAN), L.AREA: Unit.MU, L.ENERGY: Unit.TCE}
_DAYS = frozenset({L.STAGE_ON, L.STARTED, L.COMPLETED})
_NUMBERS = frozenset({L.NUMBER, L.JOBS, *_UNITS})
_WIDTHS = {
    L.NUMBER: 6,
    L.CODE: 26,
    L.NAME: 36,
    L.CONTENT: 48,
    L.OWNER: 28,
    L.OWNER_CODE: 22,
    L.INDUSTRY: 28,
    L.NOTE: 24,
}
_BEFORE_MONEY = tuple(L)[: list(L).index(L.YEAR_PLAN)]
_AFTER_MONEY = tuple(each for each in tuple(L)[list(L).index(L.AREA) :] if each is not L.IGNORED)


# --- the ledger ------------------------------------------------------------------------------------------------------
def export_ledger(viewer: Viewer, narrowed: ProjectFilter, to: BinaryIO, *, year: int | None = None) -> int:
    """Write the ledger, narrowed, to an open file; gives the number of projects. Any number of rows, little memory.

    ``year`` is that of the yearly plan, by default this year.
    """
    if not may_open_projects(viewer):
        raise Forbidden
    shown_year = year or clock.today().year
    table = Table(_("Ledger of projects"), _ledger_columns(shown_year), notes=(_who(viewer),))
    count = write_workbook(table, _ledger_lines(viewer, queries.ledger(viewer, narrowed), shown_year), to)
    said = {name: value for name, value in asdict(narrowed).items() if value not in (None, "", False)}
    _told(viewer, {"rows": count, "year": shown_year, "filter": said})
    return count


def write_ledger_template(viewer: Viewer, to: BinaryIO) -> None:
    """An empty ledger with its headings, and how to fill it in."""
    if not may_keep_ledger(viewer):
        raise Forbidden
    notes = (
        _("One project a row. A project is found again by its code, else by its exact name."),
        _("An empty cell leaves what stands alone; money is in the unit of its heading."),
        _("Months as 2026-03, the stage with the day since when the project is in it."),
        _("Days of start and completion stand only where the stage has them; evidence that is missing is owed."),
    )
    write_workbook(Table(_("Ledger of projects"), _ledger_columns(clock.today().year), notes=notes), (), to)


def _ledger_columns(year: int) -> tuple[Column, ...]:
    plan = f"{year} {label_of(L.YEAR_PLAN)}"
    whole = [(label_of(source), Unit.WAN) for source in FundingSource]
    money = [(plan, Unit.WAN), *whole, *((f"{year} {label}", unit) for label, unit in whole)]
    return (
        *(_ledger_column(each) for each in _BEFORE_MONEY),
        *(Column(with_unit(label, unit), ColumnKind.NUMBER, 16) for label, unit in money),
        *(_ledger_column(each) for each in _AFTER_MONEY),
    )


def _ledger_column(column: LedgerColumn) -> Column:
    kind = ColumnKind.NUMBER if column in _NUMBERS else ColumnKind.TEXT
    kind = ColumnKind.DATE if column in _DAYS else kind
    return Column(with_unit(label_of(column), _UNITS.get(column)), kind, _WIDTHS.get(column, 16))


def with_unit(label: str, unit: Unit | None) -> str:
    """A heading that says in which unit its column is."""
    return _("%(label)s (%(unit)s)") % {"label": label, "unit": label_of(unit)} if unit else label


def _ledger_lines(viewer: Viewer, rows: QuerySet[Project], year: int) -> Iterator[tuple[Value, ...]]:
    names = _agency_names(viewer)
    plans = Prefetch("year_plans", queryset=YearPlan.objects.filter(year=year))
    funding = Prefetch("funding", queryset=ProjectFunding.objects.filter(year__in=(0, year)))
    told = rows.prefetch_related(plans, funding)
    return (_ledger_line(number, each, names, year) for number, each in enumerate(_stretches(told), start=1))


def _stretches(rows: QuerySet[Project]) -> Iterator[Project]:
    """Projects in the order of their entry, read in stretches that memory does not feel."""
    last, ordered = 0, rows.order_by("pk")
    while stretch := list(ordered.filter(pk__gt=last)[:_AT_ONCE]):
        yield from stretch
        last = stretch[-1].pk


def _ledger_line(number: int, project: Project, names: Mapping[int, str], year: int) -> tuple[Value, ...]:
    plan = next((each.amount for each in project.year_plans.all()), None)
    money = {(each.year, each.source): each.amount for each in project.funding.all()}
    return (
        number,
        *(_ledger_value(each, project, names) for each in _BEFORE_MONEY if each is not L.NUMBER),
        _wan(plan),
        *(_wan(money.get(key)) for key in product((0, year), FundingSource)),
        *(_ledger_value(each, project, names) for each in _AFTER_MONEY),
    )


def _ledger_value(column: LedgerColumn, project: Project, names: Mapping[int, str]) -> Value:
    """A cell of the ledger."""
    match column:
        case L.INDUSTRY:
            found = industry(project.industry_code) if project.industry_code else None
            return str(found) if found else project.industry_code
        case L.CLUSTER:
            return project.cluster.name if project.cluster else None
        case L.AGENCY:
            return names.get(project.agency_id, str(project.agency)) if project.agency_id else None
        case L.PLACE:
            return project.place.name if project.place else None
        case L.DIVISION:
            return str(project.division.name)
        case L.LEVEL | L.SECTOR | L.STAGE:
            word = getattr(project, column.value)
            return label_of(word) if word else None
        case L.START | L.COMPLETION:
            month: date | None = getattr(project, column.value)
            return f"{month:%Y-%m}" if month else None
        case L.TOTAL | L.OUTPUT | L.TAX:
            return _wan(getattr(project, column.value))
        case L.AREA | L.ENERGY:
            amount: Decimal | None = getattr(project, column.value)
            return None if amount is None else exact_number(amount)
        case _:
            value: Value = getattr(project, column.value)
            return value


# --- figures ---------------------------------------------------------------------------------------------------------
def export_figures(viewer: Viewer, narrowed: ProjectFilter, year: int, to: BinaryIO) -> int:
    """Write the year's plan and investment done, month by month, of the ledger as narrowed; gives the projects."""
    if not may_open_projects(viewer):
        raise Forbidden
    title = _("Monthly investment of projects, %(year)s") % {"year": year}
    table = Table(title, _figure_columns(), notes=(_who(viewer),))
    count = write_workbook(table, _figure_lines(viewer, queries.ledger(viewer, narrowed), year), to)
    said = {name: value for name, value in asdict(narrowed).items() if value not in (None, "", False)}
    _told(viewer, {"rows": count, "figures": year, "filter": said})
    return count


def write_figures_template(viewer: Viewer, month: date, to: BinaryIO) -> int:
    """One month to be filled in, a row for each project whose figures the viewer may send; gives the projects."""
    if not may_send_figures(viewer):
        raise Forbidden
    done = with_unit(_(MONTHLY_LABELS[FigureKind.ACTUAL]) % {"month": month.month}, Unit.WAN)
    title = _("Investment done in month %(month)s, %(year)s") % {"month": month.month, "year": month.year}
    notes = (_("An empty cell says nothing; 0 says that nothing was done."),)
    names = _agency_names(viewer)
    columns = (*_naming_columns(), Column(done, ColumnKind.NUMBER, 20), *_report_columns())
    rows = queries.own_projects(viewer).select_related("agency", "division")
    empty = (None,) * (1 + len(ReportColumn))
    lines = ((*_naming(number, each, names), *empty) for number, each in enumerate(_stretches(rows), start=1))
    return write_workbook(Table(title, columns, notes=notes), lines, to)


def _report_columns() -> tuple[Column, ...]:
    """What a report says of the month beside the investment; the import reads all of it."""
    return (
        Column(f"{label_of(ReportColumn.PROGRESS)} (%)", ColumnKind.NUMBER, 16),
        Column(with_unit(label_of(ReportColumn.RECEIVED), Unit.WAN), ColumnKind.NUMBER, 20),
        Column(with_unit(label_of(ReportColumn.NEXT_PLAN), Unit.WAN), ColumnKind.NUMBER, 20),
        Column(label_of(ReportColumn.BOTTLENECK), width=36),
    )


def _naming_columns() -> tuple[Column, ...]:
    return (
        Column(label_of(L.NUMBER), ColumnKind.NUMBER, 6),
        Column(label_of(L.CODE), width=26),
        Column(label_of(L.NAME), width=36),
        Column(label_of(L.AGENCY), width=18),
        Column(label_of(L.DIVISION), width=12),
    )


def _naming(number: int, project: Project, names: Mapping[int, str]) -> tuple[Value, ...]:
    agency = names.get(project.agency_id, str(project.agency)) if project.agency_id else None
    return number, project.code, project.name, agency, project.division.name


def _figure_columns() -> tuple[Column, ...]:
    months = [
        Column(with_unit(_(MONTHLY_LABELS[kind]) % {"month": month}, Unit.WAN), ColumnKind.NUMBER, 14)
        for month in range(1, 13)
        for kind in FigureKind
    ]
    return (*_naming_columns(), *months)


def _figure_lines(viewer: Viewer, rows: QuerySet[Project], year: int) -> Iterator[tuple[Value, ...]]:
    names = _agency_names(viewer)
    months = Prefetch("months", queryset=ProjectMonth.objects.filter(month__year=year))
    told = rows.prefetch_related(months)
    for number, project in enumerate(_stretches(told), start=1):
        stands = {each.month: (each.planned, each.actual) for each in project.months.all()}
        amounts = [amount for month in year_months(year) for amount in stands.get(month, (None, None))]
        yield (*_naming(number, project, names), *map(_wan, amounts))


# --- what they share -------------------------------------------------------------------------------------------------
def _wan(amount: Decimal | None) -> Value:
    """Yuan in 万元, exact."""
    return None if amount is None else exact_number(amount / _WAN)


def _agency_names(viewer: Viewer) -> dict[int, str]:
    """Each agency by the name in daily use; where two have the same, by the official one, which is unique."""
    rows = list(agencies(viewer))
    often = Counter((row.division_id, str(row)) for row in rows)
    return {row.pk: row.name if often[row.division_id, str(row)] > 1 else str(row) for row in rows}


def _who(viewer: Viewer) -> str:
    now = clock.local(clock.now())
    said = {"at": f"{now:%Y-%m-%d %H:%M}", "agency": viewer.agency_name, "post": viewer.post_name}
    return _("exported on %(at)s by %(agency)s %(post)s") % said


def _told(viewer: Viewer, said: dict[str, object]) -> None:
    record_act(viewer, ListVerb.EXPORT, post_for(viewer, viewer.post_id), after=said)
