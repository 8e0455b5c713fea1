"""A plan, and what a search says of the best one it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from .problem import Ref
from .values import Worth


class Placement(NamedTuple):
    """An activity's start and mode in a plan."""

    start: int
    mode: int = 0


@dataclass(frozen=True)
class Plan:
    """Which activities begin when, and how. A project is in the plan with all of its activities, or not at all."""

    placements: Mapping[Ref, Placement]

    @cached_property
    def projects(self) -> frozenset[str]:
        """The keys of the projects in the plan."""
        return frozenset(ref.project for ref in self.placements)


class Status(StrEnum):
    """What is known of a result."""

    OPTIMAL = "optimal"  # proved: no plan is better
    FEASIBLE = "feasible"  # a plan, and a bound that no plan can cross
    INFEASIBLE = "infeasible"  # proved: there is no plan
    UNKNOWN = "unknown"  # no plan was found in the time given, and none excluded


@dataclass(frozen=True)
class Result:
    """The best plan found, verified; what it is worth; and the bound that no plan can cross.

    For the goal of value, `objective` is the weighted value and `bound` is at least the best there is; for the earliest
    end it is the last slot's end, and `bound` at most the best. `seconds`: how long the search took.
    """

    status: Status
    plan: Plan | None = None
    objective: int | None = None
    bound: int | None = None
    worth: Worth | None = None
    seconds: float = 0.0

    @property
    def gap(self) -> float | None:
        """How far the objective may be from the best, as a share of the bound or, for an earliest end, of itself."""
        if self.objective is None or self.bound is None:
            return None
        distance, whole = abs(self.bound - self.objective), max(abs(self.bound), abs(self.objective))
        return distance / whole if whole else 0.0
