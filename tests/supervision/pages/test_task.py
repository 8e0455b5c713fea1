"""One task: the answer first, then what can be done, then the story."""

from __future__ import annotations

import re
from datetime import date

import pytest

from sushui.organizations import services as organizations
from sushui.supervision import services
from sushui.supervision.enums import Grade, NodeCycle, OrderSource, TaskKind
from tests.supervision.pages.reading import said
from tests.supervision.play import in_march, march, on


def test_task_answers_first_with_state_light_agency_and_deadline(play, sit):
    with march(2):
        task = play.task()
    with march(4):
        sight = sit("office").open("task", task.pk)

    assert sight.answer == "已交办 ▲ 黄 安排部署 逾期 2 个工作日 县住建局 安排部署时限：3月2日 周一 2026-1-1"


def test_closed_task_says_its_grade_and_that_it_was_late(play, sit):
    with march(2):
        task = play.signed()
    with march(12):
        play.apply(task)
        play.close(task, Grade.QUALIFIED)
        sight = sit("office").open("task", task.pk)

    assert sight.answer == "已销号 · 合格 县住建局 3月12日 周四销号 · 逾期完成 2026-1-1"


@pytest.mark.parametrize(
    ("source", "label"), [(OrderSource.MEETING, "文件规定时限"), (OrderSource.VISIT, "走访希望办结日期")]
)
def test_the_day_of_the_order_is_called_after_where_it_comes_from(play, sit, source, label):
    with march(2):
        task = play.task(order=play.order(source=source), deadline_on=date(2026, 3, 20))
        facts = sit("office").open("task", task.pk).html

    assert re.findall(r"<dt>([^<]+)</dt><dd>2026-03-20</dd>", facts) == [label]


def test_provisional_deadline_says_so(play, sit):
    with on("2026-12-28"):
        task = play.signed(kind=TaskKind.MAJOR)
        html = sit("office").open("task", task.pk).html

    assert ('2027-01-28 <span class="note">暂定</span>' in html, "该年度放假安排尚未公布。" in html) == (True, True)


def test_extended_deadline_keeps_the_old_day_in_sight(play, sit):
    with march(2):
        task = play.signed()
        services.extend_deadline(play.office, play.ask_later(task, in_march(20)))
        html = sit("office").open("task", task.pk).html

    assert "2026-03-20 <del>2026-03-10</del>" in html


OFFERED = {
    "works_handler": ["签收", "不属本单位职责"],
    "works_head": ["签收", "不属本单位职责", "指定经办人"],
    "office": ["催办", "撤回"],
    "leader": ["催办"],
}


@pytest.mark.parametrize("key", OFFERED)
def test_assigned_task_offers_each_only_what_they_may_do(play, sit, key):
    with march(2):
        task = play.task()

        assert sit(key).open("task", task.pk).buttons == OFFERED[key]


def test_what_cannot_be_done_yet_is_said_with_the_reason(play, sit):
    with march(2):
        task = play.task()
        html = sit("works_handler").open("task", task.pk).html

    assert (html.count('class="not-yet"'), html.count("请先签收。")) == (2, 2)


def test_work_in_hand_offers_the_report_first(play, sit):
    with march(2):
        task = play.signed()
        sight = sit("works_handler").open("task", task.pk)

    assert sight.buttons == ["报送进展", "申请销号", "申请延期", "申请挂账"]


def test_supporting_agency_answers_the_lead(play, sit):
    with march(2):
        task = play.signed("finance", ("works",))
        sight = sit("works_handler").open("task", task.pk)

    assert sight.buttons == ["回复牵头单位", "报送进展", "申请延期"]


def test_office_decides_on_the_page_with_what_is_unanswered_before_it(play, sit):
    with march(2):
        task = play.signed("works", ("finance",))
        play.apply(task)
        sight = sit("office").open("task", task.pk)

    assert (sight.buttons, "尚未回复的配合单位 <strong>县财政局</strong>" in sight.html) == (
        ["销号", "退回", "催办", "撤回"],
        True,
    )


def test_agency_that_waits_sees_that_it_waits(play, sit):
    with march(2):
        task = play.signed()
        play.ask_suspension(task, in_march(20))
        html = sit("works_handler").open("task", task.pk).html

    assert ("县住建局：申请挂账，等待审定" in html, "2026-03-20 一步" in html) == (True, True)


def test_parts_stand_with_their_own_states_and_clocks(play, sit):
    with march(2):
        task = play.task("works", ("finance",))
        html = sit("office").open("task", task.pk).html

    assert [html.count(f"<dt>{name}</dt>") for name in ("安排部署", "反馈", "办结", "回复牵头单位")] == [1, 1, 1, 1]


def test_node_of_continuing_work_is_shown(play, sit):
    with march(2):
        task = play.signed(kind=TaskKind.CONTINUING, node_cycle=NodeCycle.MONTHLY)
        html = sit("office").open("task", task.pk).html

    assert ("<dt>节点报送</dt>" in html, "长期任务 · 每月" in html) == (True, True)


def test_story_tells_newest_first_who_did_what_in_which_post(play, sit):
    with march(2):
        task = play.task()
        services.remind(play.viewer("leader"), task, note="请今天签收")
        sight = sit("office").open("task", task.pk)

    assert sight.story == [
        "2026-03-02 10:00 县政府 常务副县长 催办",
        "2026-03-02 10:00 县政府督查室 督查室主任 交办",
        "2026-03-02 10:00 县政府督查室 督查室主任 拟办",
    ]


