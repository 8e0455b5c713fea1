"""Another library's reading of the same notices, day by day.

`holidays` builds China's rest days from the law and lists of exchanged days of its own. It agrees on all 2,922 days
of 2019 to 2026; where a later version does not, the notice named in `data/holiday_cn.json` decides.
"""

from datetime import date, timedelta

import holidays
import pytest

from sushui.engines.calendar.working import FIXED_HOLIDAYS


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", range(2019, 2027))
def test_working_days_agree_with_another_library(official, year):
    other = holidays.China(years=year)

    differing = [day for day in days_of(year) if official.is_working_day(day) != other.is_working_day(day)]

    assert differing == []


def test_holidays_on_fixed_dates_agree_with_another_library():
    other = holidays.China(years=2030, observed=False, language="en_US")
    names = {"New Year's Day", "Labor Day", "National Day"}

    assert {(day.month, day.day) for day, name in other.items() if name in names} == FIXED_HOLIDAYS
