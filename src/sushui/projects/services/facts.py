"""Dated facts behind the lights and the life of a project: milestones, money, enrollment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import FundingSource, ProjectVerb
from sushui.projects.models import FundsPaid, FundsReceived, Milestone, Project
from sushui.projects.permissions import may_edit_project, may_enroll_project, may_report_on_project
from sushui.projects.services.days import day_limits, require_act_day, require_planned_day
from sushui.projects.services.lighting import light_projects
from sushui.projects.services.steps import locked, refuse_corrected, require_amount


@dataclass(frozen=True)
class PaymentDemand:
    """What a document from above requires: so many percent paid out by a day."""

    by_on: date
    percent: int


# --- milestones ------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_milestone(
    viewer: Viewer, project: Project, *, name: str, planned_on: date, after: Milestone | None = None
) -> Milestone:
    """Plan a step of the project for a day; ``after``: the step of the same project that must be reached before it."""
    if not may_edit_project(viewer, project):
        raise Forbidden
    named = require_text(name, "Milestone")
    require_planned_day(planned_on, day_limits(project.division_id))
    if after is not None and (after.project_id != project.pk or after.dropped_on is not None):
        raise NotFound
    made = Milestone.objects.create(
        project=project, division_id=project.division_id, name=named, planned_on=planned_on, after=after
    )
    record_act(viewer, ProjectVerb.ADD_MILESTONE, project, after={"name": made.name, "planned_on": planned_on})
    return made


@transaction.atomic
def reach_milestone(
    viewer: Viewer, milestone: Milestone, *, reached_on: date, evidence: str = "", seen_version: int | None = None
) -> Milestone:
    """Say that a step was reached on a day, and by what that shows.

    Raises:
        DomainError: ``day_in_future``.
    """
    if not may_report_on_project(viewer, milestone.project):
        raise Forbidden
    check_version(milestone, seen_version)
    before = {"name": milestone.name, "reached_on": milestone.reached_on}
    milestone.reached_on = require_act_day(reached_on, day_limits(milestone.division_id))
    milestone.evidence = evidence.strip()
    save_changes(milestone, "reached_on", "evidence")
    after = {"name": milestone.name, "reached_on": reached_on, "evidence": milestone.evidence}
    record_act(viewer, ProjectVerb.REACH_MILESTONE, milestone.project, before=before, after=after)
    return milestone


@transaction.atomic
def drop_milestone(viewer: Viewer, milestone: Milestone, *, reason: str, seen_version: int | None = None) -> Milestone:
    """Take a step out of the plan; the story keeps it."""
    if not may_edit_project(viewer, milestone.project):
        raise Forbidden
    check_version(milestone, seen_version)
    milestone.dropped_on = clock.today()
    save_changes(milestone, "dropped_on")
    note = require_text(reason, "Reason")
    record_act(viewer, ProjectVerb.DROP_MILESTONE, milestone.project, before={"name": milestone.name}, note=note)
    return milestone


# --- money from above ------------------------------------------------------------------------------------------------
@transaction.atomic
def receive_funds(
    viewer: Viewer,
    project: Project,
    *,
    source: FundingSource,
    amount: Decimal,
    received_on: date,
    document: str = "",
    demands: Sequence[PaymentDemand] = (),
) -> FundsReceived:
    """Record money that came from above, and what must be paid out of it by when.

    Raises:
        DomainError: ``amount_not_above_zero``, ``amount_too_large``, ``day_in_future``, ``percent_impossible``.
    """
    if not may_edit_project(viewer, project):
        raise Forbidden
    row = locked(project)
    _require_money(amount)
    if any(not 0 < each.percent <= 100 for each in demands):
        raise DomainError(
            "percent_impossible", _("A share to be paid lies between 1 and 100 percent."), _("Correct the percentage.")
        )
    required = [{"by": each.by_on.isoformat(), "percent": each.percent} for each in demands]
    made = FundsReceived.objects.create(
        project=row,
        source=source,
        document=document.strip(),
        received_on=require_act_day(received_on, day_limits(project.division_id)),
        amount=amount,
        required=sorted(required, key=lambda each: str(each["by"])),
        post_id=viewer.post_id,
        at=clock.now(),
    )
    after = {"source": source, "amount": amount, "received_on": received_on, "document": made.document}
    record_act(viewer, ProjectVerb.RECEIVE_FUNDS, row, after={**after, "required": made.required})
    light_projects([row.pk])
    return made


@transaction.atomic
def pay_funds(viewer: Viewer, received: FundsReceived, *, amount: Decimal, paid_on: date, note: str = "") -> FundsPaid:
    """Record a payment out of received money.

    Raises:
        DomainError: ``amount_not_above_zero``, ``more_than_received``, ``day_in_future``.
    """
    if not may_report_on_project(viewer, received.project):
        raise Forbidden
    row = locked(received.project)
    _require_money(amount)
    _refuse_more(received, paid_out(received), amount)
    made = FundsPaid.objects.create(
        received=received,
        paid_on=require_act_day(paid_on, day_limits(row.division_id)),
        amount=amount,
        note=note.strip(),
        post_id=viewer.post_id,
        at=clock.now(),
    )
    record_act(viewer, ProjectVerb.PAY_FUNDS, row, after={"amount": amount, "paid_on": paid_on}, note=made.note)
    light_projects([row.pk])
    return made


@transaction.atomic
def correct_payment(
    viewer: Viewer, payment: FundsPaid, *, amount: Decimal, reason: str, paid_on: date | None = None
) -> FundsPaid:
    """Say another amount for a payment (0: it was never paid); what was said before stays in sight with the reason.

    Raises:
        DomainError: ``corrected_already``, ``text_missing``, ``more_than_received``, ``day_in_future``,
            ``amount_below_zero``, ``amount_too_large``.
    """
    received = payment.received
    if not may_report_on_project(viewer, received.project):
        raise Forbidden
    row, note = locked(received.project), require_text(reason, "Reason")
    refuse_corrected(FundsPaid.objects.filter(corrects=payment).exists())
    require_amount(amount)
    _refuse_more(received, paid_out(received) - payment.amount, amount)
    made = FundsPaid.objects.create(
        received=received,
        paid_on=require_act_day(paid_on or payment.paid_on, day_limits(row.division_id)),
        amount=amount,
        note=payment.note,
        post_id=viewer.post_id,
        at=clock.now(),
        corrects=payment,
        reason=note,
    )
    before, after = ({"amount": each.amount, "paid_on": each.paid_on} for each in (payment, made))
    record_act(viewer, ProjectVerb.CORRECT_PAYMENT, row, before=before, after=after, note=note)
    light_projects([row.pk])
    return made


def paid_out(received: FundsReceived) -> Decimal:
    """What was paid out of received money, as the newest rows say."""
    return received.payments.filter(corrected_by=None).aggregate(total=Sum("amount"))["total"] or Decimal()


def _refuse_more(received: FundsReceived, paid: Decimal, amount: Decimal) -> None:
    if paid + amount > received.amount:
        raise DomainError(
            "more_than_received",
            _("%(paid)s yuan of %(received)s are paid already: %(amount)s more is more than came."),
            _("Correct the amount, or record the money that came first."),
            paid=paid,
            received=received.amount,
            amount=amount,
        )


def _require_money(amount: Decimal) -> None:
    require_amount(amount)
    if amount == 0:
        raise DomainError("amount_not_above_zero", _("An amount of 0 is no money."), _("Give the amount in yuan."))


# --- statistics ------------------------------------------------------------------------------------------------------
@transaction.atomic
def enroll_project(
    viewer: Viewer, project: Project, *, enrolled_on: date, note: str = "", seen_version: int | None = None
) -> Project:
    """Record the day on which the project entered the statistics of fixed-asset investment.

    Raises:
        DomainError: ``day_in_future``.
    """
    if not may_enroll_project(viewer, project):
        raise Forbidden
    row = locked(project)
    check_version(row, seen_version)
    before = {"enrolled_on": row.enrolled_on}
    row.enrolled_on = require_act_day(enrolled_on, day_limits(row.division_id))
    row.enrollment_note = note.strip()
    save_changes(row, "enrolled_on", "enrollment_note")
    record_act(viewer, ProjectVerb.ENROLL, row, before=before, after={"enrolled_on": enrolled_on}, note=note.strip())
    light_projects([row.pk])
    row.refresh_from_db()
    return row
