"""What an agency asks of the office and what the office decides: extension, suspension with a plan, "not mine"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.errors import DomainError
from sushui.kernel.requirements import require_text
from sushui.kernel.viewer import Viewer
from sushui.supervision.enums import (
    ClockKind,
    PartRole,
    PartState,
    RequestKind,
    RequestState,
    TaskKind,
    Verb,
)
from sushui.supervision.models import SupervisedTask, TaskClock, TaskPart, TaskRequest
from sushui.supervision.permissions import may_decide_on_request, may_manage_task, may_work_on_part
from sushui.supervision.rules import DECIDES, EXTENDABLE
from sushui.supervision.services.clocks import (
    RUNNING,
    hold_clocks,
    save_dates,
    set_dates,
    start_clock,
    start_next_node,
)
from sushui.supervision.services.notify import tell_agencies, tell_deciders
from sushui.supervision.services.parts import lock_part
from sushui.supervision.services.steps import (
    Act,
    act_on,
    end_suspension,
    lapse_requests,
    require_countable,
    require_state,
)

AT_WORK = (PartState.SIGNED, PartState.IN_PROGRESS)


@dataclass(frozen=True)
class PlanStep:
    """A dated step of the plan with which a task is suspended."""

    on: date
    text: str


# --- extension -------------------------------------------------------------------------------------------------------
def ask_extension(
    viewer: Viewer,
    part: TaskPart,
    *,
    running: TaskClock,
    new_due_on: date,
    reason: str,
    seen_version: int | None = None,
) -> TaskRequest:
    """Ask for a later deadline, before the present one has passed, with a reason.

    Raises:
        StaleRecord: somebody else acted on the part after ``seen_version``.
        DomainError: ``day_too_far``, ``not_extendable``, ``deadline_over``, ``not_later``, ``text_missing``,
            ``asked_already``.
    """
    require_countable([new_due_on])
    with act_on(viewer, Verb.ASK_EXTENSION, part.task_id, allowed=may_work_on_part(viewer, part)) as act:
        own = lock_part(act, part, *AT_WORK, seen_version=seen_version)
        current = own.clocks.filter(RUNNING, pk=running.pk, kind__in=EXTENDABLE).first()
        current = _require_extendable(current, new_due_on)
        dates = {"clock": current, "old_due_on": current.due_on, "new_due_on": new_due_on}
        request = open_request(act, own, RequestKind.EXTENSION, reason, **dates)
        act.after |= {"old_due_on": current.due_on, "new_due_on": new_due_on}
        tell_deciders(act, request)
    return request


def _require_extendable(running: TaskClock | None, new_due_on: date) -> TaskClock:
    if running is None:
        raise DomainError(
            "not_extendable", _("This deadline does not run any more."), _("Open the task again to see which does.")
        )
    if clock.today() > running.due_on:
        raise DomainError(
            "deadline_over",
            _("The deadline %(day)s has passed: an extension is asked for before it."),
            _("Report what holds the task up; the office may suspend it with a plan."),
            day=running.due_on.isoformat(),
        )
    if new_due_on <= running.due_on:
        raise DomainError(
            "not_later",
            _("%(new)s is not later than the present deadline %(old)s."),
            _("Choose a later day."),
            new=new_due_on.isoformat(),
            old=running.due_on.isoformat(),
        )
    return running


def extend_deadline(viewer: Viewer, request: TaskRequest, *, note: str = "") -> TaskRequest:
    """Grant an extension: the clock runs to the new date, the old one stays in the request and the story."""
    allowed = may_decide_on_request(viewer, request)
    with act_on(viewer, Verb.EXTEND, request.part.task_id, allowed=allowed) as act:
        decided = decide(act, request, RequestState.GRANTED, note)
        running = decided.part.clocks.select_related("task").get(pk=decided.clock_id or 0)
        act.before["due_on"] = running.due_on
        running.fixed_on, running.pauses = decided.new_due_on, []
        set_dates(act.table, running)
        save_dates(running)
        act.after |= {"due_on": running.due_on, "what": running.kind}
        _go_on_reporting(act, decided.part, running)
        tell_agencies(act, [decided.part])
    return decided


def _go_on_reporting(act: Act, part: TaskPart, extended: TaskClock) -> None:
    """Continuing work whose nodes had run out before its end has nodes again when the end is put off."""
    nodes = part.clocks.filter(kind=ClockKind.NODE)
    is_end = act.task.kind is TaskKind.CONTINUING and extended.kind is ClockKind.RESULT
    if is_end and extended.is_running and not nodes.filter(RUNNING).exists():
        reported = [node.reported_until_on for node in nodes]
        start_next_node(act.table, act.task, part, after=max([clock.today(), *reported]))


def refuse_extension(viewer: Viewer, request: TaskRequest, *, note: str) -> TaskRequest:
    """Refuse an extension, with the reason; the deadline stands."""
    return _refuse(viewer, request, Verb.REFUSE_EXTENSION, note)


# --- suspension with a plan ------------------------------------------------------------------------------------------
def ask_suspension(
    viewer: Viewer, part: TaskPart, *, reason: str, plan: Sequence[PlanStep], seen_version: int | None = None
) -> TaskRequest:
    """Ask to suspend a task that cannot be done now, handing in a plan of dated steps (the second 1 of 13710).

    Raises:
        StaleRecord: somebody else acted on the part after ``seen_version``.
        DomainError: ``not_the_lead``, ``plan_missing``, ``plan_past``, ``day_too_far``, ``text_missing``,
            ``asked_already``.
    """
    with act_on(viewer, Verb.ASK_SUSPENSION, part.task_id, allowed=may_work_on_part(viewer, part)) as act:
        own = lock_part(act, part, *AT_WORK, seen_version=seen_version)
        require_lead(own)
        require_state(Verb.SUSPEND, act.task)
        steps = _require_plan(plan)
        request = open_request(act, own, RequestKind.SUSPENSION, reason, plan=steps)
        act.after["plan"] = steps
        tell_deciders(act, request)
    return request


def _require_plan(plan: Sequence[PlanStep]) -> list[dict[str, str]]:
    """The plan as it is stored, by date.

    Raises:
        DomainError: ``plan_missing``, ``plan_past``, ``day_too_far``.
    """
    if not plan:
        raise DomainError(
            "plan_missing", _("A suspension needs a plan."), _("Write at least one step with the day it is due.")
        )
    steps = sorted(plan, key=lambda step: step.on)
    _require_ahead([step.on for step in steps])
    require_countable(step.on for step in steps)
    return [{"on": step.on.isoformat(), "text": require_text(step.text, "Step")} for step in steps]


def _require_ahead(days: Sequence[date]) -> None:
    if days[0] <= clock.today():
        raise DomainError(
            "plan_past",
            _("The step of %(day)s does not lie ahead."),
            _("Give each step a day after today."),
            day=days[0].isoformat(),
        )


def grant_suspension(viewer: Viewer, request: TaskRequest, *, note: str = "") -> TaskRequest:
    """Suspend the task with the plan that was handed in: its clocks stop, each step of the plan runs.

    What was asked about the clocks that stop lapses. Refused when a step has passed meanwhile (``plan_past``).
    """
    allowed = may_decide_on_request(viewer, request)
    with act_on(viewer, Verb.SUSPEND, request.part.task_id, allowed=allowed) as act:
        decided = decide(act, request, RequestState.GRANTED, note)
        act.move()
        _require_ahead([date.fromisoformat(step["on"]) for step in decided.plan])
        lapse_requests(act, TaskRequest.objects.filter(part__task=act.task, kind=RequestKind.EXTENSION))
        act.after["plan"] = decided.plan
        parts = list(act.task.parts.filter(is_open=True).select_related("agency"))
        hold_clocks(act.task.clocks.all())
        for step in decided.plan:
            on = date.fromisoformat(step["on"])
            start_clock(act.table, act.task, decided.part, ClockKind.PLAN_STEP, fixed_on=on, label=step["text"][:255])
        tell_agencies(act, parts)
    return decided


def refuse_suspension(viewer: Viewer, request: TaskRequest, *, note: str) -> TaskRequest:
    """Refuse a suspension, with the reason; the clocks run on."""
    return _refuse(viewer, request, Verb.REFUSE_SUSPENSION, note)


def resume_task(viewer: Viewer, task: SupervisedTask, *, note: str) -> None:
    """Let a suspended task run again: the days it stood still do not count, what is left of the plan is dropped."""
    with act_on(viewer, Verb.RESUME, task.pk, allowed=may_manage_task(viewer, task)) as act:
        act.note = require_text(note, "Reason")
        act.move()
        end_suspension(act)
        tell_agencies(act, act.task.parts.filter(is_open=True).select_related("agency"))


# --- shared ----------------------------------------------------------------------------------------------------------
def open_request(act: Act, part: TaskPart, kind: RequestKind, text: str, **values: Any) -> TaskRequest:
    """Write a request that waits for the office.

    Raises:
        DomainError: ``asked_already`` while one of its kind is open for the part; ``text_missing``.
    """
    if part.requests.filter(kind=kind, state=RequestState.OPEN).exists():
        raise DomainError(
            "asked_already", _("This was asked already and waits for a decision."), _("Wait for the office's decision.")
        )
    act.note = require_text(text, "Reason")
    request: TaskRequest = TaskRequest.objects.create(
        division_id=part.division_id,
        part=part,
        kind=kind,
        text=act.note,
        at=clock.now(),
        post_id=act.viewer.post_id,
        **values,
    )
    act.after["request"] = request.pk
    return request


def decide(act: Act, request: TaskRequest, state: RequestState, note: str) -> TaskRequest:
    """Write the office's decision, once.

    Raises:
        DomainError: ``decided_already``; ``wrong_request`` when the act decides another kind.
    """
    rows = TaskRequest.objects.select_for_update(of=("self",)).select_related("part__agency")
    current = rows.get(pk=request.pk)
    if current.state is not RequestState.OPEN:
        raise DomainError(
            "decided_already", _("This was decided already."), _("Open the task again to see the decision.")
        )
    if current.kind is not DECIDES[act.verb]:
        raise DomainError(
            "wrong_request",
            _("This is “%(kind)s”, which is decided in another way."),
            _("Open the task again to see what can be done."),
            kind=translate(current.kind.msgid),
        )
    current.state, current.decided_at, current.decided_by_id = state, clock.now(), act.viewer.post_id
    current.decision_note = note.strip()
    current.version += 1
    current.save(update_fields=["state", "decided_at", "decided_by", "decision_note", "version"])
    act.part(current.part)
    act.note = current.decision_note
    act.after |= {"request": current.pk, "decision": state}
    return current


def require_lead(part: TaskPart) -> None:
    if part.role is not PartRole.LEAD:
        raise DomainError(
            "not_the_lead",
            _("Only the lead agency does this; %(agency)s supports."),
            _("Answer the lead agency instead."),
            agency=str(part.agency),
        )


def _refuse(viewer: Viewer, request: TaskRequest, verb: Verb, note: str) -> TaskRequest:
    with act_on(viewer, verb, request.part.task_id, allowed=may_decide_on_request(viewer, request)) as act:
        decided = decide(act, request, RequestState.REFUSED, require_text(note, "Reason"))
        tell_agencies(act, [decided.part])
    return decided
