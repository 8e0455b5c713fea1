"""Liaison lists that are being read in."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import File, Schema
from ninja.files import UploadedFile

from sushui.kernel.api import Number, seen_version
from sushui.kernel.pages import ViewerRequest
from sushui.kernel.uploads import read_workbook
from sushui.liaison import queries, services
from sushui.liaison.api.root import router
from sushui.liaison.api.schemas import AnswersIn, LiaisonListOut, ReadOut, SeenList
from sushui.liaison.models import LiaisonList
from sushui.liaison.permissions import may_keep_liaisons
from sushui.liaison.services import ListReading


class LiaisonListDropped(Schema):
    """A list that is no more."""

    id: int


@router.writes("/lists", may_keep_liaisons, ReadOut, status=201)
def stage_list(request: ViewerRequest, workbook: Annotated[UploadedFile, File()]) -> dict[str, Any]:
    """Send a workbook in; nothing is appointed yet."""
    staged = services.stage_list(request.viewer, file_name=workbook.name or "", data=read_workbook(workbook))
    return _shown(request, staged)


@router.reads("/lists/{list_id}", may_keep_liaisons, ReadOut)
def one_list(request: ViewerRequest, list_id: Number) -> dict[str, Any]:
    """A list as it is understood now, with what it leaves open."""
    return _shown(request, queries.list_for(request.viewer, list_id))


@router.writes("/lists/{list_id}/answers", may_keep_liaisons, ReadOut)
def answer_list(request: ViewerRequest, list_id: Number, said: AnswersIn) -> dict[str, Any]:
    """Answer open questions by their keys."""
    staged = queries.list_for(request.viewer, list_id)
    answers = {key: value if isinstance(value, int) else value.isoformat() for key, value in said.answers.items()}
    seen = seen_version(request, said.version)
    answered = services.answer_list(request.viewer, staged, answers, seen_version=seen)
    return _shown(request, answered)


@router.writes("/lists/{list_id}/import", may_keep_liaisons, ReadOut)
def import_list(request: ViewerRequest, list_id: Number, said: SeenList) -> dict[str, Any]:
    """Appoint what a settled list was shown to say, all or none."""
    staged, seen = queries.list_for(request.viewer, list_id), seen_version(request, said.version)
    reading = services.import_list(request.viewer, staged, seen_version=seen, seen_preview=said.preview)
    return _told(staged, reading)


@router.writes("/lists/{list_id}", may_keep_liaisons, LiaisonListDropped, method="DELETE")
def discard_list(request: ViewerRequest, list_id: Number) -> dict[str, int]:
    """Drop a list."""
    services.discard_list(request.viewer, queries.list_for(request.viewer, list_id))
    return {"id": list_id}


def _shown(request: ViewerRequest, staged: LiaisonList) -> dict[str, Any]:
    """A list as it is understood now: what is told here is what its import writes."""
    reading = services.read_list(request.viewer, staged)
    services.hold_shown(staged, reading)
    return _told(staged, reading)


def _told(staged: LiaisonList, reading: ListReading) -> dict[str, Any]:
    """A list with what it becomes, as `ReadOut` takes it."""
    said = {name: getattr(staged, name) for name in LiaisonListOut.model_fields}
    counts = {name: getattr(reading, name) for name in ("unchanged", "left_out", "is_settled")}
    lengths = {"rows": len(reading.rows), "appointments": len(reading.drafts), "replaced": len(reading.replaced)}
    names = ("key", "doubt", "text", "wants_day", "choices", "rows")
    questions = [{name: getattr(each, name) for name in names} for each in reading.questions]
    preview = staged.preview.get("digest", "")
    return {**said, **counts, **lengths, "questions": questions, "preview": preview}
