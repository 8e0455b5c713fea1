"""The door to the readers of work lists: a sheet becomes rows of tasks in the room's words, with what they leave open.

What the engine knows as keys and codes are here numbers of agencies and words of the room. The deadline of each row is
read by the calendar engine, since the two engines stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from sushui.engines.calendar import Deadline, DeadlineKind, DeadlineReading, due, read_deadline_cell
from sushui.engines.readers import (
    AgencyIndex,
    AgencyName,
    Ask,
    Cell,
    ColumnMapping,
    Field,
    Mention,
    MentionKind,
    Question,
    RowReading,
    Sheet,
    SheetReading,
    restore_sheet,
    understand_sheet,
)
from sushui.engines.readers import storable_sheets as storable_sheets
from sushui.engines.readers.columns import field_of
from sushui.engines.readers.texts import cell_text
from sushui.kernel import clock
from sushui.kernel.labels import label_of
from sushui.kernel.words import msg
from sushui.supervision.adapter.calendar import Timetable
from sushui.supervision.enums import (
    ColumnMeaning,
    DeadlineDoubt,
    NodeCycle,
    RowDoubt,
    SheetDoubt,
    SkippedKind,
    TaskKind,
)

PLAUSIBLE_YEARS = range(2015, 2041)  # those for which a list can be; the calendar engine refuses others
LANGUAGES = ("zh-hans", "en")
BY_RULE = msg("By the limit of its kind")  # what an export writes where no day was given
_SAMPLES = 3
_HEADING_ROWS = 40  # a header stands within the first thirty

# What our own exports write over their columns. Those without a meaning say what happened to a task and are left out.
EXPORTED: tuple[tuple[str, ColumnMeaning], ...] = (
    (msg("Serial no."), ColumnMeaning.NUMBER),
    (msg("Category"), ColumnMeaning.CATEGORY),
    (msg("Key work"), ColumnMeaning.TITLE),
    (msg("Responsible leader"), ColumnMeaning.LEADER),
    (msg("Lead agency"), ColumnMeaning.LEAD),
    (msg("Supporting agencies"), ColumnMeaning.SUPPORTING),
    (msg("Deadline"), ColumnMeaning.DEADLINE),
    (msg("Wording of the deadline"), ColumnMeaning.DEADLINE_TEXT),
    (msg("Kind of task"), ColumnMeaning.KIND),
    (msg("Note"), ColumnMeaning.NOTE),
    (msg("Supervision order"), ColumnMeaning.IGNORED),
    (msg("State of the task"), ColumnMeaning.IGNORED),
    (msg("Status light"), ColumnMeaning.IGNORED),
    (msg("Grade"), ColumnMeaning.IGNORED),
)
# Read by ourselves, so the engine is told to leave them out.
_OURS = frozenset({ColumnMeaning.KIND, ColumnMeaning.DEADLINE_TEXT})

Nameable = tuple[int, tuple[str, ...], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a cell names: the words, and the agencies they mean (several for a group, none when not known)."""

    text: str
    agency_ids: tuple[int, ...] = ()
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a cell leaves open, with agencies that are offered and never taken."""

    kind: RowDoubt
    text: str
    is_lead: bool = False
    agency_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedDeadline:
    """A deadline as written and what it means: a day, no end, the limit of its kind, or a doubt with days offered."""

    text: str
    on: date | None = None
    is_continuing: bool = False
    is_by_rule: bool = False
    doubt: DeadlineDoubt | None = None
    offered: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One task as its row says it; ``number`` is the row's as the spreadsheet counts."""

    number: int
    title: str
    section: str
    leader: str
    lead: tuple[Named, ...]
    supporting: tuple[Named, ...]
    deadline: ListedDeadline
    note: str
    kind: TaskKind | None = None
    node_cycle: NodeCycle | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedColumn:
    """A column with its heading, what it is taken to hold, and the first of its values."""

    index: int
    label: str
    meaning: ColumnMeaning
    samples: tuple[str, ...] = ()
    doubt: SheetDoubt | None = None


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A filled row that is no task."""

    number: int
    kind: SkippedKind
    text: str


@dataclass(frozen=True, slots=True)
class ListReading:
    """A sheet understood: every filled row below the header is a task or skipped with its reason."""

    shape: str
    title: str
    year: int | None
    header_row: int | None
    columns: tuple[ListedColumn, ...]
    rows: tuple[ListedRow, ...]
    skipped: tuple[SkippedRow, ...]
    doubts: tuple[SheetDoubt, ...]


@dataclass(frozen=True, slots=True)
class SaidColumns:
    """What a person said: the header's row (as the spreadsheet counts) and the meaning of columns, from zero."""

    meanings: Mapping[int, ColumnMeaning]
    header_row: int | None = None


