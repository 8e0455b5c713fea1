"""Calendars that the tests share."""

import pytest

from sushui.engines.calendar import HolidayTable, WorkingCalendar, official_table


@pytest.fixture(scope="session")
def official() -> WorkingCalendar:
    """China's working days, announced for 2019 to 2026."""
    return WorkingCalendar(official_table())


@pytest.fixture
def unannounced() -> WorkingCalendar:
    """A calendar without a single notice."""
    return WorkingCalendar(HolidayTable({}, frozenset()))
