"""What projects have for a viewer's day: figures that are due, and what is red."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.front import Block, DayEntry, Figure, register_day
from sushui.kernel.keyset import capped_count
from sushui.kernel.templatetags.values import day_long
from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.models import Project
from sushui.projects.panels.rows import own_rows, project_rows, report_due_on
from sushui.projects.panels.wording import month_in_words
from sushui.projects.permissions import may_open_own_projects, may_see_all_projects

FEW, SEVERAL = 5, 8
PROJECT = Column("name", _("Project"), Kind.TITLE)
LIGHT = Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT)
OWED_COLUMNS = Columns(PROJECT, LIGHT, Column("owed", _("Months to report")), Column("act", "", Kind.ACTION))
RED_COLUMNS = Columns(
    PROJECT, LIGHT, Column("agency", _("Responsible agency")), Column("since", _("Red since"), Kind.DATE)
)


def register() -> None:
    """Put projects on the front: what one owes before what one oversees."""
    register_day(DayEntry("projects.own", 35, may_open_own_projects, _own_figures, _own_blocks))
    register_day(DayEntry("projects.red", 25, may_see_all_projects, _red_figures, _red_blocks))


# --- what an agency owes ---------------------------------------------------------------------------------------------
def _owed(viewer: Viewer) -> QuerySet[Project]:
    return queries.awaiting_figures(viewer, queries.month_to_report(clock.today()))


def _own_figures(viewer: Viewer) -> list[Figure]:
    """Shown while something is owed: yellow until the day, red after it."""
    count, today = capped_count(_owed(viewer)), clock.today()
    due_on = report_due_on(today, queries.light_limits(viewer.division_id, today))
    status = "red" if today > due_on else "yellow"
    label = _("Figures due by %(day)s") % {"day": day_long(due_on)}
    return [Figure(label, count, f"{reverse('projects:own')}?owed=1", status=status)] if count else []


def _own_blocks(viewer: Viewer) -> list[Block]:
    projects = list(_owed(viewer).prefetch_related("lights").order_by("light_since_on", "pk")[:SEVERAL])
    rows, today = own_rows(projects, clock.today().year), clock.today()
    title = _("Figures of %(month)s to report") % {"month": month_in_words(queries.month_to_report(today))}
    context, url = {"rows": rows, "columns": OWED_COLUMNS}, f"{reverse('projects:own')}?owed=1"
    return [Block(title, "projects/today/owed.html", context, url)] if rows else []


# --- what is red -----------------------------------------------------------------------------------------------------
def _red_figures(viewer: Viewer) -> list[Figure]:
    count = capped_count(queries.red_projects(viewer))
    return [Figure(_("Red projects"), count, f"{reverse('projects:ledger')}?light=red&sort=light", status="red")]


def _red_blocks(viewer: Viewer) -> list[Block]:
    rows = project_rows(queries.red_projects(viewer)[:FEW], clock.today().year)
    context, url = {"rows": rows, "columns": RED_COLUMNS}, f"{reverse('projects:ledger')}?light=red&sort=light"
    return [Block(_("Projects red for longest"), "projects/today/red.html", context, url)] if rows else []
