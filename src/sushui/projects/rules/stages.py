"""Which stage may follow which. Evidence for each step (gates) is asked by services, not here."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from sushui.kernel.months import end_of
from sushui.projects.enums import ProjectStage

S = ProjectStage
LIFE = tuple(stage for stage in S if stage not in {S.SUSPENDED, S.TERMINATED})
BEFORE_START = frozenset(LIFE[: LIFE.index(S.UNDER_CONSTRUCTION)])
AFTER_COMPLETION = frozenset(LIFE[LIFE.index(S.COMPLETED) :])
AT_REST = frozenset({S.SUSPENDED, S.TERMINATED})


def may_follow(stage: ProjectStage, after: ProjectStage) -> bool:
    """Whether a project in the stage ``after`` may move to ``stage``.

    Forward by any number of steps (a small project skips some), one step back (a stage noted too early), into rest
    from anywhere but rest, and out of suspension to any stage of the life. What is terminated stays so.
    """
    if after is S.TERMINATED or stage is after:
        return False
    if after is S.SUSPENDED or stage in AT_REST:
        return True
    return LIFE.index(stage) >= LIFE.index(after) - 1


def stages_after(stage: ProjectStage) -> list[ProjectStage]:
    """The stages to which a project may move, in the order of its life."""
    return [each for each in S if may_follow(each, stage)]


class Dated(Protocol):
    """A stage with the days that say how long there was construction; None: nobody has said."""

    @property
    def stage(self) -> ProjectStage: ...
    @property
    def stage_on(self) -> date | None: ...
    @property
    def started_on(self) -> date | None: ...
    @property
    def completed_on(self) -> date | None: ...


def is_built_in(month: date, project: Dated) -> bool:
    """Whether a project was under construction on any day of a month (its first day), whatever it is by now.

    It began by the end of the month, and was neither completed nor put to rest before it. Where nobody has said on
    which day it ended, nothing is expected of any month.
    """
    if project.started_on is None or project.started_on > end_of(month):
        return False
    if project.stage is S.UNDER_CONSTRUCTION:
        return True
    rested_on = project.stage_on if project.stage in AT_REST else None
    ended = [day for day in (project.completed_on, rested_on) if day is not None]
    return bool(ended) and min(ended) >= month
