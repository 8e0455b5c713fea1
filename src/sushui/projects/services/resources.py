"""What projects need: saying it, committing to it, delivering it, and making a task of what is late."""

from __future__ import annotations

from collections.abc import Collection, Iterator
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
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.kernel.wording import money_in_words, plain
from sushui.organizations.queries import agency_in
from sushui.projects.enums import UNITS, FundingSource, ResourceFactor, ResourceUnit, ResourceVerb
from sushui.projects.enums.doubts import ActDoubt
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
from sushui.projects.services.asking import NOTHING, Question, ask, question
from sushui.projects.services.days import day_limits, require_act_day, require_planned_day
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
        DomainError: ``amount_below_zero``, ``amount_too_large``, ``amount_too_fine``, ``not_funds``, ``day_too_early``,
            ``day_too_far``.
    """
    if not may_state_needs(viewer, project):
        raise Forbidden
    values = _checked(viewer, project, draft)
    made = ResourceNeed.objects.create(project=project, division_id=project.division_id, **values)
    record_act(viewer, ResourceVerb.ADD_NEED, project, after=_said(made))
    return made


@transaction.atomic
def edit_need(
    viewer: Viewer,
    need: ResourceNeed,
    draft: NeedDraft,
    *,
    confirmed: Collection[ActDoubt] = NOTHING,
    seen_version: int | None = None,
) -> ResourceNeed:
    """Say otherwise what a project needs; what was committed and delivered stays.

    Raises:
        DomainError: those of `add_need`; ``factor_committed``: commitments are in the unit of the factor;
            `QuestionsAskedError` unless confirmed.
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
    before, was = _said(row), row.amount
    for name, value in values.items():
        setattr(row, name, value)
    odd = ask(_above_need(row, ActDoubt.BELOW_COMMITTED) if row.amount != was else (), confirmed)
    save_changes(row, *NEED_FIELDS)
    record_act(viewer, ResourceVerb.EDIT_NEED, row.project, before=before, after={**_said(row), **_kept(odd)})
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
    if draft.needed_by is not None:
        require_planned_day(draft.needed_by, day_limits(project.division_id))
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
    viewer: Viewer,
    need: ResourceNeed,
    *,
    agency_id: int,
    amount: Decimal,
    until: date,
    document: str = "",
    confirmed: Collection[ActDoubt] = NOTHING,
) -> ResourceCommitment:
    """Promise something to a need until a day: an agency for itself, the project office for any.

    Raises:
        Forbidden: not for this agency to promise.
        DomainError: ``amount_not_above_zero``, ``amount_below_zero``, ``amount_too_large``, ``amount_too_fine``,
            ``day_too_early``, ``day_too_far``; `QuestionsAskedError` unless confirmed.
    """
    if not may_commit_to_need(viewer, need) or not may_commit_for(viewer, agency_id):
        raise Forbidden
    row = _locked(need)
    _require_some(row.factor, amount)
    require_planned_day(until, day_limits(row.division_id))
    odd = ask([*_above_need(row, ActDoubt.ABOVE_NEED, amount), *_past(until)], confirmed)
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
    after = {**_said(row), "quantity": amount, "until": until, "agency": str(made.agency), **_kept(odd)}
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
    viewer: Viewer,
    commitment: ResourceCommitment,
    *,
    amount: Decimal,
    on: date,
    evidence: str = "",
    confirmed: Collection[ActDoubt] = NOTHING,
) -> ResourceDelivery:
    """Record that something of a commitment is there; more than was promised may come, once that is confirmed.

    Raises:
        DomainError: ``amount_not_above_zero``, ``amount_below_zero``, ``amount_too_large``, ``amount_too_fine``,
            ``day_in_future``, ``day_too_early``; `QuestionsAskedError` unless confirmed.
    """
    if not may_deliver(viewer, commitment):
        raise Forbidden
    row = _locked(commitment.need)
    _require_some(row.factor, amount)
    said = {"amount": amount, "on": require_act_day(on, day_limits(row.division_id)), "evidence": evidence.strip()}
    odd = ask(_above_commitment(row, commitment, amount), confirmed)
    made = ResourceDelivery.objects.create(commitment=commitment, post_id=viewer.post_id, at=clock.now(), **said)
    _keep_sums(row)
    after = {**_said(row), "quantity": amount, "on": on, "evidence": made.evidence, "agency": str(commitment.agency)}
    after |= _kept(odd)
    record_act(viewer, ResourceVerb.DELIVER, row.project, after=after)
    return made


