"""The board of investors: a column for each node, whose cards lead on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from sushui.projects import queries, services
from sushui.projects.enums import PromotionNode
from sushui.projects.models import PromotionLead
from sushui.projects.services import LeadDraft
from sushui.projects.views.leads import AT_ONCE
from tests.cast import County
from tests.projects.pages.reading import Desk, desk
from tests.projects.play import Play, on
from tests.supervision.pages.reading import said

Sit = Callable[[str], Desk]
BEGAN, SIGNED = date(2026, 1, 8), date(2026, 2, 20)


@pytest.fixture
def sit(county: County) -> Sit:
    return lambda key: desk(county, key)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with on("2026-03-02"):
        yield


def lead(play: Play, name: str = "甲", began_on: date = BEGAN, agency: str = "works") -> PromotionLead:
    draft = LeadDraft(name, "涑水新能源有限公司", play.agency_id(agency), intended_investment=Decimal(10**8))
    return services.register_lead(play.office, draft, began_on=began_on)


def one_at_each_node(play: Play) -> None:
    """甲 in talks, 乙 with a framework agreement, 丙 a project; 丁 was dropped."""
    lead(play)
    services.reach_framework(play.office, lead(play, "乙"), on=SIGNED, number="框架1号")
    services.found_project(play.office, lead(play, "丙"), on=SIGNED, number="合同1号")
    services.drop_lead(play.office, lead(play, "丁"), reason="企业选址他县")


def columns(html: str) -> list[str]:
    """What stands in each column, in words."""
    return [said(part).strip() for part in html.split('<section class="board-column">')[1:]]


# --- what is read ----------------------------------------------------------------------------------------------------
def test_the_newest_of_each_node_are_read_in_one_query(play: Play, django_assert_num_queries: Any) -> None:
    one_at_each_node(play)
    for day in (1, 9, 5):
        lead(play, f"{day}日", date(2026, 1, day))
    rows = queries.leads(play.office, state="followed")

    with django_assert_num_queries(1):
        found = queries.first_of_each_node(rows, 2)

    assert {node: [each.name for each in leads] for node, leads in found.items()} == {
        PromotionNode.TALKS: ["9日", "甲"],
        PromotionNode.FRAMEWORK: ["乙"],
        PromotionNode.CONTRACT: ["丙"],
    }


def test_whom_nobody_follows_is_not_counted(play: Play) -> None:
    one_at_each_node(play)

    sums = queries.node_sums(queries.leads(play.office, state="followed"))

    assert [count for count, _amount in sums.values()] == [1, 1, 1]


# --- the page --------------------------------------------------------------------------------------------------------
def test_each_investor_stands_at_their_node_with_the_next_act(play: Play, sit: Sit) -> None:
    one_at_each_node(play)

    shown = columns(sit("project_office").open("lead-board").html)

    told = [[words for words in ("甲", "乙", "丙", "丁") if words in column.split()] for column in shown]
    acts = [[act for act in ("已签框架协议", "已签合同，转为项目", "已转为项目") if act in column] for column in shown]
    assert (told, acts) == ([["甲"], ["乙"], ["丙"]], [["已签框架协议"], ["已签合同，转为项目"], ["已转为项目"]])


@pytest.mark.parametrize(
    ("key", "acts"),
    [("project_office", [True, True]), ("works_handler", [True, False]), ("leader", [False, False])],
)
def test_each_is_offered_what_they_may_do(play: Play, sit: Sit, key: str, acts: list[bool]) -> None:
    one_at_each_node(play)

    html = sit(key).open("lead-board").html

    assert [f"/{verb}/" in html for verb in ("framework", "found")] == acts


def test_a_long_column_leads_to_the_rest_in_the_list(play: Play, sit: Sit) -> None:
    for number in range(AT_ONCE + 2):
        lead(play, f"第{number}家")

    html = sit("project_office").open("lead-board").html

    assert html.count('<article class="card-project">') == AT_ONCE
    assert f"{reverse('projects:lead-list')}?state=open&amp;node=talks" in html


def test_an_agency_sees_its_own_alone(play: Play, sit: Sit) -> None:
    lead(play, "甲")
    lead(play, "乙", agency="finance")

    html = sit("works_handler").open("lead-board").html

    assert [name in html for name in (">甲</a>", ">乙</a>")] == [True, False]


def test_no_contact_stands_on_the_board(play: Play, sit: Sit) -> None:
    draft = LeadDraft("甲", "乙公司", play.agency_id("works"), contact_name="张三", contact_phone="13800000000")
    services.register_lead(play.office, draft, began_on=BEGAN)

    html = sit("project_office").open("lead-board").html

    assert ("张三" in html, "13800000000" in html) == (False, False)


def test_an_empty_board_says_how_investors_come(play: Play, sit: Sit) -> None:
    html = sit("works_handler").open("lead-board").html

    assert ('class="board"' in html, f'href="{reverse("projects:lead-register")}"' in html) == (False, True)


def test_list_and_board_lead_to_each_other(play: Play, sit: Sit) -> None:
    office, board, home = sit("project_office"), reverse("projects:lead-board"), reverse("projects:lead-list")

    pages = [office.open(name).html for name in ("lead-list", "lead-board")]

    assert [(f'href="{board}"' in html, f'href="{home}?state=open"' in html) for html in pages] == [(True, True)] * 2


def test_a_board_of_many_costs_as_much_as_of_one(play: Play, sit: Sit, django_assert_max_num_queries: Any) -> None:
    office, costs = sit("project_office"), []
    one_at_each_node(play)
    office.open("lead-board")
    for _time in range(2):
        with django_assert_max_num_queries(100) as counted:
            office.open("lead-board")
        costs.append(len(counted))
        for number in range(5):
            lead(play, f"第{number}家")

    assert costs[0] == costs[1]
