"""Amounts as people write them, in a unit and with decimals, and as the engine counts them: whole smallest parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ..errors import PlanningError, Refusal

_AMOUNT = re.compile(r"\s*([-+]?[\d,]*\.?\d+)\s*(.*?)\s*", re.DOTALL)
_DIGITS = 15  # what a spreadsheet keeps of a number; far more than any amount the door lets pass


@dataclass(frozen=True)
class Measure:
    """What an amount is counted in: `Measure("亩", 2)` are hundredths of a mu."""

    unit: str = ""
    decimals: int = 0

    def read(self, value: object, place: str) -> int:
        """The amount in smallest parts. A unit that is written must be this one; without one it is taken to be.

        Raises `PlanningError`: BAD_VALUE, UNIT_DIFFERS, TOO_FINE.
        """
        number, unit = _parted(value, place)
        if unit not in ("", self.unit):
            raise PlanningError(Refusal.UNIT_DIFFERS, place=place, unit=unit, expected=self.unit)
        amount = number.scaleb(self.decimals)
        if amount != amount.to_integral_value():
            raise PlanningError(Refusal.TOO_FINE, place=place, value=str(value), decimals=self.decimals)
        return int(amount)

    def written(self, amount: int) -> str:
        """The amount with its decimals and its unit: `12.50 亩`."""
        return f"{Decimal(amount).scaleb(-self.decimals):.{self.decimals}f} {self.unit}".strip()


WHOLE = Measure()  # counted one by one


def _parted(value: object, place: str) -> tuple[Decimal, str]:
    """The number and the unit of what was written."""
    if isinstance(value, str):
        found = _AMOUNT.fullmatch(value)
        number, unit = (found[1].replace(",", ""), found[2]) if found else ("", "")
    elif isinstance(value, float):  # a cell: its last digits are the spreadsheet's, not the author's
        number, unit = f"{value:.{_DIGITS - 5}f}", ""
    else:
        number, unit = ("" if isinstance(value, bool) else str(value)), ""
    try:
        read = Decimal(number)
    except InvalidOperation:
        raise PlanningError(Refusal.BAD_VALUE, place=place, value=str(value), expected="amount") from None
    if not read.is_finite() or read.adjusted() > _DIGITS:
        raise PlanningError(Refusal.BAD_VALUE, place=place, value=str(value), expected="amount")
    return read, unit
