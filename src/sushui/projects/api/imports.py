"""Workbooks in and out by programs: send one, see what it becomes, answer what is open, import it; and export."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import File, Form, Query, Schema, UploadedFile
from pydantic import Field

from sushui.kernel import clock
from sushui.kernel.api import Line, Listed, Number, Size, SmallNumber, seen_version
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.kernel.uploads import read_workbook
from sushui.kernel.workbooks import A_WORKBOOK, workbook_answer
from sushui.projects import queries
from sushui.projects.api.root import router
from sushui.projects.api.schemas import Cursor, ProjectQuery, Year
from sushui.projects.enums import LedgerDoubt, ListKind, RowState, TableDoubt, Unit
from sushui.projects.models import SheetDraft
from sushui.projects.permissions import may_open_projects, may_send_figures
from sushui.projects.queries.portfolios import portfolio_for, version_for
from sushui.projects.services import exports, imports

NEWEST = Sort(("pk",), is_descending=True)
Key = Annotated[Line, Field(max_length=255)]
Version = Annotated[SmallNumber | None, Field(description="The version that was seen; else If-Match.")]


class SheetOut(Schema):
    """One sheet of a workbook."""

    id: int
    kind: ListKind
    file_name: str
    sheet_name: str
    title: str
    imported_at: datetime | None
    outcome: dict[str, int]
    version: int


class SheetColumnOut(Schema):
    """A column (from zero) with its heading, what it is taken to hold, and its unit."""

    index: int
    label: str
    meaning: str
    unit: Unit | None
    doubt: TableDoubt | None


class SheetQuestionOut(Schema):
    """What rows leave open. Answer by ``key`` with the first of one of ``choices`` or with what it ``wants``."""

    key: str
    doubt: LedgerDoubt
    text: str
    choices: list[tuple[str, str]]
    wants: str
    rows: list[int]


class ChangeOut(Schema):
    """What the import changes in one field, as texts; money in yuan."""

    field: str
    before: str | None
    after: str


class RowOut(Schema):
    """A row of the sheet (as the spreadsheet counts) and what becomes of it. A project that goes out of the portfolio
    stands in no row: its number is its old rank below zero."""

    number: int
    name: str
    state: RowState
    project_id: int | None
    changes: list[ChangeOut]
    owed: Annotated[str, Field(description="The evidence that the stage will owe, as a sentence; else empty.")]
    open_keys: list[str]


class SheetUnderstoodOut(SheetOut):
    """A sheet as it is understood now. It can be imported when settled."""

    header_row: int | None
    columns: list[SheetColumnOut]
    doubts: list[TableDoubt]
    questions: list[SheetQuestionOut]
    rows: list[RowOut]
    is_settled: bool
    preview: Annotated[str, Field(description="Names what was shown; say it when you import.")]


class SheetColumns(Schema):
    """What the columns hold, by their number from zero."""

    meanings: dict[SmallNumber, Key]
    header_row: Annotated[int, Field(ge=1, le=1000)]
    version: Version = None


class SheetAnswers(Schema):
    """Answers by the key of the question; null takes one back; ``row:12:`` before a key answers for row 12 alone."""

    answers: dict[Key, Annotated[Line, Field(max_length=500)] | None]
    version: Version = None


class SheetImport(Schema):
    """Write it as it was shown: ``preview`` of the answer that you read, else whatever was shown last."""

    version: Version = None
    preview: Annotated[str | None, Field(max_length=64)] = None


class SheetDropped(Schema):
    """The sheet that is no more."""

    id: int


# --- in --------------------------------------------------------------------------------------------------------------
@router.reads("/imports", may_send_figures, Listed[SheetOut])
def sheet_drafts(request: ViewerRequest, cursor: Cursor = "", limit: Size = 50) -> dict[str, object]:
    """Sheets that your post is reading in."""
    found = stretch(queries.sheet_drafts(request.viewer), NEWEST, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.writes("/imports", may_send_figures, Listed[SheetOut], status=201)
def stage_workbook(
    request: ViewerRequest,
    kind: Annotated[ListKind, Form()],
    file: Annotated[UploadedFile, File()],
    portfolio_id: Annotated[Number | None, Form(description="Of a version of the portfolio: of which list.")] = None,
    based_on_id: Annotated[Number | None, Form(description="The version it is held against; none: the first.")] = None,
) -> dict[str, object]:
    """Send in a workbook: one sheet under way for each that holds anything, or nothing at all."""
    name, data = file.name or "", read_workbook(file)
    listed = _listed(request, portfolio_id, based_on_id) if portfolio_id is not None else None
    staged = imports.stage_workbook(request.viewer, kind, file_name=name, data=data, listed=listed)
    return {"items": staged, "next": ""}


def _listed(request: ViewerRequest, portfolio_id: int, based_on_id: int | None) -> imports.ForPortfolio:
    found = portfolio_for(request.viewer, portfolio_id)
    return imports.ForPortfolio(found, version_for(request.viewer, based_on_id) if based_on_id is not None else None)


@router.reads("/imports/{sheet_id}", may_send_figures, SheetUnderstoodOut)
def sheet_draft(request: ViewerRequest, sheet_id: Number) -> dict[str, object]:
    """A sheet as it is understood now: new, changed with before and after, and what is still open."""
    return _understood(request, sheet_id)


@router.writes("/imports/{sheet_id}/columns", may_send_figures, SheetUnderstoodOut, method="PUT")
def map_sheet_columns(request: ViewerRequest, sheet_id: Number, said: SheetColumns) -> dict[str, object]:
    """Say what the columns hold; remembered for the next sheet of this shape."""
    draft, seen = queries.sheet_draft_for(request.viewer, sheet_id), seen_version(request, said.version)
    imports.map_columns(request.viewer, draft, columns=said.meanings, header_row=said.header_row, seen_version=seen)
    return _understood(request, sheet_id)


@router.writes("/imports/{sheet_id}/answers", may_send_figures, SheetUnderstoodOut)
def answer_sheet(request: ViewerRequest, sheet_id: Number, said: SheetAnswers) -> dict[str, object]:
    """Answer questions, for every row that asks the same or for one."""
    draft, seen = queries.sheet_draft_for(request.viewer, sheet_id), seen_version(request, said.version)
    imports.answer_questions(request.viewer, draft, said.answers, seen_version=seen)
    return _understood(request, sheet_id)


@router.writes("/imports/{sheet_id}/commit", may_send_figures, SheetOut, status=201)
def commit_sheet(request: ViewerRequest, sheet_id: Number, said: SheetImport) -> SheetDraft:
    """Write what the sheet says, all of its rows or none."""
    draft, seen = queries.sheet_draft_for(request.viewer, sheet_id), seen_version(request, said.version)
    return imports.commit_draft(request.viewer, draft, seen_version=seen, seen_preview=said.preview)


@router.writes("/imports/{sheet_id}", may_send_figures, SheetDropped, method="DELETE")
def discard_sheet(request: ViewerRequest, sheet_id: Number) -> dict[str, object]:
    """Drop a sheet under way."""
    imports.discard_draft(request.viewer, queries.sheet_draft_for(request.viewer, sheet_id))
    return {"id": sheet_id}


def _understood(request: ViewerRequest, sheet_id: int) -> dict[str, object]:
    draft = queries.sheet_draft_for(request.viewer, sheet_id)
    found = imports.show_draft(request.viewer, draft)
    return {
        **{name: getattr(draft, name) for name in SheetOut.model_fields},
        "header_row": found.reading.header_row,
        "columns": found.reading.columns,
        "doubts": found.reading.doubts,
        "questions": found.questions,
        "rows": [_row(row) for row in found.rows],
        "is_settled": found.is_settled,
        "preview": draft.preview["digest"],
    }


def _row(row: imports.LedgerRow | imports.FiguresRow | imports.PortfolioRow) -> dict[str, object]:
    changes = [
        {"field": each.field, "before": _plain(each.before), "after": _plain(each.after) or ""} for each in row.changes
    ]
    return {
        "number": row.number,
        "name": row.name,
        "state": row.state,
        "project_id": row.project.pk if row.project else None,
        "changes": changes,
        "owed": imports.owed_in_words(row),
        "open_keys": row.open_keys,
    }


def _plain(value: object) -> str | None:
    return None if value is None else str(value)


# --- out -------------------------------------------------------------------------------------------------------------
@router.reads("/exports/ledger", may_open_projects, None, openapi_extra=A_WORKBOOK)
def export_ledger(request: ViewerRequest, narrowed: Annotated[ProjectQuery, Query()]) -> HttpResponse:
    """The ledger, narrowed, as a workbook that can be imported again unchanged."""
    wanted = narrowed.filter()
    return workbook_answer("ledger", lambda to: exports.export_ledger(request.viewer, wanted, to))


@router.reads("/exports/year-figures/{year}", may_open_projects, None, openapi_extra=A_WORKBOOK)
def export_figures(request: ViewerRequest, year: Year, narrowed: Annotated[ProjectQuery, Query()]) -> HttpResponse:
    """A year's figures of the ledger, narrowed, as a workbook that can be imported again unchanged."""
    wanted = narrowed.filter()
    return workbook_answer(f"figures-{year}", lambda to: exports.export_figures(request.viewer, wanted, year, to))


@router.reads("/exports/template/{month}", may_send_figures, None, openapi_extra=A_WORKBOOK)
def figures_template(request: ViewerRequest, month: date) -> HttpResponse:
    """A month to fill in, a row for each project whose figures you may send."""
    wanted = min(month, clock.today()).replace(day=1)
    return workbook_answer(
        f"figures-{wanted:%Y-%m}", lambda to: exports.write_figures_template(request.viewer, wanted, to)
    )
