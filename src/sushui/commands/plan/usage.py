"""How much of each factor a plan takes, in rows for a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sushui.engines.planning import Plan, Renewable
from sushui.engines.planning.recounting import Course, courses

from .places import Places


@dataclass(frozen=True)
class Use:
    """`taken` of what there `is`, as people write both; `share` of it, where there is any."""

    key: str
    name: str
    taken: str
    there_is: str
    share: float | None
    remark: str = ""


def uses(places: Places, plan: Plan) -> list[Use]:
    """A row for each factor and for money: of a renewable factor slots times amount, with its busiest slot."""
    assert places.problem is not None
    carried = list(courses(places.problem, plan))
    return [*_renewables(places, carried), *_consumables(places, carried), *_money(places, carried)]


def _renewables(places: Places, carried: list[Course]) -> Iterator[Use]:
    assert places.problem is not None
    horizon = places.problem.timeline.horizon
    for factor in places.problem.renewables:
        profile = profile_of(factor.key, carried)
        there = capacities(factor, horizon)
        busiest = max(range(horizon), key=lambda slot: (profile[slot], -slot))
        remark = (
            f"at most {places.amount(factor.key, profile[busiest])} of "
            f"{places.amount(factor.key, there[busiest])} from {places.day(busiest)}"
        )
        yield _use(places, factor.key, factor.name, profile.total(), sum(there), remark if profile else "")


def profile_of(key: str, carried: list[Course]) -> Counter[int]:
    """How much of a renewable factor is used at each slot."""
    profile: Counter[int] = Counter()
    for course in carried:
        for demand in course.mode.demands:
            if demand.factor == key:
                profile.update(dict.fromkeys(course.slots, demand.amount))
    return profile


def capacities(factor: Renewable, horizon: int) -> list[int]:
    """How much of it there is at each slot."""
    there = [0] * horizon
    for level in factor.levels:
        there[level.start :] = [level.amount] * (horizon - level.start)
    return there


def _consumables(places: Places, carried: list[Course]) -> Iterator[Use]:
    assert places.problem is not None
    taken: Counter[str] = Counter()
    for course in carried:
        taken.update({demand.factor: demand.amount for demand in course.mode.demands})
    for factor in places.problem.consumables:
        released = sum(release.amount for release in factor.releases)
        yield _use(places, factor.key, factor.name, taken[factor.key], released)


def _money(places: Places, carried: list[Course]) -> Iterator[Use]:
    assert places.problem is not None
    paid = sum(payment.amount for course in carried for payment in course.mode.payments)
    arrived = sum(arrival.amount for source in places.problem.sources for arrival in source.arrivals)
    if places.problem.sources:
        yield _use(places, "money", "", paid, arrived)


def _use(places: Places, key: str, name: str, taken: int, there_is: int, remark: str = "") -> Use:
    share = taken / there_is if there_is else None
    return Use(key, name, places.amount(key, taken), places.amount(key, there_is), share, remark)
