"""Promises that cannot hold together: the fewest of them that contradict each other, and what would end that.

Promises are that a project is done, that an activity ends by its deadline, that it follows another soon enough, and
that no more is taken of a factor than there is. CP-SAT names some that contradict each other, quickly and often too
many; leaving them out one by one brings them down to a set in which each is needed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ortools.sat.python import cp_model

from ..arrays import Compiled, compile_problem
from ..cpsat import Limits, Run
from ..exact import Literal, Model, Term
from ..factors import MoneySource
from ..plan import Status
from ..problem import Activity, Lag, Problem, Project, Ref
from .loosening import Piece, loosened
from .solvable import WORK, has_none, some_plan
from .sums import excesses


@dataclass(frozen=True)
class Must:
    """The project is in the plan, with all that it requires."""

    project: str


@dataclass(frozen=True)
class EndsBy:
    """The activity ends by its deadline."""

    activity: Ref
    deadline: int


@dataclass(frozen=True)
class Within:
    """The later activity begins at most so long after the earlier one."""

    lag: Lag


@dataclass(frozen=True)
class Enough:
    """What there is of a factor, or arrives of a source, is enough."""

    factor: str


Promise = Must | EndsBy | Within | Enough


@dataclass(frozen=True)
class Relief:
    """What ends a conflict: the project is left out (`by` is None), or the deadline is so much later, the wait so much
    longer, or there is so much more of the factor in all of its pieces; one less would not do."""

    promise: Promise
    by: int | None


@dataclass(frozen=True)
class Conflict:
    """Promises that cannot hold together. If `is_minimal`, any of them could hold if one of the others did not.

    Ending it by one of `reliefs` may leave other conflicts, which can then be asked for.
    """

    promises: tuple[Promise, ...]
    reliefs: tuple[Relief, ...]
    is_minimal: bool


def explain_conflict(problem: Problem, work: float = WORK) -> Conflict | None:
    """Why a problem has no plan; None if it has one, or if none of this could be shown within the work allowed.

    Looked for in the order in which people would: dates alone, sums, one factor alone, everything together.
    """
    promises = _found(problem, promises_of(problem), work)
    if promises is None:
        return None
    promises, is_minimal = _thinned(problem, promises, work)
    reliefs = tuple(relief for each in promises if (relief := _relief(problem, promises, each, work)) is not None)
    return Conflict(promises, reliefs, is_minimal)


def _found(problem: Problem, everything: tuple[Promise, ...], work: float) -> tuple[Promise, ...] | None:
    """Promises that contradict each other, perhaps more than are needed."""
    factors = [each for each in everything if isinstance(each, Enough)]
    dates = tuple(each for each in everything if not isinstance(each, Enough))
    if has_none(keeping(problem, dates), work):
        return named(problem, dates, work) or dates
    found = _by_sums(problem, everything)
    if found is not None:
        return found
    for factor in factors:
        if has_none(keeping(problem, (*dates, factor)), work):
            return named(problem, (*dates, factor), work) or (*dates, factor)
    found = named(problem, everything, work)
    return found if found or not has_none(keeping(problem, everything), work) else everything


def _by_sums(problem: Problem, everything: tuple[Promise, ...]) -> tuple[Promise, ...] | None:
    """A sum that does not come out; without the deadlines if it does not need them."""
    must = [each for each in everything if isinstance(each, Must)]
    plain = tuple(each for each in everything if isinstance(each, (Must, Enough)))
    for promises in (plain, everything):
        found = excesses(keeping(problem, promises))
        if found:
            keys = set(found[0].projects)
            asked: set[Promise] = {Enough(key) for key in found[0].factors}
            asked |= {m for m in must if not keys.isdisjoint(_with_required(problem, [m.project]))}
            dates = {each for each in promises if isinstance(each, EndsBy) and each.activity.project in keys}
            waits = {each for each in promises if isinstance(each, Within) and each.lag.before.project in keys}
            return tuple(each for each in everything if each in asked | dates | waits)
    return None


def promises_of(problem: Problem) -> tuple[Promise, ...]:
    """All that a problem promises: its mandatory projects and their dates, and that every factor is enough."""
    must = _with_required(problem, [each.key for each in problem.projects if each.is_mandatory])
    found: list[Promise] = [Must(each.key) for each in problem.projects if each.is_mandatory]
    for ref, activity in problem.activity.items():
        if ref.project in must and activity.deadline is not None and activity.done is None:
            found.append(EndsBy(ref, activity.deadline))
    found += [
        Within(lag) for lag in problem.lags if lag.most is not None and {lag.before.project, lag.after.project} <= must
    ]
    return (*found, *map(Enough, _holders(problem)))


def _holders(problem: Problem) -> list[str]:
    renewables, consumables, sources = problem.renewables, problem.consumables, problem.sources
    return [each.key for each in renewables] + [each.key for each in consumables] + [each.key for each in sources]


def _with_required(problem: Problem, keys: Collection[str]) -> set[str]:
    found, waiting = set(keys), list(keys)
    while waiting:
        new = set(problem.project[waiting.pop()].requires) - found
        found |= new
        waiting += new
    return found


# --- a problem of a few promises -------------------------------------------------------------------------------------
def keeping(problem: Problem, promises: Collection[Promise]) -> Problem:
    """The problem in which only these promises are asked for."""
    must = [each.project for each in promises if isinstance(each, Must)]
    keys = _with_required(problem, must)
    ends = {each.activity for each in promises if isinstance(each, EndsBy)}
    waits = {each.lag for each in promises if isinstance(each, Within)}
    enough = {each.factor for each in promises if isinstance(each, Enough)}
    free = [source for source in problem.sources if source.key not in enough]
    projects = tuple(_asked(each, ends, enough, free) for each in problem.projects if each.key in keys)
    return replace(
        problem,
        projects=projects,
        renewables=tuple(each for each in problem.renewables if each.key in enough),
        consumables=tuple(each for each in problem.consumables if each.key in enough),
        sources=tuple(each for each in problem.sources if each.key in enough),
        lags=tuple(
            lag if lag in waits else replace(lag, most=None)
            for lag in problem.lags
            if {lag.before.project, lag.after.project} <= keys
        ),
        groups=tuple(inside for group in problem.groups if len(inside := tuple(k for k in group if k in keys)) > 1),
    )


def _asked(project: Project, ends: Collection[Ref], enough: Collection[str], free: Collection[MoneySource]) -> Project:
    """A project that takes and pays only what is scarce; `free`: sources of which there is as much as anybody likes."""

    def asked(activity: Activity) -> Activity:
        modes = tuple(
            replace(
                mode,
                demands=tuple(each for each in mode.demands if each.factor in enough),
                payments=tuple(each for each in mode.payments if not any(source.may_pay(each.use) for source in free)),
            )
            for mode in activity.modes
        )
        is_due = Ref(project.key, activity.key) in ends
        return replace(activity, modes=modes, earnings=(), deadline=activity.deadline if is_due else None)

    return replace(project, is_mandatory=True, earnings=(), activities=tuple(map(asked, project.activities)))


def _all_payments(projects: Sequence[Project]) -> int:
    return sum(
        payment.amount
        for project in projects
        for activity in project.activities
        for mode in activity.modes
        for payment in mode.payments
    )


# --- some that contradict each other ---------------------------------------------------------------------------------
def named(problem: Problem, promises: tuple[Promise, ...], work: float) -> tuple[Promise, ...] | None:
    """Promises that CP-SAT finds to contradict each other, perhaps more than are needed; None: it finds none."""
    asked = keeping(problem, promises)
    model = _Promised(compile_problem(asked), promises)
    run = Run(model, Limits(work=work))
    if run.solve().status is not Status.INFEASIBLE:
        return None
    core = set(run.solver.sufficient_assumptions_for_infeasibility())
    return tuple(each for each, literal in model.literal.items() if literal.index in core)


class _Promised(Model):
    """The model in which every promise holds if its literal does, and all literals are assumed to hold.

    Money that may pay for some things only is counted by its cuts, without flows: all that is left out is a conflict.
    """

    def __init__(self, compiled: Compiled, promises: Sequence[Promise]) -> None:
        self.promises = promises
        self.literal: dict[Promise, Literal] = {}
        self.under: list[Literal] = []
        problem = compiled.problem
        free = replace(
            problem,
            projects=tuple(
                replace(
                    project,
                    is_mandatory=False,
                    activities=tuple(replace(activity, deadline=None) for activity in project.activities),
                )
                for project in problem.projects
            ),
            lags=tuple(replace(lag, most=None) for lag in problem.lags),
        )
        super().__init__(compile_problem(free))
        self._promise()
        self.model.clear_objective()  # type: ignore[no-untyped-call]
        self.model.add_assumptions(list(self.literal.values()))

    def _choices(self) -> None:
        self.literal = {each: self.model.new_bool_var(f"promise{n}") for n, each in enumerate(self.promises)}
        super()._choices()

    def _promise(self) -> None:
        number = {project.key: row for row, project in enumerate(self.compiled.problem.projects)}
        for promise, literal in self.literal.items():
            match promise:
                case Must(project=key):
                    self.model.add_implication(literal, self.chosen[number[key]])
                case EndsBy(activity=ref, deadline=deadline):
                    work = self.work[self.compiled.number[ref]]
                    conditions = [literal, self.chosen[number[ref.project]]]
                    self.model.add(work.end <= deadline).only_enforce_if(conditions)
                case Within(lag=lag):
                    self._within(lag, literal, number)

    def _within(self, lag: Lag, literal: Literal, number: Mapping[str, int]) -> None:
        before, after = (self.work[self.compiled.number[ref]] for ref in (lag.before, lag.after))
        conditions = [literal, self.chosen[number[lag.before.project]], self.chosen[number[lag.after.project]]]
        origin = before.start if lag.counted_from == "start" else before.end
        self.model.add(after.start <= origin + (lag.most or 0)).only_enforce_if(conditions)

    def _renewable(self, renewable: int) -> None:
        self.under = [self.literal[Enough(self.compiled.problem.renewables[renewable].key)]]
        super()._renewable(renewable)

    def _quota(self, factor: int, amounts: list[tuple[int, int]], standing: list[tuple[int, int]]) -> None:
        self.under = [self.literal[Enough(self.compiled.problem.consumables[factor].key)]]
        super()._quota(factor, amounts, standing)

    def _money(self) -> None:
        self.under = [self.literal[Enough(source.key)] for source in self.compiled.problem.sources]
        super()._money()

    def _flows(self, *_: Any) -> None:
        return

    def _at_most(self, terms: Sequence[Term], most: int) -> None:
        if terms:
            self.model.add(sum(terms) <= most).only_enforce_if(self.under)

    def _cumulative(self, intervals: Sequence[cp_model.IntervalVar], demands: Sequence[int], most: int) -> None:
        plenty = max(most, 0) + sum(demands)
        capacity = self.model.new_int_var(0, plenty, "")
        self.model.add(capacity <= most).only_enforce_if(self.under)
        self.model.add_cumulative(intervals, demands, capacity)


# --- none of which can be left out -----------------------------------------------------------------------------------
def _thinned(problem: Problem, promises: tuple[Promise, ...], work: float) -> tuple[tuple[Promise, ...], bool]:
    """Promises of which none can be left out, as far as it could be shown."""
    is_minimal = True
    for promise in promises:
        fewer = tuple(each for each in promises if each != promise)
        asked = keeping(problem, fewer)
        if some_plan(asked, work) is not None:
            continue
        if has_none(asked, work):
            promises = fewer
        else:
            is_minimal = False
    return promises, is_minimal


def _relief(problem: Problem, promises: tuple[Promise, ...], promise: Promise, work: float) -> Relief | None:
    """How far a promise must give way, the others of the conflict standing."""
    if isinstance(promise, Must):
        return Relief(promise, None)
    low, high = 0, _plenty(problem, promise)
    if some_plan(_giving_way(problem, promises, promise, high), work) is None:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        fits = some_plan(_giving_way(problem, promises, promise, middle), work) is not None
        low, high = (low, middle) if fits else (middle, high)
    return Relief(promise, high)


def _plenty(problem: Problem, promise: Promise) -> int:
    if not isinstance(promise, Enough):
        return problem.timeline.horizon
    taken = sum(
        max(sum(each.amount for each in mode.demands if each.factor == promise.factor) for mode in activity.modes)
        for _, activity in problem.every()
    )
    return max(1, taken or _all_payments(problem.projects))


def _giving_way(problem: Problem, promises: tuple[Promise, ...], promise: Promise, by: int) -> Problem:
    asked = keeping(problem, promises)
    match promise:
        case EndsBy(activity=ref, deadline=deadline):
            return replace(asked, projects=tuple(_later(each, ref, deadline + by) for each in asked.projects))
        case Within(lag=lag):
            longer = replace(lag, most=(lag.most or 0) + by)
            return replace(asked, lags=tuple(longer if each == lag else each for each in asked.lags))
        case Enough(factor=factor):
            return loosened(asked, {Piece(factor): by})
        case Must():
            return keeping(problem, [each for each in promises if each != promise])


def _later(project: Project, ref: Ref, deadline: int) -> Project:
    def later(activity: Activity) -> Activity:
        is_meant = Ref(project.key, activity.key) == ref
        return replace(activity, deadline=deadline) if is_meant else activity

    return replace(project, activities=tuple(map(later, project.activities)))
