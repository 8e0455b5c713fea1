"""From where a project stands to when it can be built: earliest and latest days, slack, and what decides the date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sushui.engines.common import DayCounter

from .errors import NetworkError, Refusal
from .facts import Facts, check_facts
from .passes import Latest, Span, Unknown, backward, critical_path, forward
from .states import Standing, State, standings
from .template import Network

LONGEST_SLIP = 2500  # working days, some ten years


@dataclass(frozen=True)
class StepForecast:
    """One step: where it stands, and when it can be begun and finished.

    `earliest_start`, `earliest_finish`: working days; None for what is done. What is filed has begun: its start is the
    first day on which it can be granted, today or when its prerequisites are met. If `is_not_before`, both are the
    least that can be said, since something up to and with this step is unknown; `unknown` says why this step is.
    `latest_start`, `latest_finish`: the latest working days that leave the forecast where it is; `slack_days`: working
    days from the earliest finish to the latest. None where the step is done, does not lead to the goal, or has
    something unknown on its way; what is filed has no latest start. Where the schedule's date is itself a "not
    before", the slack is the least there is.
    `is_provisional`: counted over days of a year whose holiday notice is not out.
    `expires_too_early`: what was granted runs out before the goal can be reached.
    """

    key: str
    standing: Standing
    earliest_start: date | None = None
    earliest_finish: date | None = None
    latest_start: date | None = None
    latest_finish: date | None = None
    slack_days: int | None = None
    unknown: Unknown | None = None
    is_not_before: bool = False
    is_provisional: bool = False
    expires_too_early: bool = False


@dataclass(frozen=True)
class Schedule:
    """A project's steps as they stand on `on`, each after its prerequisites, and the forecast for the goal.

    `goal_on`: the day on which the goal was reached (`is_reached`) or can be at the earliest. `is_not_before`: it may
    come later, for `unknown` names the steps before it whose end nobody knows.
    `critical_path`: the steps that decide the date, from the first one still open to the goal; where two chains do, the
    one through the prerequisite written first.
    """

    on: date
    steps: Mapping[str, StepForecast]
    goal: str
    goal_on: date
    is_reached: bool
    is_not_before: bool
    is_provisional: bool
    unknown: tuple[str, ...]
    critical_path: tuple[str, ...]
    undecided: tuple[tuple[str, ...], ...] = ()

    @property
    def fileable(self) -> tuple[str, ...]:
        """The steps that can be filed, or begun, today."""
        return tuple(key for key, step in self.steps.items() if step.standing.state is State.FILEABLE)


@dataclass(frozen=True)
class Move:
    """How far a slip moves the end of one step; `days` are working days."""

    key: str
    from_on: date
    to_on: date
    days: int


@dataclass(frozen=True)
class Slip:
    """What moves if a step ends `days` working days later than forecast: the step itself first, the goal if it does."""

    step: str
    days: int
    moves: tuple[Move, ...]
    goal: Move | None


def schedule(network: Network, facts: Facts, on: date, days: DayCounter) -> Schedule:
    """Where every step stands on the day `on` and when the goal can be reached. O(V + E).

    Raises `NetworkError` for facts that cannot be (`check_facts`).
    """
    check_facts(network, facts, on)
    stand = standings(network, facts, on, days)
    spans = forward(network, facts, stand, days.next_working_day(on), days)
    latest = backward(network, spans, days)
    goal = spans.get(network.goal)
    goal_on = goal.end if goal else facts[network.goal].granted_on or on
    return Schedule(
        on=on,
        steps={
            key: _step_forecast(key, standing, spans.get(key), latest.get(key), on, goal_on, days)
            for key, standing in stand.items()
        },
        goal=network.goal,
        goal_on=goal_on,
        is_reached=goal is None,
        is_not_before=goal is not None and goal.is_not_before,
        is_provisional=goal is not None and _is_provisional(on, goal_on, days),
        unknown=tuple(key for key in stand if key in latest and spans[key].unknown),
        critical_path=critical_path(network, spans),
        undecided=network.undecided,
    )


def _step_forecast(
    key: str, standing: Standing, span: Span | None, latest: Latest | None, on: date, goal_on: date, days: DayCounter
) -> StepForecast:
    if span is None:
        expires_on = standing.expires_on
        return StepForecast(key, standing, expires_too_early=expires_on is not None and expires_on < goal_on)
    known = latest if latest and not latest.is_blurred else None
    return StepForecast(
        key=key,
        standing=standing,
        earliest_start=span.start,
        earliest_finish=span.end,
        latest_start=known.start if known and span.length else None,
        latest_finish=known.end if known else None,
        slack_days=days.working_days_between(span.end, known.end) if known else None,
        unknown=span.unknown,
        is_not_before=span.is_not_before,
        is_provisional=_is_provisional(on, span.end, days),
    )


def _is_provisional(first: date, last: date, days: DayCounter) -> bool:
    years = range(first.year + 1, last.year)
    return not (
        days.is_announced(first) and days.is_announced(last) and all(days.is_announced(date(y, 1, 1)) for y in years)
    )


def slip(network: Network, facts: Facts, on: date, days: DayCounter, step: str, by_days: int) -> Slip:
    """What moves if `step` ends `by_days` working days later than it is forecast to. O(V + E).

    Raises `NetworkError`: UNKNOWN_STEP, STEP_DONE, NOT_A_SLIP (less than 1 day or more than ten years), and what
    `schedule` raises.
    """
    if not 1 <= by_days <= LONGEST_SLIP:
        raise NetworkError(Refusal.NOT_A_SLIP, days=by_days)
    check_facts(network, facts, on)
    stand = standings(network, facts, on, days)
    if step not in stand:
        raise NetworkError(Refusal.UNKNOWN_STEP, step=step)
    if stand[step].state is State.DONE:
        raise NetworkError(Refusal.STEP_DONE, step=step)
    today = days.next_working_day(on)
    before = forward(network, facts, stand, today, days)
    after = forward(network, facts, stand, today, days, {step: by_days})
    moves = {key: _move(key, before[key].end, after[key].end, days) for key in before}
    moved = tuple(move for move in moves.values() if move.days)
    goal = moves.get(network.goal)
    return Slip(step, by_days, moved, goal if goal and goal.days else None)


def _move(key: str, from_on: date, to_on: date, days: DayCounter) -> Move:
    return Move(key, from_on, to_on, days.working_days_between(from_on, to_on))
