"""What projects have for a viewer's day: figures that are due, and what is red."""

from __future__ import annotations

from datetime import date

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
from sushui.projects.enums import Punctuality
from sushui.projects.models import Project
from sushui.projects.panels.rows import own_rows, project_rows, report_due_on
from sushui.projects.panels.units import COLUMNS, unit_rows
from sushui.projects.panels.wording import month_in_words
from sushui.projects.permissions import (
    may_keep_ledger,
    may_open_own_projects,
    may_open_unit_projects,
    may_see_all_projects,
)
from sushui.projects.queries import ReportFilter
from sushui.projects.rules.reports import last_locked_month

FEW, SEVERAL = 5, 8
PROJECT = Column("name", _("Project"), Kind.TITLE)
LIGHT = Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT)
OWED_COLUMNS = Columns(PROJECT, LIGHT, Column("owed", _("Months to report")), Column("act", "", Kind.ACTION))
RED_COLUMNS = Columns(
    PROJECT, LIGHT, Column("agency", _("Responsible agency")), Column("since", _("Red since"), Kind.DATE)
)


MISSING_COLUMNS = Columns(
    Column("name", _("Responsible agency"), Kind.TITLE),
    Column("missing", _("Not reported"), Kind.NUMBER),
    Column("expected", _("Expected"), Kind.NUMBER),
)


def register() -> None:
    """Put projects on the front: what one owes before what one oversees."""
    register_day(DayEntry("projects.own", 35, may_open_own_projects, _own_figures, _own_blocks))
    register_day(DayEntry("projects.unit", 35, may_open_unit_projects, _unit_figures, _unit_blocks))
    register_day(DayEntry("projects.missing", 30, may_keep_ledger, _missing_figures, _missing_blocks))
    register_day(DayEntry("projects.red", 25, may_see_all_projects, _red_figures, _red_blocks))


# --- what an agency owes ---------------------------------------------------------------------------------------------
def _owed(viewer: Viewer) -> QuerySet[Project]:
    return queries.awaiting_figures(viewer, queries.month_to_report(clock.today()))


def _own_figures(viewer: Viewer) -> list[Figure]:
    return _due(viewer, _owed(viewer), f"{reverse('projects:own')}?owed=1")


def _due(viewer: Viewer, owed: QuerySet[Project], url: str) -> list[Figure]:
    """Shown while something is owed: yellow until the day, red after it."""
    count, today = capped_count(owed), clock.today()
    due_on = report_due_on(today, queries.light_limits(viewer.division_id, today))
    status = "red" if today > due_on else "yellow"
    label = _("Figures due by %(day)s") % {"day": day_long(due_on)}
    return [Figure(label, count, url, status=status)] if count else []


def _own_blocks(viewer: Viewer) -> list[Block]:
    projects = list(_owed(viewer).prefetch_related("lights").order_by("light_since_on", "pk")[:SEVERAL])
    rows, today = own_rows(projects, clock.today().year), clock.today()
    title = _("Figures of %(month)s to report") % {"month": month_in_words(queries.month_to_report(today))}
    context, url = {"rows": rows, "columns": OWED_COLUMNS}, f"{reverse('projects:own')}?owed=1"
    return [Block(title, "projects/today/owed.html", context, url)] if rows else []


# --- what a unit builds ----------------------------------------------------------------------------------------------
def _unit_figures(viewer: Viewer) -> list[Figure]:
    owed = queries.awaiting_unit_figures(viewer, queries.month_to_report(clock.today()))
    return _due(viewer, owed, reverse("projects:unit-projects"))


def _unit_blocks(viewer: Viewer) -> list[Block]:
    """A few of the unit's projects, those whose figure is missing first."""
    month = queries.month_to_report(clock.today())
    owed = list(queries.awaiting_unit_figures(viewer, month).order_by("name", "pk")[:SEVERAL])
    others = queries.own_projects_of_unit(viewer).exclude(pk__in=[project.pk for project in owed])
    projects = [*owed, *others.order_by("name", "pk")[: SEVERAL - len(owed)]]
    context = {"rows": unit_rows(viewer, projects, month), "columns": COLUMNS}
    title = _("My projects: reports of %(month)s") % {"month": month_in_words(month)}
    return [Block(title, "projects/today/unit.html", context, reverse("projects:unit-projects"))] if projects else []


# --- who has not reported -------------------------------------------------------------------------------------------
def _locked(viewer: Viewer) -> date:
    today = clock.today()
    return last_locked_month(today, queries.report_limits(viewer.division_id, today))


def _missing_figures(viewer: Viewer) -> list[Figure]:
    """Projects that are missing in the newest locked month; shown while there are any."""
    month, narrowed = _locked(viewer), ReportFilter(Punctuality.MISSING.value)
    count = capped_count(queries.expected_reports(viewer, month, narrowed))
    url = f"{reverse('projects:report-list')}?{narrowed.query(month)}"
    label = _("Reports of %(month)s missing") % {"month": month_in_words(month)}
    return [Figure(label, count, url, status="red")] if count else []


def _missing_blocks(viewer: Viewer) -> list[Block]:
    month = _locked(viewer)
    sums = [each for each in queries.punctuality_by_agency(queries.expected_reports(viewer, month)) if each.missing]
    url = f"{reverse('projects:report-list')}?{ReportFilter(Punctuality.MISSING.value).query(month)}"
    title = _("Who has not reported %(month)s") % {"month": month_in_words(month)}
    context = {"rows": sums[:SEVERAL], "columns": MISSING_COLUMNS, "month": month}
    return [Block(title, "projects/today/missing.html", context, url)] if sums else []


# --- what is red -----------------------------------------------------------------------------------------------------
def _red_figures(viewer: Viewer) -> list[Figure]:
    count = capped_count(queries.red_projects(viewer))
    return [Figure(_("Red projects"), count, f"{reverse('projects:ledger')}?light=red&sort=light", status="red")]


def _red_blocks(viewer: Viewer) -> list[Block]:
    rows = project_rows(queries.red_projects(viewer)[:FEW], clock.today().year)
    context, url = {"rows": rows, "columns": RED_COLUMNS}, f"{reverse('projects:ledger')}?light=red&sort=light"
    return [Block(_("Projects red for longest"), "projects/today/red.html", context, url)] if rows else []
