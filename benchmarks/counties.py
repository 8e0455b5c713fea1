"""How good plans of made-up counties are, and how near their bound, over time; every plan verified.

    python -m benchmarks.counties                        # 40, 300 and 3,000 candidates, a minute each
    python -m benchmarks.counties 300 --seconds 600

Beside it in the same run: CP-SAT alone on the whole model, and a greedy rule that takes the candidates in by what they
bring for their share of all factors, each as early as it fits best.
"""

from __future__ import annotations

import argparse
import time

from benchmarks.world import machine
from sushui.engines.planning.arrays import Compiled, compile_problem
from sushui.engines.planning.board import Board, Progress
from sushui.engines.planning.bound.generation import Generation
from sushui.engines.planning.exactly import solve_exactly
from sushui.engines.planning.generating import county
from sushui.engines.planning.plan import Plan
from sushui.engines.planning.portfolio.ground import ground
from sushui.engines.planning.portfolio.search import Search
from sushui.engines.planning.solving import solve
from sushui.engines.planning.verifying import verify

SIZES = (40, 300, 3_000)
MOMENTS = (2, 10, 60, 600)
SEED = 1


def main() -> None:
    """Print a table for each size."""
    options = _options()
    print(f"{machine()}\n")
    _warm_up()
    for size in options.projects:
        _measure(size, options.seconds, options.peers)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="*", type=int, default=SIZES, help="candidates of each county")
    parser.add_argument("--seconds", type=float, default=60, help="for each planner")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="leave CP-SAT alone and the rule out")
    return parser.parse_args()


def _warm_up() -> None:
    """Compile what is compiled on its first call."""
    before = time.perf_counter()
    solve(county(20, SEED), time_limit=60, work_limit=1)
    print(f"compiled or loaded in {time.perf_counter() - before:.1f} s\n")


def _measure(size: int, seconds: float, with_peers: bool) -> None:
    problem = county(size, SEED)
    print(f"{size:,} candidates, {sum(len(each.activities) for each in problem.projects):,} activities")
    print(f"{'':<22}{'s':>8}{'value':>16}{'bound':>16}{'gap':>9}")
    heard: list[Progress] = []
    result = solve(problem, time_limit=seconds, seed=SEED, on_progress=heard.append)
    _print(heard, seconds)
    if result.plan is not None:
        _check(result.plan, is_sound=not verify(problem, result.plan))
        print(f"{len(result.plan.projects):,} of {size:,} candidates are in the plan, which is verified")
    if with_peers:
        _peers(compile_problem(problem), seconds)
    print(flush=True)


def _print(heard: list[Progress], seconds: float) -> None:
    first = next((each for each in heard if each.objective is not None), None)
    if first is not None:
        print(_row("first plan", first))
    for moment in [each for each in MOMENTS if each < seconds] + [seconds]:
        known = [each for each in heard if each.seconds <= moment + 1]
        if known:
            print(_row(f"after {moment:g} s", known[-1]))


def _row(name: str, known: Progress) -> str:
    value, bound = known.objective, known.bound
    gap = f"{1 - value / bound:.2%}" if value is not None and bound else "-"
    return f"{name:<22}{known.seconds:>8.1f}{_number(value):>16}{_number(bound):>16}{gap:>9}"


def _number(value: int | None) -> str:
    return "-" if value is None else f"{value:,}"


def _check(plan: Plan, is_sound: bool) -> None:
    if not is_sound:
        raise SystemExit(f"a plan of {len(plan.projects)} projects does not keep everything")


# --- beside it -------------------------------------------------------------------------------------------------------
def _peers(compiled: Compiled, seconds: float) -> None:
    for name, plan in (("CP-SAT alone", lambda: _exactly(compiled, seconds)), ("greedy rule", lambda: _rule(compiled))):
        print(_row(name, plan()))


def _exactly(compiled: Compiled, seconds: float) -> Progress:
    board = Board(compiled, seconds)
    board.together(lambda: solve_exactly(board, threads=2, seed=SEED))
    return Progress(board.seconds, board.plan, board.objective, board.bound)


def _rule(compiled: Compiled) -> Progress:
    board = Board(compiled, 60)
    laid = ground(compiled)
    search = Search(laid, Generation(laid).begin(), SEED)
    search.begin()
    if search.objective is not None:
        board.offer(compiled.plan(*search.best()))
    return Progress(board.seconds, board.plan, board.objective, None)


if __name__ == "__main__":
    main()
