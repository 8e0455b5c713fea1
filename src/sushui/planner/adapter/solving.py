"""A search that goes on beside whoever looks after it: it says what it has found, and stops when it is told to.

The solver is imported when a search begins, in the worker: a page loads none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from sushui.engines.planning import Plan, Problem, Result, Status
from sushui.engines.planning.verifying import verify
from sushui.engines.planning.worth import worth
from sushui.planner.adapter.keeping import aligned
from sushui.planner.adapter.picturing import Stored, plan_of, stored_plan
from sushui.planner.adapter.questions import Explainer
from sushui.planner.adapter.snapshots import loaded
from sushui.planner.enums import PlanStatus

if TYPE_CHECKING:
    from sushui.engines.planning.board import Progress


class Solver(Protocol):
    """What searches, as `sushui.engines.planning.solving.solve` does."""

    def __call__(
        self,
        problem: Problem,
        *,
        time_limit: float,
        threads: int,
        seed: int,
        on_progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
        hint: Plan | None,
    ) -> Result: ...


@dataclass(frozen=True)
class Found:
    """The best of a search so far: a verified plan as it is stored, what it is worth, and the bound."""

    status: PlanStatus = PlanStatus.UNKNOWN
    plan: list[list[Any]] | None = None
    objective: int | None = None
    bound: int | None = None
    worth: Mapping[str, int] = field(default_factory=dict)
    points: tuple[tuple[float, int | None, int | None], ...] = ()


class Search:
    """One search in a thread of its own; nothing of it touches the database."""

    def __init__(
        self, solver: Solver, problem: Mapping[str, Any], *, seconds: float, threads: int, seed: int, hint: Any = None
    ) -> None:
        self._problem = loaded(problem)
        self._solve = partial(solver, self._problem, time_limit=seconds, threads=threads, seed=seed)
        self._hint = self._verified(plan_of(hint)) if hint else None
        self._stop, self._lock = Event(), Lock()
        self._plan, self._bound, self._status = self._hint, None, Status.UNKNOWN  # type: Plan | None, int | None, Status
        self._points: list[tuple[float, int | None, int | None]] = []
        self._failure: BaseException | None = None
        self._thread = Thread(target=self._search, name="planner-search", daemon=True)
        self._begun = monotonic()
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait at most so long for its end; whether it has come.

        Raises:
            whatever the search ended with.
        """
        self._thread.join(seconds)
        if self._failure is not None:
            raise self._failure
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Tell it to leave off; what it has found stays."""
        self._stop.set()

    def found(self) -> Found:
        """What stands now."""
        with self._lock:
            plan, bound, points = self._plan, self._bound, tuple(self._points)
        if plan is None:
            return Found(PlanStatus(self._status.value), bound=bound, points=points)
        value = worth(self._problem, plan)
        status = PlanStatus.OPTIMAL if self._status is Status.OPTIMAL else PlanStatus.FEASIBLE
        parts = {part.value: amount for part, amount in value.parts.items()}
        return Found(status, stored_plan(self._problem, plan), value.total, bound, parts, points)

    def _search(self) -> None:
        try:
            result = self._solve(hint=self._hint, on_progress=self._hear, should_stop=self._stop.is_set)
            self._keep(result.plan, result.bound)
            self._status = result.status
        except BaseException as failure:  # told to whoever waits, in their own thread
            self._failure = failure

    def _hear(self, news: Progress) -> None:
        self._keep(news.plan, news.bound)

    def _keep(self, plan: Plan | None, bound: int | None) -> None:
        """Keep what is better; a plan that somebody else finds fault with is none."""
        better = self._verified(plan) if plan is not None else None
        with self._lock:
            if better is not None and self._is_better(better):
                self._plan = better
            if bound is not None and (self._bound is None or bound < self._bound):
                self._bound = bound
            objective = worth(self._problem, self._plan).total if self._plan else None
            self._points.append((monotonic() - self._begun, objective, self._bound))

    def _verified(self, plan: Plan) -> Plan | None:
        return None if verify(self._problem, plan) else plan

    def _is_better(self, plan: Plan) -> bool:
        return self._plan is None or worth(self._problem, plan).total >= worth(self._problem, self._plan).total


def engine_solver(before: Stored | None = None) -> Solver:
    """The engine's own: loaded here, by the worker that is about to search.

    ``before``: an earlier plan from which it begins, mended where it does not hold any more, if it has no better one.
    """
    from sushui.engines.planning.replanning import mend
    from sushui.engines.planning.solving import solve

    def mending(problem: Problem, *, time_limit: float, seed: int, hint: Plan | None, **asked: Any) -> Result:
        found = hint or mend(problem, aligned(problem, plan_of(before or [])), time_limit / 2, seed)
        return solve(problem, time_limit=time_limit, seed=seed, hint=found, **asked)

    return solve if before is None else mending


def engine_explainer() -> Explainer:
    """The engine's own answers: loaded here, by the worker that is about to put a question."""
    from sushui.planner.adapter.explaining import explain

    return explain
