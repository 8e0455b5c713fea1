"""Ratios over plain rows: what counts, what is unsaid, and what holds of all of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.projects.enums import ProjectStage
from sushui.projects.rules import ratios
from sushui.projects.rules.ratios import ProjectLife, Ratio

YUAN = st.none() | st.decimals(min_value=0, max_value=10**12, places=2)
LIVES = st.lists(st.builds(ProjectLife, st.booleans(), st.booleans(), st.booleans(), YUAN, YUAN), max_size=12)


def test_nothing_of_nothing_has_no_percent() -> None:
    assert Ratio(Decimal(), Decimal()).percent is None


def test_a_ratio_is_not_rounded() -> None:
    assert Ratio(Decimal(1), Decimal(3)).percent == Decimal(100) / Decimal(3)


def test_what_started_unsigned_counts_for_production_alone() -> None:
    rows = [ProjectLife(is_started=True, is_in_production=True)]

    assert (ratios.start_rate(rows), ratios.production_rate(rows)) == (
        Ratio(Decimal(), Decimal()),
        Ratio(Decimal(1), Decimal(1)),
    )


def test_an_output_that_nobody_gave_is_not_nothing() -> None:
    known = ProjectLife(True, True, True, Decimal(200), Decimal(100))
    rows = [known, ProjectLife(True, True, True, Decimal(300), None), ProjectLife(True, True, True, None, Decimal(1))]

    assert ratios.target_rate(rows) == Ratio(Decimal(100), Decimal(200), unsaid=2)


def test_what_does_not_produce_yet_has_no_share_in_the_target() -> None:
    rows = [ProjectLife(True, True, False, Decimal(200), Decimal(100))]

    assert ratios.target_rate(rows) == Ratio(Decimal(), Decimal())


@pytest.mark.parametrize(
    ("stage", "signed", "producing"),
    [
        (ProjectStage.IN_PIPELINE, False, False),
        (ProjectStage.SIGNED, True, False),
        (ProjectStage.COMPLETED, True, False),
        (ProjectStage.IN_PRODUCTION, True, True),
        (ProjectStage.AT_TARGET_RETURN, True, True),
        (ProjectStage.SUSPENDED, False, False),
    ],
)
def test_stages_say_how_far_a_project_has_come(stage: ProjectStage, signed: bool, producing: bool) -> None:
    assert (ratios.has_signed(stage), ratios.is_producing(stage)) == (signed, producing)


@given(LIVES)
def test_a_counted_rate_lies_between_nothing_and_all(rows: list[ProjectLife]) -> None:
    counted = [ratios.start_rate(rows), ratios.production_rate(rows)]

    assert all(0 <= each.part <= each.whole <= len(rows) for each in counted)


@given(LIVES)
def test_known_and_unsaid_outputs_are_all_that_produce(rows: list[ProjectLife]) -> None:
    producing = [row for row in rows if row.is_in_production]
    known = [row for row in producing if None not in (row.expected_output, row.actual_output)]

    assert ratios.target_rate(rows).unsaid == len(producing) - len(known)


@given(st.lists(st.sampled_from("甲乙丙"), min_size=1))
def test_shares_sum_to_all(kinds: list[str]) -> None:
    found = [ratios.share(kinds, kind.__eq__) for kind in "甲乙丙"]

    assert sum(each.part for each in found) == len(kinds)
