"""What the API of liaison says and hears."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from sushui.kernel.api import Line, Number, SmallNumber, Text
from sushui.liaison.enums import LiaisonRole, ListDoubt, VisitWay
from sushui.liaison.models import Visit
from sushui.liaison.queries import FindingRow, LiaisonRow, SubjectRow
from sushui.liaison.services import MOST_FINDINGS, FindingDraft, LiaisonDraft, VisitDraft
from sushui.supervision.enums import StatusLight, TaskState

Cursor = Annotated[str, Field(max_length=255)]
Key = Annotated[Line, Field(max_length=255)]


class Seen(Schema):
    """The version that was seen; the header ``If-Match`` says it too."""

    version: SmallNumber | None = None


class SeenList(Seen):
    """What was seen of a list: its version, and ``preview`` of the answer that was read (else what was shown last)."""

    preview: Annotated[str | None, Field(max_length=64)] = None


class LiaisonOut(Schema):
    """Who stands by a subject as what, from when to when, and the light of today with its reason."""

    id: int
    subject_id: int
    subject: str
    role: LiaisonRole
    post_id: int | None
    agency_id: int | None
    who: str
    from_on: date
    to_on: date | None
    source: str
    is_in_force: bool
    last_visit_on: date | None
    days_waited: int
    interval_days: int
    due_on: date | None
    light: StatusLight
    reason: str
    version: int


def liaison_out(row: LiaisonRow) -> dict[str, Any]:
    """A liaison with its light, as `LiaisonOut` takes it."""
    names = ("subject_id", "role", "post_id", "agency_id", "from_on", "to_on", "source", "last_visit_on", "version")
    said = {name: getattr(row.liaison, name) for name in names}
    lit = {name: getattr(row, name) for name in ("who", "is_in_force", "days_waited", "interval_days", "due_on")}
    about = {"id": row.liaison.pk, "subject": row.liaison.subject.label, "light": row.light, "reason": row.reason}
    return {**said, **lit, **about}


class SubjectOut(Schema):
    """A subject with those that stand by it today."""

    id: int
    label: str
    kind: str
    url: str
    liaisons: list[LiaisonOut]


def subject_out(row: SubjectRow) -> dict[str, Any]:
    """A subject as `SubjectOut` takes it."""
    subject = row.subject
    about = {"id": subject.pk, "label": subject.label, "kind": subject.kind, "url": subject.url}
    return {**about, "liaisons": [liaison_out(each) for each in row.current]}


class LeaderOut(Schema):
    """How a leader keeps the visits of this month."""

    post_id: int
    post: str
    stands_by: int
    visited: int
    never: int
    red: int
    yellow: int
    since: date


class LiaisonIn(Schema):
    """A leader and an officer by their posts, an agency by its number."""

    subject_id: Number
    role: LiaisonRole
    from_on: date
    to_on: date | None = None
    post_id: Number | None = None
    agency_id: Number | None = None
    source: Line = ""

    def draft(self) -> LiaisonDraft:
        return LiaisonDraft(**self.dict())


class LiaisonsIn(Schema):
    """All or none. ``in_place``: in the place of whoever stands there, who ends the day before."""

    liaisons: Annotated[list[LiaisonIn], Field(min_length=1, max_length=2000)]
    in_place: bool = False


class ReplaceIn(Seen):
    from_on: date
    post_id: Number | None = None
    agency_id: Number | None = None
    source: Line = ""


class EndIn(Seen):
    """A day before the first takes the appointment back."""

    last_on: date
    reason: Text = ""


class VisitRow(Schema):
    """A visit as a list shows it."""

    id: int
    subject_id: int
    subject: str
    visited_on: date
    way: VisitWay
    post_id: int
    post: str
    leader_post_id: int | None
    agency_id: int
    seen: str
    is_withdrawn: bool
    version: int


_VISIT = ("subject_id", "visited_on", "way", "post_id", "leader_post_id", "agency_id", "seen", "version")
_WRITTEN = ("place", "latitude", "longitude", "accuracy_m", "companions", "created_at", "withdrawn_reason")


def visit_row(visit: Visit) -> dict[str, Any]:
    """A visit as `VisitRow` takes it."""
    about = {"id": visit.pk, "subject": visit.subject.label, "post": str(visit.post)}
    said = {name: getattr(visit, name) for name in _VISIT}
    return {**said, **about, "is_withdrawn": visit.withdrawn_at is not None}


def visit_out(visit: Visit, findings: Iterable[FindingRow]) -> dict[str, Any]:
    """A visit as `VisitOut` takes it."""
    said = {name: getattr(visit, name) for name in _WRITTEN}
    return {**visit_row(visit), **said, "findings": [finding_out(row) for row in findings]}


class VisitFindingOut(Schema):
    """A problem that was found, and how its task stands; ``task_id`` only where you may open it."""

    number: int
    text: str
    agency_id: int | None
    wanted_on: date | None
    task_id: int | None
    state: TaskState
    light: StatusLight
    due_on: date | None


def finding_out(row: FindingRow) -> dict[str, Any]:
    """A finding as `VisitFindingOut` takes it."""
    said = {name: getattr(row.finding, name) for name in ("number", "text", "agency_id", "wanted_on")}
    standing = row.standing
    task_id = standing.task_id if standing.is_visible else None
    return {**said, "task_id": task_id, "state": standing.state, "light": standing.light, "due_on": standing.due_on}


class VisitOut(VisitRow):
    """One visit with what it found."""

    place: str
    latitude: Decimal | None
    longitude: Decimal | None
    accuracy_m: int | None
    companions: str
    created_at: datetime
    withdrawn_reason: str
    findings: list[VisitFindingOut]


class FindingIn(Schema):
    text: Annotated[Text, Field(min_length=1)]
    agency_id: Number | None = None
    wanted_on: date | None = None


Latitude = Annotated[Decimal, Field(ge=-90, le=90, max_digits=9, decimal_places=6)]
Longitude = Annotated[Decimal, Field(ge=-180, le=180, max_digits=9, decimal_places=6)]


class Written(Schema):
    """What was written about a visit."""

    seen: Annotated[Text, Field(min_length=1)]
    way: VisitWay = VisitWay.ON_SITE
    place: Line = ""
    companions: Line = ""


class VisitIn(Written):
    """A visit; its photos are attached afterwards to ``liaison.visit`` and its number. Degrees in WGS-84."""

    visited_on: date
    with_leader: bool = False
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    accuracy_m: SmallNumber | None = None
    findings: Annotated[list[FindingIn], Field(max_length=MOST_FINDINGS)] = []

    def draft(self) -> VisitDraft:
        findings = tuple(FindingDraft(**each.dict()) for each in self.findings)
        return VisitDraft(**self.dict(exclude={"findings"}), findings=findings)


class VisitEdit(Written, Seen):
    """What may be corrected on the day the visit was logged."""


class WithdrawIn(Seen):
    reason: Annotated[Text, Field(min_length=1)]


class LiaisonListOut(Schema):
    """A list under way."""

    id: int
    file_name: str
    version: int


class LiaisonQuestionOut(Schema):
    """What rows leave open; answer by ``key`` with the number of a choice, with 0 to leave it out, or with a day."""

    key: str
    doubt: ListDoubt
    text: str
    wants_day: bool
    choices: list[tuple[int, str]]
    rows: list[int]


class ReadOut(LiaisonListOut):
    """A list as it is understood; it can be imported when settled."""

    rows: int
    appointments: int
    replaced: int
    unchanged: int
    left_out: int
    is_settled: bool
    questions: list[LiaisonQuestionOut]
    preview: Annotated[str, Field(description="Names what was shown; say it when you import.")]


class AnswersIn(Seen):
    answers: dict[Key, Annotated[int, Field(ge=0, le=2**63 - 1)] | date]
