"""Applying for closing, closing with a grade, and returning."""

from __future__ import annotations

from collections.abc import Sequence

from sushui.documents.services import ReceivedFile
from sushui.kernel import clock
from sushui.kernel.events import publish
from sushui.kernel.requirements import require_text
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.notices.enums import NoticeTone
from sushui.supervision.enums import (
    ClockKind,
    Grade,
    PartRole,
    PartState,
    RequestKind,
    RequestState,
    Rung,
    TaskState,
    Verb,
)
from sushui.supervision.events import TaskClosed, TaskReturned
from sushui.supervision.models import TaskPart, TaskRequest
from sushui.supervision.permissions import may_decide_on_request, may_work_on_part
from sushui.supervision.services.clocks import cancel_clocks, hold_clocks, meet_clocks, reopen_clocks
from sushui.supervision.services.notify import tell_agencies, tell_deciders, tell_of_returns
from sushui.supervision.services.papers import carry_files
from sushui.supervision.services.parts import lock_part, move_part
from sushui.supervision.services.requests import decide, open_request, require_lead
from sushui.supervision.services.steps import Act, act_on, changes, end_suspension, lapse_requests

# Nothing more needs to come for a task that was returned too often: it is red and listed at once.
RETURNED_TOO_OFTEN = {
    Rung.RED: msg("Red: %(agency)s, returned again: %(title)s"),
    Rung.LISTED: msg("To be listed: %(agency)s, returned again: %(title)s"),
}
MET_BY_APPLICATION = (ClockKind.ARRANGEMENT, ClockKind.FEEDBACK, ClockKind.NODE, ClockKind.RESULT)


def apply_for_closing(
    viewer: Viewer,
    part: TaskPart,
    *,
    text: str,
    files: Sequence[ReceivedFile] = (),
    seen_version: int | None = None,
) -> TaskRequest:
    """The lead agency says that the task is done; its clocks wait for the office's decision.

    The application says what was arranged and done, so it answers those clocks too. It may be made out of a
    suspension, which ends with it. ``files`` were received before and hang on the application.

    Raises:
        StaleRecord: somebody else acted on the part after ``seen_version``.
        DomainError: ``wrong_state``, ``not_the_lead``, ``text_missing``.
    """
    with act_on(viewer, Verb.APPLY, part.task_id, allowed=may_work_on_part(viewer, part)) as act:
        own = lock_part(act, part, PartState.SIGNED, PartState.IN_PROGRESS, seen_version=seen_version)
        require_lead(own)
        was_suspended = act.task.state is TaskState.SUSPENDED
        act.move()
        if was_suspended:
            end_suspension(act)
        meet_clocks(act.table, own, *MET_BY_APPLICATION)
        request = open_request(act, own, RequestKind.CLOSING, text)
        act.after["unanswered"] = _unanswered(act)
        carry_files(act, request, files)
        tell_deciders(act, request)
    return request


def _unanswered(act: Act) -> list[str]:
    """Supporting agencies that have not answered yet: shown to whoever decides."""
    rows = act.task.parts.filter(role=PartRole.SUPPORTING, is_open=True).select_related("agency")
    return [str(part.agency) for part in rows]


def close_task(viewer: Viewer, request: TaskRequest, *, grade: Grade, note: str = "") -> TaskRequest:
    """Strike the task off with a grade: every clock ends, the task is late if its result was."""
    allowed = may_decide_on_request(viewer, request)
    with act_on(viewer, Verb.CLOSE, request.part.task_id, allowed=allowed) as act:
        decided = decide(act, request, RequestState.GRANTED, note)
        act.move()
        act.set(grade=grade, closed_on=clock.today(), is_late=_was_late(decided.part))
        parts = list(act.task.parts.filter(is_open=True).select_related("agency"))
        for part in parts:
            move_part(act, part, PartState.ANSWERED if part.role is PartRole.LEAD else PartState.ENDED)
        cancel_clocks(act.task)
        lapse_requests(act, TaskRequest.objects.filter(part__task=act.task))
        tell_agencies(act, parts)
        said = "\n".join(filter(None, [decided.text, note.strip()]))
        publish(TaskClosed(viewer, act.task.pk, clock.today(), said))
    return decided


def _was_late(part: TaskPart) -> bool:
    results = part.clocks.filter(kind=ClockKind.RESULT).exclude(met_on=None)
    return any(result.met_on is not None and result.met_on > result.due_on for result in results)


def return_task(viewer: Viewer, request: TaskRequest, *, note: str) -> TaskRequest:
    """Send the task back for more work: the result clock runs on as if it had never stopped.

    Where a setting says so, the lead's clocks stand still from then to its next report or application. The return that
    makes the task red is told to the leader.
    """
    allowed = may_decide_on_request(viewer, request)
    with act_on(viewer, Verb.RETURN, request.part.task_id, allowed=allowed) as act:
        decided = decide(act, request, RequestState.REFUSED, require_text(note, "Reason"))
        act.move()
        act.set(returned_count=act.task.returned_count + 1, returned_on=clock.today())
        reopen_clocks(act.table, decided)
        _hold_returned(act, decided.part)
        tell_agencies(act, [decided.part], NoticeTone.YELLOW)
        if 0 < act.table.limits.red_after_returns <= act.task.returned_count:
            act.after |= changes(rung=_climb(act, decided.part))
        publish(TaskReturned(viewer, act.task.pk, note.strip()))
    return decided


def _climb(act: Act, part: TaskPart) -> list[Rung]:
    """Raise what the ladder raises for a task that is red by its returns; gives the rungs that were not climbed yet."""
    return [rung for rung, msgid in RETURNED_TOO_OFTEN.items() if tell_of_returns(act, part, rung, msgid)]


def _hold_returned(act: Act, part: TaskPart) -> None:
    """Stop the lead's clocks that stop when a task is returned; what was asked about them lapses."""
    held = hold_clocks(part.clocks.filter(stops_when_returned=True))
    lapse_requests(act, part.requests.filter(kind=RequestKind.EXTENSION, clock__in=held))