def test_story_shows_that_the_person_in_the_post_changed(play, sit):
    with march(2):
        task = play.task()
        services.appoint_handler(play.speaker("works"), play.part(task), handler_post_id=play.post_id("works_handler"))
    with march(3):
        post, successor = play.county.posts["works_handler"], play.county.people["finance_handler"]
        organizations.hand_over_post(play.viewer("administrator"), post, successor=successor)
        sight = sit("office").open("task", task.pk)

    assert sight.story[0].endswith("随岗位移交")
    assert "任职人</span> <del>县住建局经办人</del>" in sight.html


def test_story_shows_what_an_act_changed(play, sit):
    with march(2):
        task = play.signed()
        services.extend_deadline(play.office, play.ask_later(task, in_march(20)))
        html = sit("office").open("task", task.pk).html

    assert '完成时限</span> <del>2026-03-10</del> <span class="changes-arrow">→</span> <ins>2026-03-20</ins>' in html


def test_story_leaves_out_what_is_empty(play, sit):
    with march(2):
        task = play.signed()
        play.apply(task)
        html = sit("office").open("task", task.pk).html

    assert ("申请销号" in html, "尚未回复的配合单位" in html) == (True, False)


def test_story_says_what_the_clock_did_by_itself(play, sit):
    with march(2):
        task = play.task()
    with march(4):
        services.climb_ladder()
        sight = sit("office").open("task", task.pk)

    assert sight.story[:2] == [
        "2026-03-04 10:00 系统自动 到时提醒 · 临期 · 反馈 · 县住建局",
        "2026-03-04 10:00 系统自动 到时提醒 · 逾期 · 安排部署 · 县住建局",
    ]


def test_task_that_is_not_ones_own_is_not_there(play, sit):
    with march(2):
        task = play.task()
        seen = {key: sit(key).open("task", task.pk).status for key in ("finance_head", "neighbor_office", "township")}

    assert seen == {"finance_head": 404, "neighbor_office": 404, "township": 404}


def test_task_beside_a_list_leaves_the_frame_off(play, sit):
    with march(2):
        task = play.task()
        desk = sit("office")
        response = desk.client.get(
            f"/supervision/tasks/{task.pk}/", headers={"HX-Request": "true", "HX-Target": "beside"}
        )

    html = response.content.decode()
    assert (html.count('class="rail"'), html.count('hx-target="#beside"')) == (0, 2)


def test_what_was_reported_and_decided_is_said_once_in_the_story(play, sit):
    with march(2):
        task = play.signed()
        play.apply(task)
        play.send_back(task)
        sit("works_handler").send("part-report", play.part(task).pk, kind="progress", text="补了一段")
        html = sit("office").open("task", task.pk).html

    assert [html.count(words) for words in ("补了一段", "还差一段")] == [1, 1]


def test_what_was_asked_and_became_of_it_stands_below_the_story(play, sit):
    with march(2):
        task = play.signed()
        play.apply(task)
        play.send_back(task)
        html = sit("office").open("task", task.pk).html

    assert said(html[html.index("申请与审定") :]).startswith(
        "申请与审定 申请销号 · 县住建局 · 不同意 县政府督查室 督查室主任"
    )


# --- what is asked for, beforehand -----------------------------------------------------------------------------------
def labels(html: str, form: str) -> list[str]:
    """The labels of the fields of a form, with the mark of what may be left out."""
    inside = re.search(rf'<form[^>]*action="{form}".*?</form>', html, re.DOTALL)
    return [said(each) for each in re.findall(r'class="row-label"[^>]*>(.*?)</(?:label|span)>', inside[0], re.DOTALL)]


def test_a_return_asks_for_its_reason_where_closing_may_go_without(play, sit):
    with march(2):
        request = play.apply(play.signed())
        html = sit("office").open("task", request.part.task_id).html

    url = f"/supervision/requests/{request.pk}"
    assert (labels(html, f"{url}/close/"), labels(html, f"{url}/return/")) == (["评价等次", "意见 选填"], ["理由"])


def test_no_grade_is_chosen_beforehand(play, sit):
    with march(2):
        request = play.apply(play.signed())
        html = sit("office").open("task", request.part.task_id).html
        refused = sit("office").send("request-close", request.pk, grade="", note="")

    assert (re.findall(r'<option value="[a-z]*" selected', html), refused.status) == (
        ['<option value="" selected'],
        422,
    )


# --- the story -------------------------------------------------------------------------------------------------------
def test_runs_of_reminders_are_folded_into_one_line(play, sit):
    with march(2):
        task = play.task()
    for day in (3, 4, 5, 6):
        with march(day):
            services.run_clocks()
    with march(6):
        services.sign_for_task(play.speaker("works"), play.part(task))
        html = sit("office").open("task", task.pk).html

    folded = re.findall(r"<details>\s*<summary.*?</details>", html, re.DOTALL)
    assert (len(folded), folded[0].count("story-head") > 1) == (1, True)
    assert acts_outside(html) == ["签收", "交办", "拟办"]


def acts_outside(html: str) -> list[str]:
    """The acts of the story that are not folded."""
    plain = re.sub(r"<details>\s*<summary.*?</details>", "", html, flags=re.DOTALL)
    return [said(each) for each in re.findall(r'class="story-act">(.*?)</span>', plain)]


def test_a_story_without_reminders_folds_nothing(play, sit):
    with march(2):
        task = play.task()
    with march(3):
        html = sit("office").open("task", task.pk).html

    assert ("<details>" in html, acts_outside(html)) == (False, ["交办", "拟办"])
