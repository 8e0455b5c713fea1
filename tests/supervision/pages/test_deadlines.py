"""Deadlines and lights in words."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.supervision import services
from sushui.supervision.enums import TaskKind
from sushui.supervision.panels.deadlines import Deadlines
from tests.supervision.play import in_march, march


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (6, "今天到期"),
        (5, "逾期 1 个工作日"),
        (2, "逾期 4 个工作日"),
        (9, "还有 1 个工作日"),
        (8, "还有 0 个工作日"),
        (13, "还有 5 个工作日"),
    ],
)
def test_how_far_a_deadline_is_on_friday_the_sixth(db, day: int, words: str):
    with march(6):
        assert Deadlines().left(in_march(day)) == words


def test_saturday_after_a_deadline_is_past_it_by_no_working_day(db):
    with march(7):
        assert Deadlines().left(in_march(6)) == "刚过时限，未满 1 个工作日"


def test_reason_names_the_clock_that_turned_the_light(play):
    with march(2):
        task = play.task()
    with march(3):
        task = play.now(task)

        assert Deadlines.of_tasks([task]).reason(task) == "安排部署 逾期 1 个工作日"


def test_reason_of_a_closed_task_is_empty(play):
    with march(2):
        task = play.signed()
        play.apply(task)
        play.close(task)
        task = play.now(task)

        assert Deadlines.of_tasks([task]).reason(task) == ""


def test_reason_of_a_task_without_a_clock_says_so(play):
    with march(2):
        task = play.signed()
        play.apply(task)
        part = play.part(task)
        part.clocks.update(canceled_on=in_march(2), next_rung_on=None)
        task = play.now(task)

        assert Deadlines.of_tasks([task]).next_due(task) is None


def test_extended_deadline_remembers_the_old_one(play):
    with march(2):
        task = play.signed(kind=TaskKind.MAJOR)
        services.extend_deadline(play.office, play.ask_later(task, date(2026, 4, 30)))
        clock = play.part(task).clocks.get(kind="result")
        said = Deadlines().said(clock)

    assert (said.on, said.old_on) == (date(2026, 4, 30), date(2026, 4, 2))
