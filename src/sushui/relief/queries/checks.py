"""What the office checks."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from sushui.kernel.viewer import Viewer
from sushui.relief.enums import SupportState
from sushui.relief.models import CheckDraw, SpotCheck, SupportRequest
from sushui.relief.queries.requests import visible_requests


def to_draw_from(viewer: Viewer, *, since: date, until: date) -> QuerySet[SupportRequest]:
    """Closed requests of the viewer's own division that nobody checked yet."""
    rows = visible_requests(viewer).filter(division_id=viewer.division_id, state=SupportState.CLOSED)
    return rows.filter(closed_on__gte=since, closed_on__lte=until, checks=None)


def checks_to_make(viewer: Viewer) -> QuerySet[SpotCheck]:
    """Checks that are not made yet, the oldest first."""
    rows = SpotCheck.objects.filter(verdict="", request__in=visible_requests(viewer))
    return rows.select_related("request__enterprise", "request__lead_agency", "draw").order_by("pk")


def draws(viewer: Viewer) -> QuerySet[CheckDraw]:
    """The draws of the viewer's divisions, the newest first."""
    rows = CheckDraw.objects.filter(division_id__in=viewer.division_ids)
    return rows.select_related("post__agency").order_by("-pk")
