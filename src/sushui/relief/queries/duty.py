"""What agencies must find themselves: requests that they brought from visits, by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import AgencyKind
from sushui.organizations.queries import responsible_agencies
from sushui.relief.enums import SupportChannel
from sushui.relief.models import SupportRequest
from sushui.relief.permissions import may_see_all_requests
from sushui.relief.queries.limits import relief_limits


@dataclass(frozen=True)
class DutyCount:
    """An agency, how many requests it found in a month, and how many it owes."""

    name: str
    found: int
    owed: int

    @property
    def is_short(self) -> bool:
        return self.found < self.owed

    @property
    def missing(self) -> int:
        return max(self.owed - self.found, 0)


def duty_counts(viewer: Viewer, month: date) -> list[DutyCount]:
    """The agencies of the viewer's division that must find requests, those that found fewest first.

    Whoever does not see all requests sees the own agency alone. Two queries and the settings.
    """
    until = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    rows = SupportRequest.objects.filter(channel=SupportChannel.VISIT, division_id=viewer.division_id)
    rows = rows.filter(received_on__gte=month.replace(day=1), received_on__lt=until)
    found = dict(rows.order_by().values_list("agency_id").annotate(count=Count("pk")))
    bound = responsible_agencies(viewer).exclude(kind=AgencyKind.HOSPITAL)
    if not may_see_all_requests(viewer):
        bound = bound.filter(pk__in=viewer.agency_ids)
    owed = relief_limits(viewer.division_id, month).found_a_month
    counts = [DutyCount(str(each), found.get(each.pk, 0), owed) for each in bound]
    return sorted(counts, key=lambda each: (each.found, each.name))
