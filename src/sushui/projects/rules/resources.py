"""Needs, commitments and deliveries as plain values, and the gaps between them. What nobody has said is unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sushui.projects.enums import UNITS, GapState, ResourceFactor, ResourceUnit

NOTHING = Decimal()


def decimals_of(factor: ResourceFactor) -> int:
    """How finely a factor is counted: money to the fen, all else to a millionth of its unit."""
    return 2 if UNITS[factor] is ResourceUnit.YUAN else 6


def is_too_fine(factor: ResourceFactor, amount: Decimal) -> bool:
    """Whether an amount has more decimals than are kept of its factor."""
    return amount != round(amount, decimals_of(factor))


@dataclass(frozen=True)
class Promise:
    """What was committed by a day, and how much of it is there."""

    amount: Decimal
    until: date
    delivered: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        return max(self.amount - self.delivered, NOTHING)

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and something of it is not there."""
        return self.until < today and self.left > 0


@dataclass(frozen=True)
class Balance:
    """A need with what was committed to it and delivered of that. ``need`` is None while nobody has said how much.

    ``undelivered``: what was promised and is not there, of each promise: more from one agency fills no other's gap.
    """

    need: Decimal | None
    committed: Decimal = NOTHING
    delivered: Decimal = NOTHING
    undelivered: Decimal = NOTHING
    overdue_on: date | None = None

    @property
    def uncommitted(self) -> Decimal | None:
        """What nobody has promised; None while the need is not known."""
        return None if self.need is None else max(self.need - self.committed, NOTHING)

    def state(self, today: date) -> GapState:
        """The worst that is to be said of it."""
        if self.overdue_on is not None and self.overdue_on < today:
            return GapState.OVERDUE
        if self.uncommitted is None:
            return GapState.UNKNOWN
        if self.uncommitted > 0:
            return GapState.UNCOMMITTED
        return GapState.UNDELIVERED if self.undelivered > 0 else GapState.MET


def balance_of(need: Decimal | None, promises: Iterable[Promise]) -> Balance:
    """Need and promises together; ``overdue_on`` is the first day by which something promised is due and not there."""
    known = list(promises)
    due = [each.until for each in known if each.left > 0]
    committed = sum((each.amount for each in known), NOTHING)
    delivered = sum((each.delivered for each in known), NOTHING)
    undelivered = sum((each.left for each in known), NOTHING)
    return Balance(need, committed, delivered, undelivered, min(due, default=None))
