"""Every act that a project's page offers: to whom, in which stage, and what is said while it cannot be done yet."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from sushui.projects import services
from sushui.projects.enums import ActDoubt, BottleneckKind, FundingSource, ProjectStage
from sushui.projects.models import Project
from sushui.projects.panels.offers import (
    LABELS,
    Offer,
    bottleneck_offers,
    funds_offers,
    milestone_offers,
    project_offers,
)
from sushui.projects.rules.ratios import is_producing
from sushui.projects.rules.stages import AFTER_COMPLETION, AT_REST, BEFORE_START
from tests.projects.play import Play, month, on, papers

TODAY = date(2026, 3, 5)
PLANNED = {"planned_start_month": month("2026-04")}
STARTED = (ProjectStage.UNDER_CONSTRUCTION, *AFTER_COMPLETION)
WHO = ("project_office", "works_head", "works_handler", "statistics", "leader", "office", "city_leader")


def at(play: Play, stage: ProjectStage, **values: object) -> Project:
    """A project of the works bureau that stands in a stage today."""
    if stage not in AT_REST:
        return play.project(stage=stage, on=TODAY, **values)
    project = play.building(**values)
    review = TODAY + timedelta(days=30) if stage is ProjectStage.SUSPENDED else None
    return services.move_project(play.office, project, stage=stage, on=TODAY, note="资金不足", review_on=review)


def verbs(offers: list[Offer]) -> list[str]:
    """What can be done now."""
    return [offer.verb for offer in offers if not offer.blocked]


def blocked(offers: list[Offer]) -> dict[str, str]:
    """What cannot be done yet, with the reason."""
    return {offer.verb: offer.blocked for offer in offers if offer.blocked}


# --- who sees which act ----------------------------------------------------------------------------------------------
OWN = ["report", "raise-bottleneck", "raise-task"]
OFFERED = {
    "project_office": [
        "report",
        "plan",
        "move",
        "add-milestone",
        "receive",
        "enroll",
        "raise-bottleneck",
        "raise-task",
        "edit",
        "locate",
    ],
    "works_head": OWN,
    "works_handler": OWN,
    "statistics": ["enroll", "raise-task"],
    "leader": ["raise-task"],
    "office": ["raise-task"],
    "city_leader": ["raise-task"],
}


@pytest.mark.parametrize("key", WHO)
def test_each_is_offered_what_they_may_do_while_it_is_built(play: Play, key: str) -> None:
    with on("2026-03-05"):
        offers = project_offers(play.viewer(key), at(play, ProjectStage.UNDER_CONSTRUCTION))

    assert (verbs(offers), blocked(offers)) == (OFFERED[key], {})


@pytest.mark.parametrize("key", ["finance_head", "finance_handler", "township", "hospital", "neighbor_office"])
def test_whose_project_it_is_not_writes_nothing_into_it(play: Play, key: str) -> None:
    with on("2026-03-05"):
        offers = project_offers(play.viewer(key), at(play, ProjectStage.UNDER_CONSTRUCTION))

    assert set(verbs(offers)) <= {"raise-task"}


def test_offers_stand_in_the_order_of_their_use(play: Play) -> None:
    with on("2026-03-05"):
        offers = project_offers(play.office, at(play, ProjectStage.SIGNED, **PLANNED))

    assert [offer.verb for offer in offers] == [
        "report",
        "plan",
        "postpone",
        "move",
        "add-milestone",
        "receive",
        "enroll",
        "raise-bottleneck",
        "raise-task",
        "edit",
        "locate",
    ]


def test_an_offer_leads_to_its_own_address(play: Play) -> None:
    with on("2026-03-05"):
        project = at(play, ProjectStage.UNDER_CONSTRUCTION)
        offers = project_offers(play.office, project)

    assert {offer.verb: offer.url for offer in offers} == {
        offer.verb: f"/projects/{project.pk}/{offer.verb}/" for offer in offers
    }


# --- what a stage allows ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("stage", sorted(BEFORE_START))
def test_before_the_start_figures_and_enrollment_wait(play: Play, stage: ProjectStage) -> None:
    with on("2026-03-05"):
        said = blocked(project_offers(play.office, at(play, stage, **PLANNED)))

    assert said == {"report": "开工后才报送数据。", "enroll": "开工后才入库纳统。"}


@pytest.mark.parametrize("stage", sorted(BEFORE_START))
def test_only_a_planned_start_is_postponed(play: Play, stage: ProjectStage) -> None:
    with on("2026-03-05"):
        unplanned, planned = (project_offers(play.office, at(play, stage, **values)) for values in ({}, PLANNED))

    assert blocked(unplanned)["postpone"] == "没有计划开工月份，请先在项目信息中填写。"
    assert ("postpone" in verbs(unplanned), "postpone" in verbs(planned)) == (False, True)


@pytest.mark.parametrize("stage", sorted(STARTED))
def test_nothing_waits_once_construction_has_begun(play: Play, stage: ProjectStage) -> None:
    with on("2026-03-05"):
        project = play.building()
        if stage is not ProjectStage.UNDER_CONSTRUCTION:
            over = {"evidence": papers(stage), "confirmed": list(ActDoubt)}
            project = services.move_project(play.office, project, stage=stage, on=TODAY, **over)
        offers = project_offers(play.office, project)

    given = list(OFFERED["project_office"])
    if is_producing(stage):
        given.insert(given.index("enroll") + 1, "record-output")
    assert (verbs(offers), blocked(offers)) == (given, {})


def test_a_suspended_project_reports_nothing_and_says_so(play: Play) -> None:
    with on("2026-03-05"):
        project = at(play, ProjectStage.SUSPENDED)
    with on("2026-05-05"):
        offers = project_offers(play.office, project)

    assert blocked(offers) == {"report": "项目已停缓建或终止，无需报送。"}
    assert verbs(offers) == [verb for verb in OFFERED["project_office"] if verb != "report"]


def test_a_project_newly_at_rest_reports_the_month_before(play: Play) -> None:
    with on("2026-03-05"):
        offers = project_offers(play.office, at(play, ProjectStage.SUSPENDED))

    assert (verbs(offers), blocked(offers)) == (OFFERED["project_office"], {})


def test_what_was_terminated_is_neither_planned_nor_moved_nor_held_up(play: Play) -> None:
    with on("2026-03-05"):
        project = at(play, ProjectStage.TERMINATED)
    with on("2026-05-05"):
        offers = project_offers(play.office, project)

    assert blocked(offers) == {"report": "项目已停缓建或终止，无需报送。"}
    assert verbs(offers) == ["add-milestone", "receive", "enroll", "raise-task", "edit", "locate"]


def test_what_is_enrolled_is_not_enrolled_again(play: Play) -> None:
    with on("2026-03-05"):
        project = at(play, ProjectStage.UNDER_CONSTRUCTION)
        done = services.enroll_project(play.viewer("statistics"), project, enrolled_on=TODAY)

    assert verbs(project_offers(play.viewer("statistics"), done)) == ["raise-task"]


# --- on the facts ----------------------------------------------------------------------------------------------------
MILESTONE = {"project_office": ["reach", "drop"], "works_handler": ["reach"], "statistics": [], "leader": []}


@pytest.mark.parametrize("key", MILESTONE)
def test_a_milestone_is_reached_by_whose_it_is_and_dropped_by_the_office(play: Play, key: str) -> None:
    with on("2026-03-05"):
        project = play.building()
        step = services.add_milestone(play.office, project, name="封顶", planned_on=TODAY)

        assert verbs(milestone_offers(play.viewer(key), step, project)) == MILESTONE[key]


def test_a_milestone_that_was_reached_stays_as_it_is(play: Play) -> None:
    with on("2026-03-05"):
        project = play.building()
        step = services.add_milestone(play.office, project, name="封顶", planned_on=TODAY)
        done = services.reach_milestone(play.office, step, reached_on=TODAY)

    assert milestone_offers(play.office, done, project) == []


@pytest.mark.parametrize(
    ("key", "is_left", "offered"),
    [
        ("project_office", True, ["pay"]),
        ("works_handler", True, ["pay"]),
        ("works_handler", False, []),
        ("statistics", True, []),
        ("leader", True, []),
    ],
)
def test_a_payment_is_recorded_while_money_is_left(play: Play, key: str, is_left: bool, offered: list[str]) -> None:
    with on("2026-03-05"):
        project = play.building()
        came = services.receive_funds(
            play.office, project, source=FundingSource.STATE_BUDGET, amount=Decimal(100), received_on=TODAY
        )

    assert verbs(funds_offers(play.viewer(key), came, project, is_left=is_left)) == offered


@pytest.mark.parametrize(
    ("key", "offered"),
    [("project_office", ["resolve", "raise-task"]), ("works_head", ["resolve", "raise-task"]), ("leader", [])],
)
def test_a_bottleneck_is_resolved_once_by_whose_project_it_is(play: Play, key: str, offered: list[str]) -> None:
    with on("2026-03-05"):
        project = play.building()
        found = services.raise_bottleneck(play.office, project, kind=BottleneckKind.LAND, text="缺地", found_on=TODAY)
        before = verbs(bottleneck_offers(play.viewer(key), found, project))
        done = services.resolve_bottleneck(play.office, found, resolved_on=TODAY, resolution="已供地")

    assert (before, bottleneck_offers(play.viewer(key), done, project)) == (offered, [])


# --- in words --------------------------------------------------------------------------------------------------------
ENGLISH = {
    "report": "Report a month",
    "plan": "Plan the year",
    "postpone": "Postpone the start",
    "move": "Move to another stage",
    "correct-days": "Correct start and completion",
    "add-milestone": "Add a milestone",
    "receive": "Record funds received",
    "enroll": "Record the enrollment",
    "raise-bottleneck": "Record a bottleneck",
    "raise-task": "Raise a task",
    "edit": "Edit",
    "locate": "Place on the map",
    "record-output": "Record the yearly output",
    "reach": "Reached",
    "drop": "Take away",
    "pay": "Record a payment",
    "resolve": "Resolved",
}
CHINESE = {
    "report": "报送月度完成投资",
    "plan": "编制年度计划",
    "postpone": "推迟开工",
    "move": "变更阶段",
    "correct-days": "更正开竣工日期",
    "add-milestone": "新增关键节点",
    "receive": "登记到位资金",
    "enroll": "登记入库纳统",
    "raise-bottleneck": "登记卡点堵点",
    "raise-task": "提出督办事项",
    "edit": "修改",
    "locate": "标定位置",
    "record-output": "填报年产值",
    "reach": "完成",
    "drop": "取消",
    "pay": "登记支付",
    "resolve": "化解",
}


@pytest.mark.parametrize(("language", "labels"), [("en", ENGLISH), ("zh-hans", CHINESE)])
def test_every_act_has_its_name_in_both_languages(language: str, labels: dict[str, str]) -> None:
    with override(language):
        assert {verb: Offer(verb, "").label for verb in LABELS} == labels


REASONS = {
    "report": "Figures are reported once construction has begun.",
    "postpone": "No start is planned: give it first, by editing the project.",
    "enroll": "A project is enrolled once construction has begun.",
}


def test_the_reasons_read_in_english_too(play: Play) -> None:
    with on("2026-03-05"), override("en"):
        waiting = blocked(project_offers(play.office, at(play, ProjectStage.SIGNED)))
        rested = at(play, ProjectStage.SUSPENDED)
    with on("2026-05-05"), override("en"):
        resting = blocked(project_offers(play.office, rested))

    assert waiting == REASONS
    assert resting == {"report": "The project is at rest: nothing is reported."}
