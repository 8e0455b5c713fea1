"""What projects need: saying it, committing to it, delivering it, and making a task of what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.labels import label_of
from sushui.kernel.months import month_of
from sushui.kernel.requirements import require_past, require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agency_in
from sushui.projects.enums import FundingSource, ResourceFactor, ResourceVerb
from sushui.projects.models import Project, ResourceCommitment, ResourceDelivery, ResourceNeed
from sushui.projects.permissions import (
    may_chase_commitment,
    may_commit_for,
    may_commit_to_need,
    may_deliver,
    may_state_needs,
)
from sushui.projects.queries import promise_as_stored
from sushui.projects.rules.resources import balance_of, decimals_of, is_too_fine
from sushui.projects.services.steps import refuse_corrected, require_amount
from sushui.supervision.services import TaskDraft, raise_tasks

NEED_FIELDS = ("factor", "what", "source", "month", "amount", "needed_by", "agency_id")


@dataclass(frozen=True)
class NeedDraft:
    """What a project needs; ``amount`` in the factor's unit (yuan for funds), None while nobody has said how much."""

    factor: ResourceFactor
    what: str = ""
    amount: Decimal | None = None
    needed_by: date | None = None
    agency_id: int | None = None
    source: FundingSource | None = None
    month: date | None = None


# --- needs -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_need(viewer: Viewer, project: Project, draft: NeedDraft) -> ResourceNeed:
    """Say what a project needs, how much of it, by when and of whom.

    Raises:
        DomainError: ``amount_below_zero``, ``amount_too_large``, ``amount_too_fine``, ``not_funds``.
    """
    if not may_state_needs(viewer, project):
        raise Forbidden
    values = _checked(viewer, project, draft)
    made = ResourceNeed.objects.create(project=project, division_id=project.division_id, **values)
    record_act(viewer, ResourceVerb.ADD_NEED, project, after=_said(made))
    return made


@transaction.atomic
def edit_need(viewer: Viewer, need: ResourceNeed, draft: NeedDraft, *, seen_version: int | None = None) -> ResourceNeed:
    """Say otherwise what a project needs; what was committed and delivered stays.

    Raises:
        DomainError: those of `add_need`; ``factor_committed``: commitments are in the unit of the factor.
    """
    if not may_state_needs(viewer, need.project):
        raise Forbidden
    row = _locked(need)
    check_version(row, seen_version)
    values = _checked(viewer, row.project, draft)
    if draft.factor is not row.factor and row.commitments.exists():
        raise DomainError(
            "factor_committed",
            _("Something is committed to this need of “%(factor)s”."),
            _("Take the need away, and say the other one anew."),
            factor=label_of(row.factor),
        )
    before = _said(row)
    for name, value in values.items():
        setattr(row, name, value)
    save_changes(row, *NEED_FIELDS)
    record_act(viewer, ResourceVerb.EDIT_NEED, row.project, before=before, after=_said(row))
    return row


@transaction.atomic
def drop_need(viewer: Viewer, need: ResourceNeed, *, reason: str, seen_version: int | None = None) -> ResourceNeed:
    """Take a need away with its commitments; the story keeps it.

    Raises:
        DomainError: ``text_missing``.
    """
    if not may_state_needs(viewer, need.project):
        raise Forbidden
    row = _locked(need)
    check_version(row, seen_version)
    row.dropped_on, row.dropped_reason = clock.today(), require_text(reason, "Reason")
    save_changes(row, "dropped_on", "dropped_reason")
    record_act(viewer, ResourceVerb.DROP_NEED, row.project, before=_said(row), note=row.dropped_reason)
    return row


def _locked(need: ResourceNeed) -> ResourceNeed:
    rows = ResourceNeed.objects.select_for_update(of=("self",)).select_related("project__agency", "project__subject")
    return rows.get(pk=need.pk)


def _checked(viewer: Viewer, project: Project, draft: NeedDraft) -> dict[str, Any]:
    _require_kept(draft.factor, draft.amount)
    if draft.factor is not ResourceFactor.FUNDS and (draft.source is not None or draft.month is not None):
        raise DomainError(
            "not_funds",
            _("Only funds have a source and a month."),
            _("Leave both empty, or choose “%(funds)s”."),
            funds=label_of(ResourceFactor.FUNDS),
        )
    if draft.agency_id is not None:
        agency_in(viewer, project.division_id, draft.agency_id)
    return {
        "factor": draft.factor,
        "what": draft.what.strip(),
        "source": draft.source or "",
        "month": month_of(draft.month) if draft.month else None,
        "amount": draft.amount,
        "needed_by": draft.needed_by,
        "agency_id": draft.agency_id,
    }


