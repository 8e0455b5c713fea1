"""Every act by its form: what is asked, what is refused in words, what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from sushui.projects import queries, services
from sushui.projects.enums import BottleneckKind, FigureKind, FundingSource, ProjectStage
from sushui.projects.models import Bottleneck, FundsReceived, Milestone, Project, ProjectFunding, ProjectMonth
from sushui.supervision.enums import TaskState
from sushui.supervision.models import SupervisedTask
from tests.projects.pages.reading import Desk
from tests.projects.play import WAN, Play, month, on
from tests.supervision.pages.reading import said

Sit = Callable[[str], Desk]
ODD_CODE = "2212-140826-89-01-123450"
NEW = {"name": "镁业新材料", "stage": "planned", "level": "county"}


# --- registering -----------------------------------------------------------------------------------------------------
def test_a_name_and_a_stage_are_enough_to_register(sit: Sit) -> None:
    with on("2026-03-02"):
        sight = sit("project_office").send("register", **NEW)

    project = Project.objects.get()
    assert (sight.title, sight.messages) == ("镁业新材料", ["项目已列入台账，请接着编制年度计划。"])
    assert (project.total_investment, project.stage_on, project.industry_code) == (None, date(2026, 3, 2), "")


def test_money_is_typed_in_wan_and_kept_in_yuan(sit: Sit) -> None:
    typed = {"total_investment": "12,345.678", "money_0_bank_loans": "500", "money_2026_own_funds": "0.5"}
    with on("2026-03-02"):
        sit("project_office").send("register", **NEW, **typed)

    rows = ProjectFunding.objects.order_by("year").values_list("year", "source", "amount")
    assert Project.objects.get().total_investment == Decimal("123456780")
    assert list(rows) == [(0, "bank_loans", Decimal(5_000_000)), (2026, "own_funds", Decimal(5_000))]


def test_an_odd_code_shows_its_flaw_and_a_box_to_confirm_it(sit: Sit) -> None:
    with on("2026-03-02"):
        sight = sit("project_office").send("register", **NEW, code=ODD_CODE)

    assert (sight.status, Project.objects.count()) == (422, 0)
    assert sight.errors == ["代码的校验位不符。 请改正，或在下面确认文件上就是这样。"]
    assert ('name="confirm_code"' in sight.html, sight.value("code")) == (True, ODD_CODE)


@pytest.mark.parametrize(
    ("typed", "box"),
    [
        ({"code": ODD_CODE}, ["confirm_code"]),
        ({"code": ODD_CODE, "owner_code": "91140826MA0000000X"}, ["confirm_code"]),
        ({"code": ODD_CODE, "owner_code": "91140826MA0000000X", "confirm_code": "on"}, ["confirm_owner_code"]),
        ({"name": ""}, []),
    ],
)
def test_the_form_comes_back_at_the_first_odd_code_to_be_confirmed(
    sit: Sit, typed: dict[str, str], box: list[str]
) -> None:
    with on("2026-03-02"):
        sight = sit("project_office").send("register", **NEW | typed)

    assert re.findall(r'name="([^"]+)"[^>]* autofocus', sight.html) == box


def test_an_odd_code_that_was_compared_is_kept_with_its_flaw(sit: Sit) -> None:
    with on("2026-03-02"):
        sit("project_office").send("register", **NEW, code=ODD_CODE, confirm_code="on")

    project = Project.objects.get()
    assert (project.code, project.code_flaw) == (ODD_CODE, "check_digit")


def test_a_sound_code_asks_for_no_confirmation(sit: Sit) -> None:
    with on("2026-03-02"):
        assert 'name="confirm_' not in sit("project_office").open("register").html


def test_an_early_credit_code_says_that_its_organization_code_is_sound(sit: Sit) -> None:
    with on("2026-03-02"):
        sight = sit("project_office").send("register", **NEW, owner_code="91350203M0001QAY9B")

    assert sight.errors == [
        "代码的校验位不符。 其中的主体标识码无误，早期赋码有此情况。 请改正，或在下面确认文件上就是这样。"
    ]


def test_an_industry_is_named_by_code_by_name_or_as_suggested(sit: Sit) -> None:
    desk = sit("project_office")
    with on("2026-03-02"):
        for typed in ("3217", "镁冶炼", "3217 镁冶炼"):
            desk.send("register", **NEW, industry_code=typed)

    assert set(Project.objects.values_list("industry_code", flat=True)) == {"3217"}


def test_a_name_of_several_industries_asks_which(sit: Sit) -> None:
    with on("2026-03-02"):
        sight = sit("project_office").send("register", **NEW, industry_code="飞机制造业")
        several = sit("project_office").send("register", **NEW, industry_code="贵金属")

    assert sight.errors == ["GB/T 4754-2017 没有该行业：请填 2 至 4 位代码，或行业名称中的词。"]
    assert several.errors[0].startswith("有多个行业符合：092 贵金属矿采选")


def test_industries_are_suggested_by_what_is_typed(sit: Sit) -> None:
    html = sit("project_office").open("industries", industry_code="镁冶").html

    assert html.strip() == '<option value="3217 镁冶炼"></option>'


# --- editing ---------------------------------------------------------------------------------------------------------
def edit(play: Play, desk: Desk, project: Project, **changes: object) -> object:
    typed = {"name": project.name, "level": "other", "agency": play.agency_id("works"), "version": project.version}
    return desk.send("edit", project.pk, **{**typed, **changes})


def test_a_project_is_edited_and_keeps_what_other_years_plan(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.project(funding={(2025, FundingSource.OTHER): Decimal(7)})
        edit(play, sit("project_office"), project, name="新名字", money_0_other="1")

    assert play.now(project).name == "新名字"
    assert set(project.funding.values_list("year", "amount")) == {(2025, Decimal(7)), (0, Decimal(WAN))}


def test_the_second_of_two_is_told_and_keeps_what_was_typed(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.project()
        edit(play, sit("project_office"), project, name="第一个")
        sight = edit(play, sit("project_office"), project, name="第二个")

    assert (sight.status, sight.value("name"), play.now(project).name) == (409, "第二个", "第一个")
    assert "县发改局项目办主任" in sight.html


def test_a_code_that_was_confirmed_stays_confirmed(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.project(code=ODD_CODE, confirmed=frozenset({"code"}))
        form = sit("project_office").open("edit", project.pk)

    assert 'name="confirm_code" id="id_confirm_code" checked' in said_attributes(form.html)


def said_attributes(html: str) -> str:
    return html.replace('aria-describedby="id_confirm_code_helptext" ', "").replace('type="checkbox" ', "")


# --- figures ---------------------------------------------------------------------------------------------------------
def test_a_month_is_reported_by_one_field(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        sight = sit("works_handler").send("report", project.pk, month="2026-02", amount="123.45")

    assert (sight.messages, sight.title) == (["已报送，红黄绿灯已重新判定。"], project.name)
    assert project.months.get().actual == Decimal("1234500")


def test_the_form_names_the_oldest_month_that_is_owed(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        play.report(project, m1=10)
        html = sit("works_handler").open("report", project.pk).html

    assert '<option value="2026-02" selected>2026年2月</option>' in html


def test_the_form_says_plan_sum_and_what_the_light_will_be(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        play.plan(project, **{f"m{number}": 100 for number in range(1, 13)})
        play.report(project, m1=40)
        text = said(sit("works_handler").open("report", project.pk).html)

    assert "计划100.00万元 本年至上月累计完成40.00万元 至月底应累计完成200.00万元" in text
    assert "报送后亮灯 超过40.00万元亮绿灯，否则亮黄灯" in text


def test_what_the_form_foretells_comes_true(play: Play, sit: Sit) -> None:
    with on("2026-07-02"):
        project = play.building()
        play.plan(project, **{f"m{number}": 100 for number in range(1, 13)})
        play.report(project, **{f"m{number}": 10 for number in range(1, 6)})
        text = said(sit("works_handler").open("report", project.pk).html)
        lights = []
        for reason, amount in (("", 189), ("更正", 190), ("更正", 431)):
            play.report(project, reason=reason, m6=amount)
            lights.append(play.light(project).value)

    assert "超过430.00万元亮绿灯，低于190.00万元亮红灯，其间亮黄灯" in text
    assert lights == ["red", "yellow", "green"]


def test_a_correction_asks_for_its_reason_beside_what_was_typed(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        play.report(project, m1=10)
        desk = sit("works_handler")
        asked = desk.send("report", project.pk, month="2026-01", amount="12")
        desk.send("report", project.pk, month="2026-01", amount="12", reason="漏报")

    assert (asked.status, asked.value("amount")) == (422, "12")
    assert asked.errors == ["“涑水装备产业园”2026-01的完成投资已有不同数据。请写明更正理由，原数据保留备查。"]
    assert play.versions(project, "2026-01") == [(1, 10), (2, 12)]


def test_a_month_that_has_not_begun_cannot_be_chosen(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        sight = sit("works_handler").send("report", project.pk, month="2026-09", amount="12")

    assert (sight.status, project.months.count()) == (422, 0)


def test_the_year_is_planned_in_twelve_fields(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        months = {f"m{number}": "100" for number in range(1, 13)}
        sight = sit("project_office").send("plan", project.pk, year="2026", total="1200", **months)

    assert sight.messages == ["年度计划已保存，红黄绿灯已重新判定。"]
    assert project.year_plans.get().amount == Decimal(1200 * WAN)
    assert set(project.months.values_list("planned", flat=True)) == {Decimal(100 * WAN)}


def test_spreading_fills_the_months_and_saves_nothing(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        sight = sit("project_office").send("plan", project.pk, year="2026", total="1000", spread="1")

    shown = [Decimal(sight.value(f"m{number}")) for number in range(1, 13)]
    assert (sight.status, ProjectMonth.objects.count(), sum(shown), shown[0]) == (200, 0, 1000, Decimal("83.33"))


@pytest.mark.parametrize(
    ("days", "filled"),
    [
        ({"started_on": date(2026, 7, 10)}, range(7, 13)),
        ({"started_on": None, "planned_start_month": date(2026, 3, 1)}, range(3, 13)),
        ({"started_on": date(2025, 7, 10), "planned_completion_month": date(2026, 5, 1)}, range(1, 6)),
        ({"started_on": date(2026, 7, 10), "planned_completion_month": date(2026, 5, 1)}, range(7, 13)),
        ({"started_on": None, "planned_start_month": date(2027, 3, 1)}, range(1, 13)),
    ],
)
def test_the_year_is_spread_over_the_months_in_which_there_is_construction(
    play: Play, sit: Sit, days: dict[str, date | None], filled: range
) -> None:
    with on("2026-08-02"):
        project = play.building()
        Project.objects.filter(pk=project.pk).update(**days)
        sight = sit("project_office").send("plan", project.pk, year="2026", total="1000", spread="1")

    shown = {number: Decimal(said) for number in range(1, 13) if (said := sight.value(f"m{number}"))}
    assert (list(shown), sum(shown.values())) == (list(filled), 1000)


def test_a_plan_before_the_start_is_spread_away(play: Play, sit: Sit) -> None:
    with on("2026-08-02"):
        project = play.building("2026-07-10")
        play.plan(project, m1=100)
        sight = sit("project_office").send("plan", project.pk, year="2026", total="1200", m1="100", spread="1")

    assert (sight.value("m1"), sight.value("m2"), sight.value("m7")) == ("0", "", "200")


def test_a_changed_plan_asks_for_its_reason(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        play.plan(project, m1=100)
        sight = sit("project_office").send("plan", project.pk, year="2026", total="1200", m1="90")

    assert (sight.status, play.versions(project, "2026-01", FigureKind.PLAN)) == (422, [(1, 100)])


# --- its life --------------------------------------------------------------------------------------------------------
def test_a_months_plan_that_is_cleared_is_refused_beside_it_and_nothing_is_planned(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        play.plan(project, m1=100, m2=150)
        typed = {"year": "2026", "total": "250", "m1": "100", "m2": " ", "m3": "", "reason": "调整"}
        sight = sit("project_office").send("plan", project.pk, **typed)

    assert (sight.status, said(sight.html).count("此月已有计划：不安排投资请填0。")) == (422, 1)
    assert (play.versions(project, "2026-02", FigureKind.PLAN), queries.plan_versions(project, 2026).count()) == (
        [(1, 150)],
        0,
    )


def test_a_cleared_month_is_filled_by_the_even_spread(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        play.plan(project, m1=100)
        sight = sit("project_office").send("plan", project.pk, year="2026", total="1200", m1="", spread="1")

    assert (sight.status, sight.value("m1")) == (200, "100")


def test_the_start_is_postponed_and_the_first_month_stays_in_sight(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.project(planned_start_month=month("2026-02"))
        typed = {"month": "2026-06", "reason": "等待用地批复", "version": project.version}
        sight = sit("project_office").send("postpone", project.pk, **typed)

    assert "2026年6月 <del>2026年2月</del>" in sight.html
    assert play.last_line(project).note == "等待用地批复"


def test_a_project_moves_to_its_next_stage(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.project(stage=ProjectStage.PRE_CONSTRUCTION)
        html = sit("project_office").open("move", project.pk).html
        permit = {"evidence": "construction_permit", "number": "绛建施〔2026〕3号", "day": "2026-02-27"}
        typed = {"stage": "under_construction", "on": "2026-03-01", "version": project.version, **permit}
        sit("project_office").send("move", project.pk, **typed)

    assert '<option value="under_construction" selected>已开工</option>' in html
    assert (play.now(project).stage, play.now(project).started_on) == ("under_construction", date(2026, 3, 1))


def test_a_suspension_without_a_reason_is_refused_in_words(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        typed = {"stage": "suspended", "on": "2026-03-01", "version": project.version}
        sight = sit("project_office").send("move", project.pk, **typed)

    assert (sight.status, sight.errors) == (422, ["“理由”没有填写。请用一句话写清楚。"])


def test_statistics_record_the_enrollment(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        sit("statistics").send("enroll", project.pk, enrolled_on="2026-02-20", version=project.version)

    assert play.now(project).enrolled_on == date(2026, 2, 20)


# --- facts -----------------------------------------------------------------------------------------------------------
def test_a_milestone_is_planned_reached_and_taken_away(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        office = sit("project_office")
        for name in ("封顶", "通电"):
            office.send("add-milestone", project.pk, name=name, planned_on="2026-03-01")
        roof, power = Milestone.objects.order_by("pk")
        sit("works_handler").send("milestone-reach", roof.pk, reached_on="2026-03-02", evidence="照片", version=1)
        office.send("milestone-drop", power.pk, reason="设计变更", version=1)

    assert list(Milestone.objects.order_by("pk").values_list("reached_on", "dropped_on")) == [
        (date(2026, 3, 2), None),
        (None, date(2026, 3, 2)),
    ]


def test_money_received_carries_its_demands_and_is_paid_out(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        typed = {"source": "state_budget", "amount": "100", "received_on": "2026-03-01"}
        demand = {"by_1": "2026-06-30", "percent_1": "60"}
        sit("project_office").send("receive", project.pk, **typed, **demand)
        received = FundsReceived.objects.get()
        sit("works_handler").send("funds-pay", received.pk, amount="40", paid_on="2026-03-02")

    assert received.required == [{"by": "2026-06-30", "percent": 60}]
    assert received.payments.get().amount == Decimal(40 * WAN)


def test_a_demand_wants_both_its_day_and_its_percentage(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        typed = {"source": "state_budget", "amount": "100", "received_on": "2026-03-01", "by_1": "2026-06-30"}
        sight = sit("project_office").send("receive", project.pk, **typed)

    assert (sight.errors, FundsReceived.objects.count()) == (["支付时限和比例须同时填写，或都不填。"], 0)


def test_a_bottleneck_becomes_a_task_in_the_same_form(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        typed = {"kind": "energy", "text": "供电容量不足", "found_on": "2026-03-01", "task": "on"}
        sit("works_handler").send("raise-bottleneck", project.pk, **typed, agency=play.agency_id("finance"))

    bottleneck, task = Bottleneck.objects.get(), SupervisedTask.objects.get()
    assert (bottleneck.task, task.title, task.state) == (task, "供电容量不足", TaskState.DRAFTED)
    assert (task.subject_id, task.lead_agency_id) == (project.subject_id, play.agency_id("finance"))


def test_a_bottleneck_without_the_box_is_no_task(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        typed = {"kind": "land", "text": "缺地", "found_on": "2026-03-01"}
        sit("works_handler").send("raise-bottleneck", project.pk, **typed)

    assert (Bottleneck.objects.get().task, SupervisedTask.objects.count()) == (None, 0)


def test_a_bottleneck_is_resolved_with_how(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        found = services.raise_bottleneck(
            play.office, project, kind=BottleneckKind.LAND, text="缺地", found_on=date(2026, 3, 1)
        )
        typed = {"resolved_on": "2026-03-02", "resolution": "已供地", "version": found.version}
        sit("works_handler").send("bottleneck-resolve", found.pk, **typed)

    found.refresh_from_db()
    assert (found.resolved_on, found.resolution) == (date(2026, 3, 2), "已供地")


def test_a_task_raised_by_an_office_is_assigned_at_once(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        typed = {"text": "协调供电", "kind": "general", "source": "meeting", "lead": play.agency_id("works")}
        sit("office").send("raise-task", project.pk, **typed)

    assert SupervisedTask.objects.values_list("title", "state", "subject_id").get() == (
        "协调供电",
        TaskState.ASSIGNED,
        project.subject_id,
    )
