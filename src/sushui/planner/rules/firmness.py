"""What changes of a plan cost, in points: so much that little is changed, or so little that much may be."""

from __future__ import annotations

from dataclasses import dataclass

from sushui.planner.enums import Firmness

PROMISED = 3  # times as much for a project of which a day was promised


@dataclass(frozen=True)
class ChangePrices:
    """Points for a project that is ``left`` out, for construction that is ``moved``, and for each ``week`` of it."""

    left: int
    moved: int
    week: int


def prices(firmness: Firmness, points: int, projects: int) -> ChangePrices:
    """Measured by what a project of the plan is worth on the average.

    Firm: leaving a project out costs fifty of them, moving its construction one, and each ten weeks one more, so that
    nobody goes out who could be late. Weighed: half of one, a twentieth, and each ten weeks as much again.
    """
    average = max(1, points // max(1, projects))
    return {
        Firmness.FIRM: ChangePrices(average * 50, average, max(1, average // 10)),
        Firmness.WEIGHED: ChangePrices(average // 2, average // 20, average // 200),
        Firmness.FREE: ChangePrices(0, 0, 0),
    }[firmness]
