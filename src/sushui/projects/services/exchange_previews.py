"""What the projects of a file were shown to become, as plain facts, so that nothing else is taken over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sushui.kernel.labels import label_of
from sushui.kernel.sheets.previews import STATE, VERSION, Preview, PreviewRow
from sushui.kernel.viewer import Viewer
from sushui.projects.adapter import FUNDING
from sushui.projects.enums import ExchangeState, FundingSource, ListKind
from sushui.projects.services.drafts import DRAFT_FIELDS
from sushui.projects.services.imports.previews import BECOMES, STANDS, PreviewWording, plain_text

if TYPE_CHECKING:
    from sushui.projects.services.exchange import ExchangeRow

ODD = "odd"


def preview_of(rows: Iterable[ExchangeRow]) -> Preview:
    """What the projects of a file become, against what stands."""
    return Preview.of(PreviewRow(row.place, row.name, dict(_facts(row))) for row in rows)


def odd_codes_shown(preview: Preview | None) -> list[str]:
    """The codes of a file that somebody has to confirm, as they were shown."""
    rows = preview.rows.values() if preview else ()
    return [text for row in rows for name, text in row.facts.items() if name.startswith(f"{ODD}:")]


def _facts(row: ExchangeRow) -> Iterator[tuple[str, str]]:
    yield STATE, row.state.value
    if row.state not in (ExchangeState.NEW, ExchangeState.CHANGED) or row.registration is None:
        return
    if row.project is not None:
        yield VERSION, str(row.project.version)
        yield from _values(STANDS, {name: getattr(row.project, name) for name in DRAFT_FIELDS})
    for change in row.changes:
        yield from _values(BECOMES, {change.field: change.after})
    if row.project is None:
        draft = row.registration.draft
        yield from _values(BECOMES, {name: getattr(draft, name) for name in (*DRAFT_FIELDS, "funding")})
        yield from _values(BECOMES, {name: getattr(row.registration, name) for name in ("stage", "stage_on")})
    for name, (code, _flaw) in row.odd.items():
        yield f"{ODD}:{name}", code


def _values(side: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Values as the same texts whoever looks; money by its source, and by the year unless it is for all of them."""
    for name, value in values.items():
        if name == "funding":
            for (year, source), amount in value.items():
                yield f"{side}:{FUNDING}{source.value}" + (f":{year}" if year else ""), plain_text(amount)
        elif value not in (None, ""):
            yield f"{side}:{name}", plain_text(value)


class ExchangeWording(PreviewWording):
    """The facts in the viewer's words, as those of the ledger's workbooks."""

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer, ListKind.LEDGER)

    def label(self, field: str) -> str:
        name = field.partition(":")[2]
        if not name.startswith(FUNDING):
            return super().label(field)
        source, _colon, year = name.removeprefix(FUNDING).partition(":")
        return f"{label_of(FundingSource(source))} {year}".strip()

    def value(self, field: str, text: str) -> str:
        return label_of(ExchangeState(text)) if field == STATE else super().value(field, text)
