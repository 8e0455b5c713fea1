"""Machine code and solvers made ready before somebody waits for them.

The first search after an installation compiles for about a minute; later processes read the machine code from disk.
"""

from __future__ import annotations

from itertools import pairwise

from .factors import Arrival, Consumable, Level, MoneySource, Release, Renewable
from .problem import Activity, Demand, Goal, Lag, Mode, Payment, Problem, Project, Ref
from .solving import solve
from .timeline import SlotKind, TimeLine
from .values import Part, SinceFinished

PROJECTS, HORIZON = 24, 30
STAGES = ("permit", "works", "use")


def warm_up() -> None:
    """Compile or load everything that `solve` may need: some seconds at most if the machine code is on disk."""
    for goal in (Goal.VALUE, Goal.MAKESPAN):
        solve(_small(goal), time_limit=120.0, work_limit=1)


def _small(goal: Goal) -> Problem:
    """More activities than the exact model takes alone. For a value, the land is for twelve projects and a third."""
    keys = [f"project-{number}" for number in range(PROJECTS)]
    is_for_value = goal is Goal.VALUE
    projects = (Project(key, tuple(_activity(name, is_for_value) for name in STAGES), not is_for_value) for key in keys)
    return Problem(
        TimeLine(HORIZON, None, SlotKind.WEEK),
        tuple(projects),
        renewables=(Renewable("desk", (Level(0, 9),)),),
        consumables=(Consumable("land", (Release(0, 37),)),),
        sources=(MoneySource("budget", (Arrival(0, 3 * PROJECTS),)),),
        lags=tuple(Lag(Ref(key, before), Ref(key, after)) for key in keys for before, after in pairwise(STAGES)),
        weights={Part.OUTPUT: 1},
        goal=goal,
    )


def _activity(key: str, is_for_value: bool) -> Activity:
    """One that takes of everything, or only of what the search for the earliest end understands."""
    if not is_for_value:
        return Activity(key, (Mode(1, (Demand("desk", 1),)),))
    mode = Mode(1, (Demand("desk", 1), Demand("land", 1)), (Payment("works", 1),))
    return Activity(key, (mode,), earnings=(SinceFinished(Part.OUTPUT, 1, HORIZON),))
