"""Which days are worked: the official table, notices that are loaded over it, and single days."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sushui.kernel import clock, days, events
from sushui.kernel.days import CalendarLoaded, announced_years, change_day, load_notice, working_calendar
from sushui.kernel.errors import DomainError
from sushui.kernel.models import AuditLine, CalendarDay, CalendarYear
from sushui.kernel.viewer import Clockwork
from tests.cast import County

CHINA = ZoneInfo("Asia/Shanghai")
CLOCKWORK = Clockwork()
NEW_YEAR_2031 = {
    "year": 2031,
    "days": [
        {"name": "元旦", "date": "2031-01-01", "isOffDay": True},
        {"name": "元旦", "date": "2031-01-02", "isOffDay": True},
        {"name": "元旦", "date": "2031-01-04", "isOffDay": False},
    ],
}


@pytest.fixture
def told() -> list[CalendarLoaded]:
    """What subscribers hear during the test."""
    heard: list[CalendarLoaded] = []
    events.subscribe(CalendarLoaded, heard.append)
    yield heard
    events._handlers[CalendarLoaded].remove(heard.append)


def load(notice: object = NEW_YEAR_2031, **more: str) -> tuple[int, ...]:
    return load_notice(CLOCKWORK, json.dumps(notice), **more)


def works(*texts: str) -> list[bool]:
    calendar = working_calendar()
    return [calendar.is_working_day(date.fromisoformat(text)) for text in texts]


# --- notices ---------------------------------------------------------------------------------------------------------
def test_official_table_is_in_force_from_the_start(db) -> None:
    assert works("2026-10-01", "2026-10-09", "2026-10-10") == [False, True, True]


def test_year_without_a_notice_is_not_announced(db) -> None:
    assert working_calendar().is_announced(date(2031, 1, 2)) is False


def test_loaded_notice_is_in_force_at_once(db) -> None:
    assert load() == (2031,)

    assert works("2031-01-01", "2031-01-02", "2031-01-03", "2031-01-04", "2031-01-05") == [
        False,
        False,
        True,
        True,
        False,
    ]
    assert working_calendar().is_announced(date(2031, 1, 2)) is True


def test_corrected_notice_replaces_the_year_whole(db) -> None:
    load()

    load({"year": 2031, "days": [{"date": "2031-01-01", "isOffDay": True}]})

    assert works("2031-01-02", "2031-01-04") == [True, False]


def test_loaded_notice_goes_before_the_official_table(db) -> None:
    load({"year": 2026, "days": [{"date": "2026-10-01", "isOffDay": True}]})

    assert works("2026-10-02", "2026-10-10") == [True, False]


def test_notice_that_begins_in_december_changes_the_year_before(db) -> None:
    """The notice of 2019 named 29 to 31 December 2018; one of 2027 may name days of 2026."""
    load(
        {
            "year": 2027,
            "days": [{"date": "2026-12-26", "isOffDay": False}, {"date": "2026-12-31", "isOffDay": True}],
        }
    )

    assert works("2026-12-26", "2026-12-30", "2026-12-31", "2026-10-01") == [True, True, False, False]


def test_day_of_a_year_that_is_not_known_is_left_out(db) -> None:
    load({"year": 2032, "days": [{"date": "2031-12-31", "isOffDay": True}, {"date": "2032-01-01", "isOffDay": True}]})

    assert (CalendarYear.objects.filter(year=2031).exists(), works("2031-12-31")) == (False, [True])


def test_loading_writes_a_line_and_tells_the_rooms_above(db, told: list[CalendarLoaded]) -> None:
    load(source="国办发明电〔2030〕1号")

    line = AuditLine.objects.get(verb="load_notice")
    assert (line.target, line.after) == (
        "kernel.calendaryear:2031",
        {"year": 2031, "source": "国办发明电〔2030〕1号"},
    )
    assert told == [CalendarLoaded((2031,))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"year": 2031}',
        '{"year": 2031, "days": [{"date": "tomorrow", "isOffDay": true}]}',
        '{"year": 2031, "days": [{"date": "2031-01-01", "isOffDay": "yes"}]}',
        '{"year": 2031, "days": [{"date": "2040-01-01", "isOffDay": true}]}',
        '{"year": 99999, "days": [{"date": "9999-01-01", "isOffDay": true}]}',
        '{"year": 9998, "days": [{"date": "9999-01-01", "isOffDay": true}]}',
        "[" * 5000,
    ],
)
def test_what_is_no_notice_is_refused_and_changes_nothing(db, text: str) -> None:
    with pytest.raises(DomainError) as refusal:
        load_notice(CLOCKWORK, text)

    assert (refusal.value.code, CalendarYear.objects.count(), AuditLine.objects.count()) == ("notice_unreadable", 0, 0)


# --- one day ---------------------------------------------------------------------------------------------------------
def test_one_day_of_an_official_year_is_changed_and_the_rest_stays(db) -> None:
    change_day(CLOCKWORK, date(2026, 10, 8), is_working=False)

    assert works("2026-10-01", "2026-10-08", "2026-10-09", "2026-10-10") == [False, False, True, True]


def test_changed_day_can_be_changed_back(db) -> None:
    with clock.frozen(datetime(2026, 3, 2, 9, tzinfo=CHINA)):
        change_day(CLOCKWORK, date(2026, 10, 8), is_working=False)
    with clock.frozen(datetime(2026, 3, 2, 10, tzinfo=CHINA)):
        change_day(CLOCKWORK, date(2026, 10, 8), is_working=True)

    assert works("2026-10-08") == [True]


def test_changed_day_writes_a_line_and_tells_the_rooms_above(db, told: list[CalendarLoaded]) -> None:
    change_day(CLOCKWORK, date(2026, 10, 8), is_working=False)

    line = AuditLine.objects.get()
    assert (line.verb, line.target) == ("change_day", "kernel.calendaryear:2026")
    assert (line.before["is_working"], line.after["is_working"]) == (True, False)
    assert told == [CalendarLoaded((2026,))]


def test_day_of_a_year_that_is_not_announced_is_refused(db) -> None:
    with pytest.raises(DomainError) as refusal:
        change_day(CLOCKWORK, date(2031, 1, 2), is_working=False)

    assert (refusal.value.code, CalendarDay.objects.count()) == ("year_not_announced", 0)


# --- what the page shows ---------------------------------------------------------------------------------------------
def test_announced_years_come_newest_first_with_their_days(db) -> None:
    load(source="a notice")

    newest, *older = announced_years()

    assert (newest.year, newest.source, newest.is_packaged) == (2031, "a notice", False)
    assert newest.holidays == (date(2031, 1, 1), date(2031, 1, 2))
    assert newest.make_up_days == (date(2031, 1, 4),)
    assert [row.is_packaged for row in older] == [True] * len(older)


def test_days_off_in_a_row_are_one_rest(db) -> None:
    year = next(row for row in announced_years() if row.year == 2026)

    spans = [f"{first:%m-%d} {last:%m-%d}" for first, last in year.rests]

    assert spans[:3] == ["01-01 01-03", "02-15 02-23", "04-04 04-06"]
    assert sum((last - first + timedelta(days=1)).days for first, last in year.rests) == len(year.holidays)


def test_rooms_say_how_many_of_their_dates_are_provisional(county: County) -> None:
    days.register_consequence("Trial", lambda viewer: len(viewer.division_ids))

    counted = dict(days.consequences(county.viewer("administrator")))
    del days._consequences["Trial"]

    assert counted["Trial"] == 1
