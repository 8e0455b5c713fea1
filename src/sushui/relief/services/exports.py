"""The issue register as an official workbook, just as it is narrowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import BinaryIO

from django.utils.translation import gettext as _

from sushui.documents.services import Column, ColumnKind, Table, Value, write_workbook
from sushui.kernel.audit import record_act
from sushui.kernel.errors import Forbidden
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import post_for
from sushui.relief.enums import ReliefVerb
from sushui.relief.permissions import may_open_requests
from sushui.relief.queries import IssueFilter, IssueLine, issue_lines


def export_issues(viewer: Viewer, narrowed: IssueFilter, to: BinaryIO) -> int:
    """Write the open issues, the oldest first; gives how many. The export leaves its line in the chain."""
    if not may_open_requests(viewer):
        raise Forbidden
    lines = issue_lines(viewer, narrowed)
    count = write_workbook(Table(_("Issue register"), _columns()), _rows(lines), to)
    said = {name: value for name, value in asdict(narrowed).items() if value not in (None, "")}
    record_act(viewer, ReliefVerb.EXPORT, post_for(viewer, viewer.post_id), after={"rows": count, "filter": said})
    return count


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Serial no."), ColumnKind.NUMBER, 6),
        Column(_("Source"), width=14),
        Column(_("Kind"), width=14),
        Column(_("Enterprise or project"), width=32),
        Column(_("Problem"), width=52),
        Column(_("Cluster"), width=14),
        Column(_("Development zone"), width=14),
        Column(_("Responsible agency"), width=18),
        Column(_("Open since"), ColumnKind.DATE, 12),
        Column(_("Days open"), ColumnKind.NUMBER, 8),
        Column(_("To be solved by"), ColumnKind.DATE, 12),
    )


def _rows(lines: Iterable[IssueLine]) -> Iterator[tuple[Value, ...]]:
    for number, line in enumerate(lines, start=1):
        yield (
            number,
            label_of(line.source),
            label_of(line.kind),
            line.about,
            line.text,
            line.cluster or None,
            line.zone or None,
            line.agency or None,
            line.since_on,
            line.days,
            line.due_on,
        )
