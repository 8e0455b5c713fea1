"""What can be done to a record now, by this viewer; and what cannot be done yet, with the reason.

What a viewer may never do is not offered at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.supervision.adapter import Timetable
from sushui.supervision.enums import (
    ClockKind,
    PartRole,
    PartState,
    ReportKind,
    RequestKind,
    RequestState,
    TaskState,
    Verb,
)
from sushui.supervision.models import SupervisedTask, TaskClock, TaskPart, TaskRequest
from sushui.supervision.permissions import (
    may_appoint_handler,
    may_decide_on_request,
    may_manage_task,
    may_remind,
    may_withdraw_task,
    may_work_on_part,
)
from sushui.supervision.rules import REPORT_FOR, WORKING_PARTS, may_move
from sushui.supervision.services import EXTENDABLE, dispute_until

# What an act is called on a button; the key is its place in the address.
LABELS = {
    "sign": msg("Sign for it"),
    "report": msg("Report progress"),
    "answer": msg("Answer the lead agency"),
    "apply": msg("Apply for closing"),
    "ask-extension": msg("Ask for an extension"),
    "ask-suspension": msg("Ask for suspension with a plan"),
    "dispute": msg("Not ours"),
    "appoint": msg("Name the handler"),
    "assign": msg("Assign"),
    "remind": msg("Remind"),
    "resume": msg("Resume"),
    "withdraw": msg("Withdraw"),
    "close": msg("Close"),
    "return": msg("Return"),
    "extend": msg("Grant the extension"),
    "suspend": msg("Grant the suspension"),
    "refuse": msg("Refuse"),
    "decide-ownership": msg("Decide whose it is"),
}
DECISIONS = {
    RequestKind.CLOSING: ("close", "return"),
    RequestKind.EXTENSION: ("extend", "refuse"),
    RequestKind.SUSPENSION: ("suspend", "refuse"),
    RequestKind.OWNERSHIP: ("decide-ownership",),
}


@dataclass(frozen=True)
class Offer:
    """An act that is offered; ``blocked`` says why it cannot be done yet."""

    verb: str
    url: str
    blocked: str = ""

    @property
    def label(self) -> str:
        return _(LABELS[self.verb])


@dataclass(frozen=True)
class _Situation:
    """What decides about the acts on a part."""

    part: TaskPart
    running: Sequence[TaskClock]
    asked: frozenset[RequestKind]
    table: Timetable

    @property
    def is_lead(self) -> bool:
        return self.part.role is PartRole.LEAD

    @property
    def is_new(self) -> bool:
        return self.part.state is PartState.ASSIGNED


Reason = str | None  # None: not offered; empty: it can be done; else why it cannot be done yet


def part_offers(
    viewer: Viewer,
    part: TaskPart,
    running: Sequence[TaskClock],
    requests: Iterable[TaskRequest],
    table: Timetable,
) -> list[Offer]:
    """Acts on a part, in the order of their use."""
    asked = frozenset(each.kind for each in requests if each.part_id == part.pk and each.state is RequestState.OPEN)
    situation = _Situation(part, running, asked, table)
    may_work, may_appoint = may_work_on_part(viewer, part), may_appoint_handler(viewer, part)
    found = [(verb, reason(situation)) for verb, reason in _PART_ACTS.items() if may_work]
    if may_appoint and part.is_open:
        found.append(("appoint", ""))
    return [Offer(verb, part_url(part, verb), reason) for verb, reason in found if reason is not None]


def part_url(part: TaskPart, verb: str) -> str:
    return reverse(f"supervision:part-{verb}", args=[part.pk])


def _sign(it: _Situation) -> Reason:
    return "" if it.is_new else None


def _report(it: _Situation) -> Reason:
    return _at_work(it)


def _answer(it: _Situation) -> Reason:
    return None if it.is_lead else _at_work(it)


def _apply(it: _Situation) -> Reason:
    if not it.is_lead:
        return None
    if it.part.task.state is TaskState.COMPLETION_APPLIED:
        return _("The application waits for the office's decision.")
    return _at_work(it)


def _ask_extension(it: _Situation) -> Reason:
    extendable = [each for each in it.running if each.kind in EXTENDABLE]
    if not extendable or it.part.state not in WORKING_PARTS:
        return None
    if RequestKind.EXTENSION in it.asked:
        return _("This was asked already and waits for a decision.")
    if all(each.due_on < clock.today() for each in extendable):
        return _("The deadline has passed: an extension is asked for before it.")
    return ""


def _ask_suspension(it: _Situation) -> Reason:
    if not it.is_lead or it.part.state not in WORKING_PARTS or not may_move(Verb.SUSPEND, it.part.task.state):
        return None
    return _("This was asked already and waits for a decision.") if RequestKind.SUSPENSION in it.asked else ""


def _dispute(it: _Situation) -> Reason:
    if not it.is_new or it.part.is_owner_decided:
        return None
    last_on = dispute_until(it.table, it.part)
    return "" if clock.today() <= last_on else _("“Not mine” had to be said by %(day)s.") % {"day": last_on}


def _at_work(it: _Situation) -> Reason:
    if it.is_new:
        return _("Sign for it first.")
    if it.part.state is PartState.DISPUTED:
        return _("The office decides whose it is.")
    return "" if it.part.state in WORKING_PARTS else None


_PART_ACTS: dict[str, Callable[[_Situation], Reason]] = {
    "sign": _sign,
    "report": _report,
    "answer": _answer,
    "apply": _apply,
    "ask-extension": _ask_extension,
    "ask-suspension": _ask_suspension,
    "dispute": _dispute,
}


def due_verb(part: TaskPart, running: Sequence[TaskClock]) -> str:
    """The one act that a part waits for now; empty when it waits for somebody else."""
    if part.state is PartState.ASSIGNED:
        return "sign"
    if part.state not in WORKING_PARTS:
        return ""
    if part.role is PartRole.SUPPORTING:
        return "answer"
    if part.task.state is TaskState.COMPLETION_APPLIED:
        return ""
    return "apply" if running and running[0].kind is ClockKind.RESULT else "report"


def due_report(running: Sequence[TaskClock]) -> ReportKind:
    """The report that answers the most urgent clock which a report can answer."""
    asked = [REPORT_FOR[each.kind] for each in running if each.kind in REPORT_FOR]
    return asked[0] if asked else ReportKind.PROGRESS


def task_offers(viewer: Viewer, task: SupervisedTask) -> list[Offer]:
    """Acts on the whole task: the issuer's, and the leaders' call for an answer."""
    manages = may_manage_task(viewer, task)
    allowed = {
        "assign": manages and task.state is TaskState.DRAFTED,
        "remind": task.is_open and may_remind(viewer, task),
        "resume": manages and task.state is TaskState.SUSPENDED,
        "withdraw": may_move(Verb.WITHDRAW, task.state) and may_withdraw_task(viewer, task),
    }
    return [Offer(verb, reverse(f"supervision:task-{verb}", args=[task.pk])) for verb, may in allowed.items() if may]


def request_offers(viewer: Viewer, request: TaskRequest) -> list[Offer]:
    """The decisions that a viewer may take on an open request."""
    if request.state is not RequestState.OPEN or not may_decide_on_request(viewer, request):
        return []
    verbs = DECISIONS[request.kind]
    return [Offer(verb, reverse(f"supervision:request-{verb}", args=[request.pk])) for verb in verbs]
