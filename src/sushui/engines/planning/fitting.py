"""What can be in no plan, whatever else is: an activity that takes more than there ever is, or cannot end in time."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple

from .factors import Consumable, Renewable
from .order import in_order
from .problem import Activity, Demand, Done, From, Lag, Mode, Problem, Project, Ref


class Shortage(NamedTuple):
    """An activity that takes `amount` of a factor (or pays it for a use), and there is never more than `at_most`."""

    activity: str
    factor: str
    amount: int
    at_most: int


def shortage(problem: Problem, activity: Activity) -> Shortage | None:
    """What keeps an activity out of every plan, or None if one of its modes may be possible; that of the first mode."""
    found = [next(_lacking(problem, activity, mode), None) for mode in activity.modes]
    return found[0] if all(found) else None


def _lacking(problem: Problem, activity: Activity, mode: Mode) -> Iterator[Shortage]:
    for demand in mode.demands:
        at_most = _ever(problem, activity, mode, demand)
        if demand.amount > at_most:
            yield Shortage(activity.key, demand.factor, demand.amount, at_most)
    payments: Counter[str] = Counter()
    for payment in mode.payments:
        payments[payment.use] += payment.amount
    for use, amount in payments.items():
        paying = [source for source in problem.sources if source.may_pay(use)]
        at_most = sum(arrival.amount for source in paying for arrival in source.arrivals)
        if amount > at_most:
            yield Shortage(activity.key, use, amount, at_most)


def _ever(problem: Problem, activity: Activity, mode: Mode, demand: Demand) -> int:
    """The most that there is of a factor at any slot that the activity may use."""
    last = problem.timeline.horizon if activity.deadline is None or activity.done else activity.deadline
    first = 0 if activity.done else activity.release
    for factor in problem.renewables:
        if factor.key == demand.factor:
            return _most(factor, first, last) if mode.duration else demand.amount
    for quota in problem.consumables:
        if quota.key == demand.factor:
            return _most_open(quota, first, last)
    return demand.amount


def _most(factor: Renewable, first: int, last: int) -> int:
    """The highest level from slot `first` up to, not including, `last`."""
    ends = [level.start for level in factor.levels[1:]] + [last]
    spans = zip(factor.levels, ends, strict=True)
    return max((level.amount for level, end in spans if level.start < last and end > first), default=0)


def _most_open(quota: Consumable, first: int, last: int) -> int:
    """The most that is open at one slot from `first` to `last`."""
    slots = {first, *(release.start for release in quota.releases if first <= release.start <= last)}
    return max(
        sum(
            release.amount
            for release in quota.releases
            if release.start <= slot and (release.expires is None or slot < release.expires)
        )
        for slot in slots
    )


class Misfit(NamedTuple):
    """An activity that ends at `earliest` (None: not within the horizon) and should by `latest`; or what has begun at
    `done`, though by its lags it could only from `earliest` on."""

    activity: str
    earliest: int | None
    latest: int
    done: Done | None = None


class Windows:
    """When everything can end at the earliest, if it had all factors for itself and waited only for its own project and
    for what is in every plan (`must`)."""

    def __init__(self, problem: Problem, must: Collection[str]) -> None:
        self._problem = problem
        self._ends: dict[Ref, int] = {}
        self._starts: dict[Ref, int] = {}
        self._misfits: dict[Ref, Misfit] = {}
        into: dict[Ref, list[Lag]] = {ref: [] for ref in problem.activity}
        for lag in problem.lags:
            if lag.before.project == lag.after.project or lag.before.project in must:
                into[lag.after].append(lag)
        for ref in in_order({ref: [lag.before for lag in lags] for ref, lags in into.items()}):
            self._place(ref, into[ref])

    def misfit(self, project: Project) -> Misfit | None:
        """The first activity of a project that cannot be in time."""
        refs = (Ref(project.key, activity.key) for activity in project.activities)
        return next((self._misfits[ref] for ref in refs if ref in self._misfits), None)

    def _place(self, ref: Ref, lags: list[Lag]) -> None:
        activity = self._problem.activity[ref]
        earliest = max((self._origin(lag) + lag.least for lag in lags), default=0)
        if activity.done is not None:
            if earliest > activity.done.start:
                self._misfits[ref] = Misfit(ref.activity, earliest, activity.done.start, activity.done)
            self._starts[ref] = activity.done.start
            self._ends[ref] = self._end(activity, activity.modes[activity.done.mode], activity.done.start) or 0
            return
        self._starts[ref] = max(earliest, activity.release)
        horizon = self._problem.timeline.horizon
        ends = [end for mode in activity.modes if (end := self._end(activity, mode, self._starts[ref])) is not None]
        latest = horizon if activity.deadline is None else activity.deadline
        if not ends or min(ends) > latest:
            self._misfits[ref] = Misfit(ref.activity, min(ends, default=None), latest)
        self._ends[ref] = min(ends, default=horizon)

    def _origin(self, lag: Lag) -> int:
        return self._starts[lag.before] if lag.counted_from is From.START else self._ends[lag.before]

    def _end(self, activity: Activity, mode: Mode, start: int) -> int | None:
        """Where the mode ends if it begins as soon as it can from `start` on."""
        working = self._problem.working[activity.calendar]
        if mode.duration == 0:
            return working.end(start, 0)
        at = bisect_left(working.slots, start)
        return working.end(working.slots[at], mode.duration) if at < len(working.slots) else None
