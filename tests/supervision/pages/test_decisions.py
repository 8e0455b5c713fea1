"""What the office decides, each from its form."""

from __future__ import annotations

import pytest

from sushui.supervision.enums import ClockKind, Grade, RequestKind, RequestState, TaskState
from tests.supervision.play import in_march, march


def test_office_closes_with_a_grade(play, sit):
    with march(2):
        task = play.signed()
        request = play.apply(task)
        sight = sit("office").send("request-close", request.pk, grade="excellent", note="材料齐全")

    closed = play.now(task)
    assert (sight.messages, closed.state, closed.grade) == (["已销号。"], TaskState.CLOSED, Grade.EXCELLENT)


def test_office_returns_with_a_reason(play, sit):
    with march(2):
        task = play.signed()
        request = play.apply(task)
        wordless = sit("office").send("request-return", request.pk, grade="good", note="")
        sit("office").send("request-return", request.pk, grade="good", note="还差一段")

    assert (wordless.status, play.now(task).state) == (422, TaskState.RETURNED)


def test_office_grants_an_extension(play, sit):
    with march(2):
        task = play.signed()
        sit("office").send("request-extend", play.ask_later(task, in_march(20)).pk)

    assert play.due(task, ClockKind.RESULT) == in_march(20)


def test_office_refuses_an_extension_and_a_suspension(play, sit):
    with march(2):
        task = play.signed()
        asked = [play.ask_later(task, in_march(20)), play.ask_suspension(task, in_march(20))]
        for request in asked:
            sit("office").send("request-refuse", request.pk, note="抓紧办")

    kinds = (RequestKind.EXTENSION, RequestKind.SUSPENSION)
    assert [play.request(task, kind).state for kind in kinds] == [RequestState.REFUSED] * 2


def test_office_grants_a_suspension(play, sit):
    with march(2):
        task = play.signed()
        sit("office").send("request-suspend", play.ask_suspension(task, in_march(20)).pk)

    assert play.now(task).state is TaskState.SUSPENDED


def test_office_decides_whose_it_is(play, sit):
    with march(2):
        task = play.task()
        request = play.dispute(task)
        form = sit("office").open("request-decide-ownership", request.pk)
        sit("office").send("request-decide-ownership", request.pk, agency=play.agency_id("gujiang"))

    assert f'value="{play.agency_id("finance")}" selected' in form.html
    assert play.now(task).lead_agency_id == play.agency_id("gujiang")


def test_second_decision_is_told_that_there_was_a_first(play, sit):
    with march(2):
        task = play.signed()
        request = play.apply(task)
        play.close(task)
        sight = sit("office").send("request-close", request.pk, grade="good", note="同意")

    assert (sight.status, sight.value("note")) == (422, "同意")


@pytest.mark.parametrize("verb", ["extend", "refuse", "suspend", "decide-ownership"])
def test_decision_that_does_not_fit_the_request_is_not_there(play, sit, verb):
    with march(2):
        request = play.apply(play.signed())

        assert sit("office").open(f"request-{verb}", request.pk).status == 404


@pytest.mark.parametrize("key", ["works_head", "leader", "project_office"])
def test_nobody_else_decides(play, sit, key):
    with march(2):
        request = play.apply(play.signed())
        sight = sit(key).send("request-close", request.pk, grade="good")

    assert (sight.status in {403, 404}, play.now(request.part.task).state) == (True, TaskState.COMPLETION_APPLIED)
