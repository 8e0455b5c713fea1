"""The whole way of a task in a real browser, from the order to zero, with the person in the post changed on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sushui.supervision.enums import Grade, TaskState
from sushui.supervision.models import SupervisedTask
from tests.browser.conftest import PHONE, Person
from tests.browser.steps import apply_for_closing, decide, hand_over, report_beside_the_list, sign_for
from tests.cast import County

pytestmark = pytest.mark.browser

TASK = "推进北环路拆迁收尾，完成剩余三户协议签订并交付施工场地"


def draft_and_assign(office: Person) -> None:
    """An order, one task, assigned from the register by ticking it."""
    office.go("/supervision/orders/new/")
    office.page.get_by_label("标题").fill("县重点项目调度会")
    office.send("新建督办单")
    office.press("县重点项目调度会")
    office.press("新建事项")
    office.page.get_by_label("事项", exact=True).fill(TASK)
    office.page.locator("[name=lead]").select_option(label="县住建局")
    office.page.get_by_label("县财政局", exact=True).check()
    office.shoot("journey-1-draft")
    office.send("保存")
    office.go("/supervision/register/?state=drafted")
    office.page.locator("[data-check-row]").check()
    office.shoot("journey-2-assign")
    office.send("交办")


def test_task_goes_from_order_to_zero_while_the_person_in_the_post_changes(
    seat: Callable[..., Person], committed_county: County
) -> None:
    county = committed_county
    office, handler = seat(county.user("office")), seat(county.user("works_handler"))

    draft_and_assign(office)
    sign_for(seat(county.user("works_handler"), PHONE), TASK)
    report_beside_the_list(handler, TASK, "班子会已研究，分管副局长牵头，今日入户。")
    successor = seat(hand_over(county))
    report_beside_the_list(successor, TASK, "两户已签，一户正在协商。")
    apply_for_closing(successor, TASK, "三户协议已签订两户。")
    decide(office, TASK, "还差一户，请继续办理。", "退回")
    apply_for_closing(successor, TASK, "三户协议全部签订，场地已移交。")
    decide(office, TASK, "材料齐全。", "销号", "优秀")

    task = SupervisedTask.objects.get()
    office.go(f"/supervision/tasks/{task.pk}/")
    office.shoot("journey-9-story")
    acts = office.read(".story-act")
    assert (task.state, task.grade) == (TaskState.CLOSED, Grade.EXCELLENT)
    assert list(reversed(acts)) == [
        "拟办",
        "交办",
        "签收",
        "报送进展 · 安排部署情况",
        "随岗位移交",
        "报送进展 · 办理情况反馈",
        "申请销号",
        "退回重办 · 县住建局",
        "申请销号",
        "准予销号 · 县住建局",
    ]


def test_what_was_typed_is_there_again_after_the_page_was_left(
    seat: Callable[..., Person], committed_county: County
) -> None:
    office = seat(committed_county.user("office"))
    office.go("/supervision/orders/new/")
    office.page.get_by_label("标题").fill("写到一半的督办单")

    office.go("/supervision/register/")
    office.go("/supervision/orders/new/")

    assert office.page.get_by_label("标题").input_value() == "写到一半的督办单"


def test_row_opens_its_own_page_on_a_phone(seat: Callable[..., Person], committed_county: County) -> None:
    draft_and_assign(seat(committed_county.user("office")))
    handler = seat(committed_county.user("works_handler"), PHONE)
    handler.go("/supervision/mine/")

    handler.open_row(TASK)

    assert handler.read("h1") == [TASK]
    handler.shoot("journey-task-phone")
