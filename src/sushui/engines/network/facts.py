"""What is known of one project's steps, and what of it cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from .errors import NetworkError, Refusal
from .template import Length, Network, Step, StopKind

LONGEST_PLAN = 7300  # days; twenty years, as for limits


@dataclass(frozen=True)
class StopPeriod:
    """A time for which an application waited: from `from_on` up to, not including, `until_on`, on which it went on.

    `until_on=None`: it still waits. Whether the clock stood still is for the step to say (`Step.stops`); corrections
    asked for before acceptance put acceptance off.
    """

    kind: StopKind
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class StepFacts:
    """What is known of one step. Everything may be unknown.

    `filed_on`, `accepted_on`, `granted_on`: the day an application came in, was accepted (受理), and was decided in its
    favor or the work was done. `extended`: by how much the agency prolonged its limit, in the limit's own days.
    `expires_on`: the last day on which it is good, where the paper says so. `planned_days`: how long the step is
    expected to take from its beginning, in the days of its limit, else in working days; it goes before the limit.
    """

    filed_on: date | None = None
    accepted_on: date | None = None
    stops: tuple[StopPeriod, ...] = ()
    extended: int = 0
    granted_on: date | None = None
    number: str = ""
    expires_on: date | None = None
    planned_days: int | None = None


NOTHING = StepFacts()
Facts = Mapping[str, StepFacts]


def check_facts(network: Network, facts: Facts, on: date) -> None:
    """Refuse what cannot be so on the day `on`.

    Facts of steps that do not apply are left alone: a project's flags may have changed after a step was done.

    Raises `NetworkError`: DATE_AFTER_TODAY, DATES_OUT_OF_ORDER, EXTENDED_TOO_FAR, PLANNED_OUT_OF_RANGE,
    NUMBER_USED_TWICE.
    """
    numbers: dict[str, str] = {}
    for step in network.steps:
        known = facts.get(step.key, NOTHING)
        if known is not NOTHING:
            _check_dates(step, known, on)
            _check_amounts(step, known)
        if known.number and known.number in numbers:
            taken = (numbers[known.number], step.key)
            raise NetworkError(Refusal.NUMBER_USED_TWICE, steps=taken, number=known.number)
        numbers[known.number] = step.key


def _check_dates(step: Step, known: StepFacts, on: date) -> None:
    dated = [(name, day) for name, day in _dates(known) if day is not None]
    for name, day in dated:
        if day > on:
            raise NetworkError(Refusal.DATE_AFTER_TODAY, step=step.key, name=name, date=day)
    for (earlier, first), (later, second) in pairwise(dated):
        if first > second:
            raise NetworkError(Refusal.DATES_OUT_OF_ORDER, step=step.key, earlier=earlier, later=later)
    for period in known.stops:
        if period.from_on > on:
            raise NetworkError(Refusal.DATE_AFTER_TODAY, step=step.key, name="from_on", date=period.from_on)
        if period.until_on is not None and period.until_on < period.from_on:
            raise NetworkError(Refusal.DATES_OUT_OF_ORDER, step=step.key, earlier="from_on", later="until_on")


def _dates(known: StepFacts) -> Iterator[tuple[str, date | None]]:
    yield "filed_on", known.filed_on
    yield "accepted_on", known.accepted_on
    yield "granted_on", known.granted_on


def _check_amounts(step: Step, known: StepFacts) -> None:
    extension = step.limit.extension if step.limit else None
    at_most = extension.count if extension else 0
    if not 0 <= known.extended <= at_most:
        raise NetworkError(Refusal.EXTENDED_TOO_FAR, step=step.key, at_most=at_most)
    if known.planned_days is not None and not 0 <= known.planned_days <= LONGEST_PLAN:
        raise NetworkError(Refusal.PLANNED_OUT_OF_RANGE, step=step.key, value=known.planned_days)


def planned_length(step: Step, known: StepFacts) -> Length | None:
    """The length that the step is planned with, or None."""
    if known.planned_days is None:
        return None
    counted = step.limit.length if step.limit else Length(0)
    return Length(known.planned_days, day_kind=counted.day_kind)
