"""The list of bottlenecks as a workbook, just as it is narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sushui.documents.services import Column, ColumnKind, Table, Value, write_workbook
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import Forbidden
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import post_for
from sushui.projects import queries
from sushui.projects.enums import BottleneckVerb
from sushui.projects.models import Bottleneck
from sushui.projects.permissions import may_open_projects
from sushui.projects.queries import BottleneckFilter

AT_ONCE = 500


def export_bottlenecks(viewer: Viewer, narrowed: BottleneckFilter, to: BinaryIO) -> int:
    """Write the bottlenecks of a list, the oldest first; gives how many. The export leaves its line in the chain."""
    if not may_open_projects(viewer):
        raise Forbidden
    rows = queries.bottlenecks(viewer, narrowed)
    count = write_workbook(Table(_("Bottlenecks"), _columns()), _lines(rows), to)
    said = {name: value for name, value in asdict(narrowed).items() if value not in (None, "")}
    record_act(viewer, BottleneckVerb.EXPORT, post_for(viewer, viewer.post_id), after={"rows": count, "filter": said})
    return count


def days_open(row: Bottleneck, today: date) -> int:
    """For how many days it has held the project up, or did until it was resolved."""
    return ((row.resolved_on or today) - row.found_on).days


def stops_in_words(row: Bottleneck) -> str:
    """What it stops, in words; nothing where nobody said."""
    stage, milestone = label_of(row.stage) if row.stage else "", row.milestone.name if row.milestone else ""
    return _(", ").join(filter(None, [stage, milestone, row.step]))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Serial no."), ColumnKind.NUMBER, 6),
        Column(_("Project name"), width=36),
        Column(_("Kind"), width=12),
        Column(_("What holds it up"), width=48),
        Column(_("What it stops"), width=24),
        Column(_("Whose it is to clear"), width=18),
        Column(_("Held up since"), ColumnKind.DATE, 12),
        Column(_("Days open"), ColumnKind.NUMBER, 8),
        Column(_("To be resolved by"), ColumnKind.DATE, 12),
        Column(_("Resolved on"), ColumnKind.DATE, 12),
        Column(_("Resolution"), width=48),
    )


def _lines(rows: QuerySet[Bottleneck]) -> Iterator[tuple[Value, ...]]:
    today = clock.today()
    for number, row in enumerate(rows.order_by("found_on", "pk").iterator(AT_ONCE), start=1):
        yield (
            number,
            row.project.name,
            label_of(row.kind),
            row.text,
            stops_in_words(row),
            str(row.agency) if row.agency else None,
            row.found_on,
            days_open(row, today),
            row.due_on,
            row.resolved_on,
            row.resolution,
        )
