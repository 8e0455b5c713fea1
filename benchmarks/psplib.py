"""How far from the best known schedules of PSPLIB each planner stays, and how many it proves, in the same time.

    python -m benchmarks.psplib FOLDER                                   # 30 of j120, 10 seconds each
    python -m benchmarks.psplib FOLDER --set j60 --count 30 --seconds 10 --threads 2 --only ours,CP-SAT

FOLDER holds `best_known.csv` (instance, lower_bound, best_known) and instances of PSPLIB (Kolisch and Sprecher 1997,
European Journal of Operational Research 96): `j120.tar.gz` or files such as `j1201_1.sm`. They are taken evenly from
all parameter sets. Every plan passes `verify`; what has no plan within the time counts as the horizon.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from benchmarks.world import machine
from sushui.engines.planning.arrays import Compiled, compile_problem
from sushui.engines.planning.bounding import least_end
from sushui.engines.planning.cpsat import Limits, Run
from sushui.engines.planning.exact import Model
from sushui.engines.planning.plan import Plan
from sushui.engines.planning.problem import Problem
from sushui.engines.planning.reading.benchmarks import read_psplib
from sushui.engines.planning.search import Search
from sushui.engines.planning.solving import solve
from sushui.engines.planning.verifying import verify
from sushui.engines.planning.worth import makespan


class Instance(NamedTuple):
    """A problem with what is known of its best."""

    name: str
    problem: Problem
    lower_bound: int
    best_known: int


class Answer(NamedTuple):
    """A plan and the bound that came with it."""

    plan: Plan | None
    bound: int


class Limit(NamedTuple):
    """What every planner has."""

    seconds: float
    threads: int


Planner = Callable[[Problem, Limit], Answer]


# --- planners --------------------------------------------------------------------------------------------------------
def ours(problem: Problem, limit: Limit) -> Answer:
    """`solve`: both searches, each going on from the other's plans."""
    result = solve(problem, time_limit=limit.seconds, threads=limit.threads)
    return Answer(result.plan, result.bound or 0)


def cp_sat(problem: Problem, limit: Limit) -> Answer:
    """The exact model alone, with all threads."""
    outcome = Run(Model(compile_problem(problem)), Limits(limit.seconds, threads=limit.threads)).solve()
    return Answer(outcome.plan, outcome.bound or 0)


def breeding(problem: Problem, limit: Limit) -> Answer:
    """The genetic search alone, on one thread."""
    compiled = compile_problem(problem)
    search, bound, until = Search(compiled.arrays), least_end(compiled.arrays), time.monotonic() + limit.seconds
    while time.monotonic() < until and (search.last is None or search.last > bound):
        search.go_on(200, bound)
    return Answer(compiled.plan(*search.best()), bound)


def priority_rules(problem: Problem, limit: Limit) -> Answer:
    """One schedule by the latest start, moved to the right and to the left."""
    compiled = compile_problem(problem)
    search = Search(compiled.arrays, size=1)
    search.go_on(1)
    return Answer(compiled.plan(*search.best()), least_end(compiled.arrays))


def pyjobshop(problem: Problem, limit: Limit) -> Answer:
    """PyJobShop (CP-SAT behind it), with all threads."""
    from pyjobshop import Model as Shop

    compiled, shop = compile_problem(problem), Shop()
    crews = [shop.add_renewable(capacity=int(each[0])) for each in compiled.arrays.capacity]
    tasks = [shop.add_task() for _ in compiled.refs]
    for mode, (task, demands) in enumerate(zip(tasks, _demands(compiled), strict=True)):
        shop.add_mode(task, crews, int(compiled.arrays.duration[mode]), demands)
    for before, after in zip(compiled.arrays.lag_before, compiled.arrays.lag_after, strict=True):
        shop.add_end_before_start(tasks[before], tasks[after])
    found = shop.solve(time_limit=limit.seconds, num_workers=limit.threads, display=False)
    starts = [task.start for task in found.best.tasks]
    plan = compiled.plan(starts, [0] * len(starts)) if starts else None
    return Answer(plan, round(found.lower_bound))


def _demands(compiled: Compiled) -> Iterator[list[int]]:
    """Of each mode, for every renewable."""
    arrays = compiled.arrays
    for mode in range(len(arrays.duration)):
        demands = [0] * len(arrays.capacity)
        for use in range(arrays.use_first[mode], arrays.use_first[mode + 1]):
            demands[arrays.use_factor[use]] += int(arrays.use_amount[use])
        yield demands


