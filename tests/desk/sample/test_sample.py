"""The sample county: made up, the same each time for the same day, and showing everything there is to see."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from sushui.desk.sample import sample_accounts
from sushui.desk.sample.county import SampleCounty
from sushui.kernel import clock
from sushui.kernel.audit import target_of
from sushui.kernel.audit_check import verify_chain
from sushui.kernel.days import working_calendar
from sushui.kernel.models import AuditLine, OutboxMessage, User
from sushui.notices.models import Notice
from sushui.organizations.enums import AgencyKind, Role
from sushui.organizations.models import Agency, Delegation, Division, Post, RoleGrant, Tenure
from sushui.organizations.queries import viewer_for
from sushui.supervision import queries
from sushui.supervision.enums import (
    ClockKind,
    Grade,
    OrderKind,
    OrderSource,
    PartState,
    RequestKind,
    RequestState,
    Rung,
    StatusLight,
    TaskKind,
    TaskState,
)
from sushui.supervision.models import (
    Conclusion,
    Escalation,
    Objection,
    SupervisedTask,
    SupervisionOrder,
    TaskClock,
    TaskPart,
    TaskRequest,
)
from tests.desk.sample.build import NOW

pytestmark = pytest.mark.django_db

FOUNDED = "2025-10-20"  # 400 days before the day of the test


def values(rows: Iterable[object]) -> set[object]:
    return set(rows)


def test_there_are_about_four_hundred_tasks_beside_those_of_requests(sample: SampleCounty) -> None:
    tasks = SupervisedTask.objects.filter(division__code="140826")

    total = tasks.exclude(order__source=OrderSource.SUPPORT_REQUEST).count()

    assert 380 <= total <= 420


# --- everything there is to see --------------------------------------------------------------------------------------
def test_every_state_of_a_task_is_there(sample: SampleCounty) -> None:
    states = values(SupervisedTask.objects.values_list("state", flat=True))

    assert states == set(TaskState)


def test_every_kind_of_task_is_there(sample: SampleCounty) -> None:
    kinds = values(SupervisedTask.objects.values_list("kind", flat=True))

    assert kinds == set(TaskKind)


def test_every_light_is_there(sample: SampleCounty) -> None:
    lit = queries.with_light(SupervisedTask.objects.all(), clock.today())

    assert values(lit.values_list("light_today", flat=True)) == set(StatusLight)


def test_every_state_of_a_part_is_there(sample: SampleCounty) -> None:
    states = values(TaskPart.objects.values_list("state", flat=True))

    assert states == set(PartState)


def test_every_kind_of_request_waits_for_a_decision(sample: SampleCounty) -> None:
    waiting = TaskRequest.objects.filter(state=RequestState.OPEN)

    assert values(waiting.values_list("kind", flat=True)) == set(RequestKind)


def test_every_kind_of_request_was_granted_and_all_but_suspensions_refused(sample: SampleCounty) -> None:
    decided = values(TaskRequest.objects.exclude(state=RequestState.OPEN).values_list("kind", "state"))

    granted = {(kind, RequestState.GRANTED) for kind in RequestKind}
    refused = {(kind, RequestState.REFUSED) for kind in RequestKind if kind is not RequestKind.SUSPENSION}
    assert decided == granted | refused


def test_every_grade_was_given(sample: SampleCounty) -> None:
    grades = values(SupervisedTask.objects.filter(state=TaskState.CLOSED).values_list("grade", flat=True))

    assert grades == set(Grade)


def test_every_kind_and_source_of_order_is_there(sample: SampleCounty) -> None:
    orders = SupervisionOrder.objects.all()

    assert values(orders.values_list("kind", flat=True)) == set(OrderKind)
    assert values(orders.values_list("source", flat=True)) == set(OrderSource)


def test_every_kind_of_clock_of_a_task_ran(sample: SampleCounty) -> None:
    kinds = values(TaskClock.objects.values_list("kind", flat=True))

    assert kinds >= set(ClockKind) - {ClockKind.OBJECTION_REVIEW}


def test_every_rung_of_the_ladder_was_climbed(sample: SampleCounty) -> None:
    rungs = values(Escalation.objects.values_list("rung", flat=True))

    assert rungs == set(Rung)


def test_some_deadlines_lie_beyond_the_announced_calendar(sample: SampleCounty) -> None:
    provisional = TaskClock.objects.filter(is_provisional=True, met_on=None, canceled_on=None, stopped_on=None)

    assert values(provisional.values_list("due_on__year", flat=True)) == {2027}
    assert SupervisedTask.objects.filter(is_open=True, is_provisional=True).exists()


def test_one_objection_waits_and_one_was_reviewed_by_somebody_else(sample: SampleCounty) -> None:
    objections = Objection.objects.order_by("state").values_list("state", "reviewed_by__name")

    assert list(objections) == [(RequestState.GRANTED, "督查员"), (RequestState.OPEN, None)]
    assert values(Conclusion.objects.values_list("drafted_by__name", flat=True)) == {"主任"}


# --- people and places -----------------------------------------------------------------------------------------------
def test_nobody_has_a_name_of_their_own(sample: SampleCounty) -> None:
    labels = {f"{post.agency}{post.name}" for post in Post.objects.select_related("agency")}
    former = {label.replace("经办人", "原经办人") for label in labels}

    assert values(User.objects.values_list("name", flat=True)) <= labels | former


def test_every_act_is_told_under_the_name_of_a_post(sample: SampleCounty) -> None:
    names = values(User.objects.values_list("name", flat=True)) | {"clockwork"}

    assert values(AuditLine.objects.values_list("user_name", flat=True)) <= names


def test_townships_stand_at_their_real_codes(sample: SampleCounty) -> None:
    places = Agency.objects.filter(kind=AgencyKind.TOWNSHIP).order_by("place__code").values_list("place__code", "name")

    assert len(places) == 10
    assert places[0] == ("140826100", "古绛镇人民政府")
    assert places[9] == ("140826201", "冷口乡人民政府")


def test_the_zone_lies_outside_the_standard_codes_of_counties(sample: SampleCounty) -> None:
    zone = Agency.objects.get(kind=AgencyKind.ZONE)

    assert zone.place.code == "140826402"


def test_the_county_has_its_departments_hospitals_banks_and_enterprises(sample: SampleCounty) -> None:
    kinds = Agency.objects.filter(division__code="140826").values_list("kind", flat=True)
    counted = {kind: sum(each is kind for each in kinds) for kind in AgencyKind}

    assert 30 <= counted[AgencyKind.DEPARTMENT] <= 40
    assert counted[AgencyKind.HOSPITAL] == counted[AgencyKind.BANK] == 2
    assert counted[AgencyKind.ENTERPRISE] == 3


def test_groups_are_those_that_lists_name_together(sample: SampleCounty) -> None:
    groups = Agency.objects.filter(division__code="140826", groups__contains=["townships"])

    assert groups.count() == 10


def test_there_is_an_account_for_every_role(sample: SampleCounty) -> None:
    users = User.objects.filter(username__in=[account.username for account in sample_accounts()])
    roles = RoleGrant.objects.filter(post__tenures__user__in=users).values_list("role", flat=True)

    assert values(roles) == set(Role)


def test_every_account_may_sign_in_at_once(sample: SampleCounty) -> None:
    account = sample_accounts()[0]
    user = User.objects.get(username=account.username)

    assert user.check_password(account.password)
    assert not User.objects.filter(must_change_password=True).exists()


def test_the_city_sees_both_counties_and_the_neighbor_only_its_own(sample: SampleCounty) -> None:
    city = viewer_for(User.objects.get(username="city"))
    neighbor = viewer_for(User.objects.get(username="neighbor"))

    seen = [
        values(queries.visible_tasks(viewer).values_list("division__code", flat=True)) for viewer in (city, neighbor)
    ]
    assert seen == [{"140826", "140823"}, {"140823"}]


# --- what happened beside --------------------------------------------------------------------------------------------
def test_a_handler_changed_and_every_open_item_says_so(sample: SampleCounty) -> None:
    handed = AuditLine.objects.filter(verb="hand_over", target__startswith="supervision.")

    assert handed.count() > 3
    assert values(handed.values_list("before__holder", "after__holder")) == {("县住建局原经办人", "县住建局经办人")}


def test_open_items_of_the_post_are_the_successors(sample: SampleCounty) -> None:
    handler = viewer_for(User.objects.get(username="handler"))

    assert queries.own_parts(handler).count() > 3


def test_a_delegation_is_in_force(sample: SampleCounty) -> None:
    leader = viewer_for(User.objects.get(username="leader"))

    assert [choice.label for choice in leader.posts if choice.is_delegated] == ["县政府 副县长（分管城建）"]
    assert Delegation.objects.filter(from_on__lte=NOW, to_on__gte=NOW).count() == 1


def test_a_person_holds_two_posts(sample: SampleCounty) -> None:
    office = viewer_for(User.objects.get(username="office"))

    assert len(office.posts) == 2


def test_posts_are_vacant_and_an_account_is_without_a_post(sample: SampleCounty) -> None:
    seated = Tenure.objects.filter(to_on=None)
    vacant = Post.objects.exclude(pk__in=seated.values("post")).values_list("agency__short_name", flat=True)
    idle = User.objects.exclude(pk__in=seated.values("user")).values_list("name", flat=True)

    assert values(vacant) == {"县商务局", "县乡村振兴局"}
    assert list(idle) == ["县住建局原经办人"]


def test_notices_were_delivered_and_the_older_ones_read(sample: SampleCounty) -> None:
    unread = Notice.objects.filter(read_at=None)

    assert not OutboxMessage.objects.filter(done_at=None, due_at__lte=NOW).exists()
    assert Notice.objects.exclude(read_at=None).count() > unread.count() > 0


# --- true all through ------------------------------------------------------------------------------------------------
def test_the_audit_chain_holds(sample: SampleCounty) -> None:
    proof = verify_chain()

    assert (proof.findings, proof.pending) == ((), 0)
    assert proof.lines == AuditLine.objects.count()


def test_nothing_happens_later_than_now(sample: SampleCounty) -> None:
    assert not AuditLine.objects.filter(at__gt=NOW).exists()


def test_after_the_founding_everything_happens_on_working_days(sample: SampleCounty) -> None:
    calendar = working_calendar()
    days = {clock.local(at).date() for at in AuditLine.objects.values_list("at", flat=True)}

    assert [str(day) for day in sorted(days) if not calendar.is_working_day(day)] in ([], [FOUNDED])


def test_a_closed_task_tells_its_story_from_draft_to_closing(sample: SampleCounty) -> None:
    closed = SupervisedTask.objects.filter(state=TaskState.CLOSED, kind=TaskKind.GENERAL, is_late=False).first()
    verbs = AuditLine.objects.filter(target=target_of(closed)).order_by("pk").values_list("verb", flat=True)

    assert (verbs[0], verbs[1], list(verbs)[-1]) == ("draft_task", "assign_task", "close_task")


def test_the_divisions_are_those_of_the_standard(sample: SampleCounty) -> None:
    names = Division.objects.filter(code__in=["14", "1408", "140826", "140823"]).order_by("code")

    assert [division.name for division in names] == ["山西省", "运城市", "闻喜县", "绛县"]
