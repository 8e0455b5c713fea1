"""The county's list of permit steps as a workbook; what is exported leaves its line in the chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sushui.documents.services import Column, ColumnKind, Table, Value, write_workbook
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import Forbidden
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import post_for
from sushui.projects.enums import ListVerb
from sushui.projects.enums.permits import PermitState
from sushui.projects.models import PermitStep
from sushui.projects.permissions import may_open_projects
from sushui.projects.queries.permits import PermitFilter, permit_steps

_AT_ONCE = 1000


def export_permits(viewer: Viewer, narrowed: PermitFilter, to: BinaryIO) -> int:
    """Write the steps, narrowed, to an open file; gives how many. Any number of rows, little memory."""
    if not may_open_projects(viewer):
        raise Forbidden
    now = clock.local(clock.now())
    said = {"at": f"{now:%Y-%m-%d %H:%M}", "agency": viewer.agency_name, "post": viewer.post_name}
    notes = (_("exported on %(at)s by %(agency)s %(post)s") % said,)
    table = Table(_("Permit steps"), _columns(), notes=notes)
    count = write_workbook(table, _rows(permit_steps(viewer, narrowed)), to)
    used = {name: value for name, value in asdict(narrowed).items() if value not in (None, "", False)}
    record_act(viewer, ListVerb.EXPORT, post_for(viewer, viewer.post_id), after={"rows": count, "filter": used})
    return count


def _columns() -> tuple[Column, ...]:
    days = (_("Filed on"), _("Accepted on"), _("Granted on"), _("Limit ends"), _("Good until"), _("Forecast"))
    return (
        Column(_("Project"), width=36),
        Column(_("Permit step"), width=28),
        Column(_("Agency that holds it"), width=20),
        Column(_("State")),
        *(Column(label, ColumnKind.DATE, 13) for label in days),
        Column(_("Slack in working days"), ColumnKind.NUMBER, 10),
        Column(_("Number of the document"), width=24),
    )


def _rows(steps: QuerySet[PermitStep]) -> Iterator[tuple[Value, ...]]:
    is_chinese, last, ordered = (get_language() or "").startswith("zh"), 0, steps.order_by("pk")
    while found := list(ordered.filter(pk__gt=last)[:_AT_ONCE]):
        for step in found:
            yield _row(step, step.name if is_chinese else step.english)
        last = found[-1].pk


def _row(step: PermitStep, name: str) -> tuple[Value, ...]:
    return (
        step.project.name,
        name,
        str(step.agency) if step.agency else None,
        label_of(PermitState(step.state)),
        step.filed_on,
        step.accepted_on,
        step.granted_on,
        step.due_on,
        step.good_until,
        step.forecast_on,
        step.slack_days,
        step.number or None,
    )
