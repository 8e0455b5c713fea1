"""The portfolio's pages: the list, a version whose figures open their rows, two versions side by side, every act."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from sushui.projects.enums import ProjectLevel, ProjectStage
from sushui.projects.models import PortfolioEntry, PortfolioVersion, ProjectPortfolio, YearlyOutput
from sushui.projects.services import portfolios
from sushui.projects.services.portfolios import EntryValues
from tests.projects.pages.reading import Desk, offers, summary, table
from tests.projects.portfolios.lists import YI, Lists
from tests.supervision.pages.reading import Sight, said

pytestmark = pytest.mark.usefixtures("_in_january")
Sit = Callable[[str], Desk]


def three(lists: Lists) -> PortfolioVersion:
    """A draft of three projects in two levels."""
    for name, total, level in (
        ("甲", 9, ProjectLevel.PROVINCE),
        ("乙", 5, ProjectLevel.CITY),
        ("丙", 1, ProjectLevel.CITY),
    ):
        lists.sized(name, total, level=level)
    return lists.drafted()


def names(sight: Sight) -> list[str]:
    """The projects of the list, by rank."""
    return re.findall(r'<a href="/projects/\d+/">(.*?)</a>', sight.html.split('id="rows"')[1].split("section-title")[0])


def buttons(sight: Sight) -> list[str]:
    """The acts at the head of the page."""
    found = re.findall(r'<a class="btn btn-(?:outline-)?primary" [^>]*>(.*?)</a>', sight.html)
    return [said(each) for each in found]


# --- what is shown ---------------------------------------------------------------------------------------------------
def test_an_empty_room_says_how_a_portfolio_comes(sit: Sit) -> None:
    assert (sit("leader").open("portfolios").empty, sit("project_office").open("portfolios").empty) == (
        "还没有项目盘子。",
    ) * 2


def test_the_list_says_what_is_in_force_and_what_is_newest(lists: Lists, sit: Sit) -> None:
    lists.adjusting(lists.approved(three(lists)))

    assert sit("leader").open("portfolios").rows == ["项目盘子 2026 第 1 版 审定稿 2026-01-10 3 15.00 — 第 2 版 草案"]


def test_the_list_says_where_nothing_is_in_force(lists: Lists, sit: Sit) -> None:
    three(lists)

    assert sit("leader").open("portfolios").rows == ["项目盘子 2026 尚无 — — — 第 1 版 草案"]


def test_the_list_says_of_whom_it_is_where_several_are_seen(lists: Lists, sit: Sit) -> None:
    lists.open()

    assert sit("city_leader").open("portfolios").rows == ["项目盘子 2026 绛县 尚无 — — — —"]


def test_a_portfolio_lists_its_versions(lists: Lists, sit: Sit) -> None:
    approved = lists.approved(three(lists))
    lists.adjusting(approved)

    rows = sit("leader").open("portfolio", approved.portfolio_id).rows

    assert [row.split(" ")[2:4] for row in rows] == [["版", "草案"], ["版", "审定稿"]]


def test_a_version_says_its_sums(lists: Lists, sit: Sit) -> None:
    sight = sit("leader").open("portfolio-version", three(lists).pk)

    assert (names(sight), summary(sight)) == (
        ["甲", "乙", "丙"],
        "此处共 3 个项目，总投资15.00亿元，年度计划投资0.00万元",
    )


def test_each_group_opens_its_rows_and_they_sum_to_the_whole(lists: Lists, sit: Sit) -> None:
    version, desk = three(lists), sit("leader")
    sight = desk.open("portfolio-version", version.pk)

    rows = table(sight, "按级别")
    city = desk.open("portfolio-version", version.pk, level="city")

    assert (rows, names(city), summary(city)) == (
        ["省级重点项目 1 9.00 0.00", "市级重点项目 2 6.00 0.00", "合计 3 15.00 0.00"],
        ["乙", "丙"],
        "此处共 2 个项目，总投资6.00亿元，年度计划投资0.00万元",
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"least": "50000"}, ["甲", "乙"]),
        ({"cluster": "none"}, ["甲", "乙", "丙"]),
        ({"standing": "started"}, []),
        ({"level": "nonsense", "least": "x"}, ["甲", "乙", "丙"]),
    ],
)
def test_the_rows_are_narrowed_by_chips(lists: Lists, sit: Sit, query: dict[str, str], found: list[str]) -> None:
    assert names(sit("leader").open("portfolio-version", three(lists).pk, **query)) == found


def test_the_rates_stand_with_their_parts(lists: Lists, sit: Sit) -> None:
    made = lists.sized("投产", 1, stage=ProjectStage.IN_PRODUCTION, expected_output=4 * YI)
    lists.sized("签约", 1, stage=ProjectStage.SIGNED)
    sit("works_handler").send("record-output", made.pk, year=2025, amount=30_000)

    html = sit("leader").open("portfolio-version", lists.drafted().pk).html
    figures = [said(each) for each in re.findall(r'<div class="figure">(.*?)</div>', html, re.DOTALL)]

    assert figures == ["开工率 50.0 % 1 / 2", "投产率 100.0 % 1 / 1", "达效率 75.0 % 3.00亿元 / 4.00亿元"]


def test_two_versions_are_held_against_each_other(lists: Lists, sit: Sit) -> None:
    first = lists.approved(three(lists))
    second = lists.adjusting(first)
    portfolios.take_out(lists.office, lists.entry(second, "乙"), reason="退出")
    portfolios.put_in(lists.office, second, [lists.sized("新", 2).pk])
    portfolios.change_entry(lists.office, lists.entry(second, "甲"), EntryValues(total=8 * YI))

    sight = sit("leader").open("portfolio-compare", first.pk, second.pk)

    assert (table(sight, "调整 1"), said(sight.html.split("<dl")[1].split("</dl>")[0])) == (
        ["甲 总投资 9.00亿元 8.00亿元 -1.00亿元"],
        'class="facts"> 项目3 → 3 +0 总投资15.00亿元 → 11.00亿元 -4.00亿元 '
        "年度计划0.00万元 → 0.00万元 0.00万元 未变1 个项目",
    )


def test_the_story_of_a_version_says_what_was_done(lists: Lists, sit: Sit) -> None:
    version = three(lists)
    portfolios.move_entry(lists.office, lists.entry(version, "丙"), position=1)

    html = sit("leader").open("portfolio-version", version.pk).html

    assert re.findall(r'class="story-act">(.*?)</span>', html) == ["调整了项目在盘子中的次序", "起草了盘子的一版"]


def test_the_workbook_holds_what_the_page_shows(lists: Lists, sit: Sit) -> None:
    version = three(lists)

    answer = sit("leader").client.get(f"/projects/portfolios/versions/{version.pk}/export/", {"level": "city"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active

    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=5)]
    assert [(row[0], row[1], row[8]) for row in rows] == [(2, "乙", 50000), (3, "丙", 10000), (None, "合计", 60000)]


# --- what is done ----------------------------------------------------------------------------------------------------
def test_an_office_brings_a_portfolio_from_nothing_to_discussion(lists: Lists, sit: Sit) -> None:
    lists.sized("甲", 9)
    desk = sit("project_office")
    desk.send("portfolio-open", year=2026, name="重点项目盘子")
    portfolio = ProjectPortfolio.objects.get()
    desk.send("portfolio-draft", portfolio.pk)
    version = PortfolioVersion.objects.get()

    desk.send("portfolio-discuss", version.pk, on="2026-01-10", note="县长办公会", version=version.version)

    version.refresh_from_db()
    assert (version.state, version.discussion, lists.names(version)) == ("discussed", "县长办公会", ["甲"])


def test_the_leader_approves_on_the_page(lists: Lists, sit: Sit) -> None:
    version = lists.discussed(three(lists))

    sit("leader").send("portfolio-approve", version.pk, on="2026-01-10", version=version.version)

    version.refresh_from_db()
    assert (version.state, str(version.approved_by)) == ("approved", "县政府 常务副县长")


def test_a_project_is_put_in_changed_moved_and_taken_out(lists: Lists, sit: Sit) -> None:
    version, desk = three(lists), sit("project_office")
    new = lists.sized("新", 2)
    desk.send("portfolio-put-in", version.pk, projects=[new.pk], position=1, version=version.version)
    desk.send("entry-change", lists.entry(version, "新").pk, total="30000", start_month="2026-03", version=1)
    desk.send("entry-move", lists.entry(version, "新").pk, position=4, version=2)

    desk.send("entry-take-out", lists.entry(version, "甲").pk, reason="退出", version=1)

    entry = lists.entry(version, "新")
    assert (lists.names(version), entry.total, f"{entry.start_month}") == (["乙", "丙", "新"], 3 * YI, "2026-03-01")


def test_what_may_be_put_in_is_found_by_its_text(lists: Lists, sit: Sit) -> None:
    version = lists.drafted()
    for name in ("镁合金深加工", "高端轴承"):
        lists.sized(name, 1)

    html = sit("project_office").open("portfolio-put-in", version.pk, text="镁合金").html

    assert (html.count("镁合金深加工"), html.count("高端轴承")) == (1, 0)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("project_office", ["导出当前列表", "OC4IDS", "加入项目", "记录讨论情况", "起草下一版", "导入改好的盘子"]),
        ("leader", ["导出当前列表", "OC4IDS"]),
        ("office", ["导出当前列表", "OC4IDS"]),
    ],
)
def test_a_draft_offers_what_each_may_do(lists: Lists, sit: Sit, key: str, expected: list[str]) -> None:
    assert buttons(sit(key).open("portfolio-version", three(lists).pk)) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("project_office", ["导出当前列表", "OC4IDS", "起草下一版", "导入改好的盘子"]),
        ("leader", ["导出当前列表", "OC4IDS", "审定"]),
        ("statistics", ["导出当前列表", "OC4IDS"]),
    ],
)
def test_a_discussed_version_offers_its_approval(lists: Lists, sit: Sit, key: str, expected: list[str]) -> None:
    version = lists.discussed(three(lists))

    assert buttons(sit(key).open("portfolio-version", version.pk)) == expected


def test_the_rows_of_a_final_version_offer_nothing(lists: Lists, sit: Sit) -> None:
    version = lists.approved(three(lists))

    html = sit("project_office").open("portfolio-version", version.pk).html

    assert html.count("/projects/portfolios/entries/") == 0


@pytest.mark.parametrize("verb", ["entry-change", "entry-move", "entry-take-out"])
def test_a_leader_cannot_change_a_list(lists: Lists, sit: Sit, verb: str) -> None:
    entry = PortfolioEntry.objects.filter(list_version=three(lists)).first()

    assert sit("leader").open(verb, entry.pk if entry else 0).status == 403


@pytest.mark.parametrize("key", ["works_head", "township", "hospital"])
def test_agencies_do_not_see_the_portfolio(lists: Lists, sit: Sit, key: str) -> None:
    assert sit(key).open("portfolio-version", three(lists).pk).status == 403


def test_the_city_sees_the_portfolio_and_the_neighbor_does_not(lists: Lists, sit: Sit) -> None:
    version = three(lists)

    assert (
        sit("city_leader").open("portfolio-version", version.pk).status,
        sit("neighbor_office").open("portfolio-version", version.pk).status,
    ) == (200, 404)


def test_a_producing_project_offers_its_output(lists: Lists, sit: Sit) -> None:
    made, other = (
        lists.sized(stage.value, 1, stage=stage) for stage in (ProjectStage.IN_PRODUCTION, ProjectStage.SIGNED)
    )
    desk = sit("works_handler")

    offered = [offers(desk.open("project", each.pk)).count("填报年产值") for each in (made, other)]

    assert offered == [1, 0]


def test_an_output_is_given_in_ten_thousand_yuan(lists: Lists, sit: Sit) -> None:
    made = lists.sized("甲", 1, stage=ProjectStage.IN_PRODUCTION)

    sit("works_handler").send("record-output", made.pk, year=2025, amount="1234.5")

    assert YearlyOutput.objects.get().amount == Decimal(12_345_000)


# --- what it costs ---------------------------------------------------------------------------------------------------
def asked(desk: Desk, version: PortfolioVersion) -> int:
    desk.open("portfolio-version", version.pk)
    with CaptureQueriesContext(connection) as queries:
        desk.open("portfolio-version", version.pk)
    return len(queries)


def test_a_version_asks_no_more_for_many_rows(lists: Lists, sit: Sit) -> None:
    lists.sized("甲", 1, place_id=lists.county.county.pk)
    few = lists.drafted()
    lists.cluster("新材料")
    for number in range(20):
        lists.sized(f"项目{number}", 1, place_id=lists.county.county.pk)
    many = lists.drafted(few.portfolio)
    portfolios.take_out(lists.office, lists.entry(many, "甲"), reason="退出")
    desk = sit("project_office")

    assert asked(desk, many) == asked(desk, few)
