"""Which of several rules a list names as the one that lit a project."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sushui.projects.enums import LightRule
from sushui.projects.models import ProjectLight
from sushui.projects.panels.rows import deciding
from sushui.projects.services import light_due
from sushui.supervision.enums import StatusLight
from tests.projects.play import Play, on

RED = StatusLight.RED


def said(rule: LightRule, since: date, light: StatusLight = RED) -> ProjectLight:
    return ProjectLight(rule=rule, light=light, since_on=since)


MISSED = said(LightRule.MONTHS, date(2026, 2, 1))
BEHIND = said(LightRule.PROGRESS, date(2026, 5, 1))
WAITING = said(LightRule.ENROLLMENT, date(2026, 4, 1))


@pytest.mark.parametrize(
    ("lights", "light", "named"),
    [
        ([MISSED, BEHIND], RED, BEHIND),
        ([BEHIND, WAITING], RED, WAITING),
        ([MISSED], RED, MISSED),
        ([MISSED, BEHIND], StatusLight.GREEN, None),
        ([], RED, None),
    ],
)
def test_missed_months_are_named_last_and_what_stands_longest_first(
    lights: list[ProjectLight], light: StatusLight, named: ProjectLight | None
) -> None:
    assert deciding(lights, light) is named


def test_a_project_behind_time_is_said_to_be_behind_time(play: Play) -> None:
    with on("2026-01-05"):
        project = play.building(total_investment=Decimal(10**6))
        play.plan(project, **{f"m{number}": 100 for number in range(1, 13)})
    with on("2026-02-03"):
        play.report(project, m1=10)
    with on("2026-07-10"):
        light_due()

    named = deciding(project.lights.all(), play.light(project))

    assert named is not None
    assert named.rule is LightRule.PROGRESS
