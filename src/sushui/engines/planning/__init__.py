"""Which projects this year, when, and with which land, energy, money and hands: planned, proved, explained.

A `Problem` says what is planned with; a `Plan` places its activities in time. Nothing here loads a solver: what solves
is imported from `sushui.engines.planning.solving` by whoever runs it. The model: docs/algorithms/planning.md.
"""

from .factors import Arrival, Consumable, Factor, Level, MoneySource, Release, Renewable, written
from .plan import Placement, Plan, Result, Status
from .problem import Activity, Demand, Done, From, Goal, Lag, Mode, Payment, Problem, Project, Ref, When
from .timeline import Pause, SlotKind, TimeLine, WorkCalendar, Working
from .values import Earning, IfChosen, IfLate, IfMoved, Part, SinceFinished, WhenFinishedBy, WhileWorked, Worth

__all__ = [
    "Activity",
    "Arrival",
    "Consumable",
    "Demand",
    "Done",
    "Earning",
    "Factor",
    "From",
    "Goal",
    "IfChosen",
    "IfLate",
    "IfMoved",
    "Lag",
    "Level",
    "Mode",
    "MoneySource",
    "Part",
    "Pause",
    "Payment",
    "Placement",
    "Plan",
    "Problem",
    "Project",
    "Ref",
    "Release",
    "Renewable",
    "Result",
    "SinceFinished",
    "SlotKind",
    "Status",
    "TimeLine",
    "When",
    "WhenFinishedBy",
    "WhileWorked",
    "WorkCalendar",
    "Working",
    "Worth",
    "written",
]
