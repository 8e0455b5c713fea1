"""The grid as a workbook: the columns and the rows as they were chosen, in the order in which they stood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sushui.documents.services import Column, ColumnKind, Table, Value, write_workbook
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import Forbidden
from sushui.kernel.industries import industry
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import post_for
from sushui.projects import queries
from sushui.projects.enums import ListVerb, Unit
from sushui.projects.enums.looks import DAY_COLUMNS, MONEY_COLUMNS, MONTH_COLUMNS, NUMBER_COLUMNS, GridColumn
from sushui.projects.models import Project
from sushui.projects.permissions import may_open_projects
from sushui.projects.queries import GridFacts, ProjectFilter
from sushui.projects.rules.cells import exact_number

G = GridColumn
AT_ONCE = 1000
WAN = Decimal(10_000)
_UNITS = {**dict.fromkeys(MONEY_COLUMNS, Unit.WAN), G.AREA: Unit.MU, G.ENERGY: Unit.TCE}
_WIDTHS = {G.NAME: 36, G.CODE: 26, G.OWNER: 28, G.AGENCY: 18, G.INDUSTRY: 28, G.STEP: 28}
_FIELDS = {
    G.NAME: "name",
    G.CODE: "code",
    G.OWNER: "owner_name",
    G.STAGE_ON: "stage_on",
    G.TOTAL: "total_investment",
    G.OUTPUT: "expected_output",
    G.TAX: "expected_tax",
    G.AREA: "area_mu",
    G.ENERGY: "energy_tce",
    G.JOBS: "jobs",
    G.START: "planned_start_month",
    G.COMPLETION: "planned_completion_month",
    G.STARTED: "started_on",
    G.COMPLETED: "completed_on",
    G.ENROLLED: "enrolled_on",
}
_WORDS = {G.STAGE: "stage", G.LIGHT: "light", G.LEVEL: "level", G.SECTOR: "sector"}
_RECORDS = {G.AGENCY: "agency", G.CLUSTER: "cluster", G.PLACE: "place", G.DIVISION: "division"}


def grid_value(column: GridColumn, facts: GridFacts) -> Value:
    """What a cell holds: money in yuan, months and days as dates, words in the reader's language; None is unknown."""
    project = facts.project
    if column in _FIELDS:
        value: Value = getattr(project, _FIELDS[column])
        return None if value == "" else value
    if column in _WORDS:
        word = getattr(project, _WORDS[column])
        return label_of(word) if word else None
    if column in _RECORDS:
        record = getattr(project, _RECORDS[column])
        return str(record) if record else None
    return _beside(column, facts)


def _beside(column: GridColumn, facts: GridFacts) -> Value:
    """What does not stand in the project itself."""
    match column:
        case G.PLANNED:
            return facts.year.planned
        case G.DONE:
            return facts.year.done
        case G.PERCENT:
            return facts.year.percent
        case G.LEADER:
            return facts.leader or None
        case G.HELD_UP:
            return facts.held_up or None
        case G.INDUSTRY:
            code = facts.project.industry_code
            return str(industry(code) or code) if code else None
        case _:
            return f"{facts.step.name} {facts.step.planned_on}" if facts.step else None


def export_grid(
    viewer: Viewer,
    narrowed: ProjectFilter,
    columns: Sequence[GridColumn],
    sort: Sort,
    to: BinaryIO,
    *,
    ticked: Sequence[int] = (),
) -> int:
    """Write the chosen columns of the ledger, narrowed and sorted, to an open file; gives the number of projects.

    ``ticked``: of these projects alone.
    """
    if not may_open_projects(viewer):
        raise Forbidden
    year = clock.today().year
    table = Table(_("Ledger of projects"), tuple(map(_heading, columns)), notes=(_who(viewer, year),))
    rows = queries.ledger(viewer, narrowed)
    rows = rows.filter(pk__in=ticked) if ticked else rows
    lines = (tuple(_cell(column, facts) for column in columns) for facts in _facts(rows, columns, sort, year))
    count = write_workbook(table, lines, to)
    said = {name: value for name, value in asdict(narrowed).items() if value not in (None, "", False)}
    told = {"rows": count, "year": year, "filter": said, "columns": [each.value for each in columns]}
    record_act(viewer, ListVerb.EXPORT, post_for(viewer, viewer.post_id), after=told)
    return count


def _facts(rows: QuerySet[Project], columns: Sequence[GridColumn], sort: Sort, year: int) -> Iterator[GridFacts]:
    """The rows in their order, read in stretches that memory does not feel."""
    after, is_first = "", True
    while is_first or after:
        found = stretch(rows, sort, after=after, size=AT_ONCE)
        yield from queries.grid_facts(found.rows, year, columns)
        after, is_first = found.after, False


def _heading(column: GridColumn) -> Column:
    unit = _UNITS.get(column)
    label = label_of(column)
    titled = _("%(label)s (%(unit)s)") % {"label": label, "unit": label_of(unit)} if unit else label
    titled = f"{titled} %" if column is G.PERCENT else titled
    kind = ColumnKind.NUMBER if column in MONEY_COLUMNS | NUMBER_COLUMNS else ColumnKind.TEXT
    return Column(titled, ColumnKind.DATE if column in DAY_COLUMNS else kind, _WIDTHS.get(column, 16))


def _cell(column: GridColumn, facts: GridFacts) -> Value:
    value = grid_value(column, facts)
    if value is None:
        return None
    if column in MONTH_COLUMNS:
        return f"{value:%Y-%m}"
    if column is G.PERCENT and isinstance(value, Decimal):
        return exact_number(value.quantize(Decimal("0.1")))
    if isinstance(value, Decimal):
        return exact_number(value / WAN if column in MONEY_COLUMNS else value)
    return value


def _who(viewer: Viewer, year: int) -> str:
    now = clock.local(clock.now())
    said = {"at": f"{now:%Y-%m-%d %H:%M}", "agency": viewer.agency_name, "post": viewer.post_name, "year": year}
    return _("exported on %(at)s by %(agency)s %(post)s; plan and done of %(year)s") % said
