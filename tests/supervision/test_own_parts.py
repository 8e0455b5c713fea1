"""What is one's own is read in two arms, each by an index, and is one list all the same."""

from __future__ import annotations

import pytest

from sushui.kernel.keyset import Sort, Stretch, stretch
from sushui.supervision import queries, services
from sushui.supervision.models import TaskPart
from tests.supervision.play import Play, in_march, march

BY_DEADLINE = Sort(("due_on", "pk"), has_empty=True)
HANDLER = "works_handler"


@pytest.fixture(autouse=True)
def parts(play: Play) -> None:
    """Parts named for the handler and parts left to all, by turns; some with the same deadline, some with none."""
    with march(2):
        for number in range(4):
            task = play.task(deadline_on=in_march(20 + number // 2))
            if number % 2:
                services.sign_for_task(play.viewer(HANDLER), play.part(task))
        for number in range(2):
            play.suspended(in_march(25 + number))
        for _ in range(2):
            play.apply(play.signed())


def read(play: Play, **where: object) -> Stretch[TaskPart]:
    return stretch(queries.own_parts_in_arms(play.viewer(HANDLER)), BY_DEADLINE, **where)


def numbers(rows: list[TaskPart]) -> list[int]:
    return [row.pk for row in rows]


def whole(play: Play) -> list[int]:
    """The list as one statement gives it."""
    return numbers(list(queries.own_parts(play.viewer(HANDLER))))


def test_the_arms_share_no_row_and_leave_none_out(play: Play) -> None:
    named, left = (set(numbers(list(arm))) for arm in queries.own_parts_in_arms(play.viewer(HANDLER)))

    assert (named & left, named | left) == (set(), set(whole(play)))


def test_the_list_runs_by_deadline_through_both_arms_those_without_last(play: Play) -> None:
    assert numbers(read(play).rows) == whole(play)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_stretch_by_stretch_it_is_the_same_list(play: Play, size: int) -> None:
    page = read(play, size=size)
    found = numbers(page.rows)
    while page.after:
        page = read(play, size=size, after=page.after)
        found += numbers(page.rows)

    assert found == whole(play)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_backward_it_is_the_same_list(play: Play, size: int) -> None:
    page = read(play, size=len(whole(play)) - 1)
    page = read(play, size=size, after=page.after)
    found = numbers(page.rows)
    while page.before:
        page = read(play, size=size, before=page.before)
        found = numbers(page.rows) + found

    assert found == whole(play)


def test_what_another_is_named_for_is_in_neither_arm(play: Play) -> None:
    with march(2):
        part = play.part(play.task())
        services.appoint_handler(play.viewer("works_head"), part, handler_post_id=play.post_id("works_head"))

    assert part.pk not in numbers(read(play).rows)
