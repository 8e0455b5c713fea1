"""Content on disk: ``<data folder>/files/aa/bb/<sha256>``, written whole or not at all, never served by its path.

A file is on disk, flushed, before any row names it. What a crash leaves without a row is an orphan, and the sweep takes
it away a day later; a row without its file cannot come about.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings

INCOMING = "incoming"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_READ_AT_ONCE = 2**20


def place_of(sha256: str) -> Path:
    """Where content with this digest lies."""
    return _root() / sha256[:2] / sha256[2:4] / sha256


def keep(data: bytes) -> str:
    """Write ``data`` and flush it to the disk; gives its SHA-256. The same content is written once.

    Content that lies there already counts as new for the sweep: somebody is about to name it.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    place = place_of(sha256)
    with _alone(fcntl.LOCK_SH):
        if not _is_kept(place, len(data)):
            _write(data, place)
    return sha256


def is_kept(sha256: str) -> bool:
    return place_of(sha256).is_file()


def opened(sha256: str) -> BinaryIO:
    """The content, to be read and closed. Raises FileNotFoundError."""
    return place_of(sha256).open("rb")


def digest_on_disk(sha256: str) -> str:
    """The digest of what lies in the place of ``sha256``; empty when nothing does."""
    digest = hashlib.sha256()
    try:
        with opened(sha256) as file:
            while block := file.read(_READ_AT_ONCE):
                digest.update(block)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


def all_kept() -> Iterator[str]:
    """The digests of all content on disk, by the names of the files."""
    for path in _root().glob("??/??/*"):
        if _SHA256.fullmatch(path.name):
            yield path.name


def remove_if_older(sha256: str, moment: float) -> bool:
    """Take content away if nobody sent it again since ``moment`` (seconds of the epoch); says whether it is gone."""
    place = place_of(sha256)
    with _alone(fcntl.LOCK_EX):
        is_old = place.is_file() and place.stat().st_mtime < moment
        if is_old:
            place.unlink()
    return is_old


def remove_leftovers(moment: float) -> int:
    """Take away what interrupted writing left before ``moment``; gives how many."""
    left = [path for path in (_root() / INCOMING).glob("*") if path.stat().st_mtime < moment]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)


@contextmanager
def _alone(lock: int) -> Iterator[None]:
    """Many write at once, and none while the sweep takes something away: what is found there stays there."""
    _root().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (_root() / "lock").open("w") as file:
        fcntl.flock(file, lock)
        yield


def _incoming() -> Path:
    folder = _root() / INCOMING
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / uuid4().hex


def _is_kept(place: Path, size: int) -> bool:
    """Whether the content lies there whole; then it is made new."""
    with suppress(FileNotFoundError):
        os.utime(place)
        return place.stat().st_size == size
    return False


def _write(data: bytes, place: Path) -> None:
    """Under a name of its own first; the file and its folders are flushed: a power cut leaves all or nothing."""
    incoming = _incoming()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(incoming, "wb", opener=_private) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    incoming.replace(place)
    for folder in (place.parent, place.parent.parent, _root()):
        _flush_folder(folder)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
