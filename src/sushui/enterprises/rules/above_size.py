"""Whether an enterprise reaches the threshold from which the statistics bureau surveys it (规上), by a day's rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sushui.enterprises.enums import Reach
from sushui.enterprises.rules.size import Measures
from sushui.enterprises.rules.tables import in_force
from sushui.kernel.industries import industry

TABLE = "above_size_bounds"
# Groups by the beginning of a code of GB/T 4754-2017, the longest first, then by section.
_BY_CODE = {
    "7010": "real_estate",
    "51": "wholesale",
    "52": "retail",
    "61": "accommodation_catering",
    "62": "accommodation_catering",
    "70": "services_10",
    "84": "services_20",
    "85": "services_5",
}
_BY_SECTION = {
    **dict.fromkeys("BCD", "industry"),
    "E": "construction",
    **dict.fromkeys("GIN", "services_20"),
    **dict.fromkeys("LMP", "services_10"),
    **dict.fromkeys("OR", "services_5"),
}


def survey_group(code: str) -> str:
    """The group of the table to which an industry belongs; empty where it has none (farming, finance, government)."""
    found = industry(code)
    if found is None:
        return ""
    nearest = (found.code[:length] for length in range(len(found.code), 1, -1))
    by_code = next((_BY_CODE[part] for part in nearest if part in _BY_CODE), "")
    return by_code or _BY_SECTION.get(found.section, "")


def reach_of(code: str, known: Measures, on: date, *, has_qualification: bool | None = None) -> Reach:
    """Whether any one of the bounds of the group is reached; unknown when that hangs on what is not known."""
    group = survey_group(code)
    bounds = list(in_force(TABLE, "group", group, on)) if group else []
    if not bounds:
        return Reach.UNKNOWN
    answers = [_answer(row["indicator"], Decimal(row["bound"]), known, has_qualification) for row in bounds]
    if True in answers:
        return Reach.REACHED
    return Reach.UNKNOWN if None in answers else Reach.BELOW


def _answer(indicator: str, bound: Decimal, known: Measures, has_qualification: bool | None) -> bool | None:
    if indicator == "all":
        return True
    if indicator == "qualification":
        return has_qualification
    figure = known.of(indicator)
    return None if figure is None else figure >= bound
