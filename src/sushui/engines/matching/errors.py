"""Refusals of this engine: a code, where it stands and its facts, never prose (a room's adapter makes sentences)."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """Why a text, facts or a question were not taken. In brackets: the facts that travel with the code."""

    # A text
    NOT_YAML = "not_yaml"
    TOO_LONG = "too_long"  # (limit) characters
    ALIAS = "alias"  # anchors and aliases hide what a clause says
    TWICE_IN_MAPPING = "twice_in_mapping"  # (name)
    NOT_A_MAPPING = "not_a_mapping"  # (place)
    NOT_A_LIST = "not_a_list"  # (place)
    NOT_A_TEXT = "not_a_text"  # (place)
    MISSING = "missing"  # (place)
    UNKNOWN_WORD = "unknown_word"  # (place, allowed) a name in a mapping that means nothing there
    BAD_VALUE = "bad_value"  # (place, value)
    CHOOSE_ONE = "choose_one"  # (place, allowed) exactly one of these is written
    # An expression; `at` counts characters from 1
    NOT_AN_EXPRESSION = "not_an_expression"  # (expression, at, found)
    UNKNOWN_FIELD = "unknown_field"  # (field, similar)
    UNKNOWN_FUNCTION = "unknown_function"  # (name, allowed)
    UNKNOWN_UNIT = "unknown_unit"  # (unit)
    UNKNOWN_CODE = "unknown_code"  # (field, given, allowed)
    UNKNOWN_LIST = "unknown_list"  # (name)
    WRONG_KIND = "wrong_kind"  # (expression, expected, found)
    WRONG_UNIT = "wrong_unit"  # (expression, expected, found)
    RATE_WITHOUT_PERCENT = "rate_without_percent"  # (value) 10 where 10% is meant; ten times is written 10倍
    # A registry and parameters
    TWO_FIELDS_ONE_NAME = "two_fields_one_name"  # (field)
    NO_COLUMNS = "no_columns"  # (field)
    # A policy
    TWO_WITH_ONE_KEY = "two_with_one_key"  # (key)
    WITHOUT_CITATION = "without_citation"  # (place)
    TOO_MANY_ATOMS = "too_many_atoms"  # (item, limit)
    VERSIONS_OVERLAP = "versions_overlap"  # (policy, from_on)
    DATES_OUT_OF_ORDER = "dates_out_of_order"  # (from_on, until_on)
    SHARES_NOT_WHOLE = "shares_not_whole"  # (total) shares of levels or instalments that do not make 100%
    BANDS_GAP = "bands_gap"  # (above, below) between two bands of a tier nothing is said
    BANDS_OVERLAP = "bands_overlap"  # (above, below)
    CAPS_CONTRADICT = "caps_contradict"  # (item, least, most) what is paid at least is more than at most
    CIRCLE = "circle"  # (items) each needs the next, the last one the first
    UNKNOWN_ITEM = "unknown_item"  # (item)
    CAPS_CROSS = "caps_cross"  # (caps) shared caps that share items and do not lie one in the other
    # Facts
    NOT_OF_KIND = "not_of_kind"  # (field, kind, value)
    OUT_OF_RANGE = "out_of_range"  # (field, value)
    UNKNOWN_CONSTANT = "unknown_constant"  # (name)
    # An engine over columns
    TOO_GREAT = "too_great"  # (most) a product that 128 bits do not hold
    QUOTIENT_IN_ROWS = "quotient_in_rows"  # () rows whose quotients are summed up have no common denominator


class MatchingError(Exception):
    """What is refused: ``code`` is a `Refusal`; ``file`` and ``line`` (from 1; 0: none) say where; ``params`` why."""

    def __init__(self, code: Refusal, *, file: str = "", line: int = 0, **params: object) -> None:
        super().__init__(code, file, line, params)
        self.code = code
        self.file = file
        self.line = line
        self.params = params
