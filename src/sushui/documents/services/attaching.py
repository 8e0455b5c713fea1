"""Hanging files on records: attach, replace, withdraw. Nothing that hung once is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.documents import storage
from sushui.documents.enums import FileVerb
from sushui.documents.models import Attachment, FileVersion, StoredFile
from sushui.documents.permissions import may_attach_to, may_change_file
from sushui.documents.queries import attachment_for, target_for
from sushui.documents.services.receiving import FileContent, ReceivedFile, StoredContent, Upload, receive_uploads
from sushui.documents.targets import Target, TargetKind
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer


def attach_file(viewer: Viewer, *, target: Target, name: str, data: bytes) -> Attachment:
    """Take a file in and hang it on a record: an act of its own, with its line in the record's story.

    Raises: as `attach_files`.
    """
    return attach_files(viewer, target=target, uploads=[FileContent(name, data)])[0]


def attach_files(viewer: Viewer, *, target: Target, uploads: Iterable[Upload]) -> list[Attachment]:
    """Take files in and hang them on a record, all or none: one act, one line in the record's story.

    Raises:
        NotFound: no such target, or not the viewer's to see.
        Forbidden: not the viewer's to attach to.
        DomainError: those of `receive_uploads`.
    """
    kind = _writable(viewer, target)[0]  # before a byte is written
    received = receive_uploads(viewer, uploads, only_pictures=kind.only_pictures)
    return attach_received(viewer, target=target, received=received, is_told=True)


@transaction.atomic
def attach_received(
    viewer: Viewer, *, target: Target, received: Iterable[ReceivedFile], is_told: bool = False
) -> list[Attachment]:
    """Hang files that were taken in on a record, as part of the caller's act in its transaction.

    The caller's audit line names them (`told`); with ``is_told`` they are an act of their own and get a line.

    Raises:
        NotFound, Forbidden: as `attach_files`.
        DomainError: ``file_gone`` when they were taken in so long ago that they were swept away.
    """
    kind, record, division_id = _writable(viewer, target)
    hung = []
    for each in received:
        attachment = Attachment.objects.create(
            division_id=division_id, target_kind=target.kind, target_id=target.object_id
        )
        _add_version(viewer, attachment, each, number=1)
        hung.append(attachment)
    if is_told and hung:
        record_act(viewer, FileVerb.ATTACH, kind.story(record), after=told(hung))
    return hung


def replace_file(
    viewer: Viewer, attachment: Attachment, *, upload: Upload, seen_version: int | None = None
) -> FileVersion:
    """Give an attachment a new version; the old ones stay and can be opened.

    Raises:
        StaleRecord: somebody replaced or withdrew it meanwhile.
        DomainError: ``file_withdrawn``, those of `receive_uploads`.
    """
    kind = _writable(viewer, attachment.target)[0]
    received = receive_uploads(viewer, [upload], only_pictures=kind.only_pictures)[0]
    with transaction.atomic():
        current, story = _locked(viewer, attachment, seen_version)
        before = told([current])
        version = _add_version(viewer, current, received, number=current.current.number + 1)
        save_changes(current)
        record_act(viewer, FileVerb.REPLACE, story, before=before, after=told([_fresh(viewer, current)]))
    return version


@transaction.atomic
def withdraw_file(
    viewer: Viewer, attachment: Attachment, *, reason: str, seen_version: int | None = None
) -> Attachment:
    """Take an attachment back: nobody can open it any more, that it was there and why it is not stays to be read.

    Raises:
        StaleRecord: somebody replaced or withdrew it meanwhile.
        DomainError: ``file_withdrawn``, ``reason_missing``.
    """
    current, story = _locked(viewer, attachment, seen_version)
    if not reason.strip():
        raise DomainError("reason_missing", _("It is not said why the file is withdrawn."), _("Say it in a sentence."))
    current.withdrawn_at, current.withdrawn_by_id = clock.now(), viewer.post_id
    current.withdrawn_reason = reason.strip()
    save_changes(current, "withdrawn_at", "withdrawn_by_id", "withdrawn_reason")
    record_act(
        viewer, FileVerb.WITHDRAW, story, before=told([current]), after={"files": []}, note=current.withdrawn_reason
    )
    return current


def told(attachments: Sequence[Attachment]) -> dict[str, Any]:
    """What an audit line says about attachments: their names and sizes, digests, numbers and versions."""
    current = [attachment.current for attachment in attachments]
    return {
        "files": [str(version) for version in current],
        "sha256": [version.file.sha256 for version in current],
        "attachment": [attachment.pk for attachment in attachments],
        "file_versions": [version.number for version in current],
    }


# --- what they share -------------------------------------------------------------------------------------------------
def _writable(viewer: Viewer, target: Target) -> tuple[TargetKind, Any, int]:
    """The target's kind, record and division, if the viewer may attach to it."""
    kind, record = target_for(viewer, target)
    if not may_attach_to(viewer, kind, record):
        raise Forbidden
    rows = kind.visible(viewer).order_by().filter(pk=target.object_id)
    return kind, record, rows.values_list(kind.division, flat=True)[0]


def _locked(viewer: Viewer, attachment: Attachment, seen_version: int | None) -> tuple[Attachment, Any]:
    """The attachment, locked and current, and the record in whose story its acts stand."""
    Attachment.objects.select_for_update().get(pk=attachment.pk)
    current = _fresh(viewer, attachment)
    kind, record, _division = _writable(viewer, current.target)
    if not may_change_file(viewer, kind, record, current):
        raise Forbidden
    check_version(current, seen_version)
    if current.is_withdrawn:
        raise DomainError(
            "file_withdrawn", _("This file was withdrawn already."), _("Attach another one to the record.")
        )
    return current, kind.story(record)


def _fresh(viewer: Viewer, attachment: Attachment) -> Attachment:
    return attachment_for(viewer, attachment.pk)


def _add_version(viewer: Viewer, attachment: Attachment, received: ReceivedFile, *, number: int) -> FileVersion:
    return FileVersion.objects.create(
        attachment=attachment,
        number=number,
        file=_stored(received.content, received.thumbnail),
        name=received.name,
        at=clock.now(),
        post_id=viewer.post_id,
        user_id=viewer.user_id,
    )


def _stored(content: StoredContent, thumbnail: StoredContent | None = None) -> StoredFile:
    """The row of content on disk, one however often it is sent and by however many at once."""
    if not storage.is_kept(content.sha256):
        raise DomainError("file_gone", _("The file was sent too long ago."), _("Choose it again and send it."))
    row = StoredFile(
        sha256=content.sha256,
        size=content.size,
        media_type=content.media_type,
        thumbnail=_stored(thumbnail) if thumbnail else None,
    )
    StoredFile.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile.objects.get(sha256=content.sha256)
