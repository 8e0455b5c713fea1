"""Conclusions of inspections, objections to them, and their review by somebody else.

Regulations on Government Inspection (政府督查工作条例), articles 15 to 17.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import save_changes
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.notices.services import post_notice
from sushui.organizations.enums import Role
from sushui.organizations.queries import agency_in, head_posts, posts_with_role
from sushui.supervision.adapter import timetable
from sushui.supervision.enums import OrderKind, OrderVerb, RequestState
from sushui.supervision.models import Conclusion, Objection, SupervisionOrder
from sushui.supervision.permissions import is_issuer, may_object, may_review_objection


@transaction.atomic
def deliver_conclusion(viewer: Viewer, order: SupervisionOrder, *, agency_id: int, text: str) -> Conclusion:
    """Deliver what an inspection found to the agency it is about; it may object for 30 days.

    Raises:
        NotFound: there is no such agency in the order's division.
        DomainError: ``not_an_inspection``, ``concluded_already``, ``text_missing``.
    """
    if not is_issuer(viewer, order):
        raise Forbidden
    if order.kind is not OrderKind.INSPECTION:
        raise DomainError("not_an_inspection", _("Only an inspection has conclusions."), _("Choose an inspection."))
    agency = agency_in(viewer, order.division_id, agency_id)
    limits = timetable(order.division_id).limits
    conclusion = Conclusion(
        division_id=order.division_id,
        order=order,
        agency=agency,
        text=require_text(text, "Conclusion"),
        drafted_by_id=viewer.post_id,
        drafter_id=viewer.user_id,
        delivered_on=clock.today(),
        objection_until_on=clock.today() + timedelta(days=limits.objection_days),
    )
    try:
        with transaction.atomic():
            conclusion.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(
            "concluded_already",
            _("This inspection has a conclusion about %(agency)s."),
            _("Open it in the order."),
            agency=str(agency),
        ) from error
    record_act(viewer, OrderVerb.DELIVER, conclusion, after={"agency": str(agency)}, note=conclusion.text)
    _tell(conclusion, [post.pk for post in head_posts([agency_id]).values()], msg("Conclusion delivered: %(title)s"))
    return conclusion


@transaction.atomic
def object_to_conclusion(viewer: Viewer, conclusion: Conclusion, *, reason: str) -> Objection:
    """Object to a conclusion within 30 days of its delivery; it is reviewed within 30 days by somebody else.

    Raises:
        DomainError: ``objection_too_late``, ``objected_already``, ``text_missing``.
    """
    if not may_object(viewer, conclusion):
        raise Forbidden
    if clock.today() > conclusion.objection_until_on:
        raise DomainError(
            "objection_too_late",
            _("Objections could be raised until %(day)s."),
            _("Ask the office to look at it again."),
            day=conclusion.objection_until_on.isoformat(),
        )
    limits = timetable(conclusion.division_id).limits
    objection, is_new = Objection.objects.get_or_create(
        conclusion=conclusion,
        defaults={
            "division_id": conclusion.division_id,
            "reason": require_text(reason, "Reason"),
            "post_id": viewer.post_id,
            "at": clock.now(),
            "review_due_on": clock.today() + timedelta(days=limits.review_days),
        },
    )
    if not is_new:
        raise DomainError("objected_already", _("This was objected to already."), _("Wait for the review."))
    record_act(viewer, OrderVerb.OBJECT, objection, note=objection.reason)
    office = posts_with_role(conclusion.division_id, Role.SUPERVISION_OFFICE, clock.today())
    _tell(conclusion, office, msg("Objection to a conclusion: %(title)s"))
    return objection


@transaction.atomic
def review_objection(viewer: Viewer, objection: Objection, *, is_upheld: bool, note: str) -> Objection:
    """Decide an objection; whoever drafted the conclusion has no part in it. One that is right sets it aside.

    Raises:
        DomainError: ``decided_already``, ``text_missing``.
    """
    if not may_review_objection(viewer, objection):
        raise Forbidden(
            _("The review is done by somebody else than the drafter."), _("Leave it to a colleague of the office.")
        )
    current = Objection.objects.select_for_update().get(pk=objection.pk)
    if current.state is not RequestState.OPEN:
        raise DomainError("decided_already", _("This was decided already."), _("Open it again to see the decision."))
    current.state = RequestState.GRANTED if is_upheld else RequestState.REFUSED
    current.review_note = require_text(note, "Reason")
    current.reviewed_by_id, current.reviewed_at = viewer.post_id, clock.now()
    current.save(update_fields=["state", "review_note", "reviewed_by", "reviewed_at"])
    if is_upheld:
        _set_aside(current.conclusion)
    record_act(viewer, OrderVerb.REVIEW, current, after={"state": current.state}, note=current.review_note)
    _tell(objection.conclusion, [current.post_id], msg("Objection decided: %(title)s"))
    return current


def _set_aside(conclusion: Conclusion) -> None:
    conclusion.set_aside_on = clock.today()
    save_changes(conclusion, "set_aside_on")


def _tell(conclusion: Conclusion, post_ids: list[int], msgid: str) -> None:
    table = timetable(conclusion.division_id)
    post_notice(
        key=f"supervision.conclusion:{conclusion.pk}:{msgid}",
        division_id=conclusion.division_id,
        post_ids=post_ids,
        msgid=msgid,
        params={"title": conclusion.order.title},
        url=f"/supervision/conclusions/{conclusion.pk}/",
        due_at=table.open_moment(clock.now()),
    )
