"""What an agency's day says of the permits that lie with it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sushui.kernel.front import Figure, front
from sushui.projects.enums.permits import PermitDoubt
from sushui.projects.models import PermitStep
from sushui.projects.services import permits as services
from tests.projects.pages.reading import Desk, desk
from tests.projects.permits.playing import Permits
from tests.projects.play import on
from tests.supervision.pages.reading import said

TITLE = "我单位办理中的审批"
FILED_ON = "2026-03-02"


def figure(permits: Permits, who: str) -> Figure | None:
    """The figure of permits in a viewer's day."""
    return next((each for each in front.day_for(permits.play.viewer(who)).figures if str(each.label) == TITLE), None)


def filed(permits: Permits, count: int = 1) -> None:
    """So many projects whose filing lies with the finance bureau."""
    for number in range(count):
        permits.file(permits.planned(name=f"第{number}项"), "filing", FILED_ON)


@pytest.mark.parametrize(("who", "counted"), [("finance_handler", 2), ("finance_head", 2), ("works_handler", None)])
def test_the_day_counts_what_lies_with_the_own_agency(permits: Permits, who: str, counted: int | None) -> None:
    with on(FILED_ON):
        filed(permits, 2)
        found = figure(permits, who)

    assert (found.value if found else None) == counted


def test_what_was_granted_lies_with_nobody(permits: Permits) -> None:
    with on(FILED_ON):
        filed(permits)
        permits.grant(PermitStep.objects.get(filed_on=date(2026, 3, 2)).project, "filing", FILED_ON)

        assert figure(permits, "finance_head") is None


def test_the_day_turns_red_once_a_limit_has_passed(permits: Permits) -> None:
    lit = []
    with on(FILED_ON):
        permits.file(permits.planned(), "works_planning_permit", FILED_ON, confirmed=set(PermitDoubt))
        lit.append(figure(permits, "finance_head"))
    with on("2026-06-01"):
        services.read_permits_due()
        lit.append(figure(permits, "finance_head"))

    assert [each.status if each else None for each in lit] == ["", "red"]


def test_the_figure_leads_to_the_rows_that_it_counts(permits: Permits) -> None:
    with on(FILED_ON):
        filed(permits, 3)
        found = figure(permits, "finance_head")
        assert found is not None
        html = desk(permits.play.county, "finance_head").client.get(found.url).content.decode()

    assert (found.value, html.count("data-row")) == (3, 3)


def test_the_day_names_the_steps_and_their_projects(permits: Permits) -> None:
    with on(FILED_ON):
        filed(permits)
        html = desk(permits.play.county, "finance_head").client.get("/").content.decode()

    block = said(html.split(TITLE)[-1].split("</table>")[0])
    assert ("备案" in block, "第0项" in block) == (True, True)


def test_the_day_asks_no_more_for_many_permits(permits: Permits) -> None:
    with on(FILED_ON):
        filed(permits)
        finance = desk(permits.play.county, "finance_head")
        few = asked(finance)
        filed(permits, 5)

        assert asked(finance) == few


def asked(finance: Desk) -> int:
    finance.client.get("/")
    with CaptureQueriesContext(connection) as queries:
        finance.client.get("/")
    return len(queries)


def test_the_own_list_leads_to_the_permits_that_are_held(permits: Permits) -> None:
    with on(FILED_ON):
        filed(permits)
        html = desk(permits.play.county, "finance_head").open("own").html

    assert 'href="/projects/permits/?mine=1"' in html
