"""Asking for a plan, and the worker's side of it: taken up, looked after, stopped, finished. Nothing found is lost.

A run is a job that may be begun more than once: whoever takes it up while another is heard of leaves it alone, and who
takes it up after another fell silent begins from the best plan that was written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock, jobs
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.planner import queries
from sushui.planner.adapter import Built, Found, Search, Solver, by_rank, engine_solver
from sushui.planner.enums import PlannerVerb, PlanStatus, RunState, ScenarioState
from sushui.planner.models import Run, Scenario
from sushui.planner.permissions import may_keep_planned
from sushui.planner.rules.pictures import progress_kept
from sushui.planner.services.inquiries import GIVEN_UP, inquire_of_ended, take_up_inquiries
from sushui.planner.services.problems import problem_of
from sushui.planner.services.scenarios import open_scenario

log = structlog.get_logger(__name__)
JOB = "planner.run"
LEAST_SECONDS, MOST_SECONDS = 5, 1800
BEAT = 1.0  # seconds between two looks at a search, each of which is written down
SILENT = timedelta(seconds=30)  # after which a worker is no longer waited for
MOST_TURNS = 5  # workers that may die over one run before it counts as failed
MOST_POINTS = 600


@transaction.atomic
def ask_for_run(
    viewer: Viewer,
    scenario: Scenario,
    *,
    seconds: int,
    seed: int = 1,
    threads: int = 2,
    seen_version: int | None = None,
) -> Run:
    """Leave to the worker a search of at most so many seconds for the scenario's plan, as the registers are now.

    Raises:
        DomainError: ``run_open``, ``seconds_impossible``, ``nothing_to_plan``, ``plan_refused``, ``scenario_adopted``.
    """
    row = open_scenario(viewer, scenario, seen_version)
    refuse_seconds(seconds)
    made, built = new_run(viewer, row, seconds=seconds, seed=seed, threads=threads)
    record_act(viewer, PlannerVerb.ASK, row, after={"seconds": seconds, "projects": built.planned})
    jobs.enqueue(JOB, run_id=made.pk)
    return made


@transaction.atomic
def plan_by_rank(viewer: Viewer, scenario: Scenario, *, seen_version: int | None = None) -> Run:
    """Plan as a list by rank does: the higher level and the larger projects first, each as early as can be.

    Raises:
        DomainError: ``run_open``, ``nothing_to_plan``, ``plan_refused``, ``scenario_adopted``.
    """
    row = open_scenario(viewer, scenario, seen_version)
    made, built = new_run(viewer, row, seconds=0)
    turn = _Turn(made, [])
    made.started_at = clock.now()
    columns = _carried(turn, by_rank(built.problem, built.ranked))
    _end(made, RunState.FINISHED, "started_at", *columns)
    _count_as_planned(made)
    record_act(viewer, PlannerVerb.RANK, row, after={"projects": built.planned})
    return made


def refuse_seconds(seconds: int) -> None:
    """Refuse a search that is too short or too long."""
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise DomainError(
            "seconds_impossible",
            _("A search takes from %(least)s to %(most)s seconds."),
            _("Give a number between them."),
            least=LEAST_SECONDS,
            most=MOST_SECONDS,
        )


def new_run(viewer: Viewer, scenario: Scenario, *, seconds: int, **asked: Any) -> tuple[Run, Built]:
    """The next run of a scenario, as the registers are now."""
    _refuse_open(scenario)
    built = problem_of(viewer, scenario)
    if not built.planned:
        raise DomainError(
            "nothing_to_plan",
            _("None of the projects can be planned: of each something is not known yet."),
            _("See on the scenario's page what is missing, and enter it."),
        )
    newest = scenario.runs.order_by("-number").values_list("number", flat=True).first()
    made = Run.objects.create(
        division_id=scenario.division_id,
        scenario=scenario,
        number=(newest or 0) + 1,
        problem=built.problem,
        facts=built.facts,
        digest=built.digest,
        seconds=seconds,
        post_id=viewer.post_id,
        user_id=viewer.user_id,
        **asked,
    )
    return made, built


def _refuse_open(scenario: Scenario) -> None:
    if scenario.runs.filter(state__in=[RunState.QUEUED, RunState.RUNNING]).exists():
        raise DomainError(
            "run_open",
            _("A plan of “%(name)s” is being looked for already."),
            _("Wait for it, or stop it first."),
            name=scenario.name,
        )


@transaction.atomic
def stop_run(viewer: Viewer, run: Run, *, seen_version: int | None = None) -> Run:
    """Let a run leave off; the best plan it has found stays.

    Raises:
        DomainError: ``run_ended``.
    """
    if not may_keep_planned(viewer, run):
        raise Forbidden
    row = Run.objects.select_for_update(of=("self",)).select_related("scenario").get(pk=run.pk)
    check_version(row, seen_version)
    if row.is_final:
        raise DomainError("run_ended", _("The run has ended already."), _("Ask for a new one."))
    row.is_to_stop = True
    save_changes(row, "is_to_stop")
    if row.state is RunState.QUEUED:
        _end(row, RunState.STOPPED)
    record_act(viewer, PlannerVerb.STOP, row.scenario, after={"state": row.state})
    return row


# --- the worker's side -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Turn:
    """A worker's turn at a run: its row as the worker knows it, and the progress of the turns before."""

    run: Run
    earlier: Sequence[tuple[float, int | None, int | None]]

    @property
    def gone(self) -> float:
        """The seconds that were searched before this turn, as far as they were written down."""
        return self.earlier[-1][0] if self.earlier else 0.0


