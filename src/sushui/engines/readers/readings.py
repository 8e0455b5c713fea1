"""Plain values: what was understood of a sheet, and what has to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .workbooks import Cell


class Field(StrEnum):
    """What a column of a work list holds."""

    NUMBER = "number"
    TITLE = "title"
    LEADER = "leader"
    LEAD_AGENCIES = "lead_agencies"
    SUPPORTING_AGENCIES = "supporting_agencies"
    DEADLINE = "deadline"
    CATEGORY = "category"
    NOTE = "note"
    IGNORED = "ignored"


class Group(StrEnum):
    """Agencies that lists name together; an `AgencyName` says to which of them it belongs."""

    TOWNSHIPS = "townships"  # 各乡镇
    SUBDISTRICTS = "subdistricts"  # 各街道
    DEPARTMENTS = "departments"  # 政府各部门


class MentionKind(StrEnum):
    """What a name in a cell turned out to be."""

    AGENCY = "agency"
    GROUP = "group"
    POST = "post"
    UNKNOWN = "unknown"


class Ask(StrEnum):
    """Why something is asked. In brackets: what the suggestions are."""

    NO_HEADER = "no_header"  # no row looks like a header
    NO_TITLE_COLUMN = "no_title_column"  # no column holds the tasks
    UNKNOWN_COLUMN = "unknown_column"  # this label is not known, its column is ignored
    COLUMN_TWICE = "column_twice"  # a second column for the same thing is ignored, or became a category
    NO_TITLE = "no_title"
    SHARED_TITLE = "shared_title"  # one merged task over rows that differ: one task or several?
    NO_LEAD = "no_lead"
    SEVERAL_LEADS = "several_leads"  # (answers, see `LeadAnswer`)
    UNKNOWN_AGENCY = "unknown_agency"  # (keys of agencies with similar names)
    AMBIGUOUS_AGENCY = "ambiguous_agency"  # (keys of the agencies so called)
    UNDETERMINED_GROUP = "undetermined_group"  # 有关部门: whoever is concerned
    EMPTY_GROUP = "empty_group"  # no agency is known to belong to this group
    OPEN_ENDED = "open_ended"  # 等: and others
    NO_DEADLINE = "no_deadline"


class LeadAnswer(StrEnum):
    """The ways in which several agencies in the lead column can be meant."""

    FIRST_LEADS = "first_leads"
    ALL_LEAD = "all_lead"
    CHOOSE = "choose"


class SkipReason(StrEnum):
    """Why a filled row below the header is no task."""

    SECTION = "section"
    NOTE = "note"
    TOTAL = "total"
    REPEATED_HEADER = "repeated_header"
    MERGED = "merged"  # the lower rows of a record that is merged as a whole


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in the cell, and the keys of the agencies it means (none when unknown)."""

    text: str
    kind: MentionKind
    matches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something a person must answer. ``text`` is what stands in the sheet; suggestions are offered, never taken."""

    code: Ask
    field: Field
    text: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowReading:
    """One task. ``row_number`` counts from 1 as the spreadsheet does; ``deadline_cell`` is the cell as it is."""

    row_number: int
    section: str
    number: str
    title: str
    category: str
    leader: Mention | None
    lead: tuple[Mention, ...]
    supporting: tuple[Mention, ...]
    deadline_cell: Cell
    note: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that holds text but no task."""

    row_number: int
    reason: SkipReason
    text: str


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What a person said about the columns (from zero) and, if it had to be said, the header's row (from 1)."""

    columns: Mapping[int, Field]
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A sheet understood: every filled row below the header is either in ``rows`` or in ``skipped``.

    ``shape`` is the SHA-256 of the header's labels: the same list of next year has the same shape, so a mapping can be
    remembered under it. ``header_row`` is the first row of the header, from 1; None when none was found.
    """

    shape: str
    title: str
    year: int | None
    header_row: int | None
    labels: Mapping[int, str]
    columns: Mapping[int, Field]
    rows: tuple[RowReading, ...]
    skipped: tuple[SkippedRow, ...]
    questions: tuple[Question, ...]
