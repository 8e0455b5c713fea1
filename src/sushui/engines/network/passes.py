"""The two passes of the critical path method, over days that are not all alike.

Forward: the earliest days. Backward: the latest days that leave the goal where it is. Each looks once at every step and
every prerequisite.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sushui.engines.common import DayCounter, Pause, Stopped

from .facts import NOTHING, Facts, StepFacts, planned_length
from .lengths import clock_end, finish, latest_start
from .states import Standing, State, complete_since, extended, pauses_of
from .template import Length, Network, Step


class Unknown(StrEnum):
    """Why nobody can say when a step will be finished."""

    NO_LIMIT = "no_limit"  # no limit is stated and none planned
    AT_LEAST = "at_least"  # only how long it takes at least
    STOPPED = "stopped"  # it waits for something that has no end yet
    OVER = "over"  # the limit has passed


@dataclass(frozen=True)
class Span:
    """The earliest days of a step that is not done.

    `length`: from `start` to `end`; None where a clock runs already, by which it ends, but not before `start`: today,
    and the ends of its prerequisites. `is_not_before`: something up to and with this step is unknown, and counts as
    nothing or as the least it can be.
    """

    start: date
    end: date
    length: Length | None
    unknown: Unknown | None
    is_not_before: bool


@dataclass(frozen=True)
class Latest:
    """The latest days of a step that leads to the goal; `is_blurred`: something unknown lies on its way."""

    start: date
    end: date
    is_blurred: bool


def forward(
    network: Network,
    facts: Facts,
    stand: Mapping[str, Standing],
    today: date,
    days: DayCounter,
    slips: Mapping[str, int] | None = None,
) -> dict[str, Span]:
    """The span of every step that is not done; `today` is a working day.

    `slips`: working days by which a step ends later than it would.
    """
    spans: dict[str, Span] = {}
    for step in network.steps:
        if stand[step.key].state is State.DONE:
            continue
        before = [spans[requirement.key] for requirement in step.requires if requirement.key in spans]
        start = max([today, *(span.end for span in before)])
        length, end, unknown = _ends(step, facts.get(step.key, NOTHING), stand[step.key], start, today, days)
        if slips:
            end = days.add_working_days(end, slips.get(step.key, 0))
        is_not_before = unknown is not None or any(span.is_not_before for span in before)
        spans[step.key] = Span(start, end, length, unknown, is_not_before)
    return spans


def _ends(
    step: Step, known: StepFacts, standing: Standing, start: date, today: date, days: DayCounter
) -> tuple[Length | None, date, Unknown | None]:
    """The length of a step that begins on `start` (None: its clock runs), its end, and why that is not known."""
    since = standing.clock_from_on or (complete_since(known) if standing.answer_by else None)
    if since is not None:
        end, unknown = _clocked(step, known, since, today, days)
        return None, max(start, end), unknown
    length, unknown = _length(step, known, standing)
    return length, finish(length, start, days), unknown


def _length(step: Step, known: StepFacts, standing: Standing) -> tuple[Length, Unknown | None]:
    """How long a step is reckoned with, and why that is not all."""
    renewal = step.validity.renewal if step.validity and standing.state is State.EXPIRED else None
    length = planned_length(step, known) or (renewal.length if renewal else step.takes)
    if length is not None:
        return length, Unknown.STOPPED if standing.state is State.CORRECTIONS else None
    return (step.minimum.length, Unknown.AT_LEAST) if step.minimum else (Length(0), Unknown.NO_LIMIT)


def _clocked(step: Step, known: StepFacts, since: date, today: date, days: DayCounter) -> tuple[date, Unknown | None]:
    """When a clock that was set going is expected to run out; one that stands still as if it went on today."""
    length = _expected(step, known)
    if length is None:
        return today, Unknown.NO_LIMIT
    pauses = pauses_of(step, known)
    ends = clock_end(length, since, pauses, days)
    if isinstance(ends, Stopped):
        resumed = [Pause(pause.from_on, pause.until_on or max(today, pause.from_on)) for pause in pauses]
        again = clock_end(length, since, resumed, days)
        return today if isinstance(again, Stopped) else again, Unknown.STOPPED
    return ends, Unknown.OVER if ends < today else None


def _expected(step: Step, known: StepFacts) -> Length | None:
    """Planned, else promised, else the limit with what it was prolonged by."""
    return planned_length(step, known) or step.promised or (extended(step.limit, known) if step.limit else None)


def backward(network: Network, spans: Mapping[str, Span], days: DayCounter) -> dict[str, Latest]:
    """The latest days of every step that leads to the goal and is not done; empty where the goal is reached."""
    if network.goal not in spans:
        return {}
    ends, blurred, latest = {network.goal: spans[network.goal].end}, set[str](), dict[str, Latest]()
    for step in reversed(network.steps):
        if step.key not in ends:
            continue
        span, end = spans[step.key], ends[step.key]
        start = end if span.length is None else latest_start(span.length, end, days)
        is_clouded = step.key in blurred or span.unknown is not None
        latest[step.key] = Latest(start, end, is_clouded or span.is_not_before)
        for key in (requirement.key for requirement in step.requires if requirement.key in spans):
            ends[key] = min(start, ends.get(key, start))
            blurred |= {key} if is_clouded else set()
    return latest


def critical_path(network: Network, spans: Mapping[str, Span]) -> tuple[str, ...]:
    """The chain that decides the goal's day: from the goal back through the prerequisite that ends last, as long as a
    step begins when that one ends."""
    steps = {step.key: step for step in network.steps}
    path, key = list[str](), network.goal if network.goal in spans else None
    while key is not None:
        path.append(key)
        key = _driver(steps[key], spans)
    return tuple(reversed(path))


def _driver(step: Step, spans: Mapping[str, Span]) -> str | None:
    """The first prerequisite whose end decides when the step begins, and with it when it ends."""
    span = spans[step.key]
    decides_on = span.end if span.length is None else span.start
    keys = (requirement.key for requirement in step.requires if requirement.key in spans)
    return next((key for key in keys if spans[key].end == decides_on), None)
