"""Visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse

from sushui.kernel.api import Line, Listed, Number, Size, seen_version, tell_version
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.liaison import queries, services
from sushui.liaison.api.root import router
from sushui.liaison.api.schemas import Cursor, VisitEdit, VisitIn, VisitOut, VisitRow, WithdrawIn, visit_out, visit_row
from sushui.liaison.models import Visit
from sushui.liaison.permissions import may_open_liaison
from sushui.liaison.queries import VisitFilter

NEWEST = Sort(("visited_on", "pk"), is_descending=True)


@router.reads("/visits", may_open_liaison, Listed[VisitRow])
def visits(
    request: ViewerRequest,
    subject_id: Number | None = None,
    since: date | None = None,
    until: date | None = None,
    text: Line = "",
    cursor: Cursor = "",
    limit: Size = 50,
) -> dict[str, object]:
    """Visits, newest first; those that were withdrawn are left out."""
    rows = queries.visits(request.viewer, VisitFilter(subject_id=subject_id, since=since, until=until, text=text))
    found = stretch(rows, NEWEST, after=cursor, size=limit)
    return {"items": list(map(visit_row, found.rows)), "next": found.after}


@router.reads("/visits/{visit_id}", may_open_liaison, VisitOut)
def visit(request: ViewerRequest, visit_id: Number, response: HttpResponse) -> dict[str, Any]:
    """One visit with what it found; its version comes as the ETag."""
    found = queries.visit_for(request.viewer, visit_id)
    tell_version(response, found.version)
    return _told(request, found)


@router.writes("/subjects/{subject_id}/visits", may_open_liaison, VisitOut, status=201)
def log_visit(request: ViewerRequest, subject_id: Number, said: VisitIn) -> dict[str, Any]:
    """Log a visit; each problem becomes a task, assigned at once where you may, else proposed to the office.

    Send it under an idempotency key: on a bad line it is then logged once, however often it is sent.
    """
    subject = queries.subject_for(request.viewer, subject_id)
    return _told(request, services.log_visit(request.viewer, subject, said.draft()))


@router.writes("/visits/{visit_id}", may_open_liaison, VisitOut, method="PUT")
def edit_visit(request: ViewerRequest, visit_id: Number, said: VisitEdit) -> dict[str, Any]:
    """Correct what was written, on the day it was logged."""
    found = queries.visit_for(request.viewer, visit_id)
    values = said.dict(exclude={"version"})
    seen = seen_version(request, said.version)
    return _told(request, services.edit_visit(request.viewer, found, seen_version=seen, **values))


@router.writes("/visits/{visit_id}/withdraw", may_open_liaison, VisitOut)
def withdraw_visit(request: ViewerRequest, visit_id: Number, said: WithdrawIn) -> dict[str, Any]:
    """Take a visit back with a reason; it stays to be read and counts for nobody."""
    found = queries.visit_for(request.viewer, visit_id)
    seen = seen_version(request, said.version)
    return _told(request, services.withdraw_visit(request.viewer, found, reason=said.reason, seen_version=seen))


def _told(request: ViewerRequest, visit: Visit) -> dict[str, Any]:
    return visit_out(visit, queries.finding_rows(request.viewer, [visit]))