@dataclass(frozen=True)
class ListContext:
    """What a list is read against: who can be named, the year it is for, the day it was written, the calendar."""

    agencies: Sequence[Nameable]
    division_name: str
    table: Timetable
    year: int | None = None
    written_on: date | None = None


# --- a stored sheet --------------------------------------------------------------------------------------------------
def first_rows(stored: Mapping[str, Any], count: int) -> list[list[str]]:
    """The texts of a stored sheet's first rows, for a person who must say where its header is."""
    return [[cell_text(cell) for cell in row] for row in restore_sheet(stored).rows[:count]]


# --- reading it ------------------------------------------------------------------------------------------------------
def title_of(stored: Mapping[str, Any]) -> str:
    """What a stored sheet is called: the title above its header, else the sheet's own name."""
    sheet = restore_sheet({**stored, "rows": stored["rows"][:_HEADING_ROWS]})
    return understand_sheet(sheet, known_agencies=AgencyIndex.of([])).title or sheet.name


def read_list(stored: Mapping[str, Any], context: ListContext, said: SaidColumns | None = None) -> ListReading:
    """Read a stored sheet; what a person ``said`` about its columns wins over what their headings say."""
    sheet = restore_sheet(stored)
    index = _index(context)
    reading = understand_sheet(sheet, known_agencies=index, mapping=_mapping(said), year=context.year)
    meanings, doubts = _meanings(reading, said)
    if said is None and _for_engine(meanings) != dict(reading.columns):
        mapping = ColumnMapping(_for_engine(meanings), reading.header_row)
        reading = understand_sheet(sheet, known_agencies=index, mapping=mapping, year=context.year)
    rows = _Rows(sheet, reading, meanings, context)
    has_titles = ColumnMeaning.TITLE in meanings.values()
    return ListReading(
        shape=reading.shape,
        title=reading.title,
        year=reading.year,
        header_row=reading.header_row,
        columns=tuple(_columns(sheet, reading, meanings, doubts)),
        rows=tuple(rows.read()) if has_titles else (),
        skipped=tuple(SkippedRow(row.row_number, SkippedKind(row.reason.value), row.text) for row in reading.skipped),
        doubts=_sheet_doubts(reading, has_titles, doubts),
    )


def _index(context: ListContext) -> AgencyIndex:
    known = [AgencyName(str(number), names, groups) for number, names, groups in context.agencies]
    return AgencyIndex.of(known, division=context.division_name)


def _mapping(said: SaidColumns | None) -> ColumnMapping | None:
    return ColumnMapping(_for_engine(said.meanings), said.header_row) if said else None


def _for_engine(meanings: Mapping[int, ColumnMeaning]) -> dict[int, Field]:
    return {column: Field.IGNORED if meaning in _OURS else Field(meaning.value) for column, meaning in meanings.items()}


