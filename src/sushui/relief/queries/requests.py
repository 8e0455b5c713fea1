"""Requests and common issues that a viewer may know of."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from sushui.enterprises.queries import visible_enterprises
from sushui.kernel import search
from sushui.kernel.audit import target_of
from sushui.kernel.errors import NotFound
from sushui.kernel.models import AuditLine, Subject
from sushui.kernel.viewer import Viewer
from sushui.relief.enums import SupportState
from sushui.relief.models import CommonIssue, SupportAnswer, SupportRating, SupportRequest
from sushui.relief.permissions import may_open_own_requests, may_open_requests, may_see_all_requests
from sushui.relief.rules.life import ENDED
from sushui.supervision.enums import PartRole
from sushui.supervision.queries import parts_of, visible_tasks

if TYPE_CHECKING:
    from sushui.enterprises.models import Enterprise
    from sushui.supervision.models import TaskPart

REQUEST_SUBJECT, ISSUE_SUBJECT = "support_request", "common_issue"
NAMES = ("enterprise__division", "enterprise__zone", "enterprise__cluster", "lead_agency", "agency", "division", "task")


def visible_requests(viewer: Viewer) -> QuerySet[SupportRequest]:
    """Requests the viewer may know of.

    The leaders and the two offices know all of their divisions and those below; an agency those that its people
    entered, of which it was alerted, or in whose tasks it has or had a part; an enterprise its own alone. Whoever
    answers for an enterprise or stands by it does not know by that what it asks for: it may complain about them.
    """
    rows = SupportRequest.objects.filter(division_id__in=viewer.division_ids)
    if may_see_all_requests(viewer):
        return rows
    if may_open_requests(viewer):
        return rows.filter(_theirs(viewer))
    if may_open_own_requests(viewer):
        return rows.filter(enterprise__in=visible_enterprises(viewer))
    return rows.none()


def _theirs(viewer: Viewer) -> Q:
    own = viewer.agency_ids
    worked_on = visible_tasks(viewer).exclude(subject=None).values("subject_id")
    return (
        Q(agency_id__in=own)
        | Q(alerted_agency_id__in=own)
        | Q(subject_id__in=worked_on)
        | Q(issue__subject_id__in=worked_on)
    )


def visible_issues(viewer: Viewer) -> QuerySet[CommonIssue]:
    """Common issues: the officials' alone, those who see all requests and the agencies that work on them."""
    rows = CommonIssue.objects.filter(division_id__in=viewer.division_ids)
    if may_see_all_requests(viewer):
        return rows
    if not may_open_requests(viewer):
        return rows.none()
    return rows.filter(subject_id__in=visible_tasks(viewer).exclude(subject=None).values("subject_id"))


def visible_request_subjects(viewer: Viewer) -> QuerySet[Subject]:
    """The subject rows of those requests, for the rooms below."""
    return Subject.objects.filter(kind=REQUEST_SUBJECT, pk__in=visible_requests(viewer).values("subject_id"))


def visible_issue_subjects(viewer: Viewer) -> QuerySet[Subject]:
    """The subject rows of those issues."""
    return Subject.objects.filter(kind=ISSUE_SUBJECT, pk__in=visible_issues(viewer).values("subject_id"))


def request_for(viewer: Viewer, request_id: int) -> SupportRequest:
    """One request with what its page names.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = visible_requests(viewer).select_related(
        *NAMES, "subject", "issue__task__order", "task__order", "post__agency", "alerted_agency", "visit"
    )
    found: SupportRequest = _one(rows.filter(pk=request_id))
    return found


def issue_for(viewer: Viewer, issue_id: int) -> CommonIssue:
    """One common issue.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = visible_issues(viewer).select_related("subject", "task__order", "lead_agency", "division", "post__agency")
    found: CommonIssue = _one(rows.filter(pk=issue_id))
    return found


