"""The register and orders as workbooks that import again unchanged. What is exported leaves its line in the chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import BinaryIO

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from sushui.documents.services import Column, ColumnKind, Table, Value, write_workbook
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import Forbidden
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agencies, post_for
from sushui.supervision import queries
from sushui.supervision.adapter.worklists import BY_RULE, EXPORTED, kind_text
from sushui.supervision.enums import ColumnMeaning, ListVerb, PartRole, StatusLight, TaskKind
from sushui.supervision.models import SupervisedTask, SupervisionOrder, TaskPart
from sushui.supervision.permissions import may_open_register, may_open_supervision

_AT_ONCE = 1000
_WIDTHS = {
    ColumnMeaning.NUMBER: 6,
    ColumnMeaning.TITLE: 48,
    ColumnMeaning.SUPPORTING: 28,
    ColumnMeaning.LEAD: 18,
    ColumnMeaning.NOTE: 24,
}


def export_register(viewer: Viewer, narrowed: queries.TaskFilter, to: BinaryIO) -> int:
    """Write the register, narrowed, to an open file; gives the number of tasks. Any number of rows, little memory."""
    if not may_open_register(viewer):
        raise Forbidden
    rows = queries.register(viewer, narrowed)
    count = write_workbook(_table(viewer, _("Register of supervised tasks")), _lines(viewer, rows), to)
    said = {name: value for name, value in asdict(narrowed).items() if value not in (None, "")}
    seat = post_for(viewer, viewer.post_id)
    record_act(viewer, ListVerb.EXPORT_REGISTER, seat, after={"rows": count, "filter": said})
    return count


def export_order(viewer: Viewer, order: SupervisionOrder, to: BinaryIO) -> int:
    """Write the tasks of an order that the viewer may see to an open file; gives their number."""
    if not may_open_supervision(viewer):
        raise Forbidden
    rows = queries.register(viewer, queries.TaskFilter(order_id=order.pk))
    count = write_workbook(_table(viewer, order.title), _lines(viewer, rows), to)
    record_act(viewer, ListVerb.EXPORT_ORDER, order, after={"rows": count})
    return count


def _table(viewer: Viewer, title: str) -> Table:
    """Title, columns and the note that says who exported when."""
    now = clock.local(clock.now())
    note = _("exported on %(at)s by %(agency)s %(post)s") % {
        "at": f"{now:%Y-%m-%d %H:%M}",
        "agency": viewer.agency_name,
        "post": viewer.post_name,
    }
    return Table(title, tuple(_column(_(msgid), meaning) for msgid, meaning in EXPORTED), notes=(note,))


def _column(label: str, meaning: ColumnMeaning) -> Column:
    kind = ColumnKind.DATE if meaning is ColumnMeaning.DEADLINE else ColumnKind.TEXT
    kind = ColumnKind.NUMBER if meaning is ColumnMeaning.NUMBER else kind
    return Column(label, kind, _WIDTHS.get(meaning, 14))


def _lines(viewer: Viewer, rows: QuerySet[SupervisedTask]) -> Iterator[tuple[Value, ...]]:
    names = _agency_names(viewer)
    return (_line(number, task, names) for number, task in enumerate(_tasks(rows), start=1))


def _tasks(rows: QuerySet[SupervisedTask]) -> Iterator[SupervisedTask]:
    """Tasks in the order in which they were drafted, read in stretches that memory does not feel."""
    supporting = TaskPart.objects.filter(role=PartRole.SUPPORTING).exclude(state="moved").order_by("pk")
    named = rows.prefetch_related(Prefetch("parts", queryset=supporting.select_related("agency"))).order_by("pk")
    last = 0
    while stretch := list(named.filter(pk__gt=last)[:_AT_ONCE]):
        yield from stretch
        last = stretch[-1].pk


def _agency_names(viewer: Viewer) -> dict[int, str]:
    """Each agency by the name in daily use; where two have the same, by the official one, which is unique."""
    rows = list(agencies(viewer))
    often = Counter((row.division_id, str(row)) for row in rows)
    return {row.pk: row.name if often[row.division_id, str(row)] > 1 else str(row) for row in rows}


def _line(number: int, task: SupervisedTask, names: Mapping[int, str]) -> tuple[Value, ...]:
    """One row, in the order of `EXPORTED`."""
    lead = task.lead_agency
    # An agency whose part was taken up into a new one has two; a supporting one may have come to lead.
    others = {part.agency_id: part.agency for part in task.parts.all() if part.agency_id != task.lead_agency_id}
    supporting = [names.get(number, str(agency)) for number, agency in others.items()]
    return (
        number,
        task.section,
        task.title,
        task.leader_post.name if task.leader_post else task.leader_text,
        names.get(lead.pk, str(lead)) if lead else "",
        "、".join(supporting),
        _deadline(task),
        task.deadline_text,
        kind_text(task.kind, task.node_cycle or None),
        task.note,
        task.order.title,
        label_of(task.state),
        label_of(StatusLight(task.light_today)),  # type: ignore[attr-defined]  # annotated by `register`
        label_of(task.grade) if task.grade else "",
    )


def _deadline(task: SupervisedTask) -> Value:
    """The day that was given; without one, continuing work has no end and the rest the limit of its kind."""
    if task.deadline_on is not None or task.kind is TaskKind.CONTINUING:
        return task.deadline_on
    return _(BY_RULE)
