"""Bottlenecks in rows: what is held up, for how long, what it stops, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from sushui.kernel import clock
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import BottleneckKind
from sushui.projects.models import Bottleneck
from sushui.projects.panels.offers import Offer, bottleneck_offers
from sushui.projects.queries import BottleneckFilter, BottleneckSum
from sushui.projects.services.bottleneck_book import days_open, stops_in_words


@dataclass(frozen=True)
class BottleneckLine:
    """What holds a project up, for how many days (until it was resolved), and what can be done about it."""

    bottleneck: Bottleneck
    days: int
    offers: list[Offer]

    @property
    def stops(self) -> str:
        """What it stops, in words; nothing where nobody said."""
        return stops_in_words(self.bottleneck)

    @property
    def is_overdue(self) -> bool:
        row = self.bottleneck
        return row.resolved_on is None and row.due_on is not None and row.due_on < clock.today()

    @property
    def acts(self) -> list[Offer]:
        """What is done on a page of its own; a task is made by one click."""
        return [offer for offer in self.offers if offer.verb != "raise-task"]

    @property
    def task_offer(self) -> Offer | None:
        return next((offer for offer in self.offers if offer.verb == "raise-task"), None)


def bottleneck_lines(viewer: Viewer, rows: Iterable[Bottleneck]) -> list[BottleneckLine]:
    """Rows whose project, agency, milestone and task are at hand; no query."""
    today = clock.today()
    return [BottleneckLine(row, days_open(row, today), bottleneck_offers(viewer, row, row.project)) for row in rows]


@dataclass(frozen=True)
class SumLine:
    """A sum that opens its rows: what it counts, how many, for how many days the oldest."""

    label: str
    count: int
    days: int
    url: str


def sum_lines(sums: Iterable[BottleneckSum], narrowed: BottleneckFilter, field: str) -> list[SumLine]:
    """Sums by kind (``field`` kind) or by agency (``agency_id``), each under the filter that leaves its rows."""
    return [_sum_line(each, narrowed, field) for each in sums]


def _sum_line(each: BottleneckSum, narrowed: BottleneckFilter, field: str) -> SumLine:
    is_kind = field == "kind"
    label = label_of(BottleneckKind(each.key)) if is_kind else each.name or _("No agency is named")
    left = replace(narrowed, kind=each.key) if is_kind else replace(narrowed, agency_id=int(each.key))
    return SumLine(label, each.count, (clock.today() - each.since).days, f"?{left.query}")
