"""Running CP-SAT on a model: hints, limits, and what it says while it runs.

Like `exact`, import it only where something is about to be solved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from ortools.sat.python import cp_model

from .exact import Model
from .plan import Plan, Status

STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
    cp_model.MODEL_INVALID: Status.UNKNOWN,
    cp_model.UNKNOWN: Status.UNKNOWN,
}


@dataclass(frozen=True)
class Limits:
    """`seconds` of the clock; `work` in CP-SAT's deterministic seconds; both end a run, whichever comes first."""

    seconds: float | None = None
    work: float | None = None
    threads: int = 1
    seed: int = 0
    parameters: dict[str, bool | int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a run found. `bound` holds for the model: for all of a problem only if the model left all of it free."""

    status: Status
    plan: Plan | None
    objective: int | None
    bound: int | None


class Run:
    """One run; it can be stopped from another thread."""

    def __init__(self, model: Model, limits: Limits, hint: Plan | None = None) -> None:
        self.model, self.solver = model, cp_model.CpSolver()
        self._lock, self._is_stopped = Lock(), False
        if hint is not None:
            model.model.clear_hints()  # type: ignore[no-untyped-call]
            by_index = {
                variable.index: (variable, value) for variable, value in hints(model, hint)
            }  # a mode may be a cell
            for variable, value in by_index.values():
                model.model.add_hint(variable, value)
        _limit(self.solver, limits)

    def stop(self) -> None:
        """End soon, with what there is."""
        with self._lock:
            self._is_stopped = True
            self.solver.stop_search()

    def solve(
        self,
        on_plan: Callable[[Plan, int], None] | None = None,
        on_bound: Callable[[int], None] | None = None,
    ) -> Outcome:
        """Solve; better plans with their objectives and better bounds are told as they come, from CP-SAT's threads."""
        if on_bound is not None:
            self.solver.best_bound_callback = lambda bound: on_bound(round(bound))
        if self._is_stopped:
            return Outcome(Status.UNKNOWN, None, None, None)
        status = STATUS[self.solver.solve(self.model.model, _Listener(self, on_plan))]
        if status not in (Status.OPTIMAL, Status.FEASIBLE):
            return Outcome(status, None, None, None)
        objective, bound = round(self.solver.objective_value), round(self.solver.best_objective_bound)
        return Outcome(status, plan_of(self.model, self.solver.value), objective, bound)

    def stop_if_asked(self) -> None:
        """Called from within a run: a stop that came before the search began is not lost."""
        if self._is_stopped:
            self.solver.stop_search()


class _Listener(cp_model.CpSolverSolutionCallback):
    def __init__(self, run: Run, on_plan: Callable[[Plan, int], None] | None) -> None:
        super().__init__()
        self._run, self._on_plan = run, on_plan

    def on_solution_callback(self) -> None:
        if self._on_plan is not None:
            self._on_plan(plan_of(self._run.model, self.value), round(self.objective_value))
        self._run.stop_if_asked()


def _limit(solver: cp_model.CpSolver, limits: Limits) -> None:
    parameters = solver.parameters
    parameters.num_workers = limits.threads
    parameters.random_seed = limits.seed
    parameters.catch_sigint_signal = False  # Ctrl-C is the caller's; CP-SAT's own handler aborts where several runs end
    if limits.seconds is not None:
        parameters.max_time_in_seconds = max(0.01, limits.seconds)
    if limits.work is not None:
        parameters.max_deterministic_time = limits.work
    for name, value in limits.parameters.items():
        setattr(parameters, name, value)


def plan_of(model: Model, value: Callable[[cp_model.IntVar], int]) -> Plan:
    """The plan of a solution: what stands, and what the variables say of the rest."""
    arrays, starts, modes = model.arrays, np.full_like(model.starts, -1), model.modes.copy()
    is_in = {project: bool(value(literal)) for project, literal in model.chosen.items()}
    for project, chosen in is_in.items():
        for activity in model.activities_of(project) if chosen else ():
            starts[activity] = model.starts[activity]
            if activity in model.work:
                work = model.work[activity]
                starts[activity] = value(work.start)
                mode = next(mode for mode, literal in work.modes.items() if value(literal))
                modes[activity] = mode - arrays.mode_first[activity]
    return model.compiled.plan(starts, modes)


def hints(model: Model, plan: Plan) -> Iterator[tuple[cp_model.IntVar, int]]:
    """A value for every variable of the model, as a plan has it."""
    starts, modes = model.compiled.numbers(plan)
    for project, literal in model.chosen.items():
        if literal is not model.true:
            yield literal, int(starts[model.activities_of(project)[0]] >= 0)
    ends, held = [0], set()
    for activity, work in model.work.items():
        start, mode = int(starts[activity]), int(model.arrays.mode_first[activity] + modes[activity])
        is_in, span = start >= 0, 0
        for cell, literal in work.cells:
            holds = is_in and cell.mode == mode and cell.first <= start <= cell.last
            span = cell.span if holds else span
            held |= {literal.index} if holds else set()
            if len(work.cells) > 1:
                yield literal, int(holds)
        if len(work.modes) > 1:
            yield from ((literal, int(is_in and each == mode)) for each, literal in work.modes.items())
        begun = start if is_in else work.cells[0][0].first
        yield work.start, begun
        ends.append(begun + span)
        for variable, name in work.derived:
            yield variable, span if name == "span" else begun + span
    for union, literals in model.unions:
        yield union, int(any(each.index in held for each in literals))
    if model.is_makespan:
        yield model.makespan, max(ends)
    yield from _flow_hints(model, plan)


def _flow_hints(model: Model, plan: Plan) -> Iterator[tuple[cp_model.IntVar, int]]:
    """Who pays what: first the uses that few may pay, from sources that may pay few. Nearly always a way to pay all."""
    if not model.flows:
        return
    money, cells = model.cells.money, model.cells
    starts, modes = model.compiled.numbers(plan)
    due = cells.no_payment.copy()
    for activity in np.flatnonzero(starts >= 0):
        mode = int(model.arrays.mode_first[activity] + modes[activity])
        if model.arrays.pay_first[mode] < model.arrays.pay_first[mode + 1]:
            due += cells.of_start(mode, int(starts[activity])).paid
    paid = np.zeros((*money.may_pay.shape, due.shape[1]), np.int64)
    for period in range(due.shape[1]):
        if period:
            paid[:, :, period] = paid[:, :, period - 1]
        for use in np.argsort(money.may_pay.sum(axis=0), kind="stable"):
            for source in np.argsort(money.may_pay.sum(axis=1), kind="stable"):
                if money.may_pay[source, use]:
                    missing = due[use, period] - paid[:, use, period].sum()
                    left = money.arrived[source, period] - paid[source, :, period].sum()
                    paid[source, use, period] += min(missing, left)
    yield from ((variable, int(paid[index])) for index, variable in model.flows.items())
