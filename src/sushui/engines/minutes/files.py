"""The text of a file that a stranger sent: plain text, Word or PDF, told by its first bytes and not by its name."""

from __future__ import annotations

import codecs
import json
import os
import subprocess
import sys

from sushui.engines.readers import ReadersError
from sushui.engines.readers import Refusal as PackageRefusal
from sushui.engines.readers.reading import bare_environment

from .errors import MinutesError, Refusal
from .word import word_text

LARGEST_FILE = 20 * 2**20
PATIENCE_SECONDS = 60
_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_SAME = {
    PackageRefusal.ENCRYPTED: Refusal.LOCKED,
    PackageRefusal.MACROS: Refusal.MACROS,
    PackageRefusal.EXTERNAL_LINKS: Refusal.OUTSIDE_LINKS,
    PackageRefusal.TOO_LARGE: Refusal.TOO_LARGE,
}


def read_document(data: bytes) -> str:
    """The text of a .txt, .docx or .pdf, line by line; cells of a table's row are parted by tabs.

    Raises `MinutesError`. A PDF is opened in a process of its own, with little time and no secrets.
    """
    if not data:
        raise MinutesError(Refusal.EMPTY)
    if len(data) > LARGEST_FILE:
        raise MinutesError(Refusal.TOO_LARGE, limit=LARGEST_FILE)
    if data.startswith(b"PK\x03\x04"):
        return _word(data)
    if b"%PDF-" in data[:1024]:
        return _pdf(data)
    if data.startswith(_OLE2):
        raise MinutesError(Refusal.LOCKED if _LOCKED_STREAM in data else Refusal.OLD_WORD)
    if data.startswith(_PICTURES):
        raise MinutesError(Refusal.UNKNOWN_KIND, found="picture")
    return _plain(data)


def _word(data: bytes) -> str:
    try:
        return word_text(data)
    except ReadersError as error:
        if error.code is PackageRefusal.TOO_LARGE:
            raise MinutesError(Refusal.TOO_LARGE, limit=error.params["limit"]) from error
        raise MinutesError(_SAME.get(error.code, Refusal.BROKEN)) from error


def _plain(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding) or _refuse_bytes()
    return _decoded(data, "utf-8") or _decoded(data, "gb18030") or _refuse_bytes()


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _refuse_bytes() -> str:
    raise MinutesError(Refusal.UNKNOWN_KIND, found="bytes")


def _pdf(data: bytes) -> str:
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "sushui.engines.minutes.pdf"],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=bare_environment(os.environ),
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise MinutesError(Refusal.TOOK_TOO_LONG, limit=PATIENCE_SECONDS) from error
    if ended.returncode != 0:
        raise MinutesError(Refusal.BROKEN)
    answer = json.loads(ended.stdout)
    if "refusal" in answer:
        raise MinutesError(Refusal(answer["refusal"]), **answer["facts"])
    return str(answer["text"])
