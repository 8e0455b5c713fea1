"""What is red, for leaders; what waits, for the office."""

from __future__ import annotations

from sushui.supervision.enums import TaskKind
from tests.supervision.play import in_march, march


def test_red_says_whose_and_since_when_longest_first(play, sit):
    with march(2):
        play.task("finance", title="财政的")
    with march(4):
        play.task("works", title="住建的")
    with march(11):
        sight = sit("leader").open("red")

    assert [row.split(" ")[0] for row in sight.rows] == ["财政的", "住建的"]
    assert sight.rows[0] == "财政的 ■ 红 安排部署 逾期 7 个工作日 县财政局 2026-03-06"


def test_red_counts_by_agency_and_opens_the_rows(play, sit):
    with march(2):
        play.task("finance")
        play.task("finance")
    with march(9):
        html = sit("leader").open("red").html

    link = f'href="/supervision/register/?light=red&amp;awaited={play.agency_id("finance")}">2</a>'
    assert html.count(link) == 1


def test_figure_of_an_agency_opens_what_it_leads_alone(play, sit):
    with march(2):
        play.task("finance", ("works",), title="财政牵头的")
        play.task("works", ("finance",), title="住建牵头的")
    with march(9):
        sight = sit("leader").open("register", light="red", lead=play.agency_id("finance"))

    assert [row.split(" ")[1] for row in sight.rows] == ["财政牵头的"]


def test_red_names_the_supporting_agency_that_is_late(play, sit):
    with march(2):
        task = play.task("finance", ("works",))
        sit("finance_head").send("part-sign", play.part(task, "finance").pk)
        play.apply(task, "finance")
    with march(11):
        sight = sit("leader").open("red")

    assert sight.rows[0] == "修好一条路 ■ 红 县住建局 回复牵头单位 逾期 5 个工作日 县住建局 2026-03-10"


def test_red_can_be_narrowed_to_the_leaders_own_charge(play, sit):
    with march(2):
        play.task("finance", title="分管的")
        play.task("statistics", title="别人分管的")
    with march(9):
        desk = sit("leader")

        assert len(desk.open("red").rows) == 2
        assert [row.split(" ")[0] for row in desk.open("red", charge="own").rows] == ["分管的"]


def test_red_says_why_after_two_returns(play, sit):
    with march(2):
        task = play.signed(kind=TaskKind.MAJOR)
        for _ in range(2):
            play.apply(task)
            play.send_back(task)
        sight = sit("leader").open("red")

    assert sight.rows[0].split(" ")[1:5] == ["■", "红", "已退回", "2"]


def test_nothing_red_says_when_something_is(play, sit):
    with march(2):
        play.task()

        assert sit("leader").open("red").empty == "没有红灯事项。"


def test_decisions_stand_oldest_first(play, sit):
    with march(2):
        play.apply(play.signed(title="先"))
    with march(3):
        play.ask_later(play.signed(title="后", kind=TaskKind.MAJOR), in_march(31).replace(month=5))
        sight = sit("office").open("decisions")

    assert [row.split(" ")[:2] for row in sight.rows] == [["先", "申请销号"], ["后", "申请延期"]]


def test_no_decision_waits_says_what_would(play, sit):
    with march(2):
        assert sit("office").open("decisions").empty == "没有等待审定的申请。"


def test_decisions_of_the_project_office_are_on_its_own_orders(play, sit):
    with march(2):
        play.apply(play.signed(title="督查室的"))
        own = play.task(by="project_office", title="项目办的")
        sit("works_handler").send("part-sign", play.part(own).pk)
        play.apply(own)
        sight = sit("project_office").open("decisions")

    assert [row.split(" ")[0] for row in sight.rows] == ["项目办的"]


def test_decisions_are_not_for_agencies(play, sit):
    with march(2):
        assert [sit(key).open("decisions").status for key in ("works_head", "township")] == [403] * 2


def test_a_leader_has_nothing_to_decide_while_an_office_may(play, sit):
    with march(2):
        play.apply(play.signed(leader_post_id=play.post_id("leader")))

        assert sit("leader").open("decisions").empty == "没有等待审定的申请。"
