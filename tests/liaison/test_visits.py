"""Visits: logged once, with tasks of what was found; corrected on their day, withdrawn with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import LazySettings

from sushui.documents.services import receive_file
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.models import AuditLine, OutboxMessage
from sushui.liaison import queries, services
from sushui.liaison.enums import VisitWay
from sushui.liaison.models import Liaison, Visit
from sushui.liaison.services import FindingDraft, VisitDraft
from sushui.supervision import queries as tasks
from sushui.supervision.enums import StatusLight, TaskState
from sushui.supervision.models import SupervisedTask, SupervisionOrder
from sushui.supervision.services import assign_task, withdraw_task
from tests.liaison.play import TODAY, LiaisonPlay, on
from tests.liaison.test_liaisons import refusal


def states(play: LiaisonPlay, key: str, visit: Visit) -> list[tuple[TaskState, bool]]:
    """How the tasks of a visit stand for a viewer, and whether they may open them."""
    return [(row.standing.state, row.standing.is_visible) for row in queries.finding_rows(play.viewer(key), [visit])]


# --- what is found becomes a task ------------------------------------------------------------------------------------
@pytest.mark.parametrize("key", ["leader", "office", "project_office"])
def test_whoever_may_assign_assigns_at_once_under_one_order(play: LiaisonPlay, key: str) -> None:
    visit = play.visit(key, play.staffed(), "围墙没有修", "用电没有接")

    assert states(play, "office", visit) == [(TaskState.ASSIGNED, True)] * 2
    order = SupervisionOrder.objects.get()
    assert (order.pk, order.title, order.subject_id) == (
        visit.order_id,
        "走访涑水光伏电站（2026-03-03）",
        visit.subject_id,
    )


@pytest.mark.parametrize("key", ["works_head", "works_handler"])
def test_whoever_may_not_assign_proposes_to_the_office(play: LiaisonPlay, key: str) -> None:
    visit = play.visit(key, play.staffed(), "围墙没有修")

    assert states(play, key, visit) == [(TaskState.DRAFTED, False)]
    number = SupervisedTask.objects.get().pk
    assert [task.title for task in tasks.drafts(play.viewer("office"), [number])] == ["围墙没有修"]
    told = OutboxMessage.objects.get(key__startswith="supervision.proposal").payload["post_ids"]
    assert sorted(told) == sorted(play.county.posts[each].pk for each in ("office", "office_second"))


def test_the_office_completes_and_assigns_a_proposal_and_the_visitor_sees_it(play: LiaisonPlay) -> None:
    visit = play.visit("works_handler", play.staffed(), "围墙没有修")

    assign_task(play.viewer("office"), SupervisedTask.objects.select_related("order").get())

    assert states(play, "works_handler", visit) == [(TaskState.ASSIGNED, True)]


def test_a_problem_without_an_agency_waits_for_the_office_to_name_one(play: LiaisonPlay) -> None:
    draft = VisitDraft(TODAY, "看了", findings=(FindingDraft("不知道该谁管"),))

    visit = services.log_visit(play.viewer("leader"), play.staffed(), draft)

    assert states(play, "leader", visit) == [(TaskState.DRAFTED, False)]


def test_a_leader_of_the_city_proposes_to_the_countys_office(play: LiaisonPlay) -> None:
    visit = play.visit("city_leader", play.staffed(), "围墙没有修")

    assert states(play, "office", visit) == [(TaskState.DRAFTED, True)]
    assert SupervisionOrder.objects.get().division == play.county.county


def test_red_tasks_of_a_proposal_go_to_the_leader_who_stands_there(play: LiaisonPlay) -> None:
    play.visit("works_handler", play.staffed(), "围墙没有修")

    assert SupervisedTask.objects.get().leader_post == play.county.posts["leader"]


@pytest.mark.parametrize("wanted_on", [TODAY - timedelta(days=1), TODAY - timedelta(days=400)])
def test_a_visit_whose_task_cannot_be_made_is_not_logged_at_all(play: LiaisonPlay, wanted_on: date) -> None:
    subject = play.staffed()
    late = FindingDraft("围墙没有修", play.county.agencies["works"].pk, wanted_on)

    code = refusal(services.log_visit, play.viewer("leader"), subject, VisitDraft(TODAY, "看了", findings=(late,)))

    assert (code, Visit.objects.count(), SupervisionOrder.objects.count()) == ("deadline_past", 0, 0)


def test_an_agency_of_another_county_cannot_be_made_responsible(play: LiaisonPlay) -> None:
    foreign = FindingDraft("围墙没有修", play.county.agencies["neighbor_head"].pk)

    code = refusal(
        services.log_visit, play.viewer("city_leader"), play.staffed(), VisitDraft(TODAY, "看了", findings=(foreign,))
    )

    assert code == "elsewhere"


def test_open_problems_of_a_subject_are_those_not_settled(play: LiaisonPlay) -> None:
    subject = play.staffed()
    play.visit("leader", subject, "围墙没有修", "用电没有接")
    withdraw_task(play.viewer("office"), SupervisedTask.objects.get(title="用电没有接"), reason="已经接了")

    found = queries.open_findings(play.viewer("works_head"), subject)

    assert [row.finding.text for row in found] == ["围墙没有修"]


# --- logged once -----------------------------------------------------------------------------------------------------
def test_a_double_tap_logs_one_visit(play: LiaisonPlay) -> None:
    subject, leader = play.staffed(), play.viewer("leader")
    draft = VisitDraft(TODAY, "看了", findings=(FindingDraft("围墙没有修", play.county.agencies["works"].pk),))

    first = services.log_visit_once(leader, subject, draft, key="k1")
    second = services.log_visit_once(leader, subject, draft, key="k1")

    assert (first, Visit.objects.count(), SupervisedTask.objects.count()) == (second, 1, 1)


def test_a_key_is_no_way_to_log_something_else(play: LiaisonPlay) -> None:
    subject, leader = play.staffed(), play.viewer("leader")
    services.log_visit_once(leader, subject, VisitDraft(TODAY, "看了"), key="k1")

    code = refusal(services.log_visit_once, leader, subject, VisitDraft(TODAY, "又看了"), key="k1")

    assert code == "key_used_otherwise"


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (VisitDraft(TODAY + timedelta(days=1), "看了"), "day_in_future"),
        (VisitDraft(TODAY, "  "), "text_missing"),
        (VisitDraft(TODAY, "看了", findings=(FindingDraft(" "),)), "text_missing"),
        (VisitDraft(TODAY, "看了", findings=(FindingDraft("x"),) * 21), "too_many_findings"),
        (VisitDraft(TODAY, "看了", latitude=Decimal(35)), "place_incomplete"),
    ],
)
def test_a_visit_that_cannot_be_is_refused_in_words(play: LiaisonPlay, draft: VisitDraft, code: str) -> None:
    assert refusal(services.log_visit, play.viewer("leader"), play.staffed(), draft) == code


@pytest.mark.parametrize(
    ("key", "kind"),
    [("bank", Forbidden), ("administrator", Forbidden), ("finance_head", NotFound), ("township", NotFound)],
)
def test_whoever_does_not_stand_there_logs_nothing(play: LiaisonPlay, key: str, kind: type[DomainError]) -> None:
    subject = play.staffed()

    with pytest.raises(kind):
        play.visit(key, subject)


def test_photos_hang_on_the_visit(play: LiaisonPlay, settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    leader = play.viewer("leader")
    paper = receive_file(leader, name="会议纪要.pdf", data=b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n")

    visit = services.log_visit(leader, play.staffed(), VisitDraft(TODAY, "看了"), photos=[paper])

    shown = queries.photos_of(play.viewer("works_handler"), [visit])[visit.pk]
    assert [each.current.name for each in shown] == ["会议纪要.pdf"]


# --- whose visit it is -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("key", "with_leader", "visited"),
    [
        ("leader", False, {"leader"}),
        ("works_handler", False, {"agency", "officer"}),
        ("works_handler", True, {"leader", "agency", "officer"}),
        ("works_head", False, {"agency"}),
        ("office", False, set()),
    ],
)
def test_for_whom_a_visit_counts(play: LiaisonPlay, key: str, with_leader: bool, visited: set[str]) -> None:
    subject = play.staffed()

    play.visit(key, subject, with_leader=with_leader)

    rows = Liaison.objects.filter(subject=subject, last_visit_on=TODAY)
    assert set(rows.values_list("role", flat=True)) == visited


def test_a_leader_who_is_said_to_have_taken_part_is_told(play: LiaisonPlay) -> None:
    play.visit("works_handler", play.staffed(), with_leader=True)

    told = OutboxMessage.objects.get(key__startswith="liaison.took_part")
    assert told.payload["post_ids"] == [play.county.posts["leader"].pk]


def test_no_leader_takes_part_where_none_stands(play: LiaisonPlay) -> None:
    subject = play.project()
    play.appoint(subject, "agency")

    assert refusal(play.visit, "works_handler", subject, with_leader=True) == "no_leader_there"


def test_a_visit_before_the_appointment_counts_for_nobody(play: LiaisonPlay) -> None:
    subject = play.staffed()

    play.visit("leader", subject, day=date(2026, 2, 27))

    row = queries.subject_rows(play.viewer("office"), [subject])[0].leader
    assert row is not None
    assert (row.liaison.last_visit_on, row.days_waited) == (None, 2)
    assert row.reason == "从未走访，确定包联已 2 天；要求每 30 天至少一次"


# --- afterwards ------------------------------------------------------------------------------------------------------
def correct(play: LiaisonPlay, key: str, visit: Visit) -> Visit:
    return services.edit_visit(play.viewer(key), visit, seen="看得更仔细", way=VisitWay.CALL)


def test_a_visit_is_corrected_by_its_post_on_its_day(play: LiaisonPlay) -> None:
    visit = play.visit("leader", play.staffed())

    corrected = correct(play, "leader", visit)

    line = AuditLine.objects.get(verb="edit_visit")
    assert (corrected.seen, corrected.version) == ("看得更仔细", 2)
    assert (line.before["seen"], line.after["seen"]) == ("到现场看了", "看得更仔细")


def test_a_visit_is_never_corrected_later_nor_by_anybody_else(play: LiaisonPlay) -> None:
    visit = play.visit("leader", play.staffed())

    with pytest.raises(Forbidden):
        correct(play, "office", visit)
    with on("2026-03-04"):
        assert refusal(correct, play, "leader", visit) == "visit_fixed"


def test_a_withdrawn_visit_stays_to_be_read_and_counts_for_nobody(play: LiaisonPlay) -> None:
    subject = play.staffed()
    visit = play.visit("leader", subject, "围墙没有修")

    with on("2026-06-01"):
        services.withdraw_visit(play.viewer("leader"), visit, reason="记错了项目")
        row = queries.subject_rows(play.viewer("office"), [subject])[0].leader

    assert row is not None
    assert (row.light, row.liaison.last_visit_on) == (StatusLight.RED, None)
    assert queries.visit_for(play.viewer("office"), visit.pk).withdrawn_reason == "记错了项目"
    assert SupervisedTask.objects.get().state == TaskState.ASSIGNED


def test_the_visit_before_counts_again_when_the_last_is_withdrawn(play: LiaisonPlay) -> None:
    subject = play.staffed()
    play.visit("leader", subject, day=date(2026, 3, 1))
    last = play.visit("leader", subject)

    services.withdraw_visit(play.viewer("office"), last, reason="重复登记")

    assert Liaison.objects.get(subject=subject, role="leader").last_visit_on == date(2026, 3, 1)


@pytest.mark.parametrize(("key", "code"), [("works_head", "forbidden"), ("city_leader", "forbidden")])
def test_who_may_not_withdraw_a_visit(play: LiaisonPlay, key: str, code: str) -> None:
    visit = play.visit("leader", play.staffed())

    assert refusal(services.withdraw_visit, play.viewer(key), visit, reason="x") == code


def test_a_visit_is_withdrawn_once_and_with_a_reason(play: LiaisonPlay) -> None:
    visit, leader = play.visit("leader", play.staffed()), play.viewer("leader")

    assert refusal(services.withdraw_visit, leader, visit, reason=" ") == "text_missing"
    services.withdraw_visit(leader, visit, reason="记错了")
    assert refusal(services.withdraw_visit, leader, visit, reason="再撤") == "visit_withdrawn"
