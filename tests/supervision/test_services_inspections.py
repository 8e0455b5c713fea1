"""Conclusions, objections and reviews (Regulations on Government Inspection, articles 15 to 17)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.models import Subject
from sushui.organizations.models import LineOfCharge
from sushui.supervision import queries, services
from sushui.supervision.enums import OrderKind, RequestState, TaskState
from sushui.supervision.models import Conclusion, Objection
from tests.supervision.play import Play, in_march, march, on


def concluded(play: Play, agency: str = "works", by: str = "office") -> Conclusion:
    """An inspection with its conclusion about an agency, delivered now."""
    order = play.order(by, kind=OrderKind.INSPECTION)
    return services.deliver_conclusion(play.viewer(by), order, agency_id=play.agency_id(agency), text="查了")


def objected(play: Play) -> Objection:
    return services.object_to_conclusion(play.speaker("works"), concluded(play), reason="不符")


# --- conclusions -----------------------------------------------------------------------------------------------------
def test_a_conclusion_is_delivered_to_the_agency_it_is_about(play: Play) -> None:
    with march(2):
        conclusion = concluded(play)

    assert (conclusion.delivered_on, conclusion.objection_until_on) == (in_march(2), date(2026, 4, 1))
    assert play.told("Conclusion") == [("Conclusion delivered: %(title)s", ["works_head"])]


def test_only_an_inspection_has_conclusions(play: Play) -> None:
    with march(2):
        order = play.order()

        with pytest.raises(DomainError) as refusal:
            services.deliver_conclusion(play.office, order, agency_id=play.agency_id("works"), text="查了")
    assert refusal.value.code == "not_an_inspection"


def test_an_inspection_concludes_once_about_an_agency(play: Play) -> None:
    with march(2):
        conclusion = concluded(play)

        with pytest.raises(DomainError) as refusal:
            services.deliver_conclusion(play.office, conclusion.order, agency_id=play.agency_id("works"), text="又查了")
    assert refusal.value.code == "concluded_already"


def test_a_conclusion_is_about_an_agency_of_the_same_division(play: Play) -> None:
    with march(2):
        order, zone_id = play.order(kind=OrderKind.INSPECTION), play.zone_agency_id()

        with pytest.raises(NotFound):
            services.deliver_conclusion(play.office, order, agency_id=zone_id, text="查了")


# --- objections ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("day", ["2026-03-02", "2026-04-01"])
def test_an_agency_objects_within_thirty_days(play: Play, day: str) -> None:
    with march(2):
        conclusion = concluded(play)
    with on(day, "23:59"):
        objection = services.object_to_conclusion(play.speaker("works"), conclusion, reason="不符")

    assert objection.state == RequestState.OPEN


def test_an_objection_after_thirty_days_is_too_late(play: Play) -> None:
    with march(2):
        conclusion = concluded(play)

    with on("2026-04-02"), pytest.raises(DomainError) as refusal:
        services.object_to_conclusion(play.speaker("works"), conclusion, reason="不符")
    assert refusal.value.code == "objection_too_late"


def test_an_objection_is_raised_once(play: Play) -> None:
    with march(2):
        objection = objected(play)

        with pytest.raises(DomainError) as refusal:
            services.object_to_conclusion(play.speaker("works"), objection.conclusion, reason="还是不符")
    assert refusal.value.code == "objected_already"


@pytest.mark.parametrize("agency", ["works", "gujiang", "statistics", "hospital"])
def test_whoever_speaks_for_an_agency_may_object(play: Play, agency: str) -> None:
    with march(2):
        objection = services.object_to_conclusion(play.speaker(agency), concluded(play, agency), reason="不符")

    assert objection.review_due_on == date(2026, 4, 1)


@pytest.mark.parametrize("who", ["works_handler", "finance_head", "office", "leader"])
def test_nobody_else_objects(play: Play, who: str) -> None:
    with march(2):
        conclusion = concluded(play)

        with pytest.raises(Forbidden):
            services.object_to_conclusion(play.viewer(who), conclusion, reason="不符")


# --- reviews ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("is_upheld", "state"), [(True, RequestState.GRANTED), (False, RequestState.REFUSED)])
def test_somebody_else_of_the_office_reviews(play: Play, is_upheld: bool, state: RequestState) -> None:
    with march(2):
        objection = objected(play)
        services.review_objection(play.viewer("office_second"), objection, is_upheld=is_upheld, note="核实了")

    assert Objection.objects.get(pk=objection.pk).state == state
    assert play.told("Objection decided") == [("Objection decided: %(title)s", ["works_head"])]


@pytest.mark.parametrize("who", ["office", "leader", "works_head", "neighbor_office", "project_office"])
def test_neither_the_drafter_nor_anybody_outside_the_office_reviews(play: Play, who: str) -> None:
    with march(2):
        objection = objected(play)

        with pytest.raises(Forbidden):
            services.review_objection(play.viewer(who), objection, is_upheld=True, note="核实了")


def test_a_review_is_decided_once(play: Play) -> None:
    with march(2):
        objection, second = objected(play), play.viewer("office_second")
        services.review_objection(second, objection, is_upheld=True, note="核实了")

        with pytest.raises(DomainError) as refusal:
            services.review_objection(second, objection, is_upheld=False, note="再想想")
    assert refusal.value.code == "decided_already"


def test_a_conclusion_objected_to_rightly_is_set_aside_and_another_one_delivered(play: Play) -> None:
    with march(2):
        objection = objected(play)
        services.review_objection(play.viewer("office_second"), objection, is_upheld=True, note="核实了")
        order, agency_id = objection.conclusion.order, objection.conclusion.agency_id

        services.deliver_conclusion(play.office, order, agency_id=agency_id, text="改过的结论")

    found = order.conclusions.order_by("pk").values_list("text", "set_aside_on")
    assert list(found) == [(objection.conclusion.text, in_march(2)), ("改过的结论", None)]


# --- what was already asked ------------------------------------------------------------------------------------------
def asked(play: Play, who: str = "office", subject: Subject | None = None) -> list[int]:
    agency_ids = [play.agency_id("works"), play.agency_id("finance")]
    rows = queries.earlier_demands(play.viewer(who), agency_ids, subject_id=subject.pk if subject else None)
    return [part.task_id for part in rows]


@pytest.mark.parametrize("kind", [OrderKind.INSPECTION, OrderKind.REPORT_DEMAND])
def test_an_inspection_or_demand_of_the_last_year_was_already_asked(play: Play, kind: OrderKind) -> None:
    with march(2):
        task = play.task(order=play.order(kind=kind))
        play.task()

        assert asked(play) == [task.pk]


def test_what_was_closed_was_asked_and_what_was_withdrawn_was_not(play: Play) -> None:
    with march(2):
        closed = play.signed("gujiang", ("finance",), order=play.order(kind=OrderKind.INSPECTION))
        play.apply(closed, "gujiang")
        play.close(closed)
        play.withdraw(play.task(order=play.order(kind=OrderKind.INSPECTION)))

        assert asked(play) == [closed.pk]


def test_what_is_only_drafted_or_older_than_a_year_was_not_asked(play: Play) -> None:
    with on("2025-03-01"):
        play.task(order=play.order(kind=OrderKind.INSPECTION))
    with march(2):
        play.draft(order=play.order(kind=OrderKind.INSPECTION))

        assert asked(play) == []


@pytest.mark.usefixtures("projects")
def test_only_what_is_about_the_subject_counts(play: Play) -> None:
    county = play.county.county
    roads = [Subject.objects.create(kind="project", object_id=n, label="路", division=county) for n in (1, 2)]
    with march(2):
        tasks = [play.task(order=play.order(kind=OrderKind.INSPECTION, subject=road)) for road in roads]

        assert [asked(play, subject=road) for road in roads] == [[task.pk] for task in tasks]


@pytest.mark.parametrize("who", ["works_head", "leader", "administrator"])
def test_only_those_who_issue_orders_look_it_up(play: Play, who: str) -> None:
    with march(2):
        play.task(order=play.order(kind=OrderKind.INSPECTION))

        assert asked(play, who) == []


# --- reviews that are due --------------------------------------------------------------------------------------------
def test_the_office_is_reminded_of_a_review_and_in_the_end_the_leader_hears(play: Play) -> None:
    with march(2):
        objected(play)  # to be reviewed by 1 April, a Wednesday
    LineOfCharge.objects.create(
        leader_post=play.county.posts["leader"], agency=play.county.agencies["office"], from_on=in_march(1)
    )
    reminded = {}
    for day in [date(2026, 3, 30) + timedelta(days=n) for n in range(14)]:
        with on(day.isoformat()):
            reminded[day] = services.run_clocks()

    assert {day for day, count in reminded.items() if count} == {in_march(31), date(2026, 4, 2), date(2026, 4, 8)}
    both = ["office", "office_second"]
    assert [posts for said, posts in play.told("Review")] == [both, both]
    assert [posts for said, posts in play.told("Red: review")] == [["leader"]]


def test_a_review_is_reminded_of_once_and_by_day(play: Play) -> None:
    with march(2):
        objected(play)

    counts = []
    for time in ("07:59", "08:00", "12:00", "20:00"):
        with march(31, time):
            counts.append(services.run_clocks())
    assert counts == [0, 1, 0, 0]


def test_a_review_that_is_done_reminds_nobody(play: Play) -> None:
    with march(2):
        services.review_objection(play.viewer("office_second"), objected(play), is_upheld=False, note="核实了")
    with on("2026-05-12"):
        assert services.run_clocks() == 0


def test_asking_again_without_a_reason_is_refused_and_changes_nothing(play: Play) -> None:
    with march(2):
        play.task(order=play.order(kind=OrderKind.INSPECTION, title="查工地"))
        again = play.draft(order=play.order(kind=OrderKind.REPORT_DEMAND))

        with pytest.raises(DomainError) as refusal:
            services.assign_task(play.office, again)

    assert refusal.value.code == "asked_before"
    assert play.now(again).state is TaskState.DRAFTED


def test_asking_again_with_a_reason_keeps_the_reason_in_the_story(play: Play) -> None:
    with march(2):
        play.task(order=play.order(kind=OrderKind.INSPECTION))
        again = play.draft(order=play.order(kind=OrderKind.INSPECTION))

        services.assign_task(play.office, again, note="出了新的事故")

    assert play.last_line(again).note == "出了新的事故"


def test_an_assignment_is_no_inspection_and_may_be_given_again(play: Play) -> None:
    with march(2):
        play.task(order=play.order(kind=OrderKind.INSPECTION))

        assert play.task().state is TaskState.ASSIGNED
