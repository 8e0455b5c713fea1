"""Made-up problems of the earliest end, as large as is wanted: sites with crews that everything competes for."""

from __future__ import annotations

import random
from collections.abc import Sequence

from sushui.engines.planning.factors import Level, Renewable
from sushui.engines.planning.problem import Activity, Demand, Goal, Lag, Mode, Problem, Project, Ref
from sushui.engines.planning.timeline import TimeLine, WorkCalendar


def building_site(
    count: int = 20,
    seed: int = 0,
    *,
    modes: int = 1,
    calendars: Sequence[WorkCalendar] = (),
    horizon: int = 200,
    levels: Sequence[Level] = (Level(0, 8),),
) -> Problem:
    """`count` activities, each after up to two earlier ones, with one or two of three crews."""
    draw = random.Random(seed)
    keys = [f"a{number}" for number in range(count)]
    rests = [None, *(calendar.key for calendar in calendars)]
    activities = tuple(
        Activity(key, tuple(_mode(draw) for _ in range(modes)), calendar=draw.choice(rests)) for key in keys
    )
    lags = tuple(
        Lag(Ref("site", before), Ref("site", key))
        for number, key in enumerate(keys)
        for before in draw.sample(keys[max(0, number - 8) : number], min(number, draw.randint(0, 2)))
    )
    crews = tuple(Renewable(f"crew{number}", tuple(levels)) for number in range(3))
    site = Project("site", activities, is_mandatory=True)
    return Problem(TimeLine(horizon), (site,), crews, lags=lags, calendars=tuple(calendars), goal=Goal.MAKESPAN)


def _mode(draw: random.Random) -> Mode:
    crews = draw.sample(range(3), draw.randint(1, 2))
    return Mode(draw.randint(1, 9), tuple(Demand(f"crew{crew}", draw.randint(1, 6)) for crew in crews))
