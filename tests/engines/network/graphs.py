"""Small networks made up by hypothesis, and ways to look at them that know nothing of the engine's passes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import strategies as st

from sushui.engines.network import DayKind, Length, Limit, Network, Requirement, Step, StepKind, Template, Unit, select
from tests.engines.network.permits import CALENDAR

DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))
WORKING = st.integers(0, 12).map(Length)
CALENDAR_DAYS = st.integers(0, 20).map(lambda count: Length(count, day_kind=DayKind.CALENDAR))
MONTHS = st.integers(0, 2).map(lambda count: Length(count, Unit.MONTH, DayKind.CALENDAR))
MIXED = WORKING | CALENDAR_DAYS | MONTHS


def step(key: str, *before: str, length: Length | None = None, **more) -> Step:
    limit = Limit(length, "a law") if length is not None else None
    requires = tuple(Requirement(other, "a law") for other in before)
    return Step(key, key, key, "agency", StepKind.REVIEW, requires=requires, limit=limit, **more)


def network(*steps: Step, goal: str | None = None) -> Network:
    return select(Template("path", "variant", "name", "msgid", goal or steps[-1].key, steps), ())


@st.composite
def networks(draw, lengths=MIXED, most: int = 7) -> Network:
    """Steps a, b, c ... written in any order, each after some before it in the alphabet, and the goal after all."""
    keys = "abcdefgh"[: draw(st.integers(1, most))]
    steps = [
        step(
            key,
            *draw(st.lists(st.sampled_from(keys[:index]), unique=True) if index else st.just([])),
            length=draw(lengths),
        )
        for index, key in enumerate(keys)
    ]
    goal = step("goal", *keys, length=Length(0))
    return network(*draw(st.permutations([*steps, goal])), goal="goal")


def before(net: Network, key: str) -> list[str]:
    return [requirement.key for requirement in net.step(key).requires]


def ways(net: Network, key: str) -> Iterator[list[str]]:
    """Every chain of steps that ends with this one, from a step without prerequisites on."""
    if not before(net, key):
        yield [key]
    for other in before(net, key):
        for way in ways(net, other):
            yield [*way, key]


def day_by_day(net: Network, on: date) -> dict[str, date]:
    """When every step is finished, found by walking through the days one by one."""
    finished: dict[str, date] = {}
    begun: dict[str, date] = {}
    day = CALENDAR.next_working_day(on)
    while len(finished) < len(net.steps):
        for _again in net.steps:  # a step of 0 days lets the next one begin on the same day
            for each in net.steps:
                if each.key not in begun and all(key in finished for key in before(net, each.key)):
                    begun[each.key] = day
                if each.key in begun and each.key not in finished and _is_over(each, begun[each.key], day):
                    finished[each.key] = day
        day = CALENDAR.next_working_day(day + DAY)
    return finished


def _is_over(each: Step, begun_on: date, day: date) -> bool:
    length = each.takes
    if length.unit is Unit.MONTH:
        months = (day.year - begun_on.year) * 12 + day.month - begun_on.month
        at_end = (day + DAY).month != day.month
        return months > length.count or (months == length.count and (day.day >= begun_on.day or at_end))
    passed = [begun_on + DAY * number for number in range(1, (day - begun_on).days + 1)]
    counted = (
        passed if length.day_kind is DayKind.CALENDAR else [each for each in passed if CALENDAR.is_working_day(each)]
    )
    return len(counted) >= length.count
