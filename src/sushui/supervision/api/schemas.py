"""What the API of supervision says and hears."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field

from sushui.kernel import clock
from sushui.kernel.api import Line, Number, SmallNumber, Text
from sushui.supervision import queries, rules
from sushui.supervision.enums import (
    ClockKind,
    Grade,
    NodeCycle,
    OrderKind,
    OrderSource,
    PartRole,
    PartState,
    ReportKind,
    RequestKind,
    RequestState,
    StatusLight,
    TaskKind,
    TaskState,
)

# A word that a record may lack: kept as an empty text, said as null.
_Blank = BeforeValidator(lambda value: value or None)
MaybeGrade = Annotated[Grade | None, _Blank]
MaybeCycle = Annotated[NodeCycle | None, _Blank]
Cursor = Annotated[str, Field(max_length=255)]


# --- said ------------------------------------------------------------------------------------------------------------
class Named(Schema):
    """A record that is only pointed at."""

    id: int
    name: str


class Lit(Schema):
    """What stands under a light: the light of today, and the deadline that runs out first."""

    is_open: bool
    due_on: date | None
    light: StatusLight

    @staticmethod
    def resolve_light(row: Any) -> StatusLight:
        return rules.light(is_open=row.is_open, on=clock.today(), yellow_on=row.yellow_on, red_on=row.red_on)


class OrderOut(Schema):
    """An order. ``version`` is what `If-Match` names."""

    id: int
    year: int
    number: int
    kind: OrderKind
    source: OrderSource
    title: str
    issued_on: date
    issuer_agency: Named
    leader_post: Named | None
    subject_id: int | None
    note: str
    version: int


class TaskRow(Lit):
    """A task as a list shows it."""

    id: int
    number: int
    title: str
    section: str
    kind: TaskKind
    state: TaskState
    order_id: int
    lead_agency: Named | None
    awaited_agency: Named | None
    leader_post_id: int | None
    leader_text: str
    deadline_text: str
    deadline_on: date | None
    node_cycle: MaybeCycle
    is_provisional: bool
    assigned_on: date | None
    closed_on: date | None
    grade: MaybeGrade
    is_late: bool
    returned_count: int
    version: int


class PartOut(Lit):
    """An agency's part in a task."""

    id: int
    task_id: int
    agency: Named
    role: PartRole
    state: PartState
    handler_post: Named | None
    request: str
    is_owner_decided: bool
    answered_on: date | None
    version: int


class PartRow(PartOut):
    """A part as a list shows it, with the title of its task."""

    task_title: str

    @staticmethod
    def resolve_task_title(part: Any) -> str:
        return str(part.task.title)


class TaskOut(TaskRow):
    """A task with its parts, lead first."""

    order: OrderOut
    subject_id: int | None
    note: str
    parts: list[PartOut]

    @staticmethod
    def resolve_parts(task: Any) -> Any:
        return queries.parts_of(task)


class ClockOut(Schema):
    """A limit of a part, or of the office itself (no part). It runs while nothing has ended it."""

    id: int
    part_id: int | None
    kind: ClockKind
    label: str
    started_on: date
    original_due_on: date
    due_on: date
    is_provisional: bool
    is_running: bool
    met_on: date | None
    stopped_on: date | None
    canceled_on: date | None


class StoryLine(Schema):
    """One act: who, in which post, when, what, before and after."""

    id: int
    at: datetime
    user_name: str
    post_name: str
    verb: str
    before: dict[str, Any]
    after: dict[str, Any]
    note: str


class FileOut(Schema):
    """A file of a report or an application; its content is at ``/api/documents/versions/{id}/content``."""

    id: int
    name: str
    size: int


class ReportOut(Schema):
    """What an agency reported."""

    id: int
    part_id: int
    kind: ReportKind
    text: str
    at: datetime
    post: Named
    files: list[FileOut] = []


class RequestOut(Schema):
    """What an agency asked of the office, and what became of it."""

    id: int
    part_id: int
    task_id: int
    agency_id: int
    kind: RequestKind
    state: RequestState
    text: str
    at: datetime
    clock_id: int | None
    old_due_on: date | None
    new_due_on: date | None
    plan: list[dict[str, Any]]
    named_agency_id: int | None
    decided_at: datetime | None
    decision_note: str
    version: int
    files: list[FileOut] = []

    @staticmethod
    def resolve_task_id(request: Any) -> int:
        return int(request.part.task_id)

    @staticmethod
    def resolve_agency_id(request: Any) -> int:
        return int(request.part.agency_id)


class ObjectionOut(Schema):
    """An agency's objection to a conclusion."""

    id: int
    conclusion_id: int
    reason: str
    at: datetime
    review_due_on: date
    state: RequestState
    reviewed_at: datetime | None
    review_note: str


