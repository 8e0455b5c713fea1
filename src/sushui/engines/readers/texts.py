"""Text as people type it, brought to one form before it is compared."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from .workbooks import Cell

_BLANKS = re.compile(r"[\s\u200b\ufeff]+")


def cell_text(value: Cell) -> str:
    """What a reader sees in a cell, its outer blanks removed; dates in ISO form; "" for an empty cell."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def folded(text: str) -> str:
    """Full-width signs and letters made half-width (Unicode NFKC), so that one pattern fits both."""
    return unicodedata.normalize("NFKC", text)


def compact(text: str) -> str:
    """Folded, and every blank and line break dropped."""
    return _BLANKS.sub("", folded(text))
