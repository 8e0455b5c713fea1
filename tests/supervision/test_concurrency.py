"""Two people, or two workers, on one record at the same moment: real threads, real connections."""

from __future__ import annotations

import pytest

from sushui.kernel.audit import seal_pending
from sushui.kernel.audit_check import verify_chain
from sushui.kernel.errors import DomainError
from sushui.supervision import services
from sushui.supervision.enums import Grade, PartState, ReportKind, TaskState
from sushui.supervision.models import Escalation, SupervisedTask, TaskRequest
from tests.cast import County
from tests.supervision.play import Play, at, in_march, march
from tests.supervision.together import together


@pytest.fixture
def play(committed_county: County) -> Play:
    """The county at play, committed, so that other connections see it."""
    return Play(committed_county)


NOON = at("2026-03-03", "12:00")


def codes(results: list[object]) -> list[str]:
    """What became of each: ``done``, or the code of its refusal; in alphabetical order."""
    return sorted(result.code if isinstance(result, DomainError) else _done(result) for result in results)


def _done(result: object) -> str:
    assert not isinstance(result, Exception), repr(result)
    return "done"


def test_an_application_is_decided_by_one_of_two(play: Play) -> None:
    with march(2):
        task = play.signed()
        request = play.apply(task)
    first, second = play.office, play.viewer("office_second")

    results = together(
        NOON,
        lambda: services.close_task(first, request, grade=Grade.GOOD),
        lambda: services.return_task(second, request, note="还差"),
    )

    assert codes(results) == ["decided_already", "done"]
    assert (play.now(task).state in {TaskState.CLOSED, TaskState.RETURNED}, len(play.verbs(task))) == (True, 5)


def test_an_extension_is_decided_by_one_of_two(play: Play) -> None:
    with march(2):
        request = play.ask_later(play.signed(), in_march(20))
    office = play.office

    results = together(
        NOON,
        lambda: services.extend_deadline(office, request),
        lambda: services.refuse_extension(office, request, note="不行"),
    )

    assert codes(results) == ["decided_already", "done"]


def test_a_draft_is_assigned_by_one_of_two(play: Play) -> None:
    with march(2):
        task = play.draft()
    first, second = play.office, play.viewer("office_second")

    results = together(NOON, lambda: services.assign_task(first, task), lambda: services.assign_task(second, task))

    assert (codes(results), task.clocks.count()) == (["done", "wrong_state"], 3)


def test_two_who_assign_the_same_drafts_do_not_block_each_other(play: Play) -> None:
    with march(2):
        drafts = [play.draft() for _ in range(5)]
    office = play.office

    results = together(
        NOON,
        lambda: services.assign_tasks(office, drafts),
        lambda: services.assign_tasks(office, drafts[::-1]),
    )

    assert codes(results) == ["done", "wrong_state"]
    assert SupervisedTask.objects.filter(state=TaskState.ASSIGNED).count() == 5


def test_a_draft_is_edited_by_one_of_two_and_the_second_is_told(play: Play) -> None:
    with march(2):
        task = play.draft()
    office, lead = play.office, play.agency_id("works")

    def edit(title: str) -> object:
        return services.edit_task(office, task, services.TaskDraft(title, lead), seen_version=task.version)

    results = together(NOON, lambda: edit("甲"), lambda: edit("乙"))

    assert codes(results) == ["done", "stale"]
    assert play.verbs(task) == ["draft_task", "edit_task"]


def test_a_part_is_signed_for_by_one_of_two(play: Play) -> None:
    with march(2):
        task = play.task()
    head, handler, part = play.viewer("works_head"), play.viewer("works_handler"), play.part(task)

    results = together(NOON, lambda: services.sign_for_task(head, part), lambda: services.sign_for_task(handler, part))

    assert (codes(results), play.part(task).state) == (["done", "part_wrong_state"], PartState.SIGNED)


def test_closing_is_applied_for_by_one_of_two(play: Play) -> None:
    with march(2):
        task = play.signed()
    head, handler, part = play.viewer("works_head"), play.viewer("works_handler"), play.part(task)

    results = together(
        NOON,
        lambda: services.apply_for_closing(head, part, text="好了"),
        lambda: services.apply_for_closing(handler, part, text="好了"),
    )

    assert (codes(results), TaskRequest.objects.count()) == (["done", "wrong_state"], 1)


def test_whoever_comes_first_closes_or_withdraws(play: Play) -> None:
    with march(2):
        task = play.signed()
        request = play.apply(task)
    office = play.office

    results = together(
        NOON,
        lambda: services.close_task(office, request, grade=Grade.GOOD),
        lambda: services.withdraw_task(office, task, reason="重复"),
    )

    assert codes(results).count("done") == 1


def test_no_order_number_is_given_twice(play: Play) -> None:
    results = together(NOON, *[play.order] * 8)

    assert sorted(order.number for order in results) == [1, 2, 3, 4, 5, 6, 7, 8]  # type: ignore[attr-defined]


def test_no_task_number_is_given_twice(play: Play) -> None:
    with march(2):
        order = play.order()

    results = together(NOON, *[lambda: play.draft(order=order)] * 6)

    assert sorted(task.number for task in results) == [1, 2, 3, 4, 5, 6]  # type: ignore[attr-defined]


def test_two_workers_raise_each_alarm_once(play: Play) -> None:
    with march(2):
        for _ in range(6):
            play.task()

    results = together(at("2026-03-20"), *[services.climb_ladder] * 3)

    rungs = Escalation.objects.values_list("clock_id", "due_on", "rung")
    assert sum(results) == len(rungs) == len(set(rungs))  # type: ignore[arg-type]
    assert len(play.told("Red")) == 18


def test_an_alarm_and_a_closing_do_not_cross(play: Play) -> None:
    with march(2):
        task = play.signed()
        request = play.apply(task)
    with march(12):
        play.send_back(task)
        request = play.apply(task)
    office = play.office

    results = together(
        at("2026-03-20"),
        services.climb_ladder,
        lambda: services.close_task(office, request, grade=Grade.GOOD),
    )

    assert (codes(results), [each for each in task.clocks.all() if each.is_running]) == (["done", "done"], [])


def test_many_acts_at_once_leave_one_true_chain(play: Play, settings, tmp_path) -> None:
    settings.SUSHUI_AUDIT_HEADS = str(tmp_path / "heads.jsonl")
    with march(2):
        tasks = [play.signed() for _ in range(4)]

    reports = [lambda task=task: play.report(task, ReportKind.FEEDBACK) for task in tasks]
    results = together(NOON, *reports, seal_pending, seal_pending)
    seal_pending()

    assert [result for result in results if isinstance(result, Exception)] == []
    assert verify_chain().findings == ()
