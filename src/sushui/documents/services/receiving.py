"""Taking a file in: looked at, cleaned and written to disk, before any transaction begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sushui.documents import pictures, storage
from sushui.documents.enums import FileKind
from sushui.documents.queries import MEGABYTE, intake_in_force
from sushui.documents.rules import (
    MOST_AT_ONCE,
    FileFlaw,
    Intake,
    flaw_of,
    media_type_of,
    safe_name,
    size_text,
    sniff,
)
from sushui.kernel.errors import DomainError
from sushui.kernel.settings_registry import setting
from sushui.kernel.viewer import Viewer


class Upload(Protocol):
    """A file as a form or a program sends it."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    def read(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file that is at hand as bytes."""

    name: str
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self) -> bytes:
        return self.data


@dataclass(frozen=True, slots=True)
class StoredContent:
    """Content on disk; ``size`` in bytes."""

    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that was taken in and hangs on nothing yet; what nobody attaches within a day is swept away.

    ``had_place``: it is a picture and told where it was taken; ``keeps_place``: it still does, on purpose.
    """

    name: str
    content: StoredContent
    thumbnail: StoredContent | None = None
    had_place: bool = False
    keeps_place: bool = False

    def __str__(self) -> str:
        return f"{self.name} ({size_text(self.content.size)})"


def receive_uploads(
    viewer: Viewer, uploads: Iterable[Upload], *, only_pictures: bool = False, keeps_place: bool = False
) -> list[ReceivedFile]:
    """Take in what was sent with one form, all or none.

    Raises:
        DomainError: ``too_many_files``, and those of `receive_file`.
    """
    sent = list(uploads)
    if len(sent) > MOST_AT_ONCE:
        raise DomainError(
            "too_many_files",
            _("These are %(count)s files; at most %(most)s can be sent at once."),
            _("Send the others afterwards."),
            count=len(sent),
            most=MOST_AT_ONCE,
        )
    intake = intake_in_force(viewer.division_id)
    for upload in sent:  # before one byte of them is read
        if (upload.size or 0) > intake.largest_bytes:
            raise _refusal(FileFlaw.TOO_LARGE, upload.name or "", FileKind.UNKNOWN, upload.size or 0, intake)
    return [
        receive_file(
            viewer,
            name=upload.name or "",
            data=upload.read(),
            only_pictures=only_pictures,
            keeps_place=keeps_place,
        )
        for upload in sent
    ]


def receive_file(
    viewer: Viewer, *, name: str, data: bytes, only_pictures: bool = False, keeps_place: bool = False
) -> ReceivedFile:
    """Look at a file, clean it if it is a picture, write it to disk. Call it before the transaction that attaches it.

    A picture loses where it was taken unless ``keeps_place``; with ``only_pictures`` nothing else is taken.

    Raises:
        DomainError: ``file_empty``, ``file_too_large``, ``file_not_taken``, ``no_picture``, ``picture_too_large``,
            ``picture_broken``.
    """
    intake, kind = intake_in_force(viewer.division_id), sniff(data)
    flaw = flaw_of(kind, len(data), intake)
    if flaw is not None:
        raise _refusal(flaw, name, kind, len(data), intake)
    shown, media_type = safe_name(name, kind), media_type_of(kind)
    if not media_type.startswith("image/"):
        if only_pictures:
            raise _no_picture(name, kind)
        return ReceivedFile(shown, _kept(data, media_type))
    side = setting("documents.picture_side", viewer.division_id)
    drawn = pictures.draw_anew(shown, data, kind, longest_side=side, keeps_place=keeps_place)
    content, thumbnail = _kept(drawn.data, media_type), _kept(drawn.thumbnail, media_type_of(FileKind.JPEG))
    small = thumbnail if thumbnail != content else None
    return ReceivedFile(shown, content, small, drawn.had_place, drawn.had_place and keeps_place)


def _kept(data: bytes, media_type: str) -> StoredContent:
    return StoredContent(storage.keep(data), len(data), media_type)


def _no_picture(name: str, kind: FileKind) -> DomainError:
    return DomainError(
        "no_picture",
        _("“%(name)s” is no picture: it is of the kind “%(kind)s”."),
        _("Only photos are taken here: send a JPEG, PNG or WebP picture; other files hang on the project itself."),
        name=name,
        kind=_(kind.msgid),
    )


# --- refusals --------------------------------------------------------------------------------------------------------
_NOT_TAKEN = (
    _("“%(name)s” cannot be attached: it is of the kind “%(kind)s”."),
    _("Save it as PDF, as an Office file without macros, or as a JPEG picture, and send that."),
)
_SENTENCES: dict[FileFlaw, tuple[Promise, Promise]] = {
    FileFlaw.EMPTY: (_("“%(name)s” is empty."), _("Choose the file again; if it is open elsewhere, save it first.")),
    FileFlaw.TOO_LARGE: (
        _("“%(name)s” has %(size)s; at most %(most)s MB can be attached."),
        _("Send it in parts, or save it smaller: scan in 200 dpi, shrink the pictures in it."),
    ),
    FileFlaw.NOT_TAKEN: _NOT_TAKEN,
}
_MENDS: dict[FileKind, Promise] = {
    FileKind.ARCHIVE: _("Unpack it and send the files in it, several at once if you like."),
    FileKind.MACROS: _("Save it as an Office file without macros (.docx, .xlsx, .pptx) or as PDF, and send that."),
    FileKind.LOCKED: _("Take the password off, save it and send that: only who may see the record can open it here."),
    FileKind.HEIC: _("On the phone choose “Most Compatible” under the camera's formats, or send it as JPEG."),
    FileKind.OTHER_PICTURE: _("Save it as JPEG or PNG and send that."),
}


def _refusal(flaw: FileFlaw, name: str, kind: FileKind, size: int, intake: Intake) -> DomainError:
    """What is wrong with which file, and how to mend it."""
    sentence, mend = _SENTENCES[flaw]
    if flaw is FileFlaw.NOT_TAKEN:
        mend = _MENDS.get(kind, mend)
    return DomainError(
        flaw.value,
        sentence,
        mend,
        name=name,
        kind=_(kind.msgid),
        size=size_text(size),
        most=intake.largest_bytes // MEGABYTE,
    )
