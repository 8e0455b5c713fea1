"""What the API of permits says and hears."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from sushui.kernel.api import Line, Number, SmallNumber, Text
from sushui.projects.enums.permits import (
    PermitDoubt,
    PermitPath,
    PermitState,
    PermitStopKind,
    PermitUnknown,
    PermitVariant,
)
from sushui.projects.queries.permits import PermitFilter
from sushui.projects.services import permits as services

Days = Annotated[int, Field(ge=0, le=services.LONGEST_PLAN)]
Flag = Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$")]
Kind = Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$")]


# --- said ------------------------------------------------------------------------------------------------------------
class StopOut(Schema):
    """A time for which an application waited, up to, not including, ``until_on``."""

    kind: PermitStopKind
    from_on: date
    until_on: date | None
    reason: str


class PermitStepOut(Schema):
    """A step as it stands today. ``version`` is what `If-Match` names; days are null where nobody can say them."""

    id: int
    key: str
    name: str
    english: str
    agency_kind: str
    agency_id: int | None
    state: PermitState
    waiting_for: list[str]
    filed_on: date | None
    accepted_on: date | None
    granted_on: date | None
    number: str
    expires_on: date | None
    extended: int
    planned_days: int | None
    stops: list[StopOut]
    due_on: date | None
    days_left: int | None
    is_over: bool
    answer_by: date | None
    earliest_finish: date | None
    latest_finish: date | None
    slack_days: int | None
    is_not_before: bool
    unknown: PermitUnknown | None
    limit_source: str
    task_id: int | None
    version: int


class PermitsOut(Schema):
    """The permits of a project on a day: when construction can begin, and every step in its order."""

    on: date
    path: PermitPath
    variant: PermitVariant
    template: int
    flags: list[str]
    goal_on: date
    is_reached: bool
    is_not_before: bool
    is_provisional: bool
    critical_path: list[str]
    fileable: list[str]
    over: list[str]
    undecided: list[list[str]]
    steps: list[PermitStepOut]
    version: int


class ListedStepOut(Schema):
    """A step of any project, as it was read last."""

    id: int
    project_id: int
    key: str
    name: str
    english: str
    agency_id: int | None
    state: PermitState
    due_on: date | None
    is_over: bool
    forecast_on: date | None
    slack_days: int | None
    is_critical: bool


class PermitTotalsOut(Schema):
    """How many steps of how many projects can be filed today, are in hand, over their limit or run out."""

    steps: int
    projects: int
    fileable: int
    open: int
    over: int
    expired: int


class MovedOut(Schema):
    """How far a step moves; ``days`` are working days."""

    key: str
    from_on: date
    to_on: date
    days: int


class SlipOut(Schema):
    """What moves if a step ends later; ``goal`` is null where the start of construction stays."""

    goal: MovedOut | None
    moves: list[MovedOut]


class HolderOut(Schema):
    """Which agency a kind of agency in the paths is."""

    kind: str
    agency_id: int


class PathVersionOut(Schema):
    """A version of a path that the division has written."""

    path: PermitPath
    variant: PermitVariant
    number: int
    note: str
    at: datetime
    post_id: int


class PathTextOut(Schema):
    """A path as it is written in a version; 0 is the package's."""

    path: PermitPath
    variant: PermitVariant
    number: int
    text: str


# --- heard -----------------------------------------------------------------------------------------------------------
class PermitQuery(Schema):
    """What the list is narrowed to."""

    state: PermitState | None = None
    over: bool = False
    mine: bool = False
    critical: bool = False
    agency_id: Number | None = None
    division_id: Number | None = None
    path: PermitPath | None = None
    key: Kind = ""
    due_by: date | None = None
    text: Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$")] = ""

    def filter(self) -> PermitFilter:
        said: dict[str, Any] = self.model_dump()
        return PermitFilter(**said | {name: said[name] or "" for name in _TEXTS})


_TEXTS = ("state", "path")


class PathIn(Schema):
    """The path of a project with its circumstances; ``template``: a version (default: the newest)."""

    path: PermitPath
    variant: PermitVariant
    flags: Annotated[list[Flag], Field(max_length=64)] = []
    template: SmallNumber | None = None
    version: SmallNumber | None = None


class OnADay(Schema):
    on: date
    version: SmallNumber | None = None


class Filed(OnADay):
    """``confirmed``: what was compared with the document though it is odd."""

    confirmed: list[PermitDoubt] = []


class Granted(Filed):
    number: Annotated[str, Field(max_length=128, pattern=r"^[^\x00]*$")] = ""
    expires_on: date | None = None


class SentBack(OnADay):
    reason: Text


class Stopped(SentBack):
    kind: PermitStopKind


class Resumed(OnADay):
    note: Text = ""


class Prolonged(Schema):
    by_days: Days
    reason: Text
    version: SmallNumber | None = None


class Extended(Schema):
    expires_on: date
    reason: Text
    version: SmallNumber | None = None


class TakenBack(Schema):
    reason: Text
    version: SmallNumber | None = None


class StepPlan(Schema):
    planned_days: Days | None = None
    agency_id: Number | None = None
    version: SmallNumber | None = None


class HoldersIn(Schema):
    """Kind of agency in the paths to an agency of the division; null: nobody."""

    holders: dict[Kind, Number | None]


class PathText(Schema):
    """A new version of a path; ``seen``: the number of the version that it was written from."""

    text: Annotated[str, Field(max_length=200_000, pattern=r"^[^\x00]*$")]
    note: Line
    seen: SmallNumber | None = None
