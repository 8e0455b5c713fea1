"""Made-up counties: candidates shaped like a county's projects, and factors for about half to two thirds of them.

    county(300, seed=1)

Slots are the weeks of three years. A project is initiated, runs through its permits side by side until the construction
permit, buys its land, builds in stages that rest in winter, is accepted and goes into production. The same arguments
give the same problem.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .factors import Arrival, Consumable, Level, MoneySource, Release, Renewable
from .problem import Activity, Demand, Done, Lag, Mode, Payment, Problem, Project, Ref, When
from .timeline import Pause, SlotKind, TimeLine, WorkCalendar
from .values import Earning, IfChosen, IfLate, Part, SinceFinished, WhenFinishedBy, WhileWorked

HORIZON, YEAR, QUARTER = 156, 52, 13
WINTER = tuple(Pause(year * YEAR - 3, year * YEAR + 6) for year in range(4))  # slot 0 is the first week of January
OUTDOORS = "outdoors"
PLACES = 5
DESKS = ("reform", "planning", "environment", "water", "safety", "housing", "experts", "surveyors")
CREWS = ("earth", "frame", "roads", "installation")
SUBSTATIONS = tuple(f"substation-{place}" for place in range(PLACES))
QUOTAS = ("energy", "emission-water", "emission-air")

# Points for one unit: investment and output in 10,000 yuan (output of a week), tax likewise, jobs filled for a week.
WEIGHTS: Mapping[Part, int] = {
    Part.INVESTMENT: 10,
    Part.OUTPUT: 6,
    Part.TAX: 30,
    Part.JOBS: 2,
    Part.PRIORITY: 1_000,
    Part.COMMITMENT: 1,
    Part.LATENESS: 1,
}

# Of what all candidates would take together, how much there is; and in how many weeks the bulk of it is wanted.
SHARE = {"quota": 0.62, "money": 0.66, "desk": 0.8, "crew": 0.72, "power": 0.7}
WEEKS = {"desk": 75, "crew": 85, "power": 70}


@dataclass(frozen=True)
class Kind:
    """A kind of project: how it is paid, and which permits it needs beside those that all need."""

    name: str
    use: str
    crew: str
    permits: tuple[str, ...]
    produces: bool
    cost: tuple[int, int]  # 10,000 yuan


KINDS = (
    Kind("plant", "industry", "frame", ("environment", "water", "energy", "safety"), True, (3_000, 40_000)),
    Kind("workshop", "industry", "frame", ("environment", "energy"), True, (800, 8_000)),
    Kind("road", "infrastructure", "roads", ("environment", "water"), False, (2_000, 25_000)),
    Kind("pipeline", "infrastructure", "earth", ("environment", "water"), False, (1_000, 10_000)),
    Kind("school", "public", "frame", ("water",), False, (1_500, 12_000)),
    Kind("farm", "agriculture", "earth", ("environment", "water"), True, (500, 6_000)),
)
DESK_OF = {"environment": "environment", "water": "water", "energy": "reform", "safety": "safety"}


def county(projects: int, seed: int, *, scarcity: float = 1.0) -> Problem:
    """A problem with that many candidates. A `scarcity` of 2 halves every factor that is not for one project alone."""
    dice = random.Random(f"county {projects} {seed}")
    made = [_Candidate(number, dice).made() for number in range(projects)]
    candidates, lags = [project for project, _ in made], [lag for _, each in made for lag in each]
    candidates, roads = _behind_roads(candidates, dice)
    return Problem(
        timeline=TimeLine(HORIZON, date(2026, 1, 5), SlotKind.WEEK),
        projects=tuple(candidates),
        **_factors(candidates, scarcity),  # type: ignore[arg-type]
        lags=(*lags, *roads),
        groups=_groups(candidates, dice),
        calendars=(WorkCalendar(OUTDOORS, WINTER),),
        weights=WEIGHTS,
    )


# --- one candidate ---------------------------------------------------------------------------------------------------
class _Candidate:
    """Throws the dice for one project."""

    def __init__(self, number: int, dice: random.Random) -> None:
        self.dice = dice
        self.kind = dice.choice(KINDS)
        self.key = f"{self.kind.name}-{number}"
        low, high = self.kind.cost
        self.cost = round(low * (high / low) ** dice.random())
        self.place = dice.randrange(PLACES)
        self.yields = dice.uniform(0.4, 1.8)  # what it brings beside the same cost elsewhere
        self.committed = number % 15 == 7
        self.running = number % 30 == 11
        self.activities: list[Activity] = []
        self.lags: list[Lag] = []

    def made(self) -> tuple[Project, list[Lag]]:
        """The project and the lags between its activities."""
        before = self._permits()
        last = self._works(before)
        self._finish(last)
        activities = [replace(self.activities[0], done=Done(0), modes=(Mode(2),)), *self.activities[1:]]
        if not self.running:  # of those under way the first desk is done with them
            activities = self.activities
        priority = IfChosen(Part.PRIORITY, self.dice.choice((0, 0, 1, 2, 5)) * (2 + self.cost // 1_000))
        project = Project(self.key, tuple(activities), self.committed or self.running, earnings=(priority,))
        return project, self.lags

    def _add(self, key: str, mode: Mode, after: Iterable[str] = (), least: int = 0, **more: object) -> str:
        self.activities.append(Activity(key, (mode,), **more))  # type: ignore[arg-type]
        self.lags += [Lag(Ref(self.key, each), Ref(self.key, key), least) for each in after]
        return key

    def _desk(self, desk: str, low: int, high: int, *more: Demand, payments: tuple[Payment, ...] = ()) -> Mode:
        return Mode(self.dice.randint(low, high), (Demand(desk, 1), *more), payments)

    def _permits(self) -> str:
        """From the initiation to the construction permit."""
        start = self._add("initiation", self._desk("reform", 1, 3))
        site = self._add("site", self._desk("planning", 2, 4), (start,))
        land = self._add("land", self._land(), (site,), least=self.dice.randint(0, 3))
        design = self._add("design", self._design(), (start,))
        planning = self._add("planning", self._desk("planning", 1, 3), (land, design))
        permits = [self._permit(name, start) for name in self.kind.permits if self.dice.random() < 0.9]
        return self._add("construction", self._desk("housing", 1, 3), (planning, *permits))

    def _land(self) -> Mode:
        area = max(5, self.cost * self.dice.randint(15, 35) // 1_000)
        price = Payment("land", area * self.dice.randint(8, 16), When.AT_START)
        demands = (Demand(f"land-{self.place}", area), Demand("land-county", area), Demand("surveyors", 1))
        return Mode(self.dice.randint(3, 7), demands, (price,))

    def _design(self) -> Mode:
        return Mode(self.dice.randint(4, 10), (), (Payment("services", max(1, self.cost // 30)),))

    def _permit(self, name: str, after: str) -> str:
        amount = max(1, self.cost * self.dice.randint(5, 20) // 500)
        more = {
            "energy": (Demand("energy", amount),),
            "environment": (Demand("experts", 1), Demand(self.dice.choice(QUOTAS[1:]), amount)),
        }
        return self._add(f"{name}-permit", self._desk(DESK_OF[name], 2, 7, *more.get(name, ())), (after,))

    def _works(self, permit: str) -> str:
        """The stages of the works, and the grid connection beside them."""
        stages = (("ground", "earth", 20), ("building", self.kind.crew, 45), ("fitting", "installation", 35))
        first = before = permit
        for key, crew, percent in stages[: 2 if self.cost < 1_500 else 3]:
            self._stage(key, crew, self.cost * percent // 100, before)
            before = key
        if self.kind.produces:
            self._add("grid", Mode(self.dice.randint(3, 8), (Demand("installation", 1),)), (first,))
            return self._add("acceptance", self._desk("housing", 1, 3), (before, "grid"))
        return self._add("acceptance", self._desk("housing", 1, 3), (before,))

    def _stage(self, key: str, crew: str, cost: int, before: str) -> None:
        """One mode, or two: in two shifts with more crews it is shorter and costs more."""
        crews, weeks = 1 + cost // 4_000, 4 + round(cost**0.36 * self.dice.uniform(0.6, 1.0))
        modes = [Mode(weeks, (Demand(crew, crews),), (Payment(self.kind.use, cost),), "one shift")]
        if self.dice.random() < 0.5:
            pay = (Payment(self.kind.use, cost * 107 // 100),)
            modes.append(Mode(max(2, weeks * 2 // 3), (Demand(crew, crews + (crews * 2 + 2) // 3),), pay, "two shifts"))
        done = tuple(WhileWorked(Part.INVESTMENT, amount, *span) for amount, span in self._spread(cost))
        self._add(key, modes[0], (before,), calendar=OUTDOORS, earnings=done)
        self.activities[-1] = replace(self.activities[-1], modes=tuple(modes))

    @staticmethod
    def _spread(cost: int) -> list[tuple[int, tuple[int, int]]]:
        """Investment of this year counts whole, of the next half, then a fifth."""
        return [(cost // part, (year * YEAR, (year + 1) * YEAR)) for year, part in enumerate((1, 2, 5))]

    def _finish(self, accepted: str) -> None:
        """Into production or use, and what was promised."""
        earnings: list[Earning] = []
        if self.committed:
            due = self.dice.randint(70, 120)
            earnings += [
                WhenFinishedBy(Part.COMMITMENT, 4 * self.cost, due),
                IfLate(Part.LATENESS, self.cost // 4, due, once=self.cost),
            ]
        if self.kind.produces:
            output = max(1, round(self.cost * self.yields / 60))
            earnings += [
                SinceFinished(Part.OUTPUT, output, HORIZON),
                SinceFinished(Part.TAX, output // 15, HORIZON),
                SinceFinished(Part.JOBS, max(1, self.cost * self.dice.randint(5, 30) // 1_000), HORIZON),
            ]
            power = max(1, self.cost * self.dice.randint(2, 6) // 4_000)
            mode = Mode(self.dice.randint(4, 10), (Demand(SUBSTATIONS[self.place], power),))
            self._add("production", mode, (accepted,), earnings=tuple(earnings))
        else:
            earnings.append(SinceFinished(Part.OUTPUT, max(1, round(self.cost * self.yields / 110)), HORIZON))
            self._add("opening", Mode(self.dice.randint(0, 2)), (accepted,), earnings=tuple(earnings))


# --- between candidates ----------------------------------------------------------------------------------------------
def _behind_roads(candidates: Sequence[Project], dice: random.Random) -> tuple[list[Project], list[Lag]]:
    """Some plants need a road, which must be built before they go into production."""
    roads = [each.key for each in candidates if each.key.startswith("road")]
    projects, lags = [], []
    for each in candidates:
        if roads and each.key.startswith("plant") and not each.is_mandatory and dice.random() < 0.3:
            road = dice.choice(roads)
            lags.append(Lag(Ref(road, "building"), Ref(each.key, "production"), least=dice.randint(0, 4)))
            each = replace(each, requires=(road,))
        projects.append(each)
    return projects, lags


def _groups(candidates: Sequence[Project], dice: random.Random) -> tuple[tuple[str, ...], ...]:
    """One in ten stands against another candidate for the same site."""
    free = [each.key for each in candidates if not each.is_mandatory]
    dice.shuffle(free)
    count = len(candidates) // 20
    return tuple((free[2 * number], free[2 * number + 1]) for number in range(min(count, len(free) // 2)))


# --- factors ---------------------------------------------------------------------------------------------------------
def _factors(candidates: Sequence[Project], scarcity: float) -> dict[str, object]:
    wanted, most, first = _wanted(candidates)
    renewables = [
        *(_renewable(key, wanted, most, "desk", scarcity) for key in DESKS),
        *(_renewable(key, wanted, most, "crew", scarcity) for key in CREWS),
        *(_renewable(key, wanted, most, "power", scarcity) for key in SUBSTATIONS),
    ]
    lands = [*(f"land-{place}" for place in range(PLACES)), "land-county"]
    consumables = [
        *(_yearly(key, wanted[key], first.get(key, 0), scarcity, expires=True) for key in lands),
        *(_yearly(key, wanted[key], first.get(key, 0), scarcity, expires=False) for key in QUOTAS),
    ]
    sources = _sources(candidates, scarcity)
    return {"renewables": tuple(renewables), "consumables": tuple(consumables), "sources": sources}


def _wanted(candidates: Sequence[Project]) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Of each factor: what all take together (a renewable: by the week), the most that one takes, and what those take
    that must be in the plan."""
    total = dict.fromkeys((*DESKS, *CREWS, *SUBSTATIONS, *QUOTAS, "land-county"), 0)
    total |= {f"land-{place}": 0 for place in range(PLACES)}
    most, mandatory = dict.fromkeys(total, 1), dict.fromkeys(total, 0)
    for project in candidates:
        for mode in (activity.modes[0] for activity in project.activities):
            for demand in mode.demands:
                weeks = 1 if demand.factor.startswith(("land", *QUOTAS)) else mode.duration
                total[demand.factor] += demand.amount * weeks
                mandatory[demand.factor] += demand.amount * weeks * project.is_mandatory
        for demand in (each for activity in project.activities for mode in activity.modes for each in mode.demands):
            most[demand.factor] = max(most[demand.factor], demand.amount)
    return total, most, mandatory


