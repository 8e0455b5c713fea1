"""A request and a common issue as their pages tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.documents.queries import TargetFiles, files_by_target
from sushui.kernel import clock
from sushui.kernel.components import Change, StoryEntry
from sushui.kernel.labels import label_of_field, label_of_value
from sushui.kernel.models import AuditLine
from sushui.kernel.stories import entry_of
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.relief import queries
from sushui.relief.enums import FIELDS, ReliefVerb, SupportState
from sushui.relief.models import CommonIssue, SupportAnswer, SupportRating, SupportRequest
from sushui.relief.permissions import (
    may_manage_request,
    may_open_requests,
    may_rate_request,
    may_withdraw_request,
)
from sushui.relief.rules.life import WAITING, may_move
from sushui.relief.rules.unpaid import late_interest, latest_on, result_due_on
from sushui.relief.services.answering import own_lead_part
from sushui.relief.services.receiving import FILES
from sushui.supervision.queries import TaskStanding, task_standings

UNSAID = frozenset({"answer"})


@dataclass(frozen=True)
class Offer:
    """An act that can be done now."""

    label: str
    url: str


@dataclass(frozen=True)
class Answered:
    """An answer and how this enterprise rated it."""

    answer: SupportAnswer
    rating: SupportRating | None


@dataclass(frozen=True)
class Bill:
    """An unpaid bill today. ``interest``: None where the contract says how it is counted."""

    amount: Decimal
    since_on: date
    interest: Decimal | None
    due_on: date
    latest_on: date


@dataclass(frozen=True)
class RequestSheet:
    """Everything that the page of a request shows to one viewer."""

    request: SupportRequest
    offers: list[Offer]
    answers: list[Answered]
    standing: TaskStanding | None
    bill: Bill | None
    files: TargetFiles
    story: list[StoryEntry]
    is_official: bool


def request_sheet(viewer: Viewer, request: SupportRequest) -> RequestSheet:
    """Read everything about a request once; an enterprise does not read what officials write to each other."""
    is_official = bool(may_open_requests(viewer))
    return RequestSheet(
        request=request,
        offers=request_offers(viewer, request),
        answers=_answers(request),
        standing=_standing(viewer, request) if is_official else None,
        bill=bill_of(request),
        files=files_by_target(viewer, FILES, [request])[request.pk],
        story=story_of(queries.story(request), is_official=is_official),
        is_official=is_official,
    )


def _answers(request: SupportRequest) -> list[Answered]:
    ratings = {rating.answer_id: rating for rating in queries.ratings_of(request)}
    return [Answered(answer, ratings.get(answer.pk)) for answer in queries.answers_of(request)]


def _standing(viewer: Viewer, matter: SupportRequest | CommonIssue) -> TaskStanding | None:
    number = matter.task_id
    if number is None and isinstance(matter, SupportRequest) and matter.issue is not None:
        number = matter.issue.task_id
    return task_standings(viewer, [number]).get(number) if number else None


def bill_of(request: SupportRequest) -> Bill | None:
    """What an unpaid bill costs today."""
    if request.amount_owed is None or request.owed_since_on is None:
        return None
    until = request.closed_on or clock.today()
    interest = late_interest(
        request.amount_owed, since=request.owed_since_on, until=until, agreed_rate=request.agreed_rate
    )
    due_on, last_on = result_due_on(request.received_on), latest_on(request.received_on)
    return Bill(request.amount_owed, request.owed_since_on, interest, due_on, last_on)


# --- what can be done ------------------------------------------------------------------------------------------------
Reason = Callable[[Viewer, SupportRequest], bool]


def _answers_now(viewer: Viewer, request: SupportRequest) -> bool:
    is_office = request.state in WAITING and bool(may_manage_request(viewer, request))
    return is_office or own_lead_part(viewer, request) is not None


def _contacts(viewer: Viewer, request: SupportRequest) -> bool:
    return own_lead_part(viewer, request) is not None


def _checks(viewer: Viewer, request: SupportRequest) -> bool:
    return bool(may_manage_request(viewer, request)) and request.lead_agency_id not in viewer.agency_ids


ACTS: dict[str, tuple[str, ReliefVerb, Reason]] = {
    "assign": (msg("Assign"), ReliefVerb.ASSIGN, may_manage_request),
    "contact": (msg("The enterprise was called"), ReliefVerb.CONTACT, _contacts),
    "answer": (msg("Answer the enterprise"), ReliefVerb.ANSWER, _answers_now),
    "rate": (msg("Rate the answer"), ReliefVerb.RATE, may_rate_request),
    "check": (msg("Check the request"), ReliefVerb.CHECK, _checks),
    "raise": (msg("Raise to a higher level"), ReliefVerb.RAISE, may_manage_request),
    "edit": (msg("Correct"), ReliefVerb.EDIT, may_manage_request),
    "withdraw": (msg("Withdraw the request"), ReliefVerb.WITHDRAW, may_withdraw_request),
}


def request_offers(viewer: Viewer, request: SupportRequest) -> list[Offer]:
    """Acts on a request that this viewer can do now, in the order of their use."""
    return [
        Offer(_(label), reverse(f"relief:request-{verb}", args=[request.pk]))
        for verb, (label, act, may) in ACTS.items()
        if may_move(act, request.state) and may(viewer, request)
    ]


# --- the story -------------------------------------------------------------------------------------------------------
OWN_VERBS = frozenset(
    {ReliefVerb.RECEIVE, ReliefVerb.ASSIGN, ReliefVerb.ANSWER, ReliefVerb.RATE, ReliefVerb.LAPSE, ReliefVerb.WITHDRAW}
)


def story_of(lines: Any, *, is_official: bool = True) -> list[StoryEntry]:
    """What was done, newest first; an enterprise reads what was done towards it."""
    return [
        entry_of(line, _changes(line)) if is_official else _plain(line)
        for line in reversed(list(lines))
        if is_official or line.verb in OWN_VERBS
    ]


def _plain(line: AuditLine) -> StoryEntry:
    """The act and the agency, without what was noted on the way."""
    entry = entry_of(line, ())
    return StoryEntry(at=entry.at, act=entry.act, who="", post=entry.post)


def _changes(line: AuditLine) -> Iterator[Change]:
    for name, value in line.after.items():
        if name in UNSAID or name not in FIELDS:
            continue
        before, after = (_said(line.verb, name, each) for each in (line.before.get(name), value))
        if before != after:
            yield Change(label_of_field(line.verb, name), before or None, after)


def _said(verb: str, name: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return _(", ").join(str(each) for each in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(label_of_value(verb, name, str(value)))


# --- a common issue --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class IssueSheet:
    """Everything that the page of a common issue shows."""

    issue: CommonIssue
    requests: list[SupportRequest]
    answers: list[SupportAnswer]
    standing: TaskStanding | None
    may_answer: bool
    story: list[StoryEntry]


def issue_sheet(viewer: Viewer, issue: CommonIssue) -> IssueSheet:
    """Read everything about an issue once."""
    is_open = issue.state is SupportState.ASSIGNED
    return IssueSheet(
        issue=issue,
        requests=list(queries.requests_of_issue(viewer, issue)),
        answers=list(issue.answers.select_related("post__agency").order_by("at", "pk")),
        standing=_standing(viewer, issue),
        may_answer=is_open and own_lead_part(viewer, issue) is not None,
        story=story_of(queries.story(issue)),
    )
