"""What an agency does with its part: sign for it, name a handler, report, answer the lead."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.documents.services import ReceivedFile
from sushui.kernel import clock
from sushui.kernel.errors import DomainError
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import check_version
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import post_for
from sushui.supervision.enums import ClockKind, PartRole, PartState, ReportKind, TaskState, Verb
from sushui.supervision.models import ProgressReport, TaskClock, TaskPart
from sushui.supervision.permissions import may_appoint_handler, may_work_on_part
from sushui.supervision.rules import EXTENDABLE, OPEN_PARTS, WORKING_PARTS, clock_met_by, may_move, state_after
from sushui.supervision.services.clocks import RUNNING, meet_clocks, release_clocks, start_next_node
from sushui.supervision.services.notify import tell_agencies
from sushui.supervision.services.papers import carry_files
from sushui.supervision.services.steps import Act, act_on, end_suspension, lapse_requests


@transaction.atomic
def sign_for_task(
    viewer: Viewer, part: TaskPart, *, arrangement: str = "", seen_version: int | None = None
) -> TaskPart:
    """Sign for a part; with an ``arrangement`` it is reported in the same transaction, as a second act.

    Raises:
        StaleRecord: somebody else acted on the part after ``seen_version``.
        DomainError: ``part_wrong_state`` when it is not there to be signed for.
    """
    with act_on(viewer, Verb.SIGN, part.task_id, allowed=may_work_on_part(viewer, part)) as act:
        own = lock_part(act, part, PartState.ASSIGNED, seen_version=seen_version)
        is_handlers = own.handler_post_id is None and not viewer.has("agency_head")
        if is_handlers:
            own.handler_post_id = viewer.post_id
        move_part(act, own, PartState.SIGNED, *(["handler_post"] if is_handlers else []))
        if own.role is PartRole.LEAD:
            act.move()
    if arrangement.strip():
        report_progress(viewer, own, kind=ReportKind.ARRANGEMENT, text=arrangement)
    return own


def appoint_handler(
    viewer: Viewer, part: TaskPart, *, handler_post_id: int, seen_version: int | None = None
) -> TaskPart:
    """Name the post that handles a part; it must be of the head's own agency or one under it.

    Raises:
        StaleRecord: somebody else acted on the part after ``seen_version``.
        DomainError: ``handler_elsewhere``, ``part_wrong_state``.
    """
    with act_on(viewer, Verb.APPOINT, part.task_id, allowed=may_appoint_handler(viewer, part)) as act:
        own = lock_part(act, part, *OPEN_PARTS, seen_version=seen_version)
        handler = post_for(viewer, handler_post_id)
        if handler.agency_id not in viewer.agency_ids:
            raise DomainError(
                "handler_elsewhere",
                _("“%(post)s” does not belong to this agency."),
                _("Choose one of your own posts."),
                post=str(handler),
            )
        own.handler_post = handler
        own.save(update_fields=["handler_post"])
        act.part(own)
        act.after["handler"] = str(handler)
        tell_agencies(act, [own])
    return own


@transaction.atomic
def appoint_handlers(viewer: Viewer, parts: Sequence[TaskPart], *, handler_post_id: int) -> list[TaskPart]:
    """Name one handler for many parts, all or none."""
    return [appoint_handler(viewer, part, handler_post_id=handler_post_id) for part in parts]


def report_progress(
    viewer: Viewer,
    part: TaskPart,
    *,
    kind: ReportKind,
    text: str,
    files: Sequence[ReceivedFile] = (),
    seen_version: int | None = None,
) -> ProgressReport:
    """Report on a part; the clock that asked for this report is met. ``files`` were received before and hang on it.

    The lead's first report after signing, or after a return, puts the task in progress.

    Raises:
        StaleRecord: somebody else acted on the part after ``seen_version``.
        DomainError: ``text_missing``, ``part_wrong_state``.
    """
    verb = Verb.ANSWER if kind is ReportKind.ANSWER else Verb.REPORT
    with act_on(viewer, verb, part.task_id, allowed=may_work_on_part(viewer, part)) as act:
        own = lock_part(act, part, *WORKING_PARTS, seen_version=seen_version)
        said = require_text(text, "Report")
        met = _meet(act, own, kind)
        _advance(act, own, kind)
        if met is not None and met.kind is ClockKind.PLAN_STEP:
            _resume_after_last_step(act, own)
        report = ProgressReport.objects.create(
            part=own, kind=kind, text=said, at=clock.now(), post_id=viewer.post_id, clock=met
        )
        act.part(own)
        act.after |= {"kind": kind, "report": report.pk}
        act.note = said
        carry_files(act, report, files)
        if kind is ReportKind.ANSWER:
            tell_agencies(act, act.task.parts.filter(role=PartRole.LEAD, is_open=True))
    return report


def _meet(act: Act, part: TaskPart, kind: ReportKind) -> TaskClock | None:
    """Meet the clock that the report answers, which needs no extension then; after a node the next one starts.

    It starts where the one that was answered ended, be it long past: a node that nobody reported at is not forgotten
    with the one before it (docs/decisions/0009).
    """
    asked = clock_met_by(kind)
    met = meet_clocks(act.table, part, asked) if asked else []
    if any(each.kind in EXTENDABLE for each in met):
        lapse_requests(act, part.requests.filter(clock__in=met))
    if met and asked is ClockKind.NODE:
        start_next_node(act.table, act.task, part, after=met[0].reported_until_on)
    return met[0] if met else None


def _resume_after_last_step(act: Act, part: TaskPart) -> None:
    """A plan that has run out suspends nothing any more: the task goes on, so that it never rests without a clock."""
    is_last = not part.clocks.filter(RUNNING, kind=ClockKind.PLAN_STEP).exists()
    if is_last and may_move(Verb.RESUME, act.task.state):
        act.set(state=state_after(Verb.RESUME))
        end_suspension(act)


def _advance(act: Act, part: TaskPart, kind: ReportKind) -> None:
    if kind is ReportKind.ANSWER:
        _require_supporting(part)
        lapse_requests(act, part.requests.all())
        part.answered_on = clock.today()
        move_part(act, part, PartState.ANSWERED, "answered_on")
        return
    move_part(act, part, PartState.IN_PROGRESS)
    if part.role is PartRole.LEAD and may_move(Verb.REPORT, act.task.state):
        was_returned = act.task.state is TaskState.RETURNED
        act.set(state=state_after(Verb.REPORT))
        if was_returned:
            release_clocks(act.table, part.clocks.select_related("task"))


def _require_supporting(part: TaskPart) -> None:
    if part.role is not PartRole.SUPPORTING:
        raise DomainError(
            "lead_does_not_answer",
            _("The lead agency applies for closing; only supporting agencies answer the lead."),
            _("Choose “apply for closing”."),
        )


def lock_part(act: Act, part: TaskPart, *states: PartState, seen_version: int | None = None) -> TaskPart:
    """The part, locked with its task and current; every act on it counts its version up.

    Raises:
        StaleRecord: somebody else acted on it after ``seen_version``.
        DomainError: ``part_wrong_state`` when its state is none of ``states``.
    """
    current = act.task.parts.select_for_update(of=("self",)).select_related("agency").get(pk=part.pk)
    check_version(current, seen_version)
    if current.state not in states or act.task.state in {TaskState.CLOSED, TaskState.WITHDRAWN}:
        raise DomainError(
            "part_wrong_state",
            _("The part of %(agency)s stands elsewhere by now: this cannot be done to it."),
            _("Open the task again to see what can be done."),
            agency=str(current.agency),
        )
    current.version += 1
    act.counted[current.pk] = current
    act.part(current)
    return current


def move_part(act: Act, part: TaskPart, state: PartState, *fields: str) -> None:
    """Write a part's new state, and those of its ``fields`` that changed with it."""
    part.state = state
    part.version += 1
    part.save(update_fields=["state", "version", *fields])
    act.counted.pop(part.pk, None)
    act.after["part_state"] = state
