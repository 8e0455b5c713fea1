"""What several engines share: whose working days count, and clocks that stand still.

An engine that needs working days takes a `DayCounter`; `engines.calendar.WorkingCalendar` is one, so the room's adapter
hands its calendar over as it is.
"""

from sushui.engines.common.days import DayCounter, months_later
from sushui.engines.common.pauses import Measure, Pause, Stopped, joined, out_of_pauses, stretched

__all__ = ["DayCounter", "Measure", "Pause", "Stopped", "joined", "months_later", "out_of_pauses", "stretched"]
