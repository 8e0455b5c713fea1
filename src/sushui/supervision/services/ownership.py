"""\"Not mine\": an agency names whose it is, the office decides the same day, and that is final."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.errors import DomainError
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agency_in
from sushui.supervision.adapter import Timetable
from sushui.supervision.enums import ClockKind, PartRole, PartState, RequestKind, RequestState, TaskState, Unit, Verb
from sushui.supervision.models import TaskPart, TaskRequest
from sushui.supervision.permissions import may_decide_on_request, may_work_on_part
from sushui.supervision.rules import Limit
from sushui.supervision.services.clocks import (
    cancel_clocks,
    hold_clocks,
    release_clocks,
    start_clock,
    start_parts_clocks,
)
from sushui.supervision.services.notify import tell_agencies, tell_deciders
from sushui.supervision.services.parts import lock_part, move_part
from sushui.supervision.services.requests import decide, open_request
from sushui.supervision.services.steps import Act, act_on, lapse_requests

if TYPE_CHECKING:
    from sushui.organizations.models import Agency


def dispute_ownership(
    viewer: Viewer, part: TaskPart, *, named_agency_id: int, reason: str, seen_version: int | None = None
) -> TaskRequest:
    """Say that a part is another agency's, before signing for it and within the limit, and name that agency.

    Its clocks stop (a dated setting), the office's clock for the decision starts.

    Raises:
        NotFound: there is no such agency in the task's division.
        StaleRecord: somebody else acted on the part after ``seen_version``.
        DomainError: ``part_wrong_state`` once signed for, ``decided_finally``, ``dispute_too_late``,
            ``names_itself``, ``text_missing``.
    """
    with act_on(viewer, Verb.DISPUTE, part.task_id, allowed=may_work_on_part(viewer, part)) as act:
        own = lock_part(act, part, PartState.ASSIGNED, seen_version=seen_version)
        named = agency_in(viewer, act.task.division_id, named_agency_id)
        _require_disputable(act, own, named)
        limit = Limit(act.table.limits.decision_days, Unit.DAY)
        decision = start_clock(act.table, act.task, None, ClockKind.OWNERSHIP_DECISION, limit=limit)
        request = open_request(act, own, RequestKind.OWNERSHIP, reason, named_agency=named, clock=decision)
        move_part(act, own, PartState.DISPUTED)
        hold_clocks(own.clocks.filter(stops_in_dispute=True))
        act.after["named_agency"] = str(named)
        tell_deciders(act, request)
    return request


def _require_disputable(act: Act, part: TaskPart, named: Agency) -> None:
    if part.is_owner_decided:
        raise DomainError(
            "decided_finally",
            _("The office has decided whose this is; that is final."),
            _("Sign for it; what it needs from others you may ask of the office."),
        )
    last_on = dispute_until(act.table, part)
    if clock.today() > last_on:
        raise DomainError(
            "dispute_too_late",
            _("“Not mine” had to be said by %(day)s."),
            _("Sign for it and tell the office what you need."),
            day=last_on.isoformat(),
        )
    if named.pk == part.agency_id:
        raise DomainError("names_itself", _("The agency named is your own."), _("Name the agency whose task it is."))


def dispute_until(table: Timetable, part: TaskPart) -> date:
    """The last day on which "not mine" may be said of a part that was assigned."""
    assigned_on = min(each.started_on for each in part.clocks.all())
    return table.calendar.add_working_days(assigned_on, table.limits.ownership_days)


def decide_ownership(viewer: Viewer, request: TaskRequest, *, agency_id: int, note: str = "") -> TaskPart:
    """Decide whose part it is: the agency that has it, the one it named, or a third. That is final.

    Gives the part that is to do it from now on: the same, a new one, or the lead's own when support falls to it.

    Raises:
        NotFound: there is no such agency in the task's division.
    """
    allowed = may_decide_on_request(viewer, request)
    with act_on(viewer, Verb.DECIDE_OWNERSHIP, request.part.task_id, allowed=allowed) as act:
        keeps = agency_id == request.part.agency_id
        decided = decide(act, request, RequestState.REFUSED if keeps else RequestState.GRANTED, note)
        act.task.clocks.filter(pk=decided.clock_id or 0).update(met_on=clock.today(), next_rung_on=None)
        owner = agency_in(viewer, act.task.division_id, agency_id)
        part = _keep(act, decided.part) if keeps else _move(act, decided.part, owner)
        act.after["owner"] = str(owner)
        tell_agencies(act, {decided.part.pk: decided.part, part.pk: part}.values())
    return part


def _keep(act: Act, part: TaskPart) -> TaskPart:
    part.is_owner_decided = True
    part.save(update_fields=["is_owner_decided"])
    move_part(act, part, PartState.ASSIGNED)
    if act.task.state is not TaskState.SUSPENDED:
        release_clocks(act.table, part.clocks.select_related("task"))
    return part


def _move(act: Act, part: TaskPart, owner: Agency) -> TaskPart:
    """End the part here and open one of the same role there, with clocks from today.

    A part that the owner has in the task already is taken up into the new one; what falls to the lead, the lead does.
    """
    rows = act.task.parts.exclude(state__in=[PartState.MOVED, PartState.ENDED]).filter(agency=owner)
    present = rows.select_related("agency").first()
    _end(act, part, PartState.MOVED)
    if present is not None and present.role is PartRole.LEAD:
        return present
    if present is not None:
        _end(act, present, PartState.ENDED)
    new = TaskPart.objects.create(
        division_id=part.division_id,
        task=act.task,
        agency=owner,
        role=part.role,
        state=PartState.ASSIGNED,
        request="\n".join(each.request for each in (present, part) if each and each.request),
        is_owner_decided=True,
    )
    if part.role is PartRole.LEAD:
        act.set(lead_agency_id=owner.pk)
    start_parts_clocks([(act.table, act.task, new)])
    return new


def _end(act: Act, part: TaskPart, state: PartState) -> None:
    """End a part here, and the office's clock for a dispute about it that nobody need decide any more."""
    disputes = part.requests.filter(kind=RequestKind.OWNERSHIP, state=RequestState.OPEN)
    act.task.clocks.filter(pk__in=disputes.values("clock")).update(canceled_on=clock.today(), next_rung_on=None)
    cancel_clocks(act.task, part=part)
    lapse_requests(act, part.requests.all())
    move_part(act, part, state)
