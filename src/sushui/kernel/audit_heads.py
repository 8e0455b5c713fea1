"""Heads of the audit chains outside the database: one signed line of JSON for each seal, only ever appended."""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Head:
    """The newest seal of a division's chain when it was written: its number and hash, and how many lines it holds."""

    division_id: int | None
    number: int
    hash: str
    lines: int


def path() -> Path:
    """Where heads are kept: best on another disk, or one that only the auditors may write."""
    return Path(settings.SUSHUI_AUDIT_HEADS)


def append(heads: Iterable[Head]) -> None:
    """Sign each head and add it to the file, flushed to the disk before returning."""
    text = "".join(f"{_signed(head)}\n" for head in heads)
    if not text:
        return
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read() -> Iterator[tuple[Head | None, bool]]:
    """Each line of the file: its head, if it can be read as one, and whether the signature holds."""
    if not path().exists():
        return
    with path().open(encoding="utf-8", errors="replace") as file:
        for line in file:
            yield _read(line)


def _read(line: str) -> tuple[Head | None, bool]:
    try:
        said = json.loads(line)
        signature = str(said.pop("signature", ""))
        head = Head(**said)
    except (AttributeError, RecursionError, TypeError, ValueError):
        return None, False
    return head, hmac.compare_digest(signature.encode(), _signature(head).encode())


def _signed(head: Head) -> str:
    return json.dumps({**asdict(head), "signature": _signature(head)}, separators=(",", ":"))


def _signature(head: Head) -> str:
    said = json.dumps(asdict(head), sort_keys=True, separators=(",", ":"))
    return hmac.new(settings.SUSHUI_AUDIT_KEY.encode(), said.encode(), "sha256").hexdigest()
