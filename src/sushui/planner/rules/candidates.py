"""A project as the planner sees it, and what nobody has said of it that planning needs. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sushui.planner.enums import Doubt, Missing
from sushui.projects.enums import FundingSource, ProjectLevel, ProjectSector, ProjectStage, ResourceFactor

BUILT = frozenset(
    {
        ProjectStage.COMPLETED,
        ProjectStage.IN_PRODUCTION,
        ProjectStage.AT_DESIGN_CAPACITY,
        ProjectStage.AT_TARGET_RETURN,
    }
)
RESTING = frozenset({ProjectStage.SUSPENDED, ProjectStage.TERMINATED})
CANDIDATES = tuple(stage for stage in ProjectStage if stage not in BUILT | RESTING)
NOTHING = Decimal()


@dataclass(frozen=True)
class StepFact:
    """An open permit step: ``weeks`` of it are left (None: nobody says), ``requires`` are the open steps before it.

    ``doubt``: why those weeks may not hold.
    """

    key: str
    name: str
    english: str
    requires: tuple[str, ...] = ()
    agency_id: int | None = None
    weeks: int | None = 0
    is_begun: bool = False
    doubt: Doubt | None = None


@dataclass(frozen=True)
class Candidate:
    """What the registers say of a project. Money in yuan; None: nobody has said it.

    ``place_path``: its place in the tree of divisions. ``done_before``: invested before the planned time begins.
    ``completion_on``: the last day of its planned construction. ``steps``: None without a permit path. ``needs``: by
    factor what is still to be delivered; a factor that is not there was not asked for. ``money``: planned by source.
    """

    project_id: int
    name: str
    stage: ProjectStage = ProjectStage.PLANNED
    agency_id: int | None = None
    place_path: str = ""
    level: ProjectLevel = ProjectLevel.OTHER
    sector: ProjectSector | None = None
    total: Decimal | None = None
    done_before: Decimal = NOTHING
    output: Decimal | None = None
    tax: Decimal | None = None
    jobs: int | None = None
    start_on: date | None = None
    started_on: date | None = None
    completion_on: date | None = None
    steps: tuple[StepFact, ...] | None = None
    has_land: bool = False
    needs: Mapping[ResourceFactor, Decimal | None] = field(default_factory=dict)
    money: Mapping[FundingSource, Decimal] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return str(self.project_id)

    @property
    def is_started(self) -> bool:
        return self.started_on is not None

    @property
    def begins_on(self) -> date | None:
        """The day on which its construction began, else that planned."""
        return self.started_on or self.start_on


@dataclass(frozen=True)
class Lack:
    """Something that nobody has said; ``what`` is the step or the factor it is about."""

    why: Missing
    what: str = ""


def lacks(candidate: Candidate, scarce: Container[ResourceFactor], today: date, last_day: date) -> list[Lack]:
    """Why a project cannot be planned; ``scarce`` are the factors of which there is a pool, ``last_day`` the last one
    planned."""
    if candidate.stage in RESTING:
        return [Lack(Missing.RESTING)]
    if candidate.stage in BUILT:
        return [Lack(Missing.BUILT)]
    return [
        *_lacks_of_works(candidate, today, last_day),
        *_lacks_before(candidate),
        *_lacks_of_needs(candidate, scarce),
    ]


def _lacks_of_works(candidate: Candidate, today: date, last_day: date) -> Iterator[Lack]:
    begins, ends = candidate.begins_on, candidate.completion_on
    if candidate.total is None:
        yield Lack(Missing.INVESTMENT)
    if begins is None:
        yield Lack(Missing.START)
    if ends is None:
        yield Lack(Missing.COMPLETION)
    elif candidate.is_started and ends < today:
        yield Lack(Missing.COMPLETION_PASSED)
    elif begins is not None and ends < begins:
        yield Lack(Missing.COMPLETION_BEFORE_START)
    elif ends > last_day:
        yield Lack(Missing.BEYOND)


def _lacks_before(candidate: Candidate) -> Iterator[Lack]:
    """Of what comes before construction; what is begun needs none of it any more."""
    if candidate.is_started:
        return
    if candidate.steps is None:
        yield Lack(Missing.PATH)
    for step in candidate.steps or ():
        if step.weeks is None:
            yield Lack(Missing.STEP, step.name)


def _lacks_of_needs(candidate: Candidate, scarce: Container[ResourceFactor]) -> Iterator[Lack]:
    if candidate.is_started:
        return
    land = ResourceFactor.LAND
    if land in scarce and not candidate.has_land and land not in candidate.needs:
        yield Lack(Missing.LAND)
    for factor, amount in candidate.needs.items():
        if factor in scarce and amount is None:
            yield Lack(Missing.LAND) if factor is land else Lack(Missing.NEED, factor.value)
