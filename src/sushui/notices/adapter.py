"""The calendar engine as notices use it: when people may be disturbed."""

from __future__ import annotations

from datetime import datetime, time

from sushui.engines.calendar import QuietHours, next_open_moment
from sushui.kernel import clock
from sushui.kernel.days import working_calendar
from sushui.notices.queries import quiet_hours


def open_moment(division_id: int, moment: datetime) -> datetime:
    """``moment`` when a division's people may be disturbed then, else the first moment after it when they may."""
    start, end = quiet_hours(division_id, clock.local(moment).date())
    quiet = QuietHours(time.fromisoformat(start), time.fromisoformat(end))
    return next_open_moment(moment, quiet, working_calendar())
