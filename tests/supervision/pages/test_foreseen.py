"""Before a draft is assigned, its page says the deadlines that an assignment today would give."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from sushui.supervision.enums import NodeCycle, TaskKind
from sushui.supervision.models import SupervisedTask, TaskClock
from sushui.supervision.panels.foreseen import foreseen
from tests.supervision.pages.reading import Reader, said
from tests.supervision.play import Play, march

DRAFTS = {
    "general": {},
    "major": {"kind": TaskKind.MAJOR},
    "dated": {"deadline_on": date(2026, 4, 30)},
    "monthly": {"kind": TaskKind.CONTINUING, "node_cycle": NodeCycle.MONTHLY},
    "monthly with an end": {
        "kind": TaskKind.CONTINUING,
        "node_cycle": NodeCycle.MONTHLY,
        "deadline_on": date(2026, 6, 30),
    },
    "with no node before its end": {"kind": TaskKind.CONTINUING, "deadline_on": date(2026, 3, 20)},
}


def days_of(drafts: list[SupervisedTask]) -> list[tuple[str, list[date]]]:
    """Each agency with the deadlines that it would be given."""
    found = [part for each in foreseen(drafts) for part in each.parts]
    return [(str(given.part.agency), [due.on for due in given.dues]) for given in found]


@pytest.mark.parametrize("name", DRAFTS)
@march(2)
def test_what_is_foreseen_is_what_an_assignment_gives(play: Play, name: str) -> None:
    draft = play.draft(supporting=("finance",), **DRAFTS[name])
    shown = days_of([play.now(draft)])

    from_now = play.task(supporting=("finance",), **DRAFTS[name])

    given = TaskClock.objects.filter(task=from_now).select_related("part__agency").order_by("due_on", "pk")
    agencies = ("县住建局", "县财政局")
    assert shown == [(name, [each.due_on for each in given if str(each.part.agency) == name]) for name in agencies]


@march(2)
def test_nothing_is_started_by_looking(play: Play) -> None:
    foreseen([play.now(play.draft())])

    assert TaskClock.objects.count() == 0


@march(2)
def test_a_draft_without_agencies_has_nothing_to_foresee(play: Play) -> None:
    assert foreseen([play.now(play.draft(None))]) == []


@march(2)
def test_the_page_of_a_draft_says_its_deadlines(play: Play, sit: Callable[[str], Reader]) -> None:
    page = sit("office").open("task", play.draft().pk)

    assert callout(page.html) == "县住建局 · 牵头单位 安排部署 2026-03-02 · 反馈 2026-03-04 · 办结 2026-03-10"


@pytest.mark.parametrize("page", ["task-assign", "task-edit"])
@march(2)
def test_the_forms_of_a_draft_say_them_too(play: Play, sit: Callable[[str], Reader], page: str) -> None:
    shown = sit("office").open(page, play.draft().pk)

    assert callout(shown.html).endswith("办结 2026-03-10")


@march(2)
def test_the_list_of_drafts_to_be_assigned_at_once_says_them_by_task(play: Play, sit: Callable[[str], Reader]) -> None:
    drafts = [play.draft(), play.draft("finance", deadline_on=date(2026, 4, 30))]

    assert days_of([play.now(each) for each in drafts]) == [
        ("县住建局", [date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 10)]),
        ("县财政局", [date(2026, 3, 2), date(2026, 3, 4), date(2026, 4, 30)]),
    ]


def callout(html: str) -> str:
    """What the page foresees."""
    found = re.search(r"如今日交办，各项时限(.*?)</dl>", html, re.DOTALL)
    return said(found[1]) if found else ""
