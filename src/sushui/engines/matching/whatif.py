"""What if a named figure of a policy were another: who wins, who loses, what it costs, and what a budget allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import polars as pl

from .errors import MatchingError, Refusal
from .in_polars import Program
from .loading import check_set, load_policy
from .plans import ENTERPRISE
from .policy import PolicySet
from .tables import Tables
from .units import UNITS, Dimension, named, read_quantity


@dataclass(frozen=True)
class Outcome:
    """What a change does on some enterprises, in 分. Amounts are the sure ones: what is unknown counts from below.

    `before`, `after`: the budget; `winners`, `losers`: enterprises that get more, or less; `gained`, `lost`: how much.
    `at_most_after`: what it costs if everything unknown turns out for the enterprise; None without bound.
    """

    before: int
    after: int
    winners: int
    losers: int
    gained: int
    lost: int
    at_most_after: int | None


def with_constants(policies: PolicySet, changes: Mapping[str, str]) -> PolicySet:
    """The set with other figures, written as in a policy: `{"upgrading.rate": "8%"}`.

    Raises `MatchingError`: UNKNOWN_CONSTANT, or what makes the policy unreadable with them.
    """
    by_policy: dict[str, dict[str, str]] = {}
    for name, value in changes.items():
        policy, _, constant = name.partition(".")
        by_policy.setdefault(policy, {})[constant] = value
    unknown = by_policy.keys() - {each.key for each in policies.policies}
    if unknown:
        raise MatchingError(Refusal.UNKNOWN_CONSTANT, name=min(unknown))
    changed = tuple(
        load_policy(policies.registry, each.text, each.file, by_policy[each.key]) if each.key in by_policy else each
        for each in policies.policies
    )
    found = replace(policies, policies=changed)
    check_set(found)
    return found


def what_if(policies: PolicySet, changes: Mapping[str, str], tables: Tables, on: date) -> Outcome:
    """What other figures do. Raises `MatchingError` as `with_constants`."""
    return _compared(amounts(policies, tables, on), amounts(with_constants(policies, changes), tables, on))


def amounts(policies: PolicySet, tables: Tables, on: date) -> pl.DataFrame:
    """Per enterprise: `low` and `high` of all items together, in 分; `high` null without bound."""
    program = Program(policies, on, ("low", "high"))
    lows, highs = ([f"{each.item.key}.{side}" for each in program.items] for side in ("low", "high"))
    low, high = pl.sum_horizontal(lows), pl.sum_horizontal(highs, ignore_nulls=False)
    parts = [
        part.select(ENTERPRISE, low.cast(pl.Int64).alias("low"), high.cast(pl.Int64).alias("high"))
        for part in program.parts(tables)
    ]
    return pl.concat(parts)


def budget(policies: PolicySet, tables: Tables, on: date) -> dict[str, dict[str, int]]:
    """What every item surely costs, by level that pays: item -> level -> 分; "" where the policy names no levels."""
    program = Program(policies, on, ("low",))
    totals: dict[str, int] = {each.item.key: 0 for each in program.items}
    for part in program.parts(tables):
        sums = part.select(pl.col(f"{key}.low").sum().alias(key) for key in totals).row(0, named=True)
        totals = {key: total + int(sums[key]) for key, total in totals.items()}
    return {key: _shared(total, policies.policy(key).levels) for key, total in totals.items()}


def _shared(total: int, levels: Mapping[str, Fraction]) -> dict[str, int]:
    parts = {level: int(total * share) for level, share in levels.items()} or {"": total}
    first = next(iter(parts))
    parts[first] += total - sum(parts.values())
    return parts


def _compared(before: pl.DataFrame, after: pl.DataFrame) -> Outcome:
    change = after["low"] - before["low"]
    has_bound = after["high"].null_count() == 0
    return Outcome(
        before=int(before["low"].sum()),
        after=int(after["low"].sum()),
        winners=int((change > 0).sum()),
        losers=int((change < 0).sum()),
        gained=int(change.clip(lower_bound=0).sum()),
        lost=-int(change.clip(upper_bound=0).sum()),
        at_most_after=int(after["high"].sum()) if has_bound else None,
    )


@dataclass(frozen=True)
class Fit:
    """The figure that spends a budget best without passing it: as written, and what it then costs in 分."""

    value: str
    cost: int


def spending(
    policies: PolicySet, constant: str, most: int, span: tuple[str, str], step: str, tables: Tables, on: date
) -> Fit | None:
    """Among figures from one to another, `step` apart, the one whose cost is greatest and not more than `most` 分.

    Halved, for costs that only rise or only fall along the span; None where even the cheapest end costs more.
    Raises `MatchingError`: UNKNOWN_CONSTANT, BAD_VALUE for ends or steps that are no quantities of one unit.
    """
    low, high, width = (_quantity(text) for text in (*span, step))
    if {low[1], high[1]} != {width[1]} or width[0] <= 0:
        raise MatchingError(Refusal.BAD_VALUE, place=constant, value=step)
    last = int((high[0] - low[0]) / width[0])

    def at(number: int) -> Fit:
        value = _written(low[0] + number * width[0], low[1])
        cost = amounts(with_constants(policies, {constant: value}), tables, on)["low"].sum()
        return Fit(value, int(cost))

    cheap, dear = (0, last) if at(0).cost <= at(last).cost else (last, 0)
    best = at(cheap)
    if best.cost > most:
        return None
    if at(dear).cost <= most:
        return at(dear)
    while abs(dear - cheap) > 1:
        middle = (cheap + dear) // 2
        found = at(middle)
        if found.cost <= most:
            cheap, best = middle, found
        else:
            dear = middle
    return best


def _quantity(text: str) -> tuple[Fraction, Dimension]:
    found = read_quantity(text)
    if found is None:
        raise MatchingError(Refusal.BAD_VALUE, place="", value=text)
    return found.value, found.dimension


def _written(value: Fraction, dimension: Dimension) -> str:
    """A quantity as a policy writes it."""
    unit = named(dimension)
    if unit == "%":
        return f"{_decimal(value * 100)}%"
    scale = UNITS[dimension[0][0]][1] if len(dimension) == 1 else Fraction(1)
    return f"{_decimal(value / scale)}{'个月' if unit == '月' else unit}"


def _decimal(value: Fraction) -> str:
    """Exactly, in decimals; steps of quantities have no others. The tenth decimal is the last one."""
    whole = round(value * 10**10)
    return f"{whole // 10**10}.{whole % 10**10:010d}".rstrip("0").rstrip(".")
