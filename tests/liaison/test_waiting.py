"""Who has not visited for how long: lights in SQL as by the rule, the leaders' count, reminders, fixed costs."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sushui.kernel.models import OutboxMessage
from sushui.kernel.settings_registry import set_setting
from sushui.liaison import queries, services
from sushui.liaison.models import Liaison
from sushui.liaison.queries import LiaisonFilter
from sushui.supervision.enums import StatusLight
from tests.liaison.play import LiaisonPlay, on

DAYS = ["2026-03-03", "2026-03-16", "2026-03-17", "2026-04-01", "2026-05-01", "2027-01-01"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("leader_days", "red_after"), [(30, 2), (0, 2), (10, 1), (60, 4)])
def test_lights_in_sql_are_those_of_the_rule(play: LiaisonPlay, day: str, leader_days: int, red_after: int) -> None:
    viewer, home = play.viewer("office"), play.county.county.pk
    for key, value in (("leader_days", leader_days), ("red_after", red_after)):
        set_setting(viewer, f"liaison.{key}", value, division_id=home, from_on=date(2026, 3, 3))
    play.staffed()

    with on(day):
        rows = queries.liaison_rows(queries.visible_liaisons(viewer))
        found = {
            light: {each.pk for each in queries.lapses(viewer, LiaisonFilter(light=light))} for light in StatusLight
        }
        counts = queries.light_counts(viewer, queries.lapses(viewer))

    assert found == {light: {row.liaison.pk for row in rows if row.light is light} for light in StatusLight}
    assert counts == {light: len(numbers) for light, numbers in found.items()}


def test_the_longest_without_a_visit_stand_first_and_never_is_said(play: LiaisonPlay) -> None:
    play.visit("leader", play.staffed("甲项目"))
    play.staffed("乙项目")

    with on("2026-03-20"):
        rows = queries.liaison_rows(queries.own_liaisons(play.viewer("leader")))

    assert [(row.liaison.subject.label, row.reason) for row in rows] == [
        ("乙项目", "从未走访，确定包联已 19 天；要求每 30 天至少一次"),
        ("甲项目", "上次走访在 17 天前；要求每 30 天至少一次"),
    ]


def test_the_leaders_who_stand_by_subjects_today_are_read_at_once(play: LiaisonPlay) -> None:
    held, ended, nobodys = play.staffed("甲项目"), play.project("乙项目"), play.project("丙项目")
    play.appoint(ended, to_on=date(2026, 3, 10))
    play.appoint(nobodys, "agency")

    with on("2026-03-10"):
        before = queries.standing_leaders([held.pk, ended.pk, nobodys.pk])
    with on("2026-03-11"):
        after = queries.standing_leaders([held.pk, ended.pk, nobodys.pk])

    leader = play.county.posts["leader"].pk
    assert (before, after) == ({held.pk: leader, ended.pk: leader}, {held.pk: leader})


def test_each_leader_with_how_many_were_visited_this_month(play: LiaisonPlay) -> None:
    for number, label in enumerate(("甲项目", "乙项目", "丙项目")):
        subject = play.staffed(label)
        if number < 2:
            play.visit("leader", subject)

    with on("2026-03-20"):
        march = queries.leader_counts(play.viewer("office"))
    with on("2026-04-02"):
        april = queries.leader_counts(play.viewer("city_leader"))

    assert [(each.stands_by, each.visited, each.never) for each in march] == [(3, 2, 1)]
    assert [(each.stands_by, each.visited, each.yellow) for each in april] == [(3, 0, 1)]


def test_a_liaison_that_does_not_hold_yet_waits_for_nobody(play: LiaisonPlay) -> None:
    play.appoint(play.project(), from_on=date(2026, 4, 1))

    assert list(queries.lapses(play.viewer("office"))) == []


# --- reminders -------------------------------------------------------------------------------------------------------
def reminders() -> list[list[int]]:
    rows = OutboxMessage.objects.filter(key__startswith="liaison.overdue").order_by("pk")
    return [row.payload["post_ids"] for row in rows]


def test_each_is_reminded_once_an_interval(play: LiaisonPlay) -> None:
    subject = play.project()
    play.appoint(subject)
    told = []

    for day in ("2026-03-31", "2026-04-01", "2026-04-02", "2026-04-30", "2026-05-06", "2026-05-07"):
        with on(day):
            told.append(services.remind_overdue())

    # 31 March is the last day for the visit; the next interval ends in the May holidays and is told after them.
    assert told == [0, 1, 0, 0, 1, 0]
    assert reminders() == [[play.county.posts["leader"].pk]] * 2


def test_an_agency_is_reminded_by_its_head_and_an_officer_by_the_post(play: LiaisonPlay) -> None:
    subject = play.project()
    for role in ("agency", "officer"):
        play.appoint(subject, role)

    with on("2026-03-20"):
        services.remind_overdue()

    assert reminders() == [[play.county.posts["works_head"].pk], [play.county.posts["works_handler"].pk]]


NIGHT_AND_REST = [("2026-04-01", 23), ("2026-04-01", 6), ("2026-04-04", 10), ("2026-04-05", 10)]


@pytest.mark.parametrize(("day", "hour"), NIGHT_AND_REST)
def test_nobody_is_reminded_at_night_or_on_a_rest_day(play: LiaisonPlay, day: str, hour: int) -> None:
    play.appoint(play.project())

    with on(day, hour):
        assert services.remind_overdue() == 0


def test_a_visit_ends_the_reminders(play: LiaisonPlay) -> None:
    subject = play.project()
    play.appoint(subject)
    with on("2026-04-01"):
        services.remind_overdue()
        play.visit("leader", subject)

    with on("2026-04-02"):
        assert services.remind_overdue() == 0
    assert Liaison.objects.get().reminded_on is None


# --- costs -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["rows", "subjects", "leaders", "findings"])
def test_one_row_costs_as_many_queries_as_thirty(play: LiaisonPlay, name: str) -> None:
    viewer = play.viewer("office")
    reads = {
        "rows": lambda: [row.who for row in queries.liaison_rows(queries.lapses(viewer))],
        "subjects": lambda: queries.subject_rows(viewer, queries.liaison_subjects(viewer)),
        "leaders": lambda: queries.leader_counts(viewer),
        "findings": lambda: queries.finding_rows(viewer, queries.visits(viewer)),
    }

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            reads[name]()
        return len(captured)

    play.visit("leader", play.staffed("项目甲"), "围墙没有修")
    one = cost()
    for number in range(29):
        subject = play.project(f"项目{number}")
        play.appoint(subject)
        play.visit("leader", subject, "围墙没有修")

    assert cost() == one
