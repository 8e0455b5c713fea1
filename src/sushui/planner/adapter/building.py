"""A scenario as a problem of the engine, in weeks. Docs: docs/algorithms/planning.md, section "A county's year".

Money is whole 万元: what arrives is rounded down and what is paid up; other amounts are hundredths of their unit, in
the same way. A plan never spends what is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from sushui.engines.planning import (
    Activity,
    Arrival,
    Consumable,
    Demand,
    Done,
    IfChosen,
    IfLate,
    Lag,
    Level,
    Mode,
    MoneySource,
    Part,
    Payment,
    Problem,
    Project,
    Ref,
    Release,
    Renewable,
    SinceFinished,
    SlotKind,
    TimeLine,
    WhenFinishedBy,
    WhileWorked,
)
from sushui.engines.planning.checking import check
from sushui.engines.planning.errors import PlanningError
from sushui.planner.adapter.refusals import refused
from sushui.planner.adapter.snapshots import digest_of, dumped
from sushui.planner.enums import ActivityKind, ChangeKind, Missing, PoolKind, ValuePart
from sushui.planner.rules.candidates import Candidate, Lack, StepFact, lacks
from sushui.planner.rules.weeks import Weeks, length
from sushui.projects.enums import FundingSource, ProjectLevel, ProjectSector, ResourceFactor

WAN, HUNDREDTHS = Decimal(10_000), 2
WEEKS_OF_YEAR = 52
RANKS: Mapping[ProjectLevel, int] = {ProjectLevel.PROVINCE: 4, ProjectLevel.CITY: 2, ProjectLevel.COUNTY: 1}
# The permits that need the quota of land: it is there before the first of them is begun.
LAND_STEPS = ("land_preview", "land_contract", "land_allocation")
ANY_SECTOR: tuple[ProjectSector | None, ...] = (*ProjectSector, None)
LAND, WORKS = ActivityKind.LAND.value, ActivityKind.WORKS.value


@dataclass(frozen=True)
class PoolFact:
    """So much of a factor from a day to a day; ``place_path``: only there."""

    kind: PoolKind
    factor: ResourceFactor
    amount: Decimal
    from_on: date
    until_on: date | None = None
    agency_id: int | None = None
    place_id: int | None = None
    place_path: str = ""
    name: str = ""
    pool_id: int = 0

    @property
    def key(self) -> str:
        """Pools of one key are one factor: a factor in a place, or the desks of an agency."""
        if self.factor is ResourceFactor.APPROVALS:
            return desks(self.agency_id)
        return f"{self.factor}@{self.place_id}" if self.place_id else self.factor.value


@dataclass(frozen=True)
class MoneyFact:
    """Money of a source that can be spent from a day on, for these sectors; none: for all."""

    source: FundingSource
    amount: Decimal
    arrives_on: date
    uses: tuple[ProjectSector, ...] = ()
    pool_id: int = 0


@dataclass(frozen=True)
class Wish:
    """What a scenario says of one project; ``other_id``: the one it is tied to, which is ``other_name``d.

    ``is_met``: the other is built already.
    """

    kind: ChangeKind
    project_id: int
    on: date | None = None
    other_id: int | None = None
    other_name: str = ""
    is_met: bool = False


@dataclass(frozen=True)
class Built:
    """The problem as it is stored, what pages say of its keys, and the candidates that cannot be planned."""

    problem: dict[str, Any]
    facts: dict[str, Any]
    digest: str
    missing: Mapping[int, list[Lack]] = field(default_factory=dict)
    ranked: tuple[str, ...] = ()

    @property
    def planned(self) -> int:
        """How many projects can be planned."""
        return len(self.ranked)


def desks(agency_id: int | None) -> str:
    """The key of an agency's desks."""
    return f"desks@{agency_id}"


