"""Liaisons from a workbook: read, asked about where a name is not plain, imported all or none. Nothing is guessed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.sheets.previews import require_as_shown
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.liaison.adapter import day_of, read_liaison_sheet
from sushui.liaison.enums import Verb
from sushui.liaison.models import LiaisonList
from sushui.liaison.permissions import may_keep_liaisons, may_keep_list
from sushui.liaison.services.liaisons import install_liaisons, lock_subjects
from sushui.liaison.services.list_reading import LEAVE_OUT, ListQuestion, ListReading, read_list
from sushui.liaison.services.previews import PreviewWording, preview_of


@transaction.atomic
def stage_list(viewer: Viewer, *, file_name: str, data: bytes) -> LiaisonList:
    """Take a workbook in and keep its rows until they are settled; nothing is appointed yet.

    Raises:
        DomainError: those of `adapter.read_liaison_sheet`, ``list_empty``.
    """
    if not may_keep_liaisons(viewer):
        raise Forbidden
    rows = read_liaison_sheet(data)
    if not rows:
        raise DomainError("list_empty", _("Below the headings stands nothing."), _("Choose the file with the list."))
    staged = LiaisonList.objects.create(
        division_id=viewer.division_id,
        post_id=viewer.post_id,
        file_name=file_name[:255],
        digest=hashlib.sha256(data).hexdigest(),
        rows=[asdict(row) for row in rows],
    )
    record_act(viewer, Verb.STAGE, staged, after={"file": staged.file_name, "rows": len(rows), "digest": staged.digest})
    return staged


@transaction.atomic
def answer_list(
    viewer: Viewer, staged: LiaisonList, answers: Mapping[str, int | str], *, seen_version: int | None = None
) -> LiaisonList:
    """Keep what was said about open questions: a number that was offered, 0 to leave the rows out, or a day.

    Raises:
        StaleRecord: the list was answered elsewhere meanwhile.
        DomainError: ``answer_unfit``.
    """
    row = _own(viewer, staged, seen_version)
    asked = {question.key: question for question in read_list(viewer, row).questions}
    for key, answer in answers.items():
        if key not in asked or not _fits(asked[key], answer):
            raise DomainError(
                "answer_unfit",
                _("“%(answer)s” answers no question of this list."),
                _("Load the page again and choose one of what is offered."),
                answer=str(answer)[:40],
            )
    row.answers = {**row.answers, **answers}
    save_changes(row, "answers")
    return row


def _fits(question: ListQuestion, answer: int | str) -> bool:
    if question.wants_day:
        return isinstance(answer, str) and day_of(answer) is not None
    return answer == LEAVE_OUT or answer in {number for number, _label in question.choices}


@transaction.atomic
def import_list(
    viewer: Viewer, staged: LiaisonList, *, seen_version: int | None = None, seen_preview: str | None = None
) -> ListReading:
    """Appoint what a settled list was shown to say, all or none; who stood there before ends the day before.

    ``seen_preview`` is the digest of what was seen; None stands for what was shown last.

    Raises:
        StaleRecord: the list was answered elsewhere meanwhile.
        DomainError: ``list_open``, ``preview_outdated``, those of `appoint_liaison`.
    """
    row = _own(viewer, staged, seen_version)
    lock_subjects(draft.subject_id for draft in read_list(viewer, row).drafts)
    reading = read_list(viewer, row)
    require_as_shown(row, preview_of(reading), seen_preview, lambda: PreviewWording(viewer))
    if not reading.is_settled:
        raise DomainError(
            "list_open", _("Something in this list is still open."), _("Answer every question, then import it.")
        )
    install_liaisons(viewer, reading.drafts, reason=row.file_name)
    row.imported_at = clock.now()
    save_changes(row, "imported_at")
    record_act(viewer, Verb.IMPORT, row, after={"file": row.file_name, "rows": len(reading.drafts)})
    return reading


@transaction.atomic
def discard_list(viewer: Viewer, staged: LiaisonList) -> None:
    """Drop a list that was sent in; that it was there stays in the chain."""
    row = _own(viewer, staged, None)
    record_act(viewer, Verb.DISCARD, row, after={"file": row.file_name})
    row.delete()


def _own(viewer: Viewer, staged: LiaisonList, seen_version: int | None) -> LiaisonList:
    row = LiaisonList.objects.select_for_update().get(pk=staged.pk)
    if not may_keep_list(viewer, row):
        raise Forbidden
    check_version(row, seen_version)
    return row
