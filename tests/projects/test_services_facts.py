"""The dated facts of a project: milestones, money from above, enrollment, bottlenecks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.projects import queries, services
from sushui.projects.enums import BottleneckKind, FundingSource, LightRule, ProjectVerb
from sushui.projects.models import FundsReceived, Milestone, Project
from sushui.projects.services import PaymentDemand
from sushui.supervision.enums import StatusLight
from tests.projects.play import Play, on

JUNE = date(2026, 6, 30)


def received(play: Play, project: Project, amount: int = 1000, **values: Any) -> FundsReceived:
    given = {"source": FundingSource.SPECIAL_BONDS, "received_on": date(2026, 3, 1), **values}
    return services.receive_funds(play.office, project, amount=Decimal(amount), **given)


# --- milestones ------------------------------------------------------------------------------------------------------
def test_a_milestone_is_planned_by_the_office_and_reached_by_whose_project_it_is(play: Play) -> None:
    with on("2026-05-04"):
        project = play.building()
        planned = services.add_milestone(play.office, project, name="主体封顶", planned_on=date(2026, 5, 1))
        handler = play.viewer("works_handler")
        services.reach_milestone(handler, planned, reached_on=date(2026, 5, 3), evidence="监理报告 12 号")

    (milestone,) = queries.milestones_of(project)
    assert (milestone.reached_on, milestone.evidence) == (date(2026, 5, 3), "监理报告 12 号")
    assert play.verbs(project)[-2:] == [ProjectVerb.ADD_MILESTONE, ProjectVerb.REACH_MILESTONE]


def test_a_milestone_taken_away_stays_in_the_story(play: Play) -> None:
    project = play.building()
    planned = services.add_milestone(play.office, project, name="主体封顶", planned_on=JUNE)

    services.drop_milestone(play.office, planned, reason="设计变更")

    assert list(queries.milestones_of(project)) == []
    assert (play.last_line(project).before, play.last_line(project).note) == ({"name": "主体封顶"}, "设计变更")


def test_a_milestone_is_not_reached_tomorrow(play: Play) -> None:
    with on("2026-05-04"):
        planned = services.add_milestone(play.office, play.building(), name="主体封顶", planned_on=JUNE)
        with pytest.raises(DomainError) as refused:
            services.reach_milestone(play.office, planned, reached_on=date(2026, 5, 5))

    assert refused.value.code == "day_in_future"


def test_the_second_of_two_who_reach_a_milestone_is_told(play: Play) -> None:
    planned = services.add_milestone(play.office, play.building(), name="主体封顶", planned_on=JUNE)
    seen = planned.version
    services.reach_milestone(play.office, planned, reached_on=date(2026, 5, 1), seen_version=seen)

    with pytest.raises(StaleRecord):
        services.reach_milestone(play.office, planned, reached_on=date(2026, 5, 2), seen_version=seen)


@pytest.mark.parametrize("who", ["works_handler", "works_head", "leader", "statistics"])
def test_only_the_office_plans_and_drops_milestones(play: Play, who: str) -> None:
    project = play.building()
    planned = services.add_milestone(play.office, project, name="主体封顶", planned_on=JUNE)
    viewer = play.viewer(who)

    with pytest.raises(Forbidden):
        services.add_milestone(viewer, project, name="竣工", planned_on=JUNE)
    with pytest.raises(Forbidden):
        services.drop_milestone(viewer, planned, reason="不要了")

    assert Milestone.objects.filter(dropped_on=None).count() == 1


# --- money from above ------------------------------------------------------------------------------------------------
def test_money_that_is_not_paid_out_in_time_turns_the_light_and_a_payment_turns_it_back(play: Play) -> None:
    with on("2026-03-02"):
        project = play.building()
        came = received(play, project, demands=[PaymentDemand(JUNE, 60)])
        seen = [play.light(project, LightRule.FUNDS)]
    with on("2026-07-01"):
        services.light_due()
        seen.append(play.light(project, LightRule.FUNDS))
        services.pay_funds(play.viewer("works_handler"), came, amount=Decimal(600), paid_on=date(2026, 7, 1))
        seen.append(play.light(project, LightRule.FUNDS))

    assert seen == [StatusLight.GREEN, StatusLight.RED, StatusLight.GREEN]


def test_no_more_is_paid_than_came(play: Play) -> None:
    came = received(play, play.building())
    services.pay_funds(play.office, came, amount=Decimal(700), paid_on=date(2026, 4, 1))

    with pytest.raises(DomainError) as refused:
        services.pay_funds(play.office, came, amount=Decimal("300.01"), paid_on=date(2026, 4, 2))

    assert (refused.value.code, refused.value.params["paid"]) == ("more_than_received", Decimal(700))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"amount": 0}, "amount_not_above_zero"),
        ({"amount": -1}, "amount_below_zero"),
        ({"received_on": date(2126, 1, 1)}, "day_in_future"),
        ({"demands": [PaymentDemand(JUNE, 0)]}, "percent_impossible"),
        ({"demands": [PaymentDemand(JUNE, 101)]}, "percent_impossible"),
    ],
)
def test_money_that_cannot_be_is_refused(play: Play, values: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        received(play, play.building(), **values)

    assert (refused.value.code, FundsReceived.objects.count()) == (code, 0)


def test_demands_stand_in_the_order_of_their_days(play: Play) -> None:
    later, sooner = PaymentDemand(date(2026, 12, 31), 100), PaymentDemand(JUNE, 60)

    came = received(play, play.building(), demands=[later, sooner])

    assert came.required == [{"by": "2026-06-30", "percent": 60}, {"by": "2026-12-31", "percent": 100}]


def test_whose_project_it_is_not_records_no_money(play: Play) -> None:
    project = play.building()
    came = received(play, project)

    with pytest.raises(Forbidden):
        services.pay_funds(play.viewer("finance_handler"), came, amount=Decimal(1), paid_on=date(2026, 4, 1))
    with pytest.raises(Forbidden):
        services.receive_funds(
            play.viewer("works_handler"),
            project,
            source=FundingSource.BANK_LOANS,
            amount=Decimal(1),
            received_on=date(2026, 4, 1),
        )


# --- enrollment ------------------------------------------------------------------------------------------------------
def test_enrollment_by_the_statistics_bureau_turns_the_light_green(play: Play) -> None:
    with on("2026-04-10"):
        project = play.building(total_investment=Decimal(10**8))
        seen = [play.light(project, LightRule.ENROLLMENT)]
        services.enroll_project(play.viewer("statistics"), project, enrolled_on=date(2026, 4, 8), note="3 月库")
        seen.append(play.light(project, LightRule.ENROLLMENT))

    assert seen == [StatusLight.RED, StatusLight.GREEN]
    assert (play.now(project).enrolled_on, play.now(project).enrollment_note) == (date(2026, 4, 8), "3 月库")


@pytest.mark.parametrize("who", ["works_head", "leader", "office", "neighbor_office"])
def test_others_do_not_say_that_a_project_is_enrolled(play: Play, who: str) -> None:
    with pytest.raises(Forbidden):
        services.enroll_project(play.viewer(who), play.building(), enrolled_on=date(2026, 4, 8))


# --- bottlenecks -----------------------------------------------------------------------------------------------------
def test_a_bottleneck_is_recorded_and_resolved(play: Play) -> None:
    handler = play.viewer("works_handler")
    with on("2026-05-04"):
        project = play.building()
        found = {"kind": BottleneckKind.LAND, "text": "差 30 亩指标", "found_on": date(2026, 5, 1)}
        bottleneck = services.raise_bottleneck(handler, project, agency_id=play.agency_id("reform"), **found)
    with on("2026-05-20"):
        before = [each.text for each in queries.open_bottlenecks(play.viewer("leader"))]
        services.resolve_bottleneck(handler, bottleneck, resolved_on=date(2026, 5, 19), resolution="指标已下达")

    assert before == ["差 30 亩指标"]
    assert list(queries.open_bottlenecks(play.viewer("leader"))) == []
    assert play.verbs(project)[-2:] == [ProjectVerb.RAISE_BOTTLENECK, ProjectVerb.RESOLVE_BOTTLENECK]


@pytest.mark.parametrize(
    ("values", "code"),
    [({"text": ""}, "text_missing"), ({"found_on": date(2126, 1, 1)}, "day_in_future")],
)
def test_a_bottleneck_says_what_and_since_when(play: Play, values: dict[str, Any], code: str) -> None:
    given = {"kind": BottleneckKind.MONEY, "text": "贷款未批", "found_on": date(2026, 5, 1), **values}

    with pytest.raises(DomainError) as refused:
        services.raise_bottleneck(play.office, play.building(), **given)

    assert refused.value.code == code


def test_a_bottleneck_is_not_laid_on_an_agency_of_the_neighbor(play: Play) -> None:
    given = {"kind": BottleneckKind.MONEY, "text": "贷款未批", "found_on": date(2026, 5, 1)}

    with pytest.raises(DomainError) as refused:
        services.raise_bottleneck(play.office, play.building(), agency_id=play.agency_id("neighbor_head"), **given)

    assert refused.value.code == "not_found"
