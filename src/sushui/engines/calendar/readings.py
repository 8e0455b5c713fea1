"""What was understood of a deadline: a day, a length of time, continuing work, nothing, or a question to ask."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sushui.engines.calendar.clocks import ClockRule


class DeadlineKind(StrEnum):
    """The kinds of deadline that a list can hold."""

    FIXED = "fixed"
    CONTINUING = "continuing"
    WITHIN = "within"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Reading(StrEnum):
    """Why a deadline was read as it was; the room that shows it has the words."""

    EXACT_DAY = "exact_day"
    SERIAL_NUMBER = "serial_number"
    DAY_OF_WEEK = "day_of_week"
    END_OF_TEN_DAYS = "end_of_ten_days"
    END_OF_MONTH = "end_of_month"
    END_OF_QUARTER = "end_of_quarter"
    END_OF_HALF_YEAR = "end_of_half_year"
    END_OF_YEAR = "end_of_year"

    CONTINUING_WORK = "continuing_work"

    AT_ONCE = "at_once"
    WITHIN_WORKING_DAYS = "within_working_days"
    WITHIN_DAYS = "within_days"
    WITHIN_WEEKS = "within_weeks"
    WITHIN_MONTHS = "within_months"
    WITHIN_YEARS = "within_years"

    NOTHING_WRITTEN = "nothing_written"

    YEAR_MISSING = "year_missing"
    REFERENCE_MISSING = "reference_missing"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    NO_SUCH_DAY = "no_such_day"
    BEFORE_A_PERIOD = "before_a_period"
    RELATIVE_YEAR = "relative_year"
    RECURRING = "recurring"
    SEVERAL_DATES = "several_dates"
    WORDS_AROUND_A_DATE = "words_around_a_date"
    TOO_LONG = "too_long"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True)
class DeadlineReading:
    """One deadline as it stood in a list, and what it means.

    `text` is the cell as given; `on` is the day of a FIXED deadline, the day itself included, not moved off rest days;
    `rule` is the clock of one WITHIN a time; `dates` are the days found in an UNKNOWN one, offered and never taken.

    Raises `ValueError` where the kind and what it must hold do not agree.
    """

    kind: DeadlineKind
    text: str
    reading: Reading
    on: date | None = None
    rule: ClockRule | None = None
    dates: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if (self.on is not None) != (self.kind is DeadlineKind.FIXED):
            raise ValueError(f"A deadline has a day if it is fixed, and only then: {self.text!r} is {self.kind}.")
        if (self.rule is not None) != (self.kind is DeadlineKind.WITHIN):
            raise ValueError(f"A deadline has a clock if it is a length, and only then: {self.text!r} is {self.kind}.")
        if self.dates and self.kind is not DeadlineKind.UNKNOWN:
            raise ValueError(f"Only an unknown deadline offers days to choose from: {self.text!r} is {self.kind}.")
