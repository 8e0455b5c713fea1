"""Size and threshold of enterprises, found again whenever their figures or their industry change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from sushui.enterprises.enums import EnterpriseFigureKind, FigureSource
from sushui.enterprises.models import Enterprise
from sushui.enterprises.queries import FigureKey, newest_amounts
from sushui.enterprises.rules.above_size import reach_of
from sushui.enterprises.rules.size import Measures, size_of
from sushui.kernel import clock

BATCH = 1_000
MEASURED = (EnterpriseFigureKind.EMPLOYEES, EnterpriseFigureKind.REVENUE, EnterpriseFigureKind.ASSETS)
# Where several told the same figure, the first of these counts. What was told the statistics bureau serves statistics
# alone: nothing that others see is found of it.
TRUSTED = (FigureSource.TAX_OFFICE, FigureSource.ENTERPRISE, FigureSource.AGENCY, FigureSource.POWER_COMPANY)
Amounts = Mapping[FigureKey, Decimal]


def measure_enterprises(enterprise_ids: Iterable[int]) -> None:
    """Find size and threshold of these enterprises by the last whole year of which anything is told."""
    numbers = sorted(set(enterprise_ids))
    told: dict[int, dict[FigureKey, Decimal]] = defaultdict(dict)
    for (number, key), amount in newest_amounts(numbers).items():
        told[number][key] = amount
    rows = Enterprise.objects.filter(pk__in=numbers).only("industry_code", "has_qualification")
    for row in rows:
        _measure(row, told[row.pk])
    Enterprise.objects.bulk_update(rows, ["size", "reach", "measured_year"], BATCH)


def _measure(row: Enterprise, told: Amounts) -> None:
    year = max((year for year, month, kind, _source in told if month == 0 and kind in MEASURED), default=None)
    known, today = measures_of(told, year), clock.today()
    row.size = size_of(row.industry_code, known, today).size
    row.reach = reach_of(row.industry_code, known, today, has_qualification=row.has_qualification)
    row.measured_year = year


def measures_of(told: Amounts, year: int | None) -> Measures:
    """What counts for size of a whole year, each figure from the source that is trusted first."""
    found = {}
    for kind in MEASURED:
        said = (told.get((year, 0, kind, source)) for source in TRUSTED) if year is not None else ()
        found[kind.value] = next((amount for amount in said if amount is not None), None)
    return Measures(**found)
