"""Whether a small problem has a plan, and its best one: asked many times over, of CP-SAT or by placing its projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ..arrays import compile_problem
from ..cpsat import Limits, Outcome, Run
from ..exact import Model
from ..plan import Plan, Status
from ..portfolio.best import best, room
from ..portfolio.ground import ground, numbers
from ..portfolio.insert import forbid, insert
from ..portfolio.needs import gains, no_prices
from ..portfolio.state import nothing_placed
from ..problem import Problem, Project

WORK = 5.0  # deterministic seconds for one question; where they run out, the answer is "not shown"


def some_plan(problem: Problem, work: float = WORK) -> Plan | None:
    """A plan, or None: there is none, or none was found within the work allowed."""
    return _run(_worthless(problem), work, {"stop_after_first_solution": True}).plan


def best_plan(problem: Problem, work: float = WORK) -> Plan | None:
    """The best plan found within the work allowed, or None."""
    return _run(problem, work, {}).plan


class Placed(NamedTuple):
    """A plan, or none; `is_hopeless`: not even if the last project's activities were not in each other's way."""

    plan: Plan | None
    is_hopeless: bool


def placed(problem: Problem, sequence: Sequence[str]) -> Placed:
    """A plan by placing whole projects one after the other where each is worth the most.

    It takes a hundredth of the time of `some_plan`, and where it finds none there may be one.
    """
    laid = ground(compile_problem(problem))
    arrays, number = laid.compiled.arrays, {project.key: row for row, project in enumerate(problem.projects)}
    shape, needs, limits = laid.shapes.shape, laid.needs, laid.limits
    state, chosen = nothing_placed(arrays), np.zeros(len(arrays.project_of), np.int32)
    free, work = no_prices(arrays, laid.shapes), room(laid.shapes)
    for key in sequence:
        project = number[key]
        if not insert(shape, needs, limits, laid.who, free, 0.0, project, state, work, chosen):
            gains(shape, needs, free, project, 0.0, work.gain)
            forbid(shape, needs, limits, project, state, work.gain)
            return Placed(None, best(shape, work, project, chosen) == -np.inf)
    return Placed(laid.compiled.plan(*numbers(laid, state.start, state.mode)), is_hopeless=False)


def has_none(problem: Problem, work: float = WORK) -> bool:
    """Proved: there is no plan."""
    return _run(_worthless(problem), work, {}).status is Status.INFEASIBLE


def _run(problem: Problem, work: float, parameters: dict[str, bool | int | str]) -> Outcome:
    return Run(Model(compile_problem(problem)), Limits(work=work, parameters=parameters)).solve()


def _worthless(problem: Problem) -> Problem:
    """The problem without what anything earns: the same plans, and a far smaller model."""

    def bare(project: Project) -> Project:
        activities = tuple(replace(activity, earnings=()) for activity in project.activities)
        return replace(project, earnings=(), activities=activities)

    return replace(problem, projects=tuple(map(bare, problem.projects)))
