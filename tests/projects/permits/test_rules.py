"""Decisions about permits over plain values."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.projects.enums import ProjectSector
from sushui.projects.enums.permits import PermitPath, PermitState, PermitVerb
from sushui.projects.rules.permits import (
    StepReading,
    light_of,
    may_follow,
    suggested_flags,
    suggested_path,
    too_early,
)
from sushui.supervision.enums import StatusLight

S, V, L = PermitState, PermitVerb, StatusLight
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("reading", "light"),
    [
        (StepReading("x", S.RUNNING, days_left=4), L.GREEN),
        (StepReading("x", S.RUNNING, days_left=3), L.YELLOW),
        (StepReading("x", S.RUNNING, days_left=-1, is_over=True), L.RED),
        (StepReading("x", S.RUNNING), L.GREEN),
        (StepReading("x", S.STOPPED), L.YELLOW),
        (StepReading("x", S.CORRECTIONS), L.YELLOW),
        (StepReading("x", S.EXPIRED), L.RED),
        (StepReading("x", S.DONE), L.GREEN),
        (StepReading("x", S.WAITING), L.NONE),
        (StepReading("x", S.FILEABLE), L.NONE),
    ],
)
def test_the_light_of_a_step(reading: StepReading, light: StatusLight) -> None:
    assert light_of(reading, 3) is light


@pytest.mark.parametrize(
    ("verb", "state", "may"),
    [
        (V.FILE, S.FILEABLE, True),
        (V.FILE, S.RUNNING, False),
        (V.ACCEPT, S.FILED, True),
        (V.ACCEPT, S.DONE, False),
        (V.GRANT, S.EXPIRED, True),
        (V.GRANT, S.DONE, False),
        (V.RESUME, S.RUNNING, False),
        (V.EXTEND, S.DONE, True),
        (V.TAKE_BACK, S.DONE, True),
    ],
)
def test_what_can_follow(verb: PermitVerb, state: PermitState, may: bool) -> None:
    assert may_follow(verb, state) is may


def test_what_was_not_met_by_a_day_is_named() -> None:
    met = [("a", DAY), ("b", None), ("c", date(2026, 3, 3))]

    assert too_early(DAY, met) == ("b", "c")


def test_suggestions_follow_the_ledger() -> None:
    assert suggested_path(ProjectSector.LIVELIHOOD) is PermitPath.GOVERNMENT_INVESTMENT
    assert suggested_path("") is PermitPath.ENTERPRISE_FILING
    assert (suggested_flags(999), suggested_flags(1000)) == (frozenset(), frozenset({"energy_review"}))