def _said(need: ResourceNeed) -> dict[str, Any]:
    """What an audit line says of a need; ``quantity`` is in the factor's unit."""
    said = {"factor": need.factor, "what": need.what, "quantity": need.amount, "needed_by": need.needed_by}
    return {name: value for name, value in said.items() if value not in (None, "")}


# --- commitments -----------------------------------------------------------------------------------------------------
@transaction.atomic
def commit_resource(
    viewer: Viewer, need: ResourceNeed, *, agency_id: int, amount: Decimal, until: date, document: str = ""
) -> ResourceCommitment:
    """Promise something to a need until a day: an agency for itself, the project office for any.

    Raises:
        Forbidden: not for this agency to promise.
        DomainError: ``amount_not_above_zero``, ``amount_below_zero``, ``amount_too_large``, ``amount_too_fine``.
    """
    if not may_commit_to_need(viewer, need) or not may_commit_for(viewer, agency_id):
        raise Forbidden
    row = _locked(need)
    _require_some(row.factor, amount)
    made = ResourceCommitment.objects.create(
        need=row,
        division_id=row.division_id,
        agency=agency_in(viewer, row.division_id, agency_id),
        amount=amount,
        until=until,
        document=document.strip(),
        post_id=viewer.post_id,
        at=clock.now(),
    )
    _keep_sums(row)
    after = {**_said(row), "quantity": amount, "until": until, "agency": str(made.agency)}
    record_act(viewer, ResourceVerb.COMMIT, row.project, after=after, note=made.document)
    return made


@transaction.atomic
def withdraw_commitment(
    viewer: Viewer, commitment: ResourceCommitment, *, reason: str, seen_version: int | None = None
) -> ResourceCommitment:
    """Take a promise back; what was delivered of it does not count any more, and both stay in sight.

    Raises:
        DomainError: ``text_missing``.
    """
    if not may_deliver(viewer, commitment):
        raise Forbidden
    row = _locked(commitment.need)
    commitment.refresh_from_db()
    check_version(commitment, seen_version)
    commitment.withdrawn_on, commitment.withdrawn_reason = clock.today(), require_text(reason, "Reason")
    save_changes(commitment, "withdrawn_on", "withdrawn_reason")
    _keep_sums(row)
    before = {**_said(row), "quantity": commitment.amount, "agency": str(commitment.agency)}
    record_act(viewer, ResourceVerb.WITHDRAW, row.project, before=before, note=commitment.withdrawn_reason)
    return commitment


# --- deliveries ------------------------------------------------------------------------------------------------------
@transaction.atomic
def deliver_resource(
    viewer: Viewer, commitment: ResourceCommitment, *, amount: Decimal, on: date, evidence: str = ""
) -> ResourceDelivery:
    """Record that something of a commitment is there; more than was promised may come.

    Raises:
        DomainError: ``amount_not_above_zero``, ``amount_below_zero``, ``amount_too_large``, ``amount_too_fine``,
            ``day_in_future``.
    """
    if not may_deliver(viewer, commitment):
        raise Forbidden
    row = _locked(commitment.need)
    _require_some(row.factor, amount)
    said = {"amount": amount, "on": require_past(on), "evidence": evidence.strip()}
    made = ResourceDelivery.objects.create(commitment=commitment, post_id=viewer.post_id, at=clock.now(), **said)
    _keep_sums(row)
    after = {**_said(row), "quantity": amount, "on": on, "evidence": made.evidence, "agency": str(commitment.agency)}
    record_act(viewer, ResourceVerb.DELIVER, row.project, after=after)
    return made


