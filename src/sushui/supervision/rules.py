"""Decisions of supervision over plain values: no Django, no clock.

The default limits are those of DOMAIN: the 13710 rule (Shanxi, 2016) and, where it is silent, settings of ours that are
shown as such (`sushui.supervision.limits`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from sushui.supervision.enums import (
    ClockKind,
    DayBasis,
    MonthLength,
    NodeCycle,
    PartRole,
    PartState,
    ReportKind,
    RequestKind,
    RestDayRule,
    Rung,
    StatusLight,
    TaskKind,
    TaskState,
    Unit,
    Verb,
)

S = TaskState
_AT_WORK = frozenset({S.SIGNED, S.IN_PROGRESS, S.RETURNED, S.SUSPENDED})

# From which states an act is possible, and where it leads. Nothing else moves a task.
TRANSITIONS: Mapping[Verb, tuple[frozenset[TaskState], TaskState]] = {
    Verb.ASSIGN: (frozenset({S.DRAFTED}), S.ASSIGNED),
    Verb.SIGN: (frozenset({S.ASSIGNED}), S.SIGNED),
    Verb.REPORT: (frozenset({S.SIGNED, S.IN_PROGRESS, S.RETURNED}), S.IN_PROGRESS),
    Verb.APPLY: (_AT_WORK, S.COMPLETION_APPLIED),
    Verb.CLOSE: (frozenset({S.COMPLETION_APPLIED}), S.CLOSED),
    Verb.RETURN: (frozenset({S.COMPLETION_APPLIED}), S.RETURNED),
    Verb.SUSPEND: (frozenset({S.SIGNED, S.IN_PROGRESS, S.RETURNED}), S.SUSPENDED),
    Verb.RESUME: (frozenset({S.SUSPENDED}), S.IN_PROGRESS),
    Verb.WITHDRAW: (frozenset({S.DRAFTED, S.ASSIGNED, S.COMPLETION_APPLIED}) | _AT_WORK, S.WITHDRAWN),
}

# Which kind of request an act decides; an act never decides another kind.
DECIDES: Mapping[Verb, RequestKind] = {
    Verb.CLOSE: RequestKind.CLOSING,
    Verb.RETURN: RequestKind.CLOSING,
    Verb.EXTEND: RequestKind.EXTENSION,
    Verb.REFUSE_EXTENSION: RequestKind.EXTENSION,
    Verb.SUSPEND: RequestKind.SUSPENSION,
    Verb.REFUSE_SUSPENSION: RequestKind.SUSPENSION,
    Verb.DECIDE_OWNERSHIP: RequestKind.OWNERSHIP,
}

OPEN_STATES = frozenset({S.ASSIGNED, S.COMPLETION_APPLIED}) | _AT_WORK
ENDED_STATES = frozenset({S.CLOSED, S.WITHDRAWN})

P = PartState
OPEN_PARTS = frozenset({P.ASSIGNED, P.SIGNED, P.IN_PROGRESS, P.DISPUTED})
WORKING_PARTS = frozenset({P.SIGNED, P.IN_PROGRESS})
EXTENDABLE = (ClockKind.RESULT, ClockKind.ANSWER_LEAD, ClockKind.NODE, ClockKind.PLAN_STEP)


def may_move(verb: Verb, state: TaskState) -> bool:
    """Whether a task in ``state`` can undergo ``verb`` at all, whoever does it."""
    return state in TRANSITIONS[verb][0]


def state_after(verb: Verb) -> TaskState:
    return TRANSITIONS[verb][1]


@dataclass(frozen=True)
class Limit:
    """How long something may take: so many days or months from the start."""

    length: int
    unit: Unit = Unit.DAY
    basis: DayBasis = DayBasis.WORKING


@dataclass(frozen=True)
class Counting:
    """How a clock is counted and when it stands still; each clock keeps what was in force on the day it started.

    ``first_day_counts``: the day on which it starts is day 1. ``stops_in_dispute``: it stands still while it is not
    decided whose the part is. ``stops_when_returned``: it stands still from a return to the next report or application.
    """

    first_day_counts: bool = True
    month_length: MonthLength = MonthLength.SAME_DATE
    rest_day: RestDayRule = RestDayRule.LATER
    stops_in_dispute: bool = True
    stops_when_returned: bool = False


COUNTING = tuple(field.name for field in fields(Counting))


@dataclass(frozen=True)
class Limits(Counting):
    """The limits and thresholds in force for a division on a day. Days over are working days."""

    basis: DayBasis = DayBasis.WORKING
    arrangement_days: int = 1
    feedback_days: int = 3
    general_days: int = 7
    major_months: int = 1
    support_days: int = 3
    ownership_days: int = 1
    decision_days: int = 1
    due_soon_days: int = 1
    due_soon_days_major: int = 3
    red_after_days: int = 3
    listed_after_days: int = 5
    red_after_returns: int = 2
    objection_days: int = 30
    review_days: int = 30


def starting_clocks(kind: TaskKind, role: PartRole, limits: Limits) -> dict[ClockKind, Limit]:
    """The clocks that start when a part is assigned; continuing work has node clocks instead of a result.

    Where the arrangement, the feedback or the answer to the lead has no days, no such clock starts.
    """
    days = {ClockKind.ANSWER_LEAD: limits.support_days}
    if role is PartRole.LEAD:
        days = {ClockKind.ARRANGEMENT: limits.arrangement_days, ClockKind.FEEDBACK: limits.feedback_days}
    clocks = {clock: Limit(length, Unit.DAY, limits.basis) for clock, length in days.items() if length}
    if role is PartRole.LEAD and kind is TaskKind.GENERAL:
        clocks[ClockKind.RESULT] = Limit(limits.general_days, Unit.DAY, limits.basis)
    if role is PartRole.LEAD and kind is TaskKind.MAJOR:
        clocks[ClockKind.RESULT] = Limit(limits.major_months, Unit.MONTH, limits.basis)
    return clocks


def clock_met_by(kind: ReportKind) -> ClockKind | None:
    """The clock that a report of this kind answers; a plain progress report answers none."""
    return {
        ReportKind.ARRANGEMENT: ClockKind.ARRANGEMENT,
        ReportKind.FEEDBACK: ClockKind.FEEDBACK,
        ReportKind.NODE: ClockKind.NODE,
        ReportKind.PLAN_STEP: ClockKind.PLAN_STEP,
        ReportKind.ANSWER: ClockKind.ANSWER_LEAD,
    }.get(kind)


# Which report answers which running clock: what the page offers first, most urgent before the rest.
REPORT_FOR: Mapping[ClockKind, ReportKind] = {
    ClockKind.ARRANGEMENT: ReportKind.ARRANGEMENT,
    ClockKind.FEEDBACK: ReportKind.FEEDBACK,
    ClockKind.NODE: ReportKind.NODE,
    ClockKind.PLAN_STEP: ReportKind.PLAN_STEP,
    ClockKind.ANSWER_LEAD: ReportKind.ANSWER,
}


def stops_while_held(kind: ClockKind) -> bool:
    """Clocks of the agency's own work stop while the task is suspended, and as `Counting` says."""
    return kind not in {ClockKind.PLAN_STEP, ClockKind.OWNERSHIP_DECISION, ClockKind.OBJECTION_REVIEW}


