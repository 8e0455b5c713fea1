"""The list of needs as a workbook."""

from __future__ import annotations

from typing import BinaryIO

from django.utils.translation import gettext as _

from sushui.documents.services import Column, ColumnKind, Table, Value, write_workbook
from sushui.kernel.audit import record_act
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import post_for
from sushui.projects.enums import UNITS, FundingSource, ListVerb
from sushui.projects.models import ResourceCommitment, ResourceNeed
from sushui.projects.queries import NeedFilter, balance_as_stored, commitment_lines, needs


def export_needs(viewer: Viewer, narrowed: NeedFilter, to: BinaryIO) -> int:
    """Write the needs with their commitments, a row for each; gives how many rows there were. Money is in yuan."""
    rows = commitment_lines(needs(viewer, narrowed))
    count = write_workbook(_table(), (_line(need, commitment) for need, commitment in rows), to)
    record_act(
        viewer, ListVerb.EXPORT, post_for(viewer, viewer.post_id), after={"rows": count, "filter": narrowed.query}
    )
    return count


def _table() -> Table:
    text, number, day = ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.DATE
    columns = [
        (_("Project"), text),
        (_("Factor"), text),
        (_("What exactly"), text),
        (_("Unit of measure"), text),
        (_("Need"), number),
        (_("Needed by"), day),
        (_("Whose it is to provide"), text),
        (_("Committed in all"), number),
        (_("Delivered in all"), number),
        (_("Not committed"), number),
        (_("Agency that commits"), text),
        (_("Committed"), number),
        (_("Until"), day),
        (_("Delivered"), number),
    ]
    return Table(_("Resources of projects"), tuple(Column(label, kind) for label, kind in columns), ())


def _line(need: ResourceNeed, commitment: ResourceCommitment | None) -> tuple[Value, ...]:
    balance = balance_as_stored(need)
    what = [need.what, label_of(FundingSource(need.source)) if need.source else ""]
    what.append(f"{need.month:%Y-%m}" if need.month else "")
    whole = (need.committed, need.delivered, balance.uncommitted)
    promise: tuple[Value, ...] = (None, None, None, None)
    if commitment is not None:
        promise = (str(commitment.agency), commitment.amount, commitment.until, commitment.delivered)
    asked = str(need.agency) if need.agency else None
    head = (need.project.name, label_of(need.factor), " ".join(filter(None, what)), label_of(UNITS[need.factor]))
    return (*head, need.amount, need.needed_by, asked, *whole, *promise)
