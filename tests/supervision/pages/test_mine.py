"""Mine: what a handler opens in the morning."""

from __future__ import annotations

from sushui.supervision import services
from sushui.supervision.enums import PartState, ReportKind, TaskKind
from tests.supervision.play import march


def test_mine_says_what_would_be_there_while_nothing_waits(play, sit):
    with march(2):
        sight = sit("works_handler").open("mine")

    assert (sight.status, sight.rows, sight.empty) == (200, [], "没有等您办理的事项。")


def test_mine_lists_own_parts_by_deadline_with_the_clock_that_is_due(play, sit):
    with march(2):
        play.task(title="修桥", kind=TaskKind.MAJOR)
    with march(4):
        play.signed(title="修路")
        sight = sit("works_handler").open("mine")

    assert [row.split(" ")[0] for row in sight.rows] == ["修桥", "修路"]
    assert sight.rows[0] == "修桥 ▲ 黄 逾期 2 个工作日 安排部署 2026-03-02 牵头单位 调度会 签收"


def test_mine_offers_the_one_act_that_is_due(play, sit):
    with march(2):
        play.task(title="待签收")
        play.signed(title="待安排")
        answering = play.signed("finance", ("works",), title="待回复")
        services.report_progress(play.speaker("works"), play.part(answering), kind=ReportKind.PROGRESS, text="正在核对")
        sight = sit("works_head").open("mine")

    assert sight.buttons == ["签收", "报送进展", "回复牵头单位"]


def test_mine_offers_to_apply_once_only_the_result_is_due(play, sit):
    with march(2):
        task = play.signed()
        play.report(task, ReportKind.ARRANGEMENT)
        play.report(task, ReportKind.FEEDBACK)
        sight = sit("works_handler").open("mine")

    assert (sight.buttons, sight.rows[0].split(" ")[6:8]) == (["申请销号"], ["办结", "2026-03-10"])


def test_mine_says_what_waits_for_the_office(play, sit):
    with march(2):
        play.apply(play.signed())
        sight = sit("works_handler").open("mine")

    assert (sight.buttons, "已申请销号，等待下达单位审定。" in sight.rows[0]) == ([], True)


def test_one_tap_signs_and_comes_back(play, sit):
    with march(2):
        task = play.task()
        sight = sit("works_handler").send("part-sign", play.part(task).pk, next="/supervision/mine/")

    assert (sight.title, sight.messages, play.part(task).state) == ("我的事项", ["已签收。"], PartState.SIGNED)


def test_mine_leaves_out_what_another_handler_has(play, sit):
    with march(2):
        task = play.task()
        services.appoint_handler(play.speaker("works"), play.part(task), handler_post_id=play.post_id("works_handler"))

        assert sit("works_handler").open("mine").rows != []
        assert sit("works_head").open("mine").rows == []


def test_mine_leaves_out_other_agencies(play, sit):
    with march(2):
        play.task("finance")

        assert sit("works_handler").open("mine").rows == []


def test_mine_is_not_the_offices_page(play, sit):
    with march(2):
        assert [sit(key).open("mine").status for key in ("office", "leader", "administrator")] == [403, 403, 403]


def test_mine_pages_on_where_the_list_is_long(play, sit):
    with march(2):
        order = play.order()
        drafts = [
            services.TaskDraft(f"第{number}项", lead_agency_id=play.agency_id("works")) for number in range(1, 53)
        ]
        services.assign_tasks(play.office, services.draft_tasks(play.office, order, drafts))
        first = sit("works_handler").open("mine")
        after = first.html.split("after=")[1].split('"')[0]
        second = sit("works_handler").open("mine", after=after)

    assert (len(first.rows), len(second.rows)) == (50, 2)


def test_supporting_agency_still_answers_while_the_lead_waits(play, sit):
    with march(2):
        play.apply(play.signed("finance", ("works",)), "finance")
        sight = sit("works_handler").open("mine")

    assert (sight.buttons, "等待下达单位审定" in sight.rows[0]) == (["回复牵头单位"], False)
