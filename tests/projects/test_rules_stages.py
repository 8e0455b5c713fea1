from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.projects.enums import ProjectStage
from sushui.projects.rules.stages import AFTER_COMPLETION, BEFORE_START, LIFE, may_follow, stages_after

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
