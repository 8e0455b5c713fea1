"""What the API of projects says and hears. Money is yuan; months are the first of their days."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from ninja import Schema
from pydantic import BeforeValidator, Field, model_validator

from sushui.kernel.api import Line, Number, SmallNumber, Text
from sushui.projects import services
from sushui.projects.enums import (
    BottleneckKind,
    CodeFlaw,
    EvidenceKind,
    FigureKind,
    FundingSource,
    LightRule,
    ProjectLevel,
    ProjectSector,
    ProjectStage,
)
from sushui.projects.enums.doubts import ActDoubt
from sushui.projects.panels.wording import sentence_of
from sushui.projects.queries import ProjectFilter
from sushui.projects.services import Piece, ProjectDraft
from sushui.supervision.enums import StatusLight

# A word that a record may lack: kept as an empty text, said as null.
_Blank = BeforeValidator(lambda value: value or None)
MaybeFlaw = Annotated[CodeFlaw | None, _Blank]
MaybeStage = Annotated[ProjectStage | None, _Blank]
MaybeSector = Annotated[ProjectSector | None, _Blank]
Cursor = Annotated[str, Field(max_length=255)]
Yuan = Annotated[Decimal, Field(ge=0, le=Decimal("9999999999999999"), decimal_places=2)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Percent = Annotated[int, Field(ge=1, le=100)]


# --- said ------------------------------------------------------------------------------------------------------------
class ProjectNamed(Schema):
    """A record that is only pointed at."""

    id: int
    name: str


class ProjectOut(Schema):
    """A project. ``version`` is what `If-Match` names; a flaw is what is odd about a code that was confirmed so."""

    id: int
    subject_id: int | None
    division_id: int
    code: str
    code_flaw: MaybeFlaw
    name: str
    content: str
    owner_name: str
    owner_code: str
    owner_code_flaw: MaybeFlaw
    industry_code: str
    cluster: ProjectNamed | None
    level: ProjectLevel
    sector: MaybeSector
    stage: ProjectStage
    stage_on: date
    review_on: date | None
    agency: ProjectNamed | None
    place: ProjectNamed | None
    place_text: str
    total_investment: Decimal | None
    expected_output: Decimal | None
    expected_tax: Decimal | None
    area_mu: Decimal | None
    energy_tce: Decimal | None
    jobs: int | None
    first_start_month: date | None
    planned_start_month: date | None
    planned_completion_month: date | None
    started_on: date | None
    completed_on: date | None
    enrolled_on: date | None
    note: str
    light: StatusLight
    light_since_on: date | None
    version: int


class LightOut(Schema):
    """What one rule says: its light, the key of its sentence with the numbers, and the sentence itself."""

    rule: LightRule
    light: StatusLight
    why: str
    numbers: dict[str, str | int | bool]
    sentence: str
    since_on: date

    @staticmethod
    def resolve_sentence(light: Any) -> str:
        return sentence_of(light)


class ProjectMonthOut(Schema):
    """A month as its newest figures say."""

    month: date
    planned: Decimal | None
    actual: Decimal | None


class FigureOut(Schema):
    """One raw figure as it was given; the highest ``number`` of a month and kind counts."""

    id: int
    month: date
    kind: FigureKind
    number: int
    amount: Decimal
    at: datetime
    post_id: int
    reason: str
    origin: str


class FundingOut(Schema):
    """Planned money of one source for one year; year 0 is the whole project."""

    year: int
    source: FundingSource
    amount: Decimal


class MilestoneOut(Schema):
    """A dated step."""

    id: int
    project_id: int
    name: str
    planned_on: date
    reached_on: date | None
    evidence: str
    version: int


class PaymentOut(Schema):
    """A payment out of received money; one that another ``corrects`` does not count any more."""

    id: int
    paid_on: date
    amount: Decimal
    note: str
    corrects_id: int | None
    reason: str


class DemandOut(Schema):
    """So many percent of it, in all, to be paid out by a day."""

    by: date
    percent: int


class FundsOut(Schema):
    """Money that came from above, what must be paid out of it by when, and what was."""

    id: int
    project_id: int
    source: FundingSource
    document: str
    received_on: date
    amount: Decimal
    required: list[DemandOut]
    payments: list[PaymentOut]

    @staticmethod
    def resolve_payments(received: Any) -> Any:
        return received.payments.all()


class BottleneckOut(Schema):
    """What holds a project up; ``task_id`` is what supervision made of it."""

    id: int
    project_id: int
    kind: BottleneckKind
    text: str
    found_on: date
    agency: ProjectNamed | None
    stage: MaybeStage
    milestone_id: int | None
    step: str
    due_on: date | None
    report_id: int | None
    task_id: int | None
    resolved_on: date | None
    resolution: str
    version: int


class ProjectStoryLine(Schema):
    """One act on a project, as the audit chain holds it."""

    at: datetime
    verb: str
    user_name: str
    post_name: str
    before: dict[str, Any]
    after: dict[str, Any]
    note: str


class LedgerTotalsOut(Schema):
    """How many projects the filters leave, and their sums in yuan."""

    count: int
    investment: Decimal
    planned: Decimal
    done: Decimal


class RecordedOut(Schema):
    """What was done with a set of figures."""

    new: int
    corrected: int
    unchanged: int


class YearPlanOut(Schema):
    """Investment planned for a year."""

    year: int
    amount: Decimal


# --- heard -----------------------------------------------------------------------------------------------------------
class ProjectQuery(Schema):
    """What the ledger is narrowed to. ``industry`` is the beginning of a code of GB/T 4754-2017."""

    light: StatusLight | None = None
    stage: ProjectStage | None = None
    level: ProjectLevel | None = None
    sector: ProjectSector | None = None
    cluster_id: Number | None = None
    agency_id: Number | None = None
    place_id: Number | None = None
    division_id: Number | None = None
    industry: Annotated[str, Field(max_length=4, pattern=r"^[A-T]?\d*$")] = ""
    started_in: Year | None = None
    text: Line = ""

    def filter(self) -> ProjectFilter:
        said = {name: value for name, value in self.model_dump().items() if value is not None}
        return ProjectFilter(**said)


class FundingIn(Schema):
    """Planned money of one source for one year; year 0 is the whole project."""

    year: Annotated[int, Field(ge=0, le=2100)] = 0
    source: FundingSource
    amount: Yuan


class ProjectIn(Schema):
    """What the ledger is to say. ``confirmed``: the codes that were compared with the document though they are odd."""

    name: Annotated[Line, Field(max_length=200)]
    code: Annotated[Line, Field(max_length=32)] = ""
    content: Text = ""
    owner_name: Annotated[Line, Field(max_length=128)] = ""
    owner_code: Annotated[Line, Field(max_length=18)] = ""
    industry_code: Annotated[Line, Field(max_length=4)] = ""
    cluster_id: Number | None = None
    level: ProjectLevel = ProjectLevel.OTHER
    sector: ProjectSector | None = None
    agency_id: Number | None = None
    place_id: Number | None = None
    place_text: Annotated[Line, Field(max_length=200)] = ""
    total_investment: Yuan | None = None
    expected_output: Yuan | None = None
    expected_tax: Yuan | None = None
    area_mu: Annotated[Decimal, Field(ge=0, le=Decimal("9999999999"), decimal_places=2)] | None = None
    energy_tce: Annotated[Decimal, Field(ge=0, le=Decimal("999999999999"), decimal_places=2)] | None = None
    jobs: SmallNumber | None = None
    planned_start_month: date | None = None
    planned_completion_month: date | None = None
    note: Text = ""
    funding: list[FundingIn] = []
    confirmed: list[str] = []

    @model_validator(mode="after")
    def _once(self) -> Self:
        keys = [(each.year, each.source) for each in self.funding]
        if len(keys) != len(set(keys)):
            raise ValueError("a source is named twice for a year")
        return self

    def draft(self) -> ProjectDraft:
        said = {name: getattr(self, name) for name in services.DRAFT_FIELDS}
        funding = {(each.year, each.source): each.amount for each in self.funding}
        return ProjectDraft(**said, funding=funding, confirmed=frozenset(self.confirmed))


class EvidenceIn(Schema):
    """A piece of evidence as far as it is known; ``amount`` is yuan."""

    kind: EvidenceKind
    number: Annotated[Line, Field(max_length=64)] = ""
    day: date | None = None
    text: Text = ""
    amount: Yuan | None = None

    def piece(self) -> Piece:
        return Piece(**{name: getattr(self, name) for name in EvidenceIn.model_fields})


class Confirmed(Schema):
    """``doubts``: what was asked about (``confirm_first``) and is so all the same."""

    doubts: Annotated[list[ActDoubt], Field(max_length=len(ActDoubt))] = []


class Registration(ProjectIn, Confirmed):
    """A project with the stage that it reached on a day (default: today); what does not show the stage is owed."""

    stage: ProjectStage = ProjectStage.PLANNED
    stage_on: date | None = None
    started_on: date | None = None
    completed_on: date | None = None
    evidence: Annotated[list[EvidenceIn], Field(max_length=12)] = []


class Seen(Schema):
    """``version`` (or the header If-Match): what the caller has seen; left out, nothing is compared."""

    version: SmallNumber | None = None


class ProjectEdit(ProjectIn, Seen):
    """A project as it is to be; says which version was seen."""


class Move(Seen, Confirmed):
    """The stage that was reached on a day; rest wants its reason, suspension a day of review, a gate its evidence."""

    stage: ProjectStage
    on: date
    note: Text = ""
    review_on: date | None = None
    evidence: Annotated[list[EvidenceIn], Field(max_length=12)] = []


class Postponement(Seen):
    """A later month of start with its reason."""

    month: date
    reason: Text


class Enrollment(Seen):
    """The day on which the project entered the statistics."""

    enrolled_on: date
    note: Annotated[Line, Field(max_length=200)] = ""


class FigureIn(Schema):
    """One figure; ``reason`` says why it corrects one that stands."""

    project_id: Number
    month: date
    kind: FigureKind
    amount: Yuan
    reason: Text = ""


class FiguresIn(Schema):
    """Figures of one or many projects, all written down or none."""

    figures: Annotated[list[FigureIn], Field(min_length=1, max_length=2_000)]


class YearPlanIn(Schema):
    """How much is to be invested in a year."""

    year: Year
    amount: Yuan
    reason: Text = ""


class MilestoneIn(Schema):
    name: Annotated[Line, Field(max_length=128)]
    planned_on: date


class MilestoneReached(Seen):
    reached_on: date
    evidence: Line = ""


class WithReason(Seen):
    reason: Text


class DemandIn(Schema):
    """So many percent of it, in all, to be paid out by a day."""

    by_on: date
    percent: Percent


class FundsIn(Schema):
    """Money that came from above."""

    source: FundingSource
    amount: Yuan
    received_on: date
    document: Annotated[Line, Field(max_length=200)] = ""
    demands: Annotated[list[DemandIn], Field(max_length=12)] = []


class PaymentIn(Schema):
    amount: Yuan
    paid_on: date
    note: Annotated[Line, Field(max_length=200)] = ""


class PaymentCorrection(Schema):
    """What a payment was in truth, and why it is said otherwise now."""

    amount: Yuan
    paid_on: date | None = None
    reason: Text


class BottleneckIn(Schema):
    """What holds the project up; with ``is_task`` it becomes a supervised task in the same act."""

    kind: BottleneckKind
    text: Text
    found_on: date
    agency_id: Number | None = None
    stage: ProjectStage | None = None
    milestone_id: Number | None = None
    step: Annotated[Line, Field(max_length=128)] = ""
    due_on: date | None = None
    is_task: bool = False
    deadline_on: date | None = None


class Resolved(Seen):
    resolved_on: date
    resolution: Text
