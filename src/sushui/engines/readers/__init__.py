"""Reads the lists that offices keep in workbooks, without trusting the file and without guessing.

`read_workbook` opens a stranger's file safely; `understand_sheet` says what each row of a work list asks of whom by
when, and asks where the sheet does not say; `understand_register` reads any other list by its owner's vocabulary.
Refusals are `ReadersError` codes. The rules: docs/algorithms/reading-work-lists.md.
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
from .registers import ColumnAsk, RegisterColumn, RegisterReading, RegisterRow, SaidRegister, understand_register
from .understanding import understand_sheet
from .vocabulary import Vocabulary
from .wire import restore_sheet, storable_sheets
from .workbooks import Cell, Limits, Range, Sheet, Workbook

__all__ = [
    "DEFAULT_LIMITS",
    "AgencyIndex",
    "AgencyName",
    "Ask",
    "Cell",
    "ColumnAsk",
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
    "RegisterColumn",
    "RegisterReading",
    "RegisterRow",
    "RowReading",
    "SaidRegister",
    "Sheet",
    "SheetReading",
    "SkipReason",
    "SkippedRow",
    "Vocabulary",
    "Workbook",
    "read_workbook",
    "restore_sheet",
    "storable_sheets",
    "understand_register",
    "understand_sheet",
]
