"""What a plan is worth: each part in its own unit, weighted into one number.

An earning hangs on an activity and depends on when that activity is worked or finished; what a project brings by being
in the plan at all hangs on the project. Amounts are whole numbers and may be negative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Part(StrEnum):
    """The parts of a plan's value."""

    INVESTMENT = "investment"
    OUTPUT = "output"
    TAX = "tax"
    JOBS = "jobs"
    PRIORITY = "priority"
    COMMITMENT = "commitment"
    LATENESS = "lateness"
    CHANGES = "changes"


@dataclass(frozen=True)
class WhileWorked:
    """`amount` is done evenly over the worked slots; what falls in [start, end) counts, rounded down as a whole."""

    part: Part
    amount: int
    start: int
    end: int


@dataclass(frozen=True)
class WhenFinishedBy:
    """`amount` if the activity is finished by slot `by`: if its end is at most `by`."""

    part: Part
    amount: int
    by: int


@dataclass(frozen=True)
class SinceFinished:
    """`amount` for every slot from the activity's end up to slot `until`."""

    part: Part
    amount: int
    until: int


@dataclass(frozen=True)
class IfLate:
    """If the activity ends after slot `due`: minus `once`, and minus `amount` for every slot between."""

    part: Part
    amount: int
    due: int
    once: int = 0


@dataclass(frozen=True)
class IfMoved:
    """If the activity does not begin at slot `start`: minus `once`, and minus `amount` for every slot between."""

    part: Part
    amount: int
    start: int
    once: int = 0


Earning = WhileWorked | WhenFinishedBy | SinceFinished | IfLate | IfMoved


@dataclass(frozen=True)
class IfChosen:
    """`amount` if the project is in the plan."""

    part: Part
    amount: int


@dataclass(frozen=True)
class Worth:
    """A plan's value by part, in each part's own unit, and all of it weighted."""

    total: int
    parts: Mapping[Part, int] = field(default_factory=lambda: MappingProxyType({}))
