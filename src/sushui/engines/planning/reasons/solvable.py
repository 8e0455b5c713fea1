"""Whether a small problem has a plan, and its best one: asked of CP-SAT many times over."""

from __future__ import annotations

from ..arrays import compile_problem
from ..cpsat import Limits, Run
from ..exact import Model
from ..plan import Plan, Status
from ..problem import Problem

WORK = 5.0  # deterministic seconds for one question; where they run out, the answer is "not shown"


def some_plan(problem: Problem, work: float = WORK) -> Plan | None:
    """A plan, or None: there is none, or none was found within the work allowed."""
    return _solve(problem, work, {"stop_after_first_solution": True})


def best_plan(problem: Problem, work: float = WORK) -> Plan | None:
    """The best plan found within the work allowed, or None."""
    return _solve(problem, work, {})


def has_none(problem: Problem, work: float = WORK) -> bool:
    """Proved: there is no plan."""
    return Run(Model(compile_problem(problem)), Limits(work=work)).solve().status is Status.INFEASIBLE


def _solve(problem: Problem, work: float, parameters: dict[str, bool | int | str]) -> Plan | None:
    return Run(Model(compile_problem(problem)), Limits(work=work, parameters=parameters)).solve().plan
