"""Working days of China, deadline clocks and the Chinese phrases that lists use for deadlines.

Data in, result out: a `HolidayTable` makes a `WorkingCalendar`, a `ClockRule` with a start and its pauses makes a
`Deadline`, a phrase makes a `DeadlineReading`. Nothing here asks what day it is.

Definitions and worked examples: `docs/algorithms/working-days.md` and `docs/algorithms/deadline-phrases.md`.
"""

from sushui.engines.calendar.cells import read_deadline_cell
from sushui.engines.calendar.clocks import (
    ClockDayKind,
    ClockRule,
    ClockUnit,
    Deadline,
    MonthLength,
    RestDayRule,
    due,
    settled,
)
from sushui.engines.calendar.holidays import DayKind, HolidayTable, load_notices, official_table
from sushui.engines.calendar.phrases import read_deadline
from sushui.engines.calendar.quiet import QuietHours, next_open_moment
from sushui.engines.calendar.readings import DeadlineKind, DeadlineReading, Reading
from sushui.engines.calendar.working import WorkingCalendar, business_days_over, shift
from sushui.engines.common import Pause, Stopped

__all__ = [
    "ClockDayKind",
    "ClockRule",
    "ClockUnit",
    "DayKind",
    "Deadline",
    "DeadlineKind",
    "DeadlineReading",
    "HolidayTable",
    "MonthLength",
    "Pause",
    "QuietHours",
    "Reading",
    "RestDayRule",
    "Stopped",
    "WorkingCalendar",
    "business_days_over",
    "due",
    "load_notices",
    "next_open_moment",
    "official_table",
    "read_deadline",
    "read_deadline_cell",
    "settled",
    "shift",
]
