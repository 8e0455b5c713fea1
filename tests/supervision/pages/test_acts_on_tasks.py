"""What the issuer and the leaders do to a whole task."""

from __future__ import annotations

from sushui.supervision.enums import OrderKind, TaskState
from tests.supervision.play import in_march, march


def test_office_assigns_a_draft_from_its_page(play, sit):
    with march(2):
        draft = play.draft()
        sight = sit("office").send("task-assign", draft.pk, version=draft.version)

    assert (sight.messages, play.now(draft).state) == (
        ["已交办并通知各承办单位，时限自今日起算。"],
        TaskState.ASSIGNED,
    )


def test_draft_that_changed_meanwhile_is_not_assigned_unseen(play, sit):
    with march(2):
        draft = play.draft()
        sight = sit("office").send("task-assign", draft.pk, version=draft.version - 1)

    assert (sight.status, play.now(draft).state) == (409, TaskState.DRAFTED)


def test_inspection_shows_what_was_asked_before_and_wants_a_reason(play, sit):
    with march(2):
        play.task(order=play.order(kind=OrderKind.INSPECTION, title="上次督查"), title="查过的")
        draft = play.draft(order=play.order(kind=OrderKind.INSPECTION))
        desk = sit("office")
        shown = desk.open("task", draft.pk)
        refused = desk.send("task-assign", draft.pk, version=draft.version)
        desk.send("task-assign", draft.pk, version=draft.version, note="整改期满复核")

    assert ("查过的" in shown.html, refused.status, len(refused.errors)) == (True, 422, 1)
    assert (play.now(draft).state, play.last_line(draft).note) == (TaskState.ASSIGNED, "整改期满复核")


def test_first_inspection_asks_for_no_reason(play, sit):
    with march(2):
        draft = play.draft(order=play.order(kind=OrderKind.INSPECTION))
        sight = sit("office").open("task", draft.pk)

    assert sight.html.count('name="note"') == 0


def test_withdrawing_needs_a_reason(play, sit):
    with march(2):
        task = play.task()
        version = play.now(task).version
        wordless = sit("office").send("task-withdraw", task.pk, version=version, reason="")
        sit("office").send("task-withdraw", task.pk, version=version, reason="并入另一事项")

    assert (wordless.status, play.now(task).state, play.last_line(task).note) == (
        422,
        TaskState.WITHDRAWN,
        "并入另一事项",
    )


def test_leader_reminds_and_the_story_says_so(play, sit):
    with march(2):
        task = play.task()
        sight = sit("leader").send("task-remind", task.pk, note="请抓紧")

    assert (sight.messages, play.verbs(task)[-1]) == (["已催办所有未办结的承办单位。"], "remind")


def test_suspended_task_is_resumed(play, sit):
    with march(2):
        task = play.suspended(in_march(20))
        sit("office").send("task-resume", task.pk, note="批复到了")

    assert play.now(task).state is TaskState.IN_PROGRESS


def test_agencies_have_no_acts_on_the_whole_task(play, sit):
    with march(2):
        task = play.signed()
        verbs = ("assign", "withdraw", "remind", "resume")
        seen = [sit("works_head").open(f"task-{verb}", task.pk).status for verb in verbs]

    assert seen == [403] * 4


def test_closed_task_is_not_reminded_of(play, sit):
    with march(2):
        task = play.signed()
        play.apply(task)
        play.close(task)

        assert sit("office").open("task-remind", task.pk).status == 403
