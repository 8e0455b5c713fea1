"""The main job from end to end: a work list comes in, one of its tasks goes to zero, and the post changes hands.

With the real list where it is at hand (`tests/supervision/imports/shared.py`), else with a made-up one like it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sushui.supervision.enums import Grade, TaskKind, TaskState
from sushui.supervision.models import SupervisedTask
from tests.browser.conftest import PHONE, Person
from tests.browser.steps import (
    answer_all,
    apply_for_closing,
    decide,
    describe,
    hand_over,
    import_and_assign,
    report_beside_the_list,
    send_in,
    sign_for,
)
from tests.cast import County

pytestmark = pytest.mark.browser

STORY = [
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


def import_the_list(office: Person, workbook: Path, agency: int) -> None:
    send_in(office, workbook)
    describe(office)
    answer_all(office, agency)
    import_and_assign(office)


def one_task(county: County) -> SupervisedTask:
    """A general task of the list that one agency has alone."""
    tasks = SupervisedTask.objects.filter(lead_agency=county.agencies["works"], kind=TaskKind.GENERAL)
    return next(task for task in tasks.order_by("number") if task.parts.count() == 1)


def read_story(office: Person, task: SupervisedTask) -> list[str]:
    """What was done to the task, the first act first; what the clockwork did is left out."""
    office.go(f"/supervision/tasks/{task.pk}/")
    office.shoot("whole-journey-story")
    return [act for act in reversed(office.read(".story-act")) if not act.startswith("到时提醒")]


def test_a_row_of_the_list_goes_to_zero_while_the_person_in_the_post_changes(
    seat: Callable[..., Person], committed_county: County, workbook: Path
) -> None:
    county = committed_county
    office, handler = seat(county.user("office")), seat(county.user("works_handler"), PHONE)

    import_the_list(office, workbook, county.agencies["works"].pk)
    title = one_task(county).title
    sign_for(handler, title)
    report_beside_the_list(seat(county.user("works_handler")), title, "班子会已研究，责任到人。")
    successor = seat(hand_over(county))
    report_beside_the_list(successor, title, "完成过半。")
    apply_for_closing(successor, title, "已全部完成。")
    decide(office, title, "缺验收材料，请补充。", "退回")
    apply_for_closing(successor, title, "验收材料已补充。")
    decide(office, title, "材料齐全。", "销号", "良好")

    task = SupervisedTask.objects.get(title=title)
    assert (task.state, task.grade, task.is_open) == (TaskState.CLOSED, Grade.GOOD, False)
    assert read_story(office, task) == STORY
    handler.go("/supervision/mine/")
    assert handler.read("h1") == ["您目前没有任职岗位"]
