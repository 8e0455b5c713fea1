"""A plan as people look at it, counted out from the problem that its run was made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from sushui.engines.planning import Consumable, Mode, Part, Placement, Plan, Problem, Ref, Renewable, When, WhileWorked
from sushui.planner.adapter.snapshots import loaded
from sushui.planner.enums import ValuePart
from sushui.planner.rules.pictures import Picture, Placed, PlannedProject, Profile, placed_by_project

Stored = Sequence[Sequence[Any]]


def plan_of(stored: Stored) -> Plan:
    """A stored plan as the engine's."""
    return Plan({Ref(project, activity): Placement(start, mode) for project, activity, start, _end, mode in stored})


def stored_plan(problem: Problem, plan: Plan) -> list[list[Any]]:
    """A plan as it is stored: ``[project, activity, start, end, mode]``, in the order of the problem."""
    rows = []
    for ref, activity in problem.activity.items():
        if ref in plan.placements:
            start, mode = plan.placements[ref]
            end = problem.working[activity.calendar].end(start, activity.modes[mode].duration)
            rows.append([*ref, start, end, mode])
    return rows


def picture_of(problem: Mapping[str, Any], plan: Stored | None, worth: Mapping[str, int]) -> Picture:
    """The picture of a run's plan; without a plan every project is outside, and nothing is used."""
    asked = loaded(problem)
    placed = placed_by_project(plan or [])
    inside = [
        PlannedProject(key, tuple(sorted(bars, key=lambda bar: (bar.start, bar.end)))) for key, bars in placed.items()
    ]
    return Picture(
        weeks=asked.timeline.horizon,
        inside=tuple(sorted(inside, key=lambda each: (each.works.start, each.works.end, each.key))),
        outside=tuple(project.key for project in asked.projects if project.key not in placed),
        profiles=tuple(_profiles(asked, placed)),
        worth={ValuePart(part): amount for part, amount in worth.items()},
        invested=dict(_invested(asked, placed)),
    )


# --- what is used ----------------------------------------------------------------------------------------------------
def _carried(
    problem: Problem, placed: Mapping[str, Iterable[Placed]]
) -> Iterator[tuple[Mode, Placed, tuple[int, ...]]]:
    """Every placed activity with its mode and the weeks that it works."""
    for project, bars in placed.items():
        for bar in bars:
            activity = problem.activity[Ref(project, bar.key)]
            mode = activity.modes[bar.mode]
            yield mode, bar, problem.working[activity.calendar].worked(bar.start, mode.duration)


def _profiles(problem: Problem, placed: Mapping[str, Iterable[Placed]]) -> Iterator[Profile]:
    horizon = problem.timeline.horizon
    used: dict[str, list[int]] = defaultdict(lambda: [0] * horizon)
    renewable = {factor.key for factor in problem.renewables}
    for mode, bar, weeks in _carried(problem, placed):
        for demand in mode.demands:
            for week in weeks if demand.factor in renewable else [min(bar.start, horizon - 1)]:
                used[demand.factor][week] += demand.amount
        for source, week, amount in _paid(mode, weeks):
            used[source][week] += amount
    for factor in problem.renewables:
        yield Profile(
            factor.key, tuple(_capacity(factor, horizon)), tuple(used[factor.key]), factor.decimals, is_renewable=True
        )
    for quota in problem.consumables:
        summed = tuple(accumulate(used[quota.key]))
        yield Profile(quota.key, tuple(_open(quota, summed)), summed, quota.decimals)
    for source, arrived in _arrived(problem).items():
        yield Profile(source, tuple(accumulate(arrived)), tuple(accumulate(used[source])), is_money=True)


def _paid(mode: Mode, weeks: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    """What is due in each week, by source: money is there before it is spent, so parts are rounded up."""
    for payment in mode.payments:
        source = payment.use.partition("/")[0]
        if payment.when is When.WHILE_WORKED:
            due = [-(-payment.amount * part // len(weeks)) for part in range(len(weeks) + 1)]
            yield from ((source, week, due[part + 1] - due[part]) for part, week in enumerate(weeks))
        elif weeks:
            yield source, weeks[0] if payment.when is When.AT_START else weeks[-1], payment.amount


def _capacity(factor: Renewable, horizon: int) -> list[int]:
    levels = {level.start: level.amount for level in factor.levels}
    amounts, now = [], 0
    for week in range(horizon):
        now = levels.get(week, now)
        amounts.append(now)
    return amounts


def _open(quota: Consumable, used: Sequence[int]) -> list[int]:
    """What was opened by each week, less what ran out unused."""
    opened, gone, lost = 0, 0, 0
    amounts = []
    for week in range(len(used)):
        opened += sum(each.amount for each in quota.releases if each.start == week)
        gone += sum(each.amount for each in quota.releases if each.expires == week)
        lost = max(lost, gone - (used[week - 1] if week else 0))
        amounts.append(opened - lost)
    return amounts


def _arrived(problem: Problem) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(lambda: [0] * problem.timeline.horizon)
    for source in problem.sources:
        for arrival in source.arrivals:
            found[source.key.partition("+")[0]][arrival.start] += arrival.amount
    return found


def _invested(problem: Problem, placed: Mapping[str, Iterable[Placed]]) -> Iterator[tuple[str, int]]:
    """By project the investment that its construction does within the scenario's year."""
    for project, bars in placed.items():
        total = 0
        for bar in bars:
            activity = problem.activity[Ref(project, bar.key)]
            weeks = problem.working[activity.calendar].worked(bar.start, activity.modes[bar.mode].duration)
            for earning in activity.earnings:
                if isinstance(earning, WhileWorked) and earning.part is Part.INVESTMENT and weeks:
                    within = sum(earning.start <= week < earning.end for week in weeks)
                    total += earning.amount * within // len(weeks)
        yield project, total
