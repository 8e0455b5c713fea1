"""Projects as OC4IDS by programs: given out as the standard says them, sent in, looked at, taken over."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import File, Query, Schema
from ninja.files import UploadedFile
from pydantic import Field

from sushui.kernel.api import Number, seen_version
from sushui.kernel.pages import ViewerRequest
from sushui.kernel.uploads import read_workbook
from sushui.projects import queries
from sushui.projects.api.imports import Version
from sushui.projects.api.root import router
from sushui.projects.api.schemas import ProjectQuery
from sushui.projects.enums import ExchangeState
from sushui.projects.models import ExchangeDraft
from sushui.projects.permissions import may_keep_ledger, may_open_portfolios, may_open_projects
from sushui.projects.queries.exchange import exchange_draft_for
from sushui.projects.queries.portfolios import version_for
from sushui.projects.rules.documents import to_text
from sushui.projects.services import exchange as services


class ExchangeDraftOut(Schema):
    """A file of projects that was sent in; ``imported_at`` once it was taken over."""

    id: int
    file_name: str
    created_at: datetime
    imported_at: datetime | None
    new: int
    changed: int


class ExchangeChangeOut(Schema):
    field: str
    before: str
    after: str


class ExchangeRowOut(Schema):
    """What would become of a project of the file; with ``refusals`` nothing of the file is taken over."""

    place: int
    identifier: str
    name: str
    state: ExchangeState
    project_id: int | None
    changes: list[ExchangeChangeOut]
    refusals: list[str]
    doubts: Annotated[list[str], Field(description="What is odd about its codes: confirm them when you take over.")]
    notes: list[str]


class ExchangeUnderstoodOut(Schema):
    """What would become of each project of the file, as it is shown now."""

    rows: list[ExchangeRowOut]
    version: int
    preview: Annotated[str, Field(description="Names what was shown; say it when you take over.")]


class ExchangeCommit(Schema):
    """Take over what was shown: ``preview`` of the answer that you read, else whatever was shown last."""

    version: Version = None
    preview: Annotated[str | None, Field(max_length=64)] = None
    is_confirmed: Annotated[bool, Field(description="A person compared the odd codes with the documents.")] = False


@router.reads("/oc4ids/package", may_open_projects, None)
def oc4ids_package(request: ViewerRequest, narrowed: Annotated[ProjectQuery, Query()]) -> HttpResponse:
    """The ledger, narrowed, as a project package of OC4IDS 0.9."""
    return _json(services.published_package(request.viewer, narrowed.filter()))


@router.reads("/{project_id}/oc4ids", may_open_projects, None)
def oc4ids_project(request: ViewerRequest, project_id: Number) -> HttpResponse:
    """One project as a project package of OC4IDS 0.9."""
    return _json(services.published_project(request.viewer, queries.project_for(request.viewer, project_id)))


@router.reads("/portfolio-versions/{list_version_id}/oc4ids", may_open_portfolios, None)
def oc4ids_portfolio(request: ViewerRequest, list_version_id: Number) -> HttpResponse:
    """The projects of a version of a portfolio as a project package of OC4IDS 0.9."""
    return _json(services.published_portfolio(request.viewer, version_for(request.viewer, list_version_id)))


def _json(package: dict[str, Any]) -> HttpResponse:
    return HttpResponse(to_text(package), content_type="application/json; charset=utf-8")


@router.writes("/oc4ids", may_keep_ledger, ExchangeDraftOut, status=201)
def stage_oc4ids(request: ViewerRequest, file: File[UploadedFile]) -> ExchangeDraft:
    """Send a file of projects in; nothing is written to the ledger yet."""
    return services.stage_exchange(request.viewer, file_name=file.name or "", data=read_workbook(file))


@router.reads("/oc4ids/{exchange_id}", may_keep_ledger, ExchangeUnderstoodOut)
def oc4ids_rows(request: ViewerRequest, exchange_id: Number) -> dict[str, Any]:
    """What would become of each project of the file."""
    draft = exchange_draft_for(request.viewer, exchange_id)
    rows = services.show_exchange(request.viewer, draft)
    return {"rows": [_row(row) for row in rows], "version": draft.version, "preview": draft.preview["digest"]}


def _row(row: services.ExchangeRow) -> dict[str, Any]:
    return {
        "place": row.place,
        "identifier": row.identifier,
        "name": row.name,
        "state": row.state,
        "project_id": row.project.pk if row.project else None,
        "changes": [{"field": c.field, "before": str(c.before), "after": str(c.after)} for c in row.changes],
        "refusals": row.refusals,
        "doubts": row.doubts,
        "notes": row.notes,
    }


@router.writes("/oc4ids/{exchange_id}/commit", may_keep_ledger, ExchangeDraftOut)
def commit_oc4ids(request: ViewerRequest, exchange_id: Number, said: ExchangeCommit) -> ExchangeDraft:
    """Take the file over: every project of it, or none."""
    draft, seen = exchange_draft_for(request.viewer, exchange_id), seen_version(request, said.version)
    return services.commit_exchange(
        request.viewer, draft, seen_version=seen, seen_preview=said.preview, is_confirmed=said.is_confirmed
    )
