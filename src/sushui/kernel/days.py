"""Which days are worked: the official table, overlaid by the notices that an administrator has loaded.

The only door of the kernel to the calendar engine. (The clock itself stands apart in `kernel.clock`: models need the
clock, and this needs models.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.engines.calendar import DayKind, HolidayTable, WorkingCalendar, load_notices, official_table
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError
from sushui.kernel.events import publish
from sushui.kernel.models import CalendarDay, CalendarYear
from sushui.kernel.viewer import Actor, Viewer

FIRST_YEAR, LAST_YEAR = 1949, 2200  # of those that a notice can be for, and so of the days that can be counted to


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
def load_notice(actor: Actor, text: str, *, source: str = "") -> tuple[int, ...]:
    """Read a holiday notice (the JSON shape of holiday-cn) and put its years in force; gives the years.

    Days of a neighboring year that the notice names (New Year often begins in December) change that year too, where it
    is known.

    Raises:
        DomainError: ``notice_unreadable``.
    """
    table = _read_notice(text)
    years = tuple(sorted(table.announced_years))
    for year in years:
        _replace_year(year, {day: kind for day, kind in table.days.items() if day.year == year}, source)
        record_act(actor, "load_notice", CalendarYear(pk=year), after={"year": year, "source": source})
    for day, kind in table.days.items():
        if day.year not in years and _keep_year(day.year):
            _write_day(day, kind is DayKind.WORKDAY)
    publish(CalendarLoaded(years))
    return years


def _read_notice(text: str) -> HolidayTable:
    unreadable = DomainError(
        "notice_unreadable",
        _("This file is not a holiday notice."),
        _("Choose a JSON file with a list of days, each with a date and whether it is off."),
    )
    try:
        table = load_notices(text)
    except (ValueError, KeyError, TypeError) as error:
        raise unreadable from error
    if not table.announced_years or not all(FIRST_YEAR <= year <= LAST_YEAR for year in table.announced_years):
        raise unreadable
    return table


def _replace_year(year: int, days: Mapping[date, DayKind], source: str) -> None:
    CalendarYear.objects.update_or_create(year=year, defaults={"source": source, "loaded_at": clock.now()})
    CalendarDay.objects.filter(on__year=year).delete()
    CalendarDay.objects.bulk_create(
        [CalendarDay(on=day, is_working=kind is DayKind.WORKDAY) for day, kind in days.items()]
    )


@transaction.atomic
def change_day(actor: Actor, on: date, *, is_working: bool) -> None:
    """Say of one day of an announced year whether it is worked: a correction, or a local rest day.

    Raises:
        DomainError: ``year_not_announced``.
    """
    before = working_calendar().is_working_day(on)
    if not _keep_year(on.year):
        raise DomainError(
            "year_not_announced",
            _("The holidays of %(year)s are not announced yet."),
            _("Load the notice of that year first, then change the day."),
            year=on.year,
        )
    _write_day(on, is_working)
    said = {"on": on, "is_working": before}
    record_act(actor, "change_day", CalendarYear(pk=on.year), before=said, after={"on": on, "is_working": is_working})
    publish(CalendarLoaded((on.year,)))


def _keep_year(year: int) -> bool:
    """Hold the year in the database, copied from the official table where it is not yet; False when it is not known."""
    if CalendarYear.objects.filter(year=year).exists():
        return True
    official = official_table()
    if year not in official.announced_years:
        return False
    _replace_year(year, {day: kind for day, kind in official.days.items() if day.year == year}, "")
    return True


def _write_day(on: date, is_working: bool) -> None:
    """Write one day and mark its year as changed, so that calendars in memory are read again."""
    CalendarDay.objects.update_or_create(on=on, defaults={"is_working": is_working})
    CalendarYear.objects.filter(year=on.year).update(loaded_at=clock.now())


# --- what the page of the calendar shows -----------------------------------------------------------------------------


@dataclass(frozen=True)
class YearState:
    """An announced year: days off that its notice names and weekend days that are worked.

    ``source`` is what was said when the notice was loaded; empty for the table that came with the house.
    """

    year: int
    holidays: tuple[date, ...]
    make_up_days: tuple[date, ...]
    source: str
    loaded_at: datetime | None

    @property
    def rests(self) -> list[tuple[date, date]]:
        """Days off in a row, each as its first and last day."""
        spans: list[tuple[date, date]] = []
        for day in self.holidays:
            if spans and day - spans[-1][1] == timedelta(days=1):
                spans[-1] = (spans[-1][0], day)
            else:
                spans.append((day, day))
        return spans

    @property
    def is_packaged(self) -> bool:
        """Whether the year is the one that came with the house, untouched."""
        return self.loaded_at is None


def announced_years() -> list[YearState]:
    """Every announced year, the newest first."""
    table = working_calendar().table
    loaded = {row.year: row for row in CalendarYear.objects.all()}
    return [_year_state(year, table, loaded.get(year)) for year in sorted(table.announced_years, reverse=True)]


def _year_state(year: int, table: HolidayTable, loaded: CalendarYear | None) -> YearState:
    days = sorted((day, kind) for day, kind in table.days.items() if day.year == year)
    return YearState(
        year=year,
        holidays=tuple(day for day, kind in days if kind is DayKind.HOLIDAY),
        make_up_days=tuple(day for day, kind in days if kind is DayKind.WORKDAY),
        source=loaded.source if loaded else "",
        loaded_at=loaded.loaded_at if loaded else None,
    )


_consequences: dict[str, Callable[[Viewer], int]] = {}


def register_consequence(label: str, count: Callable[[Viewer], int]) -> None:
    """Let a room say how many of its dates are provisional; ``label`` is a msgid, the same label again replaces."""
    _consequences[label] = count


def consequences(viewer: Viewer) -> list[tuple[str, int]]:
    """What waits for a notice: the label (msgid) and how many, of what the viewer's divisions hold."""
    return [(label, count(viewer)) for label, count in _consequences.items()]