@dataclass(frozen=True)
class Steps:
    """The days on which a clock climbs the ladder; each not before the one above it."""

    due_soon_on: date
    overdue_on: date
    red_on: date
    listed_on: date

    def reached(self, on: date) -> list[Rung]:
        """Rungs reached by ``on``, lowest first; once it is overdue there is nothing to say of due soon."""
        dated = [(self.overdue_on, Rung.OVERDUE), (self.red_on, Rung.RED), (self.listed_on, Rung.LISTED)]
        climbed = [rung for day, rung in dated if day <= on]
        return climbed or ([Rung.DUE_SOON] if self.due_soon_on <= on else [])

    def next_on(self, after: date) -> date | None:
        """The next day after ``after`` on which a rung is reached."""
        days = [self.due_soon_on, self.overdue_on, self.red_on, self.listed_on]
        return min((day for day in days if day > after), default=None)


def light(*, is_open: bool, on: date, yellow_on: date | None, red_on: date | None) -> StatusLight:
    """The light on a day, from the days on which the record turns yellow and red (None: never, as things stand)."""
    if not is_open:
        return StatusLight.NONE
    if red_on is not None and red_on <= on:
        return StatusLight.RED
    if yellow_on is not None and yellow_on <= on:
        return StatusLight.YELLOW
    return StatusLight.GREEN


def earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


_MONTHS = {NodeCycle.MONTHLY: 1, NodeCycle.QUARTERLY: 3, NodeCycle.YEARLY: 12}


def next_node_on(cycle: NodeCycle, *, after: date, until: date | None = None) -> date | None:
    """The first end of a period after ``after``; None when the work ends on or before it."""
    length = _MONTHS[cycle]
    month = -(-after.month // length) * length
    found = _month_end(after.year, month)
    if found <= after:
        found = _month_end(after.year, month + length)
    return None if until is not None and found >= until else found


def _month_end(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])
