"""What an open bottleneck holds up in a plan, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sushui.planner.enums import ActivityKind
from sushui.planner.rules.pictures import Placed

UNSAID = 13  # weeks after which a bottleneck counts as solved if nobody has said a day, or that day has passed


@dataclass(frozen=True)
class Held:
    """An open bottleneck: the activity that its step is, and the week by which it is to be cleared; None: not said."""

    number: int
    project: str
    activity: str
    until: int | None = None


@dataclass(frozen=True)
class Holding:
    """The activity that cannot begin before week ``until``; were it cleared now, it could ``by``."""

    activity: str
    until: int
    by: int


def held(bottleneck: Held, open_activities: Iterable[Placed], now: int, last: int) -> Holding | None:
    """The step that it names, else construction; None where that has begun, or the planned time ends before."""
    by_key = {each.key: each for each in open_activities}
    activity = by_key.get(bottleneck.activity) or by_key.get(ActivityKind.WORKS.value)
    said = bottleneck.until
    until = said if said is not None and said > now else now + UNSAID
    return Holding(activity.key, until, now) if activity is not None and until < last else None
