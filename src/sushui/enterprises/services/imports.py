"""Enterprises from a workbook: read, asked about, shown, imported all or none. Nothing is guessed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from sushui.enterprises.adapter import read_enterprise_sheet
from sushui.enterprises.enums import FIELDS, EnterpriseFigureKind, EnterpriseVerb, PersonRole, RowState
from sushui.enterprises.models import Enterprise, EnterprisePerson, EnterpriseSheet
from sushui.enterprises.permissions import may_keep_register, may_keep_sheet
from sushui.enterprises.services.figures import FigureDraft, report_enterprise_figures
from sushui.enterprises.services.import_reading import RowReading, SheetReading, read_sheet
from sushui.enterprises.services.known import DRAFT_FIELDS
from sushui.enterprises.services.register import edit_enterprises, register_enterprises
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.labels import said
from sushui.kernel.sheets.previews import (
    STATE,
    VERSION,
    Preview,
    PreviewRow,
    hold_preview,
    read_otherwise,
    require_as_shown,
)
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer

BATCH = 1_000
LONGEST_ANSWER = 64
TARGET = "target"


@transaction.atomic
def stage_sheet(viewer: Viewer, *, file_name: str, data: bytes) -> EnterpriseSheet:
    """Take a workbook in and keep its rows until they are settled; nothing is entered yet.

    A file that this post is reading in already is not taken twice.

    Raises:
        DomainError: those of `adapter.read_enterprise_sheet`, ``sheet_empty``.
    """
    if not may_keep_register(viewer):
        raise Forbidden
    digest = hashlib.sha256(data).hexdigest()
    under_way = EnterpriseSheet.objects.filter(post_id=viewer.post_id, digest=digest, imported_at=None).first()
    if under_way is not None:
        return under_way
    read = read_enterprise_sheet(data)
    if not read.rows:
        raise DomainError("sheet_empty", _("Below the headings stands nothing."), _("Choose the file with the list."))
    sheet = EnterpriseSheet.objects.create(
        division_id=viewer.division_id,
        post_id=viewer.post_id,
        file_name=file_name[:255],
        digest=digest,
        title=read.title[:255],
        rows=list(read.rows),
        units=dict(read.units),
        unit=read.unit[:32],
        unknown=list(read.unknown),
    )
    after = {"file": sheet.file_name, "rows": len(read.rows), "digest": digest}
    record_act(viewer, EnterpriseVerb.STAGE, sheet, after=after)
    return sheet


@transaction.atomic
def answer_sheet(
    viewer: Viewer, sheet: EnterpriseSheet, answers: Mapping[str, str], *, seen_version: int | None = None
) -> EnterpriseSheet:
    """Keep answers by the keys of their questions; one that fits no question stays without effect.

    The key of a doubt alone (``odd_code``, ``alike``) answers all its questions together.
    """
    row = _own(viewer, sheet, seen_version)
    row.answers = {**row.answers, **{key: answer[:LONGEST_ANSWER] for key, answer in answers.items()}}
    return save_changes(row, "answers")


@transaction.atomic
def import_sheet(
    viewer: Viewer, sheet: EnterpriseSheet, *, seen_version: int | None = None, seen_preview: str | None = None
) -> EnterpriseSheet:
    """Write what the sheet was shown to become, all of its rows or none.

    Raises:
        DomainError: ``questions_open``, ``nothing_to_import``, ``preview_outdated``, and what the services refuse,
            naming the row.
    """
    row = _own(viewer, sheet, seen_version)
    reading = read_sheet(viewer, row)
    require_as_shown(row, preview_of(reading), seen_preview, SheetWording)
    _require_settled(reading)
    made = write_rows(viewer, row, reading)
    row.imported_at = clock.now()
    row.outcome = {state.value: count for state, count in reading.counts.items() if count} | made
    record_act(viewer, EnterpriseVerb.IMPORT, row, after={"file": row.file_name, **row.outcome})
    return save_changes(row, "imported_at", "outcome")


@transaction.atomic
def discard_sheet(viewer: Viewer, sheet: EnterpriseSheet) -> None:
    """Drop a sheet that was sent in; that it was there stays in the chain."""
    row = _own(viewer, sheet, None)
    record_act(viewer, EnterpriseVerb.DISCARD, row, after={"file": row.file_name})
    row.delete()


def _own(viewer: Viewer, sheet: EnterpriseSheet, seen_version: int | None) -> EnterpriseSheet:
    row = EnterpriseSheet.objects.select_for_update().get(pk=sheet.pk)
    if not may_keep_sheet(viewer, row):
        raise Forbidden
    check_version(row, seen_version)
    if row.imported_at is not None:
        raise DomainError("imported_already", _("This list was imported."), _("Send it again to read it anew."))
    return row


def _require_settled(reading: SheetReading) -> None:
    if not reading.is_settled:
        raise DomainError(
            "questions_open", _("Something in this list is still open."), _("Answer every question, then import it.")
        )
    if not reading.counts[RowState.NEW] and not reading.counts[RowState.CHANGED]:
        raise DomainError(
            "nothing_to_import", _("All rows stand so already or are left out."), _("Drop the list, or send another.")
        )


# --- writing ---------------------------------------------------------------------------------------------------------
def write_rows(viewer: Viewer, sheet: EnterpriseSheet, reading: SheetReading) -> dict[str, int]:
    """The new rows together, the changed ones together, then people and figures; gives how many figures were told."""
    new = [row for row in reading.rows if row.state is RowState.NEW]
    changed = [row for row in reading.rows if row.state is RowState.CHANGED]
    entered = _of_rows(new, lambda: register_enterprises(viewer, [row.draft for row in new if row.draft]))
    pairs = [(row.enterprise, row.draft) for row in changed if row.enterprise and row.draft]
    edited = _of_rows(changed, lambda: edit_enterprises(viewer, pairs, note=sheet.file_name))
    _enter_people(list(zip(entered, new, strict=True)))
    both = [*zip(entered, new, strict=True), *zip(edited, changed, strict=True)]
    figures = [
        FigureDraft(
            enterprise.pk,
            reading.year,
            kind,
            amount,
            reading.source,
            document=sheet.file_name[:200],
            reason=sheet.file_name,
        )
        for enterprise, row in both
        for kind, amount in row.figures.items()
        if reading.year and reading.source
    ]
    told = report_enterprise_figures(viewer, figures)
    return {"figures": told.new + told.corrected}


def _of_rows(rows: Sequence[RowReading], write: Callable[[], list[Enterprise]]) -> list[Enterprise]:
    """What ``write`` gives; its refusal names the row of the sheet."""
    try:
        return write()
    except DomainError as refusal:
        if "place" not in refusal.params:
            raise
        row = rows[refusal.params["place"]]
        raise DomainError(
            refusal.code,
            _("Row %(row)s “%(name)s”: %(why)s"),
            refusal.mend,
            row=row.number,
            name=row.name,
            why=refusal.sentence,
        ) from refusal


def _enter_people(entered: Sequence[tuple[Enterprise, RowReading]]) -> None:
    """The legal representatives of new enterprises, with the telephone beside them."""
    today = clock.today()
    EnterprisePerson.objects.bulk_create(
        [
            EnterprisePerson(
                division_id=enterprise.division_id,
                enterprise=enterprise,
                role=PersonRole.LEGAL_REPRESENTATIVE,
                name=row.texts["legal_representative"][:64],
                phone=row.texts.get("phone", "")[:32],
                from_on=enterprise.established_on or today,
            )
            for enterprise, row in entered
            if row.texts.get("legal_representative")
        ],
        BATCH,
    )


# --- what was shown is what is written -------------------------------------------------------------------------------
def preview_of(reading: SheetReading) -> Preview:
    """What the rows of a sheet become."""
    return Preview.of(PreviewRow(row.number, row.name, dict(_facts(row))) for row in reading.rows)


def _facts(row: RowReading) -> Iterator[tuple[str, str]]:
    yield STATE, row.state.value
    if row.draft is None or row.state not in (RowState.NEW, RowState.CHANGED):
        return
    for name in (*DRAFT_FIELDS, "status"):
        value = getattr(row.draft, name)
        if value not in (None, "", ()):
            yield name, str(value)
    for kind, amount in row.figures.items():
        yield kind.value, str(amount)
    if row.enterprise is not None:
        yield TARGET, str(row.enterprise.pk)
        yield VERSION, f"{row.enterprise.pk}.{row.enterprise.version}"


class SheetWording:
    """The facts of rows in the reader's words."""

    def label(self, field: str) -> str:
        if field == STATE:
            return translate("What it becomes")
        return translate(FIELDS[field]) if field in FIELDS else said(field, EnterpriseFigureKind)

    def value(self, field: str, text: str) -> str:
        return said(text, RowState) if field == STATE else text


def hold_shown(sheet: EnterpriseSheet, reading: SheetReading) -> None:
    """Hold what somebody is being shown of a sheet."""
    hold_preview(sheet, preview_of(reading))


def changed_since_shown(sheet: EnterpriseSheet, reading: SheetReading) -> list[str]:
    """The rows that read otherwise now than they were shown, in sentences."""
    return read_otherwise(sheet, preview_of(reading), SheetWording)
