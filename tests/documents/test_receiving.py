"""Taking files in: what is refused, in which words, and that settings decide."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from PIL import ExifTags, Image

from sushui.documents import storage
from sushui.documents.queries import intake_in_force
from sushui.documents.rules import MOST_AT_ONCE, TAKEN
from sushui.documents.services import FileContent, receive_file, receive_uploads
from sushui.kernel import clock
from sushui.kernel.errors import DomainError
from sushui.kernel.settings_registry import set_setting
from tests import cast
from tests.documents.files import PDF, camera_exif, compound, docx, opened, package, pdf, picture


def refused(county: cast.County, name: str, data: bytes) -> DomainError:
    with pytest.raises(DomainError) as error:
        receive_file(county.viewer("works_handler"), name=name, data=data)
    return error.value


def let(county: cast.County, key: str, value: Any) -> None:
    set_setting(
        county.viewer("administrator"), f"documents.{key}", value, division_id=county.county.pk, from_on=clock.today()
    )


# --- taken -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("合同.pdf", PDF, "application/pdf"),
        ("报告.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("报告.wps", compound("WordDocument"), "application/msword"),
        ("表.et", compound("Workbook"), "application/vnd.ms-excel"),
    ],
)
def test_a_document_is_kept_as_it_was_sent(county: cast.County, name: str, data: bytes, media_type: str) -> None:
    received = receive_file(county.viewer("works_handler"), name=name, data=data)

    assert (received.name, received.content.media_type, received.thumbnail) == (name, media_type, None)
    assert storage.place_of(received.content.sha256).read_bytes() == data


def test_a_picture_is_kept_without_what_it_told(county: cast.County) -> None:
    received = receive_file(county.viewer("works_handler"), name="工地.jpg", data=picture(exif=camera_exif()))

    kept = storage.place_of(received.content.sha256).read_bytes()

    assert (dict(opened(kept).getexif()), received.content.size) == ({}, len(kept))


def test_the_sender_is_told_that_a_picture_carried_a_place(county: cast.County) -> None:
    viewer = county.viewer("works_handler")

    told = [receive_file(viewer, name="工地.jpg", data=picture(exif=exif)) for exif in (camera_exif(), Image.Exif())]

    assert [(each.had_place, each.keeps_place) for each in told] == [(True, False), (False, False)]


def test_a_place_kept_on_purpose_is_all_that_is_kept(county: cast.County) -> None:
    viewer, data = county.viewer("works_handler"), picture(exif=camera_exif(orientation=6))

    received = receive_file(viewer, name="工地.jpg", data=data, keeps_place=True)

    kept = opened(storage.place_of(received.content.sha256).read_bytes()).getexif()
    assert (received.keeps_place, set(kept) - {ExifTags.IFD.Exif}) == (True, {ExifTags.IFD.GPSInfo})
    assert kept.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLongitude] == (111.0, 34.0, 0.0)


def test_the_thumbnail_never_tells_a_place(county: cast.County) -> None:
    data = picture(size=(1280, 960), exif=camera_exif())

    received = receive_file(county.viewer("works_handler"), name="工地.jpg", data=data, keeps_place=True)

    assert received.thumbnail is not None
    assert dict(opened(storage.place_of(received.thumbnail.sha256).read_bytes()).getexif()) == {}


def test_where_only_photos_are_taken_anything_else_is_refused_in_words(county: cast.County) -> None:
    with translation.override("zh-hans"):
        with pytest.raises(DomainError) as error:
            receive_file(county.viewer("works_handler"), name="照片.jpg", data=PDF, only_pictures=True)

        said = error.value.sentence

    assert (error.value.code, said) == ("no_picture", "“照片.jpg”不是图片，而是“PDF 文件”。")


def test_the_kind_is_read_from_the_bytes_and_the_name_follows(county: cast.County) -> None:
    received = receive_file(county.viewer("works_handler"), name="照片.jpg", data=PDF)

    assert (received.name, received.content.media_type) == ("照片.jpg.pdf", "application/pdf")


# --- refused ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "data", "code", "sentence"),
    [
        ("空.pdf", b"", "file_empty", "“空.pdf” is empty."),
        (
            "材料.zip",
            package("a"),
            "file_not_taken",
            "“材料.zip” cannot be attached: it is of the kind “Packed files”.",
        ),
        (
            "图.heic",
            b"\0\0\0\x18ftypheic",
            "file_not_taken",
            "“图.heic” cannot be attached: it is of the kind “HEIC picture”.",
        ),
        ("a.pdf", b"MZ", "file_not_taken", "“a.pdf” cannot be attached: it is of the kind “Program”."),
    ],
)
def test_a_refusal_says_which_file_and_what_it_is(
    county: cast.County, name: str, data: bytes, code: str, sentence: str
) -> None:
    error = refused(county, name, data)

    with translation.override("en"):
        assert (error.code, error.sentence) == (code, sentence)
    assert list(storage.all_kept()) == []


@pytest.mark.parametrize(
    ("data", "mend"),
    [
        (package("a"), "Unpack it and send the files in it, several at once if you like."),
        (
            docx("word/vbaProject.bin"),
            "Save it as an Office file without macros (.docx, .xlsx, .pptx) or as PDF, and send that.",
        ),
        (
            compound("EncryptedPackage"),
            "Take the password off, save it and send that: only who may see the record can open it here.",
        ),
        (picture("GIF"), "Save it as JPEG or PNG and send that."),
        (b"words", "Save it as PDF, as an Office file without macros, or as a JPEG picture, and send that."),
    ],
)
def test_each_refusal_says_how_to_mend_it(county: cast.County, data: bytes, mend: str) -> None:
    with translation.override("en"):
        error = refused(county, "材料", data)

        assert error.mend == mend


# --- settings decide -------------------------------------------------------------------------------------------------
def test_the_limit_is_the_divisions(county: cast.County) -> None:
    let(county, "largest_mb", 1)

    error = refused(county, "大.pdf", PDF + b" " * 2**20)

    assert (error.code, error.params["size"], error.params["most"]) == ("file_too_large", "1.0 MB", 1)


def test_no_division_takes_more_than_the_server(county: cast.County, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 3 * 2**20

    assert intake_in_force(county.county.pk).largest_bytes == 3 * 2**20


@pytest.mark.parametrize("key", TAKEN)
def test_a_division_closes_a_kind_by_a_setting(county: cast.County, key: str) -> None:
    let(county, key, False)

    kinds = intake_in_force(county.county.pk).kinds

    assert kinds == frozenset().union(*(kinds for name, kinds in TAKEN.items() if name != key))


def test_pictures_are_as_large_as_the_division_keeps_them(county: cast.County) -> None:
    let(county, "picture_side", 640)

    received = receive_file(county.viewer("works_handler"), name="工地.jpg", data=picture(size=(1280, 960)))

    assert opened(storage.place_of(received.content.sha256).read_bytes()).size == (640, 480)


# --- several at once -------------------------------------------------------------------------------------------------
def test_what_was_sent_together_is_received_in_its_order(county: cast.County) -> None:
    uploads = [FileContent(f"{number}.pdf", pdf(str(number))) for number in range(3)]

    received = receive_uploads(county.viewer("works_handler"), uploads)

    assert [each.name for each in received] == ["0.pdf", "1.pdf", "2.pdf"]


def test_too_many_at_once_are_refused(county: cast.County) -> None:
    uploads = [FileContent("x.pdf", PDF)] * (MOST_AT_ONCE + 1)

    with pytest.raises(DomainError) as error:
        receive_uploads(county.viewer("works_handler"), uploads)

    assert (error.value.code, error.value.params) == ("too_many_files", {"count": 21, "most": 20})


class NeverRead:
    """An upload so large that reading it would be felt."""

    name, size = "大.pdf", 10**12

    def read(self) -> bytes:
        raise AssertionError("read although its size was known to be too large")


def test_what_is_too_large_is_refused_before_a_byte_is_read(county: cast.County) -> None:
    with pytest.raises(DomainError) as error:
        receive_uploads(county.viewer("works_handler"), [NeverRead()])

    assert error.value.code == "file_too_large"
