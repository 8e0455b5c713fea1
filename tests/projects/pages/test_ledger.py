"""The ledger: every project, narrowed, summed, kept, paged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from sushui.kernel.models import SavedView
from sushui.projects import services
from sushui.projects.enums import BottleneckKind, ProjectLevel, ProjectSector, ProjectStage
from tests.projects.pages.reading import Desk, summary
from tests.projects.play import Play, on
from tests.supervision.pages.reading import Sight

Sit = Callable[[str], Desk]
YI = Decimal(100_000_000)
CODE = "2212-140826-89-01-123459"


def names(sight: Sight) -> list[str]:
    """The names of the rows, which have no blanks in these tests."""
    return [row.split(" ")[0] for row in sight.rows]


def test_an_empty_ledger_says_how_projects_come(sit: Sit) -> None:
    assert (sit("project_office").open("ledger").empty, sit("leader").open("ledger").empty) == ("台账中没有项目。",) * 2


def test_a_row_says_all_of_a_project(play: Play, sit: Sit) -> None:
    with on("2026-01-05"):
        project = play.building(code=CODE, owner_name="涑水装备", total_investment=Decimal(120_000_000))
        play.plan(project, **{f"m{number}": 100 for number in range(1, 13)})
        services.add_milestone(play.office, project, name="封顶", planned_on=date(2026, 3, 2))
    with on("2026-03-01"):
        play.report(project, m1=40, m2=20)
        services.enroll_project(play.viewer("statistics"), project, enrolled_on=date(2026, 1, 20))
        row = sit("project_office").open("ledger").rows

    reason = "至2026年2月底应完成年度计划的 16.7%，实际 5.0%，落后 11.7 个百分点。"
    assert row == [
        f"涑水装备产业园 {CODE} 涑水装备 县住建局 已开工 ▲ 黄 {reason} "
        "12,000.00 1,200.00 60.00 5.0 封顶 还有 1 天 2026-03-02"
    ]


def test_the_head_counts_and_sums_what_the_filters_leave(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        one = play.building(total_investment=YI, level=ProjectLevel.CITY)
        play.project(name="二号", total_investment=YI * 2)
        services.plan_year(play.office, one, 2026, Decimal(5_000_000))
        play.report(one, m1=120)
        desk = sit("project_office")
        said = [summary(desk.open("ledger")), summary(desk.open("ledger", level="city"))]

    assert said == [
        "共 2 个项目，总投资3.00亿元；2026年计划500.00万元，完成120.00万元",
        "共 1 个项目，总投资1.00亿元；2026年计划500.00万元，完成120.00万元",
    ]


def test_money_shows_the_exact_yuan_on_hover(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project(total_investment=Decimal("123456789.12"))
        html = sit("leader").open("ledger").html

    assert html.count('title="123,456,789.12 元"') == 3


CHIPS = {
    "light": "red",
    "stage": ProjectStage.UNDER_CONSTRUCTION.value,
    "level": ProjectLevel.PROVINCE.value,
    "sector": ProjectSector.ENERGY.value,
    "industry": "321",
    "started": 2024,
    "text": "镁业",
    "held_up": "on",
}


@pytest.mark.parametrize("chip", CHIPS)
def test_the_ledger_is_narrowed_by_a_chip(play: Play, sit: Sit, chip: str) -> None:
    with on("2026-03-05"):
        play.project(name="别的项目", agency_id=play.agency_id("finance"))
        wanted = play.building(
            "2024-03-01",
            name="镁业新材料",
            level=ProjectLevel.PROVINCE,
            sector=ProjectSector.ENERGY,
            industry_code="3217",
            total_investment=YI,
        )
        services.raise_bottleneck(play.office, wanted, kind=BottleneckKind.LAND, text="缺地", found_on=date(2026, 3, 1))
        found = names(sit("project_office").open("ledger", **{chip: CHIPS[chip]}))

    assert found == ["镁业新材料"]


def test_the_ledger_is_narrowed_by_agency_and_cluster(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        cluster = services.set_clusters(play.office, [services.ClusterEntry("新材料")])[0]
        play.project(name="别的项目", agency_id=play.agency_id("finance"))
        play.project(name="镁业新材料", cluster_id=cluster.pk)
        desk = sit("project_office")
        found = [desk.open("ledger", agency=play.agency_id("works")), desk.open("ledger", cluster=cluster.pk)]

    assert [names(each) for each in found] == [["镁业新材料"], ["镁业新材料"]]


def test_a_chip_that_is_not_understood_narrows_nothing(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        play.project()
        sight = sit("leader").open("ledger", light="blue", agency="x", industry="魔法", started="soon", place="nine")

    assert names(sight) == ["涑水装备产业园"]


def test_filters_that_leave_nothing_say_how_to_see_more(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        play.project()
        sight = sit("leader").open("ledger", light="red")

    assert sight.empty == "没有符合条件的项目。"


def test_the_largest_stand_first_and_the_unknown_last(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        for name, total in (("未知", None), ("小的", YI), ("大的", YI * 3)):
            play.project(name=name, total_investment=total)
        desk = sit("leader")
        found = [
            names(desk.open("ledger")),
            names(desk.open("ledger", sort="total")),
            names(desk.open("ledger", sort="-pk")),
        ]

    assert found == [["大的", "小的", "未知"], ["小的", "大的", "未知"], ["大的", "小的", "未知"]]


def test_the_ledger_pages_and_prints_all(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        for number in range(53):
            play.project(name=f"第{number}项")
        desk = sit("leader")
        first = desk.open("ledger", sort="-pk")
        cursor = first.html.split("after=")[-1].split('"')[0].split("&")[0]
        second = desk.open("ledger", sort="-pk", after=cursor)
        printed = desk.open("ledger", print="1")

    assert (len(first.rows), names(second), len(printed.rows)) == (50, ["第2项", "第1项", "第0项"], 53)


def test_filters_are_kept_under_a_name_and_dropped_again(play: Play, sit: Sit) -> None:
    desk = sit("leader")
    kept = desk.send("keep-view", name="红灯在建", query="light=red")
    view = SavedView.objects.get()
    desk.send("drop-view", view.pk)

    assert ("红灯在建" in kept.html, view.page, SavedView.objects.count()) == (True, "projects.ledger", 0)


def test_only_the_project_office_is_offered_to_register(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        play.project()
        offered = {
            key: "登记项目" in sit(key).open("ledger").html for key in ("project_office", "leader", "works_head")
        }

    assert offered == {"project_office": True, "leader": False, "works_head": False}


def test_an_agency_sees_its_own_projects_alone(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        play.project(name="住建的")
        play.project(name="医院的", agency_id=play.agency_id("hospital"))
        seen = {key: names(sit(key).open("ledger")) for key in ("works_handler", "hospital", "finance_head")}

    assert seen == {"works_handler": ["住建的"], "hospital": ["医院的"], "finance_head": []}


@pytest.mark.parametrize("key", ["bank", "enterprise", "administrator"])
def test_who_has_no_work_here_is_kept_out(play: Play, sit: Sit, key: str) -> None:
    with on("2026-03-05"):
        project = play.project()
        statuses = [sit(key).open("ledger").status, sit(key).open("project", project.pk).status]

    assert statuses == [403, 403]


def test_a_city_leader_reads_the_counties_below_and_changes_nothing(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        project = play.building()
        desk = sit("city_leader")
        county = desk.open("ledger", division=play.county.county.pk)
        neighbor = desk.open("ledger", division=play.county.neighbor.pk)
        acts = [desk.open(verb, project.pk).status for verb in ("edit", "report", "move", "enroll")]

    assert (names(county), names(neighbor), acts) == (["涑水装备产业园"], [], [403] * 4)
