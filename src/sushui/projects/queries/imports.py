"""Workbooks that are being read in, and the projects that their rows may mean."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import FigureKind, ListKind
from sushui.projects.models import Project, ProjectFunding, ProjectMonth, SheetDraft, SheetMemory, YearPlan
from sushui.projects.permissions import may_keep_ledger
from sushui.projects.queries.ledger import visible_projects


def sheet_drafts(viewer: Viewer) -> QuerySet[SheetDraft]:
    """Sheets that the viewer's post is reading in, newest file first, by sheet; cells deferred."""
    rows = SheetDraft.objects.filter(post_id=viewer.post_id, imported_at=None)
    rows = rows.select_related("portfolio", "based_on")
    return rows.defer("sheet", "preview").order_by("-created_at", "sheet_index")


def sheet_draft_for(viewer: Viewer, sheet_id: int) -> SheetDraft:
    """One sheet that is being read in.

    Raises:
        NotFound: none such, finished, or another post's.
    """
    draft = sheet_drafts(viewer).filter(pk=sheet_id).first()
    if draft is None:
        raise NotFound
    return draft


def finished_sheets(viewer: Viewer) -> QuerySet[SheetDraft]:
    """Sheets that were imported in the viewer's own division: all for the project office, else the post's own."""
    rows = SheetDraft.objects.filter(division_id=viewer.division_id, imported_at__isnull=False).defer(
        "sheet", "preview"
    )
    rows = rows if may_keep_ledger(viewer) else rows.filter(post_id=viewer.post_id)
    return rows.select_related("post__agency").order_by("-imported_at", "-pk")


def earlier_sheets(viewer: Viewer, draft: SheetDraft) -> list[SheetDraft]:
    """When the very same sheet of the very same file was imported already."""
    same = {"digest": draft.digest, "sheet_index": draft.sheet_index, "kind": draft.kind}
    return list(finished_sheets(viewer).filter(**same))


def remembered_meanings(viewer: Viewer, kind: ListKind, shape: str) -> list[str] | None:
    """What the columns of a sheet of this shape meant the last time in the division, from left to right."""
    rows = SheetMemory.objects.filter(division_id=viewer.division_id, kind=kind, shape=shape)
    return rows.values_list("columns", flat=True).first()


def own_projects(viewer: Viewer) -> QuerySet[Project]:
    """Projects of the viewer's own division whose figures they may send: the office all, an agency its own."""
    rows = visible_projects(viewer).filter(division_id=viewer.division_id)
    return rows if may_keep_ledger(viewer) else rows.filter(agency_id__in=viewer.agency_ids)


def project_names(projects: QuerySet[Project]) -> list[tuple[int, str, str]]:
    """Number, code and name of each; one query without their other columns."""
    return list(projects.order_by("pk").values_list("pk", "code", "name"))


def projects_numbered(numbers: Iterable[int], *, is_locking: bool = False) -> dict[int, Project]:
    """These projects with agency, cluster and place; ``is_locking`` lets nobody else change them meanwhile."""
    rows = Project.objects.filter(pk__in=set(numbers)).select_related("agency", "cluster", "place")
    rows = rows.order_by("pk").select_for_update(of=("self",)) if is_locking else rows
    return {project.pk: project for project in rows}


def funding_by_project(numbers: Iterable[int]) -> dict[int, list[ProjectFunding]]:
    """Planned money of these projects."""
    found: dict[int, list[ProjectFunding]] = {}
    for row in ProjectFunding.objects.filter(project_id__in=set(numbers)).order_by("pk"):
        found.setdefault(row.project_id, []).append(row)
    return found


def year_plans_of(numbers: Iterable[int]) -> dict[tuple[int, int], Decimal]:
    """Investment planned in yuan, by project and year."""
    rows = YearPlan.objects.filter(project_id__in=set(numbers)).values_list("project_id", "year", "amount")
    return {(project, year): amount for project, year, amount in rows}


def standing_figures(numbers: Iterable[int], year: int) -> dict[tuple[int, date, FigureKind], Decimal]:
    """The figures of a year that stand, by project, month and kind."""
    found: dict[tuple[int, date, FigureKind], Decimal] = {}
    rows = ProjectMonth.objects.filter(project_id__in=set(numbers), month__year=year)
    for project, month, planned, actual in rows.values_list("project_id", "month", "planned", "actual"):
        for kind, amount in ((FigureKind.PLAN, planned), (FigureKind.ACTUAL, actual)):
            if amount is not None:
                found[project, month, kind] = amount
    return found