class _RelievedError(Exception):
    """Another worker has taken the run up, or ended it: it is not ours any more."""


def carry_out(run_id: int, solver: Solver | None = None, beat: float = BEAT) -> None:
    """Search for the plan of a run until its time is over, it is stopped, or nothing is left to be found.

    Idempotent: one that has ended, or that another worker is heard of at, is left alone.
    """
    run = _taken(run_id)
    if run is None:
        return
    turn = _Turn(run, [(point[0], point[1], point[2]) for point in run.progress])
    try:
        _look_after(turn, solver or engine_solver(run.replans.plan if run.replans else None), beat)
    except _RelievedError:
        log.warning("planner.run_relieved", run=run_id)
    except Exception as failure:
        log.exception("planner.run_failed", run=run_id)
        _end(run, RunState.FAILED, why=f"{type(failure).__name__}: {failure}"[:500])


def take_up_runs() -> int:
    """Give to the worker the runs that were left: asked for and never begun, or whose worker fell silent.

    Inquiries that were left, too.
    """
    take_up_inquiries()
    left = list(queries.runs_left(clock.now() - SILENT).values_list("pk", flat=True))
    for run_id in left:
        jobs.enqueue(JOB, run_id=run_id)
    return len(left)


@transaction.atomic
def _taken(run_id: int) -> Run | None:
    """The run, from now on ours; None where there is nothing to do."""
    run = Run.objects.select_for_update().filter(pk=run_id).first()
    if run is None or run.is_final:
        return None
    is_heard = run.heartbeat_at is not None and run.heartbeat_at > clock.now() - SILENT
    if run.state is RunState.RUNNING and is_heard:
        return None
    if run.turns >= MOST_TURNS:
        _end(run, RunState.FAILED, why=GIVEN_UP)
        return None
    run.state, run.turns, run.heartbeat_at = RunState.RUNNING, run.turns + 1, clock.now()
    run.started_at = run.started_at or clock.now()
    return save_changes(run, "state", "turns", "heartbeat_at", "started_at")


def _look_after(turn: _Turn, solver: Solver, beat: float) -> None:
    """One search, written down at every beat."""
    run = turn.run
    seconds = max(float(LEAST_SECONDS), run.seconds - turn.gone)
    search = Search(solver, run.problem, seconds=seconds, threads=run.threads, seed=run.seed, hint=run.plan)
    try:
        while not search.wait(beat):
            if _note(turn, search.found()):
                search.stop()
    finally:
        search.stop()
    _finish(turn, search.found())


@transaction.atomic
def _note(turn: _Turn, found: Found) -> bool:
    """Write down that we are on it and what was found; whether somebody has asked to stop."""
    _hold(turn.run)
    turn.run.heartbeat_at = clock.now()
    save_changes(turn.run, "heartbeat_at", *_carried(turn, found))
    return turn.run.is_to_stop


@transaction.atomic
def _finish(turn: _Turn, found: Found) -> None:
    run = turn.run
    _hold(run)
    columns = _carried(turn, found)
    is_stopped = run.is_to_stop and found.status not in {PlanStatus.OPTIMAL, PlanStatus.INFEASIBLE}
    _end(run, RunState.STOPPED if is_stopped else RunState.FINISHED, *columns)
    _count_as_planned(run)
    inquire_of_ended(run)


def _count_as_planned(run: Run) -> None:
    scenario = Scenario.objects.select_for_update(of=("self",)).get(pk=run.scenario_id)
    if run.plan is not None and scenario.state is ScenarioState.DRAFT:
        scenario.state = ScenarioState.PLANNED
        save_changes(scenario, "state")


def _hold(run: Run) -> None:
    """Lock the run and learn what others said of it.

    Raises:
        _RelievedError: it is not ours any more.
    """
    row = Run.objects.select_for_update().get(pk=run.pk)
    if row.is_final or row.turns != run.turns:
        raise _RelievedError
    run.version, run.is_to_stop = row.version, row.is_to_stop


def _carried(turn: _Turn, found: Found) -> Sequence[str]:
    """Carry what was found over to the row; gives the columns. An earlier turn's plan stays until there is another."""
    run = turn.run
    points = [(turn.gone + second, objective, bound) for second, objective, bound in found.points]
    run.progress = progress_kept([*turn.earlier, *points], MOST_POINTS)
    run.bound = found.bound if run.bound is None else min(run.bound, found.bound or run.bound)
    if found.plan is not None:
        run.plan, run.objective, run.worth = found.plan, found.objective, dict(found.worth)
    run.status = found.status
    return ("progress", "plan", "objective", "bound", "worth", "status")


def _end(run: Run, state: RunState, *columns: str, why: str = "") -> None:
    run.state, run.ended_at, run.why = state, clock.now(), why
    save_changes(run, "state", "ended_at", "why", *columns)
