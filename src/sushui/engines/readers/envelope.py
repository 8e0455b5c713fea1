"""Is it a workbook at all? Told from the first bytes, before anything is unpacked; the file's name is not believed."""

from __future__ import annotations

import codecs
import re

from .errors import ReadersError, Refusal
from .workbooks import Limits

_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF"
_PEEK = 4096
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_BINARY = re.compile("[\x00-\x08\x0e-\x1f]")
_HTML = re.compile(r"<(!doctype\s+html|html|table|meta|head|body)\b", re.IGNORECASE)


def refuse_other_files(data: bytes, limits: Limits) -> None:
    """Let only a zip of bearable size through; every other kind of file gets its own code."""
    if not data:
        raise ReadersError(Refusal.EMPTY)
    if len(data) > limits.file_bytes:
        raise ReadersError(Refusal.TOO_LARGE, measure="file", limit=limits.file_bytes)
    if data.startswith(_ZIP):
        return
    if data.startswith(_OLE2):
        raise ReadersError(Refusal.ENCRYPTED if _ENCRYPTED_STREAM in data else Refusal.OLD_WORKBOOK)
    if data.startswith(_PDF):
        raise ReadersError(Refusal.NOT_A_WORKBOOK, found="pdf")
    text = _peek_text(data[:_PEEK])
    if text is None:
        raise ReadersError(Refusal.NOT_A_WORKBOOK, found="unknown")
    raise ReadersError(Refusal.TEXT_FILE, found=_kind_of_text(text))


def _peek_text(head: bytes) -> str | None:
    """The beginning as text, or None when it is binary. Chinese offices save text as UTF-8 or GB 18030."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="ignore")
    for encoding in ("utf-8", "gb18030"):
        text = _decode_start(head, encoding)
        if text is not None and not _BINARY.search(text):
            return text
    return None


def _decode_start(head: bytes, encoding: str) -> str | None:
    """Decode, forgiving only a character cut in two by the end of ``head``."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return None


def _kind_of_text(text: str) -> str:
    start = text.lstrip()
    if _HTML.search(start):
        return "html"
    if start.startswith("<"):
        return "xml"
    first_line = start.partition("\n")[0]
    return "csv" if "," in first_line or "\t" in first_line else "text"
