"""What projects compete for: capacities that come back, quotas that are used up, and money that arrives.

Amounts are whole numbers of a factor's smallest part: `decimals=2` and unit 亩 mean hundredths of a mu.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Level:
    """`amount` from slot `start` on, until the next level."""

    start: int
    amount: int


@dataclass(frozen=True)
class Renewable:
    """A capacity that every slot offers anew: desks that examine, crews, megawatts at a substation.

    `levels` are in order and begin at slot 0. What is not used at a slot is lost.
    """

    key: str
    levels: tuple[Level, ...]
    name: str = ""
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Release:
    """`amount` may be taken from slot `start` up to, not including, `expires`; None: it does not expire."""

    start: int
    amount: int
    expires: int | None = None


@dataclass(frozen=True)
class Consumable:
    """A quota that is used up: construction land of a year and a place, energy, emissions.

    An activity takes its amount whole when it begins, from any releases that are open then.
    """

    key: str
    releases: tuple[Release, ...]
    name: str = ""
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Arrival:
    """`amount` can be spent from slot `start` on."""

    start: int
    amount: int


@dataclass(frozen=True)
class MoneySource:
    """Money that arrives and stays until it is spent. `pays_for`: the uses it may be spent on; None: all of them.

    All sources of a problem are counted in one unit.
    """

    key: str
    arrivals: tuple[Arrival, ...]
    pays_for: frozenset[str] | None = None
    name: str = ""

    def may_pay(self, use: str) -> bool:
        """Whether this money may be spent on that use."""
        return self.pays_for is None or use in self.pays_for


Factor = Renewable | Consumable


def written(factor: Factor, amount: int) -> str:
    """An amount as people write it, with its unit."""
    return f"{float(Fraction(amount, 10**factor.decimals)):,.{factor.decimals}f} {factor.unit}".strip()
