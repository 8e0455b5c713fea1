"""What permits have for a viewer's day: the applications that lie with the viewer's own agencies."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.front import Block, DayEntry, Figure, register_day
from sushui.kernel.viewer import Viewer
from sushui.projects.panels.permits.rows import permit_rows
from sushui.projects.permissions import may_open_own_projects
from sushui.projects.queries.permits import IN_HAND, PermitFilter, permit_steps, permit_sums

SEVERAL = 8
OURS = PermitFilter(state=IN_HAND, mine=True)
COLUMNS = Columns(
    Column("step", _("Permit step"), Kind.TITLE),
    Column("project", _("Project")),
    Column("light", pgettext_lazy("column", "State"), Kind.LIGHT),
    Column("due_on", _("Limit ends"), Kind.DATE),
)


def register() -> None:
    """Put the permits that an agency holds on its day."""
    register_day(DayEntry("projects.permits", 34, may_open_own_projects, _figures, _blocks))


def _url() -> str:
    return f"{reverse('projects:all-permits')}?{OURS.query}"


def _figures(viewer: Viewer) -> list[Figure]:
    """Shown while any lies there; red once a limit has passed."""
    sums = permit_sums(permit_steps(viewer, OURS))
    label = _("Permits in our hand")
    return [Figure(label, sums["steps"], _url(), status="red" if sums["over"] else "")] if sums["steps"] else []


def _blocks(viewer: Viewer) -> list[Block]:
    """Those whose limit ends first."""
    rows = permit_rows(list(permit_steps(viewer, OURS).order_by("due_on", "pk")[:SEVERAL]))
    context = {"rows": rows, "columns": COLUMNS}
    return [Block(_("Permits in our hand"), "projects/today/permits.html", context, _url())] if rows else []
