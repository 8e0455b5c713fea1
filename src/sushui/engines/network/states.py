"""Where each step of a project stands today: done, running, to be filed, or waiting for which."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sushui.engines.common import DayCounter, Pause, Stopped

from .facts import NOTHING, Facts, StepFacts
from .lengths import clock_end, days_left, plain_end
from .template import Length, Limit, Network, RunsFrom, Step, StopKind, Validity


class State(StrEnum):
    """Where a step stands."""

    DONE = "done"
    EXPIRED = "expired"  # was done, has run out, and must be had again
    RUNNING = "running"  # the clock runs, or the application is in and no limit is stated
    STOPPED = "stopped"  # the clock stands still
    CORRECTIONS = "corrections"  # sent back to be completed before it was accepted
    FILED = "filed"  # filed and not yet accepted
    FILEABLE = "fileable"  # every prerequisite is met: it can be filed, or begun, today
    WAITING = "waiting"  # for the prerequisites in `waiting_for`


@dataclass(frozen=True)
class Standing:
    """Where one step stands on a day.

    `clock_from_on`: the day that set the limit's clock going. `is_deemed_accepted`: nobody asked for corrections in
    time, so the law takes it as accepted when it was filed. `due_on`: the last day of the limit; `promised_on`: of the
    promised one. `days_left`: to `due_on` in the limit's days (calendar days for months), negative when over; for a
    clock that is stopped what will be left. `stopped_on`: since when it stands still. `answer_by`: the day by which a
    filed application must be accepted or corrections asked for.
    `expires_on`: the last day on which what was granted is good; None where it does not run out any more.
    `renew_by`: the last day on which more time can be asked for.
    """

    state: State
    waiting_for: tuple[str, ...] = ()
    clock_from_on: date | None = None
    is_deemed_accepted: bool = False
    due_on: date | None = None
    promised_on: date | None = None
    days_left: int | None = None
    stopped_on: date | None = None
    answer_by: date | None = None
    expires_on: date | None = None
    renew_by: date | None = None

    @property
    def is_over(self) -> bool:
        """Whether the limit has passed."""
        return self.days_left is not None and self.days_left < 0


def standings(network: Network, facts: Facts, on: date, days: DayCounter) -> dict[str, Standing]:
    """The standing of every step; `facts` as `check_facts` lets them pass."""
    found: dict[str, Standing] = {}
    done: set[str] = set()
    for step in network.steps:
        standing = _standing(step, network.acceptance, facts, on, days, done)
        found[step.key] = standing
        if standing.state is State.DONE:
            done.add(step.key)
    return found


def _standing(
    step: Step, acceptance: Limit | None, facts: Facts, on: date, days: DayCounter, done: Collection[str]
) -> Standing:
    known = facts.get(step.key, NOTHING)
    if known.granted_on is not None:
        return _granted(step, known, facts, on, days)
    if known.filed_on is not None or known.accepted_on is not None:
        return _filed(step, known, acceptance, on, days)
    waiting_for = tuple(requirement.key for requirement in step.requires if requirement.key not in done)
    if waiting_for:
        return Standing(State.WAITING, waiting_for)
    return _fileable(step, known, facts, on, days)


def _granted(step: Step, known: StepFacts, facts: Facts, on: date, days: DayCounter) -> Standing:
    expires_on = _expires_on(step.validity, known, facts, days)
    if expires_on is None:
        return Standing(State.DONE)
    if on > expires_on:
        return Standing(State.EXPIRED, expires_on=expires_on)
    before = step.validity.renew_before if step.validity else None
    return Standing(State.DONE, expires_on=expires_on, renew_by=_back(before, expires_on, days) if before else None)


def _expires_on(validity: Validity | None, known: StepFacts, facts: Facts, days: DayCounter) -> date | None:
    """The last good day; None where nothing says one, or what it is good for was reached in time."""
    expires_on = known.expires_on
    if expires_on is None and validity is not None and known.granted_on is not None:
        expires_on = plain_end(validity.length, known.granted_on, days)
    if expires_on is None or validity is None or validity.until_step is None:
        return expires_on
    reached_on = facts.get(validity.until_step, NOTHING).granted_on
    return None if reached_on is not None and reached_on <= expires_on else expires_on


def _back(length: Length, end: date, days: DayCounter) -> date:
    return plain_end(Length(-length.count, length.unit, length.day_kind), end, days)


def _filed(step: Step, known: StepFacts, acceptance: Limit | None, on: date, days: DayCounter) -> Standing:
    is_by_acceptance = step.limit is not None and step.limit.runs_from is RunsFrom.ACCEPTANCE
    if is_by_acceptance and known.accepted_on is None:
        return _unaccepted(step, known, acceptance, on, days)
    if step.limit is None and _open_corrections(known):
        return Standing(State.CORRECTIONS)
    received_on = None if is_by_acceptance else known.filed_on
    return _running(step, known, received_on or known.accepted_on, on, days)


def _unaccepted(step: Step, known: StepFacts, acceptance: Limit | None, on: date, days: DayCounter) -> Standing:
    if _open_corrections(known):
        return Standing(State.CORRECTIONS)
    complete_on = complete_since(known)
    if complete_on is None or acceptance is None:
        return Standing(State.FILED)
    answer_by = plain_end(acceptance.length, complete_on, days)
    if on > answer_by:
        return _running(step, known, complete_on, on, days, is_deemed=True)
    return Standing(State.FILED, answer_by=answer_by)


def _open_corrections(known: StepFacts) -> bool:
    return any(period.kind is StopKind.CORRECTIONS and period.until_on is None for period in known.stops)


def complete_since(known: StepFacts) -> date | None:
    """The day on which the application was complete: filed, or its last corrections handed in."""
    handed_in = [period.until_on for period in known.stops if period.kind is StopKind.CORRECTIONS and period.until_on]
    return max([day for day in (known.filed_on, *handed_in) if day is not None], default=None)


def _fileable(step: Step, known: StepFacts, facts: Facts, on: date, days: DayCounter) -> Standing:
    """Some limits run without an application, from the day on which the last prerequisite was met."""
    met = [facts[requirement.key].granted_on for requirement in step.requires]
    start = max([day for day in met if day is not None], default=None)
    if step.limit is None or step.limit.runs_from is not RunsFrom.PREREQUISITES or start is None:
        return Standing(State.FILEABLE)
    running = _running(step, known, start, on, days)
    return Standing(
        State.FILEABLE,
        clock_from_on=start,
        due_on=running.due_on,
        promised_on=running.promised_on,
        days_left=running.days_left,
    )


def _running(
    step: Step, known: StepFacts, start: date | None, on: date, days: DayCounter, *, is_deemed: bool = False
) -> Standing:
    pauses = pauses_of(step, known)
    length = extended(step.limit, known) if step.limit else None
    ends = clock_end(length, start, pauses, days) if length and start else None
    promised = clock_end(step.promised, start, pauses, days) if step.promised and start else None
    is_stopped = isinstance(ends, Stopped) or any(pause.covers(on) for pause in pauses)
    return Standing(
        State.STOPPED if is_stopped else State.RUNNING,
        clock_from_on=start,
        is_deemed_accepted=is_deemed,
        due_on=None if isinstance(ends, Stopped) else ends,
        promised_on=None if isinstance(promised, Stopped) else promised,
        days_left=_left(length, ends, on, pauses, days),
        stopped_on=_stopped_on(ends, pauses, on),
    )


def _left(
    length: Length | None, ends: date | Stopped | None, on: date, pauses: list[Pause], days: DayCounter
) -> int | None:
    if length is None or ends is None:
        return None
    return ends.days_left if isinstance(ends, Stopped) else days_left(length, on, ends, pauses, days)


def _stopped_on(ends: date | Stopped | None, pauses: list[Pause], on: date) -> date | None:
    if isinstance(ends, Stopped):
        return ends.since_on
    return min((pause.from_on for pause in pauses if pause.covers(on)), default=None)


def extended(limit: Limit, known: StepFacts) -> Length:
    """The limit with what the agency prolonged it by."""
    return Length(limit.length.count + known.extended, limit.length.unit, limit.length.day_kind)


def pauses_of(step: Step, known: StepFacts) -> list[Pause]:
    """The times for which the step's clock stands still by its template."""
    kinds = {stop.kind for stop in step.stops}
    return [Pause(period.from_on, period.until_on) for period in known.stops if period.kind in kinds]
