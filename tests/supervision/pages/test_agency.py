"""The agency's list: who is late, who handles what."""

from __future__ import annotations

from sushui.supervision import services
from tests.supervision.play import march


def test_agency_counts_its_parts_by_light(play, sit):
    with march(2):
        play.task(title="逾期久的")
    with march(9):
        play.task(title="今天的")
        sight = sit("works_head").open("agency")

    figures = [sight.figure(label) for label in ("在办", "红灯", "黄灯", "绿灯", "待签收")]
    assert figures == ["2", "1", "1", "0", "2"]


def test_agency_says_who_is_late_since_when(play, sit):
    with march(2):
        task = play.task()
        services.appoint_handler(play.speaker("works"), play.part(task), handler_post_id=play.post_id("works_handler"))
        play.task()
    with march(4):
        html = sit("works_head").open("agency").html

    assert [line in html for line in ("经办人</a>", "逾期 1 项，最早时限 2026-03-02", "尚未指定")] == [True] * 3


def test_agency_is_narrowed_by_its_chips(play, sit):
    with march(2):
        play.task(title="逾期久的")
    with march(9):
        play.signed(title="刚签收的")
        desk = sit("works_head")

        assert [row.split(" ")[0] for row in desk.open("agency", light="red").rows] == ["逾期久的"]
        assert [row.split(" ")[0] for row in desk.open("agency", state="signed").rows] == ["刚签收的"]
        assert len(desk.open("agency", light="no such light").rows) == 2


def test_head_names_one_handler_for_all_ticked(play, sit):
    with march(2):
        parts = [play.part(play.task()) for _ in range(2)]
        ticked = [part.pk for part in parts]
        sight = sit("works_head").send("agency-appoint", row=ticked, handler=play.post_id("works_handler"))

    named = [play.part(part.task).handler_post_id for part in parts]
    assert (sight.messages, named) == (["所选事项均已指定经办人。"], [play.post_id("works_handler")] * 2)


def test_head_who_ticked_nothing_is_told(play, sit):
    with march(2):
        sight = sit("works_head").send("agency-appoint", handler=play.post_id("works_handler"))

    assert (sight.status, sight.errors) == (422, ["没有勾选：请至少勾选一行。"])


def test_head_cannot_name_a_handler_elsewhere(play, sit):
    with march(2):
        part = play.part(play.task())
        sight = sit("works_head").send("agency-appoint", row=part.pk, handler=play.post_id("finance_handler"))

    assert (sight.status, play.part(part.task).handler_post_id) == (422, None)


def test_another_agencys_parts_cannot_be_ticked(play, sit):
    with march(2):
        part = play.part(play.task("finance"), "finance")
        sight = sit("works_head").send("agency-appoint", row=part.pk, handler=play.post_id("works_handler"))

    assert (sight.status, play.part(part.task, "finance").handler_post_id) == (422, None)


def test_agency_list_is_its_heads(play, sit):
    with march(2):
        seen = {key: sit(key).open("agency").status for key in ("works_head", "township", "works_handler", "office")}

    assert seen == {"works_head": 200, "township": 200, "works_handler": 403, "office": 403}
