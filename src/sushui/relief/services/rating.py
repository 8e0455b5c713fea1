"""What the enterprise says of an answer decides whether its request is closed."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.days import working_calendar
from sushui.kernel.errors import Forbidden
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import save_changes
from sushui.kernel.viewer import Clockwork, Viewer
from sushui.relief.enums import ReliefVerb, Satisfaction, SupportState
from sushui.relief.models import CommonIssue, SpotCheck, SupportRating, SupportRequest
from sushui.relief.permissions import is_asker, may_rate_request
from sushui.relief.queries import newest_answer, relief_limits
from sushui.relief.rules.life import ENDED, state_after_rating
from sushui.relief.services.notify import tell_of_reopening
from sushui.relief.services.steps import lock_request


@transaction.atomic
def rate_request(
    viewer: Viewer,
    request: SupportRequest,
    *,
    satisfaction: Satisfaction,
    words: str = "",
    seen_version: int | None = None,
) -> SupportRequest:
    """Rate the newest answer: satisfied closes the request, not satisfied reopens it with what is missing.

    Reopened as often as the setting says, the office checks it itself.

    Raises:
        StaleRecord, DomainError: ``wrong_state``; ``text_missing`` where nobody says what is missing.
    """
    if not may_rate_request(viewer, request):
        raise Forbidden
    row = lock_request(request, ReliefVerb.RATE, seen_version)
    is_by_phone = not is_asker(viewer, row)
    said = require_text(words, "What is not solved yet") if satisfaction is Satisfaction.NOT else words.strip()
    _write(viewer, row, satisfaction, said, is_by_phone)
    most = relief_limits(row.division_id).most_reopenings
    row.rating, row.state = satisfaction, state_after_rating(satisfaction, reopened=row.reopened_count, most=most)
    is_closed = row.state is SupportState.CLOSED
    row.closed_on = clock.today() if is_closed else None
    row.reopened_count += 0 if is_closed else 1
    save_changes(row, "rating", "state", "closed_on", "reopened_count")
    after = {"satisfaction": satisfaction, "state": row.state}
    record_act(viewer, ReliefVerb.RATE, row, after=after | ({"told_by_phone": True} if is_by_phone else {}), note=said)
    _follow(viewer, row)
    return row


def _write(viewer: Viewer, row: SupportRequest, satisfaction: Satisfaction, words: str, is_by_phone: bool) -> None:
    answer = newest_answer(row)
    assert answer is not None, "what is answered has an answer"
    values = {"satisfaction": satisfaction, "words": words, "is_by_phone": is_by_phone}
    by = {"post_id": viewer.post_id, "at": clock.now()}
    SupportRating.objects.update_or_create(request=row, answer=answer, defaults={**values, **by})


def _follow(viewer: Viewer, row: SupportRequest) -> None:
    """Tell of a reopening; put down what the office is to check; close an issue with the last of its requests."""
    if row.state is SupportState.CHECKING:
        SpotCheck.objects.get_or_create(request=row, verdict="")
    if row.state is not SupportState.CLOSED:
        tell_of_reopening(viewer, row, is_to_check=row.state is SupportState.CHECKING)
    elif row.issue_id is not None:
        close_issue_when_done(row.issue_id)


def close_issue_when_done(issue_id: int) -> None:
    """A common issue is closed when each of its enterprises has said so."""
    issue = CommonIssue.objects.select_for_update().get(pk=issue_id)
    if issue.state is SupportState.ANSWERED and not issue.requests.exclude(state__in=ENDED).exists():
        issue.state, issue.closed_on = SupportState.CLOSED, clock.today()
        save_changes(issue, "state", "closed_on")


def lapse_ratings() -> int:
    """Close what was answered so long ago that a rating is no longer waited for; gives how many."""
    waiting = SupportRequest.objects.filter(state=SupportState.ANSWERED, answered_on__lt=clock.today())
    overdue = [row.pk for row in waiting.only("pk", "division_id", "answered_on") if _is_overdue(row)]
    return sum(_lapse(number) for number in overdue)


def _is_overdue(row: SupportRequest) -> bool:
    answered_on: date = row.answered_on or clock.today()
    last_on = working_calendar().add_working_days(answered_on, relief_limits(row.division_id).rating_days)
    return clock.today() > last_on


@transaction.atomic
def _lapse(number: int) -> int:
    row = SupportRequest.objects.select_for_update().get(pk=number)
    if row.state is not SupportState.ANSWERED:
        return 0
    row.state, row.closed_on = SupportState.CLOSED, clock.today()
    save_changes(row, "state", "closed_on")
    record_act(Clockwork(row.division_id), ReliefVerb.LAPSE, row)
    if row.issue_id is not None:
        close_issue_when_done(row.issue_id)
    return 1
