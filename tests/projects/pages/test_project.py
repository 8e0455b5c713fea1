"""One project: the answer first, what can be done, the rules, the months, the money, the story."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from sushui.projects import services
from sushui.projects.enums import BottleneckKind, FundingSource, ProjectStage
from sushui.projects.models import Project
from sushui.supervision.services import TaskDraft, raise_tasks
from tests.projects.pages.reading import Desk, not_yet, offers, table
from tests.projects.play import WAN, Play, on

Sit = Callable[[str], Desk]


def behind(play: Play) -> Project:
    """A project that did too little in January and February of a planned 1,200."""
    with on("2026-01-05"):
        project = play.building()
        services.plan_months(
            play.office,
            project,
            2026,
            total=Decimal(1200 * WAN),
            months={date(2026, number, 1): Decimal(100 * WAN) for number in range(1, 13)},
        )
    with on("2026-03-02"):
        play.report(project, m1=40, m2=20)
    return project


def test_the_answer_says_stage_light_with_its_numbers_and_whose(play: Play, sit: Sit) -> None:
    project = behind(play)
    with on("2026-03-02"):
        answer = sit("leader").open("project", project.pk).answer

    reason = "至2026年2月底应完成年度计划的 16.7%，实际 5.0%，落后 11.7 个百分点。"
    assert answer == f"已开工 ▲ 黄 {reason} 县住建局 自3月2日 周一起"


def test_a_green_project_gives_no_reason(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building("2026-03-01", total_investment=Decimal(80_000_000))
        answer = sit("leader").open("project", project.pk).answer

    assert answer == "已开工 ● 绿 县住建局"


def test_each_rule_stands_with_its_light_sentence_and_day(play: Play, sit: Sit) -> None:
    project = behind(play)
    with on("2026-03-02"):
        rows = table(sit("leader").open("project", project.pk), "各项判定")

    assert rows == [
        "开工 ● 绿 1月5日 周一开工。 2026-01-05",
        "序时进度 ▲ 黄 至2026年2月底应完成年度计划的 16.7%，实际 5.0%，落后 11.7 个百分点。 2026-03-02",
        "月度目标 ■ 红 2026年1月、2026年2月目标未完成，至今未补上。 2026-03-02",
        "资金支付 ○ 未亮灯 没有限期支付要求。 2026-01-05",
        "入库纳统 ○ 未亮灯 总投资未填，无法判定是否应入库纳统。 2026-01-05",
    ]


def test_the_strip_says_when_a_missed_month_was_caught_up(play: Play, sit: Sit) -> None:
    project = behind(play)
    with on("2026-04-03"):
        play.report(project, m3=240)
        rows = table(sit("leader").open("project", project.pk), "2026年各月")

    assert rows[:4] == [
        "2026年1月 ▲ 黄 2026年3月补上 100.00 40.00 100.00 40.00",
        "2026年2月 ▲ 黄 2026年3月补上 100.00 20.00 200.00 60.00",
        "2026年3月 ● 绿 100.00 240.00 300.00 300.00",
        "2026年4月 — 100.00 — 400.00 300.00",
    ]


def test_another_years_months_are_a_step_away_both_ways(play: Play, sit: Sit) -> None:
    project = behind(play)
    with on("2026-04-03"):
        sight = sit("leader").open("project", project.pk, year=2025)

    assert re.findall(r'<a href="\?year=(\d+)">', sight.html) == ["2024", "2026"]


def test_milestones_say_how_late_they_are(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        project = play.building()
        services.add_milestone(play.office, project, name="封顶", planned_on=date(2026, 3, 1))
        services.add_milestone(play.office, project, name="通电", planned_on=date(2026, 3, 7))
        rows = table(sit("leader").open("project", project.pk), "关键节点")

    assert rows == ["封顶 2026-03-01 逾期 4 天 —", "通电 2026-03-07 还有 2 天 —"]


def test_money_stands_by_source_for_the_whole_and_the_year(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        funding = {(0, FundingSource.BANK_LOANS): Decimal(500 * WAN), (2026, FundingSource.BANK_LOANS): Decimal(WAN)}
        project = play.building(funding=funding)
        rows = table(sit("leader").open("project", project.pk), "资金来源")

    assert rows == ["银行贷款500.001.00"]


def test_money_from_above_stands_against_its_demands(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        project = play.building()
        received = services.receive_funds(
            play.office,
            project,
            source=FundingSource.STATE_BUDGET,
            amount=Decimal(100 * WAN),
            received_on=date(2026, 2, 1),
            demands=[services.PaymentDemand(date(2026, 3, 1), 60)],
        )
        services.pay_funds(play.office, received, amount=Decimal(25 * WAN), paid_on=date(2026, 2, 3))
        sight = sit("leader").open("project", project.pk)

    assert sight.answer.startswith("已开工 ■ 红 到位100.00万元，已支付25.00万元，比要求少35.00万元。")
    assert 'class="overdue">2026-03-01 前应支付 60%' in sight.html


def test_tasks_about_the_project_stand_with_their_light(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        draft = TaskDraft("协调供电", lead_agency_id=play.agency_id("works"))
        assert project.subject is not None
        raise_tasks(play.viewer("office"), project.subject, [draft], title="调度")
    with on("2026-03-03"):
        rows = {key: table(sit(key).open("project", project.pk), "督办事项") for key in ("office", "statistics")}

    assert rows == {"office": ["协调供电 ▲ 黄 已交办 县住建局 2026-03-02"], "statistics": []}


OFFERED = {
    "project_office": [
        "报送月度完成投资",
        "编制年度计划",
        "变更阶段",
        "新增关键节点",
        "登记到位资金",
        "登记入库纳统",
        "登记卡点堵点",
        "提出督办事项",
        "修改",
        "标定位置",
        "登记走访",
    ],
    "works_handler": ["报送月度完成投资", "登记卡点堵点", "提出督办事项"],
    "statistics": ["登记入库纳统", "提出督办事项"],
    "leader": ["提出督办事项", "登记走访"],
}


@pytest.mark.parametrize("key", OFFERED)
def test_each_is_offered_what_they_may_do(play: Play, sit: Sit, key: str) -> None:
    with on("2026-03-05"):
        project = play.building()

        assert offers(sit(key).open("project", project.pk)) == OFFERED[key]


def test_what_cannot_be_done_yet_says_why(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        project = play.project(stage=ProjectStage.SIGNED)
        said = not_yet(sit("project_office").open("project", project.pk))

    assert said == [
        "报送月度完成投资 开工后才报送数据。",
        "推迟开工 没有计划开工月份，请先在项目信息中填写。",
        "登记入库纳统 开工后才入库纳统。",
    ]


def test_nothing_is_offered_for_what_has_ended_but_its_facts(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        project = play.project()
        services.move_project(play.office, project, stage=ProjectStage.TERMINATED, on=date(2026, 3, 5), note="企业放弃")
        sight = sit("works_handler").open("project", project.pk)

    assert (offers(sight), not_yet(sight)) == (["提出督办事项"], ["报送月度完成投资 项目已停缓建或终止，无需报送。"])


def test_the_story_tells_acts_and_turned_lights_newest_first(play: Play, sit: Sit) -> None:
    project = behind(play)
    with on("2026-03-02"):
        story = sit("leader").open("project", project.pk).story

    assert story == [
        "2026-03-02 10:00 按规则 变灯：绿灯 → 黄灯（序时进度）",
        "2026-03-02 10:00 县住建局 经办人 报送月度完成投资",
        "2026-01-05 10:00 县发改局 项目办主任 编报月度计划",
        "2026-01-05 10:00 县发改局 项目办主任 编报月度计划",
        "2026-01-05 10:00 县发改局 项目办主任 登记项目",
    ]


def test_a_bottleneck_says_for_how_long_it_holds(play: Play, sit: Sit) -> None:
    with on("2026-03-05"):
        project = play.building()
        services.raise_bottleneck(
            play.office, project, kind=BottleneckKind.LAND, text="缺地", found_on=date(2026, 3, 1)
        )
        sight = sit("works_handler").open("project", project.pk)

    assert ("1 个卡点堵点未化解" in sight.answer, "2026-03-01 起，4 天" in sight.html) == (True, True)


def test_every_version_of_a_figure_stays_on_its_page(play: Play, sit: Sit) -> None:
    project = behind(play)
    with on("2026-03-03"):
        play.report(project, reason="漏报设备款", m1=70)
        sight = sit("statistics").open("figures", project.pk, year=2026)
        nothing = sit("statistics").open("figures", project.pk, year=2024)

    assert (sight.html.count("漏报设备款"), sight.html.count("<del>"), nothing.empty) == (1, 1, "该年没有数据。")


@pytest.mark.parametrize("key", ["finance_head", "hospital", "neighbor_office"])
def test_a_project_of_others_is_not_found(play: Play, sit: Sit, key: str) -> None:
    with on("2026-03-05"):
        project = play.building()

        assert sit(key).open("project", project.pk).status == 404
