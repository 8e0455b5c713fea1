"""The room's door to the readers of workbooks: registers by the room's own vocabularies, names by an index."""

from sushui.projects.adapter.names import NameIndex
from sushui.projects.adapter.sheets import (
    SaidColumns,
    SheetColumn,
    SheetReading,
    SheetRow,
    SkippedLine,
    first_rows,
    likely_meaning,
    read_sheet,
    storable_sheets,
    title_of,
)
from sushui.projects.adapter.vocabulary import (
    FUNDING,
    LANGUAGES,
    RANK,
    VOCABULARIES,
    YEAR_FUNDING,
    funding_column,
    label_words,
    meanings,
)

__all__ = [
    "FUNDING",
    "LANGUAGES",
    "RANK",
    "VOCABULARIES",
    "YEAR_FUNDING",
    "NameIndex",
    "SaidColumns",
    "SheetColumn",
    "SheetReading",
    "SheetRow",
    "SkippedLine",
    "first_rows",
    "funding_column",
    "label_words",
    "likely_meaning",
    "meanings",
    "read_sheet",
    "storable_sheets",
    "title_of",
]
