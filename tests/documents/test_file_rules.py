"""What a file is by its bytes, whether it is taken, and what it is called when it is given out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.documents.enums import FileKind
from sushui.documents.rules import FileFlaw, Intake, flaw_of, is_picture, media_type_of, safe_name, size_text, sniff
from sushui.documents.rules.files import MEDIA_TYPES, PICTURES, TAKEN
from tests.documents.files import COMPOUND, PDF, compound, docx, package, picture

INTAKE = Intake(largest_bytes=100, kinds=frozenset({FileKind.PDF}))


# --- what it is ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, FileKind.PDF),
        (picture("JPEG"), FileKind.JPEG),
        (picture("PNG"), FileKind.PNG),
        (picture("WEBP"), FileKind.WEBP),
        (picture("GIF"), FileKind.OTHER_PICTURE),
        (picture("BMP"), FileKind.OTHER_PICTURE),
        (picture("TIFF"), FileKind.OTHER_PICTURE),
        (b"\0\0\0\x18ftypheic\0\0\0\0", FileKind.HEIC),
        (docx(), FileKind.WORD),
        (package("[Content_Types].xml", "xl/workbook.xml"), FileKind.WORKBOOK),
        (package("[Content_Types].xml", "ppt/presentation.xml"), FileKind.SLIDES),
        (docx("word/vbaProject.bin"), FileKind.MACROS),
        (package("a.txt"), FileKind.ARCHIVE),
        (package("word/document.xml"), FileKind.ARCHIVE),
        (package("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"), FileKind.ARCHIVE),
        (b"PK\x03\x04 and no list of contents", FileKind.ARCHIVE),
        (b"Rar!\x1a\x07\x01\0", FileKind.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
        (compound("WordDocument"), FileKind.OLD_WORD),
        (compound("Workbook"), FileKind.OLD_WORKBOOK),
        (compound("Book"), FileKind.OLD_WORKBOOK),
        (compound("PowerPoint Document"), FileKind.OLD_SLIDES),
        (compound("EncryptedPackage"), FileKind.LOCKED),
        (compound("WordDocument") + "_VBA_PROJECT".encode("utf-16-le") + b"\0\0", FileKind.MACROS),
        (COMPOUND, FileKind.UNKNOWN),
        (b"MZ\x90\0", FileKind.PROGRAM),
        (b"\x7fELF", FileKind.PROGRAM),
        (b"#!/bin/sh", FileKind.PROGRAM),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", FileKind.WEB_PAGE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", FileKind.WEB_PAGE),
        ("一段文字".encode(), FileKind.UNKNOWN),
        (b"", FileKind.UNKNOWN),
    ],
)
def test_a_file_is_what_its_bytes_are(data: bytes, kind: FileKind) -> None:
    assert sniff(data) is kind


@given(st.binary(max_size=200))
def test_whatever_is_sent_is_of_some_kind(data: bytes) -> None:
    assert sniff(data) in FileKind


@given(st.sampled_from([docx(), PDF, compound("WordDocument")]), st.integers(0, 400))
def test_half_a_file_is_of_some_kind(data: bytes, length: int) -> None:
    assert sniff(data[:length]) in FileKind


# --- whether it is taken ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "size", "flaw"),
    [
        (FileKind.PDF, 100, None),
        (FileKind.PDF, 101, FileFlaw.TOO_LARGE),
        (FileKind.UNKNOWN, 0, FileFlaw.EMPTY),
        (FileKind.ARCHIVE, 50, FileFlaw.NOT_TAKEN),
        (FileKind.ARCHIVE, 500, FileFlaw.TOO_LARGE),
    ],
)
def test_size_and_kind_decide_whether_a_file_is_taken(kind: FileKind, size: int, flaw: FileFlaw | None) -> None:
    assert flaw_of(kind, size, INTAKE) is flaw


def test_every_kind_that_a_setting_takes_has_a_media_type() -> None:
    assert frozenset().union(*TAKEN.values()) == set(MEDIA_TYPES)


def test_only_pictures_are_shown_inside_a_page() -> None:
    assert {kind for kind in MEDIA_TYPES if is_picture(media_type_of(kind))} == PICTURES


# --- what it is called -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("合同.pdf", FileKind.PDF, "合同.pdf"),
        ("IMG_1.JPG", FileKind.JPEG, "IMG_1.JPG"),
        ("IMG_1.jpeg", FileKind.JPEG, "IMG_1.jpeg"),
        ("报告.wps", FileKind.OLD_WORD, "报告.wps"),
        ("报告.doc", FileKind.WORD, "报告.doc.docx"),
        ("run.exe", FileKind.PDF, "run.exe.pdf"),
        (r"C:\文档\合同.pdf", FileKind.PDF, "合同.pdf"),
        ("../../etc/passwd", FileKind.PDF, "passwd.pdf"),
        ("a\r\nSet-Cookie: b.pdf", FileKind.PDF, "aSet-Cookie_ b.pdf"),
        ("工地\u202egpj.exe", FileKind.JPEG, "工地gpj.exe.jpg"),
        ("", FileKind.PDF, "file.pdf"),
        (".pdf", FileKind.PDF, "pdf.pdf"),
        ("长" * 300 + ".pdf", FileKind.PDF, "长" * 116 + ".pdf"),
    ],
)
def test_a_name_tells_what_the_file_is(name: str, kind: FileKind, shown: str) -> None:
    assert safe_name(name, kind) == shown


@given(st.text(max_size=300), st.sampled_from(sorted(MEDIA_TYPES)))
def test_any_name_becomes_one_that_a_disk_can_hold(name: str, kind: FileKind) -> None:
    shown = safe_name(name, kind)

    assert shown.lower().endswith(MEDIA_TYPES[kind][1])
    assert 0 < len(shown) <= 120
    assert not set(shown) & set('/\\:*?"<>|\0\r\n')
    assert safe_name(shown, kind) == shown


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1 KB"), (350_000, "342 KB"), (1_100_000, "1.0 MB"), (20 * 2**20, "20.0 MB")],
)
def test_a_size_is_said_as_people_read_it(size: int, said: str) -> None:
    assert size_text(size) == said
