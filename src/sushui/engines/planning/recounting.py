"""What a plan does, counted out slot by slot, the plainest way: for those who judge plans, not for those who make them.

Nothing here is taken from the solvers or taken by them, so that an error of theirs cannot hide in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .plan import Plan
from .problem import Activity, Mode, Payment, Problem, Ref, When


@dataclass(frozen=True)
class Course:
    """An activity as a plan carries it out. `slots`: those it works in; `end`: the slot after the last of them.

    Work that does not end within the horizon has no `end`, and the slots that it got.
    """

    ref: Ref
    activity: Activity
    mode: Mode
    start: int
    slots: tuple[int, ...]
    end: int | None


def courses(problem: Problem, plan: Plan) -> Iterator[Course]:
    """The course of everything in the plan that the problem knows, in the problem's order."""
    pauses = {calendar.key: calendar.pauses for calendar in problem.calendars}
    resting = {key: {slot for pause in some for slot in range(pause.start, pause.end)} for key, some in pauses.items()}
    for project in problem.projects:
        for activity in project.activities:
            ref = Ref(project.key, activity.key)
            placed = plan.placements.get(ref)
            if placed is not None and 0 <= placed.mode < len(activity.modes):
                rests = resting.get(activity.calendar or "", set())
                mode = activity.modes[placed.mode]
                yield _course(ref, activity, mode, placed.start, rests, problem.timeline.horizon)


def _course(ref: Ref, activity: Activity, mode: Mode, start: int, rests: set[int], horizon: int) -> Course:
    slots: list[int] = []
    slot = max(start, 0)
    while len(slots) < mode.duration and slot < horizon:
        if slot not in rests:
            slots.append(slot)
        slot += 1
    last = slots[-1] + 1 if slots else start
    is_whole = len(slots) == mode.duration and 0 <= start <= horizon
    return Course(ref, activity, mode, start, tuple(slots), last if is_whole else None)


def instalments(course: Course, payment: Payment) -> Iterator[tuple[int, int]]:
    """When a payment of an activity falls due, and how much of it: (slot, amount).

    Evenly means that after k of d worked slots ceil(k * amount / d) is paid. What works in no slot pays at its start.
    """
    if payment.when is When.AT_START or not course.slots:
        yield course.start, payment.amount
    elif payment.when is When.AT_END:
        yield course.slots[-1], payment.amount
    else:
        paid = 0
        for done, slot in enumerate(course.slots, start=1):
            due = -(-done * payment.amount // course.mode.duration)
            if due > paid:
                yield slot, due - paid
            paid = due
