"""A workbook's sheet as it stands now: read by itself, as remembered, or as a person said; then its rows."""

from __future__ import annotations

from dataclasses import replace

from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.adapter import SaidColumns, SheetReading, read_sheet
from sushui.projects.enums import ListKind
from sushui.projects.models import SheetDraft
from sushui.projects.services.imports.figures import understand_figures
from sushui.projects.services.imports.ledger import SheetUnderstanding, understand_ledger


def understand_draft(viewer: Viewer, draft: SheetDraft) -> SheetUnderstanding:
    """What a sheet becomes: its cells, what was said about it, and the projects of now."""
    said = said_columns(draft)
    reading = read_sheet(draft.sheet, draft.kind, said)
    remembered = None if said else _recalled(viewer, draft.kind, reading)
    if remembered is not None:
        reading = read_sheet(draft.sheet, draft.kind, remembered)
    understand = understand_ledger if draft.kind is ListKind.LEDGER else understand_figures
    found = understand(viewer, reading, draft.answers)
    return replace(found, is_remembered=remembered is not None)


def said_columns(draft: SheetDraft) -> SaidColumns | None:
    """What a person said about the columns of this sheet, if anything."""
    if not draft.columns:
        return None
    meanings = {int(column): meaning for column, meaning in draft.columns["meanings"].items()}
    return SaidColumns(meanings, draft.columns["header_row"])


def _recalled(viewer: Viewer, kind: ListKind, reading: SheetReading) -> SaidColumns | None:
    """What a person said about the columns of an earlier sheet of this shape, if there was one."""
    remembered = queries.remembered_meanings(viewer, kind, reading.shape) if reading.columns else None
    if remembered is None or len(remembered) != len(reading.columns):
        return None
    pairs = zip(reading.columns, remembered, strict=True)
    return SaidColumns({column.index: meaning for column, meaning in pairs}, reading.header_row)