def _one(rows: QuerySet[Any]) -> Any:
    found = rows.first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class RequestFilter:
    """What a list is narrowed to. ``state``: empty is what is open, ``all`` everything."""

    text: str = ""
    state: str = ""
    kind: str = ""
    channel: str = ""
    agency_id: int | None = None

    @property
    def query(self) -> str:
        """The query under which the page is narrowed so."""
        said = {each.name.removesuffix("_id"): getattr(self, each.name) for each in fields(self)}
        return urlencode({name: value for name, value in said.items() if value})


def requests(viewer: Viewer, narrowed: RequestFilter = RequestFilter()) -> QuerySet[SupportRequest]:
    """Requests, narrowed; not yet ordered or paged."""
    rows = visible_requests(viewer).select_related(*NAMES, "issue__task").filter(_conditions(narrowed))
    if not narrowed.text.strip():
        return rows
    wanted = search.query(narrowed.text)
    return rows.none() if wanted is None else search.holding(rows, wanted, viewer.division_ids, through="subject__")


def _conditions(narrowed: RequestFilter) -> Q:
    pairs = (("kind", narrowed.kind), ("channel", narrowed.channel), ("lead_agency_id", narrowed.agency_id))
    said = Q(**{field: value for field, value in pairs if value})
    if narrowed.state in set(SupportState):
        return said & Q(state=narrowed.state)
    return said if narrowed.state == "all" else said & ~Q(state__in=ENDED)


def awaiting_of_agency(viewer: Viewer) -> QuerySet[SupportRequest]:
    """Requests on which the viewer's agency or one under it must work now, as lead or support, the oldest first."""
    tasks = visible_tasks(viewer).filter(is_open=True, parts__agency_id__in=viewer.agency_ids, parts__is_open=True)
    of_it = Q(task__in=tasks.values("pk")) | Q(issue__task__in=tasks.values("pk"))
    rows = visible_requests(viewer).filter(of_it, state=SupportState.ASSIGNED)
    return rows.select_related(*NAMES, "issue__task").order_by("received_on", "pk")


def requests_of_enterprise(viewer: Viewer, enterprise: Enterprise) -> QuerySet[SupportRequest]:
    """The requests of one enterprise that the viewer may know of, the newest first."""
    return visible_requests(viewer).filter(enterprise=enterprise).select_related(*NAMES, "issue").order_by("-pk")


def requests_of_issue(viewer: Viewer, issue: CommonIssue) -> QuerySet[SupportRequest]:
    """The requests gathered in an issue, in the order in which they came."""
    rows = visible_requests(viewer).filter(issue=issue).select_related(*NAMES, "issue__task")
    return rows.order_by("received_on", "pk")


def state_counts(viewer: Viewer) -> dict[SupportState, int]:
    """How many requests stand where; one query."""
    rows = visible_requests(viewer).order_by().values_list("state").annotate(count=Count("pk"))
    return {SupportState(state): count for state, count in rows}


# --- what was answered -----------------------------------------------------------------------------------------------
def answers_of(request: SupportRequest) -> QuerySet[SupportAnswer]:
    """What was answered to the request, alone or with others, in the order of time."""
    own = Q(request=request) | Q(issue_id=request.issue_id, issue__isnull=False)
    return SupportAnswer.objects.filter(own).select_related("post__agency", "agency").order_by("at", "pk")


def newest_answer(request: SupportRequest) -> SupportAnswer | None:
    """The answer that counts."""
    return answers_of(request).last()


def ratings_of(request: SupportRequest) -> QuerySet[SupportRating]:
    """How each answer was rated."""
    return SupportRating.objects.filter(request=request).select_related("post__agency").order_by("at", "pk")


def lead_part(matter: SupportRequest | CommonIssue) -> TaskPart | None:
    """The open lead part of the matter's task; None where nobody works on it."""
    if matter.task is None:
        return None
    return next((part for part in parts_of(matter.task) if part.role is PartRole.LEAD and part.is_open), None)


def story(matter: SupportRequest | CommonIssue) -> QuerySet[AuditLine]:
    """What happened, in the order of time."""
    return AuditLine.objects.filter(target=target_of(matter)).order_by("id")
