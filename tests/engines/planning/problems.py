"""Problems for the tests of planning: builders that read like sentences, and strategies for small random ones.

A random problem has few projects and few slots, so that `brute.best` can look at every plan of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from sushui.engines.planning.checking import check
from sushui.engines.planning.errors import PlanningError
from sushui.engines.planning.factors import Arrival, Consumable, Level, MoneySource, Release, Renewable
from sushui.engines.planning.plan import Placement, Plan
from sushui.engines.planning.problem import (
    Activity,
    Demand,
    Done,
    From,
    Goal,
    Lag,
    Mode,
    Payment,
    Problem,
    Project,
    Ref,
    When,
)
from sushui.engines.planning.timeline import Pause, TimeLine, WorkCalendar
from sushui.engines.planning.values import (
    Earning,
    IfChosen,
    IfLate,
    IfMoved,
    Part,
    SinceFinished,
    WhenFinishedBy,
    WhileWorked,
)

# --- builders --------------------------------------------------------------------------------------------------------


def mode(duration: int = 1, payments: Sequence[Payment] = (), **demands: int) -> Mode:
    """A mode of that duration, demanding factors by their keys: `mode(3, desk=1)`."""
    return Mode(duration, tuple(Demand(factor, amount) for factor, amount in demands.items()), tuple(payments))


def activity(key: str = "a", *modes: Mode, **fields: Any) -> Activity:
    """An activity with these modes, or one of a single slot that takes nothing."""
    return Activity(key, modes or (Mode(1),), **fields)


def project(key: str = "p", *activities: Activity, worth: int = 0, **fields: Any) -> Project:
    """A project that is worth so many points of output if it is chosen."""
    earnings = (IfChosen(Part.OUTPUT, worth),) if worth else ()
    return Project(key, activities or (activity(),), earnings=earnings, **fields)


def problem(*projects: Project, horizon: int = 10, **fields: Any) -> Problem:
    """A problem of those projects in which every part counts one point a unit."""
    return Problem(TimeLine(horizon), projects, **{"weights": dict.fromkeys(Part, 1), **fields})


def renewable(key: str, *amounts: int) -> Renewable:
    """A capacity that changes with every slot as given; the last amount stays."""
    return Renewable(key, tuple(Level(slot, amount) for slot, amount in enumerate(amounts)))


def quota(key: str, *releases: tuple[int, int] | tuple[int, int, int]) -> Consumable:
    """A quota released in (start, amount) or (start, amount, expires)."""
    return Consumable(key, tuple(Release(*release) for release in releases))


def money(key: str, *arrivals: tuple[int, int], pays: str = "") -> MoneySource:
    """Money that arrives in (start, amount) and pays for the uses named, or for all."""
    return MoneySource(key, tuple(Arrival(*arrival) for arrival in arrivals), frozenset(pays.split()) if pays else None)


def lag(before: str, after: str, least: int = 0, most: int | None = None, *, started: bool = False) -> Lag:
    """A lag between two activities written `project.activity`."""
    return Lag(ref(before), ref(after), least, most, From.START if started else From.FINISH)


def ref(name: str) -> Ref:
    """`project.activity`, or `activity` of project `p`."""
    first, _, second = name.rpartition(".")
    return Ref(first or "p", second)


def plan(**placements: int | tuple[int, int]) -> Plan:
    """A plan of starts, or (start, mode): `plan(a=3)` of project `p`, `plan(road__works=(3, 1))` of another."""
    placed = {ref(name.replace("__", ".")): value for name, value in placements.items()}
    return Plan({at: Placement(*((value,) if isinstance(value, int) else value)) for at, value in placed.items()})


# --- strategies ------------------------------------------------------------------------------------------------------

USES = ("land", "works")
KEYS = ("p", "q", "r")
SMALL = st.integers(0, 3)


@st.composite
def problems(draw: st.DrawFn, goal: Goal = Goal.VALUE, max_activities: int = 4) -> Problem:
    """A small problem with everything in it that a problem can have; for the earliest end all projects mandatory.

    It may have no plan at all. It passes `check`, but for promises that cannot hold (see `sound_problems`).
    """
    horizon = draw(st.integers(4, 7))
    sizes = draw(st.lists(st.integers(1, 2), min_size=1, max_size=3).filter(lambda some: sum(some) <= max_activities))
    calendars = (WorkCalendar("winter", (Pause(1, draw(st.integers(2, 3))),)),)
    is_makespan = goal is Goal.MAKESPAN
    projects = tuple(draw(_projects(key, size, horizon, is_makespan)) for key, size in zip(KEYS, sizes, strict=False))
    keys = [one.key for one in projects]
    return Problem(
        TimeLine(horizon),
        _requiring(draw, projects),
        renewables=(Renewable("desk", draw(_levels(horizon))),),
        consumables=(Consumable("mu", draw(_releases(horizon))),),
        sources=(
            MoneySource("fund", draw(_arrivals(horizon))),
            MoneySource("loan", draw(_arrivals(horizon)), frozenset({"works"})),
        ),
        lags=draw(_lags(projects)),
        groups=(tuple(keys[:2]),) if not is_makespan and len(keys) > 1 and draw(st.booleans()) else (),
        calendars=calendars,
        weights={part: draw(st.integers(0, 3)) for part in Part},
        goal=goal,
    )


def sound_problems(goal: Goal = Goal.VALUE, max_activities: int = 4) -> st.SearchStrategy[Problem]:
    """Those random problems that pass the door."""
    return problems(goal, max_activities).filter(_is_sound)


def _is_sound(asked: Problem) -> bool:
    try:
        check(asked)
    except PlanningError:
        return False
    return True


@st.composite
def plans(draw: st.DrawFn, of: Problem) -> Plan:
    """Any plan of a problem: whole projects, modes that are there, starts from -1 to the horizon."""
    chosen = [one for one in of.projects if draw(st.booleans())]
    starts = st.integers(-1, of.timeline.horizon)
    return Plan(
        {
            Ref(one.key, each.key): Placement(draw(starts), draw(st.integers(0, len(each.modes) - 1)))
            for one in chosen
            for each in one.activities
        }
    )


@st.composite
def _projects(draw: st.DrawFn, key: str, size: int, horizon: int, is_mandatory: bool) -> Project:
    activities = tuple(draw(_activities(name, horizon)) for name in ("a", "b")[:size])
    earnings = (IfChosen(draw(st.sampled_from(Part)), draw(st.integers(-2, 9))),)
    return Project(key, activities, is_mandatory, earnings=earnings)


@st.composite
def _activities(draw: st.DrawFn, key: str, horizon: int) -> Activity:
    modes = tuple(draw(st.lists(_modes(), min_size=1, max_size=2)))
    made = Activity(
        key,
        modes,
        release=draw(st.sampled_from((0, 0, 0, 2))),
        deadline=draw(st.sampled_from((None, None, horizon - 1))),
        calendar=draw(st.sampled_from((None, None, "winter"))),
        earnings=tuple(draw(st.lists(_earnings(horizon), max_size=2))),
    )
    return replace(made, done=Done(0)) if draw(st.integers(0, 9)) == 0 and made.release == 0 else made


@st.composite
def _modes(draw: st.DrawFn) -> Mode:
    duration = draw(st.integers(0, 3))
    if duration == 0:  # a milestone takes nothing
        return Mode(0)
    demands = tuple(Demand(key, draw(st.integers(1, 3))) for key in ("desk", "mu") if draw(st.booleans()))
    return Mode(duration, demands, tuple(draw(st.lists(_payments(), max_size=2))))


def _payments() -> st.SearchStrategy[Payment]:
    return st.builds(Payment, st.sampled_from(USES), st.integers(1, 5), st.sampled_from(When))


def _earnings(horizon: int) -> st.SearchStrategy[Earning]:
    part, amount, slot = st.sampled_from(Part), st.integers(-2, 7), st.integers(0, horizon)
    return st.one_of(
        st.builds(WhileWorked, part, amount, st.integers(0, 2), st.integers(3, horizon)),
        st.builds(WhenFinishedBy, part, amount, slot),
        st.builds(SinceFinished, part, amount, slot),
        st.builds(IfLate, part, st.integers(0, 4), slot, st.integers(0, 3)),
        st.builds(IfMoved, part, st.integers(0, 4), st.integers(0, horizon - 1), st.integers(0, 3)),
    )


@st.composite
def _levels(draw: st.DrawFn, horizon: int) -> tuple[Level, ...]:
    starts = draw(st.sets(st.integers(1, horizon - 1), max_size=2))
    return tuple(Level(start, draw(st.integers(0, 4))) for start in sorted({0, *starts}))


@st.composite
def _releases(draw: st.DrawFn, horizon: int) -> tuple[Release, ...]:
    starts = draw(st.lists(st.integers(0, horizon - 1), max_size=3))
    closings = st.one_of(st.none(), st.integers(1, 3))
    return tuple(
        Release(start, draw(st.integers(1, 4)), None if (open_ := draw(closings)) is None else start + open_)
        for start in sorted(starts)
    )


@st.composite
def _arrivals(draw: st.DrawFn, horizon: int) -> tuple[Arrival, ...]:
    starts = draw(st.lists(st.integers(0, horizon - 1), max_size=2))
    return tuple(Arrival(start, draw(st.integers(1, 6))) for start in sorted(starts))


@st.composite
def _lags(draw: st.DrawFn, projects: tuple[Project, ...]) -> tuple[Lag, ...]:
    """Lags from earlier to later activities, so that they close no circle."""
    refs = [Ref(one.key, each.key) for one in projects for each in one.activities]
    pairs = [(before, after) for number, before in enumerate(refs) for after in refs[number + 1 :]]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)) if pairs else []
    mosts = st.one_of(st.none(), st.integers(0, 2))
    return tuple(
        Lag(*pair, least, None if (more := draw(mosts)) is None else least + more, draw(st.sampled_from(From)))
        for pair in chosen
        for least in [draw(st.integers(0, 2))]
    )


def _requiring(draw: st.DrawFn, projects: tuple[Project, ...]) -> tuple[Project, ...]:
    """Sometimes the last project requires the first one."""
    if len(projects) < 3 or draw(st.booleans()):
        return projects
    return (*projects[:-1], replace(projects[-1], requires=(projects[0].key,)))
