"""The smallest true path: a project is registered, planned, reported on, and its light turns and comes back."""

from __future__ import annotations

from sushui.projects.enums import LightRule
from sushui.projects.models import LightTurn
from sushui.projects.services import light_due
from sushui.supervision.enums import StatusLight
from tests.projects.play import Play, on


def test_a_light_turns_when_figures_fall_behind_and_comes_back_when_they_catch_up(play: Play) -> None:
    with on("2026-01-05"):
        project = play.building()
        play.plan(project, **{f"m{number}": 100 for number in range(1, 13)})
    with on("2026-04-03"):
        play.report(project, m1=100, m2=20, m3=0)
        seen = [play.light(project)]
    with on("2026-04-20"):
        play.report(project, m4=300)
        seen.append(play.light(project))
    with on("2026-06-06"):
        light_due()
        seen.append(play.light(project))

    assert seen == [StatusLight.YELLOW, StatusLight.GREEN, StatusLight.YELLOW]
    assert play.why(project, LightRule.ENROLLMENT) == "total_unknown"
    assert list(LightTurn.objects.values_list("before", "after")) == [
        ("green", "yellow"),
        ("yellow", "green"),
        ("green", "yellow"),
    ]
