"""Words of the room of projects."""

from sushui.projects.enums.ledger import (
    FIELDS,
    RECORDS,
    VALUES,
    BottleneckKind,
    CodeFlaw,
    FigureKind,
    FundingSource,
    LightRule,
    ProjectLevel,
    ProjectSector,
    ProjectStage,
    ProjectVerb,
)
from sushui.projects.enums.sheets import (
    LedgerColumn,
    LedgerDoubt,
    ListKind,
    ListVerb,
    RowState,
    SheetAnswer,
    TableDoubt,
    Unit,
)

__all__ = [
    "FIELDS",
    "RECORDS",
    "VALUES",
    "BottleneckKind",
    "CodeFlaw",
    "FigureKind",
    "FundingSource",
    "LedgerColumn",
    "LedgerDoubt",
    "LightRule",
    "ListKind",
    "ListVerb",
    "ProjectLevel",
    "ProjectSector",
    "ProjectStage",
    "ProjectVerb",
    "RowState",
    "SheetAnswer",
    "TableDoubt",
    "Unit",
]
