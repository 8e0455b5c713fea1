"""The ladder: due soon to the handler, overdue to the head, red to the leader, then listed; each exactly once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from sushui.kernel import days, jobs, outbox
from sushui.notices.models import Notice
from sushui.organizations.models import Agency, LineOfCharge, Post
from sushui.supervision import services
from sushui.supervision.enums import ClockKind, ReportKind, TaskKind
from sushui.supervision.models import SupervisedTask, TaskClock
from tests.supervision.play import Play, in_march, march, on

K = ClockKind
DUE_SOON, OVERDUE = "Due %(day)s, %(what)s: %(title)s", "%(agency)s is overdue since %(day)s, %(what)s: %(title)s"
RED = "Red: %(agency)s, %(what)s, due %(day)s: %(title)s"
LISTED = "To be listed: %(agency)s, %(what)s, due %(day)s: %(title)s"


def only_result(play: Play, **values: object) -> SupervisedTask:
    """A task of 2 March of which only the result is still to come, on the 10th."""
    with march(2):
        task = play.signed(**values)
        play.report(task, ReportKind.ARRANGEMENT)
        play.report(task, ReportKind.FEEDBACK)
    return task


def tick(day: int, time: str = "10:00") -> int:
    with march(day, time):
        return services.climb_ladder()


def rungs(play: Play, task: SupervisedTask) -> list[str]:
    return [rung for _kind, _due, rung in play.rungs(task)]


# --- when ------------------------------------------------------------------------------------------------------------
def test_each_rung_is_climbed_on_its_day(play: Play) -> None:
    task = only_result(play)

    climbed = {day: tick(day) for day in range(2, 28)}

    assert {day for day, count in climbed.items() if count} == {9, 11, 16, 18}
    assert rungs(play, task) == ["due_soon", "overdue", "red", "listed"]


@pytest.mark.parametrize(("kind", "day"), [(TaskKind.GENERAL, 9), (TaskKind.MAJOR, 5)])
def test_a_major_result_is_due_soon_three_days_ahead(play: Play, kind: TaskKind, day: int) -> None:
    task = only_result(play, kind=kind, deadline_on=in_march(10))

    assert (tick(day - 1), tick(day), rungs(play, task)) == (0, 1, ["due_soon"])


def test_when_it_is_due_soon_red_and_listed_are_settings(play: Play) -> None:
    for key, value in {"due_soon_days": 2, "red_after_days": 1, "listed_after_days": 2}.items():
        play.set(key, value, in_march(1))
    only_result(play)

    assert {day for day in range(2, 28) if tick(day)} == {6, 11, 12, 13}


@pytest.mark.parametrize("time", ["00:00", "07:59", "20:00", "23:59"])
def test_nothing_is_raised_at_night(play: Play, time: str) -> None:
    only_result(play)

    assert (tick(9, time), play.told("Due")) == (0, [])


@pytest.mark.parametrize("time", ["08:00", "19:59"])
def test_by_day_it_is_raised_and_sent_at_once(play: Play, time: str) -> None:
    task = only_result(play)

    tick(9, time)
    with march(9, time):
        outbox.deliver()
    assert (rungs(play, task), Notice.objects.filter(msgid=DUE_SOON).count()) == (["due_soon"], 1)


def test_quiet_hours_are_a_setting(play: Play) -> None:
    play.set("notices.quiet_from", "18:00", in_march(1))
    only_result(play)

    assert (tick(9, "18:00"), tick(9, "17:59")) == (0, 1)


def test_nothing_is_raised_on_a_rest_day(play: Play) -> None:
    task = only_result(play, deadline_on=in_march(12))

    assert {day for day in range(12, 21) if tick(day)} == {12, 13, 18, 20}
    assert rungs(play, task) == ["due_soon", "overdue", "red", "listed"]


def test_a_make_up_day_is_a_day_like_any_other(play: Play) -> None:
    with on("2026-10-08"):
        task = play.signed(deadline_on=date(2026, 10, 9))
        play.report(task, ReportKind.ARRANGEMENT)
        play.report(task, ReportKind.FEEDBACK)
        services.climb_ladder()
    with on("2026-10-10"):
        services.climb_ladder()

    assert play.rungs(task)[-1] == ("result", "2026-10-09", "overdue")


# --- exactly once ----------------------------------------------------------------------------------------------------
def test_a_second_run_raises_nothing_again(play: Play) -> None:
    task = only_result(play)

    assert [tick(9) for _ in range(3)] == [1, 0, 0]
    assert rungs(play, task) == ["due_soon"]


def test_after_ten_days_of_downtime_what_was_missed_is_raised_and_due_soon_is_not(play: Play) -> None:
    task = only_result(play)

    assert (tick(20), tick(23)) == (3, 0)
    assert rungs(play, task) == ["overdue", "red", "listed"]


def test_a_moved_deadline_has_rungs_of_its_own(play: Play) -> None:
    task = only_result(play)
    tick(9)
    with march(10):
        services.extend_deadline(play.office, play.ask_later(task, in_march(17)))
    climbed = {day for day in range(10, 24) if tick(day)}

    assert climbed == {16, 18, 23}
    assert [(due, rung) for _kind, due, rung in play.rungs(task)] == [
        ("2026-03-10", "due_soon"),
        ("2026-03-17", "due_soon"),
        ("2026-03-17", "overdue"),
        ("2026-03-17", "red"),
    ]


def test_a_returned_task_repeats_no_alarm_and_misses_none(play: Play) -> None:
    task = only_result(play)
    tick(9)
    with march(9):
        play.apply(task)
    waiting = [tick(day) for day in (10, 11, 16)]
    with march(16, "15:00"):
        play.send_back(task)

    assert (waiting, tick(16, "15:01"), tick(17), tick(18)) == ([0, 0, 0], 2, 0, 1)
    assert rungs(play, task) == ["due_soon", "overdue", "red", "listed"]


def test_a_closed_task_raises_nothing_more(play: Play) -> None:
    task = only_result(play)
    tick(9)
    with march(10):
        play.apply(task)
        play.close(task)

    assert ([tick(day) for day in range(10, 28)], rungs(play, task)) == ([0] * 18, ["due_soon"])


def test_a_suspended_task_raises_nothing_but_its_steps(play: Play) -> None:
    task = only_result(play)
    with march(3):
        play.suspend(task, in_march(12))

    assert {day for day in range(3, 20) if tick(day)} == {11, 13, 18}
    assert {kind for kind, _due, _rung in play.rungs(task)} == {"plan_step"}


def test_after_a_suspension_the_ladder_goes_on_where_it_stood(play: Play) -> None:
    task = only_result(play)
    tick(11)
    with march(12):
        play.suspend(task, in_march(31))
    with march(23):
        play.resume(task)

    climbed = {day for day in range(23, 31) if tick(day)}
    assert climbed == {25, 27}  # the 11th was the first day late, the 23rd the second, the 25th the fourth
    assert [rung for kind, _due, rung in play.rungs(task) if kind == "result"] == ["overdue", "red", "listed"]


def test_each_climb_is_a_line_of_the_clockwork(play: Play) -> None:
    task = only_result(play)
    tick(11)

    line = play.last_line(task)
    assert (line.verb, line.user_id, line.post_id) == ("climb_ladder", None, None)
    assert line.after == {"day": "2026-03-10", "what": "result", "agency": "县住建局", "rung": "overdue"}


# --- who hears of it -------------------------------------------------------------------------------------------------
def told(play: Play, msgid: str) -> list[list[str]]:
    return [posts for said, posts in play.told() if said == msgid]


def test_due_soon_is_told_to_the_handler(play: Play) -> None:
    task = only_result(play)
    with march(3):
        services.appoint_handler(play.speaker("works"), play.part(task), handler_post_id=play.post_id("works_handler"))
    tick(9)

    assert told(play, DUE_SOON) == [["works_handler"]]


def test_due_soon_is_told_to_the_head_where_nobody_handles_it(play: Play) -> None:
    only_result(play)
    tick(9)

    assert told(play, DUE_SOON) == [["works_head"]]


def test_overdue_is_told_to_the_head(play: Play) -> None:
    only_result(play)
    tick(11)

    assert told(play, OVERDUE) == [["works_head"]]


@pytest.mark.parametrize("rung", [DUE_SOON, OVERDUE])
def test_where_an_agency_has_no_head_the_office_hears(play: Play, rung: str) -> None:
    only_result(play)
    Post.objects.filter(agency_id=play.agency_id("works")).update(is_head=False)
    tick(9)
    tick(11)

    assert told(play, rung) == [["office", "office_second"]]


def test_red_is_told_to_the_leader_in_charge_of_the_agency(play: Play) -> None:
    only_result(play)
    tick(16)

    assert told(play, RED) == [["leader"]]


def test_red_is_told_to_the_leader_named_for_the_task(play: Play) -> None:
    deputy = Post.objects.create(division=play.county.county, agency=play.county.agencies["government"], name="副县长")
    play.county.posts["deputy"] = deputy
    only_result(play, leader_post_id=deputy.pk)
    tick(16)

    assert told(play, RED) == [["deputy"]]


def test_where_no_leader_is_in_charge_the_office_hears_of_red(play: Play) -> None:
    LineOfCharge.objects.all().delete()
    only_result(play)
    tick(16)

    assert told(play, RED) == [["office", "office_second"]]


def test_listed_is_told_to_the_office_and_to_the_issuer(play: Play) -> None:
    only_result(play, by="project_office")
    tick(18)

    assert told(play, LISTED) == [["office", "office_second", "project_office"]]


def test_the_lateness_of_a_supporting_agency_is_told_to_its_own_head(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        play.report(task, ReportKind.ARRANGEMENT)
        play.report(task, ReportKind.FEEDBACK)
    tick(5)

    assert told(play, OVERDUE) == [["finance_head"]]


def test_the_offices_own_clock_reminds_the_office_and_in_the_end_its_leader(play: Play) -> None:
    office = Agency.objects.get(pk=play.agency_id("office"))
    LineOfCharge.objects.create(leader_post=play.county.posts["leader"], agency=office, from_on=date(2020, 1, 1))
    with march(2):
        play.dispute(play.task())
    for day in (2, 3, 6, 10):
        tick(day)

    both = ["office", "office_second"]
    assert [told(play, msgid) for msgid in (DUE_SOON, OVERDUE, RED, LISTED)] == [[both], [both], [["leader"]], [both]]


# --- settings and the calendar change ---------------------------------------------------------------------------------
def test_a_threshold_that_comes_into_force_moves_the_rungs_at_night(play: Play) -> None:
    task = only_result(play)
    play.set("red_after_days", 1, in_march(11))

    for day in (10, 11):
        with march(day, "00:05"):
            jobs.run("supervision.recompute")
        assert play.now(task).red_on == in_march({10: 16, 11: 12}[day])


NOTICE = """{"2027": {"days": [
  {"date": "2027-01-01", "isOffDay": true}, {"date": "2027-01-04", "isOffDay": true},
  {"date": "2027-01-09", "isOffDay": false}]}}"""


def load_notice(play: Play) -> None:
    """Load the notice of 2027 and let the worker compute deadlines again."""
    days.load_notice(play.viewer("administrator"), NOTICE, source="国办通知")
    jobs.run("supervision.recompute")


def test_a_deadline_over_new_year_is_provisional_until_the_notice_is_loaded(play: Play) -> None:
    with on("2026-12-28"):
        task = play.task()
        before = (play.due(task, K.RESULT), play.now(task).is_provisional)
        load_notice(play)

    assert before == (date(2027, 1, 6), True)
    assert (play.due(task, K.RESULT), play.now(task).is_provisional) == (date(2027, 1, 7), False)


def test_a_deadline_that_the_notice_moves_has_its_line(play: Play) -> None:
    with on("2026-12-28"):
        task = play.task()
        load_notice(play)

    line = play.last_line(task)
    assert (line.verb, line.user_id, line.before, line.after) == (
        "recompute_deadline",
        None,
        {"due_on": "2027-01-06"},
        {"due_on": "2027-01-07", "what": "result"},
    )


def test_a_deadline_that_the_notice_does_not_move_has_no_line(play: Play) -> None:
    with on("2026-12-28"):
        task = play.task(deadline_on=date(2027, 3, 1))
        load_notice(play)

    assert (play.verbs(task)[-1], play.now(task).is_provisional) == ("assign_task", False)


def test_a_dated_deadline_that_the_notice_makes_a_rest_day_moves(play: Play) -> None:
    with on("2026-12-28"):
        task = play.task(deadline_on=date(2027, 1, 4))
        load_notice(play)

    assert (play.due(task, K.RESULT), play.now(task).deadline_on) == (date(2027, 1, 5), date(2027, 1, 4))


def test_rungs_move_with_the_days_between_them(play: Play) -> None:
    with on("2026-12-28"):
        task = play.task(deadline_on=date(2026, 12, 31))
        load_notice(play)

    result = play.clock(task, K.RESULT)
    assert (result.due_on, result.red_on) == (date(2026, 12, 31), date(2027, 1, 8))


def test_a_held_deadline_is_counted_over_the_notice_when_it_runs_again(play: Play) -> None:
    with on("2026-12-28"):
        task = play.suspended(date(2027, 2, 1))
        load_notice(play)
    with on("2026-12-29"):
        play.resume(task)

    assert play.due(task, K.RESULT) == date(2027, 1, 8)


def test_loading_a_notice_leaves_the_deadlines_to_the_worker(play: Play) -> None:
    with on("2026-12-28"):
        days.load_notice(play.viewer("administrator"), NOTICE)

    assert [job.args["name"] for job in ProcrastinateJob.objects.all()] == ["supervision.recompute"]


def test_a_deadline_that_moved_is_due_soon_again(play: Play) -> None:
    with on("2026-12-28"):
        task = play.signed()
        play.report(task, ReportKind.ARRANGEMENT)
        play.report(task, ReportKind.FEEDBACK)
    with on("2027-01-05"):
        services.climb_ladder()
        load_notice(play)
    with on("2027-01-06"):
        services.climb_ladder()

    assert play.rungs(task) == [("result", "2027-01-06", "due_soon"), ("result", "2027-01-07", "due_soon")]


# --- many at once ----------------------------------------------------------------------------------------------------
def due_together(play: Play, count: int) -> list[SupervisedTask]:
    return [only_result(play) for _time in range(count)]


def test_clocks_that_climb_together_are_each_told_and_written_once(play: Play) -> None:
    tasks = due_together(play, 3)

    climbed = tick(11)

    assert climbed == 3
    assert [rungs(play, task) for task in tasks] == [["overdue"]] * 3
    assert [play.verbs(task)[-1] for task in tasks] == ["climb_ladder"] * 3


def test_a_clock_that_cannot_climb_holds_up_no_other(play: Play) -> None:
    first, broken, last = due_together(play, 3)
    TaskClock.objects.filter(task=broken).update(pauses=[["no day", "no day"]])

    climbed = tick(11)

    assert climbed == 2
    assert [rungs(play, task) for task in (first, broken, last)] == [["overdue"], [], ["overdue"]]


def test_each_more_that_climbs_costs_one_statement_for_its_message(play: Play) -> None:
    def statements(day: int) -> int:
        with march(day), CaptureQueriesContext(connection) as made:
            services.climb_ladder()
        return len(made)

    due_together(play, 2)
    two = statements(11)
    due_together(play, 8)

    assert statements(11) == two + 6
