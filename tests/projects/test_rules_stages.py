from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.projects.enums import ProjectStage
from sushui.projects.rules.stages import AFTER_COMPLETION, BEFORE_START, LIFE, is_built_in, may_follow, stages_after

S = ProjectStage
stages = st.sampled_from(S)


def test_a_life_is_told_from_idea_to_target_return() -> None:
    assert LIFE == (
        S.PLANNED,
        S.IN_PIPELINE,
        S.SIGNED,
        S.ESTABLISHED,
        S.PRE_CONSTRUCTION,
        S.UNDER_CONSTRUCTION,
        S.COMPLETED,
        S.IN_PRODUCTION,
        S.AT_DESIGN_CAPACITY,
        S.AT_TARGET_RETURN,
    )


def test_before_the_start_and_after_completion_leave_only_the_site_between() -> None:
    assert set(LIFE) - BEFORE_START - AFTER_COMPLETION == {S.UNDER_CONSTRUCTION}


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        (S.PLANNED, S.SIGNED, True),
        (S.PLANNED, S.UNDER_CONSTRUCTION, True),
        (S.SIGNED, S.IN_PIPELINE, True),
        (S.SIGNED, S.PLANNED, False),
        (S.SUSPENDED, S.PRE_CONSTRUCTION, True),
        (S.SUSPENDED, S.TERMINATED, True),
        (S.UNDER_CONSTRUCTION, S.SUSPENDED, True),
        (S.AT_TARGET_RETURN, S.TERMINATED, True),
        (S.TERMINATED, S.PLANNED, False),
        (S.TERMINATED, S.SUSPENDED, False),
    ],
)
def test_which_stage_may_follow(before: ProjectStage, after: ProjectStage, may: bool) -> None:
    assert may_follow(after, before) is may


@given(stages)
def test_no_stage_follows_itself(stage: ProjectStage) -> None:
    assert not may_follow(stage, stage)


@given(stages, stages)
def test_what_is_offered_is_what_may_follow(stage: ProjectStage, wanted: ProjectStage) -> None:
    assert (wanted in stages_after(stage)) is may_follow(wanted, stage)


@given(stages)
def test_everything_that_lives_can_be_suspended_and_ended(stage: ProjectStage) -> None:
    if stage in LIFE:
        assert stages_after(stage)[-2:] == [S.SUSPENDED, S.TERMINATED]


# --- construction in a month -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Days:
    """A project's stage and days as text, empty where nobody has said."""

    stage: ProjectStage
    started: str = ""
    completed: str = ""
    staged: str = "2026-07-02"

    @property
    def started_on(self) -> date | None:
        return date.fromisoformat(self.started) if self.started else None

    @property
    def completed_on(self) -> date | None:
        return date.fromisoformat(self.completed) if self.completed else None

    @property
    def stage_on(self) -> date | None:
        return date.fromisoformat(self.staged) if self.staged else None


MAY = date(2026, 5, 1)
BUILT_IN_MAY = [
    (Days(S.UNDER_CONSTRUCTION, "2026-05-31"), True),
    (Days(S.UNDER_CONSTRUCTION, "2026-06-01"), False),
    (Days(S.UNDER_CONSTRUCTION), False),
    (Days(S.PLANNED), False),
    (Days(S.COMPLETED, "2026-01-05", "2026-07-02"), True),
    (Days(S.IN_PRODUCTION, "2026-01-05", "2026-05-01"), True),
    (Days(S.COMPLETED, "2026-01-05", "2026-04-30"), False),
    (Days(S.IN_PRODUCTION, "2026-01-05"), False),
    (Days(S.SUSPENDED, "2026-01-05"), True),
    (Days(S.TERMINATED, "2026-01-05", staged="2026-05-01"), True),
    (Days(S.SUSPENDED, "2026-01-05", staged="2026-04-30"), False),
    (Days(S.SUSPENDED, "2026-01-05", "2026-03-01"), False),
    (Days(S.SUSPENDED, "2026-01-05", staged=""), False),
]


@pytest.mark.parametrize(("project", "is_expected"), BUILT_IN_MAY)
def test_construction_in_a_month_is_told_by_the_days_and_not_by_todays_stage(project: Days, is_expected: bool) -> None:
    assert is_built_in(MAY, project) is is_expected