def _meanings(
    reading: SheetReading, said: SaidColumns | None
) -> tuple[dict[int, ColumnMeaning], dict[str, SheetDoubt]]:
    """The meaning of every column with a heading, and the headings that are in doubt."""
    if said is not None:
        return {column: said.meanings.get(column, ColumnMeaning.IGNORED) for column in reading.labels}, {}
    own = exported_labels()
    doubts = {
        question.text: SheetDoubt(question.code.value)
        for question in reading.questions
        if question.code in (Ask.UNKNOWN_COLUMN, Ask.COLUMN_TWICE) and question.text not in own
    }
    meanings = {column: ColumnMeaning(found.value) for column, found in reading.columns.items()}
    unknown = {question.text for question in reading.questions if question.code is Ask.UNKNOWN_COLUMN}
    for column, label in reading.labels.items():
        if label in unknown and label in own:
            meanings[column] = own[label]
    return meanings, doubts


@lru_cache(maxsize=1)
def exported_labels() -> Mapping[str, ColumnMeaning]:
    """What our exports write over their columns in each language, and what it means."""
    found: dict[str, ColumnMeaning] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {gettext(msgid): meaning for msgid, meaning in EXPORTED}
    return found


def _sheet_doubts(reading: SheetReading, has_titles: bool, doubts: Mapping[str, SheetDoubt]) -> tuple[SheetDoubt, ...]:
    if reading.header_row is None:
        return (SheetDoubt.NO_HEADER,)
    missing = () if has_titles else (SheetDoubt.NO_TITLE_COLUMN,)
    return (*missing, *dict.fromkeys(doubts.values()))


def _columns(
    sheet: Sheet, reading: SheetReading, meanings: Mapping[int, ColumnMeaning], doubts: Mapping[str, SheetDoubt]
) -> Iterable[ListedColumn]:
    rows = [row.row_number - 1 for row in reading.rows] or range(reading.header_row or 0, len(sheet.rows))
    for column, label in reading.labels.items():
        texts = (cell_text(sheet.rows[row][column]) for row in rows if column < len(sheet.rows[row]))
        samples = dict.fromkeys(text for text, _ in zip(filter(None, texts), range(_SAMPLES), strict=False))
        yield ListedColumn(column, label, meanings[column], tuple(samples), doubts.get(label))


def likely_meaning(label: str) -> ColumnMeaning:
    """What a heading seems to say, to be confirmed by a person."""
    found = field_of(label)
    return exported_labels().get(label) or (ColumnMeaning(found.value) if found else ColumnMeaning.IGNORED)


# --- rows ------------------------------------------------------------------------------------------------------------
class _Rows:
    """The rows of a sheet in the room's words."""

    def __init__(
        self, sheet: Sheet, reading: SheetReading, meanings: Mapping[int, ColumnMeaning], context: ListContext
    ) -> None:
        self._sheet = sheet
        self._reading = reading
        self._context = context
        self._column = {meaning: column for column, meaning in meanings.items() if meaning in _OURS}
        self._year = reading.year if reading.year in PLAUSIBLE_YEARS else None
        self._deadlines: dict[Cell, ListedDeadline] = {}

    def read(self) -> Iterable[ListedRow]:
        return map(self._row, self._reading.rows)

    def _row(self, row: RowReading) -> ListedRow:
        kind, node_cycle = read_kind(self._own(row, ColumnMeaning.KIND))
        return ListedRow(
            number=row.row_number,
            title=row.title,
            section=" / ".join(filter(None, [row.section, row.category])),
            leader=row.leader.text if row.leader else "",
            lead=tuple(map(_named, row.lead)),
            supporting=tuple(map(_named, row.supporting)),
            deadline=self._deadline(row, kind),
            note=row.note,
            kind=kind,
            node_cycle=node_cycle,
            doubts=tuple(_doubts(row.questions)),
        )

    def _own(self, row: RowReading, meaning: ColumnMeaning) -> str:
        column = self._column.get(meaning)
        return "" if column is None else cell_text(self._sheet.rows[row.row_number - 1][column])

    def _deadline(self, row: RowReading, kind: TaskKind | None) -> ListedDeadline:
        found = self._cell(row.deadline_cell)
        wording = self._own(row, ColumnMeaning.DEADLINE_TEXT)
        if kind is TaskKind.CONTINUING and found.doubt is DeadlineDoubt.NOTHING_WRITTEN:
            found = ListedDeadline(found.text, is_continuing=True)
        if ColumnMeaning.DEADLINE_TEXT not in self._column:
            return found
        return ListedDeadline(wording, found.on, found.is_continuing, found.is_by_rule, found.doubt, found.offered)

    def _cell(self, cell: Cell) -> ListedDeadline:
        """Lists say the same few deadlines again and again."""
        if cell not in self._deadlines:
            self._deadlines[cell] = self._read(cell)
        return self._deadlines[cell]

    def _read(self, cell: Cell) -> ListedDeadline:
        text = cell_text(cell.date() if isinstance(cell, datetime) else cell)
        if text in by_rule_texts():
            return ListedDeadline("", is_by_rule=True)
        found = read_deadline_cell(cell, year=self._year, reference=self._context.written_on)
        return _listed(text, found, self._context)


