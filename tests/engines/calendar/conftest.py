"""Calendars that the tests share."""

import pytest
from hypothesis import settings

from sushui.engines.calendar import HolidayTable, WorkingCalendar, official_table

# Nothing here depends on how fast a machine is, and a red test is red again on the next run.
settings.register_profile("calendar", deadline=None, derandomize=True)
settings.load_profile("calendar")


@pytest.fixture(scope="session")
def official() -> WorkingCalendar:
    """China's working days, announced for 2019 to 2026."""
    return WorkingCalendar(official_table())


@pytest.fixture
def unannounced() -> WorkingCalendar:
    """A calendar without a single notice."""
    return WorkingCalendar(HolidayTable({}, frozenset()))
