"""Answers to enterprises: by the lead agency, or by the office where nobody else is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.documents.queries import counts_by_target
from sushui.documents.services import ReceivedFile, Target, attach_received, told
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.relief.enums import ReliefVerb, SupportKind, SupportState
from sushui.relief.models import CommonIssue, SupportAnswer, SupportRequest
from sushui.relief.permissions import may_manage_request
from sushui.relief.queries import lead_part
from sushui.relief.rules.life import WAITING
from sushui.relief.services.notify import tell_asker
from sushui.relief.services.receiving import FILES
from sushui.relief.services.steps import lock_request, require_possible
from sushui.supervision.enums import PartState, ReportKind, TaskState
from sushui.supervision.permissions import may_work_on_part
from sushui.supervision.services import apply_for_closing, report_progress, sign_for_task

if TYPE_CHECKING:
    from sushui.supervision.models import TaskPart

APPLIES_FROM = frozenset({TaskState.ASSIGNED, TaskState.SIGNED, TaskState.IN_PROGRESS, TaskState.RETURNED})


def own_lead_part(viewer: Viewer, matter: SupportRequest | CommonIssue) -> TaskPart | None:
    """The lead part of the matter's task where the viewer may work on it."""
    part = lead_part(matter)
    return part if part is not None and may_work_on_part(viewer, part) else None


def _require_answerer(viewer: Viewer, request: SupportRequest) -> TaskPart | None:
    """The lead part that the viewer works on; none where the office answers what nobody was given.

    Raises:
        Forbidden: anybody else.
    """
    part = own_lead_part(viewer, request)
    if part is None and not (request.state in WAITING and may_manage_request(viewer, request)):
        raise Forbidden
    return part


def _signed(viewer: Viewer, part: TaskPart) -> TaskPart:
    return sign_for_task(viewer, part) if part.state is PartState.ASSIGNED else part


@transaction.atomic
def note_contact(
    viewer: Viewer, request: SupportRequest, *, text: str, seen_version: int | None = None
) -> SupportRequest:
    """Say that the enterprise was called and what was agreed: the clock of the contact is met.

    Raises:
        StaleRecord, DomainError: ``wrong_state``, ``text_missing``.
    """
    part = _require_answerer(viewer, request)
    row = lock_request(request, ReliefVerb.CONTACT, seen_version)
    if part is None:
        raise Forbidden
    report_progress(viewer, _signed(viewer, part), kind=ReportKind.FEEDBACK, text=text)
    row.contacted_on = clock.today()
    save_changes(row, "contacted_on")
    record_act(viewer, ReliefVerb.CONTACT, row, note=text.strip())
    return row


@transaction.atomic
def answer_request(
    viewer: Viewer,
    request: SupportRequest,
    *,
    text: str,
    files: Sequence[ReceivedFile] = (),
    seen_version: int | None = None,
) -> SupportAnswer:
    """Answer the enterprise; the lead agency applies for closing with the same words in the same act.

    Raises:
        StaleRecord, DomainError: ``wrong_state``, ``text_missing``; ``evidence_missing`` where obstruction is answered
            without a paper or photo of what was done.
    """
    part = _require_answerer(viewer, request)
    row = lock_request(request, ReliefVerb.ANSWER, seen_version)
    said = require_text(text, "Answer to the enterprise")
    attached = attach_received(viewer, target=Target(FILES, row.pk), received=files) if files else []
    _require_evidence(viewer, row)
    answer = _write(viewer, said, request=row)
    mark_answered(row)
    row.lead_agency_id = part.agency_id if part is not None else viewer.agency_id
    save_changes(row, "state", "answered_on", "lead_agency_id")
    record_act(viewer, ReliefVerb.ANSWER, row, after={"answer": answer.pk, **told(attached)}, note=said)
    tell_asker(viewer, row)
    _apply(viewer, part, row, said)
    return answer


def _require_evidence(viewer: Viewer, row: SupportRequest) -> None:
    if row.kind is SupportKind.OBSTRUCTION and not counts_by_target(viewer, FILES, [row.pk]).get(row.pk):
        raise DomainError(
            "evidence_missing",
            _("What was done about an obstruction is answered with evidence."),
            _("Attach the record or photos to the request first."),
        )


def _write(viewer: Viewer, text: str, **to: SupportRequest | CommonIssue) -> SupportAnswer:
    return SupportAnswer.objects.create(
        text=text, post_id=viewer.post_id, agency_id=viewer.agency_id, at=clock.now(), **to
    )


def mark_answered(row: SupportRequest | CommonIssue) -> None:
    """The next move is the enterprise's; not saved."""
    row.state, row.answered_on = SupportState.ANSWERED, clock.today()


def _apply(viewer: Viewer, part: TaskPart | None, row: SupportRequest | CommonIssue, said: str) -> None:
    if part is not None and row.task is not None and row.task.state in APPLIES_FROM:
        apply_for_closing(viewer, _signed(viewer, part), text=said)


@transaction.atomic
def answer_issue(viewer: Viewer, issue: CommonIssue, *, text: str, seen_version: int | None = None) -> SupportAnswer:
    """Answer a common issue once, to every enterprise whose request was gathered in it.

    Raises:
        StaleRecord, DomainError: ``wrong_state``, ``text_missing``.
    """
    part = own_lead_part(viewer, issue)
    if part is None:
        raise Forbidden
    row = CommonIssue.objects.select_for_update(of=("self",)).select_related("task__order").get(pk=issue.pk)
    check_version(row, seen_version)
    require_possible(ReliefVerb.ANSWER, row)
    said = require_text(text, "Answer to the enterprise")
    answer = answer_all(viewer, row, said)
    _apply(viewer, part, row, said)
    return answer


def answer_all(viewer: Viewer, issue: CommonIssue, said: str) -> SupportAnswer:
    """Write the one answer, and pass it to each of the requests (the issue is locked by the caller)."""
    answer = _write(viewer, said, issue=issue)
    mark_answered(issue)
    save_changes(issue, "state", "answered_on")
    record_act(viewer, ReliefVerb.ANSWER, issue, after={"answer": answer.pk}, note=said)
    rows = issue.requests.select_for_update(of=("self",)).select_related("enterprise").order_by("pk")
    for row in rows.filter(state=SupportState.ASSIGNED, task=None):
        mark_answered(row)
        save_changes(row, "state", "answered_on")
        record_act(viewer, ReliefVerb.ANSWER, row, after={"answer": answer.pk}, note=said)
        tell_asker(viewer, row)
    return answer


def answer_alone(viewer: Viewer, row: SupportRequest, said: str) -> SupportAnswer:
    """Write an answer that supervision heard, to one request that the caller has locked."""
    answer = _write(viewer, said, request=row)
    mark_answered(row)
    save_changes(row, "state", "answered_on")
    record_act(viewer, ReliefVerb.ANSWER, row, after={"answer": answer.pk}, note=said)
    tell_asker(viewer, row)
    return answer
