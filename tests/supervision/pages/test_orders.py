"""Orders, their tasks, and drafts that two people change."""

from __future__ import annotations

from sushui.supervision import services
from sushui.supervision.enums import OrderKind, PartRole, TaskKind
from sushui.supervision.models import SupervisedTask, SupervisionOrder
from tests.supervision.play import in_march, march


def test_orders_stand_newest_first_with_their_counts(play, sit):
    with march(2):
        old = play.order(title="旧的")
        play.task(order=old)
        play.draft(order=old)
    with march(9):
        play.order(title="新的")
        sight = sit("office").open("orders")

    assert sight.rows == [
        "2026-2 新的 交办 · 会议 县政府督查室 2026-03-09 0 0 0 0",
        "2026-1 旧的 交办 · 会议 县政府督查室 2026-03-02 1 1 0 2",
    ]


def test_orders_are_narrowed_by_kind(play, sit):
    with march(2):
        play.order(title="交办的")
        play.order(title="督查的", kind=OrderKind.INSPECTION)
        sight = sit("office").open("orders", kind="inspection")

    assert [row.split(" ")[1] for row in sight.rows] == ["督查的"]


def test_agency_sees_the_orders_that_gave_it_something(play, sit):
    with march(2):
        play.task("works", order=play.order(title="有我的"))
        play.task("finance", order=play.order(title="没我的"))
        sight = sit("works_head").open("orders")

    assert ([row.split(" ")[1] for row in sight.rows], sight.buttons) == (["有我的"], [])


def test_no_order_says_what_would_be_there(play, sit):
    with march(2):
        assert sit("works_head").open("orders").empty == "没有督办单。"


def test_order_shows_the_tasks_one_may_see(play, sit):
    with march(2):
        order = play.order()
        play.task("works", ("finance",), order=order, title="住建的")
        play.task("gujiang", order=order, title="古绛的")

        assert len(sit("office").open("order", order.pk).rows) == 2
        assert [row.split(" ")[1] for row in sit("finance_head").open("order", order.pk).rows] == ["住建的"]


def test_office_drafts_an_order(play, sit):
    with march(2):
        said = {"name": "三月调度会", "kind": "assignment", "source": "meeting", "issued_on": "2026-03-02"}
        sight = sit("office").send("order-new", leader=play.post_id("leader"), **said)

    order = SupervisionOrder.objects.get()
    assert (order.title, order.leader_post_id) == ("三月调度会", play.post_id("leader"))
    assert sight.messages == ["督办单已建好，请添加事项。"]


def test_order_without_a_title_is_asked_for_one(play, sit):
    with march(2):
        sight = sit("office").send("order-new", kind="assignment", source="meeting", issued_on="2026-03-02")

    assert (sight.status, len(sight.errors), SupervisionOrder.objects.count()) == (422, 1, 0)


def test_agencies_draft_no_orders(play, sit):
    with march(2):
        assert [sit(key).open("order-new").status for key in ("leader", "works_head", "township")] == [403] * 3


def test_office_drafts_a_task_with_lead_and_supporting_agencies(play, sit):
    with march(2):
        order = play.order()
        said = {"name": "修桥", "kind": "major", "deadline_on": "2026-05-01", "support_request": "安排资金"}
        sit("office").send(
            "task-new", order.pk, lead=play.agency_id("works"), supporting=[play.agency_id("finance")], **said
        )

    task = SupervisedTask.objects.get()
    parts = [(part.agency_id, part.role, part.request) for part in task.parts.order_by("role")]
    assert (task.title, task.kind, task.deadline_on.isoformat()) == ("修桥", TaskKind.MAJOR, "2026-05-01")
    assert parts == [
        (play.agency_id("works"), PartRole.LEAD, ""),
        (play.agency_id("finance"), PartRole.SUPPORTING, "安排资金"),
    ]


def test_project_office_drafts_nothing_in_anothers_order(play, sit):
    with march(2):
        order = play.order()

        assert sit("project_office").open("task-new", order.pk).status in {403, 404}


def test_draft_is_shown_for_change_as_it_was_typed(play, sit):
    with march(2):
        draft = play.draft("works", ("finance",), title="修桥", deadline_on=in_march(20))
        sight = sit("office").open("task-edit", draft.pk)

    assert [sight.value(name) for name in ("name", "deadline_on", "version")] == ["修桥", "2026-03-20", "1"]


def test_change_of_a_draft_keeps_what_the_form_does_not_ask(play, sit):
    with march(2):
        draft = play.draft(deadline_text="三月底前", leader_text="分管领导")
        said = {"name": "修两条路", "kind": "general", "version": draft.version}
        sit("office").send("task-edit", draft.pk, lead=play.agency_id("works"), **said)

    changed = play.now(draft)
    assert (changed.title, changed.deadline_text, changed.leader_text) == ("修两条路", "三月底前", "分管领导")


def test_second_editor_is_told_and_keeps_the_typing(play, sit):
    with march(2):
        draft = play.draft()
        first = services.TaskDraft("第一人改的", play.agency_id("works"))
        services.edit_task(play.viewer("office_second"), draft, first, seen_version=draft.version)
        said = {"name": "第二人改的", "kind": "general", "lead": play.agency_id("works")}
        sight = sit("office").send("task-edit", draft.pk, version=draft.version, **said)

    assert (sight.status, sight.value("name"), play.now(draft).title) == (409, "第二人改的", "第一人改的")
    assert "县政府督查室督查员" in sight.html
    assert "<del>修好一条路</del>" in sight.html


def test_second_editor_may_send_it_again_having_seen_the_change(play, sit):
    with march(2):
        draft = play.draft()
        first = services.TaskDraft("第一人改的", play.agency_id("works"))
        services.edit_task(play.viewer("office_second"), draft, first, seen_version=draft.version)
        said = {"name": "第二人改的", "kind": "general", "lead": play.agency_id("works")}
        told = sit("office").send("task-edit", draft.pk, version=draft.version, **said)
        sit("office").send("task-edit", draft.pk, version=told.value("version"), **said)

    assert play.now(draft).title == "第二人改的"


def test_assigned_task_is_no_draft_any_more(play, sit):
    with march(2):
        task = play.task()
        said = {"name": "改名", "kind": "general", "version": play.now(task).version}
        sight = sit("office").send("task-edit", task.pk, lead=play.agency_id("works"), **said)

    assert (sight.status, sight.value("name")) == (422, "改名")
