"""The permits and works before a project can be built, as a network: what may be filed today, and when it can begin.

`load_template` reads a path written as YAML and refuses one that no project could follow; `select` keeps what applies
to a project; `schedule` says where every step stands, what its limit is, and what decides the forecast; `slip` says
what moves. Days are counted by the caller's `DayCounter`. Refusals are `NetworkError` codes.

The formulas: docs/algorithms/permit-network.md.
"""

from .checking import check_template
from .errors import NetworkError, Refusal
from .facts import StepFacts, StopPeriod
from .forecast import Move, Schedule, Slip, StepForecast, schedule, slip
from .loading import Catalog, load_catalog, load_template
from .passes import Unknown
from .selection import select
from .states import Standing, State
from .template import (
    NOT_STATED,
    Condition,
    DayKind,
    Length,
    Limit,
    Network,
    Requirement,
    RunsFrom,
    Step,
    StepKind,
    Stop,
    StopKind,
    Template,
    Unit,
    Validity,
    Word,
)
from .writing import dump_template

__all__ = [
    "NOT_STATED",
    "Catalog",
    "Condition",
    "DayKind",
    "Length",
    "Limit",
    "Move",
    "Network",
    "NetworkError",
    "Refusal",
    "Requirement",
    "RunsFrom",
    "Schedule",
    "Slip",
    "Standing",
    "State",
    "Step",
    "StepFacts",
    "StepForecast",
    "StepKind",
    "Stop",
    "StopKind",
    "StopPeriod",
    "Template",
    "Unit",
    "Unknown",
    "Validity",
    "Word",
    "check_template",
    "dump_template",
    "load_catalog",
    "load_template",
    "schedule",
    "select",
    "slip",
]
