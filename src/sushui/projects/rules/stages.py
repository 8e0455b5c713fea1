"""Which stage may follow which. Evidence for each step (gates) is asked by services, not here."""

from __future__ import annotations

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
