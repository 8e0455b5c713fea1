"""What the notices say, and how they are read."""

import json
from datetime import date

import pytest

from sushui.engines.calendar import DayKind, HolidayTable, load_notices, official_table


def notice(year: int, *days: tuple[str, bool]) -> str:
    entries = [{"name": "元旦", "date": day, "isOffDay": is_off} for day, is_off in days]
    return json.dumps({str(year): {"papers": [], "days": entries}})


def test_official_table_covers_the_announced_years():
    assert official_table().announced_years == frozenset(range(2019, 2027))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2025, 1, 26), DayKind.WORKDAY),  # a Sunday made up for the Spring Festival
        (date(2025, 1, 28), DayKind.HOLIDAY),
        (date(2025, 10, 8), DayKind.HOLIDAY),
        (date(2025, 10, 11), DayKind.WORKDAY),
        (date(2026, 2, 14), DayKind.WORKDAY),
        (date(2026, 2, 23), DayKind.HOLIDAY),
        (date(2025, 7, 1), None),  # an ordinary Tuesday
    ],
)
def test_official_table_holds_the_days_of_the_notices(day, kind):
    assert official_table().days.get(day) == kind


def test_official_table_keeps_days_that_a_notice_names_in_the_year_before():
    days = official_table().days

    assert [days[date(2018, 12, day)] for day in (29, 30, 31)] == [DayKind.WORKDAY, DayKind.HOLIDAY, DayKind.HOLIDAY]


def test_official_table_is_read_once():
    assert official_table() is official_table()


def test_official_table_takes_a_newer_notice():
    table = official_table(notice(2027, ("2027-01-01", True), ("2026-12-27", False)))

    assert table.announced_years == frozenset(range(2019, 2028))
    assert table.days[date(2026, 12, 27)] == DayKind.WORKDAY


def test_corrected_notice_replaces_its_year_whole():
    first = notice(2030, ("2030-05-01", True), ("2030-05-02", True))
    corrected = notice(2030, ("2030-05-01", True))

    table = load_notices(first, corrected)

    assert dict(table.days) == {date(2030, 5, 1): DayKind.HOLIDAY}


def test_later_year_decides_over_a_day_that_two_notices_name():
    table = load_notices(notice(2031, ("2030-12-31", True)), notice(2030, ("2030-12-31", False)))

    assert table.days[date(2030, 12, 31)] == DayKind.HOLIDAY


def test_file_of_one_year_is_read():
    text = json.dumps({"year": 2030, "papers": [], "days": [{"date": "2030-01-01", "isOffDay": True}]})

    assert load_notices(text) == HolidayTable({date(2030, 1, 1): DayKind.HOLIDAY}, frozenset({2030}))


def test_year_without_days_is_not_announced():
    text = json.dumps({"2030": {"papers": [], "days": []}})

    assert load_notices(text).announced_years == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not JSON",
        "[]",
        "2025",
        '{"soon": {"days": []}}',
        '{"2025": {}}',
        '{"2025": []}',
        '{"year": 2025, "days": 3}',
        '{"2025": {"days": [{"date": "2025-02-30", "isOffDay": true}]}}',
        '{"2025": {"days": [{"date": "2025-01-01", "isOffDay": "no"}]}}',
        '{"2025": {"days": [{"date": 20250101, "isOffDay": true}]}}',
        '{"2025": {"days": [{"isOffDay": true}]}}',
        "[" * 100_000,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"^This is not a table of holiday notices: .+\.$"):
        load_notices(text)


def test_table_refuses_a_day_that_no_announced_year_could_name():
    with pytest.raises(ValueError, match=r"^2031-01-01 is named, but no notice"):
        HolidayTable({date(2031, 1, 1): DayKind.HOLIDAY}, frozenset({2029}))


def test_table_does_not_change_with_the_mapping_it_was_made_of():
    days = {date(2030, 1, 1): DayKind.HOLIDAY}
    table = HolidayTable(days, frozenset({2030}))

    days.clear()

    assert dict(table.days) == {date(2030, 1, 1): DayKind.HOLIDAY}