def _renewable(key: str, wanted: Mapping[str, int], most: Mapping[str, int], kind: str, scarcity: float) -> Renewable:
    """A capacity that grows by a tenth each year."""
    amount = SHARE[kind] * wanted[key] / WEEKS[kind] / scarcity
    levels = (Level(year * YEAR, max(most[key], round(amount * (1 + year / 10)))) for year in range(3))
    return Renewable(key, tuple(levels), name=key)


def _yearly(key: str, wanted: int, mandatory: int, scarcity: float, *, expires: bool) -> Consumable:
    """Most of a quota comes in the first year; land expires half a year after its own."""
    amounts = (0.55, 0.3, 0.15)
    first = max(mandatory, round(SHARE["quota"] * wanted * amounts[0] / scarcity))
    releases = [
        Release(year * YEAR, first if year == 0 else round(SHARE["quota"] * wanted * part / scarcity))
        for year, part in enumerate(amounts)
    ]
    if expires:
        releases = [replace(each, expires=each.start + YEAR + YEAR // 2) for each in releases]
    return Consumable(key, tuple(each for each in releases if each.amount), name=key)


def _sources(candidates: Sequence[Project], scarcity: float) -> tuple[MoneySource, ...]:
    """Money comes by the quarter, the most in the first two years; bonds at mid-year, for infrastructure alone."""
    wanted = dict.fromkeys(("land", "services", *(kind.use for kind in KINDS)), 0)
    for payment in (p for each in candidates for a in each.activities for p in a.modes[0].payments):
        wanted[payment.use] += payment.amount
    share, quarters = SHARE["money"] / scarcity, range(0, HORIZON, QUARTER)
    public = wanted["infrastructure"] + wanted["public"]
    rows = (
        ("general", None, 0.45 * sum(wanted.values()), quarters),
        ("bonds", frozenset({"infrastructure", "public"}), 0.6 * public, (26, 78)),
        ("industry-fund", frozenset({"industry"}), 0.5 * wanted["industry"], (0, 26, 52, 78, 104)),
        ("land-fund", frozenset({"land", "services"}), 0.5 * (wanted["land"] + wanted["services"]), quarters),
    )
    return tuple(MoneySource(key, _falling(share * amount, slots), uses, name=key) for key, uses, amount, slots in rows)


def _falling(amount: float, slots: Sequence[int]) -> tuple[Arrival, ...]:
    """The amount over these slots, each time a tenth less."""
    parts = [0.9**number for number in range(len(slots))]
    return tuple(Arrival(slot, round(amount * part / sum(parts))) for slot, part in zip(slots, parts, strict=True))
