"""What administrators read of the house: the lines of the audit chain."""

from __future__ import annotations

from datetime import date

from django.db.models import Model, Q, QuerySet

from sushui.kernel.audit import target_of
from sushui.kernel.models import AuditLine
from sushui.kernel.scope import in_divisions
from sushui.kernel.viewer import Viewer
from sushui.organizations.permissions import may_keep_house


def audit_lines(
    viewer: Viewer, *, who: str = "", target: str = "", from_on: date | None = None, to_on: date | None = None
) -> QuerySet[AuditLine]:
    """Lines of the viewer's divisions, the newest first; none for whoever does not keep the house.

    ``who`` is part of a person's or post's name, ``target`` a record as the chain names it (``organizations.post:12``),
    the days are those of the county, both included.
    """
    if not may_keep_house(viewer):
        return AuditLine.objects.none()
    rows = in_divisions(AuditLine.objects.all(), viewer).order_by("-pk")
    if who:
        rows = rows.filter(Q(user_name__icontains=who) | Q(post_name__icontains=who))
    if target:
        rows = rows.filter(target=target)
    if from_on:
        rows = rows.filter(at__date__gte=from_on)
    if to_on:
        rows = rows.filter(at__date__lte=to_on)
    return rows


def last_line_of(record: Model) -> AuditLine | None:
    """The last act on a record that the viewer has open: who changed it meanwhile, and when."""
    return AuditLine.objects.filter(target=target_of(record)).order_by("-pk").first()
