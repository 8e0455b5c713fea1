"""Drafting orders and tasks, editing and assigning them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.kernel.models import Subject
from sushui.supervision import services
from sushui.supervision.enums import OrderKind, OrderSource, PartRole, PartState, TaskKind, TaskState
from sushui.supervision.models import SupervisedTask, SupervisionOrder, TaskPart
from tests.supervision.play import Play, in_march, march, on


def parts_of(task: SupervisedTask) -> list[tuple[str, str]]:
    rows = TaskPart.objects.filter(task=task).order_by("pk").select_related("agency")
    return [(str(part.agency), str(part.role)) for part in rows]


# --- orders ----------------------------------------------------------------------------------------------------------
def test_orders_are_numbered_by_year(play: Play) -> None:
    with on("2026-12-31"):
        last = [play.order(), play.order()]
    with on("2027-01-04"):
        first = play.order()

    assert [(order.year, order.number) for order in (*last, first)] == [(2026, 1), (2026, 2), (2027, 1)]


def test_orders_are_numbered_by_division(play: Play) -> None:
    with march(2):
        orders = [play.order("office"), play.order("neighbor_office"), play.order("project_office")]

    assert [order.number for order in orders] == [1, 1, 2]


def test_an_order_names_who_issued_it(play: Play) -> None:
    with march(2):
        order = play.order("project_office")

    assert (order.issuer_post_id, order.issuer_agency_id) == (play.post_id("project_office"), play.agency_id("reform"))


@pytest.mark.parametrize("who", ["leader", "works_head", "works_handler", "administrator", "township"])
def test_only_the_offices_draft_orders(play: Play, who: str) -> None:
    with march(2), pytest.raises(Forbidden):
        play.order(who)
    assert SupervisionOrder.objects.count() == 0


def test_an_order_needs_a_title(play: Play) -> None:
    with march(2), pytest.raises(DomainError) as refusal:
        play.order(title="  ")
    assert refusal.value.code == "text_missing"


# --- tasks -----------------------------------------------------------------------------------------------------------
def test_tasks_are_numbered_within_their_order(play: Play) -> None:
    with march(2):
        order = play.order()
        tasks = [play.draft(order=order), play.draft(order=order), play.draft()]

    assert [task.number for task in tasks] == [1, 2, 1]


def test_many_tasks_are_drafted_at_once_each_with_its_line(play: Play) -> None:
    with march(2):
        order = play.order()
        drafts = [services.TaskDraft(f"第{number}件", play.agency_id("works")) for number in range(3)]
        tasks = services.draft_tasks(play.office, order, drafts)

    assert [task.number for task in tasks] == [1, 2, 3]
    assert [play.verbs(task) for task in tasks] == [["draft_task"]] * 3


def test_many_tasks_are_drafted_all_or_none(play: Play) -> None:
    with march(2):
        order = play.order()

        with pytest.raises(DomainError):
            services.draft_tasks(play.office, order, [services.TaskDraft("一件"), services.TaskDraft(" ")])
    assert order.tasks.count() == 0


def test_drafting_many_tasks_takes_as_many_queries_as_a_few(play: Play) -> None:
    counts = []
    with march(2):
        for many in (2, 100):
            order = play.order()
            drafts = [services.TaskDraft(f"第{number}件", play.agency_id("works")) for number in range(many)]
            with CaptureQueriesContext(connection) as queries:
                services.draft_tasks(play.office, order, drafts)
            counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_draft_has_a_part_for_each_agency_and_no_clock(play: Play) -> None:
    with march(2):
        task = play.draft("works", ("finance", "gujiang", "finance", "works"))

    assert parts_of(task) == [("县住建局", "lead"), ("县财政局", "supporting"), ("古绛镇", "supporting")]
    assert (task.clocks.count(), play.part(task).state, task.is_open) == (0, PartState.DRAFTED, False)


@pytest.mark.usefixtures("projects")
def test_a_draft_takes_subject_and_leader_from_its_order(play: Play) -> None:
    subject = Subject.objects.create(kind="project", object_id=1, label="东环路", division=play.county.county)
    with march(2):
        order = play.order(subject=subject, leader_post_id=play.post_id("leader"))
        task = play.draft(order=order)

    assert (task.subject_id, task.leader_post_id) == (subject.pk, play.post_id("leader"))


def test_a_deadline_is_a_day_that_can_be_counted_to(play: Play) -> None:
    with march(2):
        order = play.order()

        with pytest.raises(DomainError) as refusal:
            services.draft_task(play.office, order, services.TaskDraft("修路", deadline_on=date.max))
    assert refusal.value.code == "day_too_far"


@pytest.mark.usefixtures("projects")
def test_a_draft_hangs_on_nothing_that_its_drafter_may_not_see(play: Play) -> None:
    county, office = play.county.county, play.county.agencies["office"]
    hidden = Subject.objects.create(kind="file", object_id=1, label="内部件", division=county, agency=office)
    with march(2):
        mine = play.draft(by="project_office")
        given = play.draft(order=mine.order, subject_id=hidden.pk)
        project_office = play.viewer("project_office")
        draft = services.TaskDraft("修路", subject_id=hidden.pk)

        with pytest.raises(DomainError) as refusal:
            services.edit_task(project_office, mine, draft, seen_version=mine.version)
        kept = services.edit_task(project_office, given, draft, seen_version=given.version)
    assert (refusal.value.code, kept.title, kept.subject_id) == ("elsewhere", "修路", hidden.pk)


@pytest.mark.usefixtures("projects")
@pytest.mark.parametrize("place", ["lead_agency_id", "supporting_agency_ids", "leader_post_id", "subject_id"])
def test_a_draft_names_nobody_of_another_county(play: Play, place: str) -> None:
    neighbor = play.county.neighbor
    elsewhere = {
        "lead_agency_id": play.agency_id("neighbor_head"),
        "supporting_agency_ids": (play.agency_id("neighbor_head"),),
        "leader_post_id": play.post_id("neighbor_head"),
        "subject_id": Subject.objects.create(kind="project", object_id=1, label="邻县路", division=neighbor).pk,
    }
    with march(2):
        order = play.order()

        with pytest.raises(DomainError) as refusal:
            services.draft_task(play.office, order, services.TaskDraft("修路", **{place: elsewhere[place]}))
    assert refusal.value.code == "elsewhere"


def test_only_its_issuer_drafts_in_an_order(play: Play) -> None:
    with march(2):
        order = play.order()

        for who in ("project_office", "works_head", "neighbor_office", "leader"):
            with pytest.raises(Forbidden):
                play.draft(order=order, by=who)


# --- editing ---------------------------------------------------------------------------------------------------------
def edited(play: Play, task: SupervisedTask, seen_version: int, **values: object) -> SupervisedTask:
    draft = services.TaskDraft(**{"title": "修好两条路", "lead_agency_id": play.agency_id("works"), **values})
    return services.edit_task(play.office, task, draft, seen_version=seen_version)


def test_an_edit_says_what_was_before_and_after(play: Play) -> None:
    with march(2):
        task = play.draft("works", ("finance",))
        edited(play, task, task.version, supporting_agency_ids=(play.agency_id("gujiang"),), leader_text="王县长")

    line = play.last_line(task)
    assert line.before == {"title": "修好一条路", "leader_text": "", "supporting": ["县财政局"]}
    assert line.after == {"title": "修好两条路", "leader_text": "王县长", "supporting": ["古绛镇"]}


def test_an_edit_puts_the_parts_anew(play: Play) -> None:
    with march(2):
        task = play.draft("works", ("finance",))
        edited(play, task, task.version, lead_agency_id=play.agency_id("finance"))

    assert parts_of(task) == [("县财政局", "lead")]


def test_the_second_of_two_editors_is_told(play: Play) -> None:
    with march(2):
        task = play.draft()
        edited(play, task, task.version, note="先改的")

        with pytest.raises(StaleRecord) as refusal:
            edited(play, task, task.version, note="后改的")
    assert (refusal.value.status, play.now(task).note) == (409, "先改的")


def test_what_was_assigned_is_not_edited(play: Play) -> None:
    with march(2):
        task = play.task()

        with pytest.raises(DomainError) as refusal:
            edited(play, task, play.now(task).version)
    assert refusal.value.code == "not_a_draft"


# --- assigning -------------------------------------------------------------------------------------------------------
def test_assigning_opens_task_and_parts_and_tells_the_heads(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance",))

    now = play.now(task)
    assert (now.state, now.is_open, now.assigned_on) == (TaskState.ASSIGNED, True, in_march(2))
    assert [play.part(task, agency).is_open for agency in ("works", "finance")] == [True, True]
    assert play.told("New task") == [("New task: %(title)s", ["finance_head", "works_head"])]


def test_a_draft_without_a_lead_is_not_assigned(play: Play) -> None:
    with march(2):
        task = play.draft(None, ("finance",))

        with pytest.raises(DomainError) as refusal:
            services.assign_task(play.office, task)
    assert refusal.value.code == "no_lead"


def test_a_deadline_may_be_today(play: Play) -> None:
    with march(2):
        task = play.task(deadline_on=in_march(2))

    assert play.now(task).state == TaskState.ASSIGNED


def test_a_deadline_does_not_lie_in_the_past(play: Play) -> None:
    with march(2):
        task = play.draft(deadline_on=in_march(1))

        with pytest.raises(DomainError) as refusal:
            services.assign_task(play.office, task)
    assert (refusal.value.code, play.now(task).state) == ("deadline_past", TaskState.DRAFTED)


def test_a_task_is_assigned_once(play: Play) -> None:
    with march(2):
        task = play.task()

        with pytest.raises(DomainError) as refusal:
            services.assign_task(play.office, task)
    assert (refusal.value.code, play.verbs(task)) == ("wrong_state", ["draft_task", "assign_task"])


def test_assigning_what_changed_since_it_was_read_is_refused(play: Play) -> None:
    with march(2):
        task = play.draft()
        edited(play, task, task.version)

        with pytest.raises(StaleRecord):
            services.assign_task(play.office, task, seen_version=task.version)
    assert play.now(task).state == TaskState.DRAFTED


def test_many_are_assigned_all_or_none(play: Play) -> None:
    with march(2):
        tasks = [play.draft(), play.draft(None)]

        with pytest.raises(DomainError):
            services.assign_tasks(play.office, tasks)
    assert [play.now(task).state for task in tasks] == [TaskState.DRAFTED] * 2


def test_many_are_given_in_the_order_of_their_numbers(play: Play) -> None:
    with march(2):
        tasks = [play.draft(), play.draft(), play.draft()]

        given = services.assign_tasks(play.office, tasks[::-1])

    assert [task.pk for task in given] == [task.pk for task in tasks]
    assert [play.verbs(task) for task in tasks] == [["draft_task", "assign_task"]] * 3
    assert {task.state for task in given} == {TaskState.ASSIGNED}


def test_none_are_assigned_where_none_are_named(play: Play) -> None:
    with march(2):
        assert services.assign_tasks(play.office, []) == []


def test_each_more_that_is_assigned_costs_three_statements(play: Play) -> None:
    def statements(count: int) -> int:
        tasks = [play.draft() for _time in range(count)]
        with CaptureQueriesContext(connection) as made:
            services.assign_tasks(play.office, tasks)
        return len(made)

    with march(2):
        assert statements(5) == statements(2) + 3 * 3  # the part's dates, the task, the message


def test_a_task_hangs_on_any_subject_and_any_source(play: Play) -> None:
    with march(2):
        order = play.order(kind=OrderKind.INSPECTION, source=OrderSource.VISIT)
        task = play.task(order=order, kind=TaskKind.MAJOR)

    assert (task.order.kind, task.order.source, play.part(task).role) == (
        OrderKind.INSPECTION,
        OrderSource.VISIT,
        PartRole.LEAD,
    )
