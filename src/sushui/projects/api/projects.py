"""Projects by programs: the ledger, one project, its life."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from sushui.kernel import clock
from sushui.kernel.api import Listed, Number, Size, seen_version, tell_version
from sushui.kernel.errors import DomainError
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.models import AuditLine
from sushui.kernel.pages import ViewerRequest
from sushui.projects import queries, services
from sushui.projects.api.root import router
from sushui.projects.api.schemas import (
    Cursor,
    Enrollment,
    FundingOut,
    LedgerTotalsOut,
    LightOut,
    Move,
    Postponement,
    ProjectEdit,
    ProjectNamed,
    ProjectOut,
    ProjectQuery,
    ProjectStoryLine,
    Registration,
    Year,
)
from sushui.projects.models import Project, ProjectCluster, ProjectFunding, ProjectLight
from sushui.projects.permissions import may_keep_ledger, may_open_projects
from sushui.projects.queries import LedgerTotals

SORTS = {
    "largest": Sort(("total_investment", "pk"), is_descending=True, has_empty=True),
    "longest": Sort(("light_since_on", "pk"), has_empty=True),
    "newest": Sort(("pk",), is_descending=True),
}
Narrowed = Annotated[ProjectQuery, Query()]


# --- reads -----------------------------------------------------------------------------------------------------------
@router.reads("/", may_open_projects, Listed[ProjectOut])
def projects(
    request: ViewerRequest,
    narrowed: Narrowed,
    sort: Literal["largest", "longest", "newest"] = "largest",
    cursor: Cursor = "",
    limit: Size = 50,
) -> dict[str, object]:
    """The ledger, narrowed: the largest first, or those whose light shows for longest, or the newest."""
    found = stretch(queries.ledger(request.viewer, narrowed.filter()), SORTS[sort], after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/totals", may_open_projects, LedgerTotalsOut)
def totals(request: ViewerRequest, narrowed: Narrowed, year: Year | None = None) -> LedgerTotals:
    """Sums over the ledger, narrowed: planned and done of a year (default: this one)."""
    return queries.ledger_totals(queries.ledger(request.viewer, narrowed.filter()), year or clock.today().year)


@router.reads("/clusters", may_open_projects, list[ProjectNamed])
def clusters(request: ViewerRequest) -> Iterable[ProjectCluster]:
    """The clusters of the viewer's division, in their order."""
    return queries.clusters(request.viewer.division_id)


@router.reads("/{project_id}", may_open_projects, ProjectOut)
def project(request: ViewerRequest, project_id: Number, response: HttpResponse) -> Project:
    """One project; its version comes as the ETag."""
    found = queries.project_for(request.viewer, project_id)
    tell_version(response, found.version)
    return found


@router.reads("/{project_id}/lights", may_open_projects, list[LightOut])
def lights(request: ViewerRequest, project_id: Number) -> list[ProjectLight]:
    """What each rule says, with its numbers and its sentence."""
    return queries.lights_of(queries.project_for(request.viewer, project_id))


@router.reads("/{project_id}/funding", may_open_projects, list[FundingOut])
def funding(request: ViewerRequest, project_id: Number) -> list[ProjectFunding]:
    """Planned money by year and source."""
    return queries.funding_of(queries.project_for(request.viewer, project_id))


@router.reads("/{project_id}/story", may_open_projects, list[ProjectStoryLine])
def story(request: ViewerRequest, project_id: Number) -> Iterable[AuditLine]:
    """What happened to a project, oldest first, from the audit chain."""
    return queries.story(queries.project_for(request.viewer, project_id))


# --- acts ------------------------------------------------------------------------------------------------------------
@router.writes("/", may_keep_ledger, ProjectOut, status=201)
def register_project(request: ViewerRequest, asked: Registration) -> Project:
    """Enter a project into the ledger in a stage that it reached on a day."""
    days = {name: getattr(asked, name) for name in ("stage_on", "started_on", "completed_on")}
    pieces = [each.piece() for each in asked.evidence]
    wanted = services.Registration(asked.draft(), stage=asked.stage, evidence=tuple(pieces), **days)
    made = services.register_by_hand(request.viewer, wanted, confirmed=asked.doubts)
    return queries.project_for(request.viewer, made.pk)


@router.writes("/{project_id}", may_keep_ledger, ProjectOut, method="PUT")
def edit_project(request: ViewerRequest, project_id: Number, asked: ProjectEdit) -> Project:
    """Let the ledger say something else of a project; says which version was seen."""
    found, seen = queries.project_for(request.viewer, project_id), seen_version(request, asked.version)
    if seen is None:
        raise DomainError(
            "version_missing", _("The version that was seen is missing."), _("Send “version” or the header If-Match.")
        )
    return services.edit_project(request.viewer, found, asked.draft(), seen_version=seen)


@router.writes("/{project_id}/move", may_keep_ledger, ProjectOut)
def move_project(request: ViewerRequest, project_id: Number, asked: Move) -> Project:
    """Note that a project reached a stage on a day."""
    found, seen = queries.project_for(request.viewer, project_id), seen_version(request, asked.version)
    said = asked.model_dump(exclude={"version", "evidence", "doubts"}) | {"confirmed": asked.doubts}
    pieces = [each.piece() for each in asked.evidence]
    return services.move_project(request.viewer, found, **said, evidence=pieces, seen_version=seen)


@router.writes("/{project_id}/postpone", may_keep_ledger, ProjectOut)
def postpone_start(request: ViewerRequest, project_id: Number, asked: Postponement) -> Project:
    """Move the planned start to a later month for a good reason."""
    found, seen = queries.project_for(request.viewer, project_id), seen_version(request, asked.version)
    return services.postpone_start(request.viewer, found, month=asked.month, reason=asked.reason, seen_version=seen)


@router.writes("/{project_id}/enroll", may_open_projects, ProjectOut)
def enroll_project(request: ViewerRequest, project_id: Number, asked: Enrollment) -> Project:
    """Record the day on which the project entered the statistics of fixed-asset investment."""
    found, seen = queries.project_for(request.viewer, project_id), seen_version(request, asked.version)
    services.enroll_project(request.viewer, found, enrolled_on=asked.enrolled_on, note=asked.note, seen_version=seen)
    return queries.project_for(request.viewer, project_id)
