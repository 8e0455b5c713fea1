"""Refusals of this engine: a code and its facts, never prose (a room's adapter turns them into sentences)."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """Why a template, a choice, facts or a slip were not taken. In brackets: the facts that travel with the code."""

    # A text
    NOT_YAML = "not_yaml"  # (line) 0 where the parser does not say
    TOO_LONG = "too_long"  # (limit) characters
    ALIAS = "alias"  # (line) anchors and aliases hide what a step says
    TWICE_IN_MAPPING = "twice_in_mapping"  # (name, line)
    # A template; `place` is a step's key and the field's name, with a point between
    NOT_A_MAPPING = "not_a_mapping"  # (place)
    MISSING = "missing"  # (place)
    UNKNOWN_FIELD = "unknown_field"  # (place)
    BAD_VALUE = "bad_value"  # (place, value)
    LENGTH_WITHOUT_UNIT = "length_without_unit"  # (place)
    LENGTH_WITHOUT_DAY_KIND = "length_without_day_kind"  # (place) days that do not say whether working or calendar
    LENGTH_OUT_OF_RANGE = "length_out_of_range"  # (place, value)
    WITHOUT_SOURCE = "without_source"  # (place)
    TWO_STEPS_ONE_KEY = "two_steps_one_key"  # (step)
    UNKNOWN_PREREQUISITE = "unknown_prerequisite"  # (step, prerequisite)
    CIRCLE = "circle"  # (steps) the keys in order, each the prerequisite of the next, the last one of the first
    UNKNOWN_GOAL = "unknown_goal"  # (step)
    UNKNOWN_STEP = "unknown_step"  # (step) also: a validity that ends with a step that is not there
    UNKNOWN_AGENCY = "unknown_agency"  # (step, agency)
    UNKNOWN_FLAG = "unknown_flag"  # (step, flag) step "" where the flag comes with a project
    # A project
    CHOOSE_ONE = "choose_one"  # (flags) of which a project has more than one
    GOAL_DROPPED = "goal_dropped"  # (step)
    DATE_AFTER_TODAY = "date_after_today"  # (step, date, name)
    DATES_OUT_OF_ORDER = "dates_out_of_order"  # (step, earlier, later) names of the dates
    NUMBER_USED_TWICE = "number_used_twice"  # (steps, number)
    EXTENDED_TOO_FAR = "extended_too_far"  # (step, at_most) 0 where the law gives no extension
    PLANNED_OUT_OF_RANGE = "planned_out_of_range"  # (step, value)
    # A slip
    STEP_DONE = "step_done"  # (step)
    NOT_A_SLIP = "not_a_slip"  # (days)


class NetworkError(Exception):
    """What is refused: ``code`` is a `Refusal`, ``params`` the facts a sentence needs."""

    def __init__(self, code: Refusal, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
