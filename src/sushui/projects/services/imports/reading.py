"""A workbook's sheet as it stands now: read by itself, as remembered, or as a person said; then its rows."""

from __future__ import annotations

from dataclasses import replace

from sushui.kernel.sheets.previews import hold_preview, read_otherwise
from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.adapter import SaidColumns, SheetReading, read_sheet
from sushui.projects.enums import ListKind
from sushui.projects.models import SheetDraft
from sushui.projects.services.imports.figures import understand_figures
from sushui.projects.services.imports.ledger import SheetUnderstanding, understand_ledger
from sushui.projects.services.imports.portfolios import understand_portfolio
from sushui.projects.services.imports.previews import PreviewWording, preview_of


def understand_draft(viewer: Viewer, draft: SheetDraft, *, is_locking: bool = False) -> SheetUnderstanding:
    """What a sheet becomes: its cells, what was said about it, and the projects of now.

    ``is_locking`` lets nobody change those projects before the transaction ends.
    """
    said = said_columns(draft)
    reading = read_sheet(draft.sheet, draft.kind, said)
    remembered = None if said else _recalled(viewer, draft.kind, reading)
    if remembered is not None:
        reading = read_sheet(draft.sheet, draft.kind, remembered)
    found = _understood(viewer, reading, draft, is_locking=is_locking)
    return replace(found, is_remembered=remembered is not None)


def _understood(viewer: Viewer, reading: SheetReading, draft: SheetDraft, *, is_locking: bool) -> SheetUnderstanding:
    if draft.kind is ListKind.PORTFOLIO:
        return understand_portfolio(viewer, reading, draft, is_locking=is_locking)
    understand = understand_ledger if draft.kind is ListKind.LEDGER else understand_figures
    return understand(viewer, reading, draft.answers, is_locking=is_locking)


def show_draft(viewer: Viewer, draft: SheetDraft) -> SheetUnderstanding:
    """What a sheet becomes, for somebody who looks at its rows: this, and nothing else, is what its import writes."""
    found = understand_draft(viewer, draft)
    hold_shown(draft, found)
    return found


def hold_shown(draft: SheetDraft, understood: SheetUnderstanding) -> None:
    """Hold what somebody is being shown of a sheet."""
    hold_preview(draft, preview_of(understood))


def changed_since_shown(viewer: Viewer, draft: SheetDraft, understood: SheetUnderstanding) -> list[str]:
    """The rows that read otherwise now than they were shown, in sentences."""
    return read_otherwise(draft, preview_of(understood), lambda: PreviewWording(viewer, draft.kind))


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
