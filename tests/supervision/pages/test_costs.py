"""What a page costs: as many questions to the database for one row as for thirty."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sushui.supervision import services
from sushui.supervision.enums import OrderKind
from tests.supervision.play import march

PAGES = {
    "mine": "works_handler",
    "agency": "works_head",
    "register": "office",
    "red": "leader",
    "decisions": "office",
    "orders": "office",
}


def asked(sit, key: str, name: str, *args) -> int:
    """How many queries opening the page takes, sign-in left out."""
    desk = sit(key)
    desk.open(name, *args)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        desk.open(name, *args)
    return len(queries)


def fill(play, count: int) -> None:
    """So many orders, each with a task that has been applied for, in the past enough to be red."""
    with march(2):
        for _ in range(count):
            task = play.signed("works", ("finance",), order=play.order(leader_post_id=play.post_id("leader")))
            play.apply(task)
            play.task("works", ("finance",))


@pytest.mark.parametrize("name", PAGES)
def test_list_asks_no_more_for_many_rows(play, sit, name):
    fill(play, 1)
    with march(13):
        few = asked(sit, PAGES[name], name)
    fill(play, 15)
    with march(13):
        many = asked(sit, PAGES[name], name)

    assert many == few


def test_task_asks_no_more_for_many_parts(play, sit):
    with march(2):
        few = play.signed("works", ("finance",))
        many = play.signed("works", ("finance", "gujiang", "hengshui", "reform", "statistics"))
        for task in (few, *[many] * 8):
            play.report(task, "progress")

        assert asked(sit, "office", "task", many.pk) == asked(sit, "office", "task", few.pk)


def test_order_asks_no_more_for_many_tasks(play, sit):
    with march(2):
        few, many = play.order(kind=OrderKind.INSPECTION), play.order(kind=OrderKind.INSPECTION)
        for order, count in ((few, 1), (many, 30)):
            drafts = [services.TaskDraft(f"第{number}项", play.agency_id("works")) for number in range(count)]
            services.draft_tasks(play.office, order, drafts)

        assert asked(sit, "office", "order", many.pk) == asked(sit, "office", "order", few.pk)
