"""Counts and sums that other pages show: always the rows that the ledger lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from sushui.projects import queries, services
from sushui.projects.enums import BottleneckKind, ProjectStage
from sushui.projects.models import Project
from sushui.projects.queries import DivisionSum, ProjectFilter, RedProjects
from sushui.projects.services import light_due
from sushui.supervision.enums import StatusLight
from tests.projects.play import WAN, Play, month, on

FIRST, TURNED = date(2026, 1, 5), date(2026, 6, 20)
YEAR = {f"m{number}": 100 for number in range(1, 13)}


@pytest.fixture
def scene(play: Play) -> Mapping[str, Project]:
    """Three projects in January: one falls behind until it is red, one keeps up, one is only planned and held up."""
    with on("2026-01-05"):
        rows = {
            "red": play.building(name="落后的"),
            "kept": play.building(name="按期的", agency_id=play.agency_id("finance")),
        }
        rows["planned"] = play.project(name="没主的", agency_id=None)
        services.raise_bottleneck(play.office, rows["planned"], kind=BottleneckKind.LAND, text="等指标", found_on=FIRST)
        for key in ("red", "kept"):
            play.plan(rows[key], **YEAR)
        play.report(rows["kept"], m1=100, by="project_office")
    with on("2026-06-20"):
        play.report(rows["kept"], m2=120, m3=100, m4=100, m5=100, by="project_office")
        play.report(rows["red"], m1=1)
        light_due()
    return rows


def names(play: Play, narrowed: ProjectFilter, who: str = "leader") -> list[str]:
    return sorted(queries.ledger(play.viewer(who), narrowed).values_list("name", flat=True))


def test_the_scene_has_one_red_project(play: Play, scene: Mapping[str, Project]) -> None:
    assert names(play, ProjectFilter(light=StatusLight.RED)) == ["落后的"]


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        (ProjectFilter(is_held_up=True), ["没主的"]),
        (ProjectFilter(without="agency"), ["没主的"]),
        (ProjectFilter(without="place"), ["按期的", "没主的", "落后的"]),
        (ProjectFilter(light=StatusLight.RED, turned_since=TURNED), ["落后的"]),
        (ProjectFilter(light=StatusLight.RED, turned_since=date(2026, 6, 21)), []),
        (ProjectFilter(turned_since=TURNED, turned_from=StatusLight.RED), []),
        (ProjectFilter(moved_since=FIRST), []),
    ],
)
def test_the_ledger_is_narrowed_by_what_changed_and_what_is_missing(
    play: Play, scene: Mapping[str, Project], narrowed: ProjectFilter, found: list[str]
) -> None:
    assert names(play, narrowed) == found


def test_what_left_red_is_what_was_red_and_is_not(play: Play, scene: Mapping[str, Project]) -> None:
    with on("2026-07-06"):
        play.report(scene["red"], m2=150, m3=150, m4=150, m5=150)

    assert play.light(scene["red"]) != StatusLight.RED
    assert names(play, ProjectFilter(turned_since=date(2026, 7, 6), turned_from=StatusLight.RED)) == ["落后的"]
    assert names(play, ProjectFilter(turned_since=date(2026, 7, 7), turned_from=StatusLight.RED)) == []


def test_a_stage_moved_since_the_day_it_was_noted(play: Play, scene: Mapping[str, Project]) -> None:
    with on("2026-07-06"):
        services.move_project(
            play.office, scene["planned"], stage=ProjectStage.SIGNED, on=date(2026, 7, 1), is_owed=True
        )

    assert names(play, ProjectFilter(moved_since=date(2026, 7, 6))) == ["没主的"]
    assert names(play, ProjectFilter(moved_since=date(2026, 7, 7))) == []


FILTERS = {
    "all": ProjectFilter(),
    "red": ProjectFilter(light=StatusLight.RED),
    "held_up": ProjectFilter(is_held_up=True),
    "turned": ProjectFilter(light=StatusLight.RED, turned_since=TURNED),
}


def test_counts_are_the_rows_that_the_ledger_lists(play: Play, scene: Mapping[str, Project]) -> None:
    leader = play.viewer("leader")
    listed = {key: queries.ledger(leader, narrowed).count() for key, narrowed in FILTERS.items()}

    assert queries.project_counts(leader, FILTERS) == listed == {"all": 3, "red": 1, "held_up": 1, "turned": 1}


def test_red_projects_are_said_of_the_agency_that_answers(play: Play, scene: Mapping[str, Project]) -> None:
    since = play.now(scene["red"]).light_since_on

    assert since is not None
    assert queries.red_projects_by_agency(play.viewer("leader")) == [RedProjects(play.agency_id("works"), 1, since)]


def test_places_and_lights_sum_to_the_ledger(play: Play, scene: Mapping[str, Project]) -> None:
    found = queries.place_lights(queries.visible_projects(play.viewer("leader")))

    assert {place for place, _light in found} == {None}
    assert sum(found.values()) == 3


def test_the_rows_of_a_month_sum_to_its_figure(play: Play, scene: Mapping[str, Project]) -> None:
    seen = queries.visible_projects(play.viewer("leader"))
    january = queries.month_sums(seen, 2026)[0]
    rows = list(queries.months_in(seen, month("2026-01")))

    assert [row.project.name for row in rows] == ["按期的", "落后的"]
    assert january.planned == sum(row.planned or 0 for row in rows) == 200 * WAN
    assert january.actual == sum(row.actual or 0 for row in rows) == 101 * WAN


def test_what_was_reported_since_a_day_is_counted_once_and_against_what_stood_before(
    play: Play, scene: Mapping[str, Project]
) -> None:
    with on("2026-07-06"):
        play.report(scene["red"], m1=11, reason="补报")
        play.report(scene["red"], m1=6, m2=4, reason="核减")
    leader = play.viewer("leader")
    rows = queries.newly_reported(leader, 2026, date(2026, 7, 6))

    assert [(row.month.month, row.amount / WAN, row.before / WAN) for row in rows] == [(1, 6, 1), (2, 4, 0)]
    assert queries.reported_since(leader, 2026, date(2026, 7, 6)) == Decimal(9 * WAN)
    assert queries.reported_since(leader, 2026, date(2026, 7, 7)) == 0


def test_sums_of_divisions_are_those_of_their_ledgers(play: Play, scene: Mapping[str, Project]) -> None:
    city, county = play.viewer("city_leader"), play.county.county.pk
    totals = queries.ledger_totals(queries.ledger(city, ProjectFilter(division_id=county)), 2026)

    assert queries.division_sums(city, 2026) == {county: DivisionSum(3, 1, 1, totals.planned, totals.done)}
    assert (totals.planned, totals.done) == (Decimal(2400 * WAN), Decimal(521 * WAN))


@pytest.mark.parametrize(
    ("narrowed", "query"),
    [
        (ProjectFilter(), ""),
        (ProjectFilter(light="red", stage="signed", agency_id=3), "light=red&stage=signed&agency=3"),
        (ProjectFilter(is_held_up=True, division_id=2), "division=2&held_up=1"),
        (ProjectFilter(turned_since=FIRST, turned_from="red"), "turned_since=2026-01-05&turned_from=red"),
    ],
)
def test_a_filter_says_the_query_of_its_page(narrowed: ProjectFilter, query: str) -> None:
    assert narrowed.query == query


def test_what_is_held_up_since_a_day_was_found_on_it_or_later(play: Play, scene: Mapping[str, Project]) -> None:
    assert names(play, ProjectFilter(held_up_since=FIRST)) == ["没主的"]
    assert names(play, ProjectFilter(held_up_since=date(2026, 1, 6))) == []
