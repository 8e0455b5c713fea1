"""Requests come in, are corrected and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.documents.services import ReceivedFile, Target, attach_received, told
from sushui.enterprises.queries import visible_enterprises
from sushui.kernel import clock, locks
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.requirements import require_amount, require_past, require_text
from sushui.kernel.versions import save_changes
from sushui.kernel.viewer import Viewer
from sushui.liaison.queries import visit_for
from sushui.relief.enums import ReliefVerb, SupportChannel, SupportKind, SupportState
from sushui.relief.models import SupportRequest
from sushui.relief.permissions import (
    may_enter_requests,
    may_manage_request,
    may_open_own_requests,
    may_withdraw_request,
)
from sushui.relief.queries import relief_limits, security_agency
from sushui.relief.rules.life import ENDED
from sushui.relief.services.notify import tell_alerted, tell_office_of_new
from sushui.relief.services.steps import keep_request_subject, lock_request, next_number, today_and_year

if TYPE_CHECKING:
    from sushui.enterprises.models import Enterprise

FILES = "relief.request"
OWN_CHANNELS = (SupportChannel.FORM, SupportChannel.QR_CODE)


@dataclass(frozen=True)
class UnpaidBill:
    """What the government owes: yuan, the last day on which it could be paid, the contract's interest in % a year."""

    amount: Decimal
    since_on: date
    agreed_rate: Decimal | None = None


@dataclass(frozen=True)
class RequestDraft:
    """A request as it is told. ``visit_id``: of the visit on which it was found."""

    content: str
    channel: SupportChannel
    kind: SupportKind = SupportKind.OTHER
    contact_name: str = ""
    contact_phone: str = ""
    wished_on: date | None = None
    location: str = ""
    unpaid: UnpaidBill | None = None
    visit_id: int | None = None


@transaction.atomic
def receive_request(
    viewer: Viewer, enterprise: Enterprise, draft: RequestDraft, *, files: Sequence[ReceivedFile] = ()
) -> SupportRequest:
    """Enter what an enterprise asks for; the office is told, and of obstruction the public-security line at once.

    Raises:
        Forbidden, NotFound: the viewer may enter nothing, or may not know of the enterprise (another's code).
        DomainError: ``text_missing``, ``asked_already``, ``too_many_today``, ``channel_not_own``, ``bill_missing``.
    """
    if not may_enter_requests(viewer):
        raise Forbidden
    if not visible_enterprises(viewer).filter(pk=enterprise.pk).exists():
        raise NotFound
    _require_sound(viewer, draft)
    _require_no_flood(viewer, enterprise, draft)
    row = _write(viewer, enterprise, draft)
    keep_request_subject(row)
    attached = attach_received(viewer, target=Target(FILES, row.pk), received=files) if files else []
    record_act(viewer, ReliefVerb.RECEIVE, row, after={**_said(row), "enterprise": enterprise.name, **told(attached)})
    tell_office_of_new(viewer, row)
    _alert(viewer, row)
    return row


def _require_sound(viewer: Viewer, draft: RequestDraft) -> None:
    require_text(draft.content, "What is asked for")
    if may_open_own_requests(viewer) and draft.channel not in OWN_CHANNELS:
        raise DomainError("channel_not_own", _("An enterprise asks by the form."), _("Choose the form."))
    if draft.kind is SupportKind.UNPAID and draft.unpaid is None:
        raise DomainError(
            "bill_missing",
            _("A complaint about an unpaid bill says how much is owed and since when."),
            _("Give the amount and the last day on which it could be paid."),
        )
    if draft.unpaid is not None:
        require_amount(draft.unpaid.amount)
        require_past(draft.unpaid.since_on)


def _require_no_flood(viewer: Viewer, enterprise: Enterprise, draft: RequestDraft) -> None:
    """Nobody asks the same twice while it is open, and an enterprise asks only so often on a day."""
    locks.hold(f"relief.enterprise:{enterprise.pk}")
    rows = SupportRequest.objects.filter(enterprise=enterprise)
    if rows.exclude(state__in=ENDED).filter(content=draft.content.strip()).exists():
        raise DomainError(
            "asked_already",
            _("The same was asked already and is being worked on."),
            _("Open the earlier request to see where it stands."),
        )
    most = relief_limits(enterprise.division_id).most_a_day
    today = rows.filter(received_on=clock.today(), channel__in=OWN_CHANNELS).count()
    if may_open_own_requests(viewer) and today >= most:
        raise DomainError(
            "too_many_today",
            _("%(count)s requests came from this enterprise today; more are taken tomorrow."),
            _("Call the office if it is urgent."),
            count=today,
        )


