"""One request from the telephone to the last rating, and what everybody knows of it on the way."""

from __future__ import annotations

from sushui.relief import queries
from sushui.relief.enums import Satisfaction, SupportState
from sushui.supervision.enums import ClockKind, TaskState
from sushui.supervision.models import TaskClock
from tests.relief.play import Play


def test_a_request_is_answered_rated_reopened_and_solved(play: Play) -> None:
    row = play.receive()
    row = play.assign(row, "works", "finance")
    assert row.task is not None
    row = play.answer(row)
    task = row.task
    row = play.rate(row, Satisfaction.NOT)
    states = [row.state]
    row = play.assign(row, note="企业说还没有通电")
    states.append(row.state)
    assert row.task == task
    row = play.answer(row, "今天通电。")
    row = play.rate(row, Satisfaction.SATISFIED)
    play.close(task.pk)

    task.refresh_from_db()
    assert [*states, row.state] == [SupportState.REOPENED, SupportState.ASSIGNED, SupportState.CLOSED]
    assert (row.reopened_count, row.rating, task.state) == (1, Satisfaction.SATISFIED, TaskState.CLOSED)
    assert [each.text for each in queries.answers_of(row)] == ["已增容，4 月 1 日送电。", "今天通电。"]


def test_the_clocks_are_those_of_requests(play: Play) -> None:
    row = play.assign(play.receive())

    due = dict(TaskClock.objects.filter(task=row.task).values_list("kind", "due_on"))
    assert {kind: day.isoformat() for kind, day in due.items()} == {
        ClockKind.FEEDBACK: "2026-03-05",
        ClockKind.RESULT: "2026-03-11",
    }
