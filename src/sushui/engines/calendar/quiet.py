"""Hours and days in which nobody is sent a message."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sushui.engines.calendar.working import WorkingCalendar

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class QuietHours:
    """Quiet from `start` up to but not including `end`, over midnight where `start` is later; equal: no quiet hours.

    `rest_days_quiet`: days that are not working days are quiet from 0:00 to 24:00.

    Times are those of China. Raises `ValueError` for a time that carries a time zone of its own.
    """

    start: time = time(20)
    end: time = time(8)
    rest_days_quiet: bool = True

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise ValueError("Quiet hours are the time of day in China and carry no time zone.")

    def holds(self, moment: time) -> bool:
        """Whether this time of day is quiet."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


def next_open_moment(moment: datetime, quiet: QuietHours, calendar: WorkingCalendar) -> datetime:
    """`moment` itself where a message may be sent then, else the first moment after it; in the time of China.

    Raises `ValueError` for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be placed in a day.")
    return _open_from(moment.astimezone(CHINA), quiet, calendar)


def _open_from(moment: datetime, quiet: QuietHours, calendar: WorkingCalendar) -> datetime:
    day = moment.date()
    if quiet.rest_days_quiet and not calendar.is_working_day(day):
        return _open_from(datetime.combine(calendar.next_working_day(day), time(), CHINA), quiet, calendar)
    if not quiet.holds(moment.time()):
        return moment
    ends_on = day if moment.time() < quiet.end else day + timedelta(days=1)
    return _open_from(datetime.combine(ends_on, quiet.end, CHINA), quiet, calendar)
