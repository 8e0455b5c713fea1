"""What supervision tells of the tasks that stand on requests and common issues."""

from __future__ import annotations

from sushui.kernel.audit import record_act
from sushui.kernel.versions import save_changes
from sushui.kernel.viewer import Viewer
from sushui.relief.enums import ReliefVerb, SupportState
from sushui.relief.models import CommonIssue, SupportRequest
from sushui.relief.services.answering import answer_all, answer_alone
from sushui.supervision.events import TaskClosed, TaskReturned


def note_closed_task(event: TaskClosed) -> None:
    """A task was struck off that nobody had answered from: what its closing says is the answer."""
    for row in _requests(event.task_id, SupportState.ASSIGNED):
        answer_alone(event.viewer, row, event.text)
    for issue in _issues(event.task_id, SupportState.ASSIGNED):
        answer_all(event.viewer, issue, event.text)


def note_returned_task(event: TaskReturned) -> None:
    """The office was not content with an answer: the agencies have it again, and the enterprise need not rate it."""
    for row in _requests(event.task_id, SupportState.ANSWERED):
        _return(event.viewer, row, event.reason)
    for issue in _issues(event.task_id, SupportState.ANSWERED):
        _return(event.viewer, issue, event.reason)
        rows = SupportRequest.objects.select_for_update(of=("self",)).filter(issue=issue, task=None)
        for row in rows.filter(state=SupportState.ANSWERED).order_by("pk"):
            _return(event.viewer, row, event.reason)


def _requests(task_id: int, state: SupportState) -> list[SupportRequest]:
    rows = SupportRequest.objects.select_for_update(of=("self",)).select_related("enterprise")
    return list(rows.filter(task_id=task_id, state=state))


def _issues(task_id: int, state: SupportState) -> list[CommonIssue]:
    return list(CommonIssue.objects.select_for_update(of=("self",)).filter(task_id=task_id, state=state))


def _return(viewer: Viewer, row: SupportRequest | CommonIssue, reason: str) -> None:
    row.state, row.answered_on = SupportState.ASSIGNED, None
    save_changes(row, "state", "answered_on")
    record_act(viewer, ReliefVerb.RETURN, row, note=reason)
