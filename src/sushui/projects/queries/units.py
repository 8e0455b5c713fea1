"""What the unit that owns projects may know of: the monthly reports of its own, nothing else of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import AgencyKind
from sushui.organizations.queries import enterprise_code
from sushui.projects.enums import ReportState
from sushui.projects.models import MonthlyReport, MonthlyReportVersion, Project, ProjectMonth, ResourceNeed
from sushui.projects.permissions import may_open_unit_projects
from sushui.projects.queries.figures import built_in
from sushui.projects.queries.ledger import visible_projects
from sushui.projects.queries.resources import with_commitments


def own_projects_of_unit(viewer: Viewer) -> QuerySet[Project]:
    """Projects of the viewer's own division whose owner is the viewer's enterprise, as `is_of_project_unit` says."""
    code = enterprise_code(viewer) if may_open_unit_projects(viewer) else ""
    rows = Project.objects.filter(division_id=viewer.division_id, owner_code=code)
    return rows.select_related("agency") if code else rows.none()


def own_project_of_unit(viewer: Viewer, project_id: int) -> Project:
    """One of them.

    Raises:
        NotFound: none such, or another unit's.
    """
    found = own_projects_of_unit(viewer).select_related("agency", "division", "place").filter(pk=project_id).first()
    if found is None:
        raise NotFound
    return found


def needs_of_own_project(project: Project) -> list[ResourceNeed]:
    """What a project of the unit needs, with the commitments; the project was found by `own_project_of_unit`."""
    rows = ResourceNeed.objects.filter(project=project, dropped_on=None).select_related("agency")
    return list(with_commitments(rows).order_by("factor", "pk"))


def awaiting_unit_figures(viewer: Viewer, month: date) -> QuerySet[Project]:
    """Those that were under construction in the month and whose figure is missing."""
    told = ProjectMonth.objects.filter(month=month, actual__isnull=False).values("project_id")
    return own_projects_of_unit(viewer).filter(built_in(month)).exclude(pk__in=told)


def report_projects(viewer: Viewer) -> QuerySet[Project]:
    """Projects whose monthly reports the viewer may read: those that they may know of, and those of their own unit."""
    known = visible_projects(viewer)
    if not may_open_unit_projects(viewer):
        return known
    own = own_projects_of_unit(viewer).select_related(None)
    return Project.objects.filter(Q(pk__in=known.values("pk")) | Q(pk__in=own.values("pk")))


def report_project_for(viewer: Viewer, project_id: int) -> Project:
    """One of them, with its agency, division and subject.

    Raises:
        NotFound: none such, or not the viewer's to read.
    """
    rows = report_projects(viewer).select_related("agency", "cluster", "place", "division", "subject")
    project = rows.filter(pk=project_id).first()
    if project is None:
        raise NotFound
    return project


def month_reports(project_ids: Iterable[int], month: date) -> dict[int, MonthlyReport]:
    """Reports and drafts of a month by project, each with who gave it; one query."""
    rows = MonthlyReport.objects.filter(project_id__in=list(project_ids), month=month)
    return {row.project_id: row for row in rows.select_related("current__post__agency", "typed_by__agency")}


def given_counts(project_ids: Iterable[int]) -> dict[int, int]:
    """How many months of each project were reported in a report; one query."""
    rows = MonthlyReport.objects.filter(project_id__in=list(project_ids), state=ReportState.GIVEN).order_by()
    return dict(rows.values_list("project_id").annotate(Count("pk")))


def is_by_unit(version: MonthlyReportVersion, project: Project) -> bool:
    """Whether an enterprise gave it that does not answer for the project itself: the unit that owns it."""
    agency = version.post.agency
    return agency.kind is AgencyKind.ENTERPRISE and agency.pk != project.agency_id


def reported_by_unit(projects: Iterable[Project], month: date) -> set[int]:
    """Those whose report of the month their unit gave; one query."""
    by_number = {project.pk: project for project in projects}
    current = {number: report.current for number, report in month_reports(by_number, month).items()}
    return {number for number, said in current.items() if said is not None and is_by_unit(said, by_number[number])}
