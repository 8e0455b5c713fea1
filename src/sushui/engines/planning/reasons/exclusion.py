"""Why a project is not in a plan: the smallest set of factors that keeps it out, and what would let it in.

Everything else in the plan stands. A project left out may be in a group with one that is in, or too late for its dates
whatever there is; it may fit and bring less than nothing, or fit because the search has not looked there. Else factors
keep it out, and each way in says how much more of which would be enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from ..plan import Plan
from ..problem import Problem, Project
from ..worth import worth
from .loosening import Piece, amount_of, loosened, pieces
from .solvable import best_plan, placed, some_plan
from .standing import STANDING, beside

LITTLE = 0.2  # of CP-SAT's deterministic seconds for one question: what it cannot place by then counts as not fitting
MOST_TOGETHER = 2  # so many factors beside the needed ones are all tried; larger sets are thinned out one by one


class Because(StrEnum):
    """What keeps a project out."""

    NOTHING = "nothing"  # it fits as things stand: `gain` says what it would bring
    RIVAL = "rival"  # `rivals`: one of its group, or of the group of one it requires, is in the plan
    TIME = "time"  # not even with as much as it likes of everything: its dates, lags or pauses
    FACTORS = "factors"  # `ways`: each lets it in


@dataclass(frozen=True)
class Way:
    """So much more of each piece lets the project in; with one unit less of any no place was found for it.

    `gain`: what the plan would then be worth more, in points; `share`: the largest of the amounts as a share of what
    there is of the factor.
    """

    more: tuple[tuple[Piece, int], ...]
    gain: int
    share: float


@dataclass(frozen=True)
class Exclusion:
    """Why `projects` (the one asked about, first, and what it requires and is not in the plan) are left out."""

    projects: tuple[str, ...]
    because: Because
    rivals: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    gain: int | None = None


def explain_exclusion(problem: Problem, plan: Plan, key: str) -> Exclusion:
    """Why the project `key` is not in the plan; it must be one that is not. Ways come cheapest share first."""
    projects = _with_required(problem, plan, key)
    rivals = tuple(sorted(_rivals(problem, plan, projects)))
    if rivals:
        return Exclusion(projects, Because.RIVAL, rivals)
    asked = _Asked(problem, beside(problem, plan, projects), projects)
    if asked.fits({}):
        return Exclusion(projects, Because.NOTHING, gain=asked.gain(asked.small))
    sets = asked.smallest_sets()
    if not sets:
        return Exclusion(projects, Because.TIME)
    ways = sorted((way for each in sets for way in asked.ways(each)), key=lambda way: (way.share, -way.gain))
    factors = tuple(piece.factor for piece, _ in ways[0].more) if ways else sets[0]
    return Exclusion(projects, Because.FACTORS, factors=factors, ways=tuple(ways))


def _with_required(problem: Problem, plan: Plan, key: str) -> tuple[str, ...]:
    found = [key]
    for each in found:
        found += [
            other for other in problem.project[each].requires if other not in plan.projects and other not in found
        ]
    return tuple(found)


def _rivals(problem: Problem, plan: Plan, projects: tuple[str, ...]) -> Iterator[str]:
    for group in problem.groups:
        inside = [key for key in group if key in projects]
        if inside:
            yield from (key for key in group if key in plan.projects)
            yield from inside[1:]


def _but(factors: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(each for each in factors if each != one)


class _Asked:
    """The small problem of the projects asked about, and the questions put to it."""

    def __init__(self, problem: Problem, small: Problem, projects: tuple[str, ...]) -> None:
        self.problem, self.small, self.projects = problem, small, projects
        standing = [project.key for project in small.projects if project.key not in projects]
        self.sequence = (*standing, *reversed(projects))  # what it requires, before what requires it
        self.needs = self._needs([problem.project[key] for key in projects])

    def _needs(self, projects: list[Project]) -> dict[str, int]:
        """The most that the projects could ever take of each factor, or be paid by each source: surely enough."""
        needs: dict[str, int] = {}
        for activity in (each for project in projects for each in project.activities):
            most: dict[str, int] = {}
            for mode in activity.modes:
                rows = [(demand.factor, demand.amount) for demand in mode.demands]
                for source in self.problem.sources:
                    paid = sum(each.amount for each in mode.payments if source.may_pay(each.use))
                    rows += [(source.key, paid)]
                for factor, amount in rows:
                    most[factor] = max(most.get(factor, 0), amount)
            for factor, amount in most.items():
                needs[factor] = needs.get(factor, 0) + amount
        return {factor: amount for factor, amount in sorted(needs.items()) if amount}

    def fits(self, more: dict[Piece, int]) -> bool:
        """Whether a place is found with so much more: most often at once, else CP-SAT looks for one.

        It is not asked where one project finds no place even if its own activities are not in each other's way.
        """
        small = loosened(self.small, more)
        found = placed(small, self.sequence)
        if found.plan is not None or (found.is_hopeless and len(self.projects) == 1):
            return found.plan is not None
        return some_plan(small, LITTLE) is not None

    def _all_of(self, factors: tuple[str, ...]) -> dict[Piece, int]:
        return {Piece(factor): self.needs[factor] for factor in factors}

    def smallest_sets(self) -> list[tuple[str, ...]]:
        """The smallest sets of factors of which enough would let the projects in; none: nothing would.

        Every set holds the factors that keep them out even with enough of all others.
        """
        everything = tuple(self.needs)
        if not self.fits(self._all_of(everything)):
            return []
        needed = tuple(each for each in everything if not self.fits(self._all_of(_but(everything, each))))
        others = tuple(each for each in everything if each not in needed)
        for size in range(MOST_TOGETHER + 1):
            sets = [
                tuple(each for each in everything if each in {*needed, *some}) for some in combinations(others, size)
            ]
            found = [some for some in sets if self.fits(self._all_of(some))]
            if found:
                return found
        return [self._thinned(everything)]

    def _thinned(self, factors: tuple[str, ...]) -> tuple[str, ...]:
        """A set none of whose members can be left out."""
        for factor in factors:
            if self.fits(self._all_of(fewer := _but(factors, factor))):
                factors = fewer
        return factors

    def ways(self, factors: tuple[str, ...]) -> Iterator[Way]:
        """For a single factor a way by each of its pieces that suffices alone, else one by more of all of it."""
        singles = (
            [{piece: self.needs[factors[0]]} for piece in pieces(self.small, factors[0])] if len(factors) == 1 else []
        )
        enough = [more for more in singles if self.fits(more)]
        for more in enough or [self._all_of(factors)]:
            least = self._least(more)
            shares = [amount / max(1, amount_of(self.problem, piece)) for piece, amount in least.items()]
            gain = self.gain(loosened(self.small, least))
            if gain is not None:
                yield Way(tuple(least.items()), gain, max(shares))

    def _least(self, more: dict[Piece, int]) -> dict[Piece, int]:
        """The amounts brought down, one after another, as far as the projects still fit."""
        least = dict(more)
        for piece, enough in more.items():
            low, high = 0, enough
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if self.fits({**least, piece: middle}) else (middle, high)
            least[piece] = high
        return least

    def gain(self, small: Problem) -> int | None:
        """What the plan is worth more with the projects in it, in points."""
        plan = best_plan(small, LITTLE * 5)
        if plan is None:
            return None
        own = Plan({ref: placed for ref, placed in plan.placements.items() if ref.project != STANDING})
        return worth(small, own).total
