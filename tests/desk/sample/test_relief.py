"""The sample's requests of enterprises: some in every state, and something for everybody who has to do with them."""

from __future__ import annotations

import pytest

from sushui.desk.sample.relief import read_requests
from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import viewer_of_account
from sushui.relief import queries
from sushui.relief.enums import CheckVerdict, Satisfaction, SupportChannel, SupportKind, SupportLevel, SupportState
from sushui.relief.models import CommonIssue, SpotCheck, SupportAnswer, SupportRating, SupportRequest
from sushui.supervision.enums import StatusLight
from sushui.supervision.models import SupervisedTask
from sushui.supervision.queries import with_light

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]
S = SupportState


def viewer(account: str) -> Viewer:
    found = viewer_of_account(account)
    assert found is not None, f"the sample has the account {account}"
    return found


def values(field: str) -> set[object]:
    return set(SupportRequest.objects.values_list(field, flat=True))


def test_every_request_of_the_file_was_entered() -> None:
    assert SupportRequest.objects.count() == len(read_requests()) == 41


def test_some_are_in_every_state_of_every_kind_and_came_by_every_way() -> None:
    found = (values("state"), values("kind"), values("channel"), values("level"))

    assert found == (set(S), set(SupportKind), set(SupportChannel), set(SupportLevel))


def test_every_satisfaction_was_told_by_enterprises_themselves_and_on_the_telephone() -> None:
    told = SupportRating.objects.all()

    assert set(told.values_list("satisfaction", flat=True)) == set(Satisfaction)
    assert set(told.values_list("is_by_phone", flat=True)) == {True, False}


def test_one_that_nobody_rated_was_closed_without_a_rating() -> None:
    closed = SupportRequest.objects.filter(state=S.CLOSED, rating="")

    assert [row.content for row in closed] == ["中药材初加工设备补贴目录没有更新，无法申报。"]


def test_one_was_reopened_and_settled_in_the_end() -> None:
    settled = SupportRequest.objects.filter(state=S.CLOSED, reopened_count=1)

    assert [(row.enterprise.name, row.answers.count()) for row in settled] == [("涑源装备制造有限公司", 2)]


def test_some_are_overdue() -> None:
    tasks = SupervisedTask.objects.filter(pk__in=SupportRequest.objects.filter(state=S.ASSIGNED).values("task"))

    lights = set(with_light(tasks, clock.today()).values_list("light_today", flat=True))

    assert lights >= {StatusLight.RED, StatusLight.GREEN}


def test_three_were_gathered_and_answered_once() -> None:
    issue = CommonIssue.objects.get()

    ratings = sorted(str(row.rating) for row in issue.requests.all())

    assert (issue.state, issue.answers.count(), ratings) == (S.ANSWERED, 1, ["", "basically", "satisfied"])
    assert not SupportAnswer.objects.filter(request__issue=issue).exists()


def test_obstruction_was_told_to_the_police_at_once() -> None:
    rows = SupportRequest.objects.filter(kind=SupportKind.OBSTRUCTION)

    assert {str(row.alerted_agency) for row in rows} == {"县公安局"}


def test_unpaid_bills_say_what_is_owed_and_since_when() -> None:
    bills = SupportRequest.objects.filter(kind=SupportKind.UNPAID)

    said = [bool(row.amount_owed and row.owed_since_on and row.owed_since_on < row.received_on) for row in bills]

    assert said == [True] * 3


def test_those_from_visits_name_a_visit_to_the_enterprises_project() -> None:
    rows = SupportRequest.objects.exclude(visit=None).select_related("visit__subject", "enterprise")
    owners = {plan.enterprise for plan in read_requests() if plan.channel is SupportChannel.VISIT}

    assert rows.count() >= 3
    assert {row.enterprise.name for row in rows} <= owners


def test_the_enterprise_with_an_account_sees_its_own_alone() -> None:
    rows = queries.visible_requests(viewer("enterprise"))

    states = sorted(str(row.state) for row in rows)

    assert states == ["answered", "assigned", "closed", "received", "withdrawn"]
    assert set(rows.values_list("enterprise__name", flat=True)) == {"涑源装备制造有限公司"}


def test_some_were_drawn_and_one_of_them_checked() -> None:
    verdicts = sorted(SpotCheck.objects.exclude(draw=None).values_list("verdict", flat=True))

    assert verdicts == ["", "", CheckVerdict.SETTLED]


def test_the_neighbor_sees_none() -> None:
    assert not queries.visible_requests(viewer("neighbor")).exists()
