"""What documents decides over plain values: how texts become cells, what a file is and whether it is taken."""

from sushui.documents.rules.files import (
    MOST_AT_ONCE,
    TAKEN,
    FileFlaw,
    Intake,
    flaw_of,
    is_picture,
    media_type_of,
    safe_name,
    size_text,
    sniff,
)
from sushui.documents.rules.tables import (
    LONGEST_CELL,
    Column,
    ColumnKind,
    Table,
    Value,
    escaped_text,
    is_too_long,
    sheet_name,
    visible_text,
)

__all__ = [
    "LONGEST_CELL",
    "MOST_AT_ONCE",
    "TAKEN",
    "Column",
    "ColumnKind",
    "FileFlaw",
    "Intake",
    "Table",
    "Value",
    "escaped_text",
    "flaw_of",
    "is_picture",
    "is_too_long",
    "media_type_of",
    "safe_name",
    "sheet_name",
    "size_text",
    "sniff",
    "visible_text",
]
