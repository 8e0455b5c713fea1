"""How long a county waits for an answer about its plan: why not, what cannot hold together, what a slip moves.

    python -m benchmarks.reasons                # 300 projects, the conflict at 120
    python -m benchmarks.reasons 60 20          # another county

Beside the way to a conflict stands the plain one in the same run: all promises together in one CP-SAT model with
assumptions, given a minute, which need not be the fewest.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from benchmarks.world import machine
from sushui.engines.planning import Plan, Problem, Result
from sushui.engines.planning.generating import county
from sushui.engines.planning.reasons.conflict import explain_conflict, named, promises_of
from sushui.engines.planning.reasons.delays import risks
from sushui.engines.planning.reasons.exclusion import explain_exclusion
from sushui.engines.planning.reasons.steps import released
from sushui.engines.planning.replanning import Prices, replan
from sushui.engines.planning.solving import solve

PROJECTS, PROMISED = 300, 120
SEED = 1
PLANNED_FOR, REPLANNED_FOR, PLAIN_WORK = 30.0, 5.0, 30.0  # seconds; the last in CP-SAT's own
ASKED = 10
NOW, SLIP = 20, 8  # weeks
PRICES = Prices(left=2_000_000, moved=20_000, slot=1_000)

T = TypeVar("T")


def main() -> None:
    """Print a line for each question."""
    sizes = [int(word) for word in sys.argv[1:3]]
    projects, promised = (*sizes, PROJECTS, PROMISED)[:1] + (*sizes[1:], PROMISED)[:1]
    problem = county(projects, SEED)
    print(f"{machine()}\n\n{projects} projects, planned for {PLANNED_FOR:.0f} s")
    base = solve(problem, time_limit=PLANNED_FOR)
    if base.plan is None:
        print("no plan was found")
        return
    _print_exclusions(problem, base.plan)
    _print_replanning(problem, base.plan)
    _timed("1,000 draws of delays", lambda: risks(problem, base.plan or Plan({})))
    _print_conflict(promised)


def _timed(name: str, act: Callable[[], T]) -> T:
    began = time.perf_counter()
    found = act()
    print(f"{name:<58}{time.perf_counter() - began:8.2f} s")
    return found


def _print_exclusions(problem: Problem, plan: Plan) -> None:
    left_out = [project.key for project in problem.projects if project.key not in plan.projects][:ASKED]
    print(f"{len(plan.projects)} in the plan")
    if left_out:
        found = _timed(
            f"why {len(left_out)} are left out", lambda: [explain_exclusion(problem, plan, key) for key in left_out]
        )
        print("   " + ", ".join(f"{each.because} {'+'.join(each.factors)}".strip() for each in found))


def _print_replanning(problem: Problem, plan: Plan) -> None:
    """The permit that was to begin next comes later: what that moves."""
    later = [ref for ref, placed in sorted(plan.placements.items()) if placed.start >= NOW]
    slipped = min(later, key=lambda ref: plan.placements[ref].start)
    asked = released(problem, slipped, plan.placements[slipped].start + SLIP)
    found = _timed(
        f"planned again, {REPLANNED_FOR:.0f} s allowed",
        lambda: replan(asked, plan, prices=PRICES, now=NOW, time_limit=REPLANNED_FOR),
    )
    print(f"   {_told(found.result)}")
    if found.changes is not None:
        changes = found.changes
        print(f"   {len(changes.left)} left, {len(changes.joined)} joined, {len(changes.moves)} activities moved")


def _told(result: Result) -> str:
    gap = "unknown" if result.gap is None else f"{result.gap:.1%}"
    return f"{result.status}, objective {result.objective}, gap {gap}"


def _print_conflict(promised: int) -> None:
    """Every project is promised at once."""
    drawn = county(promised, SEED)
    asked = replace(drawn, projects=tuple(replace(each, is_mandatory=True) for each in drawn.projects), groups=())
    why = _timed(f"{promised} promises that cannot hold together", lambda: explain_conflict(asked))
    if why is not None:
        print(f"   {len(why.promises)} of them, minimal: {why.is_minimal}, ways out: {len(why.reliefs)}")
    plain = _timed("   by one model with assumptions", lambda: named(asked, promises_of(asked), PLAIN_WORK))
    print(f"   {'none found' if plain is None else len(plain)}")


if __name__ == "__main__":
    main()
