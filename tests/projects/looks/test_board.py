"""The board: a column for each stage, the first cards of each, and the way to more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from sushui.projects import services
from sushui.projects.enums import ProjectStage
from sushui.projects.panels.looks.board import FIRST, MORE
from tests.projects.pages.reading import Desk
from tests.projects.play import Play, on
from tests.supervision.pages.reading import Sight, said

Sit = Callable[[str], Desk]
YI = Decimal(100_000_000)


def columns(sight: Sight) -> dict[str, str]:
    """The head of each column that holds something: its stage and what it says."""
    heads = [said(each) for each in re.findall(r'<header class="board-head">(.*?)</header>', sight.html, re.DOTALL)]
    return {head.split(" ")[0]: head.partition(" ")[2] for head in heads if not head.endswith(" 0")}


def cards(sight: Sight) -> list[str]:
    return [said(each) for each in re.findall(r'<article class="card-project">(.*?)</article>', sight.html, re.DOTALL)]


def more(sight: Sight) -> tuple[str, str, str]:
    """What the way to more says, where it leads by script and where without."""
    found = re.search(r'<p class="board-more"><a href="([^"]*)"(?: hx-get="([^"]*)")?[^>]*>(.*?)</a>', sight.html)
    assert found is not None
    return found[3], (found[2] or "").replace("&amp;", "&"), found[1].replace("&amp;", "&")


def test_a_column_counts_and_sums_its_stage(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project(name="甲", total_investment=YI)
        play.project(name="乙", total_investment=YI * 2)
        play.building(name="丙")
        found = columns(sit("leader").open("board"))

    assert (list(found), found["谋划"]) == (["谋划", "已开工"], "2 3.00亿元")


def test_a_card_says_light_money_and_what_is_overdue(play: Play, sit: Sit) -> None:
    with on("2026-01-05"):
        project = play.building(total_investment=YI)
        services.add_milestone(play.office, project, name="封顶", planned_on=date(2026, 1, 20))
    with on("2026-02-01"):
        found = cards(sit("leader").open("board"))

    assert found == ["涑水装备产业园 ● 绿 县住建局 · 1.00亿元 封顶 逾期 12 天"]


def test_lights_carry_their_shape_and_word(play: Play, sit: Sit) -> None:
    with on("2026-06-01"):
        play.project(planned_start_month=date(2026, 1, 1))
        sight = sit("leader").open("board")

    assert (columns(sight)["谋划"].split(" ")[-3:], cards(sight)[0].split(" ")[1:3]) == (["■", "红", "1"], ["■", "红"])


def test_a_column_shows_its_first_and_leads_to_more(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        for number in range(FIRST + 3):
            play.project(name=f"第{number}项")
        desk = sit("leader")
        sight = desk.open("board", sector="")
        words, here, without_script = more(sight)
        rest = Sight(desk.client.get(here))

    assert (len(cards(sight)), words, len(cards(rest))) == (FIRST, "另有 3 个", 3)
    assert without_script == "/projects/?sector=&stage=planned"
    assert set(cards(sight)).isdisjoint(cards(rest))


def test_the_rest_goes_on_in_stretches(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        for number in range(FIRST + MORE + 1):
            play.project(name=f"第{number}项")
        desk = sit("leader")
        second = Sight(desk.client.get(more(desk.open("board"))[1]))
        third = Sight(desk.client.get(more(second)[1]))

    assert (len(cards(second)), len(cards(third)), "board-more" in third.html) == (MORE, 1, False)


def test_the_cards_of_no_stage_are_not_found(sit: Sit) -> None:
    assert sit("leader").open("board-cards", "magic").status == 404


@pytest.mark.parametrize(("key", "offered"), [("project_office", 1), ("leader", 0), ("works_handler", 0)])
def test_who_may_move_a_project_finds_the_way_on_its_card(play: Play, sit: Sit, key: str, offered: int) -> None:
    with on("2026-02-01"):
        project = play.project()
        html = sit(key).open("board").html

    assert html.count(f'href="/projects/{project.pk}/move/?next=/projects/board/"') == offered


def test_stages_at_rest_stand_behind_only_where_they_hold_any(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project()
        before = sit("leader").open("board").html.count("board-column")
        ended = play.project(name="终止的")
        services.move_project(
            play.office, ended, stage=ProjectStage.TERMINATED, on=date(2026, 2, 1), note="不建了", review_on=None
        )
        after = sit("leader").open("board").html.count("board-column")

    assert after == before + 1
