"""Who stands by what."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from sushui.kernel.api import Line, Listed, Number, Size, seen_version
from sushui.kernel.batches import batch
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.kernel.workbooks import A_WORKBOOK, workbook_answer
from sushui.liaison import queries, services
from sushui.liaison.api.root import router
from sushui.liaison.api.schemas import (
    Cursor,
    EndIn,
    LeaderOut,
    LiaisonOut,
    LiaisonsIn,
    ReplaceIn,
    SubjectOut,
    liaison_out,
    subject_out,
)
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.models import Liaison
from sushui.liaison.permissions import may_keep_liaisons, may_open_liaison, sees_all_liaisons
from sushui.liaison.queries import LiaisonFilter, SubjectFilter
from sushui.supervision.enums import StatusLight

LONGEST = Sort(("waits_since_on", "pk"))
BY_NAME = Sort(("label", "pk"))


def _shown(liaisons: Any) -> list[dict[str, Any]]:
    with batch():
        return [liaison_out(row) for row in queries.liaison_rows(liaisons)]


@router.reads("/mine", may_open_liaison, Listed[LiaisonOut])
def mine(request: ViewerRequest) -> dict[str, object]:
    """What your post or your agency stands by, the longest without a visit first."""
    return {"items": _shown(queries.own_liaisons(request.viewer)[:200])}


@router.reads("/waiting", may_open_liaison, Listed[LiaisonOut])
def waiting(
    request: ViewerRequest,
    role: LiaisonRole | None = None,
    light: StatusLight | None = None,
    never: bool = False,
    cursor: Cursor = "",
    limit: Size = 50,
) -> dict[str, object]:
    """Liaisons of today, the longest without a visit first."""
    narrowed = LiaisonFilter(role=role or "", light=light or "", is_never=never)
    found = stretch(queries.lapses(request.viewer, narrowed), LONGEST, after=cursor, size=limit)
    return {"items": _shown(found.rows), "next": found.after}


@router.reads("/leaders", may_open_liaison, Listed[LeaderOut])
def leaders(request: ViewerRequest) -> dict[str, object]:
    """How many subjects each leader stands by, and how many were visited this month."""
    with batch():
        counts = queries.leader_counts(request.viewer)
    names = ("stands_by", "visited", "never", "red", "yellow", "since")
    said = [{name: getattr(each, name) for name in names} for each in counts]
    pairs = zip(counts, said, strict=True)
    return {"items": [{"post_id": each.post.pk, "post": str(each.post), **row} for each, row in pairs]}


@router.reads("/subjects", sees_all_liaisons, Listed[SubjectOut])
def subjects(
    request: ViewerRequest, text: Line = "", missing: LiaisonRole | None = None, cursor: Cursor = "", limit: Size = 50
) -> dict[str, object]:
    """The register: subjects by name with those that stand by each today."""
    rows = queries.liaison_subjects(request.viewer, SubjectFilter(text=text, missing=missing or ""))
    found = stretch(rows, BY_NAME, after=cursor, size=limit)
    with batch():
        return {"items": list(map(subject_out, queries.subject_rows(request.viewer, found.rows))), "next": found.after}


@router.reads("/subjects/{subject_id}", may_open_liaison, SubjectOut)
def subject(request: ViewerRequest, subject_id: Number) -> dict[str, Any]:
    """One subject with those that stand by it today."""
    found = queries.subject_for(request.viewer, subject_id)
    return subject_out(queries.subject_rows(request.viewer, [found])[0])


@router.reads("/subjects/{subject_id}/history", may_open_liaison, Listed[LiaisonOut])
def history(request: ViewerRequest, subject_id: Number) -> dict[str, object]:
    """Everybody who stood, stands and will stand by it, the newest first; what was taken back is left out."""
    found = queries.subject_for(request.viewer, subject_id)
    rows = queries.visible_liaisons(request.viewer).filter(subject=found, voided_at=None)
    return {"items": _shown(rows.order_by("-from_on", "-pk")[:200])}


@router.writes("/liaisons", may_keep_liaisons, Listed[LiaisonOut], status=201)
def appoint(request: ViewerRequest, said: LiaisonsIn) -> dict[str, object]:
    """Let some stand by subjects, all or none."""
    drafts = [each.draft() for each in said.liaisons]
    write = services.install_liaisons if said.in_place else services.appoint_liaisons
    made = write(request.viewer, drafts)
    rows = queries.visible_liaisons(request.viewer).filter(pk__in=[row.pk for row in made])
    return {"items": _shown(rows.order_by("pk"))}


@router.writes("/liaisons/{liaison_id}/replace", may_keep_liaisons, LiaisonOut)
def replace(request: ViewerRequest, liaison_id: Number, said: ReplaceIn) -> dict[str, Any]:
    """Somebody else in the same role from a day on; the one before ends the day before."""
    found = queries.liaison_for(request.viewer, liaison_id)
    values = said.dict(exclude={"version"})
    made = services.replace_liaison(request.viewer, found, seen_version=seen_version(request, said.version), **values)
    return _one(request, made)


@router.writes("/liaisons/{liaison_id}/end", may_keep_liaisons, LiaisonOut)
def end(request: ViewerRequest, liaison_id: Number, said: EndIn) -> dict[str, Any]:
    """Let it end with a day."""
    found = queries.liaison_for(request.viewer, liaison_id)
    seen = seen_version(request, said.version)
    ended = services.end_liaison(request.viewer, found, last_on=said.last_on, reason=said.reason, seen_version=seen)
    return _one(request, ended)


def _one(request: ViewerRequest, liaison: Liaison) -> dict[str, Any]:
    return _shown([queries.liaison_for(request.viewer, liaison.pk)])[0]


@router.reads("/export", may_keep_liaisons, None, openapi_extra=A_WORKBOOK)
def export(request: ViewerRequest, text: Line = "") -> HttpResponse:
    """The register as a workbook that imports again unchanged."""
    narrowed = SubjectFilter(text=text)
    return workbook_answer("liaisons", lambda to: services.export_liaisons(request.viewer, narrowed, to))