def build(
    weeks: Weeks,
    today: date,
    candidates: Sequence[Candidate],
    pools: Sequence[PoolFact],
    money: Sequence[MoneyFact],
    wishes: Iterable[Wish],
    weights: Mapping[ValuePart, int],
) -> Built:
    """The problem of a scenario, checked by the engine.

    Raises:
        DomainError: ``plan_refused`` with what the engine refuses, in words.
    """
    scarce, said = {pool.factor for pool in pools}, list(wishes)
    missing = {
        each.project_id: found
        for each in candidates
        if (found := lacks(each, scarce, today, weeks.last_day) or _unpaid(each, money))
    }
    missing |= _tied_to_what_is_missing(candidates, missing, said)
    ready = [each for each in candidates if each.project_id not in missing]
    ground = _Ground(weeks, today, pools, money, _by_project(said))
    problem = Problem(
        timeline=TimeLine(weeks.count, weeks.first_day, SlotKind.WEEK),
        projects=tuple(ground.project(each) for each in ready),
        renewables=tuple(_renewables(pools, weeks)),
        consumables=tuple(_consumables(pools, weeks)),
        sources=tuple(_sources(money, weeks)),
        lags=tuple(lag for each in ready for lag in _lags(each, ground)),
        groups=tuple(_rivals(ready, said)),
        weights={Part(part.value): points for part, points in weights.items()},
    )
    try:
        check(problem)
    except PlanningError as error:
        raise refused(error, problem) from error
    stored, ranked = dumped(problem), _by_rank(ready)
    facts = _facts(ready, candidates, pools, missing)
    facts |= {"pieces": _pieces(pools, money, weeks), "ranked": list(ranked)}
    return Built(stored, facts, digest_of(stored), missing, ranked)


def _tied_to_what_is_missing(
    candidates: Sequence[Candidate], missing: Mapping[int, Any], wishes: Iterable[Wish]
) -> dict[int, list[Lack]]:
    """The projects that are to be built only together with one that cannot be planned, near or far."""
    tied = list(_ties(wishes))
    ready = {each.project_id for each in candidates} - set(missing)
    found: dict[int, list[Lack]] = {}
    while True:
        new = [wish for wish in tied if wish.project_id in ready and wish.other_id not in ready]
        if not new:
            return found
        for wish in new:
            found.setdefault(wish.project_id, []).append(Lack(Missing.REQUIRED, wish.other_name))
            ready.discard(wish.project_id)


def _ties(wishes: Iterable[Wish]) -> Iterator[Wish]:
    """What is to be built only together with something that is not built yet."""
    return (wish for wish in wishes if wish.kind is ChangeKind.REQUIRE and not wish.is_met)


def _rivals(ready: Iterable[Candidate], wishes: Iterable[Wish]) -> Iterator[tuple[str, ...]]:
    """The pairs of which at most one is in the plan."""
    keys = {each.key for each in ready}
    for wish in wishes:
        pair = (str(wish.project_id), str(wish.other_id))
        if wish.kind is ChangeKind.RIVAL and keys.issuperset(pair):
            yield pair


def _by_rank(ready: Iterable[Candidate]) -> tuple[str, ...]:
    """The higher level first, then the larger ones."""
    return tuple(
        each.key for each in sorted(ready, key=lambda each: (-RANKS.get(each.level, 0), -(each.total or Decimal())))
    )


def _unpaid(candidate: Candidate, money: Sequence[MoneyFact]) -> list[Lack]:
    """The sources of which there is money, and none that may be spent on what the project is for."""
    limited = {each.source for each in money}
    payers = {(each.source, sector) for each in money for sector in each.uses or ANY_SECTOR}
    wanted = [source for source, amount in candidate.money.items() if source in limited and amount > 0]
    return [Lack(Missing.PAYER, source.value) for source in wanted if (source, candidate.sector) not in payers]


def _by_project(wishes: Iterable[Wish]) -> Mapping[int, list[Wish]]:
    found: dict[int, list[Wish]] = defaultdict(list)
    for wish in wishes:
        found[wish.project_id].append(wish)
    return found


