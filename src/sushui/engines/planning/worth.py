"""What a plan is worth, counted from the plan alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import assert_never

from .plan import Plan
from .problem import Problem
from .recounting import Course, courses
from .values import Earning, IfLate, IfMoved, Part, SinceFinished, WhenFinishedBy, WhileWorked, Worth


def worth(problem: Problem, plan: Plan) -> Worth:
    """The plan's value: every part that something in it can earn, and the weighted total.

    A part without a weight is shown and does not count. What does not end within the horizon earns nothing.
    """
    earned: Counter[Part] = Counter()
    for part, amount in _earned(problem, plan):
        earned[part] += amount
    parts = {part: earned[part] for part in Part if part in earned}
    return Worth(sum(problem.weights.get(part, 0) * amount for part, amount in parts.items()), parts)


def makespan(problem: Problem, plan: Plan) -> int:
    """The slot after the last one that the plan works in: 0 for an empty plan."""
    return max((course.end for course in courses(problem, plan) if course.end is not None), default=0)


def _earned(problem: Problem, plan: Plan) -> Iterator[tuple[Part, int]]:
    for project in problem.projects:
        if project.key in plan.projects:
            yield from ((earning.part, earning.amount) for earning in project.earnings)
    for course in courses(problem, plan):
        if course.end is not None:
            yield from ((earning.part, _amount(earning, course, course.end)) for earning in course.activity.earnings)


def _amount(earning: Earning, course: Course, end: int) -> int:
    match earning:
        case WhileWorked():
            counted = sum(earning.start <= slot < earning.end for slot in course.slots)
            return earning.amount * counted // len(course.slots) if course.slots else 0
        case WhenFinishedBy():
            return earning.amount if end <= earning.by else 0
        case SinceFinished():
            return earning.amount * max(0, earning.until - end)
        case IfLate():
            return -(earning.once + earning.amount * (end - earning.due)) if end > earning.due else 0
        case IfMoved():
            moved = abs(course.start - earning.start)
            return -(earning.once + earning.amount * moved) if moved else 0
        case _:
            assert_never(earning)
