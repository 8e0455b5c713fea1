"""Numbers of records as browsers send them."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 18  # digits that PostgreSQL's bigint surely holds


def record_numbers(texts: Iterable[str]) -> list[int]:
    """The numbers among ``texts``; what no record can have for its number is left out."""
    return [int(text) for text in texts if text.isdecimal() and len(text) <= LONGEST]
