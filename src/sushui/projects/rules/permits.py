"""Permits as plain values: what a path says of a step, where it stands, what can be done to it, what is asked about.

No Django, no clock. The forecast is the engine's (docs/algorithms/permit-network.md); the adapter brings it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sushui.projects.enums import ProjectSector
from sushui.projects.enums.permits import (
    ClockStart,
    PermitKind,
    PermitPath,
    PermitState,
    PermitStopKind,
    PermitUnit,
    PermitUnknown,
    PermitVerb,
)
from sushui.supervision.enums import StatusLight

S, V = PermitState, PermitVerb
NOT_STATED = "not stated"
PROJECT_UNIT = "project_unit"  # the agency kind of what no agency holds
ENERGY_REVIEW_TCE = 1000  # of the draft of the measures on energy reviews: only suggested, never decided


@dataclass(frozen=True)
class Said:
    """Something that data calls by a Chinese name and an English one."""

    name: str
    english: str


@dataclass(frozen=True)
class Span:
    """A length of time: so many of a unit."""

    count: int
    unit: PermitUnit


@dataclass(frozen=True)
class Prerequisite:
    """What comes before, from which source; ``through``: steps left out between, the nearest first."""

    key: str
    source: str
    through: tuple[str, ...] = ()

    @property
    def is_stated(self) -> bool:
        return self.source != NOT_STATED


@dataclass(frozen=True)
class StepLaw:
    """What the path says of one step. A source that nobody states is `NOT_STATED`, a span that nobody states None."""

    key: str
    said: Said
    agency_kind: str
    agency: Said
    kind: PermitKind
    limit: Span | None = None
    limit_from: ClockStart | None = None
    limit_source: str = NOT_STATED
    prolongable: Span | None = None
    minimum: Span | None = None
    minimum_source: str = NOT_STATED
    promised: Span | None = None
    validity: Span | None = None
    validity_source: str = NOT_STATED
    extension: Span | None = None
    extensions: int = 0
    stops: Mapping[PermitStopKind, str] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    documents_source: str = NOT_STATED
    basis: tuple[str, ...] = ()
    note: str = ""
    requires: tuple[Prerequisite, ...] = ()

    @property
    def has_length(self) -> bool:
        """Whether anybody says how long it takes."""
        return self.kind is PermitKind.MILESTONE or self.limit is not None or self.promised is not None


@dataclass(frozen=True)
class StepReading:
    """Where one step stands on a day, and when it can be begun and finished; days as the engine says them."""

    key: str
    state: PermitState
    waiting_for: tuple[str, ...] = ()
    clock_from_on: date | None = None
    is_deemed_accepted: bool = False
    due_on: date | None = None
    promised_on: date | None = None
    days_left: int | None = None
    is_over: bool = False
    stopped_on: date | None = None
    answer_by: date | None = None
    expires_on: date | None = None
    renew_by: date | None = None
    earliest_start: date | None = None
    earliest_finish: date | None = None
    latest_finish: date | None = None
    slack_days: int | None = None
    unknown: PermitUnknown | None = None
    is_not_before: bool = False
    is_provisional: bool = False
    expires_too_early: bool = False


@dataclass(frozen=True)
class Forecast:
    """All steps of a project as they stand on a day, in order, and the day on which construction can begin."""

    on: date
    goal: str
    goal_on: date
    is_reached: bool
    is_not_before: bool
    is_provisional: bool
    unknown: tuple[str, ...]
    critical_path: tuple[str, ...]
    undecided: tuple[tuple[str, ...], ...]
    steps: Mapping[str, StepReading]

    def is_vague(self, key: str) -> bool:
        """Whether no day can be said: the step leads to no start of construction, and nobody says how long is built."""
        reading = self.steps[key]
        return reading.is_not_before and reading.latest_finish is None and self.is_reached

    @property
    def fileable(self) -> tuple[str, ...]:
        return tuple(key for key, each in self.steps.items() if each.state is S.FILEABLE)

    @property
    def over(self) -> tuple[str, ...]:
        """Steps whose limit has passed."""
        return tuple(key for key, each in self.steps.items() if each.is_over)


@dataclass(frozen=True)
class Moved:
    """How far a slip moves the end of one step; ``days`` are working days."""

    key: str
    from_on: date
    to_on: date
    days: int


# --- what can be done ------------------------------------------------------------------------------------------------
OPEN_STATES = frozenset({S.FILED, S.CORRECTIONS, S.RUNNING, S.STOPPED})  # in an agency's hand
_NOT_BEGUN = frozenset({S.FILEABLE, S.WAITING})
# From which states an act is possible. A grant needs no filing: old papers are often all that is known.
ALLOWED: Mapping[PermitVerb, frozenset[PermitState]] = {
    V.FILE: _NOT_BEGUN,
    V.ACCEPT: OPEN_STATES,
    V.SEND_BACK: frozenset({S.FILED, S.RUNNING}),
    V.STOP: frozenset({S.RUNNING, S.FILED}),
    V.RESUME: frozenset({S.STOPPED, S.CORRECTIONS}),
    V.PROLONG: frozenset({S.RUNNING, S.STOPPED}),
    V.GRANT: OPEN_STATES | _NOT_BEGUN | {S.EXPIRED},
    V.EXTEND: frozenset({S.DONE}),
    V.PLAN_STEP: frozenset(PermitState) - {S.DONE},
}


def may_follow(verb: PermitVerb, state: PermitState) -> bool:
    """Whether a step in ``state`` can undergo ``verb`` at all, whoever does it."""
    return state in ALLOWED.get(verb, frozenset(PermitState))


def light_of(reading: StepReading, due_soon_days: int) -> StatusLight:
    """Yellow where few days are left, else as `light_of_state` says."""
    is_soon = reading.days_left is not None and reading.days_left <= due_soon_days
    light = light_of_state(reading.state, is_over=reading.is_over)
    return StatusLight.YELLOW if is_soon and light is not StatusLight.RED else light


def light_of_state(state: PermitState, *, is_over: bool) -> StatusLight:
    """Red: over its limit or run out. Yellow: sent back or stopped. Green: in time or done."""
    if is_over or state is S.EXPIRED:
        return StatusLight.RED
    if state in {S.CORRECTIONS, S.STOPPED}:
        return StatusLight.YELLOW
    return StatusLight.GREEN if state in {S.RUNNING, S.FILED, S.DONE} else StatusLight.NONE


# --- what is asked about ---------------------------------------------------------------------------------------------
def too_early(day: date, before: Iterable[tuple[str, date | None]]) -> tuple[str, ...]:
    """The prerequisites (key, day on which each was granted) that were not met yet on ``day``."""
    return tuple(key for key, met_on in before if met_on is None or met_on > day)


# --- suggestions -----------------------------------------------------------------------------------------------------
def suggested_path(sector: ProjectSector | str | None) -> PermitPath:
    """Public works are mostly government investment, the rest mostly filed; a person decides."""
    public = {ProjectSector.INFRASTRUCTURE, ProjectSector.LIVELIHOOD}
    return PermitPath.GOVERNMENT_INVESTMENT if sector in public else PermitPath.ENTERPRISE_FILING


def suggested_flags(energy_tce: float | None) -> frozenset[str]:
    """Circumstances that the ledger's figures speak for."""
    return frozenset({"energy_review"} if (energy_tce or 0) >= ENERGY_REVIEW_TCE else ())
