"""Requests and the issue register by programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field

from sushui.enterprises.queries import enterprise_for
from sushui.kernel.api import Line, Listed, Number, Size, Text, seen_version
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.relief import queries, services
from sushui.relief.api.root import router
from sushui.relief.enums import IssueSource, Satisfaction, SupportChannel, SupportKind, SupportLevel, SupportState
from sushui.relief.models import SupportRequest
from sushui.relief.permissions import may_enter_requests, may_keep_desk, may_open_relief, may_open_requests
from sushui.relief.queries import IssueFilter, IssueLine, RequestFilter
from sushui.relief.services import AssignDraft, RequestDraft, UnpaidBill

OLDEST = Sort(("received_on", "pk"))
Rated = Annotated[Satisfaction | None, BeforeValidator(lambda value: value or None)]


class SupportRequestOut(Schema):
    """A request. Money in yuan."""

    id: int
    division_id: int
    code: str
    enterprise_id: int
    channel: SupportChannel
    kind: SupportKind
    state: SupportState
    level: SupportLevel
    content: str
    received_on: date
    assigned_on: date | None
    answered_on: date | None
    closed_on: date | None
    lead_agency_id: int | None
    issue_id: int | None
    reopened_count: int
    rating: Rated
    amount_owed: Decimal | None
    version: int


class UnpaidIn(Schema):
    """An unpaid bill of the government."""

    amount: Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=2)]
    since_on: date
    agreed_rate: Annotated[Decimal | None, Field(ge=0, max_digits=6, decimal_places=3)] = None


class RequestIn(Schema):
    """What an enterprise asks for; an enterprise's own program names its own number."""

    enterprise_id: Number
    content: Text
    channel: SupportChannel
    kind: SupportKind = SupportKind.OTHER
    contact_name: Annotated[Line, Field(max_length=64)] = ""
    contact_phone: Annotated[Line, Field(max_length=32)] = ""
    wished_on: date | None = None
    location: Annotated[Line, Field(max_length=200)] = ""
    unpaid: UnpaidIn | None = None


class AssignIn(Schema):
    """Whose a request is."""

    lead_agency_id: Number
    supporting_agency_ids: list[Number] = []
    kind: SupportKind | None = None
    deadline_on: date | None = None
    note: Text = ""
    version: int | None = None


class SupportAnswerIn(Schema):
    """An answer to the enterprise."""

    text: Text
    version: int | None = None


class RatingIn(Schema):
    """What the enterprise thinks of the newest answer."""

    satisfaction: Satisfaction
    words: Text = ""
    version: int | None = None


class IssueOut(Schema):
    """A line of the issue register."""

    source: IssueSource
    kind: SupportKind
    about: str
    text: str
    url: str
    since_on: date
    days: int
    agency: str
    due_on: date | None
    cluster: str
    zone: str
    how_many: int


@router.reads("/requests", may_open_relief, Listed[SupportRequestOut])
def requests(
    request: ViewerRequest,
    text: Line = "",
    state: SupportState | None = None,
    kind: SupportKind | None = None,
    cursor: Line = "",
    limit: Size = 50,
) -> dict[str, object]:
    """Requests that you may know of, the oldest first; open ones unless a state is asked for."""
    narrowed = RequestFilter(text=text, state=state or "", kind=kind or "")
    found = stretch(queries.requests(request.viewer, narrowed), OLDEST, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/requests/{support_id}", may_open_relief, SupportRequestOut)
def one_request(request: ViewerRequest, support_id: Number) -> SupportRequest:
    """One request."""
    return queries.request_for(request.viewer, support_id)


@router.writes("/requests", may_enter_requests, SupportRequestOut, status=201)
def receive(request: ViewerRequest, said: RequestIn) -> SupportRequest:
    """Enter a request."""
    values: dict[str, Any] = said.dict(exclude={"enterprise_id", "unpaid"})
    bill = UnpaidBill(**said.unpaid.dict()) if said.unpaid else None
    enterprise = enterprise_for(request.viewer, said.enterprise_id)
    return services.receive_request(request.viewer, enterprise, RequestDraft(**values, unpaid=bill))


@router.writes("/requests/{support_id}/assign", may_keep_desk, SupportRequestOut)
def assign(request: ViewerRequest, support_id: Number, said: AssignIn) -> SupportRequest:
    """Give a request to its agencies."""
    found = queries.request_for(request.viewer, support_id)
    supporting = tuple(said.supporting_agency_ids)
    draft = AssignDraft(said.lead_agency_id, supporting, said.kind, said.deadline_on, said.note)
    return services.assign_request(request.viewer, found, draft, seen_version=seen_version(request, said.version))


@router.writes("/requests/{support_id}/answer", may_open_requests, SupportRequestOut)
def answer(request: ViewerRequest, support_id: Number, said: SupportAnswerIn) -> SupportRequest:
    """Answer the enterprise."""
    found = queries.request_for(request.viewer, support_id)
    version = seen_version(request, said.version)
    services.answer_request(request.viewer, found, text=said.text, seen_version=version)
    return queries.request_for(request.viewer, support_id)


@router.writes("/requests/{support_id}/rate", may_open_relief, SupportRequestOut)
def rate(request: ViewerRequest, support_id: Number, said: RatingIn) -> SupportRequest:
    """Rate the newest answer."""
    found = queries.request_for(request.viewer, support_id)
    version = seen_version(request, said.version)
    words = {"satisfaction": said.satisfaction, "words": said.words}
    return services.rate_request(request.viewer, found, **words, seen_version=version)  # type: ignore[arg-type]


@router.reads("/issues", may_open_requests, Listed[IssueOut])
def issues(
    request: ViewerRequest, source: IssueSource | None = None, kind: SupportKind | None = None
) -> dict[str, list[IssueLine]]:
    """The issue register: what is open with enterprises and projects, the oldest first."""
    return {"items": queries.issue_lines(request.viewer, IssueFilter(source=source or "", kind=kind or ""))}