def _facts(
    ready: Iterable[Candidate], all_of_them: Iterable[Candidate], pools: Iterable[PoolFact], missing: Mapping[int, Any]
) -> dict[str, Any]:
    """What pages say of the keys of a problem, as JSON."""
    steps = {step.key: [step.name, step.english] for each in ready for step in each.steps or ()}
    names = {each.key: {"name": each.name, "agency": each.agency_id} for each in all_of_them}
    factors = {pool.key: {"factor": pool.factor.value, "name": pool.name} for pool in pools}
    lacking = {str(number): [[lack.why.value, lack.what] for lack in found] for number, found in missing.items()}
    doubts = {
        each.key: found
        for each in ready
        if (found := [[step.doubt.value, step.name] for step in each.steps or () if step.doubt is not None])
    }
    return {"steps": steps, "projects": names, "factors": factors, "missing": lacking, "doubts": doubts}


# --- what there is ---------------------------------------------------------------------------------------------------
def _down(amount: Decimal, decimals: int = HUNDREDTHS) -> int:
    return int(amount.scaleb(decimals).to_integral_value(ROUND_FLOOR))


def _up(amount: Decimal, decimals: int = HUNDREDTHS) -> int:
    return int(amount.scaleb(decimals).to_integral_value(ROUND_CEILING))


def _grouped(pools: Iterable[PoolFact], kind: PoolKind) -> dict[str, list[PoolFact]]:
    found: dict[str, list[PoolFact]] = defaultdict(list)
    for pool in pools:
        if pool.kind is kind:
            found[pool.key].append(pool)
    return found


def _consumables(pools: Iterable[PoolFact], weeks: Weeks) -> Iterator[Consumable]:
    for key, group in _grouped(pools, PoolKind.CONSUMABLE).items():
        releases = [release for pool in group if (release := _release(pool, weeks)) is not None]
        yield Consumable(key, tuple(releases), group[0].name, decimals=HUNDREDTHS)


def _release(pool: PoolFact, weeks: Weeks) -> Release | None:
    """None for what has run out before the planned time, or comes after it. Good until the week of the last day."""
    start = weeks.from_day(pool.from_on)
    expires = None if pool.until_on is None else min(weeks.of(pool.until_on) + 1, weeks.count)
    if start >= weeks.count or (expires is not None and expires <= start):
        return None
    return Release(start, _down(pool.amount), None if expires == weeks.count else expires)


def _renewables(pools: Iterable[PoolFact], weeks: Weeks) -> Iterator[Renewable]:
    for key, group in _grouped(pools, PoolKind.RENEWABLE).items():
        spans = [
            (weeks.from_day(pool.from_on), weeks.after(pool.until_on) if pool.until_on else weeks.count, pool.amount)
            for pool in group
        ]
        steps = sorted({0, *(slot for first, last, _amount in spans for slot in (first, last) if slot < weeks.count)})
        levels = [
            Level(slot, _down(sum((amount for first, last, amount in spans if first <= slot < last), Decimal())))
            for slot in steps
        ]
        yield Renewable(key, tuple(levels), group[0].name, decimals=HUNDREDTHS)


def _sources(money: Iterable[MoneyFact], weeks: Weeks) -> Iterator[MoneySource]:
    """Money of one source that may pay for the same: one source of the engine."""
    found: dict[tuple[FundingSource, tuple[ProjectSector, ...]], list[Arrival]] = defaultdict(list)
    for each in money:
        start = weeks.from_day(each.arrives_on)
        if start < weeks.count:
            found[each.source, each.uses].append(Arrival(start, _down(each.amount / WAN, 0)))
    for (source, uses), arrivals in found.items():
        key = _source_key(source, uses)
        ordered = tuple(sorted(arrivals, key=lambda arrival: arrival.start))
        yield MoneySource(key, ordered, frozenset(_use(source, sector) for sector in uses or ANY_SECTOR))


def _use(source: FundingSource, sector: ProjectSector | None) -> str:
    """What money is spent on: the part of a project that is to be paid by a source, in its sector."""
    return f"{source.value}/{sector.value if sector else 'unknown'}"


