"""Yearly output: what projects in production turn out, as it was given; nothing is overwritten."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import OutputVerb
from sushui.projects.models import Project, YearlyOutput
from sushui.projects.permissions import may_report_on_project
from sushui.projects.services.steps import locked, require_amount


@transaction.atomic
def record_output(viewer: Viewer, project: Project, *, year: int, amount: Decimal, reason: str = "") -> YearlyOutput:
    """Say what a project turned out in a year, in yuan. Another amount than the one that stands needs a reason.

    Raises:
        DomainError: ``year_in_future``, ``correction_without_reason``, ``amount_below_zero``, ``amount_too_large``.
    """
    if not may_report_on_project(viewer, project):
        raise Forbidden
    row = locked(project)
    require_amount(amount)
    if year > clock.today().year:
        raise DomainError(
            "year_in_future", _("%(year)s has not come yet."), _("Give a year that has begun."), year=year
        )
    standing = YearlyOutput.objects.filter(project=row, year=year).order_by("-number").first()
    if standing is not None and standing.amount == amount:
        return standing
    if standing is not None and not reason.strip():
        raise DomainError(
            "correction_without_reason",
            _("The output of %(year)s stands with another amount."),
            _("Say why it is corrected; the amount given before is kept beside it."),
            year=year,
        )
    made = YearlyOutput.objects.create(
        project=row,
        year=year,
        number=standing.number + 1 if standing else 1,
        amount=amount,
        at=clock.now(),
        user_id=viewer.user_id,
        post_id=viewer.post_id,
        reason=reason.strip(),
    )
    before = {"year": year, "amount": standing.amount} if standing else {}
    record_act(viewer, OutputVerb.RECORD, row, before=before, after={"year": year, "amount": amount}, note=made.reason)
    return made
