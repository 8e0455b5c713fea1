"""How this year's work is judged, and the counts that other pages show: always the rows that the register lists."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from sushui.supervision.enums import OrderSource, TaskState, Timeliness
from sushui.supervision.forms import RegisterFilterForm
from sushui.supervision.models import SupervisedTask
from sushui.supervision.queries import (
    Punctuality,
    RedTasks,
    TaskFilter,
    last_meeting,
    punctuality_by_agency,
    punctuality_by_division,
    red_by_division,
    red_tasks_by_agency,
    register,
    task_counts,
)
from tests.supervision.play import Play, in_march, march, on

LATE_DAY = 31


@pytest.fixture
def scene(play: Play) -> dict[str, SupervisedTask]:
    """Five tasks of the 2nd of March: closed in time and late, overdue, freshly assigned, withdrawn."""
    with march(2):
        tasks = {key: play.signed(title=key) for key in ("good", "late", "gone")}
        tasks["open"] = play.task("finance", title="open")
    with march(3):
        play.apply(tasks["good"])
        play.close(tasks["good"])
        play.withdraw(tasks["gone"])
    with march(25):
        play.apply(tasks["late"])
    with march(26):
        play.close(tasks["late"])
    with march(LATE_DAY):
        tasks["fresh"] = play.task("gujiang", title="fresh")
    return tasks


@pytest.mark.parametrize(
    ("timeliness", "titles"),
    [
        (Timeliness.JUDGED, ["good", "late", "open"]),
        (Timeliness.ON_TIME, ["good"]),
        (Timeliness.LATE, ["late", "open"]),
    ],
)
def test_work_is_judged_by_what_was_closed_and_what_is_overdue(
    play: Play, scene: dict[str, SupervisedTask], timeliness: Timeliness, titles: list[str]
) -> None:
    with march(LATE_DAY):
        rows = register(play.viewer("leader"), TaskFilter(timeliness=timeliness))

        assert sorted(rows.values_list("title", flat=True)) == titles


def test_last_years_work_is_not_judged_again(play: Play, scene: dict[str, SupervisedTask]) -> None:
    with on("2027-01-04"):
        rows = register(play.viewer("leader"), TaskFilter(timeliness=Timeliness.JUDGED))

        assert sorted(rows.values_list("title", flat=True)) == ["fresh", "open"]


def test_punctuality_is_said_of_the_agency_that_leads(play: Play, scene: dict[str, SupervisedTask]) -> None:
    with march(LATE_DAY):
        found = punctuality_by_agency(play.viewer("leader"))

    works, finance = play.agency_id("works"), play.agency_id("finance")
    assert sorted(found, key=lambda each: each.owner_id) == sorted(
        [Punctuality(works, 1, 2), Punctuality(finance, 0, 1)], key=lambda each: each.owner_id
    )


def test_punctuality_of_a_division_is_the_sum_of_its_agencies(play: Play, scene: dict[str, SupervisedTask]) -> None:
    with march(LATE_DAY):
        assert punctuality_by_division(play.viewer("leader")) == [Punctuality(play.county.county.pk, 1, 3)]


def test_red_tasks_are_said_of_the_agency_they_wait_for(play: Play, scene: dict[str, SupervisedTask]) -> None:
    with march(LATE_DAY):
        leader = play.viewer("leader")
        since = play.now(scene["open"]).red_on

        assert since is not None
        assert red_tasks_by_agency(leader) == [RedTasks(play.agency_id("finance"), 1, since)]
        assert red_by_division(leader) == {play.county.county.pk: 1}


FILTERS = {
    "red": TaskFilter(light="red"),
    "closed": TaskFilter(state=TaskState.CLOSED, closed_since=in_march(26)),
    "assigned": TaskFilter(assigned_since=in_march(LATE_DAY)),
    "on_time": TaskFilter(timeliness=Timeliness.ON_TIME),
}


def test_counts_are_the_rows_that_the_register_lists(play: Play, scene: dict[str, SupervisedTask]) -> None:
    with march(LATE_DAY):
        leader = play.viewer("leader")
        listed = {key: register(leader, narrowed).count() for key, narrowed in FILTERS.items()}

        assert task_counts(leader, FILTERS) == listed == {"red": 1, "closed": 1, "assigned": 1, "on_time": 1}


@pytest.mark.parametrize(("days_before", "count"), [(0, 1), (1, 1), (-1, 0)])
def test_what_turned_red_since_a_day_is_red_and_turned_on_it_or_later(
    play: Play, scene: dict[str, SupervisedTask], days_before: int, count: int
) -> None:
    turned = play.now(scene["open"]).red_on or date.min
    with march(LATE_DAY):
        since = date.fromordinal(turned.toordinal() - days_before)

        assert register(play.viewer("leader"), TaskFilter(red_since=since)).count() == count


def test_a_closed_task_did_not_turn_red(play: Play, scene: dict[str, SupervisedTask]) -> None:
    with march(LATE_DAY):
        rows = register(play.viewer("leader"), TaskFilter(red_since=date(2026, 1, 1)))

        assert [task.title for task in rows] == ["open"]


def test_the_register_is_narrowed_to_a_division(play: Play, scene: dict[str, SupervisedTask]) -> None:
    with march(LATE_DAY):
        city = play.viewer("city_leader")
        ids = (play.county.county.pk, play.county.neighbor.pk)

        assert [register(city, TaskFilter(division_id=number)).count() for number in ids] == [5, 0]


def test_the_last_meeting_is_the_newest_order_of_one_in_the_own_division(play: Play) -> None:
    with march(2):
        play.task(title="第一次")
        play.task(order=play.order(source=OrderSource.WORK_LIST), title="清单")
    with march(4):
        newest = play.task(title="第二次")
    with march(5):
        play.task(order=play.order(source=OrderSource.INSTRUCTION), title="批示")

        assert last_meeting(play.viewer("leader")) == newest.order
        assert last_meeting(play.viewer("city_leader")) is None


@pytest.mark.parametrize(
    ("narrowed", "query"),
    [
        (TaskFilter(light="red"), "light=red&scope=all"),
        (TaskFilter(light="red", awaited_agency_id=3, division_id=2), "light=red&awaited=3&division=2&scope=all"),
        (TaskFilter(state="closed", closed_since=in_march(2)), "state=closed&closed_since=2026-03-02"),
        (TaskFilter(timeliness="on_time", lead_agency_id=5), "lead=5&timeliness=on_time&scope=all"),
        (TaskFilter(is_open=True), ""),
    ],
)
def test_a_filter_says_the_query_of_its_page(narrowed: TaskFilter, query: str) -> None:
    assert narrowed.query == query


def test_the_register_understands_the_query_of_each_filter(play: Play) -> None:
    with march(2):
        order = play.task().order
        leader, works = play.viewer("leader"), play.agency_id("works")
        numbers = {"lead_agency_id": works, "awaited_agency_id": works, "order_id": order.pk, "agency_id": works}
        days = dict.fromkeys(("red_since", "assigned_since", "closed_since", "due_before"), in_march(3))
        said = {"timeliness": "late", "division_id": play.county.county.pk, "light": "red", "kind": "general"}
        narrowed = TaskFilter(**numbers, **days, **said, leader_post_id=play.post_id("leader"))

        assert RegisterFilterForm(QueryDict(narrowed.query), viewer=leader).narrowed() == narrowed
