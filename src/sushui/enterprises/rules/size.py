"""Large, medium-sized, small or micro: by class of industries, persons, revenue and assets (工信部联企业〔2011〕300号).

Large, medium-sized and small enterprises reach all lower bounds of their class, else they fall one class; a micro
enterprise needs to lie below one bound only. What is not known is never guessed: where a figure or a bound is missing,
all classes that it leaves open are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sushui.enterprises.enums import EnterpriseSize, SizeClass
from sushui.enterprises.rules.tables import in_force
from sushui.kernel.industries import industry

TABLE = "size_bounds"
REACHED = (EnterpriseSize.LARGE, EnterpriseSize.MEDIUM, EnterpriseSize.SMALL)
# Codes of GB/T 4754-2017 by their beginning, the longest first. The notice names its classes by the names of the
# standard of its day; industries that it leaves out (finance, education, health, railways) have no class here.
_BY_CODE: dict[str, SizeClass] = {
    "7010": SizeClass.REAL_ESTATE,
    "7020": SizeClass.PROPERTY,
    "591": SizeClass.TRANSPORT,
    "51": SizeClass.WHOLESALE,
    "52": SizeClass.RETAIL,
    **dict.fromkeys(("54", "55", "56", "57", "58"), SizeClass.TRANSPORT),
    "59": SizeClass.STORAGE,
    "60": SizeClass.POST,
    "61": SizeClass.ACCOMMODATION,
    "62": SizeClass.CATERING,
    **dict.fromkeys(("63", "64"), SizeClass.INFORMATION),
    "65": SizeClass.SOFTWARE,
    **dict.fromkeys(("71", "72"), SizeClass.LEASING),
    **dict.fromkeys(("703", "704", "709", "85"), SizeClass.OTHER),
}
_BY_SECTION: dict[str, SizeClass] = {
    "A": SizeClass.FARMING,
    **dict.fromkeys("BCD", SizeClass.INDUSTRY),
    "E": SizeClass.CONSTRUCTION,
    **dict.fromkeys("MNOR", SizeClass.OTHER),
}


@dataclass(frozen=True, slots=True)
class Measures:
    """What is known of an enterprise's year: persons, and yuan."""

    employees: Decimal | None = None
    revenue: Decimal | None = None
    assets: Decimal | None = None

    def of(self, indicator: str) -> Decimal | None:
        found: Decimal | None = getattr(self, indicator)
        return found


@dataclass(frozen=True, slots=True)
class SizeFound:
    """The classes that what is known leaves open, the largest first, and the figures that are missing.

    ``has_open_bound``: a bound of the table itself is not known.
    """

    possible: tuple[EnterpriseSize, ...] = ()
    missing: tuple[str, ...] = ()
    has_open_bound: bool = False

    @property
    def size(self) -> EnterpriseSize:
        """The one class that is left; unknown where there are several or none."""
        return self.possible[0] if len(self.possible) == 1 else EnterpriseSize.UNKNOWN


def size_class(code: str) -> SizeClass | None:
    """The class of the table to which an industry belongs; None where the table has none for it."""
    found = industry(code)
    if found is None:
        return None
    nearest = (found.code[:length] for length in range(len(found.code), 1, -1))
    by_code = next((_BY_CODE[part] for part in nearest if part in _BY_CODE), None)
    return by_code or _BY_SECTION.get(found.section)


def size_of(code: str, known: Measures, on: date) -> SizeFound:
    """The size of an enterprise in an industry, by the table that counts on a day."""
    kind = size_class(code)
    bounds = list(in_force(TABLE, "class", kind, on)) if kind else []
    possible: list[EnterpriseSize] = []
    for size in REACHED if bounds else ():
        reached = _reaches(bounds, size, known)
        if reached is not False:
            possible.append(size)
        if reached:
            break
    else:
        possible += [EnterpriseSize.MICRO] if bounds else []
    is_settled = len(possible) == 1
    missing = () if is_settled else tuple(row["indicator"] for row in bounds if known.of(row["indicator"]) is None)
    has_open = not is_settled and any(row[size] == "" for row in bounds for size in REACHED)
    return SizeFound(tuple(possible), missing, has_open)


def _reaches(bounds: Sequence[Mapping[str, str]], size: EnterpriseSize, known: Measures) -> bool | None:
    """Whether all bounds of a size are reached; None when that hangs on what is not known."""
    answers = [_reaches_one(row, size, known.of(row["indicator"])) for row in bounds]
    if False in answers:
        return False
    return None if None in answers else True


def _reaches_one(row: Mapping[str, str], size: EnterpriseSize, figure: Decimal | None) -> bool | None:
    """Whether a figure reaches a bound; one that is not known lies between those of the sizes beside it."""
    if figure is None:
        return None
    if row[size] != "":
        return figure >= Decimal(row[size])
    place = REACHED.index(size)
    above = next((Decimal(row[each]) for each in reversed(REACHED[:place]) if row[each] != ""), None)
    below = next((Decimal(row[each]) for each in REACHED[place + 1 :] if row[each] != ""), None)
    if above is not None and figure >= above:
        return True
    return False if below is not None and figure < below else None
