"""Days on which a clock stands still, and what they do to its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """Days that do not count: from `from_on` up to but not including `until_on`, the day the clock runs again.

    `until_on=None` is a pause that has not ended. A clock paused and resumed on one day has lost nothing.

    Raises `ValueError` for a pause that ends before it begins.
    """

    from_on: date
    until_on: date | None = None

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on < self.from_on:
            raise ValueError(f"A pause that begins on {self.from_on} cannot end on {self.until_on}.")

    def covers(self, day: date) -> bool:
        """Whether the clock stands still on this day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True)
class Stopped:
    """A clock that stands still in a pause without an end.

    `days_left`: days still to be counted once it runs again, in the days that the clock counts (calendar days for a
    clock of months); 0 where only the move to a working day is left.
    """

    since_on: date
    days_left: int


class Measure(Protocol):
    """The days that one clock counts."""

    def advance(self, day: date, count: int) -> date:
        """The `count`-th counted day after `day`."""

    def days(self, after: date, through: date) -> int:
        """Counted days in (after, through]."""


class _NextWorkingDay(Protocol):
    def next_working_day(self, day: date) -> date: ...


def joined(pauses: Sequence[Pause]) -> list[Pause]:
    """The same paused days as pauses in order, none touching another."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: pause.from_on):
        last = merged[-1] if merged else None
        if last is None or (last.until_on is not None and pause.from_on > last.until_on):
            merged.append(pause)
        elif last.until_on is not None:
            until_on = None if pause.until_on is None else max(last.until_on, pause.until_on)
            merged[-1] = Pause(last.from_on, until_on)
    return merged


def stretched(origin: date, ends_on: date, pauses: Sequence[Pause], measure: Measure) -> date | Stopped:
    """Where a clock that counts the days after `origin` ends, if it would end on `ends_on` without its pauses.

    `pauses` as `joined` gives them; days outside the clock's run have no effect.
    """
    for pause in pauses:
        if pause.from_on > ends_on:
            break
        eve = max(pause.from_on - DAY, origin)
        if pause.until_on is None:
            return Stopped(pause.from_on, measure.days(eve, ends_on))
        ends_on = measure.advance(ends_on, measure.days(eve, max(pause.until_on - DAY, eve)))
    return ends_on


def out_of_pauses(on: date, pauses: Sequence[Pause], calendar: _NextWorkingDay) -> date | Stopped:
    """`on`, or where it lies in a pause the first working day on which the clock runs again.

    `pauses` as `joined` gives them.
    """
    for pause in pauses:
        if pause.covers(on):
            if pause.until_on is None:
                return Stopped(pause.from_on, 0)
            on = calendar.next_working_day(pause.until_on)
    return on
