"""Reads the work lists that offices keep in workbooks, without trusting the file and without guessing.

`read_workbook` opens a stranger's file safely; `understand_sheet` says what each row asks of whom by when, and asks
where the sheet does not say. Refusals are `ReadersError` codes. The rules: docs/algorithms/reading-work-lists.md.
"""

from .agencies import AgencyIndex, AgencyName
from .errors import ReadersError, Refusal
from .reading import DEFAULT_LIMITS, read_workbook
from .readings import (
    Ask,
    ColumnMapping,
    Field,
    Group,
    LeadAnswer,
    Mention,
    MentionKind,
    Question,
    RowReading,
    SheetReading,
    SkippedRow,
    SkipReason,
)
from .understanding import understand_sheet
from .workbooks import Cell, Limits, Range, Sheet, Workbook

__all__ = [
    "DEFAULT_LIMITS",
    "AgencyIndex",
    "AgencyName",
    "Ask",
    "Cell",
    "ColumnMapping",
    "Field",
    "Group",
    "LeadAnswer",
    "Limits",
    "Mention",
    "MentionKind",
    "Question",
    "Range",
    "ReadersError",
    "Refusal",
    "RowReading",
    "Sheet",
    "SheetReading",
    "SkipReason",
    "SkippedRow",
    "Workbook",
    "read_workbook",
    "understand_sheet",
]
