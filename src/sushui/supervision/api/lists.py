"""Work lists in and out: send a workbook, say what it is, answer what it does not say, import it; and export."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import File, Query, Schema, UploadedFile

from sushui.kernel.api import Listed, Number, Size, seen_version
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.kernel.uploads import read_workbook
from sushui.kernel.workbooks import A_WORKBOOK, workbook_answer
from sushui.supervision import queries
from sushui.supervision.api.listing import Answers, Columns, Description, Import, ListOut, UnderstoodOut, told
from sushui.supervision.api.root import router
from sushui.supervision.api.schemas import Cursor, OrderOut, TaskQuery
from sushui.supervision.models import SupervisionOrder
from sushui.supervision.permissions import may_draft_orders, may_open_register, may_open_supervision
from sushui.supervision.services import exports, imports

NEWEST = Sort(("pk",), is_descending=True)


class Dropped(Schema):
    """The list that is no more."""

    id: int


# --- in --------------------------------------------------------------------------------------------------------------
@router.reads("/imports", may_draft_orders, Listed[ListOut])
def import_drafts(request: ViewerRequest, cursor: Cursor = "", limit: Size = 50) -> dict[str, object]:
    """Lists that your post is reading in."""
    found = stretch(queries.import_drafts(request.viewer), NEWEST, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.writes("/imports", may_draft_orders, Listed[ListOut], status=201)
def stage_import(request: ViewerRequest, file: Annotated[UploadedFile, File()]) -> dict[str, object]:
    """Send in a workbook: one list under way for each sheet that holds anything, or nothing at all."""
    staged = imports.stage_import(request.viewer, file_name=file.name or "", data=read_workbook(file))
    return {"items": staged, "next": ""}


@router.reads("/imports/{draft_id}", may_draft_orders, UnderstoodOut)
def import_draft(request: ViewerRequest, draft_id: Number) -> dict[str, object]:
    """A list as it is understood now, with what is still open. An owner or a date is never guessed."""
    return _understood(request, draft_id)


@router.writes("/imports/{draft_id}", may_draft_orders, UnderstoodOut, method="PUT")
def describe_import(request: ViewerRequest, draft_id: Number, said: Description) -> dict[str, object]:
    """Say what a list is."""
    draft, seen = queries.import_draft_for(request.viewer, draft_id), seen_version(request, said.version)
    imports.describe_import(request.viewer, draft, **said.dict(exclude={"version"}), seen_version=seen)
    return _understood(request, draft_id)


@router.writes("/imports/{draft_id}/columns", may_draft_orders, UnderstoodOut, method="PUT")
def map_columns(request: ViewerRequest, draft_id: Number, said: Columns) -> dict[str, object]:
    """Say what the columns hold; remembered for the next list of this shape."""
    draft, seen = queries.import_draft_for(request.viewer, draft_id), seen_version(request, said.version)
    imports.map_columns(request.viewer, draft, meanings=said.meanings, header_row=said.header_row, seen_version=seen)
    return _understood(request, draft_id)


@router.writes("/imports/{draft_id}/answers", may_draft_orders, UnderstoodOut)
def answer_questions(request: ViewerRequest, draft_id: Number, said: Answers) -> dict[str, object]:
    """Answer questions, for every row that asks the same or for one."""
    draft, seen = queries.import_draft_for(request.viewer, draft_id), seen_version(request, said.version)
    answers = {key: None if given is None else given.answer() for key, given in said.answers.items()}
    imports.answer_questions(request.viewer, draft, answers, row_number=said.row, seen_version=seen)
    return _understood(request, draft_id)


@router.writes("/imports/{draft_id}/commit", may_draft_orders, OrderOut, status=201)
def commit_import(request: ViewerRequest, draft_id: Number, said: Import) -> SupervisionOrder:
    """Make the list an order with all of its rows as the drafts that were shown, or nothing."""
    draft, seen = queries.import_draft_for(request.viewer, draft_id), seen_version(request, said.version)
    return imports.commit_import(
        request.viewer, draft, assign=said.assign, seen_version=seen, seen_preview=said.preview
    )


@router.writes("/imports/{draft_id}", may_draft_orders, Dropped, method="DELETE")
def discard_import(request: ViewerRequest, draft_id: Number) -> dict[str, object]:
    """Drop a list under way."""
    imports.discard_import(request.viewer, queries.import_draft_for(request.viewer, draft_id))
    return {"id": draft_id}


def _understood(request: ViewerRequest, draft_id: int) -> dict[str, object]:
    draft = queries.import_draft_for(request.viewer, draft_id)
    return told(draft, imports.show_import(request.viewer, draft))


# --- out -------------------------------------------------------------------------------------------------------------
@router.reads("/exports/register", may_open_register, None, openapi_extra=A_WORKBOOK)
def export_register(request: ViewerRequest, narrowed: Annotated[TaskQuery, Query()]) -> HttpResponse:
    """The register, narrowed, as a workbook that can be imported again unchanged."""
    wanted = narrowed.filter()
    return workbook_answer("register", lambda to: exports.export_register(request.viewer, wanted, to))


@router.reads("/orders/{order_id}/export", may_open_supervision, None, openapi_extra=A_WORKBOOK)
def export_order(request: ViewerRequest, order_id: Number) -> HttpResponse:
    """Those tasks of an order that you may see, as a workbook."""
    order = queries.order_for(request.viewer, order_id)
    return workbook_answer(f"order-{order.pk}", lambda to: exports.export_order(request.viewer, order, to))
