"""What a look costs: as many questions to the database for one project as for thirty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from sushui.projects import services
from tests.projects.pages.reading import Desk
from tests.projects.pages.test_costs import asked
from tests.projects.play import Play, on

Sit = Callable[[str], Desk]
MOST = {"ledger": 34, "board": 29, "gantt": 22, "gantt-rows": 14, "map": 26, "wall-chart": 31}


def fill(play: Play, count: int) -> None:
    """So many projects with a plan, a milestone and a place."""
    for _number in range(count):
        project = play.building(total_investment=Decimal(80_000_000))
        play.plan(project, m1=100, m2=100)
        services.add_milestone(play.office, project, name="封顶", planned_on=date(2026, 5, 1))


@pytest.mark.parametrize("name", MOST)
@pytest.mark.parametrize("key", ["leader", "works_handler"])
def test_a_look_asks_no_more_for_many_projects(play: Play, sit: Sit, name: str, key: str) -> None:
    with on("2026-01-20"):
        fill(play, 1)
        desk = sit(key)
        few = asked(desk, name)
        fill(play, 14)

        assert asked(desk, name) == few
        assert few <= MOST[name]
