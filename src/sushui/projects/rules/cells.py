"""What single cells of a workbook say: amounts with their unit, months, names. Plain values; None is "not said so"."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from sushui.projects.enums import Unit
from sushui.projects.rules.tables import headings, pattern, word_list

FIRST_YEAR, LAST_YEAR = 1990, 2100
MONEY_UNITS = (Unit.YUAN, Unit.THOUSAND, Unit.WAN, Unit.MILLION, Unit.YI)
# What one of each is in yuan, mu or tons of standard coal. A hectare is 15 mu (Decree on legal units, 1984).
WORTH: dict[Unit, Decimal] = {
    Unit.YUAN: Decimal(1),
    Unit.THOUSAND: Decimal(1_000),
    Unit.WAN: Decimal(10_000),
    Unit.MILLION: Decimal(1_000_000),
    Unit.YI: Decimal(100_000_000),
    Unit.MU: Decimal(1),
    Unit.HECTARE: Decimal(15),
    Unit.SQUARE_METER: Decimal("0.0015"),
    Unit.TCE: Decimal(1),
    Unit.WAN_TCE: Decimal(10_000),
}
_UNIT_NAMES = {
    **{unit.msgid.replace(" ", ""): unit for unit in Unit},
    **{name: Unit(unit) for unit, names in headings("units").items() for name in names},
}
NOTHING = frozenset(["", *word_list("nothing")])  # how tables say that there is nothing
_CENT = Decimal("0.01")
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)(\D{0,8})\Z")
_MONTH, _DAY = pattern("month_in_cell"), pattern("day_in_cell")
_CURRENCY, _PEOPLE = pattern("currency"), pattern("people")
_SIX_DIGITS = re.compile(r"(\d{4})(\d{2})\Z")
_BLANKS = re.compile(r"\s+")
_UNPRINTED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")

CellValue = object  # str, int, float, bool, date, datetime, time, timedelta or None


class Amount(NamedTuple):
    """A number as a cell says it, with the unit that the cell itself names, if any."""

    number: Decimal
    unit: Unit | None = None


def compact_name(text: str) -> str:
    """A name by which it is found again: half-width signs, no blanks."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def shown_text(text: str) -> str:
    """A text as a cell shows it, without blanks around: what an export writes and an import reads."""
    return _UNPRINTED.sub(" ", re.sub(r"\r\n?", "\n", text)).strip()


def unit_named(text: str) -> Unit | None:
    """The unit that a label, a line or a cell names; None when it is none of ours."""
    return _UNIT_NAMES.get(_CURRENCY.sub("", compact_name(text)))


def says_nothing(cell: CellValue) -> bool:
    """Whether a cell of a number, month or word is empty or holds only a dash."""
    return cell is None or (isinstance(cell, str) and compact_name(cell) in NOTHING)


def amount_in(cell: CellValue) -> Amount | None:
    """The number in a cell: 1200, "1,200.50", "3.2亿元". None for anything else, dates and truth values included."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return Amount(Decimal(f"{cell:.15g}") if isinstance(cell, float) else Decimal(cell))
    if not isinstance(cell, str):
        return None
    found = _NUMBER.match(compact_name(cell).replace(",", ""))
    if found is None:
        return None
    unit = unit_named(found[2]) if found[2] else None
    return None if found[2] and unit is None else Amount(Decimal(found[1]), unit)


def in_base_unit(number: Decimal, unit: Unit) -> Decimal | None:
    """The number in yuan, mu or tons, to two decimals; None when it is too large to be one."""
    try:
        return (number * WORTH[unit]).quantize(_CENT, ROUND_HALF_UP)
    except InvalidOperation:
        return None


def whole_in(cell: CellValue) -> int | None:
    """A whole number such as a count of people: 120, "120人"."""
    text = _PEOPLE.sub("", compact_name(cell)) if isinstance(cell, str) else cell
    amount = amount_in(text)
    if amount is None or amount.unit or amount.number != amount.number.to_integral_value():
        return None
    return int(amount.number)


def month_in(cell: CellValue) -> date | None:
    """The month in a cell: a day, 2026-03, 2026年3月, 202603. 2026.1 as a number may be October and is none."""
    if isinstance(cell, datetime):
        return cell.date().replace(day=1)
    if isinstance(cell, date):
        return cell.replace(day=1)
    if isinstance(cell, float) and not cell.is_integer() and f"{cell:.15g}".endswith(".1"):
        return None
    text = compact_name(f"{cell:.15g}" if isinstance(cell, float) else str(cell))
    found = _MONTH.match(text) or _SIX_DIGITS.match(text)
    return month_on(int(found[1]), int(found[2])) if found else None


def month_on(year: int, month: int) -> date | None:
    """The first day of a month that can be."""
    return date(year, month, 1) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 else None


def year_on(text: str) -> int | None:
    """A year that can be, typed or in a label: 2026, 2026年."""
    found = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", unicodedata.normalize("NFKC", text))
    return int(found[1]) if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR else None


def exact_number(number: Decimal) -> Decimal | str:
    """A number as a workbook keeps it exactly: beyond the 15 digits of its cells it is written as a text."""
    plain = number.normalize()
    digits = len(plain.as_tuple().digits) + max(int(plain.as_tuple().exponent), 0)
    return plain if digits <= 15 else f"{plain:f}"


def day_in(cell: CellValue) -> date | None:
    """The day in a cell: a day, or 2026-03-05, 2026年3月5日 as a text."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.match(compact_name(str(cell)))
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
