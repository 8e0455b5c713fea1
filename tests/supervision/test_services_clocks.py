"""1-3-7-1-0: the clocks that run from the day a task is assigned, and how they are met."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.kernel.settings_registry import definitions
from sushui.supervision import services
from sushui.supervision.enums import ClockKind, NodeCycle, ReportKind, TaskKind
from sushui.supervision.models import SupervisedTask, TaskClock
from tests.supervision.play import Play, in_march, march, on

K = ClockKind
CONTINUING = {"kind": TaskKind.CONTINUING, "node_cycle": NodeCycle.MONTHLY}


def test_a_general_task_runs_one_three_seven_from_the_day_it_is_assigned(play: Play) -> None:
    with march(2):
        task = play.task()

    assert play.running(task) == {K.ARRANGEMENT: in_march(2), K.FEEDBACK: in_march(4), K.RESULT: in_march(10)}


def test_days_are_working_days_over_a_holiday_and_its_make_up_day(play: Play) -> None:
    with on("2026-09-30"):
        task = play.task()

    assert play.running(task) == {
        K.ARRANGEMENT: date(2026, 9, 30),
        K.FEEDBACK: date(2026, 10, 9),
        K.RESULT: date(2026, 10, 14),  # 30 September, 8, 9, the make-up Saturday 10, 12, 13 and 14 October
    }


def test_what_is_assigned_on_a_rest_day_begins_on_the_next_working_day(play: Play) -> None:
    with march(7):
        task = play.task()

    assert play.running(task) == {K.ARRANGEMENT: in_march(9), K.FEEDBACK: in_march(11), K.RESULT: in_march(17)}


@pytest.mark.parametrize(
    ("assigned", "due"),
    [
        ("2026-03-02", "2026-04-02"),
        ("2026-01-31", "2026-02-28"),  # no 31st; the last day of February is a make-up day
        ("2024-01-31", "2024-02-29"),
        ("2026-03-31", "2026-04-30"),
        ("2026-04-02", "2026-05-06"),  # 2 May lies in the Labor Day holiday
    ],
)
def test_a_major_task_has_a_month(play: Play, assigned: str, due: str) -> None:
    with on(assigned):
        task = play.task(kind=TaskKind.MAJOR)

    assert play.due(task, K.RESULT) == date.fromisoformat(due)


def test_a_deadline_in_the_order_takes_the_place_of_the_rule(play: Play) -> None:
    with march(2):
        task = play.task(kind=TaskKind.MAJOR, deadline_on=in_march(31))

    assert play.running(task) == {K.ARRANGEMENT: in_march(2), K.FEEDBACK: in_march(4), K.RESULT: in_march(31)}


def test_a_deadline_on_a_rest_day_moves_to_the_next_working_day(play: Play) -> None:
    with march(2):
        task = play.task(deadline_on=in_march(14))

    assert (play.due(task, K.RESULT), play.now(task).deadline_on) == (in_march(16), in_march(14))


def test_a_deadline_beyond_the_announced_calendar_is_provisional(play: Play) -> None:
    with march(2):
        tasks = [play.task(deadline_on=date(year, 6, 30)) for year in (2026, 2027)]

    assert [play.now(task).is_provisional for task in tasks] == [False, True]


# --- settings --------------------------------------------------------------------------------------------------------
def test_calendar_days_count_where_the_division_says_so(play: Play) -> None:
    play.set("basis", "calendar", in_march(1))

    with march(6):
        task = play.task()

    assert play.running(task) == {K.ARRANGEMENT: in_march(6), K.FEEDBACK: in_march(9), K.RESULT: in_march(12)}


def test_a_setting_holds_from_its_day_on_and_spares_running_clocks(play: Play) -> None:
    play.set("general_days", 10, in_march(5))

    with march(4):
        before = play.task()
    with march(5):
        after = play.task()

    assert [play.due(task, K.RESULT) for task in (before, after)] == [in_march(12), in_march(18)]


@pytest.mark.parametrize("bound", ["least", "most"])
def test_every_number_may_be_set_to_its_bounds(play: Play, bound: str) -> None:
    numbers = [known for known in definitions() if known.key.startswith("supervision.") and known.kind == "number"]
    for known in numbers:
        play.set(known.key, getattr(known, bound), in_march(1))
    with march(2):
        task = play.task(supporting=("finance",))
        play.dispute(task, agency="finance", named="gujiang")
        major = play.task(kind=TaskKind.MAJOR)

    assert (len(numbers), sorted(play.running(task)), sorted(play.running(major))) == (
        14,
        ["arrangement", "feedback", "result"],
        ["arrangement", "feedback", "result"],
    )


def test_a_setting_of_the_city_holds_in_its_counties_until_they_say_otherwise(play: Play) -> None:
    play.set("feedback_days", 5, in_march(1), division="city")
    play.set("feedback_days", 4, in_march(4))

    with march(2):
        before = play.task()
    with march(4):
        after = play.task()

    assert [play.due(task, K.FEEDBACK) for task in (before, after)] == [in_march(6), in_march(9)]


def test_a_setting_of_the_neighbor_holds_there(play: Play) -> None:
    play.set("general_days", 20, in_march(1), division="neighbor")

    with march(2):
        task = play.task()

    assert play.due(task, K.RESULT) == in_march(10)


# --- several agencies ------------------------------------------------------------------------------------------------
def test_supporting_agencies_answer_in_three_days_and_the_lead_in_seven(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance", "gujiang"))

    assert [play.running(task, agency) for agency in ("finance", "gujiang")] == [{K.ANSWER_LEAD: in_march(4)}] * 2
    assert play.due(task, K.RESULT) == in_march(10)


def test_each_part_carries_its_own_earliest_deadline(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance", "gujiang"))
        play.report(task, ReportKind.ARRANGEMENT)
        play.report(task, ReportKind.ANSWER, "gujiang")

    parts = {agency: play.part(task, agency) for agency in ("works", "finance", "gujiang")}
    assert {agency: part.due_on for agency, part in parts.items()} == {
        "works": in_march(4),
        "finance": in_march(4),
        "gujiang": None,
    }


def test_a_task_carries_the_earliest_deadline_of_all_its_parts(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        play.report(task, ReportKind.ARRANGEMENT)
        play.report(task, ReportKind.FEEDBACK)

    assert play.now(task).due_on == in_march(4)


# --- meeting clocks --------------------------------------------------------------------------------------------------
def test_a_report_meets_the_clock_that_asked_for_it(play: Play) -> None:
    with march(2):
        task = play.signed()
    with march(3):
        play.report(task, ReportKind.FEEDBACK)

    assert play.running(task) == {K.ARRANGEMENT: in_march(2), K.RESULT: in_march(10)}
    assert play.clock(task, K.FEEDBACK).met_on == in_march(3)


def test_a_plain_report_meets_no_clock(play: Play) -> None:
    with march(2):
        task = play.signed()
        before = play.running(task)
        play.report(task, ReportKind.PROGRESS)

    assert play.running(task) == before


def test_a_late_report_meets_its_clock_on_the_day_it_comes(play: Play) -> None:
    with march(2):
        task = play.signed()
    with march(9):
        play.report(task, ReportKind.FEEDBACK)

    feedback = play.clock(task, K.FEEDBACK)
    assert (feedback.due_on, feedback.met_on) == (in_march(4), in_march(9))


# --- continuing work -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cycle", "nodes"),
    [
        (NodeCycle.MONTHLY, ["2026-03-31", "2026-04-30", "2026-06-01"]),  # 31 May is a Sunday
        (NodeCycle.QUARTERLY, ["2026-03-31", "2026-06-30", "2026-09-30"]),
        (NodeCycle.YEARLY, ["2026-12-31", "2027-12-31", "2029-01-02"]),  # 31 December 2028 is a Sunday
    ],
)
def test_continuing_work_reports_at_its_nodes_and_the_next_opens(
    play: Play, cycle: NodeCycle, nodes: list[str]
) -> None:
    with march(2):
        task = play.signed(kind=TaskKind.CONTINUING, node_cycle=cycle)
    for day in nodes[:2]:
        with on(day):
            play.report(task, ReportKind.NODE)

    found = TaskClock.objects.filter(task=task, kind=K.NODE).order_by("pk")
    assert [each.due_on.isoformat() for each in found] == nodes


def test_continuing_work_is_quarterly_unless_told(play: Play) -> None:
    with march(2):
        task = play.task(kind=TaskKind.CONTINUING)

    assert play.running(task) == {K.ARRANGEMENT: in_march(2), K.FEEDBACK: in_march(4), K.NODE: in_march(31)}


def test_a_report_ahead_of_its_node_opens_the_following_one(play: Play) -> None:
    with march(2):
        task = play.signed(**CONTINUING)
    with march(25):
        play.report(task, ReportKind.NODE)

    assert play.due(task, K.NODE) == date(2026, 4, 30)


def late(play: Play) -> SupervisedTask:
    """Monthly work since March of which nothing is reported until the middle of May."""
    with march(2):
        return play.signed(**CONTINUING)


def test_a_report_two_nodes_late_answers_the_earliest_only(play: Play) -> None:
    task = late(play)
    with on("2026-05-12"):
        play.report(task, ReportKind.NODE)

    nodes = TaskClock.objects.filter(task=task, kind=K.NODE).order_by("pk")
    assert [(each.due_on, each.met_on) for each in nodes] == [
        (in_march(31), date(2026, 5, 12)),
        (date(2026, 4, 30), None),
    ]


def test_each_late_node_has_its_report_and_the_next_one_lies_ahead(play: Play) -> None:
    task = late(play)
    with on("2026-05-12"):
        play.report(task, ReportKind.NODE)
        play.report(task, ReportKind.NODE)

    assert play.running(task)[K.NODE] == date(2026, 6, 1)


def test_a_node_that_opens_late_is_late_at_once(play: Play) -> None:
    task = late(play)
    with on("2026-05-12"):
        play.report(task, ReportKind.NODE)

    node = play.clock(task, K.NODE)
    assert (play.now(task).due_on, node.red_on < date(2026, 5, 12)) == (in_march(2), True)


def test_a_report_names_in_its_record_the_node_that_it_answered(play: Play) -> None:
    task = late(play)
    with on("2026-05-12"):
        play.report(task, ReportKind.NODE)
        play.report(task, ReportKind.NODE)

    reports = play.part(task).reports.order_by("pk")
    assert [each.clock.due_on for each in reports] == [in_march(31), date(2026, 4, 30)]


def test_continuing_work_with_an_end_reports_its_result_then_and_no_node(play: Play) -> None:
    with march(2):
        task = play.signed(**CONTINUING, deadline_on=date(2026, 4, 30))
    with march(31):
        play.report(task, ReportKind.NODE)

    nodes = TaskClock.objects.filter(task=task, kind=K.NODE)
    assert ([each.due_on for each in nodes], play.due(task, K.RESULT)) == ([in_march(31)], date(2026, 4, 30))


def test_an_end_that_is_put_off_has_nodes_again(play: Play) -> None:
    with march(2):
        task = play.signed(**CONTINUING, deadline_on=date(2026, 4, 30))
    with march(31):
        play.report(task, ReportKind.NODE)
        services.extend_deadline(play.office, play.ask_later(task, date(2026, 7, 31)))

    assert play.running(task)[K.NODE] == date(2026, 4, 30)


def test_a_continuing_task_is_followed_until_it_is_closed(play: Play) -> None:
    with march(2):
        task = play.signed(**CONTINUING)
    with march(20):
        play.apply(task)
        play.close(task)

    assert play.running(task) == {}
