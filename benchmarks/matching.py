"""Matching, side by side: totals and full masks over many enterprises, one enterprise with many policies.

    python -m benchmarks.matching                                   # 1 million x 50
    python -m benchmarks.matching --enterprises 4000000 --policies 500 --only masks
    python -m benchmarks.matching --policies 500 --only one,twenty

Every column runs in a process of its own, which prints its seconds, CPU seconds and peak memory. `totals`: what all
policies cost at least and at most; DuckDB and plain Polars written by hand come to the same sums, or the run stops.
`masks`: status, bounds and both masks of every pair, part by part. `one`: one enterprise, answered again and again.
`twenty`: 20 thousand enterprises.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from tempfile import TemporaryDirectory

import polars as pl

from benchmarks.matching_world import ON, by_hand, enterprises, policies
from benchmarks.world import machine
from sushui.engines.matching import Facts, evaluate
from sushui.engines.matching.in_polars import Program
from sushui.engines.matching.in_python import Quick
from sushui.engines.matching.in_sql import DUCKDB, query, schema_of

PART = 65_536
Sizes = argparse.Namespace


class Clock:
    """Seconds on the wall and of all processors since it was made."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.monotonic(), time.process_time()

    def shown(self, what: str, note: str = "") -> str:
        """One line."""
        wall, cpu = time.monotonic() - self.wall, time.process_time() - self.cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        return f"{what:<16}{wall:>9.2f} s {cpu:>9.2f} CPU s {peak:>7.2f} GiB   {note}"


def totals(sizes: Sizes) -> str:
    """Ours on Polars."""
    tables = enterprises(sizes.enterprises)
    clock = Clock()
    program = Program(policies(sizes.policies), ON, ("low", "high"))
    sums = [part.select(pl.exclude("enterprise").sum()) for part in program.parts(tables, PART)]
    return clock.shown("ours, totals", _sums(pl.concat(sums).sum()))


def _sums(frame: pl.DataFrame) -> str:
    low, high = (sum(frame[name][0] for name in frame.columns if name.endswith(side)) for side in ("low", "high"))
    return f"{low} {high}"


def hand(sizes: Sizes) -> str:
    """Plain Polars, written for these policies alone."""
    tables = enterprises(sizes.enterprises)
    clock = Clock()
    sums = [
        expression.sum().alias(f"{number}.{side}")
        for number, pair in enumerate(by_hand(sizes.policies))
        for side, expression in zip(("low", "high"), pair, strict=True)
    ]
    parts = [tables.main.slice(start, PART).select(sums) for start in range(0, sizes.enterprises, PART)]
    return clock.shown("Polars by hand", _sums(pl.concat(parts).sum()))


def duckdb(sizes: Sizes) -> str:
    """Our SQL on DuckDB, over a Parquet file."""
    import duckdb as engine  # for benchmarks and tests only

    tables, found = enterprises(sizes.enterprises), policies(sizes.policies)
    with TemporaryDirectory() as folder, engine.connect() as database:
        tables.main.write_parquet(f"{folder}/main.parquet")
        database.execute(f"CREATE TABLE enterprises AS SELECT * FROM '{folder}/main.parquet'")
        clock = Clock()
        written = query(found, ON, schema_of(tables, "enterprises", {}), DUCKDB, ("low", "high"))
        names = [f"{item.key}.{side}" for item in found.items(ON) for side in ("low", "high")]
        sums = ", ".join(f'sum("{name}")' for name in names)
        row = database.execute(f"SELECT {sums} FROM ({written})").fetchone()
    low, high = (sum(int(value) for value in (row or ())[side::2]) for side in (0, 1))
    return clock.shown("ours on DuckDB", f"{low} {high}")


def masks(sizes: Sizes) -> str:
    """Everything of every pair."""
    tables = enterprises(sizes.enterprises)
    clock = Clock()
    program = Program(policies(sizes.policies), ON)
    pairs = sum(part.height * len(program.items) for part in program.parts(tables, PART))
    return clock.shown("ours, masks", f"{pairs:,} pairs")


def twenty(sizes: Sizes) -> str:
    """20 thousand enterprises, after the policies are read."""
    tables, program = enterprises(20_000), Program(policies(sizes.policies), ON)
    program.run(tables.part(0, 100))
    clock = Clock()
    program.run(tables)
    return clock.shown("20 thousand", f"x {sizes.policies} with masks")


def one(sizes: Sizes) -> str:
    """A single enterprise: the function of all policies, and the interpreter with its traces."""
    found = policies(sizes.policies)
    rows = enterprises(300).main.drop("enterprise").rows(named=True)
    facts = [Facts({key: value for key, value in row.items() if value is not None}) for row in rows]
    quick = Quick(found, ON)
    answers = _percentiles(lambda each: quick.run(each), facts)
    traced = _percentiles(lambda each: evaluate(found, each, ON), facts[:30])
    return f"one x {sizes.policies}: answers p50 / p99 {answers} ms; with every trace {traced} ms"


def _percentiles(run: Callable[[Facts], object], facts: Sequence[Facts]) -> str:
    taken = []
    for each in facts:
        began = time.perf_counter()
        run(each)
        taken.append(1000 * (time.perf_counter() - began))
    taken.sort()
    return f"{taken[len(taken) // 2]:.2f} / {taken[int(0.99 * (len(taken) - 1))]:.2f}"


COLUMNS: dict[str, Callable[[Sizes], str]] = {
    "totals": totals,
    "hand": hand,
    "duckdb": duckdb,
    "masks": masks,
    "twenty": twenty,
    "one": one,
}
SAME = ("totals", "hand", "duckdb")  # which come to the same sums


def _options() -> Sizes:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--enterprises", type=int, default=1_000_000)
    parser.add_argument("--policies", type=int, default=50)
    parser.add_argument("--only", default=",".join(COLUMNS))
    parser.add_argument("--column", help="used by this program itself")
    return parser.parse_args()


def main() -> None:
    """Print a table."""
    sizes = _options()
    if sizes.column:
        print(COLUMNS[sizes.column](sizes))
        return
    print(f"{machine()}\n\n{sizes.enterprises:,} enterprises x {sizes.policies} policies")
    sums = {}
    for name in sizes.only.split(","):
        again = [sys.executable, "-m", "benchmarks.matching", "--column", name]
        again += ["--enterprises", str(sizes.enterprises), "--policies", str(sizes.policies)]
        line = subprocess.run(again, check=True, capture_output=True, text=True).stdout.strip()
        print(line, flush=True)
        sums[name] = line.split("GiB")[-1].strip()
    if len({sums[name] for name in SAME if name in sums}) > 1:
        raise SystemExit("The sums are not the same.")


if __name__ == "__main__":
    main()
