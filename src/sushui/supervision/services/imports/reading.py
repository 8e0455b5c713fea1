"""A list under way as it stands now: what its sheet says, what each row becomes, and what is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sushui.kernel.viewer import Viewer
from sushui.supervision.adapter import timetable
from sushui.supervision.adapter.worklists import ListContext, ListReading, SaidColumns, read_list
from sushui.supervision.enums import ColumnMeaning, SheetDoubt
from sushui.supervision.models import ImportDraft
from sushui.supervision.queries import nameable_agencies, nameable_leaders, remembered_columns
from sushui.supervision.services.imports.answers import Answers, Question
from sushui.supervision.services.imports.settling import Ground, SettledRow, settle
from sushui.supervision.services.orders import TaskDraft


@dataclass(frozen=True)
class OpenQuestion:
    """A question and the rows (as the spreadsheet counts) that ask it."""

    question: Question
    rows: tuple[int, ...]


@dataclass(frozen=True)
class ListUnderstanding:
    """What a list becomes as it stands. ``is_remembered``: its columns are read as those of an earlier list."""

    reading: ListReading
    rows: Sequence[SettledRow]
    agency_names: dict[int, str]
    is_remembered: bool = False

    @property
    def sheet_doubts(self) -> tuple[SheetDoubt, ...]:
        return self.reading.doubts

    @cached_property
    def questions(self) -> list[OpenQuestion]:
        """Each open question once, those of most rows first."""
        rows: dict[str, list[int]] = {}
        asked: dict[str, Question] = {}
        for settled in self.rows:
            for question in settled.questions:
                asked.setdefault(question.key, question)
                rows.setdefault(question.key, []).append(settled.row.number)
        found = [OpenQuestion(question, tuple(rows[key])) for key, question in asked.items()]
        return sorted(found, key=lambda each: (-len(each.rows), each.rows[0]))

    @cached_property
    def drafts(self) -> list[TaskDraft]:
        return [draft for settled in self.rows for draft in settled.drafts]

    @cached_property
    def counts(self) -> Counter[str]:
        """How many rows are clear, asked about and left out."""
        return Counter("asked" if row.questions else "left_out" if row.is_left_out else "clear" for row in self.rows)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is open and there is something to import."""
        return not self.sheet_doubts and not self.counts["asked"] and bool(self.drafts)


def understand_import(viewer: Viewer, draft: ImportDraft) -> ListUnderstanding:
    """Read a list as it stands: its sheet, what was said about it, and the division's agencies of today."""
    agencies = nameable_agencies(viewer)
    context = ListContext(
        agencies=agencies,
        division_name=viewer.division_name,
        table=timetable(draft.division_id),
        year=draft.year,
        written_on=draft.issued_on,
    )
    said = said_columns(draft)
    reading = read_list(draft.sheet, context, said)
    remembered = None if said else recall_columns(viewer, reading)
    if remembered is not None:
        reading = read_list(draft.sheet, context, remembered)
    ground = Ground(frozenset(number for number, *_ in agencies), nameable_leaders(viewer), draft.kind)
    answers = Answers.restored(draft.answers)
    return ListUnderstanding(
        reading=reading,
        rows=[settle(row, answers, ground) for row in reading.rows],
        agency_names={number: names[1] if len(names) > 1 else names[0] for number, names, _groups in agencies},
        is_remembered=remembered is not None,
    )


def said_columns(draft: ImportDraft) -> SaidColumns | None:
    """What a person said about the columns of this list, if anything."""
    if not draft.columns:
        return None
    meanings = {int(column): ColumnMeaning(meaning) for column, meaning in draft.columns["meanings"].items()}
    return SaidColumns(meanings, draft.columns["header_row"])


def recall_columns(viewer: Viewer, reading: ListReading) -> SaidColumns | None:
    """What a person said about the columns of an earlier list of this shape, if there was one."""
    remembered = remembered_columns(viewer, reading.shape) if reading.columns else None
    if remembered is None or len(remembered) != len(reading.columns):
        return None
    pairs = zip(reading.columns, remembered, strict=True)
    return SaidColumns({column.index: ColumnMeaning(meaning) for column, meaning in pairs}, reading.header_row)
