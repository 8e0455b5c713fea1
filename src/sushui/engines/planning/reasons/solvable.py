"""Whether a small problem has a plan, and its best one: asked of CP-SAT many times over."""

from __future__ import annotations

from dataclasses import replace

from ..arrays import compile_problem
from ..cpsat import Limits, Outcome, Run
from ..exact import Model
from ..plan import Plan, Status
from ..problem import Problem, Project

WORK = 5.0  # deterministic seconds for one question; where they run out, the answer is "not shown"


def some_plan(problem: Problem, work: float = WORK) -> Plan | None:
    """A plan, or None: there is none, or none was found within the work allowed."""
    return _run(_worthless(problem), work, {"stop_after_first_solution": True}).plan


def best_plan(problem: Problem, work: float = WORK) -> Plan | None:
    """The best plan found within the work allowed, or None."""
    return _run(problem, work, {}).plan


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
