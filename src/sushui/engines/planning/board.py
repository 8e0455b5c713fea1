"""Where everyone who works on a problem puts what they found: the best verified plan, and the bound it cannot cross."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, RLock
from typing import Protocol

from .arrays import Compiled
from .plan import Plan, Result, Status
from .problem import Goal
from .verifying import verify
from .worth import makespan, worth

LOOK = 0.05  # seconds between two looks at whether it is over


@dataclass(frozen=True)
class Progress:
    """What is known after `seconds`: a better plan or a better bound than the last time."""

    seconds: float
    plan: Plan | None
    objective: int | None
    bound: int | None


class Stoppable(Protocol):
    """What must be told to stop."""

    def stop(self) -> None:
        """End soon. May be called from any thread, more than once, and before anything has begun."""


class Board:
    """Shared by threads. Plans that do not pass `verify` are not taken; worse ones neither."""

    def __init__(
        self,
        compiled: Compiled,
        time_limit: float,
        on_progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> None:
        self.compiled, self.problem = compiled, compiled.problem
        self.is_makespan = compiled.problem.goal is Goal.MAKESPAN
        self.plan: Plan | None = None
        self.objective: int | None = None
        self.bound: int | None = None
        self.is_infeasible = False
        self._began, self.time_limit = time.monotonic(), time_limit
        self._on_progress, self._should_stop = on_progress, should_stop
        self._lock, self._ended, self._running = RLock(), Event(), list[Stoppable]()

    # --- time --------------------------------------------------------------------------------------------------------
    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._began

    @property
    def seconds_left(self) -> float:
        """Until the time limit; never below 0."""
        return max(0.0, self.time_limit - self.seconds)

    @property
    def is_over(self) -> bool:
        """Whether nobody need go on: the best is proved, the time is up, or somebody asked to stop."""
        if not self._ended.is_set() and (self.seconds_left == 0 or (self._should_stop and self._should_stop())):
            self.end()
        return self._ended.is_set()

    def end(self) -> None:
        """Stop all who are at work."""
        with self._lock:
            self._ended.set()
            for each in self._running:
                each.stop()

    @contextmanager
    def attending(self, run: Stoppable) -> Iterator[None]:
        """While within, stop this one, too, at the end."""
        with self._lock:
            self._running.append(run)
            if self._ended.is_set():
                run.stop()
        try:
            yield
        finally:
            with self._lock:
                self._running.remove(run)

    def together(self, *jobs: Callable[[], None]) -> None:
        """Run jobs beside each other until they have ended; one that fails ends all, and its failure is raised."""
        with ThreadPoolExecutor(len(jobs)) as pool:
            running = [pool.submit(self._guarded, job) for job in jobs]
            try:
                while not self.is_over and wait(running, LOOK).not_done:
                    pass
            finally:
                self.end()
        for job in running:
            job.result()

    def _guarded(self, job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException:
            self.end()
            raise

    # --- what was found ----------------------------------------------------------------------------------------------
    def is_better(self, objective: int) -> bool:
        """Than the best plan so far."""
        if self.objective is None:
            return True
        return objective < self.objective if self.is_makespan else objective > self.objective

    def offer(self, plan: Plan) -> bool:
        """Take a plan if it is better than the best so far and keeps everything."""
        objective = self.worth_of(plan)
        if not self.is_better(objective) or verify(self.problem, plan):
            return False
        with self._lock:
            if not self.is_better(objective):
                return False
            self.plan, self.objective = plan, objective
            self._tell()
        return True

    def worth_of(self, plan: Plan) -> int:
        """The objective of a plan: its weighted value, or its last end."""
        return makespan(self.problem, plan) if self.is_makespan else worth(self.problem, plan).total

    def offer_bound(self, bound: int) -> None:
        """Take a bound that holds for every plan of the problem, if it is closer than the one so far."""
        with self._lock:
            if self.objective is not None:  # a search for something better may end beyond it
                bound = min(bound, self.objective) if self.is_makespan else max(bound, self.objective)
            is_closer = self.bound is None or (bound > self.bound if self.is_makespan else bound < self.bound)
            if is_closer:
                self.bound = bound
                self._tell()

    def offer_infeasible(self) -> None:
        """There is no plan, or none better than the best."""
        with self._lock:
            if self.objective is None:
                self.is_infeasible = True
                self.end()
            else:
                self.offer_bound(self.objective)

    def _tell(self) -> None:
        if self._on_progress is not None:
            self._on_progress(Progress(self.seconds, self.plan, self.objective, self.bound))
        if self.objective is not None and self.bound is not None and self._is_closed(self.objective, self.bound):
            self.end()

    def _is_closed(self, objective: int, bound: int) -> bool:
        return objective <= bound if self.is_makespan else objective >= bound

    def result(self) -> Result:
        """What is known now."""
        with self._lock:
            if self.plan is None or self.objective is None:
                if self.is_infeasible:
                    return Result(Status.INFEASIBLE, seconds=self.seconds)
                return Result(Status.UNKNOWN, bound=self.bound, seconds=self.seconds)
            is_proved = self.bound is not None and self._is_closed(self.objective, self.bound)
            return Result(
                Status.OPTIMAL if is_proved else Status.FEASIBLE,
                self.plan,
                self.objective,
                self.bound,
                worth(self.problem, self.plan),
                self.seconds,
            )
