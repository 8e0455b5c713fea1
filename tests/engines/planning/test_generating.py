"""Made-up counties: sound, the same for the same arguments, and with everything in them that a county has."""

from __future__ import annotations

from collections import Counter

import pytest

from sushui.engines.planning.checking import check
from sushui.engines.planning.generating import HORIZON, county
from sushui.engines.planning.problem import Goal


@pytest.mark.parametrize("count", [1, 12, 60])
def test_a_county_passes_the_door(count):
    made = county(count, 3)

    check(made)

    assert (len(made.projects), made.timeline.horizon, made.goal) == (count, HORIZON, Goal.VALUE)


def test_the_same_arguments_make_the_same_county():
    assert county(30, 5) == county(30, 5)
    assert county(30, 5) != county(30, 6)


def test_a_county_has_everything_that_a_plan_must_weigh():
    made = county(120, 1)
    activities = [activity for _, activity in made.every()]

    sizes = Counter(8 <= len(project.activities) <= 20 for project in made.projects)
    assert sizes == {True: 120}
    assert 25 <= len(made.renewables) + len(made.consumables) <= 35
    assert 3 <= len(made.sources) <= 5
    assert all(
        (
            any(project.is_mandatory for project in made.projects),
            any(project.requires for project in made.projects),
            any(lag.before.project != lag.after.project for lag in made.lags),
            any(activity.done for activity in activities),
            any(len(activity.modes) > 1 for activity in activities),
            any(activity.calendar for activity in activities),
            any(release.expires for factor in made.consumables for release in factor.releases),
            made.groups,
        )
    )


def test_scarcity_halves_what_there_is():
    plenty, scarce = county(40, 2), county(40, 2, scarcity=2)

    def money(problem):
        return sum(arrival.amount for source in problem.sources for arrival in source.arrivals)

    assert abs(money(plenty) - 2 * money(scarce)) <= 100
    assert plenty.projects == scarce.projects
