"""Who may do what: every role, on its own and on another's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sushui.kernel.viewer import Viewer
from sushui.supervision import permissions as may
from sushui.supervision import services
from sushui.supervision.enums import OrderKind, RequestKind
from sushui.supervision.models import Conclusion, Objection, SupervisedTask
from tests.supervision.play import Play, march

ROLES = (
    "administrator",
    "leader",
    "office",
    "project_office",
    "works_head",
    "works_handler",
    "township",
    "statistics",
    "hospital",
    "bank",
    "enterprise",
    "neighbor_office",
    "neighbor_head",
    "neighbor_administrator",
    "city_leader",
)
WORKERS = {
    "project_office",
    "works_head",
    "works_handler",
    "township",
    "statistics",
    "hospital",
    "bank",
    "enterprise",
    "neighbor_head",
}
OFFICES = {"office", "project_office", "neighbor_office"}
LEADERS = {"leader", "city_leader"}


def allowed(play: Play, predicate: Callable[..., bool], *records: object) -> set[str]:
    """The roles of the cast that the predicate lets through."""
    return {role for role in ROLES if predicate(play.viewer(role), *records)}


# --- doors -----------------------------------------------------------------------------------------------------------
def test_everybody_but_administrators_enters(play: Play) -> None:
    assert allowed(play, may.may_open_supervision) == WORKERS | OFFICES | LEADERS


def test_offices_and_leaders_open_the_register(play: Play) -> None:
    assert allowed(play, may.may_open_register) == OFFICES | LEADERS


def test_heads_open_the_list_of_their_agency(play: Play) -> None:
    assert allowed(play, may.may_open_agency_list) == {"project_office", "works_head", "township", "neighbor_head"}


def test_those_who_work_have_a_list_of_their_own(play: Play) -> None:
    assert allowed(play, may.may_open_own_list) == WORKERS


def test_offices_draft_orders(play: Play) -> None:
    assert allowed(play, may.may_draft_orders) == OFFICES


# --- tasks of the supervision office and of the project office -------------------------------------------------------
@pytest.mark.parametrize(("issuer", "who"), [("office", {"office"}), ("project_office", {"office", "project_office"})])
def test_a_task_is_managed_by_its_issuer_and_by_the_supervision_office(play: Play, issuer: str, who: set[str]) -> None:
    task = issued(play, issuer)

    assert allowed(play, may.may_manage_task, task) == who
    assert allowed(play, may.is_issuer, task.order) == who
    assert allowed(play, may.may_decide_on_task, task) == who


def issued(play: Play, by: str, lead: str = "works", supporting: tuple[str, ...] = ()) -> SupervisedTask:
    with march(2):
        return play.now(play.signed(lead, supporting, by=by))


def test_nobody_decides_on_the_work_of_the_own_agency(play: Play) -> None:
    task = issued(play, "project_office", "reform")

    assert allowed(play, may.may_manage_task, task) == {"office", "project_office"}
    assert allowed(play, may.may_decide_on_task, task) == {"office"}


@pytest.mark.parametrize(("asks", "who"), [("works", {"office", "project_office"}), ("reform", {"office"})])
def test_nobody_decides_on_what_the_own_agency_asked(play: Play, asks: str, who: set[str]) -> None:
    with march(2):
        task = play.task(supporting=("reform",), by="project_office")
        play.dispute(task, named="finance", agency=asks)

    assert allowed(play, may.may_decide_on_request, play.request(task, RequestKind.OWNERSHIP)) == who


def test_office_and_leaders_remind_each_in_its_division_and_below(play: Play) -> None:
    assert allowed(play, may.may_remind, issued(play, "office")) == {"office", "leader", "city_leader"}


# --- parts -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("agency", "workers", "heads"),
    [
        ("works", {"works_head", "works_handler"}, {"works_head"}),
        ("gujiang", {"township"}, {"township"}),
        ("reform", {"project_office"}, {"project_office"}),
        ("statistics", {"statistics"}, set()),
        ("hospital", {"hospital"}, set()),
    ],
)
def test_a_part_is_worked_on_by_its_agency_and_given_out_by_its_head(
    play: Play, agency: str, workers: set[str], heads: set[str]
) -> None:
    part = play.part(issued(play, "office", agency), agency)

    assert allowed(play, may.may_work_on_part, part) == workers
    assert allowed(play, may.may_appoint_handler, part) == heads


def test_once_somebody_is_named_it_is_that_ones_and_the_heads(play: Play) -> None:
    task = issued(play, "office")
    head_id = play.post_id("works_head")
    with march(2):
        services.appoint_handler(play.speaker("works"), play.part(task), handler_post_id=head_id)

    assert allowed(play, may.may_work_on_part, play.part(task)) == {"works_head"}


# --- conclusions -----------------------------------------------------------------------------------------------------
def concluded(play: Play, agency: str) -> Conclusion:
    with march(2):
        order = play.order(kind=OrderKind.INSPECTION)
        return services.deliver_conclusion(play.office, order, agency_id=play.agency_id(agency), text="查了")


@pytest.mark.parametrize(
    ("agency", "who"),
    [
        ("works", {"works_head"}),
        ("gujiang", {"township"}),
        ("statistics", {"statistics"}),
        ("hospital", {"hospital"}),
        ("bank", {"bank"}),
        ("enterprise", {"enterprise"}),
    ],
)
def test_who_speaks_for_an_agency_objects(play: Play, agency: str, who: set[str]) -> None:
    assert allowed(play, may.may_object, concluded(play, agency)) == who


def test_an_objection_is_reviewed_by_somebody_else_of_the_office(play: Play) -> None:
    with march(2):
        objection = services.object_to_conclusion(play.speaker("works"), concluded(play, "works"), reason="不符")

    assert allowed(play, may.may_review_objection, objection) == set()
    assert may.may_review_objection(play.viewer("office_second"), objection) is True


def test_the_drafter_in_another_post_is_still_the_drafter(play: Play) -> None:
    with march(2):
        objection = services.object_to_conclusion(play.speaker("works"), concluded(play, "works"), reason="不符")
    second, drafter = play.viewer("office_second"), play.office

    assert may.may_review_objection(_as(second, drafter.user_id), Objection.objects.get(pk=objection.pk)) is False


def _as(viewer: Viewer, user_id: int) -> Viewer:
    """The post of one with the person of another."""
    return Viewer(
        user_id=user_id,
        user_name=viewer.user_name,
        post_id=viewer.post_id,
        post_name=viewer.post_name,
        agency_id=viewer.agency_id,
        agency_name=viewer.agency_name,
        division_id=viewer.division_id,
        roles=viewer.roles,
    )
