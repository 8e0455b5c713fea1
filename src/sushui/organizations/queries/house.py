"""What administrators read of the house: the lines of the audit chain."""

from __future__ import annotations

from django.db.models import Model, QuerySet

from sushui.kernel.audit import target_of
from sushui.kernel.models import AuditLine
from sushui.kernel.scope import in_divisions
from sushui.kernel.viewer import Viewer
from sushui.organizations.permissions import may_keep_house


def audit_lines(viewer: Viewer) -> QuerySet[AuditLine]:
    """Lines of the viewer's divisions, the newest first; none for whoever does not keep the house."""
    if not may_keep_house(viewer):
        return AuditLine.objects.none()
    return in_divisions(AuditLine.objects.all(), viewer).order_by("-pk")


def last_line_of(record: Model) -> AuditLine | None:
    """The last act on a record that the viewer has open: who changed it meanwhile, and when."""
    return AuditLine.objects.filter(target=target_of(record)).order_by("-pk").first()
