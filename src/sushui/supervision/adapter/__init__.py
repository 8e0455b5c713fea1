"""The room's doors to the engines: the calendar, which counts deadlines, and the readers of work lists."""

from sushui.supervision.adapter.calendar import (
    Paused,
    Timetable,
    compute_deadline,
    compute_steps,
    read_deadline,
    task_timetable,
    timetable,
)

__all__ = ["Paused", "Timetable", "compute_deadline", "compute_steps", "read_deadline", "task_timetable", "timetable"]
