"""The zip around a workbook: its parts are listed and unpacked by count, never by what their headers promise."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from .errors import ReadersError, Refusal
from .workbooks import Limits

_CENTRAL_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature, lengths of name and extra field (APPNOTE 4.3.7)
_LOCAL_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED_FLAG = 0x1
_UTF8_FLAG = 0x800
_STEP = 64 * 2**10
_CHUNK = 2**20
_LONGEST_NAME = 200


class Budget:
    """A count that may only grow to its limit: going beyond is `TOO_LARGE` with the ``measure`` named."""

    def __init__(self, measure: str, limit: int) -> None:
        self.measure = measure
        self.limit = limit
        self.spent = 0

    def spend(self, amount: int) -> None:
        self.spent += amount
        if self.spent > self.limit:
            raise ReadersError(Refusal.TOO_LARGE, measure=self.measure, limit=self.limit)


@dataclass(frozen=True)
class Part:
    """One file inside the package, still packed."""

    info: zipfile.ZipInfo
    data: bytes

    @property
    def name(self) -> str:
        return self.info.filename

    def inflate(self, budget: Budget) -> Iterator[bytes]:
        """Unpack piece by piece; size and checksum must turn out as announced."""
        checksum = size = 0
        for chunk in self._unpack():
            budget.spend(len(chunk))
            checksum, size = zlib.crc32(chunk, checksum), size + len(chunk)
            yield chunk
        if size != self.info.file_size or checksum != self.info.CRC:
            raise broken(self.name)

    def _unpack(self) -> Iterator[bytes]:
        raw = self._packed_bytes()
        if self.info.compress_type == zipfile.ZIP_STORED:
            return (raw[start : start + _CHUNK] for start in range(0, len(raw), _CHUNK))
        if self.info.compress_type == zipfile.ZIP_DEFLATED:
            return _inflate(raw, self.name)
        raise broken(self.name)

    def _packed_bytes(self) -> bytes:
        """The bytes behind the local header, which must name the same part as the directory does."""
        start = self.info.header_offset
        header = self.data[start : start + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size:
            raise broken(self.name)
        signature, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        start += _LOCAL_HEADER.size
        encoding = "utf-8" if self.info.flag_bits & _UTF8_FLAG else "cp437"
        local_name = self.data[start : start + name_length]
        if signature != _LOCAL_SIGNATURE or local_name != self.info.orig_filename.encode(encoding):
            raise broken(self.name)
        start += name_length + extra_length
        raw = self.data[start : start + self.info.compress_size]
        if len(raw) != self.info.compress_size:
            raise broken(self.name)
        return raw


def open_parts(data: bytes, limits: Limits) -> tuple[Part, ...]:
    """List the parts. Too many, locked ones, names given twice or reaching outside the package are refused.

    Entries are counted by their signature first, because listing them already costs memory for each.
    """
    if data.count(_CENTRAL_ENTRY) > limits.parts:
        raise ReadersError(Refusal.TOO_MANY_PARTS, limit=limits.parts)
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error) as error:
        raise broken("") from error
    if any(info.flag_bits & _ENCRYPTED_FLAG for info in infos):
        raise ReadersError(Refusal.ENCRYPTED)
    _refuse_odd_names([info.filename for info in infos])
    return tuple(Part(info, data) for info in infos if not info.is_dir())


def broken(part: str) -> ReadersError:
    """The refusal of a damaged or dishonest part."""
    return ReadersError(Refusal.BROKEN, part=part[:_LONGEST_NAME])


def _refuse_odd_names(names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        folded = name.casefold()  # part names are compared without case (ECMA-376 part 2, 6.2.2)
        if _is_odd(name) or folded in seen:
            raise broken(name)
        seen.add(folded)


def _is_odd(name: str) -> bool:
    steps = name.split("/")
    return (
        len(name) > _LONGEST_NAME
        or not name.isprintable()
        or "\\" in name
        or ":" in name
        or name.startswith("/")
        or any(step in {".", ".."} for step in steps)
    )


def _inflate(raw: bytes, name: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(raw), _STEP):
            piece = raw[start : start + _STEP]
            while piece:
                yield inflater.decompress(piece, _CHUNK)
                piece = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise broken(name) from error
    if not inflater.eof or inflater.unused_data:
        raise broken(name)
