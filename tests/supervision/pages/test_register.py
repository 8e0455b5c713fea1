"""The register: every task, narrowed, kept, counted, assigned in bulk."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from sushui.kernel.models import SavedView
from sushui.supervision import services
from sushui.supervision.enums import OrderKind, TaskKind, TaskState
from tests.supervision.play import march


def titles(sight) -> list[str]:
    """The titles of the rows, which have no blanks in these tests."""
    return [next(word for word in row.split(" ") if not word[0].isdigit()) for row in sight.rows]


def test_register_shows_what_is_in_hand_by_deadline(play, sit):
    with march(2):
        play.draft(title="拟办的")
        play.task(title="早的")
        play.close(play.apply(play.signed(title="销号的")).part.task)
    with march(3):
        play.task(title="晚的")
        sight = sit("office").open("register")

    assert (titles(sight), "共 2 项：红灯 0，黄灯 2" in sight.html) == (["早的", "晚的"], True)


def test_register_row_says_light_state_agency_and_deadline(play, sit):
    with march(2):
        play.task(leader_post_id=play.post_id("leader"))
    with march(3):
        sight = sit("office").open("register")

    assert sight.rows == ["2026-1-1 修好一条路 ▲ 黄 安排部署 逾期 1 个工作日 已交办 县住建局 常务副县长 2026-03-02"]


def test_register_is_narrowed_by_each_chip(play, sit):
    with march(2):
        play.task("finance", title="财政的")
        play.signed(title="签收的", kind=TaskKind.MAJOR)
        play.task(title="领导的", leader_post_id=play.post_id("leader"))
    with march(3):
        desk = sit("office")
        narrowed = {
            "agency": play.agency_id("finance"),
            "state": "signed",
            "leader": play.post_id("leader"),
            "kind": "major",
            "text": "财政",
        }
        found = {name: titles(desk.open("register", **{name: value})) for name, value in narrowed.items()}

    assert found == {
        "agency": ["财政的"],
        "state": ["签收的"],
        "leader": ["领导的"],
        "kind": ["签收的"],
        "text": ["财政的"],
    }


def test_register_is_narrowed_by_light_and_day(play, sit):
    with march(2):
        play.task(title="红的")
    with march(9):
        play.signed(title="黄的")
        desk = sit("office")

        assert titles(desk.open("register", light="red")) == ["红的"]
        assert titles(desk.open("register", light="yellow")) == ["黄的"]
        assert titles(desk.open("register", due_before="2026-03-05")) == ["红的"]


def test_register_of_an_order_shows_its_ended_tasks_too(play, sit):
    with march(2):
        order = play.order(title="本次会议")
        play.withdraw(play.task(order=order, title="撤回的"))
        play.task(title="别的")
        sight = sit("office").open("register", order=order.pk)

    assert titles(sight) == ["撤回的"]


def test_register_with_a_chip_that_is_not_understood_leaves_it_out(play, sit):
    with march(2):
        play.task(title="在办的")
        sight = sit("office").open("register", light="blue", agency="x", due_before="someday", order="nine")

    assert titles(sight) == ["在办的"]


def test_register_sorts_by_number_both_ways(play, sit):
    with march(2):
        order = play.order()
        for title in ("甲", "乙"):
            play.task(order=order, title=title)
        desk = sit("office")

        assert titles(desk.open("register", sort="number")) == ["甲", "乙"]
        assert titles(desk.open("register", sort="-number")) == ["乙", "甲"]
        assert titles(desk.open("register", sort="-pk")) == ["乙", "甲"]


def test_register_of_everything_stands_newest_first(play, sit):
    with march(2):
        play.close(play.apply(play.signed(title="销号的")).part.task)
        play.task(title="在办的")
        sight = sit("office").open("register", scope="all")

    assert titles(sight) == ["在办的", "销号的"]


def test_register_pages_and_comes_back(play, sit):
    with march(2):
        drafts = [services.TaskDraft(f"第{number}项", play.agency_id("works")) for number in range(1, 56)]
        services.assign_tasks(play.office, services.draft_tasks(play.office, play.order(), drafts))
        desk = sit("office")
        first = desk.open("register", sort="number")
        second = desk.open("register", sort="number", after=cursor(first, "after"))
        again = desk.open("register", sort="number", before=cursor(second, "before"))

    assert (titles(first)[0], titles(second), titles(again)) == (
        "第1项",
        [f"第{number}项" for number in range(51, 56)],
        titles(first),
    )


def cursor(sight, way: str) -> str:
    return sight.html.split(f"{way}=")[-1].split('"')[0].split("&")[0]


def test_register_without_a_match_says_how_to_see_more(play, sit):
    with march(2):
        play.task()
        sight = sit("office").open("register", state="closed")

    assert sight.empty == "没有符合条件的事项。"


def test_empty_register_says_where_tasks_come_from(play, sit):
    with march(2):
        assert sit("office").open("register").empty == "没有在办事项。"


def test_office_assigns_all_ticked_drafts(play, sit):
    with march(2):
        drafts = [play.draft() for _ in range(2)]
        sight = sit("office").send("register-assign", row=[draft.pk for draft in drafts])

    states = [play.now(draft).state for draft in drafts]
    assert (sight.messages, states) == (["所选事项均已交办。"], [TaskState.ASSIGNED] * 2)


def test_bulk_assignment_is_all_or_none_and_says_which_cannot(play, sit):
    with march(2):
        order = play.order()
        good, bad = play.draft(order=order), play.draft(lead=None, order=order)
        sight = sit("office").send("register-assign", row=[good.pk, bad.pk])

    assert sight.errors == ["第 2 项没有牵头单位。请打开该事项，填写牵头单位。"]
    assert play.now(good).state is TaskState.DRAFTED


def test_ticked_inspections_ask_why_again_before_they_are_assigned(play, sit):
    with march(2):
        play.task(order=play.order(kind=OrderKind.INSPECTION, title="上次督查"), title="查过的")
        draft = play.draft(order=play.order(kind=OrderKind.INSPECTION))
        asked = sit("office").send("register-assign", row=draft.pk)
        empty = sit("office").send("register-assign", row=draft.pk, note="")
        before = play.now(draft).state
        sit("office").send("register-assign", row=draft.pk, note="整改期满复核")

    assert ("查过的" in asked.html, asked.errors, len(empty.errors), before) == (True, [], 1, TaskState.DRAFTED)
    assert (play.now(draft).state, play.last_line(draft).note) == (TaskState.ASSIGNED, "整改期满复核")


def test_leader_cannot_assign(play, sit):
    with march(2):
        draft = play.draft()

        assert sit("leader").send("register-assign", row=draft.pk).status == 403


def test_filters_are_kept_under_a_name_and_dropped_again(play, sit):
    with march(2):
        desk = sit("office")
        kept = desk.send("register-keep-view", name="红灯住建", query="light=red&agency=4")
        view = SavedView.objects.get()
        desk.send("register-drop-view", view.pk)

    assert ("红灯住建" in kept.html, view.post_id) == (True, play.post_id("office"))
    assert SavedView.objects.count() == 0


def test_what_is_closed_shows_its_day_and_no_light(play, sit):
    with march(2):
        play.close(play.apply(play.signed(title="销号的")).part.task)
        sight = sit("office").open("register", scope="all")

    assert sight.rows == ["2026-1-1 销号的 — 已销号 · 良好 县住建局 2026-03-02 销号"]


@pytest.mark.parametrize("name", ["agency", "leader", "lead", "awaited", "order"])
@pytest.mark.parametrize("number", ["²", "9" * 30, "x"])
def test_number_that_is_none_narrows_nothing(play, sit, name, number):
    with march(2):
        play.task(title="早的")
        sight = sit("office").open("register", **{name: number})

    assert (sight.status, titles(sight)) == (200, ["早的"])


@pytest.mark.parametrize("number", ["²", "9" * 30])
def test_row_that_is_none_is_not_assigned(play, sit, number):
    with march(2):
        draft = play.draft()
        sit("office").send("register-assign", row=[draft.pk, number])

    assert play.now(draft).state is TaskState.ASSIGNED


def test_page_sends_the_name_of_a_view_as_it_is_heard(play, sit):
    with march(2):
        play.task()
        html = sit("office").open("register", light="red").html
    form = html[html.index(reverse("supervision:register-keep-view")) :]

    assert re.findall(r'<input[^>]* name="(query|name|label)"', form[: form.index("</form>")]) == ["query", "name"]


def test_kept_view_of_another_post_cannot_be_dropped(play, sit):
    with march(2):
        sit("office").send("register-keep-view", name="我的", query="light=red")
        status = sit("office_second").send("register-drop-view", SavedView.objects.get().pk).status

    assert (status, SavedView.objects.count()) == (404, 1)


def test_register_is_the_offices_and_the_leaders(play, sit):
    with march(2):
        keys = ("office", "project_office", "leader", "city_leader", "works_head", "township", "administrator")
        seen = {key: sit(key).open("register").status for key in keys}

    assert [key for key, status in seen.items() if status == 200] == [
        "office",
        "project_office",
        "leader",
        "city_leader",
    ]


def test_register_of_the_neighbor_is_not_seen(play, sit):
    with march(2):
        play.task(title="本县的")

        assert sit("neighbor_office").open("register").rows == []
        assert titles(sit("city_leader").open("register")) == ["本县的"]


def test_register_prints_every_row_that_its_filters_leave(play, sit):
    with march(2):
        for number in range(51):
            play.draft(title=f"第{number}件")
        play.task()
        screen = sit("office").open("register", state="drafted")
        paper = sit("office").open("register", state="drafted", print="1")

    assert (len(screen.rows), len(paper.rows), "data-print-now" in paper.html) == (50, 51, True)
