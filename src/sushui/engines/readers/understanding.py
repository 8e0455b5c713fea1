"""Understand a work list: what each row asks, of whom, by when. What the sheet does not say is asked, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .agencies import AgencyIndex
from .columns import shape_of
from .layout import Grid, Header, deeper_section, find_header, is_blank, read_heading, skip_reason
from .mentions import AgencyCell, read_agencies, read_leader
from .readings import (
    Ask,
    ColumnMapping,
    Field,
    LeadAnswer,
    Mention,
    MentionKind,
    Question,
    RowReading,
    SheetReading,
    SkippedRow,
    SkipReason,
)
from .texts import cell_text
from .workbooks import Cell, Sheet

_MAY_REPEAT = frozenset({Field.LEAD_AGENCIES, Field.SUPPORTING_AGENCIES, Field.NOTE, Field.IGNORED})
_NOTE_LABELS = frozenset({"备注", "说明", "Note", "Notes"})


def understand_sheet(
    sheet: Sheet, *, known_agencies: AgencyIndex, mapping: ColumnMapping | None = None, year: int | None = None
) -> SheetReading:
    """Read ``sheet`` as a work list. ``mapping`` and ``year``, where a person gave them, win over what it says.

    Never raises: a sheet without a header comes back without rows and with the question `Ask.NO_HEADER`.
    """
    grid = Grid(sheet)
    header = find_header(grid, mapping)
    heading = read_heading(grid, header.first if header else len(grid.rows), sheet.name)
    columns, questions = _columns(header, grid, mapping)
    body = _Body(grid, header, columns, known_agencies) if header else None
    rows, skipped = body.read() if body else ((), ())
    return SheetReading(
        shape=shape_of(header.labels if header else {}),
        title=heading.title,
        year=year or heading.year,
        header_row=header.first + 1 if header else None,
        labels=header.labels if header else {},
        columns=columns,
        rows=rows,
        skipped=skipped,
        questions=questions,
    )


def _columns(
    header: Header | None, grid: Grid, mapping: ColumnMapping | None
) -> tuple[Mapping[int, Field], tuple[Question, ...]]:
    """The field of every labelled column, with questions about those that are not clear."""
    if header is None:
        return {}, (Question(Ask.NO_HEADER, Field.TITLE),)
    if mapping is not None:
        columns = {column: mapping.columns.get(column, Field.IGNORED) for column in header.labels}
        return columns | dict(mapping.columns), ()
    columns, questions = {}, []
    for column, label in header.labels.items():
        word = header.fields.get(column)
        found = Field(word) if word else None
        columns[column] = found or Field.IGNORED
        if found is None:
            questions.append(Question(Ask.UNKNOWN_COLUMN, Field.IGNORED, label))
    questions += _settle_twice(columns, header, grid)
    if Field.TITLE not in columns.values():
        questions.append(Question(Ask.NO_TITLE_COLUMN, Field.TITLE))
    return columns, tuple(questions)


def _settle_twice(columns: dict[int, Field], header: Header, grid: Grid) -> Iterator[Question]:
    """Leave one column for each thing. Of two columns of tasks, one merged over several rows is their category."""
    for repeated in [one for one in Field if one not in _MAY_REPEAT]:
        same = [column for column, found in columns.items() if found is repeated]
        kept = next((column for column in same if not _is_merged_down(grid, header, column)), None)
        for column in same:
            if column != (same[0] if kept is None else kept):
                columns[column] = Field.CATEGORY if _can_be_category(columns, repeated) else Field.NOTE
                yield Question(Ask.COLUMN_TWICE, repeated, header.labels[column])


def _can_be_category(columns: Mapping[int, Field], repeated: Field) -> bool:
    return repeated is Field.TITLE and Field.CATEGORY not in columns.values()


def _is_merged_down(grid: Grid, header: Header, column: int) -> bool:
    areas = (grid.merged(row, column) for row in range(header.last + 1, len(grid.rows)))
    return any(area is not None and area.height > 1 and area.width == 1 for area in areas)


class _Body:
    """The rows below the header, read one after the other; a section holds until the next."""

    def __init__(self, grid: Grid, header: Header, columns: Mapping[int, Field], agencies: AgencyIndex) -> None:
        self._grid = grid
        self._header = header
        self._columns = columns
        self._agencies = agencies
        self._section: tuple[str, ...] = ()

    def read(self) -> tuple[tuple[RowReading, ...], tuple[SkippedRow, ...]]:
        rows: list[RowReading] = []
        skipped: list[SkippedRow] = []
        for row in range(self._header.last + 1, len(self._grid.rows)):
            if is_blank(self._grid, row):
                continue
            reason = skip_reason(self._grid, row, self._header)
            if reason is None:
                rows.append(self._row(row))
                continue
            text = " ".join(cell_text(value) for value in self._grid.own(row).values())
            skipped.append(SkippedRow(row + 1, reason, text))
            if reason is SkipReason.SECTION:
                self._section = deeper_section(self._section, text)
        return tuple(rows), tuple(skipped)

    def _row(self, row: int) -> RowReading:
        parties = self._parties(row)
        deadline = next(self._values(row, Field.DEADLINE), None)
        title = self._text(row, Field.TITLE)
        questions = [*self._title_questions(row, title), *parties.questions, *_lead_questions(parties)]
        if deadline is None:
            questions.append(Question(Ask.NO_DEADLINE, Field.DEADLINE))
        return RowReading(
            row_number=row + 1,
            section=" / ".join(self._section),
            number=self._text(row, Field.NUMBER),
            title=title,
            category=self._text(row, Field.CATEGORY),
            leader=read_leader(self._text(row, Field.LEADER)),
            lead=_once(parties.lead),
            supporting=_once(parties.supporting),
            deadline_cell=deadline,
            note=self._note(row),
            questions=tuple(questions),
        )

    def _parties(self, row: int) -> AgencyCell:
        together = AgencyCell()
        for column in (Field.LEAD_AGENCIES, Field.SUPPORTING_AGENCIES):
            for value in self._values(row, column):
                cell = read_agencies(cell_text(value), column, self._agencies)
                together.lead += cell.lead
                together.supporting += cell.supporting
                together.questions += cell.questions
                together.has_roles |= cell.has_roles
        return together

    def _title_questions(self, row: int, title: str) -> Iterator[Question]:
        if not title:
            yield Question(Ask.NO_TITLE, Field.TITLE)
        for column, found in self._columns.items():
            area = self._grid.merged(row, column)
            if found is Field.TITLE and area is not None and row > area.top:
                yield Question(Ask.SHARED_TITLE, Field.TITLE, title)

    def _note(self, row: int) -> str:
        """Notes of all columns, one a line; a column that is not called 备注 says what it is."""
        lines = []
        for column in self._columns_of(Field.NOTE):
            text = cell_text(self._seen(row, column))
            label = self._header.labels.get(column, "").replace("\n", "")
            if text:
                lines.append(text if label in _NOTE_LABELS else f"{label}\uff1a{text}")
        return "\n".join(lines)

    def _text(self, row: int, wanted: Field) -> str:
        return cell_text(next(self._values(row, wanted), None))

    def _values(self, row: int, wanted: Field) -> Iterator[Cell]:
        """The filled cells of a field, from left to right."""
        seen = (self._seen(row, column) for column in self._columns_of(wanted))
        return (value for value in seen if cell_text(value))

    def _columns_of(self, wanted: Field) -> list[int]:
        return sorted(column for column, found in self._columns.items() if found is wanted)

    def _seen(self, row: int, column: int) -> Cell:
        return self._grid.seen(row, column) if column < self._grid.width else None


def _lead_questions(parties: AgencyCell) -> Iterator[Question]:
    """Nobody leads, or several do and no word says how."""
    leads = _once(parties.lead)
    if not leads:
        yield Question(Ask.NO_LEAD, Field.LEAD_AGENCIES)
    elif len(leads) > 1 or (leads[0].kind is MentionKind.GROUP and len(leads[0].matches) > 1):
        answers = tuple(LeadAnswer) if len(leads) > 1 else (LeadAnswer.ALL_LEAD, LeadAnswer.CHOOSE)
        yield Question(Ask.SEVERAL_LEADS, Field.LEAD_AGENCIES, "、".join(mention.text for mention in leads), answers)


def _once(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(dict.fromkeys(mentions))