@transaction.atomic
def correct_delivery(
    viewer: Viewer,
    delivery: ResourceDelivery,
    *,
    amount: Decimal,
    reason: str,
    on: date | None = None,
    confirmed: Collection[ActDoubt] = NOTHING,
) -> ResourceDelivery:
    """Say another amount for a delivery (0: it never came); what was said before stays in sight with the reason.

    Raises:
        DomainError: ``corrected_already``, ``text_missing``, ``amount_below_zero``, ``amount_too_large``,
            ``amount_too_fine``, ``day_in_future``, ``day_too_early``; `QuestionsAskedError` unless confirmed.
    """
    commitment = delivery.commitment
    if not may_deliver(viewer, commitment):
        raise Forbidden
    row, note = _locked(commitment.need), require_text(reason, "Reason")
    _require_kept(row.factor, amount)
    refuse_corrected(ResourceDelivery.objects.filter(corrects=delivery).exists())
    odd = ask(_above_commitment(row, commitment, amount - delivery.amount), confirmed)
    made = ResourceDelivery.objects.create(
        commitment=commitment,
        amount=amount,
        on=require_act_day(on or delivery.on, day_limits(row.division_id)),
        evidence=delivery.evidence,
        post_id=viewer.post_id,
        at=clock.now(),
        corrects=delivery,
        reason=note,
    )
    _keep_sums(row)
    before, after = ({**_said(row), "quantity": each.amount, "on": each.on} for each in (delivery, made))
    record_act(viewer, ResourceVerb.CORRECT, row.project, before=before, after={**after, **_kept(odd)}, note=note)
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


# --- what is asked about ---------------------------------------------------------------------------------------------
def _above_need(row: ResourceNeed, doubt: ActDoubt, more: Decimal = Decimal()) -> Iterator[Question]:
    """Whether more would be committed than is needed; nobody asks while the need is not known."""
    committed = row.committed + more
    if row.amount is not None and committed > row.amount:
        said = {"need": _amount(row, row.amount), "committed": _amount(row, committed)}
        yield question(doubt, _("%(committed)s would be committed to a need of %(need)s."), **said)


def _above_commitment(row: ResourceNeed, commitment: ResourceCommitment, more: Decimal) -> Iterator[Question]:
    delivered = row.commitments.get(pk=commitment.pk).delivered + more
    if more > 0 and delivered > commitment.amount:
        said = {"delivered": _amount(row, delivered), "committed": _amount(row, commitment.amount)}
        sentence = _("%(delivered)s would be delivered of a commitment of %(committed)s.")
        yield question(ActDoubt.ABOVE_COMMITMENT, sentence, **said)


def _past(until: date) -> Iterator[Question]:
    if until < clock.today():
        sentence = _("The commitment would be until %(day)s, which has passed.")
        yield question(ActDoubt.DAY_PAST, sentence, day=until.isoformat())


def _amount(row: ResourceNeed, amount: Decimal) -> str:
    """An amount with its unit, as people read it: money in 万元."""
    unit = UNITS[row.factor]
    return money_in_words(amount) if unit is ResourceUnit.YUAN else f"{plain(amount)} {label_of(unit)}"


def _kept(odd: Collection[ActDoubt]) -> dict[str, Any]:
    return {"confirmed": list(odd)} if odd else {}


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