PLANNERS: dict[str, Planner] = {
    "ours": ours,
    "CP-SAT": cp_sat,
    "PyJobShop": pyjobshop,
    "breeding alone": breeding,
    "priority rule": priority_rules,
}


# --- instances -------------------------------------------------------------------------------------------------------
def instances(folder: Path, name: str, count: int) -> list[Instance]:
    """`count` instances, evenly from all parameter sets, with another number of each."""
    texts = dict(_texts(folder, name))
    by_set: dict[int, list[str]] = {}
    for each in sorted(texts, key=_numbers):
        by_set.setdefault(_numbers(each)[0], []).append(each)
    sets = list(by_set.values())
    chosen = [sets[place * len(sets) // count] for place in range(count)]
    names = [some[place % len(some)] for place, some in enumerate(chosen)]
    with (folder / "best_known.csv").open(encoding="utf-8") as file:
        known = {row["instance"]: row for row in csv.DictReader(file)}
    return [
        Instance(each, read_psplib(texts[each]), int(known[each]["lower_bound"]), int(known[each]["best_known"]))
        for each in names
    ]


def _numbers(name: str) -> tuple[int, int]:
    """The parameter set and the number within it: `j12031_4` is (31, 4)."""
    found = re.fullmatch(r"j(?:30|60|90|120)(\d+)_(\d+)", name)
    if found is None:
        raise SystemExit(f"{name} is no name of PSPLIB's single-mode sets.")
    return int(found[1]), int(found[2])


def _texts(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """The name and text of every instance of a set."""
    archive = folder / f"{name}.tar.gz"
    if archive.exists():
        with tarfile.open(archive) as tar:
            for member in tar:
                file = tar.extractfile(member) if member.name.endswith(".sm") else None
                if file is not None:
                    yield Path(member.name).stem, file.read().decode("ascii", "replace")
        return
    for path in folder.rglob(f"{name}*.sm"):
        yield path.stem, path.read_text(encoding="ascii", errors="replace")


# --- the table -------------------------------------------------------------------------------------------------------
class Row(NamedTuple):
    """What a planner did with one instance."""

    distance: float  # from the best known, as a share of it
    is_proved: bool
    seconds: float


def row(planner: Planner, instance: Instance, limit: Limit) -> Row:
    """Let it plan, and look at the plan."""
    began = time.monotonic()
    answer = planner(instance.problem, limit)
    seconds = time.monotonic() - began
    end = instance.problem.timeline.horizon
    if answer.plan is not None:
        broken = verify(instance.problem, answer.plan)
        if broken:
            raise SystemExit(f"{instance.name}: the plan breaks {broken[0]}")
        end = makespan(instance.problem, answer.plan)
    if answer.bound > end or answer.bound > instance.best_known or end < instance.lower_bound:
        raise SystemExit(f"{instance.name}: {answer.bound} to {end} cannot be")
    return Row(end / instance.best_known - 1, answer.bound == end, seconds)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", default="j120", choices=("j30", "j60", "j90", "j120"))
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", default=",".join(PLANNERS), help="names of planners, with commas between them")
    return parser.parse_args(arguments)


def main() -> None:
    """Print a table."""
    options = _options(sys.argv[1:])
    limit, chosen = Limit(options.seconds, options.threads), instances(options.folder, options.set, options.count)
    print(f"{machine()}\n\n{len(chosen)} of {options.set}, {limit.seconds:g} s, {limit.threads} threads")
    print(f"{'':<18}{'mean from best known':>22}{'worst':>8}{'proved':>8}{'mean s':>8}")
    solve(chosen[0].problem, time_limit=1)  # machine code is compiled and OR-Tools imported before anything is measured
    for name in options.only.split(","):
        if name == "PyJobShop" and find_spec("pyjobshop") is None:
            continue
        rows = [row(PLANNERS[name], instance, limit) for instance in chosen]
        distances = [each.distance for each in rows]
        mean, seconds = sum(distances) / len(rows), sum(each.seconds for each in rows) / len(rows)
        proved = sum(each.is_proved for each in rows)
        print(f"{name:<18}{mean:>21.2%} {max(distances):>8.2%}{proved:>8}{seconds:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
