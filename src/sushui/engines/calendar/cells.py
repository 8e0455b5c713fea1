"""A deadline as a worksheet's cell holds it: nothing, a text, a day, a moment or a number."""

from datetime import date, datetime, timedelta

from sushui.engines.calendar.grammar import PLAUSIBLE_YEARS
from sushui.engines.calendar.phrases import read_deadline
from sushui.engines.calendar.readings import DeadlineKind, DeadlineReading, Reading

# Excel's day 0 in its 1900 date system; later than the 1900-02-29 that Excel believes in, its numbers fit.
SERIAL_EPOCH = date(1899, 12, 30)
SERIAL_NUMBERS = range(
    (date(PLAUSIBLE_YEARS[0], 1, 1) - SERIAL_EPOCH).days, (date(PLAUSIBLE_YEARS[-1], 12, 31) - SERIAL_EPOCH).days + 1
)


def read_deadline_cell(value: object, *, year: int | None, reference: date | None = None) -> DeadlineReading:
    """Read the value of a cell as a deadline; `year` and `reference` as for `read_deadline`.

    A number is a day if it is one of Excel's for 2015 to 2040 (42005 to 51501); 2025 or 6.3 is not, and is asked for.
    """
    match value:
        case None:
            return read_deadline("", year=year, reference=reference)
        case str():
            return read_deadline(value, year=year, reference=reference)
        case datetime():
            return _day(str(value), value.date(), Reading.EXACT_DAY)
        case date():
            return _day(str(value), value, Reading.EXACT_DAY)
        case int() | float() if SERIAL_NUMBERS[0] <= value < SERIAL_NUMBERS.stop:
            return _day(str(value), SERIAL_EPOCH + timedelta(days=int(value)), Reading.SERIAL_NUMBER)
        case _:
            return DeadlineReading(DeadlineKind.UNKNOWN, str(value), Reading.NOT_UNDERSTOOD)


def _day(text: str, day: date, reading: Reading) -> DeadlineReading:
    if day.year not in PLAUSIBLE_YEARS:
        return DeadlineReading(DeadlineKind.UNKNOWN, text, Reading.YEAR_OUT_OF_RANGE, dates=(day,))
    return DeadlineReading(DeadlineKind.FIXED, text, reading, on=day)
