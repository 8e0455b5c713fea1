"""Sheets of enterprises that the viewer's post is reading in."""

from __future__ import annotations

from django.db.models import QuerySet

from sushui.enterprises.models import EnterpriseSheet
from sushui.enterprises.permissions import may_keep_register
from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer


def open_sheets(viewer: Viewer) -> QuerySet[EnterpriseSheet]:
    """Those that are not imported yet, the newest first; without their rows."""
    rows = EnterpriseSheet.objects.filter(post_id=viewer.post_id, imported_at=None).defer("rows", "preview")
    return rows.order_by("-pk") if may_keep_register(viewer) else rows.none()


def sheet_for(viewer: Viewer, sheet_id: int) -> EnterpriseSheet:
    """One of them.

    Raises:
        NotFound: none such, or another post's.
    """
    rows = EnterpriseSheet.objects.filter(post_id=viewer.post_id, imported_at=None)
    found = rows.filter(pk=sheet_id).first() if may_keep_register(viewer) else None
    if found is None:
        raise NotFound
    return found
