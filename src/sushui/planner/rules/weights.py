"""What counts how much: points for one unit of each part of a plan's value, and the bounds within which they lie."""

from __future__ import annotations

from collections.abc import Mapping

from sushui.planner.enums import ValuePart

# Points for 10,000 yuan of investment, output and tax, for a job, for a rank of the level, for a promise that is kept.
DEFAULT: Mapping[ValuePart, int] = {
    ValuePart.INVESTMENT: 10,
    ValuePart.OUTPUT: 2,
    ValuePart.TAX: 20,
    ValuePart.JOBS: 50,
    ValuePart.PRIORITY: 20_000,
    ValuePart.COMMITMENT: 100_000,
    ValuePart.LATENESS: 1_000,
}
MOST = 1_000_000


def weights_of(stored: Mapping[str, int]) -> dict[ValuePart, int]:
    """The weights of a scenario; a part of which it says nothing has its default.

    What a new plan is paid for keeping to the one before is not weighed here: its price says it.
    """
    return {part: stored.get(part.value, DEFAULT[part]) for part in DEFAULT}
