"""Multidimensional knapsacks of Chu and Beasley (1998, Journal of Heuristics 4; OR-Library): ours, CP-SAT and HiGHS.

    python -m benchmarks.knapsacks FOLDER                              # 30 of mknapcb1, 10 seconds each
    python -m benchmarks.knapsacks FOLDER --file mknapcb4 --count 10 --seconds 10 --threads 2

FOLDER holds `mknapcb1.txt` and so on, and `mkcbres.txt` with the best known values. Every item is a project of a single
activity, every limit a quota. Every plan passes `verify`; what has none within the time counts as worth nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import highspy
import numpy as np

from benchmarks.world import machine
from sushui.engines.planning.arrays import Compiled, compile_problem
from sushui.engines.planning.cpsat import Limits, Run
from sushui.engines.planning.exact import Model
from sushui.engines.planning.plan import Plan
from sushui.engines.planning.problem import Problem
from sushui.engines.planning.reading.benchmarks import read_knapsacks
from sushui.engines.planning.solving import solve
from sushui.engines.planning.verifying import verify
from sushui.engines.planning.worth import worth


class Limit(NamedTuple):
    """What every planner has."""

    seconds: float
    threads: int


Planner = Callable[[Problem, Limit], tuple[Plan | None, float]]  # a plan, and what no plan is worth more than


def ours(problem: Problem, limit: Limit) -> tuple[Plan | None, float]:
    """`solve`."""
    result = solve(problem, time_limit=limit.seconds, threads=limit.threads)
    return result.plan, float("inf") if result.bound is None else result.bound


def cp_sat(problem: Problem, limit: Limit) -> tuple[Plan | None, float]:
    """The exact model alone."""
    outcome = Run(Model(compile_problem(problem)), Limits(limit.seconds, threads=limit.threads)).solve()
    return outcome.plan, float("inf") if outcome.bound is None else outcome.bound


def highs(problem: Problem, limit: Limit) -> tuple[Plan | None, float]:
    """HiGHS on the same sums."""
    compiled, solver = compile_problem(problem), highspy.Highs()
    arrays, takes = compiled.arrays, _takes(compiled)
    solver.silent()
    for name, value in (("time_limit", limit.seconds), ("threads", limit.threads), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(name, value)
    items = [solver.addBinary(obj=float(each)) for each in arrays.chosen_value]
    for row, most in zip(takes, arrays.window_limit, strict=True):
        solver.addConstr(sum(int(amount) * item for amount, item in zip(row, items, strict=True)) <= int(most))
    solver.maximize()
    values = solver.getSolution().col_value
    plan = compiled.plan([0 if value > 0.5 else -1 for value in values], [0] * len(values)) if values else None
    return plan, np.floor(solver.getInfo().mip_dual_bound + 1e-6)


def _takes(compiled: Compiled) -> np.ndarray:
    """[quota, item]"""
    arrays = compiled.arrays
    takes = np.zeros((len(arrays.window_limit), len(arrays.duration)), np.int64)
    for mode in range(len(arrays.duration)):
        for take in range(arrays.take_first[mode], arrays.take_first[mode + 1]):
            takes[arrays.take_factor[take], mode] += arrays.take_amount[take]
    return takes


PLANNERS: dict[str, Planner] = {"ours": ours, "CP-SAT": cp_sat, "HiGHS": highs}


def best_known(folder: Path, problem: Problem, number: int) -> int:
    """From `mkcbres.txt`, where a knapsack is called `5.100-00` for 5 quotas and 100 items."""
    name = f"{len(problem.consumables)}.{len(problem.projects)}-{number:02}"
    text = (folder / "mkcbres.txt").read_text(encoding="ascii")
    found = re.search(rf"^\s*{re.escape(name)}\s+(\d+)", text, re.MULTILINE)
    if found is None:
        raise SystemExit(f"mkcbres.txt has no {name}.")
    return int(found[1])


class Row(NamedTuple):
    """What a planner did with one knapsack."""

    distance: float  # below the best known, as a share of it
    is_proved: bool
    seconds: float


def row(planner: Planner, problem: Problem, best: int, limit: Limit) -> Row:
    """Let it plan, and look at the plan."""
    began = time.monotonic()
    plan, bound = planner(problem, limit)
    seconds = time.monotonic() - began
    if plan is not None and verify(problem, plan):
        raise SystemExit(f"A plan is none: {verify(problem, plan)[0]}")
    value = worth(problem, plan).total if plan is not None else 0
    if bound < max(value, best):
        raise SystemExit(f"A bound of {bound:g} was crossed by {max(value, best)}")
    return Row(1 - value / best, value == bound, seconds)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--file", default="mknapcb1")
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args(arguments)


def main() -> None:
    """Print a table."""
    options = _options(sys.argv[1:])
    limit = Limit(options.seconds, options.threads)
    text = (options.folder / f"{options.file}.txt").read_text(encoding="ascii")
    problems = read_knapsacks(text)[: options.count]
    known = [best_known(options.folder, problem, number) for number, problem in enumerate(problems)]
    print(f"{machine()}\n\n{len(problems)} of {options.file}, {limit.seconds:g} s, {limit.threads} threads")
    print(f"{'':<10}{'mean below best known':>22}{'worst':>9}{'proved':>8}{'mean s':>8}")
    solve(problems[0], time_limit=1)  # machine code is compiled and OR-Tools imported before anything is measured
    for name, planner in PLANNERS.items():
        rows = [row(planner, problem, best, limit) for problem, best in zip(problems, known, strict=True)]
        distances, proved = [each.distance for each in rows], sum(each.is_proved for each in rows)
        mean, seconds = sum(distances) / len(rows), sum(each.seconds for each in rows) / len(rows)
        print(f"{name:<10}{mean:>21.3%} {max(distances):>9.3%}{proved:>8}{seconds:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
