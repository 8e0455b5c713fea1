"""What requests have for a viewer's day."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.front import Block, DayEntry, Figure, register_day
from sushui.kernel.keyset import capped_count
from sushui.kernel.viewer import Viewer
from sushui.relief import queries
from sushui.relief.enums import SupportState
from sushui.relief.models import SupportRequest
from sushui.relief.permissions import may_keep_desk, may_open_own_requests, may_open_requests, may_see_all_requests
from sushui.relief.rules.life import WAITING

FEW = 6
COLUMNS = Columns(
    Column("name", _("Enterprise"), Kind.TITLE),
    Column("content", _("What is asked for")),
    Column("state", pgettext_lazy("column", "State")),
    Column("received", _("Received"), Kind.DATE),
)


def register() -> None:
    """Put requests on the front."""
    register_day(DayEntry("relief.desk", 36, may_keep_desk, _desk_figures, _desk_blocks))
    register_day(DayEntry("relief.agency", 36, _works, _agency_figures, _agency_blocks))
    register_day(DayEntry("relief.own", 36, may_open_own_requests, _own_figures, _own_blocks))


def _works(viewer: Viewer) -> bool:
    return bool(may_open_requests(viewer)) and not may_see_all_requests(viewer)


def _figure(label: object, rows: QuerySet[SupportRequest], url: str) -> list[Figure]:
    count = capped_count(rows)
    return [Figure(label, count, url, status="yellow")] if count else []  # type: ignore[arg-type]


def _block(title: object, rows: QuerySet[SupportRequest], url: str) -> list[Block]:
    shown = list(rows.order_by("received_on", "pk")[:FEW])
    context = {"rows": shown, "columns": COLUMNS}
    return [Block(title, "relief/today.html", context, url)] if shown else []  # type: ignore[arg-type]


def _waiting(viewer: Viewer) -> QuerySet[SupportRequest]:
    return queries.requests(viewer).filter(state__in=WAITING)


def _desk_figures(viewer: Viewer) -> list[Figure]:
    return _figure(_("Requests to assign"), _waiting(viewer), reverse("relief:desk"))


def _desk_blocks(viewer: Viewer) -> list[Block]:
    return _block(_("Requests to assign"), _waiting(viewer), reverse("relief:desk"))


def _agency_figures(viewer: Viewer) -> list[Figure]:
    return _figure(_("Requests to answer"), queries.awaiting_of_agency(viewer), reverse("relief:agency"))


def _agency_blocks(viewer: Viewer) -> list[Block]:
    return _block(_("Requests to answer"), queries.awaiting_of_agency(viewer), reverse("relief:agency"))


def _to_rate(viewer: Viewer) -> QuerySet[SupportRequest]:
    return queries.requests(viewer).filter(state=SupportState.ANSWERED)


def _to_rate_url() -> str:
    return f"{reverse('relief:own')}?state={SupportState.ANSWERED.value}"


def _own_figures(viewer: Viewer) -> list[Figure]:
    return _figure(_("Answers to rate"), _to_rate(viewer), _to_rate_url())


def _own_blocks(viewer: Viewer) -> list[Block]:
    return _block(_("Answers to rate"), _to_rate(viewer), _to_rate_url())
