"""The courses that tasks take: what is done on which working day after the assignment, and which task takes which.

A task plays its course only as far as today, so that the same course shows a task in any of its states. A negative day
counts back from today: what waits for a decision now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from sushui.supervision.enums import Grade, TaskKind

from .plan import OrderPlan


@dataclass(frozen=True)
class Step:
    """An act on a working day after the assignment; ``detail`` is what the act needs to know."""

    day: int
    act: str
    detail: str = ""


def _course(*steps: tuple[int, str] | tuple[int, str, str]) -> tuple[Step, ...]:
    return tuple(Step(*step) for step in steps)


_BEGUN = ((0, "sign"), (2, "feedback"))

COURSES: Mapping[str, tuple[Step, ...]] = {
    # general tasks, to zero
    "express": _course((0, "sign"), (0, "apply"), (1, "close", Grade.GOOD)),
    "swift": _course(*_BEGUN, (3, "apply"), (4, "close", Grade.GOOD)),
    "model": _course(*_BEGUN, (2, "apply"), (3, "close", Grade.EXCELLENT)),
    "late": _course((1, "sign"), (4, "feedback"), (8, "apply"), (9, "close", Grade.QUALIFIED)),
    "poor": _course(*_BEGUN, (11, "apply"), (12, "close", Grade.UNQUALIFIED)),
    "returned": _course(*_BEGUN, (4, "apply"), (5, "return"), (6, "apply"), (7, "close", Grade.QUALIFIED)),
    "extended": _course(*_BEGUN, (4, "ask_extension", "8"), (5, "extend"), (8, "apply"), (9, "close", Grade.GOOD)),
    "not_extended": _course(
        *_BEGUN, (4, "ask_extension", "15"), (5, "refuse_extension"), (6, "apply"), (7, "close", Grade.QUALIFIED)
    ),
    "resumed": _course(
        *_BEGUN,
        (3, "ask_suspension", "9 30"),
        (4, "suspend"),
        (11, "plan_step"),
        (16, "resume"),
        (18, "apply"),
        (19, "close", Grade.GOOD),
    ),
    "moved": _course(
        (0, "dispute"), (0, "decide_move"), (1, "sign"), (3, "feedback"), (6, "apply"), (7, "close", Grade.GOOD)
    ),
    "kept": _course(
        (1, "dispute"), (1, "decide_keep"), (1, "sign"), (3, "feedback"), (6, "apply"), (8, "close", Grade.GOOD)
    ),
    "withdrawn": _course(*_BEGUN, (3, "withdraw")),
    # general tasks that stand somewhere today
    "suspended": _course(*_BEGUN, (4, "ask_suspension", "12 130"), (5, "suspend"), (15, "plan_step")),
    "silent": _course(*_BEGUN),
    "only_signed": _course((0, "sign", "bare")),
    "unsigned": _course((3, "remind")),
    "returned_twice": _course(
        *_BEGUN, (4, "apply"), (5, "return"), (7, "progress"), (8, "apply"), (9, "return"), (11, "progress")
    ),
    "returned_now": _course(*_BEGUN, (-2, "apply"), (-1, "return")),
    "applied_now": _course(*_BEGUN, (-1, "apply")),
    "extension_now": _course(*_BEGUN, (-1, "ask_extension", "10")),
    "suspension_now": _course(*_BEGUN, (-1, "ask_suspension", "40 60")),
    "disputed_now": _course((0, "dispute")),
    # major tasks
    "month": _course(*_BEGUN, (10, "progress"), (18, "apply"), (19, "close", Grade.GOOD)),
    "month_late": _course(*_BEGUN, (12, "progress"), (27, "apply"), (28, "close", Grade.QUALIFIED)),
    "month_extended": _course(
        *_BEGUN, (14, "ask_extension", "40"), (15, "extend"), (24, "progress"), (52, "apply"), (53, "close", Grade.GOOD)
    ),
    "month_suspended": _course(*_BEGUN, (10, "ask_suspension", "20 130"), (11, "suspend"), (28, "plan_step")),
    "month_resumed": _course(*_BEGUN, (5, "ask_suspension", "8 30"), (6, "suspend"), (13, "resume"), (14, "progress")),
    "month_extension_now": _course(*_BEGUN, (10, "progress"), (-1, "ask_extension", "35")),
    "working": _course(*_BEGUN, (9, "progress"), (20, "progress"), (45, "progress")),
    # continuing work
    "nodes": _course(*_BEGUN, (0, "nodes")),
    "nodes_missed": _course(*_BEGUN, (0, "nodes_but_last")),
}

# How many of ten or so tasks take which course, for orders that lie long back and for those at work now.
_GENERAL_PAST = {
    "express": 24, "swift": 12, "model": 4, "late": 4, "poor": 1, "returned": 3, "extended": 2, "not_extended": 1,
    "resumed": 1, "moved": 1, "kept": 1, "withdrawn": 2, "suspended": 2, "silent": 1, "returned_twice": 1,
}  # fmt: skip
_GENERAL_NOW = {
    "swift": 8, "late": 4, "extended": 3, "returned": 2, "suspended": 2, "silent": 2, "only_signed": 1, "unsigned": 1,
    "returned_twice": 1, "returned_now": 1, "applied_now": 2, "suspension_now": 1,
}  # fmt: skip
_GENERAL_FRESH = {
    "swift": 6, "model": 3, "late": 5, "unsigned": 3, "only_signed": 3, "extension_now": 2, "applied_now": 2,
    "suspension_now": 1, "kept": 1,
}  # fmt: skip
_GENERAL_NEW = {"swift": 5, "late": 4, "unsigned": 2, "disputed_now": 2}
_MAJOR_PAST = {"month": 8, "month_late": 4, "month_extended": 3, "month_suspended": 2, "working": 1}
_MAJOR_NOW = {
    "month": 3,
    "month_extended": 1,
    "month_extension_now": 1,
    "month_resumed": 2,
    "month_suspended": 1,
    "working": 3,
}
_MAJOR_DATED = {"working": 6, "month_resumed": 3, "month_suspended": 1}
_CONTINUING = {"nodes": 5, "nodes_missed": 1}


def courses_of(order: OrderPlan) -> list[tuple[Step, ...]]:
    """A course for every task of the order; always the same for the same order."""
    # Not for secrets: the same shuffle each time is the point.
    random = Random(f"sushui {order.key}")
    decks: dict[str, list[str]] = {}
    return [COURSES[_draw(decks, order, task.kind, bool(task.due), random)] for task in order.tasks]


def _draw(decks: dict[str, list[str]], order: OrderPlan, kind: TaskKind, is_dated: bool, random: Random) -> str:
    """The next card of the deck for such tasks; a deck that is used up is shuffled anew."""
    name = f"{kind}:{is_dated}"
    if not decks.get(name):
        decks[name] = [course for course, count in _weights(order.ago, kind, is_dated).items() for _ in range(count)]
        random.shuffle(decks[name])
    return decks[name].pop()


def _weights(ago: int, kind: TaskKind, is_dated: bool) -> Mapping[str, int]:
    if kind is TaskKind.CONTINUING:
        return _CONTINUING
    if kind is TaskKind.MAJOR:
        return _MAJOR_DATED if is_dated else _MAJOR_PAST if ago > 35 else _MAJOR_NOW
    if ago > 20:
        return _GENERAL_PAST
    return _GENERAL_NOW if ago > 5 else _GENERAL_FRESH if ago > 2 else _GENERAL_NEW
