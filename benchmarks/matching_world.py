"""Enterprises and policies for the benchmark of matching, the same ones on every run; a tenth of all is missing.

The policies are of one shape, with figures of their own: turnover, growth, size or staff, industry, credit; a rate of
research spending with a cap. `by_hand` is the same in plain Polars, as one would write it for this shape alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from sushui.engines.matching import PolicySet, load_policies
from sushui.engines.matching.packaged import packaged_registry
from sushui.engines.matching.tables import ENTERPRISE, Tables

ON = date(2024, 6, 30)
MISSING = 0.1
WAN = 1_000_000  # 分
SCALES = ["large", "medium", "small", "micro"]
INDUSTRIES = [f"{number:02}" for number in range(1, 97)]
POLICY = """policy: made_{number}
name: 政策{number}
document: 基准（无文号）
issuer: 基准
from: 2024-01-01
items:
  - item: award
    name: 奖励
    conditions:
      - {{atom: turnover, test: revenue >= {turnover}万元, cite: c}}
      - {{atom: growth, test: "growth(revenue, revenue_last_year) >= {growth}%", cite: c}}
      - any:
          - {{atom: scale, test: "scale in {{small, micro}}", cite: c}}
          - {{atom: staff, test: staff >= {staff}人, cite: c}}
      - {{atom: industry, test: "industry in {{{industry}*}}", cite: c}}
      - none: [{{atom: credit, test: is_dishonest, cite: c}}]
    benefit: {{rate: {rate}%, base: rd_spending, cite: c}}
    caps: [{{limit: {cap}万元, cite: c}}]
"""


@dataclass(frozen=True)
class Figures:
    """The figures of one policy."""

    number: int

    @property
    def turnover(self) -> int:
        return 200 + 100 * (self.number % 40)

    @property
    def growth(self) -> int:
        return self.number % 7

    @property
    def staff(self) -> int:
        return 20 + self.number % 30

    @property
    def industry(self) -> int:
        return self.number % 9 + 1

    @property
    def rate(self) -> int:
        return self.number % 12 + 1

    @property
    def cap(self) -> int:
        return 10 + self.number % 50

    def written(self) -> str:
        """The policy."""
        names = ("number", "turnover", "growth", "staff", "industry", "rate", "cap")
        return POLICY.format(**{name: getattr(self, name) for name in names})


def policies(count: int) -> PolicySet:
    """So many policies."""
    return load_policies(packaged_registry(), {f"{number}.yaml": Figures(number).written() for number in range(count)})


def enterprises(count: int) -> Tables:
    """So many enterprises."""
    random = np.random.default_rng(7)
    money = {name: _money(random, count) for name in ("revenue", "revenue_last_year", "rd_spending")}
    columns = {
        **money,
        "staff": random.geometric(0.02, count),
        "scale": np.asarray(SCALES)[random.integers(0, 4, count)],
        "industry": np.asarray(INDUSTRIES)[random.integers(0, len(INDUSTRIES), count)],
        "is_dishonest": random.random(count) < 0.02,
    }
    known = [pl.when(pl.Series(random.random(count) >= MISSING)).then(pl.col(name)).alias(name) for name in columns]
    return Tables(pl.DataFrame({ENTERPRISE: np.arange(count), **columns}).with_columns(known))


def _money(random: np.random.Generator, count: int) -> np.ndarray:
    return (random.lognormal(3, 2, count) * WAN).astype(np.int64)


def by_hand(count: int) -> Iterator[tuple[pl.Expr, pl.Expr]]:
    """Lower and upper bound of every policy's amount."""
    for number in range(count):
        yield _by_hand(Figures(number))


def _by_hand(figures: Figures) -> tuple[pl.Expr, pl.Expr]:
    revenue, before, spending = pl.col("revenue"), pl.col("revenue_last_year"), pl.col("rd_spending")
    growth = pl.when(before > 0).then((revenue - before) * 100 >= before * figures.growth)
    size = pl.col("scale").is_in(["small", "micro"]) | (pl.col("staff") >= figures.staff)
    industry, honest = pl.col("industry").str.starts_with(str(figures.industry)), ~pl.col("is_dishonest")
    holds = (revenue >= figures.turnover * WAN) & growth & size & industry & honest
    paid = (spending * figures.rate * 2 + 100) // 200
    cap = figures.cap * WAN
    sure = pl.when(holds).then(pl.when(paid < cap).then(paid).otherwise(pl.when(paid.is_null()).then(0).otherwise(cap)))
    most = pl.when(~holds).then(0).otherwise(pl.when(paid < cap).then(paid).otherwise(cap))
    return sure.fill_null(0), most
