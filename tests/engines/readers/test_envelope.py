import pytest

from sushui.engines.readers.envelope import refuse_other_files
from sushui.engines.readers.errors import ReadersError, Refusal
from sushui.engines.readers.reading import DEFAULT_LIMITS
from sushui.engines.readers.workbooks import Limits

OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")


def refusal(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(ReadersError) as caught:
        refuse_other_files(data, limits)
    return caught.value.code, caught.value.params


def test_envelope_of_nothing_is_empty():
    assert refusal(b"") == (Refusal.EMPTY, {})


def test_envelope_of_a_zip_passes():
    assert refuse_other_files(b"PK\x03\x04rest", DEFAULT_LIMITS) is None


def test_envelope_larger_than_the_limit_is_refused_before_it_is_looked_at():
    assert refusal(b"x" * 11, Limits(file_bytes=10)) == (Refusal.TOO_LARGE, {"measure": "file", "limit": 10})


def test_envelope_of_an_old_workbook_says_so():
    assert refusal(OLE2 + b"\0" * 100) == (Refusal.OLD_WORKBOOK, {})


def test_envelope_of_a_locked_workbook_says_so():
    data = OLE2 + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le")

    assert refusal(data) == (Refusal.ENCRYPTED, {})


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("序号,事项\n1,修路\n".encode(), "csv"),
        ("序号,事项\n1,修路\n".encode("gb18030"), "csv"),
        ("序号\t事项\n".encode("utf-8-sig"), "csv"),
        ("序号\t事项\n".encode("utf-16"), "csv"),
        (b"\r\n<HTML><body><table>", "html"),
        (b"<table border=1><tr><td>1", "html"),
        (b"<?xml version='1.0'?><Workbook/>", "xml"),
        ("会议纪要".encode(), "text"),
        (("字" * 5000).encode(), "text"),
    ],
)
def test_envelope_of_text_names_its_kind(data, found):
    assert refusal(data) == (Refusal.TEXT_FILE, {"found": found})


@pytest.mark.parametrize(
    ("data", "found"),
    [(b"%PDF-1.7\n%\xe2\xe3", "pdf"), (b"\x89PNG\r\n\x1a\n\0\0\0", "unknown"), (b"\0" * 64, "unknown")],
)
def test_envelope_of_another_binary_is_not_a_workbook(data, found):
    assert refusal(data) == (Refusal.NOT_A_WORKBOOK, {"found": found})
