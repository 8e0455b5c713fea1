"""Which days are worked: the official table, overlaid by the notices that an administrator has loaded.

The only door of the kernel to the calendar engine. (The clock itself stands apart in `kernel.clock`: models need the
clock, and this needs models.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.engines.calendar import DayKind, HolidayTable, WorkingCalendar, load_notices, official_table
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError
from sushui.kernel.events import publish
from sushui.kernel.models import CalendarDay, CalendarYear
from sushui.kernel.viewer import Viewer


@dataclass(frozen=True)
class CalendarLoaded:
    """The calendar changed: deadlines that were provisional are to be computed again."""

    years: tuple[int, ...]


def working_calendar() -> WorkingCalendar:
    """The calendar as it is known now; one small query, the table itself is kept in memory until it changes."""
    return _calendar(tuple(CalendarYear.objects.order_by("year").values_list("year", "loaded_at")))


@lru_cache(maxsize=4)
def _calendar(loaded: tuple[tuple[int, datetime], ...]) -> WorkingCalendar:
    official = official_table()
    years = {year for year, _moment in loaded}
    days = {day: kind for day, kind in official.days.items() if day.year not in years}
    kinds = {True: DayKind.WORKDAY, False: DayKind.HOLIDAY}
    rows = CalendarDay.objects.filter(on__year__in=years).values_list("on", "is_working")
    days |= {on: kinds[is_working] for on, is_working in rows}
    return WorkingCalendar(HolidayTable(days, official.announced_years | years))


@transaction.atomic
def load_notice(viewer: Viewer, text: str, *, source: str = "") -> tuple[int, ...]:
    """Read a holiday notice (the JSON shape of holiday-cn) and put its years in force; gives the years.

    Raises:
        DomainError: ``notice_unreadable``.
    """
    try:
        table = load_notices(text)
    except (ValueError, KeyError, TypeError) as error:
        raise DomainError(
            "notice_unreadable",
            _("This file is not a holiday notice."),
            _("Choose a JSON file with a list of days, each with a date and whether it is off."),
        ) from error
    years = tuple(sorted(table.announced_years))
    for year in years:
        _replace_year(year, {day: kind for day, kind in table.days.items() if day.year == year}, source)
        record_act(viewer, "load_notice", CalendarYear(pk=year), after={"year": year, "source": source})
    publish(CalendarLoaded(years))
    return years


def _replace_year(year: int, days: Mapping[date, DayKind], source: str) -> None:
    CalendarYear.objects.update_or_create(year=year, defaults={"source": source, "loaded_at": clock.now()})
    CalendarDay.objects.filter(on__year=year).delete()
    CalendarDay.objects.bulk_create(
        [CalendarDay(on=day, is_working=kind is DayKind.WORKDAY) for day, kind in days.items()]
    )
