"""What the API says and hears of work lists that are being read in."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import Field

from sushui.kernel.api import Line, Number, SmallNumber
from sushui.supervision.api.schemas import Seen
from sushui.supervision.enums import (
    ColumnMeaning,
    DeadlineDoubt,
    ListAnswer,
    OrderSource,
    RowDoubt,
    SheetDoubt,
    TaskKind,
)
from sushui.supervision.models import ImportDraft
from sushui.supervision.services import TaskDraft
from sushui.supervision.services.imports import Answer, ListUnderstanding, OpenQuestion

Key = Annotated[Line, Field(max_length=255)]


class ListOut(Schema):
    """One sheet of a work list under way."""

    id: int
    file_name: str
    sheet_name: str
    title: str
    source: OrderSource
    issued_on: date | None
    year: int | None
    kind: TaskKind
    version: int


class ColumnOut(Schema):
    """A column (from zero) with its heading and what it is taken to hold."""

    index: int
    label: str
    meaning: ColumnMeaning
    doubt: SheetDoubt | None


class QuestionOut(Schema):
    """What rows leave open. Answer by ``key`` with one of ``choices``; ``rows`` are counted as the spreadsheet does."""

    key: str
    doubt: RowDoubt
    deadline: DeadlineDoubt | None
    text: str
    choices: list[ListAnswer]
    agency_ids: list[int]
    days: list[date]
    rows: list[int]


class DraftOut(Schema):
    """A task as it will be drafted."""

    title: str
    section: str
    kind: TaskKind
    lead_agency_id: int | None
    supporting_agency_ids: list[int]
    deadline_on: date | None
    deadline_text: str
    leader_text: str
    note: str


class UnderstoodOut(ListOut):
    """A list as it is understood: what becomes of its rows, and what is still open. It can be imported when settled."""

    header_row: int | None
    columns: list[ColumnOut]
    sheet_doubts: list[SheetDoubt]
    questions: list[QuestionOut]
    drafts: list[DraftOut]
    is_settled: bool
    preview: Annotated[str, Field(description="Names what was shown; say it when you import.")]


def told(draft: ImportDraft, understood: ListUnderstanding) -> dict[str, object]:
    """A list with its understanding, as `UnderstoodOut` takes it."""
    return {
        **{name: getattr(draft, name) for name in ListOut.model_fields},
        "header_row": understood.reading.header_row,
        "columns": understood.reading.columns,
        "sheet_doubts": understood.sheet_doubts,
        "questions": [_question(each) for each in understood.questions],
        "drafts": [_draft(each) for each in understood.drafts],
        "is_settled": understood.is_settled,
        "preview": draft.preview["digest"],
    }


def _question(asked: OpenQuestion) -> dict[str, object]:
    names = ("key", "doubt", "deadline", "text", "choices", "agency_ids", "days")
    return {**{name: getattr(asked.question, name) for name in names}, "rows": asked.rows}


def _draft(draft: TaskDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in DraftOut.model_fields}


class Description(Seen):
    """What the list is: the order it becomes, the year its deadlines are of, the kind of its tasks."""

    title: Line
    source: OrderSource = OrderSource.WORK_LIST
    issued_on: date | None = None
    year: SmallNumber | None = None
    kind: TaskKind = TaskKind.GENERAL


class Columns(Seen):
    """What each column (from zero) holds, and in which row (from 1) the header is."""

    meanings: dict[Annotated[int, Field(ge=0, le=199)], ColumnMeaning]
    header_row: Annotated[int, Field(ge=1, le=20_000)]


class AnswerIn(Schema):
    """What is chosen, with the agencies, the day or the text that the choice needs."""

    choice: ListAnswer
    agency_ids: list[Number] = []
    day: date | None = None
    text: Line = ""

    def answer(self) -> Answer:
        return Answer(self.choice, tuple(self.agency_ids), self.day, self.text)


class Answers(Seen):
    """Answers by the keys of their questions, for all rows or for one; null takes an answer back."""

    answers: dict[Key, AnswerIn | None]
    row: Annotated[int, Field(ge=1, le=20_000)] | None = None


class Import(Seen):
    """``assign`` gives the tasks out at once; ``preview`` of the answer that you read, else whatever was shown last."""

    assign: bool = False
    preview: Annotated[str | None, Field(max_length=64)] = None
