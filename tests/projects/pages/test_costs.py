"""What a page costs: as many questions to the database for one row as for thirty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sushui.projects import services
from sushui.projects.enums import BottleneckKind, FundingSource
from sushui.projects.models import Project
from tests.projects.pages.reading import Desk
from tests.projects.play import Play, on

Sit = Callable[[str], Desk]


def asked(desk: Desk, name: str, *args: int) -> int:
    """How many queries opening the page takes, sign-in left out."""
    desk.open(name, *args)
    with CaptureQueriesContext(connection) as queries:
        desk.open(name, *args)
    return len(queries)


def fill(play: Play, count: int) -> None:
    """So many projects with a plan, a figure and a milestone, behind their time."""
    for _number in range(count):
        project = play.building(total_investment=Decimal(80_000_000))
        play.plan(project, m1=100, m2=100)
        play.report(project, m1=10)
        services.add_milestone(play.office, project, name="封顶", planned_on=date(2026, 5, 1))


@pytest.mark.parametrize(("name", "key"), [("ledger", "leader"), ("own", "works_handler"), ("ledger", "city_leader")])
def test_a_list_asks_no_more_for_many_rows(play: Play, sit: Sit, name: str, key: str) -> None:
    with on("2026-03-02"):
        fill(play, 1)
        desk = sit(key)
        few = asked(desk, name)
        fill(play, 29)

        assert asked(desk, name) == few


def test_a_project_asks_no_more_for_much(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        few, many = play.building(), play.building()
        for project, count in ((few, 1), (many, 12)):
            for number in range(1, count + 1):
                plant(play, project, number)
        desk = sit("project_office")

        assert asked(desk, "project", many.pk) == asked(desk, "project", few.pk)


def plant(play: Play, project: Project, number: int) -> None:
    """A milestone, a bottleneck, money with a payment and a month's plan."""
    services.add_milestone(play.office, project, name=f"节点{number}", planned_on=date(2026, 5, 1))
    services.raise_bottleneck(play.office, project, kind=BottleneckKind.LAND, text="缺地", found_on=date(2026, 3, 1))
    received = services.receive_funds(
        play.office, project, source=FundingSource.STATE_BUDGET, amount=Decimal(10_000), received_on=date(2026, 2, 1)
    )
    services.pay_funds(play.office, received, amount=Decimal(100), paid_on=date(2026, 2, 1))
    play.plan(project, **{f"m{number}": 100})
