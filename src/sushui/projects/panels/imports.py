"""A sheet under way as its pages show it: every row with before and after, every answer in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sushui.kernel.components import Tab
from sushui.kernel.industries import industry
from sushui.kernel.labels import label_of
from sushui.kernel.sheets.pages import AnswerLine
from sushui.kernel.sheets.pages import sheet_tabs as tabs_of
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import Word
from sushui.projects.adapter import meanings
from sushui.projects.enums import FigureKind, LedgerColumn, ReportColumn, RowState
from sushui.projects.models import SheetDraft
from sushui.projects.panels.wording import WAN, month_in_words
from sushui.projects.services.imports import DAYS, Change, SheetUnderstanding, owed_in_words, record_names

_MONEY = {
    LedgerColumn.TOTAL.value,
    LedgerColumn.OUTPUT.value,
    LedgerColumn.TAX.value,
    LedgerColumn.YEAR_PLAN.value,
    ReportColumn.RECEIVED.value,
    ReportColumn.NEXT_PLAN.value,
}
_ORDER = (
    RowState.ASKED,
    RowState.ENTERS,
    RowState.LEAVES,
    RowState.CHANGED,
    RowState.NEW,
    RowState.LEFT_OUT,
    RowState.UNCHANGED,
)


@dataclass(frozen=True)
class ChangeLine:
    """A change in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowLine:
    """A row of the sheet with its changes in words. ``owed``: a sentence on the evidence that its stage will owe."""

    row: Any
    changes: list[ChangeLine]
    owed: str = ""


class Names:
    """Says what changes say: records by their names, money in 万元."""

    def __init__(self, viewer: Viewer, draft: SheetDraft) -> None:
        self._labels = dict(meanings(draft.kind))
        self._records = record_names(viewer)

    def line(self, change: Change) -> ChangeLine:
        said = [self._said(change.field, value) for value in (change.before, change.after)]
        return ChangeLine(self._label(change.field), *said)

    def _label(self, name: str) -> str:
        kind, _colon, month = name.partition(":")
        if kind in set(FigureKind):
            return f"{label_of(FigureKind(kind))} · {month_in_words(date.fromisoformat(f'{month}-01'))}"
        return self._labels.get(name, name)

    def _said(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, Decimal) and (name in _MONEY or ":" in name):
            return f"{(value / WAN).normalize():,f}"
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        if isinstance(value, Word):
            return label_of(value)
        if isinstance(value, date):
            return f"{value}" if name in DAYS else f"{value:%Y-%m}"
        if name == LedgerColumn.INDUSTRY:
            return str(industry(value) or value)
        return self._records.get(name, {}).get(value, str(value)) if isinstance(value, int) else str(value)


def sheet_rows(understood: SheetUnderstanding) -> list[Any]:
    """The rows, those that wait first, those that change nothing last; each group as it stands in the sheet."""
    return sorted(understood.rows, key=lambda row: _ORDER.index(row.state))


def row_lines(rows: Iterable[Any], names: Names) -> list[RowLine]:
    return [RowLine(row, [names.line(change) for change in row.changes], owed_in_words(row)) for row in rows]


def answer_lines(draft: SheetDraft, understood: SheetUnderstanding) -> list[AnswerLine]:
    """Every answer of a sheet, so that each can be taken back; one without effect shows as it was given."""
    lines = []
    for key, answer in draft.answers.items():
        asked = understood.given.get(key)
        row = key.split(":")[1] if key.startswith("row:") else ""
        words = dict(asked.choices).get(answer, answer) if asked else answer
        is_shared = asked is not None and key == asked.doubt
        text = _("all at once") if is_shared else asked.text if asked else key
        lines.append(AnswerLine(key, row, text, label_of(asked.doubt) if asked else _("without effect"), words))
    return lines


def sheet_tabs(draft: SheetDraft, understood: SheetUnderstanding, current: str) -> list[Tab]:
    """The pages about one sheet, each with what waits there."""
    pages = (
        ("columns", _("Columns"), len(understood.reading.doubts) or None),
        ("questions", pgettext("list", "Questions"), len(understood.questions)),
        ("rows", pgettext("list", "Rows"), len(understood.rows)),
    )
    return tabs_of("projects", draft, current, pages)


def next_page(understood: SheetUnderstanding) -> str:
    """Where something has to be said next; the rows when nothing has."""
    if understood.reading.doubts:
        return "import-columns"
    return "import-questions" if understood.questions else "import-rows"


def why_not_yet(understood: SheetUnderstanding) -> str:
    """Why the sheet cannot be imported yet; empty when it can."""
    reasons = {
        "import-columns": _("its columns are not clear"),
        "import-questions": _("%(count)s questions are open") % {"count": len(understood.questions)},
        "import-rows": "" if understood.has_changes else _("everything in it stands already"),
    }
    return reasons[next_page(understood)]


def counts_in_words(understood: SheetUnderstanding) -> list[tuple[int, str]]:
    """How many rows become what, those that there are."""
    return [(understood.counts[state], label_of(state)) for state in RowState if understood.counts[state]]
