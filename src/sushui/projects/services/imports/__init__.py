"""Workbooks of projects on their way in: the ledger, monthly figures, versions of the portfolio.

Nothing is written before it is imported.
"""

from sushui.projects.services.imports.acts import (
    ForPortfolio,
    answer_questions,
    commit_draft,
    discard_draft,
    map_columns,
    may_import,
    stage_workbook,
)
from sushui.projects.services.imports.asking import TOGETHER, Question, row_key
from sushui.projects.services.imports.figures import FiguresRow
from sushui.projects.services.imports.ledger import DAYS, Change, LedgerRow, SheetUnderstanding
from sushui.projects.services.imports.portfolios import PortfolioRow
from sushui.projects.services.imports.previews import owed_in_words, record_names
from sushui.projects.services.imports.reading import changed_since_shown, hold_shown, show_draft, understand_draft

__all__ = [
    "DAYS",
    "TOGETHER",
    "Change",
    "FiguresRow",
    "ForPortfolio",
    "LedgerRow",
    "PortfolioRow",
    "Question",
    "SheetUnderstanding",
    "answer_questions",
    "changed_since_shown",
    "commit_draft",
    "discard_draft",
    "hold_shown",
    "map_columns",
    "may_import",
    "owed_in_words",
    "record_names",
    "row_key",
    "show_draft",
    "stage_workbook",
    "understand_draft",
]
