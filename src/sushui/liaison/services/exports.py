"""The register as a workbook that imports again unchanged. What is exported leaves its line in the chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import BinaryIO

from django.utils.translation import gettext as _

from sushui.documents.services import Column, ColumnKind, Table, Value, write_workbook
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import Forbidden
from sushui.kernel.viewer import Viewer
from sushui.liaison import queries
from sushui.liaison.adapter import EXPORTED, headings
from sushui.liaison.enums import LiaisonRole, Verb
from sushui.liaison.models import Liaison
from sushui.liaison.permissions import may_keep_liaisons
from sushui.liaison.queries.standing import not_over
from sushui.organizations.queries import post_for

WIDTHS = {"number": 8, "subject": 40, "leader": 22, "agency": 22, "officer": 22, "source": 30}
Key = tuple[int, date, date | None, str]


def export_liaisons(viewer: Viewer, narrowed: queries.SubjectFilter, to: BinaryIO) -> int:
    """Write who stands by the subjects of the register, narrowed, today or from a later day on; gives the rows.

    Those of a subject that began and end on the same days by the same document share a row.
    """
    if not may_keep_liaisons(viewer):
        raise Forbidden
    rows = list(_rows(viewer, narrowed))
    now = clock.local(clock.now())
    note = _("exported on %(at)s by %(agency)s %(post)s") % {
        "at": f"{now:%Y-%m-%d %H:%M}",
        "agency": viewer.agency_name,
        "post": viewer.post_name,
    }
    write_workbook(Table(_("Liaison register"), _columns(), notes=(note,)), rows, to)
    said = {name: value for name, value in asdict(narrowed).items() if value not in (None, "")}
    record_act(viewer, Verb.EXPORT, post_for(viewer, viewer.post_id), after={"rows": len(rows), "filter": said})
    return len(rows)


def _columns() -> tuple[Column, ...]:
    """The headings are those that the import knows, in whatever language the page is read."""
    return tuple(Column(headings()[name][0], _kind(name), WIDTHS.get(name, 14)) for name in EXPORTED)


def _kind(name: str) -> ColumnKind:
    if name.endswith("_on"):
        return ColumnKind.DATE
    return ColumnKind.NUMBER if name == "number" else ColumnKind.TEXT


def _rows(viewer: Viewer, narrowed: queries.SubjectFilter) -> Iterator[tuple[Value, ...]]:
    subjects = queries.liaison_subjects(viewer, narrowed).filter(division_id=viewer.division_id)
    standing = queries.visible_liaisons(viewer).filter(not_over(clock.today()), subject__in=subjects.order_by())
    grouped: dict[Key, dict[LiaisonRole, Liaison]] = {}
    for each in standing.order_by("subject__label", "subject_id", "from_on", "pk"):
        key = (each.subject_id, each.from_on, each.to_on, each.source)
        grouped.setdefault(key, {})[each.role] = each
    return (_row(by_role) for by_role in grouped.values())


def _row(by_role: dict[LiaisonRole, Liaison]) -> tuple[Value, ...]:
    """One row, in the order of `EXPORTED`."""
    first = next(iter(by_role.values()))
    who = [str(each.post or each.agency) if each else "" for each in map(by_role.get, LiaisonRole)]
    return (first.subject_id, first.subject.label, *who, first.from_on, first.to_on, first.source)
