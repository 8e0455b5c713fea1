"""The story tells tasks and files among all else, in the order of time."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from sushui.kernel.models import AuditLine
from sushui.projects.panels.story import story_of
from tests.projects.play import Play, on

CHINA = ZoneInfo("Asia/Shanghai")


def task(**values: Any) -> Any:
    given = {
        "pk": 7,
        "title": "解决用地",
        "assigned_on": date(2026, 2, 1),
        "closed_on": None,
        "created_at": datetime(2026, 2, 1, 9, tzinfo=CHINA),
        "lead_agency": "县自然资源局",
    }
    return SimpleNamespace(**{**given, **values})


def test_a_task_is_told_when_it_was_raised_and_closed() -> None:
    with on("2026-04-01"):
        entries = story_of([], [], tasks=[task(closed_on=date(2026, 3, 1))])

    assert [str(entry.act) for entry in entries] == ["办结督办事项：解决用地", "交办督办事项：解决用地"]
    assert {entry.url for entry in entries} == {"/supervision/tasks/7/"}


def test_a_draft_of_a_task_is_not_told() -> None:
    assert story_of([], [], tasks=[task(assigned_on=None)]) == []


def test_an_attached_file_is_named(play: Play) -> None:
    line = AuditLine(
        verb="attach_files", at=datetime(2026, 2, 1, tzinfo=CHINA), after={"files": ["批复.pdf", "图.png"]}
    )
    (entry,) = story_of([line], [])

    assert [(str(each.label), each.after) for each in entry.changes] == [("附件", "批复.pdf、图.png")]
