"""What the State Council's holiday notices say, day by day."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


class DayKind(StrEnum):
    """What a notice makes of a day that it names."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"


@dataclass(frozen=True)
class HolidayTable:
    """Days named by notices, and the years whose notice is out.

    A notice may name days of the year before or after its own, so `days` may reach one year beyond `announced_years`.
    Raises `ValueError` for a day that no announced year could have named.
    """

    days: Mapping[date, DayKind]
    announced_years: frozenset[int]

    def __post_init__(self) -> None:
        for day in self.days:
            if self.announced_years.isdisjoint((day.year - 1, day.year, day.year + 1)):
                raise ValueError(f"{day} is named, but no notice for {day.year} or a neighboring year is announced.")
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))


def load_notices(*texts: str) -> HolidayTable:
    """Read notices written as JSON: `{"2026": {"days": [{"date": "2026-01-01", "isOffDay": true}, ...]}, ...}`.

    The form of one year's file, `{"year": 2026, "days": [...]}`, is read too. Where several texts hold a year, the
    last one replaces the earlier ones whole, as a corrected notice does. A year without days is not announced. Where
    notices of two years name one day, the later year decides.

    Raises `ValueError`, with a sentence, for anything else.
    """
    notices: dict[int, dict[date, DayKind]] = {}
    for text in texts:
        notices.update(_notices(text))
    announced = {year: days for year, days in sorted(notices.items()) if days}
    return HolidayTable(
        days={day: kind for days in announced.values() for day, kind in days.items()},
        announced_years=frozenset(announced),
    )


@cache
def official_table(*newer: str) -> HolidayTable:
    """The notices that come with the package, and `newer` texts over them (see `load_notices`)."""
    packaged = files("sushui.engines.calendar") / "data" / "holiday_cn.json"
    return load_notices(packaged.read_text(encoding="utf-8"), *newer)


def _notices(text: str) -> dict[int, dict[date, DayKind]]:
    try:
        document = json.loads(text)
        by_year = {document["year"]: document} if "days" in document else document
        return {int(year): _days(notice["days"]) for year, notice in by_year.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"This is not a table of holiday notices: {error}.") from error


def _days(entries: list[dict[str, Any]]) -> dict[date, DayKind]:
    return {date.fromisoformat(entry["date"]): _kind(entry["isOffDay"]) for entry in entries}


def _kind(is_off_day: object) -> DayKind:
    if not isinstance(is_off_day, bool):
        raise ValueError(f"isOffDay is true or false, not {is_off_day!r}")
    return DayKind.HOLIDAY if is_off_day else DayKind.WORKDAY
