"""A few projects beside all the others of a plan, which stand where they are.

The result is a problem like any other and small, however many projects stand: what they hold of renewables is taken
off the levels, what they take and pay becomes one project that is done, and lags to them lead to milestones in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from ..factors import Level, Renewable
from ..plan import Placement, Plan
from ..problem import Activity, Demand, Done, From, Lag, Mode, Payment, Problem, Project, Ref, When

STANDING = "·standing"


def beside(problem: Problem, plan: Plan, keys: Collection[str]) -> Problem:
    """The problem of the projects `keys`, all of them mandatory, beside those others of the plan that stand.

    What they require must be among them or in the plan; groups are left to the caller.
    """
    standing = {ref: placed for ref, placed in plan.placements.items() if ref.project not in keys}
    free = tuple(
        replace(project, is_mandatory=True, requires=tuple(key for key in project.requires if key in keys))
        for project in problem.projects
        if project.key in keys
    )
    held, lags = _lags(problem, standing, keys)
    done = (*_taken(problem, standing), *_paid(problem, standing), *held)
    others = (Project(STANDING, done, is_mandatory=True),) if done else ()
    return replace(
        problem,
        projects=(*free, *others),
        renewables=tuple(_left(problem, factor, standing) for factor in problem.renewables),
        lags=lags,
        groups=(),
    )


Standing = dict[Ref, Placement]


def _mode(problem: Problem, ref: Ref, placed: Placement) -> Mode:
    return problem.activity[ref].modes[placed.mode]


def _worked(problem: Problem, ref: Ref, placed: Placement) -> tuple[int, ...]:
    working = problem.working[problem.activity[ref].calendar]
    return working.worked(placed.start, _mode(problem, ref, placed).duration)


def _left(problem: Problem, factor: Renewable, standing: Standing) -> Renewable:
    held: Counter[int] = Counter()
    for ref, placed in standing.items():
        amount = sum(each.amount for each in _mode(problem, ref, placed).demands if each.factor == factor.key)
        if amount:
            held.update(dict.fromkeys(_worked(problem, ref, placed), amount))
    edges = sorted({level.start for level in factor.levels} | {edge for slot in held for edge in (slot, slot + 1)})
    left = [(edge, _at(factor, edge) - held[edge]) for edge in edges if edge < problem.timeline.horizon]
    runs = [next(run) for _, run in groupby(left, key=lambda pair: pair[1])]
    return replace(factor, levels=tuple(Level(start, amount) for start, amount in runs))


def _at(factor: Renewable, slot: int) -> int:
    return [level.amount for level in factor.levels if level.start <= slot][-1]


def _taken(problem: Problem, standing: Standing) -> Iterator[Activity]:
    """A milestone for every time in which the same releases are open, with all that is taken of quotas in it."""
    quotas = {factor.key for factor in problem.consumables}
    releases = [release for factor in problem.consumables for release in factor.releases]
    edges = sorted({0, *(release.start for release in releases), *(release.expires or 0 for release in releases)})
    taken: Counter[tuple[int, str]] = Counter()
    for ref, placed in standing.items():
        for demand in _mode(problem, ref, placed).demands:
            if demand.factor in quotas:
                taken[_since(edges, placed.start), demand.factor] += demand.amount
    for slot, rows in groupby(sorted(taken.items()), key=lambda row: row[0][0]):
        demands = tuple(Demand(factor, amount) for (_, factor), amount in rows)
        yield Activity(f"taken {slot}", (Mode(0, demands),), done=Done(slot))


def _paid(problem: Problem, standing: Standing) -> Iterator[Activity]:
    """An activity of a slot for every time in which no money arrives, with all that is paid in it."""
    edges = sorted({0, *(arrival.start for source in problem.sources for arrival in source.arrivals)})
    paid: Counter[tuple[int, str]] = Counter()
    for ref, placed in standing.items():
        slots = _worked(problem, ref, placed)
        for payment in _mode(problem, ref, placed).payments:
            for slot, amount in instalments(payment, slots):
                paid[_since(edges, slot), payment.use] += amount
    for slot, rows in groupby(sorted(paid.items()), key=lambda row: row[0][0]):
        payments = tuple(Payment(use, amount, When.AT_START) for (_, use), amount in rows if amount)
        if payments:
            yield Activity(f"paid {slot}", (Mode(1, payments=payments),), done=Done(slot))


def _since(edges: list[int], slot: int) -> int:
    """The last edge up to a slot."""
    return edges[bisect_right(edges, slot) - 1]


def instalments(payment: Payment, slots: tuple[int, ...]) -> Iterable[tuple[int, int]]:
    """(slot, amount) of a payment for an activity worked in these slots: at the end of k of d ceil(k * amount / d)."""
    match payment.when:
        case When.AT_START:
            return [(slots[0], payment.amount)] if slots else []
        case When.AT_END:
            return [(slots[-1], payment.amount)] if slots else []
        case When.WHILE_WORKED:
            parts = [-(-step * payment.amount // len(slots)) for step in range(len(slots) + 1)]
            return [(slot, parts[step + 1] - parts[step]) for step, slot in enumerate(slots)]


def _lags(problem: Problem, standing: Standing, keys: Collection[str]) -> tuple[list[Activity], tuple[Lag, ...]]:
    """Lags among the free projects as they are; lags to one that stands lead to a milestone where it begins or ends."""
    milestones: dict[str, Activity] = {}

    def held(ref: Ref, origin: From) -> Ref:
        placed = standing[ref]
        slot = placed.start
        if origin is From.FINISH:
            slot = problem.working[problem.activity[ref].calendar].end(slot, _mode(problem, ref, placed).duration) or 0
        name = f"{ref.project} {ref.activity} {origin}"
        milestones[name] = Activity(name, (Mode(0),), done=Done(slot))
        return Ref(STANDING, name)

    lags = []
    for lag in problem.lags:
        is_before, is_after = lag.before.project in keys, lag.after.project in keys
        if is_before and is_after:
            lags.append(lag)
        elif is_before and lag.after in standing:
            lags.append(replace(lag, after=held(lag.after, From.START)))
        elif is_after and lag.before in standing:
            lags.append(replace(lag, before=held(lag.before, lag.counted_from), counted_from=From.START))
    return list(milestones.values()), tuple(lags)
