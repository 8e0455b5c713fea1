"""What is asked of a run: why projects are left out, what contradicts, what more would be worth, what is at risk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from sushui.kernel import clock, jobs
from sushui.kernel.errors import DomainError, Forbidden
from sushui.planner import services
from sushui.planner.adapter import Answer, Question
from sushui.planner.enums import ChangeKind, InquiryKind, InquiryState, PlanStatus
from sushui.planner.models import Inquiry, Run
from sushui.planner.services.inquiries import GIVEN_UP, JOB, MOST_TURNS
from sushui.projects.enums import BottleneckKind
from sushui.projects.services import raise_bottleneck
from tests.planner.play import Planning

pytestmark = pytest.mark.usefixtures("_in_january")
WHY = {"because": "time", "with": [], "rivals": [], "factors": [], "ways": [], "gain": None}


def three(plan: Planning) -> Run:
    """Three projects of which the land lets one in."""
    for name in ("甲", "乙", "丙"):
        plan.candidate(name)
    plan.land(30)
    return plan.run(plan.scenario())


def each(question: Question) -> Iterator[Answer]:
    """An explainer that says the same of every project it is asked about."""
    for key in question.keys:
        yield key, WHY


def dying(question: Question) -> Iterator[Answer]:
    """One that answers once and breaks."""
    yield question.keys[0], WHY
    raise MemoryError("too large")


# --- asked and answered ----------------------------------------------------------------------------------------------
def test_the_worker_has_the_job() -> None:
    assert JOB in jobs.registered_jobs()


def test_a_run_with_a_plan_is_asked_why_it_leaves_projects_out(plan: Planning) -> None:
    run = three(plan)

    found = plan.answer(run, each)

    assert [(one.kind, one.about, one.state, one.asked) for one in found] == [
        (InquiryKind.LEFT_OUT, "", InquiryState.ANSWERED, 2)
    ]
    assert sorted(found[0].answers) == sorted(services.left_out(run))


def test_the_higher_ranks_are_explained_first(plan: Planning) -> None:
    small, large = plan.candidate("小", total=10_000), plan.candidate("大", total=90_000)
    plan.land(1)

    run = plan.run(plan.scenario())

    assert services.left_out(run) == [str(large.pk), str(small.pk)]


def test_nothing_is_asked_of_a_run_that_leaves_nobody_out(plan: Planning) -> None:
    plan.candidate()

    assert plan.answer(plan.run(plan.scenario()), each) == []


def test_one_project_is_explained_by_itself(plan: Planning) -> None:
    run = three(plan)
    key = services.left_out(run)[1]

    asked = services.inquire(plan.office, run, InquiryKind.LEFT_OUT, about=key)
    services.carry_inquiry(asked.pk, each)

    assert Inquiry.objects.get(pk=asked.pk).answers == {key: WHY}


def test_what_was_asked_before_is_not_asked_again(plan: Planning) -> None:
    run = three(plan)

    first, second = [services.inquire(plan.office, run, InquiryKind.WORTH) for _ in range(2)]

    assert first.pk == second.pk


def test_what_was_answered_stands_when_the_worker_breaks(plan: Planning) -> None:
    run = three(plan)

    found = plan.answer(run, dying)[0]

    assert (found.state, found.why, list(found.answers)) == (
        InquiryState.FAILED, "MemoryError: too large", services.left_out(run)[:1],
    )  # fmt: skip


def test_an_inquiry_whose_worker_died_goes_on_with_what_is_left(plan: Planning) -> None:
    run = three(plan)
    first, second = services.left_out(run)
    long_ago = clock.now() - timedelta(minutes=10)
    Inquiry.objects.update(state=InquiryState.RUNNING, turns=1, heartbeat_at=long_ago, answers={first: WHY})
    asked: list[Any] = []

    taken = services.take_up_inquiries()
    services.carry_inquiry(Inquiry.objects.get().pk, lambda question: iter(asked.append(list(question.keys)) or ()))

    assert (taken, asked, list(Inquiry.objects.get().answers)) == (1, [[second]], [first])


def test_an_inquiry_whose_worker_is_heard_of_is_left_alone(plan: Planning) -> None:
    three(plan)
    Inquiry.objects.update(state=InquiryState.RUNNING, turns=1, heartbeat_at=clock.now())

    services.carry_inquiry(Inquiry.objects.get().pk, each)

    assert Inquiry.objects.get().answers == {}


def test_an_inquiry_that_kills_every_worker_is_given_up(plan: Planning) -> None:
    three(plan)
    Inquiry.objects.update(turns=MOST_TURNS)

    services.carry_inquiry(Inquiry.objects.get().pk, each)

    assert (Inquiry.objects.get().state, Inquiry.objects.get().why) == (InquiryState.FAILED, GIVEN_UP)


def test_postgresql_refuses_to_change_an_answer(plan: Planning) -> None:
    plan.answer(three(plan), each)

    for change in (lambda: Inquiry.objects.update(answers={}), lambda: Inquiry.objects.all().delete()):
        with pytest.raises(DatabaseError, match="final"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("kind", "about", "code"),
    [
        (InquiryKind.CONFLICT, "", "has_a_plan"),
        (InquiryKind.LEFT_OUT, "0", "not_left_out"),
        (InquiryKind.BOTTLENECKS, "", "no_bottleneck"),
    ],
)
def test_what_makes_no_sense_is_refused(plan: Planning, kind: InquiryKind, about: str, code: str) -> None:
    run = three(plan)

    with pytest.raises(DomainError, check=lambda refusal: refusal.code == code):
        services.inquire(plan.office, run, kind, about=about)


def test_the_leader_asks_nothing(plan: Planning) -> None:
    run = three(plan)

    with pytest.raises(Forbidden):
        services.inquire(plan.viewer("leader"), run, InquiryKind.WORTH)


def test_nothing_is_asked_of_a_run_that_goes_on(plan: Planning) -> None:
    plan.candidate()
    run = plan.asked(plan.scenario())

    with pytest.raises(DomainError, check=lambda refusal: refusal.code == "run_open"):
        services.inquire(plan.office, run, InquiryKind.WORTH)


# --- by the engine itself --------------------------------------------------------------------------------------------
def test_the_engine_says_what_keeps_a_project_out_and_what_lets_it_in(plan: Planning) -> None:
    plan.candidate("甲", total=90_000)
    small = plan.candidate("乙", mu=15)
    plan.land(30)

    run = plan.solved(plan.scenario())
    found = Inquiry.objects.get(run=run).answers[str(small.pk)]

    assert (found["because"], found["factors"]) == ("factors", ["land"])
    assert [way["more"] for way in found["ways"]] == [[["land", 0, 500]]]


def test_two_that_must_be_in_the_plan_contradict_the_quota(plan: Planning) -> None:
    pair = [plan.candidate(name) for name in ("甲", "乙")]
    plan.land(30)
    scenario = plan.scenario()
    for project in pair:
        plan.change(scenario, ChangeKind.MANDATORY, project_id=project.pk)

    run = plan.solved(scenario)
    found = Inquiry.objects.get(run=run).answers["conflict"]

    assert (run.status, found["is_minimal"]) == (PlanStatus.INFEASIBLE, True)
    assert sorted(promise["kind"] for promise in found["promises"]) == ["enough", "must", "must"]
    assert [relief["pieces"] for relief in found["reliefs"] if relief["kind"] == "enough"] == [[[0, 1000]]]


def test_ten_mu_more_and_less_are_solved_again(plan: Planning) -> None:
    for name in ("甲", "乙", "丙"):
        plan.candidate(name, mu=50)
    plan.land(110)
    run = plan.solved(plan.scenario())

    services.inquire(plan.office, run, InquiryKind.WORTH)
    found = plan.answer(run)[-1].answers["land"]

    assert (found["by"], found["more"]["gain"], found["less"]["gain"]) == (1000, 0, 0)


def test_a_bottleneck_counts_by_what_it_delays(plan: Planning) -> None:
    project = plan.candidate("甲", expected_output=10_000_000_000)
    run = plan.solved(plan.scenario())
    held = {"kind": BottleneckKind.LAND, "text": "拆迁未完成", "found_on": date(2026, 1, 5), "due_on": date(2026, 9, 1)}
    raise_bottleneck(plan.office, project, **held)

    services.inquire(plan.office, run, InquiryKind.BOTTLENECKS)
    found = plan.answer(run)[-1]

    assert [one["gain"] > 0 for one in found.answers.values()] == [True]


def test_a_promise_just_in_time_is_at_risk(plan: Planning) -> None:
    project = plan.candidate("甲")
    scenario = plan.scenario()
    plan.change(scenario, ChangeKind.PROMISE, project_id=project.pk, on=date(2027, 1, 10))
    run = plan.solved(scenario)

    services.inquire(plan.office, run, InquiryKind.RISKS)
    found = plan.answer(run)[-1].answers

    assert [(key.partition("/")[0], 0 < one["missed"] <= 1) for key, one in found.items()] == [(str(project.pk), True)]