class ConclusionOut(Schema):
    """What an inspection found about an agency."""

    id: int
    order_id: int
    agency: Named
    text: str
    delivered_on: date
    objection_until_on: date
    objection: ObjectionOut | None = None
    version: int

    @staticmethod
    def resolve_objection(row: Any) -> Any:
        return getattr(row, "objection", None)


class RedAgency(Schema):
    """An agency with how many of the open tasks that wait for it are red, yellow, and open at all."""

    agency: Named
    red: int
    yellow: int
    total: int


class LightCounts(Schema):
    """How many tasks show each light."""

    none: int
    green: int
    yellow: int
    red: int


class Demand(Schema):
    """What an inspection or a demand for reports asked of an agency before."""

    task_id: int
    task_title: str
    order_title: str
    issued_on: date
    agency: Named

    @staticmethod
    def resolve_task_title(part: Any) -> str:
        return str(part.task.title)

    @staticmethod
    def resolve_order_title(part: Any) -> str:
        return str(part.task.order.title)

    @staticmethod
    def resolve_issued_on(part: Any) -> date:
        day: date = part.task.order.issued_on
        return day


# --- heard -----------------------------------------------------------------------------------------------------------
class TaskQuery(Schema):
    """What the register is narrowed to; every field may be left out."""

    state: TaskState | None = None
    light: StatusLight | None = None
    kind: TaskKind | None = None
    agency_id: Number | None = None
    order_id: Number | None = None
    leader_post_id: Number | None = None
    text: Line = ""
    is_open: bool | None = None
    due_before: date | None = None

    def filter(self) -> queries.TaskFilter:
        """The same as the queries take it."""
        return queries.TaskFilter(
            state=self.state or "",
            light=self.light or "",
            kind=self.kind or "",
            agency_id=self.agency_id,
            order_id=self.order_id,
            leader_post_id=self.leader_post_id,
            text=self.text,
            is_open=self.is_open,
            due_before=self.due_before,
        )


class OrderIn(Schema):
    """An order to be drafted; it gets the next number of its year."""

    title: Line
    source: OrderSource
    issued_on: date
    kind: OrderKind = OrderKind.ASSIGNMENT
    leader_post_id: Number | None = None
    subject_id: Number | None = None
    note: Text = ""


class TaskIn(Schema):
    """A task to be drafted. ``requests`` says by agency what each supporting one is to do."""

    title: Text
    lead_agency_id: Number | None = None
    supporting_agency_ids: list[Number] = []
    kind: TaskKind = TaskKind.GENERAL
    deadline_on: date | None = None
    deadline_text: Annotated[Line, Field(max_length=128)] = ""
    node_cycle: NodeCycle | None = None
    section: Line = ""
    leader_post_id: Number | None = None
    leader_text: Annotated[Line, Field(max_length=128)] = ""
    subject_id: Number | None = None
    note: Text = ""
    requests: dict[Number, Text] = {}


class TasksIn(Schema):
    """Tasks to be drafted, all or none."""

    tasks: Annotated[list[TaskIn], Field(min_length=1, max_length=1000)]


class TaskEdit(TaskIn):
    """A draft as it is to be; ``version`` is the one that was seen (or send `If-Match`)."""

    version: SmallNumber | None = None


class Seen(Schema):
    """The version that was seen (or send `If-Match`); without one, whatever stands now."""

    version: SmallNumber | None = None


class Withdrawal(Seen):
    reason: Text


class Assignment(Schema):
    """Drafts to be assigned, all or none."""

    task_ids: Annotated[list[Number], Field(min_length=1, max_length=1000)]
    note: Text = ""


class Assigning(Seen):
    """``note`` says why, where an inspection or a demand for reports repeats an earlier one."""

    note: Text = ""


class Note(Schema):
    """A sentence that goes with the act."""

    note: Text = ""


class Reason(Schema):
    """A sentence without which the act is refused."""

    reason: Text


class Signature(Seen):
    """``arrangement``: what was arranged on the first day, reported in the same step."""

    arrangement: Text = ""


class ReportIn(Seen):
    """A report; its kind says which clock it answers."""

    kind: ReportKind
    text: Text


class Application(Seen):
    """What was done."""

    text: Text


class Appointment(Seen):
    handler_post_id: Number


class ExtensionIn(Reason, Seen):
    """A later deadline for one running clock."""

    clock_id: Number
    new_due_on: date


class StepIn(Schema):
    on: date
    text: Text


class SuspensionIn(Reason, Seen):
    """Dated steps with which the task is suspended."""

    plan: list[StepIn]


class DisputeIn(Reason, Seen):
    """Whose the part is said to be."""

    named_agency_id: Number


class ClosingIn(Note):
    grade: Grade


class OwnershipIn(Note):
    agency_id: Number


class ConclusionIn(Schema):
    agency_id: Number
    text: Text


class ReviewIn(Schema):
    """Whether the objection is upheld, and why."""

    is_upheld: bool
    note: Text
