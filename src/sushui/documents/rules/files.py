"""What a file is by its bytes, whether it is taken, and the name under which it is given out again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sushui.documents.enums import FileKind

MOST_AT_ONCE = 20
LONGEST_NAME = 120
_MOST_PARTS = 10_000

# --- what a kind is called outside ------------------------------------------------------------------------------------
# Media types as registered with IANA; the endings that a name may keep, the first is added to any other.
_OOXML = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES: Mapping[FileKind, tuple[str, tuple[str, ...]]] = {
    FileKind.PDF: ("application/pdf", (".pdf",)),
    FileKind.WORD: (f"{_OOXML}wordprocessingml.document", (".docx",)),
    FileKind.WORKBOOK: (f"{_OOXML}spreadsheetml.sheet", (".xlsx",)),
    FileKind.SLIDES: (f"{_OOXML}presentationml.presentation", (".pptx",)),
    FileKind.OLD_WORD: ("application/msword", (".doc", ".wps")),
    FileKind.OLD_WORKBOOK: ("application/vnd.ms-excel", (".xls", ".et")),
    FileKind.OLD_SLIDES: ("application/vnd.ms-powerpoint", (".ppt", ".dps")),
    FileKind.JPEG: ("image/jpeg", (".jpg", ".jpeg")),
    FileKind.PNG: ("image/png", (".png",)),
    FileKind.WEBP: ("image/webp", (".webp",)),
}
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
# What one yes-or-no setting opens and closes.
TAKEN: Mapping[str, frozenset[FileKind]] = {
    "takes_pdf": frozenset({FileKind.PDF}),
    "takes_office": frozenset({FileKind.WORD, FileKind.WORKBOOK, FileKind.SLIDES}),
    "takes_old_office": frozenset({FileKind.OLD_WORD, FileKind.OLD_WORKBOOK, FileKind.OLD_SLIDES}),
    "takes_pictures": PICTURES,
}


def media_type_of(kind: FileKind) -> str:
    """The media type of a kind that is taken. Raises KeyError for another."""
    return MEDIA_TYPES[kind][0]


def is_picture(media_type: str) -> bool:
    """Whether a browser may show content of this media type inside a page: pictures that were drawn anew, no others."""
    return media_type in {media_type_of(kind) for kind in PICTURES}


# --- what it is -------------------------------------------------------------------------------------------------------
_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"GIF8", FileKind.OTHER_PICTURE),
    (b"BM", FileKind.OTHER_PICTURE),
    (b"II*\x00", FileKind.OTHER_PICTURE),
    (b"MM\x00*", FileKind.OTHER_PICTURE),
    (b"Rar!\x1a\x07", FileKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"MZ", FileKind.PROGRAM),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"#!", FileKind.PROGRAM),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif"})
_WEB_PAGE = re.compile(rb"\s*(<!--|<!doctype html|<html|<head|<body|<script|<svg|<\?xml)", re.IGNORECASE)
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB 2.2
# Names of streams in the directory of a compound file, UTF-16LE (MS-CFB 2.6.1); the telling ones first.
_STREAMS: tuple[tuple[str, FileKind], ...] = (
    ("EncryptedPackage", FileKind.LOCKED),
    ("_VBA_PROJECT", FileKind.MACROS),
    ("WordDocument", FileKind.OLD_WORD),
    ("PowerPoint Document", FileKind.OLD_SLIDES),
    ("Workbook", FileKind.OLD_WORKBOOK),
    ("Book", FileKind.OLD_WORKBOOK),
)
# The main part of a package of ECMA-376.
_MAIN_PARTS = {
    "word/document.xml": FileKind.WORD,
    "xl/workbook.xml": FileKind.WORKBOOK,
    "ppt/presentation.xml": FileKind.SLIDES,
}


def sniff(data: bytes) -> FileKind:
    """What the bytes are. Only the beginning, and the list of contents of a package, are looked at."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return FileKind.WEBP
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return FileKind.HEIC
    if data.startswith(_COMPOUND_FILE):
        return _sniff_compound(data)
    if data.startswith(b"PK"):
        return _sniff_package(data)
    return FileKind.WEB_PAGE if _WEB_PAGE.match(data.removeprefix(b"\xef\xbb\xbf")) else FileKind.UNKNOWN


def _sniff_compound(data: bytes) -> FileKind:
    for name, kind in _STREAMS:
        if name.encode("utf-16-le") + b"\0\0" in data:
            return kind
    return FileKind.UNKNOWN


def _sniff_package(data: bytes) -> FileKind:
    """An office file by its main part; one with macros by its project. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {name.lower() for name in package.namelist()[:_MOST_PARTS]}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return FileKind.ARCHIVE
    kinds = [kind for part, kind in _MAIN_PARTS.items() if part in names]
    if len(kinds) != 1 or "[content_types].xml" not in names:
        return FileKind.ARCHIVE
    return FileKind.MACROS if any(name.endswith("vbaproject.bin") for name in names) else kinds[0]


# --- whether it is taken ----------------------------------------------------------------------------------------------
class FileFlaw(StrEnum):
    """Why a file is not taken."""

    EMPTY = "file_empty"
    TOO_LARGE = "file_too_large"
    NOT_TAKEN = "file_not_taken"


@dataclass(frozen=True, slots=True)
class Intake:
    """What a division takes on a day: ``largest_bytes`` of a file, and the kinds."""

    largest_bytes: int
    kinds: frozenset[FileKind]


def flaw_of(kind: FileKind, size: int, intake: Intake) -> FileFlaw | None:
    """Why a file of this kind and size (bytes) is not taken; None when it is."""
    if size == 0:
        return FileFlaw.EMPTY
    if size > intake.largest_bytes:
        return FileFlaw.TOO_LARGE
    return None if kind in intake.kinds else FileFlaw.NOT_TAKEN


# --- what it is called ------------------------------------------------------------------------------------------------
# Controls, and the marks that turn the direction of a name so that "gpj.exe" reads "exe.jpg" (Unicode, annex 9).
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_NOT_IN_NAMES = re.compile(r'[:*?"<>|]')


def safe_name(name: str, kind: FileKind) -> str:
    """``name`` without its folders and what deceives, ending as its kind does: "a/b.exe" of a PDF is "b.exe.pdf"."""
    plain = _UNSEEN.sub("", re.split(r"[/\\]", name)[-1])
    plain = _NOT_IN_NAMES.sub("_", plain).strip(" .")
    endings = MEDIA_TYPES[kind][1]
    found = next((ending for ending in endings if plain.lower().endswith(ending)), "")
    stem = plain[: len(plain) - len(found)].strip(" .") if found else plain
    ending = plain[len(plain) - len(found) :] if found else endings[0]
    return f"{stem[: LONGEST_NAME - len(ending)] or 'file'}{ending}"


def size_text(size: int) -> str:
    """A size in bytes as people read it: 512 B, 34 KB, 1.2 MB."""
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} KB" if size < 1024 * 1000 else f"{size / 1024**2:.1f} MB"
