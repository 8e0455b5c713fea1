"""Applying for closing, closing with a grade, and returning."""

from __future__ import annotations

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.notices.enums import NoticeTone
from sushui.supervision.enums import ClockKind, Grade, PartRole, PartState, RequestKind, RequestState, Verb
from sushui.supervision.models import TaskPart, TaskRequest
from sushui.supervision.permissions import may_decide_on_task, may_work_on_part
from sushui.supervision.services.clocks import cancel_clocks, meet_clocks, release_clocks, reopen_clocks
from sushui.supervision.services.notify import tell_agencies, tell_office
from sushui.supervision.services.parts import lock_part, move_part
from sushui.supervision.services.requests import decide, open_request, require_lead
from sushui.supervision.services.steps import Act, act_on, require_text


def apply_for_closing(viewer: Viewer, part: TaskPart, *, text: str) -> TaskRequest:
    """The lead agency says that the task is done; its result clock waits for the office's decision.

    Raises:
        DomainError: ``wrong_state``, ``not_the_lead``, ``text_missing``.
    """
    with act_on(viewer, Verb.APPLY, part.task_id, allowed=may_work_on_part(viewer, part)) as act:
        own = lock_part(act, part, PartState.SIGNED, PartState.IN_PROGRESS)
        require_lead(own)
        act.move()
        release_clocks(act.table, own.clocks.select_related("task"))
        meet_clocks(own, ClockKind.RESULT)
        request = open_request(act, own, RequestKind.CLOSING, text)
        act.after["unanswered"] = _unanswered(act)
        tell_office(act, request)
    return request


def _unanswered(act: Act) -> list[str]:
    """Supporting agencies that have not answered yet: shown to whoever decides."""
    rows = act.task.parts.filter(role=PartRole.SUPPORTING, is_open=True).select_related("agency")
    return [str(part.agency) for part in rows]


def close_task(viewer: Viewer, request: TaskRequest, *, grade: Grade, note: str = "") -> TaskRequest:
    """Strike the task off with a grade: every clock ends, the task is late if its result was."""
    task = request.part.task
    with act_on(viewer, Verb.CLOSE, task.pk, allowed=may_decide_on_task(viewer, task)) as act:
        decided = decide(act, request, RequestState.GRANTED, note)
        act.move()
        act.set(grade=grade, closed_on=clock.today(), is_late=_was_late(decided.part))
        parts = list(act.task.parts.filter(is_open=True).select_related("agency"))
        for part in parts:
            move_part(act, part, PartState.ANSWERED if part.role is PartRole.LEAD else PartState.ENDED)
        cancel_clocks(act.task)
        tell_agencies(act, parts)
    return decided


def _was_late(part: TaskPart) -> bool:
    results = part.clocks.filter(kind=ClockKind.RESULT).exclude(met_on=None)
    return any(result.met_on is not None and result.met_on > result.due_on for result in results)


def return_task(viewer: Viewer, request: TaskRequest, *, note: str) -> TaskRequest:
    """Send the task back for more work: the result clock runs on as if it had never stopped."""
    task = request.part.task
    with act_on(viewer, Verb.RETURN, task.pk, allowed=may_decide_on_task(viewer, task)) as act:
        decided = decide(act, request, RequestState.REFUSED, require_text(note, "Reason"))
        act.move()
        act.set(returned_count=act.task.returned_count + 1, returned_on=clock.today())
        reopen_clocks(act.table, decided.part, ClockKind.RESULT)
        tell_agencies(act, [decided.part], NoticeTone.YELLOW)
    return decided
