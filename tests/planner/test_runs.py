"""A run: asked for, looked after, stopped, taken up again after its worker died, and final once it has ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from sushui.engines.planning import Status
from sushui.kernel import clock, jobs
from sushui.kernel.errors import DomainError, Forbidden
from sushui.planner import services
from sushui.planner.enums import PlanStatus, RunState, ScenarioState
from sushui.planner.models import Run
from sushui.planner.services.runs import GIVEN_UP, JOB, MOST_TURNS
from tests.planner.play import Planning, Solving

pytestmark = pytest.mark.usefixtures("_in_january")


def candidates(plan: Planning) -> None:
    """Two projects, of which the land lets one in."""
    plan.candidate("甲")
    plan.candidate("乙")
    plan.land(30)


def left_by_its_worker(run: Run, **found: object) -> None:
    """A worker took the run up, wrote this down and died a minute ago."""
    before = clock.now() - timedelta(minutes=1)
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, turns=1, heartbeat_at=before, **found)


def test_the_worker_has_both_jobs() -> None:
    assert {JOB, "planner.take_up"} <= set(jobs.registered_jobs())


def test_a_run_keeps_what_it_was_made_from(plan: Planning) -> None:
    candidates(plan)
    run = plan.asked(plan.scenario())
    plan.land(500)

    again = plan.again(run)

    assert [each["releases"] for each in again.problem["factors"]] == [[{"from": "2026-01-01", "amount": "30.00"}]]
    assert (again.state, len(again.digest)) == (RunState.QUEUED, 64)


def test_a_finished_run_holds_its_plan_bound_and_progress(plan: Planning) -> None:
    candidates(plan)

    run = plan.run(plan.scenario())

    assert (run.state, run.status, run.gap) == (RunState.FINISHED, PlanStatus.FEASIBLE, pytest.approx(0.2, abs=0.01))
    assert [point[1:] for point in run.progress][-1] == [run.objective, run.bound]
    assert run.scenario.state == ScenarioState.PLANNED


def test_only_one_run_of_a_scenario_goes_on(plan: Planning) -> None:
    candidates(plan)
    scenario = plan.scenario()
    plan.asked(scenario)

    with pytest.raises(DomainError, check=lambda refusal: refusal.code == "run_open"):
        plan.asked(scenario)


def test_nothing_is_searched_where_nothing_can_be_planned(plan: Planning) -> None:
    plan.project()

    with pytest.raises(DomainError, check=lambda refusal: refusal.code == "nothing_to_plan"):
        plan.asked(plan.scenario())


def test_the_leader_asks_for_no_run(plan: Planning) -> None:
    candidates(plan)

    with pytest.raises(Forbidden):
        services.ask_for_run(plan.viewer("leader"), plan.scenario(), seconds=10)


def test_a_stopped_run_keeps_its_best_plan(plan: Planning) -> None:
    candidates(plan)
    run = plan.asked(plan.scenario())
    Run.objects.filter(pk=run.pk).update(is_to_stop=True)
    services.carry_out(run.pk, Solving(waits=True), beat=0.01)

    again = plan.again(run)

    assert (again.state, again.status, len(again.plan) > 0) == (RunState.STOPPED, PlanStatus.FEASIBLE, True)


def test_a_run_that_waits_is_stopped_at_once(plan: Planning) -> None:
    candidates(plan)
    run = plan.asked(plan.scenario())
    services.stop_run(plan.office, run)
    solver = Solving()

    services.carry_out(run.pk, solver)

    assert (plan.again(run).state, solver.hints) == (RunState.STOPPED, [])


def test_a_run_whose_worker_is_heard_of_is_left_alone(plan: Planning) -> None:
    candidates(plan)
    run, solver = plan.asked(plan.scenario()), Solving()
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, turns=1, heartbeat_at=clock.now())

    services.carry_out(run.pk, solver)

    assert (solver.hints, services.take_up_runs()) == ([], 0)


def test_a_run_whose_worker_died_goes_on_from_its_best_plan(plan: Planning) -> None:
    candidates(plan)
    first = plan.run(plan.scenario())
    run, solver = plan.asked(plan.scenario("第二方案")), Solving()
    left_by_its_worker(run, plan=first.plan, objective=first.objective, progress=[[4.0, first.objective, None]])

    taken = services.take_up_runs()
    services.carry_out(run.pk, solver, beat=0.01)
    again = plan.again(run)

    assert (taken, [hint is not None for hint in solver.hints]) == (1, [True])
    assert (again.state, again.turns, again.plan) == (RunState.FINISHED, 2, first.plan)
    assert again.progress[0] == [4.0, first.objective, None]
    assert again.progress[-1][0] >= 4.0


def test_a_worker_that_was_relieved_writes_nothing(plan: Planning) -> None:
    candidates(plan)
    run = plan.asked(plan.scenario())
    services.carry_out(run.pk, Solving(), beat=0.01)
    before = plan.again(run)

    services.carry_out(run.pk, Solving(), beat=0.01)

    assert plan.again(run).version == before.version


def test_a_run_that_kills_every_worker_is_given_up(plan: Planning) -> None:
    candidates(plan)
    run = plan.asked(plan.scenario())
    left_by_its_worker(run)
    Run.objects.filter(pk=run.pk).update(turns=MOST_TURNS)

    services.carry_out(run.pk, Solving())

    assert (plan.again(run).state, plan.again(run).why) == (RunState.FAILED, GIVEN_UP)


def test_a_solver_that_breaks_is_said_and_not_tried_again(plan: Planning) -> None:
    candidates(plan)
    run = plan.asked(plan.scenario())

    def broken(*_: object, **__: object) -> None:
        raise MemoryError("too large")

    services.carry_out(run.pk, broken, beat=0.01)

    assert (plan.again(run).state, plan.again(run).why) == (RunState.FAILED, "MemoryError: too large")


def test_an_infeasible_run_says_so(plan: Planning) -> None:
    candidates(plan)

    run = plan.run(plan.scenario(), Solving(status=Status.INFEASIBLE))

    assert (run.state, run.status, run.plan, run.scenario.state) == (
        RunState.FINISHED, PlanStatus.INFEASIBLE, None, ScenarioState.DRAFT,
    )  # fmt: skip


def test_postgresql_refuses_to_change_a_run_that_has_ended(plan: Planning) -> None:
    plan.candidate("甲")
    run = plan.run(plan.scenario())

    for change in (lambda: Run.objects.filter(pk=run.pk).update(objective=0), lambda: plan.again(run).delete()):
        with pytest.raises(DatabaseError, match="final"), transaction.atomic():
            change()


def test_a_list_by_rank_takes_the_larger_projects_first(plan: Planning) -> None:
    small, large = plan.candidate("小", total=10_000), plan.candidate("大", total=90_000)
    plan.land(30)

    run = services.plan_by_rank(plan.office, plan.scenario())

    assert {row[0] for row in run.plan} == {str(large.pk)}
    assert (run.state, run.status, run.bound > run.objective, small.pk != large.pk) == (
        RunState.FINISHED, PlanStatus.FEASIBLE, True, True,
    )  # fmt: skip
