"""Pages that say why: left out and let in, contradictions and their ends, worth, risks, who is affected, the paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sushui.engines.planning import Status
from sushui.planner import services
from sushui.planner.enums import ChangeKind, InquiryKind
from sushui.planner.models import Inquiry, Run, ScenarioChange
from sushui.projects.enums import BottleneckKind
from sushui.projects.services import raise_bottleneck
from tests.cast import County
from tests.planner.play import Planning, Solving
from tests.planner.test_pages import Desk
from tests.projects.pages.reading import table
from tests.supervision.pages.reading import reader

pytestmark = pytest.mark.usefixtures("_in_january")
Sit = Callable[[str], Desk]


@pytest.fixture
def sit(county: County) -> Sit:
    return lambda key: Desk(reader(county, key).client)


def answered(plan: Planning, run: Run, answers: dict[str, Any]) -> None:
    """What was asked of the run is answered so."""
    plan.answer(run, lambda question: iter(answers.items()))


def short(plan: Planning) -> Run:
    """Two projects of which the land lets one in."""
    plan.candidate("甲", total=90_000)
    plan.candidate("乙")
    plan.land(30)
    return plan.run(plan.scenario())


def reason(**said: Any) -> dict[str, Any]:
    return {"because": "factors", "with": [], "rivals": [], "factors": [], "ways": [], "gain": None, **said}


# --- left out --------------------------------------------------------------------------------------------------------
def test_what_is_not_worked_out_yet_is_said_and_can_be_asked(plan: Planning, sit: Sit) -> None:
    run = short(plan)

    waiting = table(sit("project_office").open("run", run.pk), "未列入")
    answered(plan, run, {})

    assert waiting == ["乙 县住建局 正在测算。"]
    assert table(sit("project_office").open("run", run.pk), "未列入") == ["乙 县住建局 尚未测算。 测算原因"]


def test_the_reason_names_the_factor_and_the_cheapest_way_in(plan: Planning, sit: Sit) -> None:
    run = short(plan)
    way = {"more": [["land", 0, 1000]], "gain": 12_345}
    answered(plan, run, {services.left_out(run)[0]: reason(factors=["land"], ways=[way])})

    assert table(sit("project_office").open("run", run.pk), "未列入") == [
        "乙 县住建局 受限于：用地。 用地 · 新增建设用地指标（30 亩） +10 亩 即可列入，增值 12,345 分 增加 10 亩"
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"because": "nothing", "gain": 500}, "现有要素足够安排，列入可增加 500 分，请延长计算时间。"),
        ({"because": "nothing", "gain": -5}, "现有要素足够安排，但列入得不偿失。"),
        ({"because": "time"}, "即使要素充足，规划年度内也无法建成。"),
    ],
)
def test_other_reasons_are_said_in_words(plan: Planning, sit: Sit, said: dict[str, Any], words: str) -> None:
    run = short(plan)
    answered(plan, run, {services.left_out(run)[0]: reason(**said)})

    assert table(sit("leader").open("run", run.pk), "未列入") == [f"乙 县住建局 {words}"]


def test_one_press_asks_for_one_project(plan: Planning, sit: Sit) -> None:
    run = short(plan)
    answered(plan, run, {})
    key = services.left_out(run)[0]

    sit("project_office").send("run-inquire", run.pk, kind="left_out", about=key)

    assert Inquiry.objects.filter(run=run, about=key).count() == 1


def test_the_page_is_loaded_anew_once_all_is_answered(plan: Planning, sit: Sit) -> None:
    run, desk = short(plan), sit("leader")

    waiting = desk.open("run-progress", run.pk, live="inquiries")
    answered(plan, run, {})
    over = desk.open("run-progress", run.pk, live="inquiries")

    assert ("HX-Refresh" in waiting.response.headers, over.response.headers["HX-Refresh"]) == (False, "true")


# --- what cannot hold together ---------------------------------------------------------------------------------------
def contradicted(plan: Planning) -> Run:
    """Two that must be in the plan and ten mu too few; one of them begins on a day."""
    pair = [plan.candidate(name) for name in ("甲", "乙")]
    plan.land(30)
    scenario = plan.scenario()
    for project in pair:
        plan.change(scenario, ChangeKind.MANDATORY, project_id=project.pk)
    plan.change(scenario, ChangeKind.FIX_START, project_id=pair[0].pk, on=date(2026, 6, 1))
    run = plan.run(scenario, Solving(status=Status.INFEASIBLE))
    one, other = [{"kind": "must", "project": str(each.pk)} for each in pair]
    enough = {"kind": "enough", "factor": "land"}
    ends = {"kind": "ends_by", "project": str(pair[0].pk), "activity": "works", "deadline": 60}
    reliefs = [one | {"by": None}, other | {"by": None}, enough | {"by": 1000, "pieces": [[0, 1000]]}, ends | {"by": 4}]
    answered(plan, run, {"conflict": {"promises": [one, other, enough, ends], "reliefs": reliefs, "is_minimal": True}})
    return plan.again(run)


def test_a_contradiction_is_said_with_every_way_to_end_it(plan: Planning, sit: Sit) -> None:
    html = sit("project_office").open("scenario", contradicted(plan).scenario_id).html

    found = [
        "“甲”必须列入。",
        "用地只有 30 亩。",
        "“甲”：建设须在 2027-02-24 前完成。",
        "放弃“乙”",
        "改为自行取舍",
        "增加 10 亩",
        "“甲”推迟 4 周",
        "改为 2026-06-29 开工",
        "取消定期开工",
    ]
    assert [words for words in found if words not in html] == []


def test_who_may_not_change_the_scenario_is_offered_nothing(plan: Planning, sit: Sit) -> None:
    html = sit("leader").open("scenario", contradicted(plan).scenario_id).html

    assert ("放弃“乙”" in html, "增加 10 亩" in html) == (True, False)


def test_a_press_raises_the_pool_by_as_much_as_is_short_beside_what_was_changed(plan: Planning, sit: Sit) -> None:
    run = contradicted(plan)
    land = run.facts["pieces"]["land"][0]
    plan.change(run.scenario, ChangeKind.POOL, pool_id=land, by_how_much=-5)
    sheet = sit("project_office").open("scenario", run.scenario_id)

    assert 'name="by" value="5"' in sheet.html


def test_the_change_that_a_press_sends_is_taken(plan: Planning, sit: Sit) -> None:
    run = contradicted(plan)
    sent = {
        "pool": run.facts["pieces"]["land"][0],
        "by": "10",
        "note": "依据",
        "version": plan.again(run).scenario.version,
    }

    sit("project_office").send("scenario-change-pool", run.scenario_id, **sent)

    assert ScenarioChange.objects.get(kind=ChangeKind.POOL).by == 10


# --- what it hangs on ------------------------------------------------------------------------------------------------
def gain(
    points: int | None, *, owed: bool = True, at_most: int | None = None, status: str = "feasible"
) -> dict[str, Any]:
    return {"gain": points, "at_most": at_most, "is_owed": owed, "status": status}


def test_steps_of_factors_stand_with_the_dearest_first(plan: Planning, sit: Sit) -> None:
    plan.money(9_000)
    run = short(plan)
    services.inquire(plan.office, run, InquiryKind.WORTH)
    land = {"part": 0, "by": 1000, "more": gain(7_000), "less": gain(-3_000)}
    bonds = {"part": 0, "by": 500, "more": gain(0, at_most=0), "less": gain(None, status="infeasible")}
    answered(plan, run, {"special_bonds": bonds, "land": land})

    assert table(sit("leader").open("run-stakes", run.pk), "各要素增减的价值") == [
        "用地 10 亩 +7,000 分 -3,000 分",
        "地方政府专项债券 500.00万元 无 必须列入的项目将无法全部安排",
    ]


def test_bottlenecks_stand_by_what_is_at_stake(plan: Planning, sit: Sit) -> None:
    project = plan.candidate("甲")
    run = plan.run(plan.scenario())
    for text, due in (("管线迁改", date(2026, 5, 1)), ("拆迁未完成", date(2026, 9, 1))):
        held = {"kind": BottleneckKind.LAND, "text": text, "found_on": date(2026, 1, 5), "due_on": due}
        raise_bottleneck(plan.office, project, **held)
    asked = services.inquire(plan.office, run, InquiryKind.BOTTLENECKS)
    small, large = [hold[0] for hold in asked.facts["holds"]]
    answered(plan, run, {small: gain(100), large: gain(900)})

    rows = table(sit("leader").open("run-stakes", run.pk), "未化解卡点堵点")

    assert [(row.split(" ")[0], row.split(" ")[-2]) for row in rows] == [("拆迁未完成", "+900"), ("管线迁改", "+100")]


def test_promises_at_risk_stand_with_their_share(plan: Planning, sit: Sit) -> None:
    project = plan.candidate("甲")
    run = plan.run(plan.scenario())
    services.inquire(plan.office, run, InquiryKind.RISKS)
    answered(plan, run, {f"{project.pk}/works/54": {"due": 54, "missed": 0.23, "median": 50, "late": None}})

    assert table(sit("leader").open("run-stakes", run.pk), "有风险的承诺") == ["甲 建设 2027-01-13 23% 2026-12-16 —"]


def test_what_was_not_asked_is_said_and_offered(plan: Planning, sit: Sit) -> None:
    run = short(plan)

    assert sit("project_office").open("run-stakes", run.pk).html.count("开始测算") == 3


# --- planned anew, and the paper -------------------------------------------------------------------------------------
def test_the_new_plan_says_who_is_affected(plan: Planning, sit: Sit) -> None:
    run = short(plan)
    desk = sit("project_office")

    desk.send("run-replan", run.pk, firmness="firm", seconds="30")
    made = Run.objects.get(replans=run)
    services.carry_out(made.pk, Solving(), beat=0.01)

    assert "个项目保持不变" in desk.open("run", made.pk).html


def test_the_paper_says_what_is_in_what_is_out_and_who_signs(plan: Planning, sit: Sit) -> None:
    run = short(plan)
    answered(plan, run, {services.left_out(run)[0]: reason(factors=["land"])})

    html = sit("leader").open("run-paper", run.pk).html

    found = [
        "关于2026年项目盘子安排的呈报",
        "拟列入 1 个项目",
        "受限于：用地。",
        "用地 20 / 30 亩",
        "领导批示",
        run.digest[:12],
    ]
    assert [words for words in found if words not in html] == []


def test_without_a_plan_there_is_no_paper(plan: Planning, sit: Sit) -> None:
    plan.candidate()
    run = plan.asked(plan.scenario())

    assert sit("leader").open("run-paper", run.pk).status == 404
