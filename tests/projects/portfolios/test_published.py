"""A version of the portfolio as OC4IDS: its projects, and no others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sushui.kernel.errors import Forbidden
from sushui.kernel.models import AuditLine
from sushui.projects.adapter.schema import flaws_of
from sushui.projects.services import exchange
from tests.projects.pages.reading import Desk
from tests.projects.portfolios.lists import Lists

pytestmark = pytest.mark.usefixtures("_in_january")
Sit = Callable[[str], Desk]


def test_a_version_tells_its_projects_and_no_others(lists: Lists) -> None:
    lists.sized("甲", 3)
    version = lists.drafted()
    lists.sized("乙", 2)

    told = exchange.published_portfolio(lists.viewer("leader"), version)["projects"]

    assert ([each["title"] for each in told], [flaws_of(each) for each in told]) == (["甲"], [[]])


def test_it_stands_in_the_story_of_the_version(lists: Lists) -> None:
    lists.sized("甲", 3)

    exchange.published_portfolio(lists.office, lists.drafted())

    line = AuditLine.objects.latest("id")
    assert (line.verb, line.after["count"]) == ("export_oc4ids", 1)


def test_who_sees_no_portfolio_gets_none(lists: Lists) -> None:
    version = lists.drafted()

    with pytest.raises(Forbidden):
        exchange.published_portfolio(lists.viewer("works_head"), version)


def test_the_page_of_a_version_hands_it_out(lists: Lists, sit: Sit) -> None:
    lists.sized("甲", 3)
    version = lists.drafted()
    leader = sit("leader")
    url = f"/projects/portfolios/versions/{version.pk}/oc4ids/"

    page, answer = leader.open("portfolio-version", version.pk), leader.client.get(url)
    told = leader.client.get(f"/api/projects/portfolio-versions/{version.pk}/oc4ids").json()

    assert (f'href="{url}"' in page.html, answer["Content-Disposition"]) == (
        True,
        f'attachment; filename="oc4ids-portfolio-{version.pk}.json"',
    )
    assert [each["title"] for each in told["projects"]] == ["甲"]