def _write(viewer: Viewer, enterprise: Enterprise, draft: RequestDraft) -> SupportRequest:
    today, year = today_and_year()
    return SupportRequest.objects.create(
        division_id=enterprise.division_id,
        year=year,
        number=next_number(SupportRequest, enterprise.division_id, year),
        enterprise=enterprise,
        channel=draft.channel,
        received_on=today,
        post_id=viewer.post_id,
        agency_id=viewer.agency_id,
        visit=visit_for(viewer, draft.visit_id) if draft.visit_id else None,
        **_values(draft),
    )


def _values(draft: RequestDraft) -> dict[str, Any]:
    """The fields of a request that its draft gives."""
    bill = draft.unpaid if draft.kind is SupportKind.UNPAID else None
    return {
        "kind": draft.kind,
        "content": draft.content.strip(),
        "contact_name": draft.contact_name.strip(),
        "contact_phone": draft.contact_phone.strip(),
        "wished_on": draft.wished_on,
        "location": draft.location.strip(),
        "amount_owed": bill.amount if bill else None,
        "owed_since_on": bill.since_on if bill else None,
        "agreed_rate": bill.agreed_rate if bill else None,
    }


def _said(row: SupportRequest) -> dict[str, Any]:
    """A request for an audit line; how to reach a person is left to the record."""
    values = {
        "number": row.code,
        "kind": row.kind,
        "channel": row.channel,
        "content": row.content,
        "wished_on": row.wished_on,
        "location": row.location,
        "amount_owed": row.amount_owed,
        "owed_since_on": row.owed_since_on,
        "agreed_rate": row.agreed_rate,
    }
    return {name: value for name, value in values.items() if value not in (None, "")}


def _alert(viewer: Viewer, row: SupportRequest) -> None:
    """Obstruction goes to the public-security line at once; the setting says which agency that is."""
    if row.kind is not SupportKind.OBSTRUCTION or row.alerted_agency_id is not None:
        return
    row.alerted_agency = security_agency(viewer)
    save_changes(row, "alerted_agency")
    record_act(viewer, ReliefVerb.ALERT, row, after={"agency": str(row.alerted_agency or "")})
    tell_alerted(viewer, row)


@transaction.atomic
def edit_request(
    viewer: Viewer, request: SupportRequest, draft: RequestDraft, *, seen_version: int | None = None
) -> SupportRequest:
    """Classify and correct a request before it is assigned.

    Raises:
        StaleRecord, DomainError: ``wrong_state``, ``text_missing``, ``bill_missing``.
    """
    if not may_manage_request(viewer, request):
        raise Forbidden
    row = lock_request(request, ReliefVerb.EDIT, seen_version)
    _require_sound(viewer, draft)
    before, values = _said(row), _values(draft)
    for name, value in values.items():
        setattr(row, name, value)
    save_changes(row, *values)
    keep_request_subject(row)
    record_act(viewer, ReliefVerb.EDIT, row, before=before, after=_said(row))
    _alert(viewer, row)
    return row


@transaction.atomic
def withdraw_request(
    viewer: Viewer, request: SupportRequest, *, reason: str, seen_version: int | None = None
) -> SupportRequest:
    """Take a request back before anybody works on it; it stays to be read.

    Raises:
        StaleRecord, DomainError: ``wrong_state``, ``text_missing``.
    """
    if not may_withdraw_request(viewer, request):
        raise Forbidden
    row = lock_request(request, ReliefVerb.WITHDRAW, seen_version)
    row.state, row.closed_on = SupportState.WITHDRAWN, clock.today()
    save_changes(row, "state", "closed_on")
    record_act(viewer, ReliefVerb.WITHDRAW, row, note=require_text(reason, "Reason"))
    return row
