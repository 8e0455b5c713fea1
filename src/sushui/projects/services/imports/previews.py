"""What the rows of a sheet were shown to become, as plain facts, so that nothing else is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sushui.kernel.labels import label_of
from sushui.kernel.sheets.previews import STATE, VERSION, Preview, PreviewRow
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import Word
from sushui.organizations.queries import agencies, division_tree
from sushui.projects import queries
from sushui.projects.adapter import FUNDING, YEAR_FUNDING, meanings
from sushui.projects.enums import (
    FigureKind,
    LedgerColumn,
    ListKind,
    ProjectLevel,
    ProjectSector,
    ProjectStage,
    RowState,
)
from sushui.projects.services.drafts import DRAFT_FIELDS
from sushui.projects.services.gates import shortfall_in_words
from sushui.projects.services.imports.ledger import WRITTEN, LedgerRow, SheetUnderstanding

STANDS, BECOMES = "stands", "becomes"
_WAN = Decimal(10_000)
_MONEY = {LedgerColumn.TOTAL, LedgerColumn.OUTPUT, LedgerColumn.TAX, LedgerColumn.YEAR_PLAN, "received", "next_plan"}
_WORDS: Mapping[str, type[Word]] = {
    LedgerColumn.LEVEL: ProjectLevel,
    LedgerColumn.SECTOR: ProjectSector,
    LedgerColumn.STAGE: ProjectStage,
}


def preview_of(understood: SheetUnderstanding) -> Preview:
    """What the rows of a sheet become, against what stands."""
    return Preview.of(PreviewRow(row.number, row.name, dict(_facts(row))) for row in understood.rows)


def _facts(row: Any) -> Iterator[tuple[str, str]]:
    yield STATE, row.state.value
    if row.state not in WRITTEN:
        return
    for change in row.changes:
        yield f"{STANDS}:{change.field}", plain_text(change.before)
        yield f"{BECOMES}:{change.field}", plain_text(change.after)
    if isinstance(row, LedgerRow) and row.project is not None:
        yield VERSION, str(row.project.version)
        for name in DRAFT_FIELDS:
            yield f"{STANDS}:{name}", plain_text(getattr(row.project, name))
        yield f"{STANDS}:{LedgerColumn.STAGE.value}", row.project.stage.value


def owed_in_words(row: Any) -> str:
    """Which evidence the stage of a row will owe, in a sentence; empty where none is missing."""
    if not isinstance(row, LedgerRow) or row.stage is None or not row.owed:
        return ""
    said = {"stage": label_of(row.stage), "missing": shortfall_in_words(row.owed)}
    return _("Evidence for “%(stage)s” will be owed: %(missing)s.") % said


def record_names(viewer: Viewer) -> Mapping[str, Mapping[int, str]]:
    """What the records are called that a field of a project names, by the field and their numbers."""
    return {
        LedgerColumn.AGENCY.value: {each.pk: str(each) for each in agencies(viewer)},
        LedgerColumn.PLACE.value: {each.division.pk: each.division.name for each in division_tree(viewer)},
        LedgerColumn.CLUSTER.value: {each.pk: each.name for each in queries.clusters(viewer.division_id)},
    }


def plain_text(value: Any) -> str:
    """A value as the same text whoever looks."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value.value if isinstance(value, Word) else value)


class PreviewWording:
    """The facts of rows in the viewer's words: records by their names, money in 万元."""

    def __init__(self, viewer: Viewer, kind: ListKind) -> None:
        self._labels = dict(meanings(kind))
        self._records = record_names(viewer)

    def label(self, field: str) -> str:
        if field == STATE:
            return _("State")
        name = field.partition(":")[2]
        kind, _colon, month = name.partition(":")
        return f"{label_of(FigureKind(kind))} {month}" if kind in set(FigureKind) else self._labels.get(name, name)

    def value(self, field: str, text: str) -> str:
        name = field.partition(":")[2]
        if field == STATE:
            return label_of(RowState(text))
        if name in _MONEY or name.startswith((FUNDING, YEAR_FUNDING, *FigureKind)):
            return f"{(Decimal(text) / _WAN).normalize():,f}"
        if name in _WORDS:
            return label_of(_WORDS[name](text))
        return self._records[name].get(int(text), text) if name in self._records else text