def _pieces(pools: Sequence[PoolFact], money: Sequence[MoneyFact], weeks: Weeks) -> dict[str, list[int]]:
    """By factor, or source with its uses, the pools from which it comes: of quotas and money in the order of the
    engine's pieces, so that a page can say which pool to raise."""
    found: dict[str, list[int]] = {}
    for key, group in _grouped(pools, PoolKind.CONSUMABLE).items():
        found[key] = [pool.pool_id for pool in group if _release(pool, weeks) is not None]
    for key, group in _grouped(pools, PoolKind.RENEWABLE).items():
        found[key] = [pool.pool_id for pool in group]
    arriving = [each for each in money if weeks.from_day(each.arrives_on) < weeks.count]
    for each in sorted(arriving, key=lambda each: weeks.from_day(each.arrives_on)):
        found.setdefault(_source_key(each.source, each.uses), []).append(each.pool_id)
    return found


def _source_key(source: FundingSource, uses: Iterable[ProjectSector]) -> str:
    return "+".join([source.value, *uses])


# --- what a project is made of ---------------------------------------------------------------------------------------
def _lags(candidate: Candidate, ground: _Ground) -> Iterator[Lag]:
    """Each step after those it requires, the quota of land before the permits that need it, all before construction."""
    if candidate.is_started:
        return
    pairs = [(step.key, after.key) for after in candidate.steps or () for step in _required(candidate, after)]
    first = {f"{ActivityKind.PERMIT}:{one}" for one, _other in pairs}
    steps = [f"{ActivityKind.PERMIT}:{step.key}" for step in candidate.steps or ()]
    for one, other in pairs:
        yield _lag(candidate, f"{ActivityKind.PERMIT}:{one}", f"{ActivityKind.PERMIT}:{other}")
    for last in [step for step in steps if step not in first]:
        yield _lag(candidate, last, WORKS)
    if ground.land_modes(candidate):
        begun = {f"{ActivityKind.PERMIT}:{step.key}" for step in candidate.steps or () if step.is_begun}
        wanting = [f"{ActivityKind.PERMIT}:{key}" for key in LAND_STEPS]
        for after in [*(step for step in wanting if step in steps and step not in begun), WORKS]:
            yield _lag(candidate, LAND, after)


def _required(candidate: Candidate, after: StepFact) -> list[StepFact]:
    """The steps before one; what is begun waits for none."""
    if after.is_begun:
        return []
    return [step for step in candidate.steps or () if step.key in after.requires]


def _lag(candidate: Candidate, before: str, after: str) -> Lag:
    return Lag(Ref(candidate.key, before), Ref(candidate.key, after))