@transaction.atomic
def correct_delivery(
    viewer: Viewer, delivery: ResourceDelivery, *, amount: Decimal, reason: str, on: date | None = None
) -> ResourceDelivery:
    """Say another amount for a delivery (0: it never came); what was said before stays in sight with the reason.

    Raises:
        DomainError: ``corrected_already``, ``text_missing``, ``amount_below_zero``, ``amount_too_large``,
            ``amount_too_fine``, ``day_in_future``.
    """
    commitment = delivery.commitment
    if not may_deliver(viewer, commitment):
        raise Forbidden
    row, note = _locked(commitment.need), require_text(reason, "Reason")
    _require_kept(row.factor, amount)
    refuse_corrected(ResourceDelivery.objects.filter(corrects=delivery).exists())
    made = ResourceDelivery.objects.create(
        commitment=commitment,
        amount=amount,
        on=require_past(on or delivery.on),
        evidence=delivery.evidence,
        post_id=viewer.post_id,
        at=clock.now(),
        corrects=delivery,
        reason=note,
    )
    _keep_sums(row)
    before, after = ({**_said(row), "quantity": each.amount, "on": each.on} for each in (delivery, made))
    record_act(viewer, ResourceVerb.CORRECT, row.project, before=before, after=after, note=note)
    return made


def _require_kept(factor: ResourceFactor, amount: Decimal | None) -> None:
    """An amount that can be, and is not finer than is kept of its factor: what the line says is what is stored."""
    require_amount(amount)
    if amount is not None and is_too_fine(factor, amount):
        raise DomainError(
            "amount_too_fine",
            _("%(amount)s has more decimals than are kept of “%(factor)s”: %(decimals)s."),
            _("Round the amount."),
            amount=amount,
            factor=label_of(factor),
            decimals=decimals_of(factor),
        )


def _require_some(factor: ResourceFactor, amount: Decimal) -> None:
    _require_kept(factor, amount)
    if amount == 0:
        raise DomainError("amount_not_above_zero", _("An amount of 0 is nothing."), _("Give how much it is."))


def _keep_sums(row: ResourceNeed) -> None:
    """Let the need, and each commitment, say what the rows below sum up to."""
    promises = []
    for commitment in row.commitments.filter(withdrawn_on=None):
        counted = commitment.deliveries.filter(corrected_by=None).values_list("amount", flat=True)
        delivered = sum(counted, Decimal())
        if delivered != commitment.delivered:
            commitment.delivered = delivered
            save_changes(commitment, "delivered")
        promises.append(promise_as_stored(commitment))
    balance = balance_of(row.amount, promises)
    row.committed, row.delivered, row.undelivered = balance.committed, balance.delivered, balance.undelivered
    row.overdue_on = balance.overdue_on
    save_changes(row, "committed", "delivered", "undelivered", "overdue_on")


# --- what is late ----------------------------------------------------------------------------------------------------
@transaction.atomic
def chase_commitment(
    viewer: Viewer, commitment: ResourceCommitment, *, text: str = "", deadline_on: date | None = None
) -> ResourceCommitment:
    """Make a supervised task of a commitment that is overdue, led by the agency that promised.

    Raises:
        DomainError: ``not_overdue``, ``chased_already``, those of `supervision.services.raise_tasks`.
    """
    project = commitment.need.project
    if not may_chase_commitment(viewer, commitment):
        raise Forbidden
    _locked(commitment.need)
    commitment.refresh_from_db()
    _refuse_chase(commitment)
    assert project.subject is not None, "a registered project has its subject row"
    draft = TaskDraft(
        text.strip() or chase_text(commitment), lead_agency_id=commitment.agency_id, deadline_on=deadline_on
    )
    commitment.task_id = raise_tasks(viewer, project.subject, [draft], title=project.name)[0].pk
    save_changes(commitment, "task_id")
    after = {**_said(commitment.need), "quantity": commitment.amount, "agency": str(commitment.agency)}
    record_act(viewer, ResourceVerb.CHASE, project, after=after)
    return commitment


def chase_text(commitment: ResourceCommitment) -> str:
    """What the task asks for, as long as nobody says it otherwise."""
    said = {
        "factor": label_of(commitment.need.factor),
        "what": commitment.need.what,
        "day": commitment.until.isoformat(),
    }
    return gettext("Deliver %(factor)s %(what)s, committed until %(day)s.") % said


def _refuse_chase(commitment: ResourceCommitment) -> None:
    promise = promise_as_stored(commitment)
    if commitment.task_id is not None:
        raise DomainError("chased_already", _("A task is made of it already."), _("Look at the task."))
    if not promise.is_overdue(clock.today()):
        raise DomainError(
            "not_overdue",
            _("The commitment is not overdue: it stands until %(day)s."),
            _("Wait for the day, or raise a task about the project."),
            day=commitment.until.isoformat(),
        )
