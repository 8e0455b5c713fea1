"""Liaisons over several divisions, each with settings of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sushui.kernel.settings_registry import set_setting
from sushui.liaison import queries
from sushui.liaison.models import Liaison
from sushui.liaison.nav import waiting_own
from sushui.liaison.queries import LiaisonFilter
from sushui.supervision.enums import StatusLight
from tests.liaison.play import LiaisonPlay, on


@pytest.fixture(autouse=True)
def subjects(play: LiaisonPlay) -> None:
    """Two subjects with the same three beside them; the second lies in the neighbor county, which waits longer."""
    play.staffed("甲项目")
    there = play.staffed("乙项目")
    Liaison.objects.filter(subject=there).update(division=play.county.neighbor)
    type(there).objects.filter(pk=there.pk).update(division=play.county.neighbor)
    office, neighbor = play.viewer("office"), play.county.neighbor.pk
    set_setting(office, "liaison.leader_days", 90, division_id=neighbor, from_on=date(2026, 3, 3))


def everywhere(play: LiaisonPlay) -> tuple[int, ...]:
    return (play.county.city.pk, play.county.county.pk, play.county.neighbor.pk)


@pytest.mark.parametrize("day", ["2026-03-03", "2026-04-03", "2026-05-20", "2026-07-01", "2027-01-01"])
def test_lights_of_several_divisions_are_those_of_each_ones_rule(play: LiaisonPlay, day: str) -> None:
    viewer = replace(play.viewer("office"), division_ids=everywhere(play))

    with on(day):
        rows = queries.liaison_rows(queries.visible_liaisons(viewer))
        found = {
            light: {each.pk for each in queries.lapses(viewer, LiaisonFilter(light=light))} for light in StatusLight
        }

    assert len(rows) == 6
    assert found == {light: {row.liaison.pk for row in rows if row.light is light} for light in StatusLight}


def test_what_waits_is_counted_by_as_many_queries_in_three_divisions_as_in_one(
    play: LiaisonPlay, django_assert_num_queries
) -> None:
    viewer = play.viewer("leader")

    with on("2026-04-03"), django_assert_num_queries(3):
        alone = waiting_own(viewer)
    with on("2026-04-03"), django_assert_num_queries(3):
        together = waiting_own(replace(viewer, division_ids=everywhere(play)))

    assert (alone, together) == (1, 1)