def _listed(text: str, found: DeadlineReading, context: ListContext) -> ListedDeadline:
    today = clock.today()
    if found.kind is DeadlineKind.FIXED and found.on is not None:
        return ListedDeadline(text, found.on, doubt=DeadlineDoubt.PASSED if found.on < today else None)
    if found.kind is DeadlineKind.CONTINUING:
        return ListedDeadline(text, is_continuing=True)
    if found.kind is DeadlineKind.MISSING:
        return ListedDeadline(text, doubt=DeadlineDoubt.NOTHING_WRITTEN)
    dates = found.dates
    if found.rule is not None and context.written_on is not None:
        last = due(found.rule, context.written_on, context.table.calendar)
        dates = (last.on,) if isinstance(last, Deadline) else ()
    doubt = DeadlineDoubt.WITHIN if found.rule is not None else DeadlineDoubt(found.reading.value)
    return ListedDeadline(text, doubt=doubt, offered=tuple(day for day in dates if day >= today))


@lru_cache(maxsize=1)
def by_rule_texts() -> frozenset[str]:
    """What an export writes for "no day was given", in each language."""
    texts = set()
    for language in LANGUAGES:
        with translation.override(language):
            texts.add(gettext(BY_RULE))
    return frozenset(texts)


def kind_text(kind: TaskKind, node_cycle: NodeCycle | None) -> str:
    """A task's kind as an export writes it, with how often continuing work reports."""
    return f"{label_of(kind)} / {label_of(node_cycle)}" if node_cycle else label_of(kind)


def read_kind(text: str) -> tuple[TaskKind | None, NodeCycle | None]:
    """The kind that a cell names in either language, and how often continuing work reports."""
    kind, _, cycle = text.partition(" / ")
    kinds, cycles = _kind_labels()
    return kinds.get(kind.strip()), cycles.get(cycle.strip())


@lru_cache(maxsize=1)
def _kind_labels() -> tuple[Mapping[str, TaskKind], Mapping[str, NodeCycle]]:
    kinds: dict[str, TaskKind] = {}
    cycles: dict[str, NodeCycle] = {}
    for language in LANGUAGES:
        with translation.override(language):
            kinds |= {label_of(kind): kind for kind in TaskKind}
            cycles |= {label_of(cycle): cycle for cycle in NodeCycle}
    return kinds, cycles


def _named(mention: Mention) -> Named:
    is_known = mention.kind in (MentionKind.AGENCY, MentionKind.GROUP)
    return Named(mention.text, _numbers(mention.matches) if is_known else (), mention.kind is MentionKind.GROUP)


_ELSEWHERE = frozenset({Ask.NO_LEAD, Ask.SEVERAL_LEADS, Ask.NO_DEADLINE})  # they hang on answers or on the calendar


def _doubts(questions: Iterable[Question]) -> Iterable[Doubt]:
    for question in questions:
        if question.code not in _ELSEWHERE:
            is_lead = question.field is Field.LEAD_AGENCIES
            yield Doubt(RowDoubt(question.code.value), question.text, is_lead, _numbers(question.suggestions))


def _numbers(keys: Iterable[str]) -> tuple[int, ...]:
    return tuple(int(key) for key in keys)
