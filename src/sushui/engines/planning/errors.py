"""Refusals and doubts of this engine: a code and its facts, never prose (an adapter turns them into sentences).

Facts: `project`, `activity`, `factor`, `source`, `calendar`, `use` and their like are keys, `before` and `after` are
`Ref`s, slots and amounts are numbers as the problem has them; `place` is the path to a field, with points between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Refusal(StrEnum):
    """Why a problem, or a text that should be one, was not taken. In brackets: the facts that travel with the code."""

    # A text or a table
    NOT_JSON = "not_json"  # (line, column)
    TOO_LARGE_TEXT = "too_large_text"  # (limit) bytes
    MISSING = "missing"  # (place)
    UNKNOWN_FIELD = "unknown_field"  # (place, known)
    BAD_VALUE = "bad_value"  # (place, value, expected) the kind of value expected: a `Kind` of `reading.fields`
    UNIT_DIFFERS = "unit_differs"  # (place, unit, expected) the unit written, and that of the factor
    TOO_FINE = "too_fine"  # (place, value, decimals) more decimals than the factor is counted in
    WITHOUT_FIRST_DAY = "without_first_day"  # (place, value) a date, and no first day to count from
    MISSING_SHEET = "missing_sheet"  # (sheet)
    UNKNOWN_SHEET = "unknown_sheet"  # (sheet, known)
    MISSING_COLUMN = "missing_column"  # (sheet, column)
    BAD_LINE = "bad_line"  # (line, expected) of a benchmark's file
    # Time
    HORIZON_OUT_OF_RANGE = "horizon_out_of_range"  # (horizon, limit)
    NOT_FIRST_OF_MONTH = "not_first_of_month"  # (day) slots are months, and the first day is none's first
    DATE_OUTSIDE = "date_outside"  # (place, slot, horizon)
    # Names
    KEY_TWICE = "key_twice"  # (place, key)
    UNKNOWN_NAME = "unknown_name"  # (place, kind, key) kind: factor, calendar, project, activity, mode
    WITHOUT_ACTIVITIES = "without_activities"  # (project)
    WITHOUT_MODES = "without_modes"  # (project, activity)
    NOBODY_PAYS = "nobody_pays"  # (project, activity, use)
    # Numbers
    NEGATIVE = "negative"  # (place, value)
    NUMBER_TOO_LARGE = "number_too_large"  # (place, value, limit)
    LEVELS_OUT_OF_ORDER = "levels_out_of_order"  # (factor, slot) the first one does not begin at 0, or not in order
    CLOSES_BEFORE_IT_OPENS = "closes_before_it_opens"  # (factor, slot, expires)
    OVER_STATUTORY_LIMIT = "over_statutory_limit"  # (project, activity, duration, limit)
    MILESTONE_PAYS = "milestone_pays"  # (project, activity) what lasts no slot has none in which it could pay
    MOST_BELOW_LEAST = "most_below_least"  # (before, after, least, most)
    # What cannot be meant together
    CIRCLE = "circle"  # (activities) Refs in order, each before the next, the first again at the end
    LAGS_CONTRADICT = (
        "lags_contradict"  # (activities, by) a way round by which each would begin `by` slots after itself
    )
    MANDATORY_RIVALS = "mandatory_rivals"  # (project, other) of one group, and both must be in the plan
    OPTIONAL_IN_MAKESPAN = "optional_in_makespan"  # (project)
    NEVER_ENOUGH = "never_enough"  # (project, activity, factor, amount, at_most) of what must be in the plan
    NEVER_IN_TIME = "never_in_time"  # (project, activity, earliest, latest) ends of what must be in the plan
    # What already happened
    DONE_OUTSIDE = "done_outside"  # (project, activity, slot) it cannot have begun then: outside, or in a pause
    DONE_AGAINST_LAG = "done_against_lag"  # (before, after, waited, least, most) slots between them, and those allowed
    DONE_BEFORE_ITS_TURN = "done_before_its_turn"  # (project, activity, slot, earliest)
    DONE_TAKES_TOO_MUCH = "done_takes_too_much"  # (factor, slot, by)


class Doubt(StrEnum):
    """Why an optional project can be in no plan, though nothing is wrong with the problem. In brackets: the facts."""

    NEVER_ENOUGH = "never_enough"  # (project, activity, factor, amount, at_most)
    NEVER_IN_TIME = "never_in_time"  # (project, activity, earliest, latest) ends
    DONE_BEFORE_ITS_TURN = "done_before_its_turn"  # (project, activity, slot, earliest)
    RIVAL_OF_MANDATORY = "rival_of_mandatory"  # (project, other)
    REQUIRES_RIVAL = "requires_rival"  # (project, other) it requires what is in a group with it, or with each other
    REQUIRES_DOUBTED = "requires_doubted"  # (project, other)


@dataclass(frozen=True)
class Doubted:
    """A doubt about an optional project; `facts` hold what a sentence needs, the project first."""

    code: Doubt
    facts: Mapping[str, object] = field(default_factory=dict)


class PlanningError(Exception):
    """What is refused: `code` is a `Refusal`, `facts` what a sentence needs."""

    def __init__(self, code: Refusal, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
