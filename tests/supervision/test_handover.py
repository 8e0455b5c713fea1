"""Responsibility sticks to posts: the person changes, the work stays, and its story says so."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sushui.kernel.models import User
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import DelegationReason
from sushui.organizations.queries import viewer_for
from sushui.organizations.services import delegate_post, hand_over_post
from sushui.supervision import queries, services
from sushui.supervision.enums import ReportKind
from sushui.supervision.models import SupervisedTask
from tests.supervision.play import Play, in_march, march


def successor() -> User:
    return User.objects.create_user(username="new", name="新来的人", password="pw")


def hand_over(play: Play, post: str) -> User:
    """Somebody new takes the post now."""
    person = successor()
    hand_over_post(play.viewer("administrator"), play.county.posts[post], successor=person)
    return person


def in_hand(play: Play, agency: str = "works") -> SupervisedTask:
    """A task assigned now and signed for by the agency's handler."""
    task = play.task(agency)
    services.sign_for_task(play.viewer(f"{agency}_handler"), play.part(task, agency))
    return task


def delegate(play: Play) -> Viewer:
    """The finance handler in the post of the works handler, lent from 2 to 6 March."""
    from_post, to_post = play.county.posts["works_handler"], play.county.posts["finance_handler"]
    days = {"from_on": in_march(2), "to_on": in_march(6)}
    delegate_post(play.viewer("administrator"), from_post, to_post=to_post, reason=DelegationReason.LEAVE, **days)
    viewer = viewer_for(play.county.user("finance_handler"), from_post.pk)
    assert viewer is not None
    return viewer


# --- handing over ----------------------------------------------------------------------------------------------------
def test_every_open_item_of_a_handler_has_its_line(play: Play) -> None:
    with march(2):
        tasks = [in_hand(play) for _ in range(3)]
        hand_over(play, "works_handler")

    assert [play.verbs(task)[-1] for task in tasks] == ["hand_over"] * 3


def test_the_line_names_leaver_successor_and_post(play: Play) -> None:
    with march(2):
        task = in_hand(play)
        hand_over(play, "works_handler")

    line = play.last_line(task)
    assert (line.before, line.after, line.user_name) == (
        {"holder": "县住建局经办人"},
        {"holder": "新来的人", "post": "县住建局 经办人"},
        "县政府系统管理员",
    )


def test_what_has_ended_and_what_is_another_posts_has_no_line(play: Play) -> None:
    with march(2):
        closed, others = in_hand(play), in_hand(play, "finance")
        services.apply_for_closing(play.viewer("works_handler"), play.part(closed), text="办完了")
        play.close(closed)
        hand_over(play, "works_handler")

    assert [play.verbs(task)[-1] for task in (closed, others)] == ["close_task", "sign_for_task"]


def test_a_task_that_a_leader_follows_has_its_line(play: Play) -> None:
    with march(2):
        task = play.task(leader_post_id=play.post_id("leader"))
        hand_over(play, "leader")

    assert play.verbs(task)[-1] == "hand_over"


def test_what_nobody_is_named_for_is_handed_over_with_the_heads_post(play: Play) -> None:
    with march(2):
        unnamed, named = play.task(), in_hand(play)
        hand_over(play, "works_head")

    assert [play.verbs(task)[-1] for task in (unnamed, named)] == ["hand_over", "sign_for_task"]


def test_an_order_with_open_tasks_has_its_line_when_its_issuer_changes(play: Play) -> None:
    with march(2):
        task, ended = play.task(), play.task()
        play.withdraw(ended)
        hand_over(play, "office")

    assert [play.verbs(each.order)[-1] for each in (task, ended)] == ["hand_over", "draft_order"]


def test_the_successor_finds_everything_and_the_leaver_nothing(play: Play) -> None:
    with march(2):
        task = in_hand(play)
        leaver = play.county.user("works_handler")
        person = hand_over(play, "works_handler")
        viewer = viewer_for(person)
        assert viewer is not None

        assert [part.task_id for part in queries.own_parts(viewer)] == [task.pk]
        assert viewer_for(leaver) is None


def test_the_successor_goes_on_where_the_leaver_stopped(play: Play) -> None:
    with march(2):
        task = in_hand(play)
        viewer = viewer_for(hand_over(play, "works_handler"))
        assert viewer is not None
        services.report_progress(viewer, play.part(task), kind=ReportKind.FEEDBACK, text="接着办")

    assert (play.last_line(task).user_name, play.last_line(task).post_id) == (
        "新来的人",
        play.post_id("works_handler"),
    )


def test_a_post_left_vacant_keeps_its_items(play: Play) -> None:
    with march(2):
        task = in_hand(play)
        hand_over_post(play.viewer("administrator"), play.county.posts["works_handler"], successor=None)

    assert (play.part(task).handler_post_id, play.last_line(task).after["holder"]) == (
        play.post_id("works_handler"),
        "",
    )


def test_handing_over_many_items_takes_as_many_queries_as_one(play: Play) -> None:
    administrator, person = play.viewer("administrator"), successor()
    counts = []
    with march(2):
        for agency, items in (("works", 1), ("finance", 5)):
            for _ in range(items):
                in_hand(play, agency)
            post = play.county.posts[f"{agency}_handler"]
            with CaptureQueriesContext(connection) as queries_made:
                hand_over_post(administrator, post, successor=person)
            counts.append(len(queries_made))

    assert counts[0] == counts[1]


# --- delegating ------------------------------------------------------------------------------------------------------
def test_a_delegate_sees_and_does_what_the_post_may(play: Play) -> None:
    with march(2):
        task = in_hand(play)
        viewer = delegate(play)
        services.report_progress(viewer, play.part(task), kind=ReportKind.FEEDBACK, text="代办")

        assert [part.task_id for part in queries.own_parts(viewer)] == [task.pk]


def test_the_act_of_a_delegate_names_the_person_and_the_post(play: Play) -> None:
    with march(2):
        task = in_hand(play)
        viewer = delegate(play)
        services.report_progress(viewer, play.part(task), kind=ReportKind.FEEDBACK, text="代办")

    line = play.last_line(task)
    assert (line.user_name, line.post_name, line.user_id, line.post_id) == (
        "县财政局经办人",
        "县住建局 经办人",
        play.county.user("finance_handler").pk,
        play.post_id("works_handler"),
    )


@pytest.mark.parametrize(("day", "acts"), [(date(2026, 3, 6), True), (date(2026, 3, 7), False)])
def test_a_delegation_ends_with_its_last_day(play: Play, day: date, acts: bool) -> None:
    with march(2):
        delegate(play)
    with march(day.day):
        viewer = viewer_for(play.county.user("finance_handler"), play.post_id("works_handler"))

    assert viewer is not None
    assert (viewer.post_id == play.post_id("works_handler")) is acts
