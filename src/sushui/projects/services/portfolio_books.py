"""A version of the portfolio as a workbook that imports again unchanged; money in 万元, the yuan behind the point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO

from django.utils.translation import gettext as _

from sushui.documents.services import Column, ColumnKind, Table, Value, write_workbook
from sushui.kernel.audit import record_act
from sushui.kernel.errors import Forbidden
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import FundingSource, LedgerColumn, PortfolioVerb, Unit
from sushui.projects.models import PortfolioEntry, PortfolioVersion
from sushui.projects.permissions import may_open_portfolios
from sushui.projects.queries.portfolios import EntryFilter, entries_of, entry_rows, lives_of, narrowed_rows
from sushui.projects.rules.cells import exact_number
from sushui.projects.services.exports import with_unit

L = LedgerColumn
WAN = Decimal(10_000)


def export_version(viewer: Viewer, version: PortfolioVersion, wanted: EntryFilter, to: BinaryIO) -> int:
    """Write the rows of a version that a filter leaves to an open file, the sum last; gives the number of projects."""
    if not may_open_portfolios(viewer):
        raise Forbidden
    rows = narrowed_rows(entry_rows(version), wanted, lives_of(version))
    said = {"name": version.portfolio.name, "year": version.portfolio.year, "number": version.number}
    title = _("%(name)s, version %(number)s") % said
    notes = (f"{label_of(version.state)} {version.document}".strip(), _("Money in ten thousand yuan."))
    entries = entries_of(version).filter(pk__in=[row.entry_id for row in rows])
    write_workbook(Table(title, _columns(version.portfolio.year), notes=notes), _lines(entries), to)
    after = {"number": version.number, "count": len(rows), "filter": wanted.query}
    record_act(viewer, PortfolioVerb.EXPORT, version, after=after)
    return len(rows)


def _columns(year: int) -> tuple[Column, ...]:
    texts = ((L.NAME, 36), (L.CODE, 26), (L.CLUSTER, 14), (L.LEVEL, 14), (L.SECTOR, 14), (L.PLACE, 16), (L.AGENCY, 18))
    money = (label_of(L.TOTAL), f"{year} {label_of(L.YEAR_PLAN)}", *map(label_of, FundingSource))
    return (
        Column(_("Rank in the portfolio"), ColumnKind.NUMBER, 8),
        *(Column(label_of(name), width=width) for name, width in texts),
        *(Column(with_unit(label, Unit.WAN), ColumnKind.NUMBER, 16) for label in money),
        *(Column(label_of(name), width=14) for name in (L.START, L.COMPLETION, L.NOTE)),
    )


def _lines(entries: Iterable[PortfolioEntry]) -> Iterator[tuple[Value, ...]]:
    sums = [Decimal()] * (2 + len(FundingSource))
    for entry in entries:
        amounts = _amounts(entry)
        sums = [one + (other or Decimal()) for one, other in zip(sums, amounts, strict=True)]
        yield (*_texts(entry), *map(_wan, amounts), *_months(entry), entry.note)
    yield (None, _("Sum"), *[None] * 6, *map(_wan, sums), None, None, None)


def _texts(entry: PortfolioEntry) -> tuple[Value, ...]:
    return (
        entry.position,
        entry.name,
        entry.project.code,
        entry.cluster.name if entry.cluster else None,
        label_of(entry.level),
        label_of(entry.sector) if entry.sector else None,
        entry.place.name if entry.place else None,
        str(entry.agency) if entry.agency else None,
    )


def _amounts(entry: PortfolioEntry) -> list[Decimal | None]:
    money = [
        Decimal(entry.sources[source.value]) if source.value in entry.sources else None for source in FundingSource
    ]
    return [entry.total, entry.planned, *money]


def _months(entry: PortfolioEntry) -> list[Value]:
    return [f"{month:%Y-%m}" if month else None for month in (entry.start_month, entry.completion_month)]


def _wan(amount: Decimal | None) -> Value:
    return None if amount is None else exact_number(amount / WAN)
