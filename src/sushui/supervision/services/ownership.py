"""\"Not mine\": an agency names whose it is, the office decides the same day, and that is final."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.errors import DomainError
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agency_for
from sushui.supervision.enums import ClockKind, PartRole, PartState, RequestKind, RequestState, Unit, Verb
from sushui.supervision.models import TaskPart, TaskRequest
from sushui.supervision.permissions import may_decide_on_task, may_manage_task, may_work_on_part
from sushui.supervision.rules import Limit
from sushui.supervision.services.clocks import (
    cancel_clocks,
    hold_clocks,
    release_clocks,
    start_clock,
    start_part_clocks,
)
from sushui.supervision.services.notify import tell_agencies, tell_office
from sushui.supervision.services.parts import lock_part, move_part
from sushui.supervision.services.requests import decide, open_request
from sushui.supervision.services.steps import Act, act_on

if TYPE_CHECKING:
    from sushui.organizations.models import Agency


def dispute_ownership(viewer: Viewer, part: TaskPart, *, named_agency_id: int, reason: str) -> TaskRequest:
    """Say that a part is another agency's, before signing for it and within the limit, and name that agency.

    Its clocks stop, the office's clock for the decision starts.

    Raises:
        DomainError: ``part_wrong_state`` once signed for, ``decided_finally``, ``dispute_too_late``,
            ``names_itself``, ``text_missing``.
    """
    with act_on(viewer, Verb.DISPUTE, part.task_id, allowed=may_work_on_part(viewer, part)) as act:
        own = lock_part(act, part, PartState.ASSIGNED)
        named = agency_for(viewer, named_agency_id)
        _require_disputable(act, own, named)
        request = open_request(act, own, RequestKind.OWNERSHIP, reason, named_agency=named)
        move_part(act, own, PartState.DISPUTED)
        hold_clocks(own.clocks.all())
        limit = Limit(act.table.limits.decision_days, Unit.DAY)
        start_clock(act.table, act.task, None, ClockKind.OWNERSHIP_DECISION, limit=limit)
        act.after["named_agency"] = str(named)
        tell_office(act, request)
    return request


def _require_disputable(act: Act, part: TaskPart, named: Agency) -> None:
    if part.is_owner_decided:
        raise DomainError(
            "decided_finally",
            _("The office has decided whose this is; that is final."),
            _("Sign for it; what it needs from others you may ask of the office."),
        )
    assigned_on = min(each.started_on for each in part.clocks.all())
    last_on = act.table.calendar.add_working_days(assigned_on, act.table.limits.ownership_days)
    if clock.today() > last_on:
        raise DomainError(
            "dispute_too_late",
            _("“Not mine” had to be said by %(day)s."),
            _("Sign for it and tell the office what you need."),
            day=last_on.isoformat(),
        )
    if named.pk == part.agency_id:
        raise DomainError("names_itself", _("The agency named is your own."), _("Name the agency whose task it is."))


def decide_ownership(viewer: Viewer, request: TaskRequest, *, agency_id: int, note: str = "") -> TaskPart:
    """Decide whose part it is: the agency that has it, the one it named, or a third. That is final.

    Gives the part as it stands afterwards, a new one when it moved.
    """
    task = request.part.task
    allowed = may_manage_task(viewer, task) and may_decide_on_task(viewer, task)
    with act_on(viewer, Verb.DECIDE_OWNERSHIP, task.pk, allowed=allowed) as act:
        keeps = agency_id == request.part.agency_id
        decided = decide(act, request, RequestState.REFUSED if keeps else RequestState.GRANTED, note)
        cancel_clocks(act.task, kind=ClockKind.OWNERSHIP_DECISION)
        owner = agency_for(viewer, agency_id)
        part = _keep(act, decided.part) if keeps else _move(act, decided.part, owner)
        act.after["owner"] = str(owner)
        tell_agencies(act, {decided.part.pk: decided.part, part.pk: part}.values())
    return part


def _keep(act: Act, part: TaskPart) -> TaskPart:
    part.is_owner_decided = True
    part.save(update_fields=["is_owner_decided"])
    move_part(act, part, PartState.ASSIGNED)
    release_clocks(act.table, part.clocks.select_related("task"))
    return part


def _move(act: Act, part: TaskPart, owner: Agency) -> TaskPart:
    """End the part here and open one of the same role there, with clocks from today."""
    for ended in [part, *act.task.parts.filter(agency=owner).exclude(state__in=[PartState.MOVED, PartState.ENDED])]:
        cancel_clocks(act.task, part=ended)
        move_part(act, ended, PartState.MOVED if ended.pk == part.pk else PartState.ENDED)
    new = TaskPart.objects.create(
        division_id=part.division_id,
        task=act.task,
        agency=owner,
        role=part.role,
        state=PartState.ASSIGNED,
        request=part.request,
        is_owner_decided=True,
    )
    if part.role is PartRole.LEAD:
        act.set(lead_agency_id=owner.pk)
    start_part_clocks(act.table, act.task, new)
    return new