@dataclass(frozen=True)
class _Ground:
    """What the activities of every candidate are made from."""

    weeks: Weeks
    today: date
    pools: Sequence[PoolFact]
    money: Sequence[MoneyFact]
    wishes: Mapping[int, list[Wish]]

    @property
    def now(self) -> int:
        """The first week in which something can still be begun."""
        return self.weeks.within(self.today)

    def project(self, candidate: Candidate) -> Project:
        wishes = self.wishes.get(candidate.project_id, [])
        activities = [] if candidate.is_started else [self._step(step) for step in candidate.steps or ()]
        land = self.land_modes(candidate)
        if land:
            activities.append(Activity(LAND, land, release=self.now))
        must = candidate.is_started or any(wish.kind is ChangeKind.MANDATORY for wish in wishes)
        chosen = [(Part.JOBS, candidate.jobs), (Part.PRIORITY, RANKS.get(candidate.level))]
        return Project(
            candidate.key,
            (*activities, self._works(candidate, wishes)),
            is_mandatory=must,
            requires=tuple(
                str(wish.other_id) for wish in wishes if wish.kind is ChangeKind.REQUIRE and not wish.is_met
            ),
            earnings=tuple(IfChosen(part, amount) for part, amount in chosen if amount),
            name=candidate.name,
        )

    def _step(self, step: StepFact) -> Activity:
        assert step.weeks is not None, "what has no length is not planned"
        key = desks(step.agency_id)
        has_desks = step.weeks > 0 and any(pool.key == key for pool in self.pools)
        mode = Mode(step.weeks, (Demand(key, 10**HUNDREDTHS),) if has_desks else ())
        done = Done(self.now) if step.is_begun else None
        return Activity(f"{ActivityKind.PERMIT}:{step.key}", (mode,), release=self.now, done=done, name=step.name)

    def land_modes(self, candidate: Candidate) -> tuple[Mode, ...]:
        """One way for each quota of land that is good where the project stands; none where it needs no land."""
        need = candidate.needs.get(ResourceFactor.LAND)
        if not need or candidate.is_started or candidate.has_land:
            return ()
        keys = self._covering(candidate, ResourceFactor.LAND, PoolKind.CONSUMABLE)
        return tuple(Mode(0, (Demand(key, _up(need)),)) for key in keys)

    def _covering(self, candidate: Candidate, factor: ResourceFactor, kind: PoolKind) -> list[str]:
        """The pools of a factor that are good where a project stands, the nearest first."""
        found = [
            pool
            for pool in self.pools
            if (pool.factor, pool.kind) == (factor, kind) and _lies_in(candidate.place_path, pool.place_path)
        ]
        return list(dict.fromkeys(pool.key for pool in sorted(found, key=lambda pool: -len(pool.place_path))))

    def _works(self, candidate: Candidate, wishes: Sequence[Wish]) -> Activity:
        """Construction: as long as planned, from the planned start on, or as it stands where it is begun."""
        begins, ends = candidate.begins_on, candidate.completion_on
        assert begins is not None, "what has no days is not planned"
        assert ends is not None, "what has no days is not planned"
        start = self.weeks.within(begins)
        duration = max(1, self.weeks.of(ends) + 1 - start) if candidate.is_started else length(begins, ends)
        release, deadline = (0, None) if candidate.is_started else (max(self.now, start), None)
        fixed = next((wish.on for wish in wishes if wish.kind is ChangeKind.FIX_START), None)
        if fixed is not None and not candidate.is_started:
            release = self.weeks.within(fixed)
            deadline = min(release + duration, self.weeks.count)
        return Activity(
            WORKS,
            (Mode(duration, tuple(self._demands(candidate)), tuple(self._payments(candidate))),),
            release=release,
            deadline=deadline,
            earnings=tuple(self._earnings(candidate, wishes)),
            done=Done(start) if candidate.is_started else None,
        )

    def _demands(self, candidate: Candidate) -> Iterator[Demand]:
        """What construction takes: quotas once, where it is not begun; capacities in every week."""
        for factor, need in candidate.needs.items():
            if factor is ResourceFactor.LAND or not need:
                continue
            if not candidate.is_started:
                yield from (
                    Demand(key, _up(need)) for key in self._covering(candidate, factor, PoolKind.CONSUMABLE)[:1]
                )
            yield from (Demand(key, _up(need)) for key in self._covering(candidate, factor, PoolKind.RENEWABLE)[:1])

    def _payments(self, candidate: Candidate) -> Iterator[Payment]:
        """What each source is still to pay, where there is a pool of it; evenly over construction."""
        limited = {each.source for each in self.money}
        total = candidate.total or Decimal()
        left = max(total - candidate.done_before, Decimal()) / total if total and candidate.is_started else Decimal(1)
        for source, amount in candidate.money.items():
            due = _up(amount * left / WAN, 0)
            if source in limited and due:
                yield Payment(_use(source, candidate.sector), due)

    def _earnings(self, candidate: Candidate, wishes: Sequence[Wish]) -> Iterator[Any]:
        horizon, total = self.weeks.count, candidate.total or Decimal()
        left = _down(max(total - candidate.done_before, Decimal()) / WAN, 0)
        yield WhileWorked(Part.INVESTMENT, left, 0, min(self.weeks.year_end, horizon))
        for part, amount in ((Part.OUTPUT, candidate.output), (Part.TAX, candidate.tax)):
            weekly = _down((amount or Decimal()) / WAN / WEEKS_OF_YEAR, 0)
            if weekly:
                yield SinceFinished(part, weekly, horizon)
        for wish in wishes:
            if wish.kind is ChangeKind.PROMISE and wish.on is not None:
                by = min(self.weeks.after(wish.on), horizon)
                yield WhenFinishedBy(Part.COMMITMENT, 1, by)
                yield IfLate(Part.LATENESS, 1, by)


def _lies_in(place: str, area: str) -> bool:
    return not area or place == area or place.startswith(f"{area}/")
