"""A planning problem: projects with their activities, what they compete for, and what they are worth.

Everything is plain, frozen and made of whole numbers. `checking.check` refuses what cannot be meant; solvers may rely
on what it lets pass. The model in formulas: docs/algorithms/planning.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from .factors import Consumable, MoneySource, Renewable
from .timeline import Pause, TimeLine, WorkCalendar, Working
from .values import Earning, IfChosen, Part


class Goal(StrEnum):
    """What is sought: the greatest value, or, where every project is mandatory, the earliest end of all."""

    VALUE = "value"
    MAKESPAN = "makespan"


class When(StrEnum):
    """When an activity's payment falls due."""

    AT_START = "at_start"
    AT_END = "at_end"  # in its last worked slot
    WHILE_WORKED = "while_worked"  # evenly; after k of d worked slots ceil(k * amount / d) is paid


@dataclass(frozen=True)
class Demand:
    """`amount` of a factor: of a renewable one in every worked slot, of a consumable one once, at the start."""

    factor: str
    amount: int


@dataclass(frozen=True)
class Payment:
    """`amount` of money spent on a use, which decides the sources that may pay it."""

    use: str
    amount: int
    when: When = When.WHILE_WORKED


@dataclass(frozen=True)
class Mode:
    """One way to carry an activity out: `duration` in working slots, and what it takes."""

    duration: int
    demands: tuple[Demand, ...] = ()
    payments: tuple[Payment, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Done:
    """What already happened, or is under way and cannot be moved: the start and the mode stand."""

    start: int
    mode: int = 0


@dataclass(frozen=True)
class Activity:
    """A permit, a land sale, a stage of works. Begins at `release` or later, ends at `deadline` or earlier.

    `statutory_limit`: the most working slots that the law gives it; no mode may be longer.
    """

    key: str
    modes: tuple[Mode, ...]
    release: int = 0
    deadline: int | None = None
    calendar: str | None = None
    statutory_limit: int | None = None
    earnings: tuple[Earning, ...] = ()
    done: Done | None = None
    name: str = ""


class Ref(NamedTuple):
    """An activity of a problem, by its project's key and its own."""

    project: str
    activity: str


class From(StrEnum):
    """From where a lag is counted to the start of the later activity."""

    FINISH = "finish"
    START = "start"


@dataclass(frozen=True)
class Lag:
    """`after` begins at least `least`, and at most `most`, slots after `before` has ended (or begun).

    Between two projects it binds only where both are in the plan.
    """

    before: Ref
    after: Ref
    least: int = 0
    most: int | None = None
    counted_from: From = From.FINISH


@dataclass(frozen=True)
class Project:
    """A candidate. `requires`: projects that must be in the plan if this one is."""

    key: str
    activities: tuple[Activity, ...]
    is_mandatory: bool = False
    requires: tuple[str, ...] = ()
    earnings: tuple[IfChosen, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Problem:
    """Everything a plan is made from. `groups`: of each, at most one project is in the plan.

    `weights`: points for one unit of each part of the value; a part without a weight does not count.
    """

    timeline: TimeLine
    projects: tuple[Project, ...]
    renewables: tuple[Renewable, ...] = ()
    consumables: tuple[Consumable, ...] = ()
    sources: tuple[MoneySource, ...] = ()
    lags: tuple[Lag, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    calendars: tuple[WorkCalendar, ...] = ()
    weights: Mapping[Part, int] = field(default_factory=lambda: MappingProxyType({}))
    goal: Goal = Goal.VALUE

    @cached_property
    def working(self) -> Mapping[str | None, Working]:
        """The working slots of each calendar; None: of activities without one."""
        rests: dict[str | None, tuple[Pause, ...]] = {None: ()}
        rests.update((calendar.key, calendar.pauses) for calendar in self.calendars)
        return {key: Working(pauses, self.timeline.horizon) for key, pauses in rests.items()}

    @cached_property
    def activity(self) -> Mapping[Ref, Activity]:
        """Every activity by its reference, in the order of projects and activities."""
        return {Ref(project.key, activity.key): activity for project, activity in self.every()}

    @cached_property
    def project(self) -> Mapping[str, Project]:
        """Every project by its key."""
        return {project.key: project for project in self.projects}

    def every(self) -> Iterator[tuple[Project, Activity]]:
        """Every activity with its project, in order."""
        return ((project, activity) for project in self.projects for activity in project.activities)

    def ends_within(self, activity: Activity, mode: int, start: int) -> int | None:
        """The slot after the activity's last worked one, or None if it cannot begin there: too early, in a pause, or
        not finished by its deadline or the horizon."""
        end = self.working[activity.calendar].end(start, activity.modes[mode].duration)
        last = self.timeline.horizon if activity.deadline is None else activity.deadline
        return end if end is not None and start >= activity.release and end <= last else None
