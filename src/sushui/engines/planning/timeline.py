"""The plan's time: slots of equal kind, counted from 0, and the working calendars laid over them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class SlotKind(StrEnum):
    """How much time a slot is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class TimeLine:
    """Slots 0 to `horizon` - 1; slot 0 begins on `first_day`. Without a first day slots are bare numbers.

    A month begins on the first day of a calendar month, so `first_day` must be one.
    """

    horizon: int
    first_day: date | None = None
    slot: SlotKind = SlotKind.DAY

    def day_of(self, slot: int) -> date | None:
        """The day on which a slot begins; `horizon` gives the day after the last one."""
        if self.first_day is None:
            return None
        if self.slot is SlotKind.MONTH:
            months = self.first_day.year * 12 + self.first_day.month - 1 + slot
            return date(months // 12, months % 12 + 1, 1)
        return self.first_day + timedelta(days=slot * (7 if self.slot is SlotKind.WEEK else 1))

    def slot_of(self, day: date) -> int | None:
        """The slot that holds a day; outside the horizon it is below 0 or from `horizon` on."""
        if self.first_day is None:
            return None
        if self.slot is SlotKind.MONTH:
            return (day.year - self.first_day.year) * 12 + day.month - self.first_day.month
        return (day - self.first_day).days // (7 if self.slot is SlotKind.WEEK else 1)


@dataclass(frozen=True)
class Pause:
    """No work from slot `start` up to, not including, slot `end`: the frost, the harvest, a plenary week."""

    start: int
    end: int


@dataclass(frozen=True)
class WorkCalendar:
    """When an activity may go on: at every slot outside its pauses."""

    key: str
    pauses: tuple[Pause, ...] = ()


class Working:
    """The working slots of a calendar in order; durations are counted in them.

    Work that begins at slot `s` with `d` working slots ends after its last one: `end(s, d)` is the slot after it.
    Between its first and last slot the work may stand still in a pause; it can begin only at a working slot.
    """

    def __init__(self, pauses: Iterable[Pause], horizon: int) -> None:
        resting = {slot for pause in pauses for slot in range(max(0, pause.start), min(horizon, pause.end))}
        self.slots = tuple(slot for slot in range(horizon) if slot not in resting)
        self._resting = resting
        self._horizon = horizon

    def end(self, start: int, duration: int) -> int | None:
        """The slot after the last worked one, or None: it begins in a pause, or does not end within the horizon.

        Work of no duration ends where it begins, at any slot from 0 to the horizon.
        """
        if duration == 0:
            return start if 0 <= start <= self._horizon else None
        if start in self._resting or not 0 <= start < self._horizon:
            return None
        last = bisect_right(self.slots, start) - 1 + duration - 1
        return self.slots[last] + 1 if last < len(self.slots) else None

    def worked(self, start: int, duration: int) -> tuple[int, ...]:
        """The slots worked by what begins at `start`, which must be one that `end` accepts."""
        if duration == 0:
            return ()
        first = bisect_right(self.slots, start) - 1
        return self.slots[first : first + duration]
